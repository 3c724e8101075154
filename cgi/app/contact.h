/*
 * contact.h - personal data in its only home, table `contact` [decisions 10]. Inside of app.
 *
 * Fields are sealed with table|column|row, where the row is the owner's id; ids of tickets and accounts never meet (both
 * are drawn from the same time-ordered space), so the kind of owner needs no binding of its own.
 */
#ifndef APP_CONTACT_H
#define APP_CONTACT_H

#include "app/ctx.h"

enum contact_owner { CONTACT_TICKET = 1, CONTACT_ACCOUNT = 2 };

struct contact {
    struct str name, phone, org; /* plain; phone normalised; empty = none */
    int64_t phone_verified_at;   /* 0 = not */
};

/* Nothing is written when all fields are empty. */
enum err contact_put(struct ctx *c, enum contact_owner owner, uint64_t id, const struct contact *in, int64_t now) MUST_CHECK;
/* ERR_NOT_FOUND when there is none. */
enum err contact_get(struct ctx *c, enum contact_owner owner, uint64_t id, struct contact *ret) MUST_CHECK;
/* Opens one column; absent stays empty. column is "contact|name" and so on. */
enum err contact_open_field(struct ctx *c, uint8_t key_id, struct str ct, bool has, const char *column, uint64_t id,
                            struct str *ret) MUST_CHECK;
enum err contact_set_name(struct ctx *c, enum contact_owner owner, uint64_t id, struct str name, int64_t now) MUST_CHECK;
enum err contact_erase(struct ctx *c, enum contact_owner owner, uint64_t id) MUST_CHECK;

#endif
