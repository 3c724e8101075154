/*
 * staff_session.c - sessions of the staff, and the tokens of services.
 *
 * Contract: one statement finds session, person and grants, so that a change of any of them counts at the next request.
 * Tokens are hashed before they come near the database.
 */
#include "app/audit.h"
#include "app/crypto.h"
#include "app/ids.h"
#include "app/staff_private.h"
#include "app/token.h"
#include "base/clock.h"
#include "gen/sql.h"

enum { US_PER_MINUTE = 60 * 1000 * 1000 };

static int64_t idle_us(const struct ctx *c)
{
    return (int64_t)c->set->staff_idle_minutes * US_PER_MINUTE;
}

static void hash_token(const struct ctx *c, const uint8_t token[STAFF_TOKEN_BYTES], uint8_t out[32])
{
    crypto_token_hash(c->keys, SESSION_LABEL, (struct str){(const char *)token, STAFF_TOKEN_BYTES}, out);
}

enum err staff_session_find(struct ctx *c, const uint8_t token[STAFF_TOKEN_BYTES], struct staff_session *ret)
{
    uint8_t hash[32];
    const struct q_staff_session_find_row *r = NULL;
    size_t n = 0;
    hash_token(c, token, hash);
    struct q_staff_session_find_in in = {.token_hash = {(const char *)hash, 32}, .idle_us = idle_us(c)};
    enum err e = q_staff_session_find(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    if (n == 0)
        return ERR_NOT_FOUND;
    struct staff_grant *g = ARENA_ARRAY(c->a, struct staff_grant, n);
    size_t n_grants = 0;
    for (size_t i = 0; i < n; i++)
        if (r[i].role != 0)
            g[n_grants++] = (struct staff_grant){(enum staff_role)r[i].role, r[i].role_unit, r[i].area_prefix, r[i].category_prefix};
    *ret = (struct staff_session){.id = r->id, .staff_id = r->staff_id, .epoch = (uint32_t)r->epoch,
                                  .stage = (enum staff_stage)r->stage, .strong = r->strong,
                                  .has_totp = r->has_totp, .created_us = r->created_at, .seen_us = r->seen_at,
                                  .expires_us = r->expires_at, .confirmed_us = r->confirmed_at, .now_us = r->now,
                                  .login = r->login, .name = r->name, .unit_code = r->unit_code,
                                  .rights = {.grants = g, .n_grants = n_grants, .strong = r->strong}};
    return ERR_OK;
}

/* A sign-in under way has ten minutes; one that is through, the hours of the configuration. */
static int64_t life_us(const struct ctx *c, enum staff_stage stage)
{
    enum { UNDER_WAY_MINUTES = 15 };
    return stage == STAGE_IN ? c->set->staff_session_hours * US_PER_HOUR : (int64_t)UNDER_WAY_MINUTES * US_PER_MINUTE;
}

enum err staff_session_start(struct ctx *c, const uint8_t token[STAFF_TOKEN_BYTES], struct staff_session *s)
{
    uint8_t hash[32];
    int64_t now = 0;
    enum err e = db_now(c->db, &now);
    if (e != ERR_OK)
        return e;
    hash_token(c, token, hash);
    struct q_staff_session_insert_in in = {.id = id_new(now), .token_hash = {(const char *)hash, 32}, .staff_id = s->staff_id,
                                           .epoch = (int32_t)s->epoch, .stage = (int32_t)s->stage, .strong = s->strong, .at = now,
                                           .expires_at = now + life_us(c, s->stage), .client_net = c->client_net};
    e = q_staff_session_insert(c->db, &in);
    s->id = in.id;
    s->created_us = s->seen_us = s->now_us = now;
    s->expires_us = in.expires_at;
    return e;
}

enum err staff_session_rotate(struct ctx *c, const uint8_t token[STAFF_TOKEN_BYTES], struct staff_session *s)
{
    uint8_t hash[32];
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(c->db, &now);
    if (e != ERR_OK)
        return e;
    hash_token(c, token, hash);
    s->rights.strong = s->strong;
    s->seen_us = s->now_us = now;
    s->expires_us = now + life_us(c, s->stage);
    struct q_staff_session_rotate_in in = {.id = s->id, .token_hash = {(const char *)hash, 32}, .staff_id = s->staff_id,
                                           .epoch = (int32_t)s->epoch, .stage = (int32_t)s->stage, .strong = s->strong, .at = now,
                                           .expires_at = s->expires_us, .confirmed_at = s->confirmed_us,
                                           .client_net = c->client_net};
    e = q_staff_session_rotate(c->db, &in, &n);
    return e == ERR_OK && n == 0 ? fault_set(c->fault, ERR_LOGIN, "LOGIN_REQUIRED", "the session is gone") : e;
}

enum err staff_session_touch(struct ctx *c, const struct staff_session *s)
{
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(c->db, &now);
    struct q_staff_session_touch_in in = {.id = s->id, .at = now};
    return e == ERR_OK ? q_staff_session_touch(c->db, &in, &n) : e;
}

enum err staff_session_end(struct ctx *c, uint64_t session_id, uint64_t staff_id)
{
    size_t n = 0;
    struct q_staff_session_delete_in in = {.id = session_id, .staff_id = staff_id};
    return q_staff_session_delete(c->db, &in, &n);
}

enum err staff_session_end_others(struct ctx *c, uint64_t staff_id, uint64_t keep_id)
{
    size_t n = 0;
    struct q_staff_session_delete_others_in in = {.staff_id = staff_id, .keep = keep_id};
    return q_staff_session_delete_others(c->db, &in, &n);
}

enum err staff_session_list(struct ctx *c, uint64_t staff_id, const struct staff_session_row **ret, size_t *ret_n)
{
    const struct q_staff_session_list_row *r = NULL;
    size_t n = 0;
    struct q_staff_session_list_in in = {.staff_id = staff_id, .idle_us = idle_us(c)};
    enum err e = q_staff_session_list(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct staff_session_row *rows = ARENA_ARRAY(c->a, struct staff_session_row, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct staff_session_row){r[i].id, r[i].strong, r[i].created_at, r[i].seen_at, r[i].client_net};
    *ret = rows;
    *ret_n = n;
    return ERR_OK;
}

/* ---- services ----------------------------------------------------------------------------------------------------------- */

enum err service_token(struct ctx *c, struct str key, struct str *ret_token, int64_t *ret_expires_s)
{
    uint8_t hash[32];
    const struct q_service_by_key_row *r = NULL;
    int64_t now = 0;
    size_t n = 0;
    crypto_token_hash(c->keys, SERVICE_LABEL, key, hash);
    struct q_service_by_key_in in = {.key_hash = {(const char *)hash, 32}};
    enum err e = q_service_by_key(c->db, &in, &r);
    if (e == ERR_NOT_FOUND) {
        struct actor nobody = {.kind = ACTOR_SERVICE};
        e = audit_write(c, &nobody, AUDIT_SERVICE_KEY_REFUSED, AUDIT_OF_SERVICE, 0, STR_NONE);
        return e == ERR_OK ? fault_set(c->fault, ERR_LOGIN, "TOKEN_INVALID", "no such key") : e;
    }
    if (e == ERR_OK)
        e = db_now(c->db, &now);
    struct q_service_key_used_in used = {.key_hash = {(const char *)hash, 32}, .at = now};
    if (e == ERR_OK)
        e = q_service_key_used(c->db, &used, &n);
    if (e != ERR_OK)
        return e;
    struct token t = {.kind = TOKEN_SERVICE, .id = r->id, .epoch = (uint32_t)r->epoch, .issued_s = now / US_PER_S,
                      .expires_s = now / US_PER_S + c->set->access_token_minutes * 60};
    *ret_token = token_sign(c->keys, c->a, c->set->issuer, &t);
    *ret_expires_s = t.expires_s;
    return ERR_OK;
}

enum err service_actor(struct ctx *c, uint64_t id, uint32_t epoch, struct str *ret_name, struct actor *ret)
{
    const struct q_service_find_row *r = NULL;
    size_t n = 0, n_grants = 0;
    struct q_service_find_in in = {.id = id, .epoch = (int32_t)epoch};
    enum err e = q_service_find(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    if (n == 0)
        return fault_set(c->fault, ERR_LOGIN, "LOGIN_REQUIRED", "the service is gone, or its tokens were ended");
    struct staff_grant *g = ARENA_ARRAY(c->a, struct staff_grant, n);
    struct staff_rights *rights = ARENA_NEW(c->a, struct staff_rights);
    for (size_t i = 0; i < n; i++)
        if (r[i].role != 0)
            g[n_grants++] = (struct staff_grant){(enum staff_role)r[i].role, r[i].role_unit, r[i].area_prefix, r[i].category_prefix};
    *rights = (struct staff_rights){.grants = g, .n_grants = n_grants, .strong = true};
    *ret_name = r->name;
    *ret = (struct actor){.kind = ACTOR_SERVICE, .staff_id = id, .unit_code = r->unit_code, .rights = rights};
    return ERR_OK;
}
