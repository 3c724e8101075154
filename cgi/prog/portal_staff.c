/*
 * portal_staff.c - who of the staff is asking, and whether the route is theirs.
 *
 * Contract: what it does not know, it denies. A permit says that there is a grant at all; whether it covers the object is
 * decided in the domain. Must not know pages.
 */
#include "prog/portal_staff.h"

#include "app/staff.h"
#include "app/token.h"
#include "pages/join.h"

_Static_assert((int)STAFF_TOKEN_BYTES == (int)SESSION_TOKEN_BYTES, "the same token");

const char *portal_permit_name(unsigned permit)
{
    return permission_name((enum permit)permit);
}

/* ---- the store behind web/session: what is stored stands in join->staff ------------------------------------------------ */

static void copy(const struct staff_session *from, struct session *to)
{
    *to = (struct session){.id = from->id, .account_id = from->staff_id, .created_us = from->created_us,
                           .seen_us = from->seen_us, .expires_us = from->expires_us};
}

static struct staff_session *own(const struct request *rq)
{
    struct staff_session *s = join_of(rq)->staff;
    BUG_ON(s == NULL); /* a page that signs in says first whom, by staff_page_session() */
    return s;
}

static enum err store_load(struct request *rq, const uint8_t token[SESSION_TOKEN_BYTES], struct session *ret)
{
    struct staff_session *s = ARENA_NEW(rq->a, struct staff_session);
    enum err err = staff_session_find(join_ctx(rq), token, s);
    if (err != ERR_OK)
        return err;
    join_of(rq)->staff = s;
    copy(s, ret);
    return ERR_OK;
}

static enum err store_create(struct request *rq, const uint8_t token[SESSION_TOKEN_BYTES], uint64_t account_id, struct session *ret)
{
    (void)account_id;
    enum err err = staff_session_start(join_ctx(rq), token, own(rq));
    if (err == ERR_OK)
        copy(own(rq), ret);
    return err;
}

static enum err store_rotate(struct request *rq, const struct session *old, const uint8_t token[SESSION_TOKEN_BYTES],
                             uint64_t account_id, struct session *ret)
{
    (void)account_id;
    own(rq)->id = old->id;
    enum err err = staff_session_rotate(join_ctx(rq), token, own(rq));
    if (err == ERR_OK)
        copy(own(rq), ret);
    return err;
}

static enum err store_touch(struct request *rq, const struct session *s)
{
    (void)s;
    return staff_session_touch(join_ctx(rq), own(rq));
}

static enum err store_remove(struct request *rq, const struct session *s)
{
    return staff_session_end(join_ctx(rq), s->id, s->account_id);
}

const struct session_store *portal_staff_store(const struct app_settings *set)
{
    static struct session_store store;
    (void)set;
    store = (struct session_store){.load = store_load, .create = store_create, .rotate = store_rotate,
                                   .touch = store_touch, .remove = store_remove, .touch_every_us = 60 * US_PER_S,
                                   .cookie = "staff", .anonymous_max_age_s = 0, .account_max_age_s = 0};
    return &store;
}

/* ---- guard -------------------------------------------------------------------------------------------------------------- */

static enum err unknown(struct request *rq)
{
    return fault_set(rq->fault, ERR_LOGIN, "LOGIN_REQUIRED", "nobody of the staff");
}

static enum err take_service(struct request *rq)
{
    struct ctx *c = join_ctx(rq);
    struct token t;
    struct str name, bearer = request_authorization(rq, "Bearer");
    if (bearer.n == 0)
        return unknown(rq);
    enum err err = token_verify(c->keys, c->fault, c->set->issuer, TOKEN_SERVICE, bearer, rq->now_us / US_PER_S, &t);
    if (err == ERR_OK)
        err = service_actor(c, t.id, t.epoch, &name, &join_of(rq)->actor);
    if (err == ERR_OK)
        rq->budget = arena_printf(rq->a, "v:%llu", (unsigned long long)t.id);
    return err;
}

/* A role that needs a second factor is no use in a session without one. */
static enum err take_session(struct request *rq)
{
    const struct staff_session *s = join_of(rq)->staff;
    if (rq->session == NULL || s == NULL || s->stage != STAGE_IN)
        return unknown(rq);
    if (permission_needs_totp(join_ctx(rq), &s->rights) && !s->strong)
        return unknown(rq);
    rq->signed_in = true;
    rq->session_id = s->id;
    rq->budget = arena_printf(rq->a, "s:%llu", (unsigned long long)s->staff_id);
    join_of(rq)->actor = staff_actor(s);
    return ERR_OK;
}

enum err portal_staff_guard(struct request *rq, enum guard guard)
{
    if (guard == GUARD_OPTIONAL)
        return ERR_OK;
    if (guard != GUARD_STAFF)
        return unknown(rq);
    enum err err = rq->route->look == LOOK_API ? take_service(rq) : take_session(rq);
    if (err != ERR_OK)
        return err;
    if (!permission_has(&join_of(rq)->actor, (enum permit)rq->route->permit))
        return fault_set(rq->fault, ERR_DENIED, "DENIED", "no grant of this permit");
    return ERR_OK;
}
