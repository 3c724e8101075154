/*
 * session.c - the web side of browser sessions: one cookie in, one cookie out.
 *
 * Contract: see session.h. Must not know where sessions are kept or what hangs on them.
 */
#include "web/session.h"

#include "base/hash.h"
#include "base/random.h"
#include "web/csrf.h"
#include "web/dispatch.h"
#include "web/request.h"

enum { COOKIE_BYTES = SESSION_TOKEN_BYTES + CSRF_SECRET_BYTES };

static const struct session_store *store(const struct request *rq)
{
    BUG_ON(!rq->web->sessions); /* a route that needs sessions in a program that has none */
    return rq->web->sessions;
}

const char *session_cookie(const struct request *rq)
{
    const struct session_store *st = rq->web ? rq->web->sessions : NULL;
    return st && st->cookie ? st->cookie : SESSION_COOKIE;
}

static void adopt(struct request *rq, const struct session *s)
{
    struct session *own = ARENA_NEW(rq->a, struct session);
    *own = *s;
    rq->session = own;
    rq->session_id = s->id;
}

static void take_secret(struct request *rq, const char *bytes)
{
    memcpy(rq->csrf_secret, bytes, CSRF_SECRET_BYTES);
    rq->has_csrf_secret = true;
}

static enum err touch(struct request *rq)
{
    const struct session_store *st = store(rq);
    if (!st->touch_every_us || rq->now_us - rq->session->seen_us < st->touch_every_us)
        return ERR_OK;
    return st->touch(rq, rq->session);
}

enum err session_load(struct request *rq)
{
    struct str bytes, cookie = request_cookie(rq, session_cookie(rq));
    struct session s;
    if (!cookie.n || cookie.n > 64 || !base64url_decode(rq->a, cookie, &bytes))
        return ERR_OK;
    if (bytes.n == CSRF_SECRET_BYTES)
        take_secret(rq, bytes.p);
    if (bytes.n != COOKIE_BYTES)
        return ERR_OK;
    take_secret(rq, bytes.p + SESSION_TOKEN_BYTES);
    enum err err = store(rq)->load(rq, (const uint8_t *)bytes.p, &s);
    if (err == ERR_NOT_FOUND) {
        fault_clear(rq->fault);
        return ERR_OK;
    }
    if (err)
        return err;
    adopt(rq, &s);
    return touch(rq);
}

static void send_cookie(struct request *rq, struct response *rs, const uint8_t token[SESSION_TOKEN_BYTES])
{
    char bytes[COOKIE_BYTES];
    const struct session_store *st = store(rq);
    memcpy(bytes, token, SESSION_TOKEN_BYTES);
    memcpy(bytes + SESSION_TOKEN_BYTES, rq->csrf_secret, CSRF_SECRET_BYTES);
    int age = rq->session->account_id ? st->account_max_age_s : st->anonymous_max_age_s;
    /* A second cookie of the name would leave the choice to the browser. */
    buf_clear(&rs->cookies);
    response_cookie(rq, rs, session_cookie(rq), base64url_encode(rq->a, (struct str){bytes, sizeof bytes}), age);
    explicit_bzero(bytes, sizeof bytes);
    csrf_offer(rq, rs);
}

static void new_secret(struct request *rq)
{
    random_bytes(rq->csrf_secret, CSRF_SECRET_BYTES);
    rq->has_csrf_secret = true;
}

enum err session_require(struct request *rq, struct response *rs)
{
    uint8_t token[SESSION_TOKEN_BYTES];
    struct session s;
    if (rq->session)
        return ERR_OK;
    random_bytes(token, sizeof token);
    enum err err = store(rq)->create(rq, token, 0, &s);
    if (err)
        return err;
    if (!rq->has_csrf_secret)
        new_secret(rq);
    adopt(rq, &s);
    send_cookie(rq, rs, token);
    return ERR_OK;
}

enum err session_sign_in(struct request *rq, struct response *rs, uint64_t account_id)
{
    uint8_t token[SESSION_TOKEN_BYTES];
    struct session s;
    BUG_ON(!account_id);
    random_bytes(token, sizeof token);
    enum err err = rq->session ? store(rq)->rotate(rq, rq->session, token, account_id, &s)
                               : store(rq)->create(rq, token, account_id, &s);
    if (err)
        return err;
    new_secret(rq);
    adopt(rq, &s);
    rq->signed_in = true;
    rq->account_id = account_id;
    send_cookie(rq, rs, token);
    return ERR_OK;
}

enum err session_sign_out(struct request *rq, struct response *rs)
{
    if (rq->session) {
        enum err err = store(rq)->remove(rq, rq->session);
        if (err && err != ERR_NOT_FOUND)
            return err;
    }
    rq->session = NULL;
    rq->session_id = rq->account_id = 0;
    rq->signed_in = rq->has_csrf_secret = false;
    explicit_bzero(rq->csrf_secret, sizeof rq->csrf_secret);
    buf_clear(&rs->cookies);
    csrf_offer(rq, rs);
    return ERR_OK;
}
