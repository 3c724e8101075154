/*
 * staff_sign_in.c - password, then code: the way into the back office.
 *
 * Contract: whatever is wrong, the same statements run, the same work is done and the same words come back. The secret of
 * an authenticator leaves this file never. Must not know cookies or pages.
 */
#include "app/audit.h"
#include "app/crypto.h"
#include "app/password.h"
#include "app/staff_private.h"
#include "app/totp.h"
#include "base/clock.h"
#include "gen/sql.h"

bool staff_login_parse(struct arena *a, struct str typed, struct str *ret)
{
    typed = str_trim(typed);
    if (typed.n < 2 || typed.n > STAFF_LOGIN_CHARS)
        return false;
    char *p = arena_alloc(a, typed.n);
    for (size_t i = 0; i < typed.n; i++) {
        char ch = typed.p[i];
        p[i] = ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
        bool ok = (p[i] >= 'a' && p[i] <= 'z') || (p[i] >= '0' && p[i] <= '9') || (i > 0 && (ch == '.' || ch == '-' || ch == '_'));
        if (!ok)
            return false;
    }
    *ret = (struct str){p, typed.n};
    return true;
}

enum err staff_read_rights(struct ctx *c, uint64_t staff_id, struct staff_rights *ret)
{
    const struct q_staff_roles_row *rows = NULL;
    size_t n = 0;
    struct q_staff_roles_in in = {.staff_id = staff_id};
    enum err e = q_staff_roles(c->db, &in, &rows, &n);
    if (e != ERR_OK)
        return e;
    struct staff_grant *g = ARENA_ARRAY(c->a, struct staff_grant, n + 1);
    for (size_t i = 0; i < n; i++)
        g[i] = (struct staff_grant){(enum staff_role)rows[i].role, rows[i].unit_code, rows[i].area_prefix, rows[i].category_prefix};
    ret->grants = g;
    ret->n_grants = n;
    return ERR_OK;
}

struct actor staff_actor(const struct staff_session *s)
{
    return (struct actor){.kind = ACTOR_STAFF, .staff_id = s->staff_id, .unit_code = s->unit_code, .rights = &s->rights};
}

enum staff_stage staff_next_stage(const struct ctx *c, const struct staff_session *s, bool must_change)
{
    if (must_change)
        return STAGE_PASSWORD;
    return permission_needs_totp(c, &s->rights) && !s->has_totp ? STAGE_ENROL : STAGE_IN;
}

/* ---- the password ----------------------------------------------------------------------------------------------------- */

struct member {
    bool found;
    uint64_t id;
    int state;
    bool must_change;
    struct str hash;
};

static enum err find(struct ctx *c, struct str login, struct staff_session *s, struct member *m)
{
    const struct q_staff_by_login_row *r = NULL;
    struct q_staff_by_login_in in = {.login = login};
    enum err e = q_staff_by_login(c->db, &in, &r);
    if (e == ERR_NOT_FOUND) {
        fault_clear(c->fault);
        return ERR_OK;
    }
    if (e != ERR_OK)
        return e;
    *m = (struct member){.found = true, .id = r->id, .state = r->state, .must_change = r->must_change, .hash = r->password_hash};
    *s = (struct staff_session){.staff_id = r->id, .epoch = (uint32_t)r->epoch, .login = login, .name = r->name,
                                .unit_code = r->unit_code, .has_totp = r->has_totp};
    return ERR_OK;
}

static enum err say_failed(struct ctx *c, uint64_t staff_id, enum audit_action action, const char *field, const char *reason)
{
    struct actor nobody = {.kind = ACTOR_STAFF, .staff_id = staff_id};
    enum err e = audit_write(c, &nobody, action, AUDIT_OF_STAFF, staff_id, STR_NONE);
    return e == ERR_OK ? fault_field(c->fault, field, reason) : e;
}

