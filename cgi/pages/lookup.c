/*
 * lookup.c - the throttle before ticket_lookup().
 *
 * Contract: a try is counted only when it was wrong, so the holder of a receipt is never slowed down. Used by the page
 * and by the API. Must not know templates.
 */
#include "pages/lookup.h"

#include "app/ids.h"
#include "pages/join.h"
#include "web/dispatch.h"

enum { LOOKUP_SPACE = 100 }; /* of the rate buckets, beside those of routes */

enum err lookup_ticket(struct request *rq, struct str ticket_no, struct str query_code, struct ticket_found *ret)
{
    const struct join *j = join_of(rq);
    struct str no;
    if (!ticket_no_parse(rq->a, ticket_no, &no))
        no = STR("malformed");
    struct str key = arena_printf(rq->a, STR_FMT "|" STR_FMT, STR_ARG(no), STR_ARG(rq->client_net));
    int wait_s = 0;
    /* Taken before the code is looked at: tries that arrive together would all pass a look at the bucket. */
    if (!ratelimit_take(rq->web->limiter, LOOKUP_SPACE, key, &j->lookup_limit, rq->now_us, &wait_s)) {
        rq->fault->retry_after_s = wait_s;
        return fault_set(rq->fault, ERR_LIMITED, "LOOKUP_LIMITED", "too many wrong query codes");
    }
    enum err err = ticket_lookup(join_ctx(rq), ticket_no, query_code, ret);
    if (err != ERR_NOT_FOUND)
        ratelimit_give(rq->web->limiter, LOOKUP_SPACE, key, &j->lookup_limit, rq->now_us);
    return err;
}
