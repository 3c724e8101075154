/*
 * join.c - makes the domain's context from a web request.
 *
 * Contract: join_begin runs before the route is known and must not fail a request by itself; whatever is missing is said
 * when a handler needs it. Must not know routes, templates or SQL.
 */
#include "pages/join.h"

#include "app/permission.h"
#include "base/limits.h"
#include "web/problem.h"

struct join *join_of(const struct request *rq)
{
    return (struct join *)(uintptr_t)rq->app;
}

struct ctx *join_ctx(const struct request *rq)
{
    struct join *j = join_of(rq);
    BUG_ON(j->ctx == NULL);
    return j->ctx;
}

struct actor join_actor(const struct request *rq)
{
    struct actor who = join_of(rq)->actor;
    if (join_of(rq)->staff != NULL)
        return who; /* the back office knows no citizens */
    if (who.kind == ACTOR_NONE && (rq->session_id != 0 || rq->account_id != 0 || rq->ticket_id != 0)) {
        who.kind = ACTOR_CITIZEN;
        who.account_id = rq->account_id;
        who.session_id = rq->session_id;
        who.ticket_id = rq->ticket_id;
    }
    return who;
}

struct str join_scope(const struct request *rq)
{
    struct actor who = join_actor(rq);
    if (actor_is_staff(&who))
        return arena_printf(rq->a, "s:%llu", (unsigned long long)who.staff_id);
    if (who.account_id != 0)
        return arena_printf(rq->a, "c:%llu", (unsigned long long)who.account_id);
    if (who.ticket_id != 0)
        return arena_printf(rq->a, "t:%llu", (unsigned long long)who.ticket_id);
    if (who.session_id != 0)
        return arena_printf(rq->a, "b:%llu", (unsigned long long)who.session_id);
    return STR("anonymous");
}

void join_begin(struct request *rq)
{
    struct join *j = join_of(rq);
    struct ctx *c = ARENA_NEW(rq->a, struct ctx);
    *c = (struct ctx){.a = rq->a, .db = j->db, .fault = rq->fault, .set = j->set, .keys = j->keys, .ref = j->ref,
                      .lang = (int)rq->lang, .client_net = rq->client_net, .wall_us = rq->now_us};
    j->ctx = c;
    j->actor = (struct actor){.kind = ACTOR_NONE};
    j->staff = NULL;
    j->ref_failed = false;
    db_begin_request(j->db, rq->a, rq->fault, rq->gw->deadline_us);
    if (j->ref != NULL) {
        j->ref_failed = refdata_refresh(j->ref, c) != ERR_OK;
        if (j->ref_failed)
            *rq->fault = (struct fault){0}; /* told again by join_need_ref to those who need it */
    }
}

bool join_stream_put(struct request *rq, struct response *rs, struct str piece)
{
    const bool taken = response_stream_put(rq, rs, piece);
    db_prolong(join_of(rq)->db, rq->gw->deadline_us);
    return taken;
}

void join_end(struct request *rq)
{
    struct join *j = join_of(rq);
    db_end_request(j->db);
    j->ctx = NULL;
}

enum err join_need_ref(const struct request *rq)
{
    const struct join *j = join_of(rq);
    if (j->ref == NULL || j->ref_failed)
        return fault_set(rq->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "reference data is not loaded");
    return ERR_OK;
}