static enum err rehash(struct ctx *c, const struct member *m, struct str password)
{
    size_t n = 0;
    struct str fresh;
    if (!password_stale(c, m->hash))
        return ERR_OK;
    enum err e = password_hash(c, password, &fresh);
    struct q_staff_rehash_in in = {.id = m->id, .was = m->hash, .password_hash = fresh};
    return e == ERR_OK ? q_staff_rehash(c->db, &in, &n) : e;
}

static enum err signed_in(struct ctx *c, const struct staff_session *s)
{
    struct actor who = staff_actor(s);
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(c->db, &now);
    struct q_staff_signed_in_in in = {.id = s->staff_id, .at = now};
    if (e == ERR_OK)
        e = q_staff_signed_in(c->db, &in, &n);
    return e == ERR_OK ? audit_write(c, &who, AUDIT_SIGN_IN, AUDIT_OF_STAFF, s->staff_id, s->strong ? STR("totp") : STR_NONE) : e;
}

enum err staff_sign_in(struct ctx *c, struct str login, struct str password, struct staff_session *ret)
{
    struct str key = str_trim(login);
    struct staff_session s = {0};
    struct member m = {0};
    struct staff_gate gate;
    bool known_form = staff_login_parse(c->a, login, &key);
    enum err e = staff_gate_enter(c, "password", key, &gate);
    if (e == ERR_OK)
        e = find(c, known_form ? key : STR("-"), &s, &m);
    if (e != ERR_OK)
        return e;
    bool fits = password_fits(c, m.found ? m.hash : STR_NONE, password);
    if (!fits || gate.closed || m.state != STAFF_ACTIVE)
        return say_failed(c, m.id, AUDIT_SIGN_IN_FAILED, "password", "SIGN_IN_FAILED");
    e = staff_gate_passed(c, &gate);
    if (e == ERR_OK)
        e = rehash(c, &m, password);
    if (e == ERR_OK)
        e = staff_read_rights(c, m.id, &s.rights);
    if (e != ERR_OK)
        return e;
    s.stage = s.has_totp ? STAGE_CODE : staff_next_stage(c, &s, m.must_change);
    *ret = s;
    return s.stage == STAGE_IN ? signed_in(c, ret) : ERR_OK;
}

/* ---- the code --------------------------------------------------------------------------------------------------------- */

enum err staff_totp_secret(struct ctx *c, uint64_t staff_id, bool has, int32_t key_id, struct str sealed, struct str *ret)
{
    if (!has)
        return fault_set(c->fault, ERR_INTERNAL, "INTERNAL", "no authenticator is set up");
    return crypto_open(c->keys, c->a, c->fault, (uint8_t)key_id, sealed, TOTP_WHERE, staff_id, ret);
}

static enum err use_totp(struct ctx *c, uint64_t id, const struct q_staff_secret_row *r, struct str typed, bool *ret_fits)
{
    struct str secret;
    int64_t step = 0, now = 0;
    size_t n = 0;
    *ret_fits = false;
    if (!r->has_totp_key_id || !r->has_totp_ct)
        return ERR_OK;
    enum err e = staff_totp_secret(c, id, true, r->totp_key_id, r->totp_ct, &secret);
    if (e == ERR_OK)
        e = db_now(c->db, &now);
    if (e != ERR_OK)
        return e;
    bool fits = totp_check(secret, typed, now / US_PER_S, r->totp_step, &step);
    crypto_wipe((void *)(uintptr_t)secret.p, secret.n);
    if (!fits)
        return ERR_OK;
    struct q_staff_totp_use_in in = {.id = id, .step = step};
    e = q_staff_totp_use(c->db, &in, &n);
    *ret_fits = e == ERR_OK && n == 1; /* of two at once, one */
    return e;
}

