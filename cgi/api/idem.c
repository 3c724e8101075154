/*
 * idem.c - reads and judges the key, and hashes the body it belongs to.
 *
 * Contract: the hash is over the body as sent, and over the path, so that one key cannot serve two tickets. Must not know
 * what is created.
 */
#include "api/idem.h"

#include "app/crypto.h"
#include "base/limits.h"
#include "pages/join.h"
#include "web/route.h"

static bool printable(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] <= ' ' || s.p[i] > '~')
            return false;
    return true;
}

enum err idem_read(struct request *rq, bool needed, struct idem *ret)
{
    struct crypto_hasher h;
    struct str key = request_header(rq, "Idempotency-Key");
    *ret = (struct idem){0};
    if (key.n == 0 && !needed)
        return ERR_OK;
    if (key.n == 0)
        return fault_set(rq->fault, ERR_INVALID, "IDEMPOTENCY_KEY_REQUIRED", "no Idempotency-Key");
    size_t least = join_actor(rq).kind == ACTOR_NONE ? LIMIT_IDEMPOTENCY_KEY_ANONYMOUS_MIN : 1;
    if (key.n > LIMIT_IDEMPOTENCY_KEY_CHARS || key.n < least || !printable(key))
        return fault_set(rq->fault, ERR_INVALID, "IDEMPOTENCY_KEY_INVALID", "%zu characters", key.n);
    ret->scope = join_scope(rq);
    ret->route = str_from_c(rq->route->name);
    ret->key = key;
    crypto_digest_start(&h);
    crypto_digest_put_field(&h, rq->path);
    crypto_digest_put_field(&h, rq->body);
    crypto_digest_end(&h, ret->request_hash);
    return ERR_OK;
}

enum err idem_take(struct request *rq, bool needed)
{
    struct idem *idem = ARENA_NEW(rq->a, struct idem);
    const enum err e = idem_read(rq, needed, idem);
    if (e == ERR_OK && idem->key.n > 0)
        join_ctx(rq)->once = idem;
    return e;
}

enum err idem_not_once(struct request *rq, struct str once)
{
    return once.n > 0 ? fault_field(rq->fault, "once", "UNKNOWN_FIELD") : ERR_OK;
}
