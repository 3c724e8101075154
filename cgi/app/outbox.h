/*
 * outbox.h - what must reach the outside: at least once, in order per ticket, written in the transaction of the act.
 *
 * Messages to people carry a phone and are encrypted (AAD outbox|payload|id). The worker leases a few rows, sends, and
 * marks; a crash between sending and marking sends again under the same message id (the row's id), so that the receiver
 * can drop the second. Backoff doubles from 30 s to 1 h; after settings.outbox_tries a row is dead and visible.
 * A notice to a unit stays within our own house and takes no time: it is told and marked in one transaction, without a lease; a
 * crash before its COMMIT tells it again.
 */
#ifndef APP_OUTBOX_H
#define APP_OUTBOX_H

#include "app/ctx.h"

enum outbox_topic { OUTBOX_SMS_CODE = 1 /* code, minutes */, OUTBOX_SMS_RECEIPT /* no, code, due */, OUTBOX_SMS_REPLY /* no */,
                    OUTBOX_SMS_RATING /* no, link */, OUTBOX_SMS_EXTENDED /* no, due */, OUTBOX_SMS_REOPENED /* no, due */,
                    OUTBOX_UNIT_NOTICE /* no, unit, event: plain, no personal data */, OUTBOX_SMS_MERGED /* no */,
                    OUTBOX_TOPIC_END };
const char *outbox_topic_word(enum outbox_topic t); /* "sms_code" ... */

struct outbox_item {
    uint64_t id, ticket_id;      /* id is the message id; ticket 0 = none */
    enum outbox_topic topic;
    int attempts;                /* before this one */
    int lang;
    struct str phone;            /* empty for notices */
    struct str params;           /* app/params.h: the names above */
};
struct outbox_batch {
    const struct outbox_item *items;
    size_t n;
    bool more; /* as many as are taken at once: others may wait */
};
/* Takes the oldest due rows, at most one per ticket, so that order holds. Notices are given to tell, which writes them down at once
 * and cannot fail, and are marked sent; up to max others are leased and returned. A row that cannot be decrypted is made dead. */
enum err outbox_take(struct ctx *c, size_t max, void (*tell)(struct ctx *c, const struct outbox_item *it),
                     struct outbox_batch *ret) MUST_CHECK;
/* A batch in one transaction: one wait for the disk. When it fails none is marked, and all are sent again. */
enum err outbox_sent_all(struct ctx *c, const uint64_t *ids, size_t n) MUST_CHECK;
/* error: short, no personal data. permanent: dead at once. */
enum err outbox_failed(struct ctx *c, const struct outbox_item *it, const char *error, bool permanent) MUST_CHECK;

struct outbox_state {
    int64_t waiting, dead, oldest_age_us;
};
enum err outbox_state(struct ctx *c, struct outbox_state *ret) MUST_CHECK;
enum err outbox_revive(struct ctx *c, size_t *ret_n) MUST_CHECK; /* dead rows wait again (sudactl) */

#endif
