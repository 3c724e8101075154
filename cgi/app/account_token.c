/*
 * account_token.c - access tokens and the rotation of refresh tokens.
 *
 * Contract: a refresh token is 256 random bits, stored hashed. Rotation marks the old one spent; a spent one that comes
 * back after the grace is theft, and its whole family ends (RFC 9700, section 4.14.2).
 */
#include "app/account_private.h"
#include "app/ids.h"
#include "app/token.h"
#include "base/clock.h"
#include "gen/sql.h"

struct refreshing {
    struct ctx *c;
    struct str given;
    uint64_t account_id, family;
    uint32_t epoch;
    bool stolen;
    struct account_tokens out;
};

static struct str access_token(struct ctx *c, uint64_t account_id, uint32_t epoch, uint64_t family, int64_t now_s,
                               int64_t *ret_expires)
{
    struct token t = {.kind = TOKEN_ACCESS, .id = account_id, .epoch = epoch, .family = family, .issued_s = now_s,
                      .expires_s = now_s + c->set->access_token_minutes * 60};
    *ret_expires = t.expires_s;
    return token_sign(c->keys, c->a, c->set->issuer, &t);
}

static enum err give(struct ctx *c, uint64_t account_id, uint32_t epoch, uint64_t family, int64_t now,
                     struct account_tokens *ret)
{
    uint8_t hash[32];
    size_t n = 0;
    struct account_tokens t = {.refresh = crypto_random_text(c->a, REFRESH_TOKEN_BYTES)};
    crypto_token_hash(c->keys, "refresh", t.refresh, hash);
    struct q_refresh_insert_in in = {.token_hash = {(const char *)hash, 32}, .account_id = account_id, .family = family,
                                     .account_epoch = (int32_t)epoch, .created_at = now,
                                     .expires_at = now + c->set->refresh_days * US_PER_DAY};
    enum err e = q_refresh_insert(c->db, &in, &n);
    if (e != ERR_OK)
        return e;
    t.refresh_expires_s = in.expires_at / US_PER_S;
    t.access = access_token(c, account_id, epoch, family, now / US_PER_S, &t.access_expires_s);
    *ret = t;
    return ERR_OK;
}

enum err account_tokens_issue(struct ctx *c, const struct account *acc, struct account_tokens *ret)
{
    int64_t now = 0;
    enum err e = db_now(c->db, &now);
    return e == ERR_OK ? give(c, acc->id, acc->epoch, id_new(now), now, ret) : e;
}

/* ---- rotation ------------------------------------------------------------------------------------------------------------------ */

static enum err invalid(struct ctx *c)
{
    return fault_set(c->fault, ERR_LOGIN, "REFRESH_INVALID", "unknown, expired or ended refresh token");
}

static enum err refresh_once(struct db *db, void *arg)
{
    struct refreshing *x = arg;
    const struct q_refresh_get_row *r = NULL;
    uint8_t hash[32];
    int64_t now = 0;
    size_t n = 0;
    x->stolen = false;
    crypto_token_hash(x->c->keys, "refresh", x->given, hash);
    struct q_refresh_get_in in = {.token_hash = {(const char *)hash, 32}};
    enum err e = db_now(db, &now);
    if (e == ERR_OK)
        e = q_refresh_get(db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return invalid(x->c);
    if (e != ERR_OK)
        return e;
    if (r->expires_at <= now || !r->has_epoch || r->epoch != r->account_epoch)
        return invalid(x->c);
    x->family = r->family;
    if (r->has_used_at && now - r->used_at > x->c->set->refresh_grace_seconds * US_PER_S) {
        x->stolen = true;
        return ERR_OK;
    }
    struct q_refresh_use_in use = {.token_hash = in.token_hash, .at = now};
    e = q_refresh_use(db, &use, &n); /* n = 0: a parallel request was first, within the grace */
    return e == ERR_OK ? give(x->c, r->account_id, (uint32_t)r->epoch, r->family, now, &x->out) : e;
}

enum err account_tokens_refresh(struct ctx *c, struct str refresh, struct account_tokens *ret)
{
    struct refreshing x = {.c = c, .given = refresh};
    size_t n = 0;
    if (refresh.n == 0 || refresh.n > 2 * REFRESH_TOKEN_BYTES)
        return invalid(c);
    enum err e = tx_run(c->db, refresh_once, &x);
    if (e != ERR_OK)
        return e;
    if (x.stolen) {
        struct q_refresh_end_family_in in = {.family = x.family};
        e = q_refresh_end_family(c->db, &in, &n);
        return e == ERR_OK ? fault_set(c->fault, ERR_LOGIN, "REFRESH_REUSED", "a spent refresh token came back") : e;
    }
    *ret = x.out;
    return ERR_OK;
}

enum err account_sign_out(struct ctx *c, uint64_t account_id, struct str refresh)
{
    const struct q_refresh_get_row *r = NULL;
    uint8_t hash[32];
    size_t n = 0;
    if (refresh.n == 0) {
        struct q_account_end_all_in all = {.id = account_id};
        return q_account_end_all(c->db, &all, &n);
    }
    crypto_token_hash(c->keys, "refresh", refresh, hash);
    struct q_refresh_get_in in = {.token_hash = {(const char *)hash, 32}};
    enum err e = q_refresh_get(c->db, &in, &r);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && r->account_id != account_id))
        return ERR_OK; /* nothing to end; signing out never fails */
    if (e != ERR_OK)
        return e;
    struct q_refresh_end_family_in family = {.family = r->family};
    return q_refresh_end_family(c->db, &family, &n);
}
