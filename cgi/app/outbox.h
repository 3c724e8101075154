/*
 * outbox.h - what must reach the outside: at least once, in order per ticket, written in the transaction of the act.
 *
 * Messages to people carry a phone and are encrypted (AAD outbox|payload|id). The worker leases a few rows, sends, and
 * marks; a crash between sending and marking sends again under the same message id (the row's id), so that the receiver
 * can drop the second. Backoff doubles from 30 s to 1 h; after settings.outbox_tries a row is dead and visible.
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
/* Leases the oldest due rows, at most one per ticket, so that order holds. A row that cannot be decrypted is made dead. */
enum err outbox_lease(struct ctx *c, size_t max, const struct outbox_item **ret, size_t *ret_n) MUST_CHECK;
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
