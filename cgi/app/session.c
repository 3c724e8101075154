/*
 * session.c - the rows behind browser sessions. The token is hashed with a key before it is looked up or stored, so that
 * a stolen table opens no session. Must not know cookies.
 */
#include "app/account.h"
#include "app/crypto.h"
#include "app/ids.h"
#include "base/clock.h"
#include "gen/sql.h"

static void hash_token(struct ctx *c, const uint8_t token[APP_SESSION_TOKEN_BYTES], uint8_t out[32])
{
    crypto_token_hash(c->keys, "session", (struct str){(const char *)token, APP_SESSION_TOKEN_BYTES}, out);
}

static int64_t life_us(const struct ctx *c, uint64_t account_id)
{
    return (account_id ? c->set->session_days : c->set->anonymous_session_days) * US_PER_DAY;
}

enum err session_find(struct ctx *c, const uint8_t token[APP_SESSION_TOKEN_BYTES], struct app_session *ret)
{
    const struct q_session_find_row *r = NULL;
    uint8_t hash[32];
    hash_token(c, token, hash);
    struct q_session_find_in in = {.token_hash = {(const char *)hash, 32}};
    enum err e = q_session_find(c->db, &in, &r);
    if (e == ERR_OK && r->has_account_id && r->now - r->created_at > c->set->session_max_days * US_PER_DAY)
        return ERR_NOT_FOUND; /* used every day, but begun too long ago: sign in again */
    if (e == ERR_OK)
        *ret = (struct app_session){r->id, r->has_account_id ? r->account_id : 0, r->created_at, r->seen_at, r->expires_at};
    return e;
}

/* The account must be alive; its epoch goes into the row. */
static enum err epoch_of(struct ctx *c, uint64_t account_id, uint32_t *ret)
{
    const struct q_session_account_epoch_row *r = NULL;
    struct q_session_account_epoch_in in = {.id = account_id};
    *ret = 0;
    if (account_id == 0)
        return ERR_OK;
    enum err e = q_session_account_epoch(c->db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return fault_set(c->fault, ERR_LOGIN, "LOGIN_REQUIRED", "no such account");
    if (e == ERR_OK)
        *ret = (uint32_t)r->epoch;
    return e;
}

enum err session_create(struct ctx *c, const uint8_t token[APP_SESSION_TOKEN_BYTES], uint64_t account_id,
                        struct app_session *ret)
{
    uint8_t hash[32];
    uint32_t epoch = 0;
    int64_t now = 0;
    size_t n = 0;
    hash_token(c, token, hash);
    enum err e = epoch_of(c, account_id, &epoch);
    if (e == ERR_OK)
        e = db_now(c->db, &now);
    if (e != ERR_OK)
        return e;
    struct q_session_insert_in in = {.id = id_new(now), .token_hash = {(const char *)hash, 32}, .account_id = account_id,
                                     .has_account_id = account_id != 0, .account_epoch = (int32_t)epoch, .at = now,
                                     .expires_at = now + life_us(c, account_id)};
    e = q_session_insert(c->db, &in, &n);
    if (e == ERR_OK)
        *ret = (struct app_session){in.id, account_id, now, now, in.expires_at};
    return e;
}

enum err session_rotate(struct ctx *c, uint64_t session_id, const uint8_t token[APP_SESSION_TOKEN_BYTES],
                        uint64_t account_id, struct app_session *ret)
{
    uint8_t hash[32];
    uint32_t epoch = 0;
    int64_t now = 0;
    size_t n = 0;
    hash_token(c, token, hash);
    enum err e = epoch_of(c, account_id, &epoch);
    if (e == ERR_OK)
        e = db_now(c->db, &now);
    if (e != ERR_OK)
        return e;
    struct q_session_rotate_in in = {.id = session_id, .token_hash = {(const char *)hash, 32}, .account_id = account_id,
                                     .has_account_id = account_id != 0, .account_epoch = (int32_t)epoch, .at = now,
                                     .expires_at = now + life_us(c, account_id)};
    e = q_session_rotate(c->db, &in, &n);
    if (e == ERR_OK && n != 1) /* it expired in this moment: a new one serves as well */
        return session_create(c, token, account_id, ret);
    if (e == ERR_OK)
        *ret = (struct app_session){session_id, account_id, now, now, in.expires_at};
    return e;
}

enum err session_touch(struct ctx *c, const struct app_session *s)
{
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(c->db, &now);
    struct q_session_touch_in in = {.id = s->id, .at = now, .expires_at = now + life_us(c, s->account_id)};
    return e == ERR_OK ? q_session_touch(c->db, &in, &n) : e;
}

static enum err remove_once(struct db *db, void *arg)
{
    const uint64_t *id = arg;
    size_t n = 0;
    struct q_session_ticket_clear_in tickets = {.session_id = *id};
    struct q_draft_delete_in draft = {.session_id = *id};
    struct q_session_delete_in row = {.id = *id};
    enum err e = q_session_ticket_clear(db, &tickets, &n);
    if (e == ERR_OK)
        e = q_draft_delete(db, &draft, &n);
    return e == ERR_OK ? q_session_delete(db, &row, &n) : e;
}

enum err session_remove(struct ctx *c, uint64_t session_id)
{
    return tx_run(c->db, remove_once, &session_id);
}

enum err session_hold_ticket(struct ctx *c, uint64_t session_id, uint64_t ticket_id)
{
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(c->db, &now);
    struct q_session_ticket_put_in in = {.session_id = session_id, .ticket_id = ticket_id,
                                         .until_at = now + c->set->session_ticket_hours * US_PER_HOUR};
    return e == ERR_OK ? q_session_ticket_put(c->db, &in, &n) : e;
}

enum err session_last_ticket(struct ctx *c, uint64_t session_id, uint64_t *ret_ticket_id, struct str *ret_no)
{
    const struct q_session_ticket_last_row *r = NULL;
    int64_t now = 0;
    struct q_session_ticket_last_in in = {.session_id = session_id};
    enum err e = q_session_ticket_last(c->db, &in, &r);
    if (e == ERR_OK)
        e = db_now(c->db, &now);
    if (e == ERR_OK && r->until_at <= now)
        return ERR_NOT_FOUND;
    if (e == ERR_OK) {
        *ret_ticket_id = r->ticket_id;
        *ret_no = r->ticket_no;
    }
    return e;
}
