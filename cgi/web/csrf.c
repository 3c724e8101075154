/*
 * csrf.c - proof that a form came from our own page.
 *
 * Contract: see csrf.h. Must not know what a form does.
 */
#include "web/csrf.h"

#include "base/hash.h"
#include "base/random.h"
#include "web/dispatch.h"
#include "web/request.h"
#include "web/session.h"

static struct str masked(struct request *rq)
{
    char bytes[2 * CSRF_SECRET_BYTES];
    random_bytes(bytes, CSRF_SECRET_BYTES);
    for (size_t i = 0; i < CSRF_SECRET_BYTES; i++)
        bytes[CSRF_SECRET_BYTES + i] = (char)(bytes[i] ^ rq->csrf_secret[i]);
    return base64url_encode(rq->a, (struct str){bytes, sizeof bytes});
}

void csrf_offer(struct request *rq, struct response *rs)
{
    if (!rq->has_csrf_secret) {
        random_bytes(rq->csrf_secret, CSRF_SECRET_BYTES);
        rq->has_csrf_secret = true;
        struct str cookie = base64url_encode(rq->a, (struct str){(const char *)rq->csrf_secret, CSRF_SECRET_BYTES});
        response_cookie(rq, rs, session_cookie(rq), cookie, 0);
    }
    rq->csrf = masked(rq);
}

bool csrf_token_fits(const struct request *rq, struct str token)
{
    struct str bytes;
    char secret[CSRF_SECRET_BYTES];
    if (!rq->has_csrf_secret || !base64url_decode(rq->a, token, &bytes) || bytes.n != 2 * CSRF_SECRET_BYTES)
        return false;
    for (size_t i = 0; i < CSRF_SECRET_BYTES; i++)
        secret[i] = (char)(bytes.p[i] ^ bytes.p[CSRF_SECRET_BYTES + i]);
    bool fits = str_eq_secret((struct str){secret, sizeof secret},
                              (struct str){(const char *)rq->csrf_secret, CSRF_SECRET_BYTES});
    explicit_bzero(secret, sizeof secret);
    return fits;
}

/* An Origin header names scheme and host; the host must be the one that was asked, or the one we are published under.
 */
static bool origin_fits(const struct request *rq, struct str origin)
{
    struct str host = origin, scheme = rq->secure ? STR("https://") : STR("http://");
    if (rq->web && rq->web->public_origin && *rq->web->public_origin && str_eq_c(origin, rq->web->public_origin))
        return true;
    if (!str_starts(origin, scheme))
        return false;
    host = str_slice(origin, scheme.n, origin.n);
    return host.n && str_eq_nocase(host, rq->params[PARAM_HOST]);
}

bool csrf_origin_ours(const struct request *rq)
{
    struct str site = rq->params[PARAM_SEC_FETCH_SITE], origin = rq->params[PARAM_ORIGIN];
    if (site.n && !str_eq(site, STR("same-origin")) && !str_eq(site, STR("none")))
        return false;
    return !origin.n || origin_fits(rq, origin);
}

bool csrf_origin_proven(const struct request *rq)
{
    return csrf_origin_ours(rq) &&
           (str_eq(rq->params[PARAM_SEC_FETCH_SITE], STR("same-origin")) || rq->params[PARAM_ORIGIN].n > 0);
}

enum err csrf_check(struct request *rq, struct str token)
{
    if (!csrf_origin_ours(rq))
        return fault_set(rq->fault, ERR_DENIED, "CSRF_FAILED", "another origin");
    if (!csrf_token_fits(rq, token))
        return fault_set(rq->fault, ERR_DENIED, "CSRF_FAILED", "%s", rq->has_csrf_secret ? "token" : "no cookie");
    return ERR_OK;
}
