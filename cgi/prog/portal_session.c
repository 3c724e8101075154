/*
 * portal_session.c - who is asking.
 *
 * Contract: a guard that passes has filled the request and the actor; one that does not know the guard denies. Nothing
 * here decides about a ticket: that is the statement that reads it. Must not know pages.
 */
#include "prog/portal_session.h"

#include "app/account.h"
#include "app/token.h"
#include "pages/join.h"

/* ---- the store behind web/session ------------------------------------------------------------------------------- */

static void copy_session(const struct app_session *from, struct session *to)
{
    *to = (struct session){.id = from->id, .account_id = from->account_id, .created_us = from->created_us,
                           .seen_us = from->seen_us, .expires_us = from->expires_us};
}

static enum err store_load(struct request *rq, const uint8_t token[SESSION_TOKEN_BYTES], struct session *ret)
{
    struct app_session s;
    enum err err = session_find(join_ctx(rq), token, &s);
    if (err == ERR_OK)
        copy_session(&s, ret);
    return err;
}

static enum err store_create(struct request *rq, const uint8_t token[SESSION_TOKEN_BYTES], uint64_t account_id,
                             struct session *ret)
{
    struct app_session s;
    enum err err = session_create(join_ctx(rq), token, account_id, &s);
    if (err == ERR_OK)
        copy_session(&s, ret);
    return err;
}

static enum err store_rotate(struct request *rq, const struct session *old, const uint8_t token[SESSION_TOKEN_BYTES],
                             uint64_t account_id, struct session *ret)
{
    struct app_session s;
    enum err err = session_rotate(join_ctx(rq), old->id, token, account_id, &s);
    if (err == ERR_OK)
        copy_session(&s, ret);
    return err;
}

static enum err store_touch(struct request *rq, const struct session *s)
{
    struct app_session as = {.id = s->id, .account_id = s->account_id, .created_us = s->created_us,
                             .seen_us = s->seen_us, .expires_us = s->expires_us};
    return session_touch(join_ctx(rq), &as);
}

static enum err store_remove(struct request *rq, const struct session *s)
{
    return session_remove(join_ctx(rq), s->id);
}

const struct session_store *portal_session_store(const struct app_settings *set)
{
    enum { SECONDS_PER_DAY = 86400 };
    static struct session_store store;
    store = (struct session_store){.load = store_load, .create = store_create, .rotate = store_rotate,
                                   .touch = store_touch, .remove = store_remove, .touch_every_us = US_PER_HOUR,
                                   .anonymous_max_age_s = set->anonymous_session_days * SECONDS_PER_DAY,
                                   .account_max_age_s = set->session_days * SECONDS_PER_DAY};
    return &store;
}

/* ---- guards ----------------------------------------------------------------------------------------------------- */

static enum err take_bearer(struct request *rq, struct str text)
{
    struct ctx *c = join_ctx(rq);
    struct token t;
    enum err err = token_verify_cached(join_of(rq)->tokens, c->keys, c->fault, c->set->issuer, TOKEN_ACCESS, text,
                                     rq->now_us / US_PER_S, &t);
    if (err != ERR_OK)
        return err;
    rq->signed_in = true;
    rq->account_id = t.id;
    join_of(rq)->actor = (struct actor){.kind = ACTOR_CITIZEN, .account_id = t.id, .account_epoch = t.epoch,
                                      .account_family = t.family};
    return ERR_OK;
}

static enum err take_receipt(struct request *rq, struct str text)
{
    struct ctx *c = join_ctx(rq);
    struct token t;
    enum err err = token_verify_cached(join_of(rq)->tokens, c->keys, c->fault, c->set->issuer, TOKEN_TICKET, text,
                                     rq->now_us / US_PER_S, &t);
    if (err != ERR_OK)
        return err;
    rq->ticket_id = t.id;
    join_of(rq)->actor = (struct actor){.kind = ACTOR_CITIZEN, .ticket_id = t.id, .ticket_epoch = t.epoch};
    return ERR_OK;
}

/*
 * What belongs to one ticket compares epoch and family in the statement that reads the ticket. Routes of the account
 * itself ask here, once for all of them: a list by account id alone would serve a token that was ended.
 */
static enum err still_alive(struct request *rq)
{
    return account_alive(join_ctx(rq), &join_of(rq)->actor);
}

static enum err guard_api(struct request *rq, enum guard guard)
{
    struct str bearer = request_authorization(rq, "Bearer"), receipt = request_authorization(rq, "Receipt");
    if (bearer.n > 0) {
        enum err err = take_bearer(rq, bearer);
        if (err != ERR_OK)
            return err;
    } else if (receipt.n > 0 && guard != GUARD_CITIZEN) {
        enum err err = take_receipt(rq, receipt);
        if (err != ERR_OK)
            return err;
    }
    if (guard == GUARD_OPTIONAL)
        return ERR_OK;
    if (guard == GUARD_TICKET && (rq->account_id != 0 || rq->ticket_id != 0))
        return ERR_OK;
    if (guard == GUARD_CITIZEN && rq->account_id != 0)
        return still_alive(rq);
    return fault_set(rq->fault, ERR_LOGIN, "LOGIN_REQUIRED", "no token that fits this route");
}

static enum err guard_page(struct request *rq, enum guard guard)
{
    if (rq->session != NULL) {
        rq->session_id = rq->session->id;
        rq->account_id = rq->session->account_id;
        rq->signed_in = rq->account_id != 0;
    }
    switch (guard) {
    case GUARD_OPTIONAL:
        return ERR_OK;
    case GUARD_TICKET: /* the browser must hold something; which ticket is looked at when it is read */
        if (rq->session_id != 0)
            return ERR_OK;
        break;
    case GUARD_CITIZEN:
        if (rq->signed_in)
            return ERR_OK;
        break;
    case GUARD_UNSET:
    case GUARD_PUBLIC:
    case GUARD_STAFF:
    case GUARD_PRIVATE:
        break;
    }
    return fault_set(rq->fault, ERR_LOGIN, "LOGIN_REQUIRED", "no session that fits this route");
}

enum err portal_guard(struct request *rq, enum guard guard)
{
    return rq->route->look == LOOK_API ? guard_api(rq, guard) : guard_page(rq, guard);
}
