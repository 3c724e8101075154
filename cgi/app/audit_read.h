/*
 * audit_read.h - what auditors read: who saw, changed, exported what. Reading it is itself written down [GB/T 22239 8.1.4.3].
 */
#ifndef APP_AUDIT_READ_H
#define APP_AUDIT_READ_H

#include "app/ctx.h"

struct audit_filter { /* fields left empty or 0 do not limit */
    struct str login, ticket_no, action;
    int32_t day; /* YYYYMMDD */
};
struct audit_row {
    uint64_t id, actor_id, object_id;
    int64_t at;
    enum actor_kind actor_kind;
    struct str login, name; /* of a member of the staff */
    struct str action, object_kind, ticket_no, purpose, client_net;
};
/*
 * Newest first, below id `before` (0 = the newest). A page may hold fewer rows than 50 and still have more: 1000 rows at most are
 * looked at for one; *ret_next leads on. Fields: login, ticket_no (UNKNOWN). ERR_DENIED NOT_YOUR_UNIT: an auditor of a part of the
 * city, whom rows without a place cannot be measured against.
 */
enum err audit_read(struct ctx *c, const struct actor *who, const struct audit_filter *f, uint64_t before, const struct audit_row **ret,
                    size_t *ret_n, uint64_t *ret_next, bool *ret_more) MUST_CHECK;

struct event_verdict;
/* The chain of one demand, checked now; in the audit as "chain_check". */
enum err audit_check_chain(struct ctx *c, const struct actor *who, struct str ticket_no, struct str *ret_no, struct event_verdict *ret) MUST_CHECK;

struct audit_checkpoint {
    uint64_t id;
    int64_t at;
    int64_t n_heads;
};
enum err audit_checkpoints(struct ctx *c, const struct audit_checkpoint **ret, size_t *ret_n) MUST_CHECK; /* the newest 20 */

#endif