static enum err use_recovery(struct ctx *c, uint64_t id, struct str typed, bool *ret_fits)
{
    enum { CODE = 10 };
    char code[CODE];
    size_t k = 0, n = 0;
    uint8_t hash[32];
    int64_t now = 0;
    *ret_fits = false;
    for (size_t i = 0; i < typed.n; i++) {
        char ch = typed.p[i];
        if (ch == '-' || ch == ' ')
            continue;
        if (k == CODE)
            return ERR_OK;
        code[k++] = ch >= 'A' && ch <= 'Z' ? (char)(ch + 32) : ch;
    }
    if (k != CODE)
        return ERR_OK;
    crypto_token_hash(c->keys, RECOVERY_LABEL, (struct str){code, k}, hash);
    enum err e = db_now(c->db, &now);
    struct q_staff_recovery_use_in in = {.staff_id = id, .code_hash = {(const char *)hash, 32}, .at = now};
    if (e == ERR_OK)
        e = q_staff_recovery_use(c->db, &in, &n);
    *ret_fits = e == ERR_OK && n == 1;
    return e;
}

static enum err read_secret(struct ctx *c, uint64_t id, const struct q_staff_secret_row **ret)
{
    struct q_staff_secret_in in = {.id = id};
    enum err e = q_staff_secret(c->db, &in, ret);
    return e == ERR_NOT_FOUND ? fault_set(c->fault, ERR_LOGIN, "LOGIN_REQUIRED", "the person is gone") : e;
}

enum err staff_sign_in_code(struct ctx *c, struct staff_session *s, struct str typed)
{
    const struct q_staff_secret_row *r = NULL;
    struct staff_gate gate;
    bool totp = false, recovery = false;
    enum err e = staff_gate_enter(c, "code", s->login, &gate);
    if (e == ERR_OK)
        e = read_secret(c, s->staff_id, &r);
    if (e == ERR_OK && !gate.closed)
        e = use_totp(c, s->staff_id, r, typed, &totp);
    if (e == ERR_OK && !gate.closed && !totp)
        e = use_recovery(c, s->staff_id, typed, &recovery);
    if (e != ERR_OK)
        return e;
    if (!totp && !recovery)
        return say_failed(c, s->staff_id, AUDIT_SIGN_IN_FAILED, "code", "TOTP_WRONG");
    e = staff_gate_passed(c, &gate);
    struct actor who = staff_actor(s);
    if (e == ERR_OK && recovery)
        e = audit_write(c, &who, AUDIT_RECOVERY_USED, AUDIT_OF_STAFF, s->staff_id, STR_NONE);
    if (e != ERR_OK)
        return e;
    s->epoch = (uint32_t)r->epoch;
    s->strong = true;
    s->stage = staff_next_stage(c, s, r->must_change);
    return s->stage == STAGE_IN ? signed_in(c, s) : ERR_OK;
}

/* ---- once more, for a sensitive act --------------------------------------------------------------------------------------- */

bool staff_is_confirmed(const struct ctx *c, const struct staff_session *s)
{
    return s->now_us - s->confirmed_us < c->set->staff_confirm_minutes * 60 * US_PER_S;
}

enum err staff_confirm(struct ctx *c, struct staff_session *s, struct str password_or_code)
{
    const struct q_staff_secret_row *r = NULL;
    struct staff_gate gate;
    bool fits = false;
    size_t n = 0;
    enum err e = staff_gate_enter(c, "confirm", s->login, &gate);
    if (e == ERR_OK)
        e = read_secret(c, s->staff_id, &r);
    if (e == ERR_OK && !gate.closed)
        e = use_totp(c, s->staff_id, r, password_or_code, &fits);
    if (e != ERR_OK)
        return e;
    if (!fits)
        fits = password_fits(c, r->password_hash, password_or_code) && !gate.closed;
    if (!fits)
        return say_failed(c, s->staff_id, AUDIT_CONFIRM_FAILED, "password", "SIGN_IN_FAILED");
    e = staff_gate_passed(c, &gate);
    if (e == ERR_OK)
        e = db_now(c->db, &s->confirmed_us);
    struct q_staff_session_confirm_in in = {.id = s->id, .at = s->confirmed_us};
    return e == ERR_OK ? q_staff_session_confirm(c->db, &in, &n) : e;
}
