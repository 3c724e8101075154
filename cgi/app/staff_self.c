/*
 * staff_self.c - what members of the staff do to themselves: password, authenticator, recovery codes.
 *
 * Contract: every change is one transaction with its line in the audit; a new password ends every session by epoch.
 */
#include "app/audit.h"
#include "app/crypto.h"
#include "app/password.h"
#include "app/staff_private.h"
#include "app/totp.h"
#include "base/buf.h"
#include "base/clock.h"
#include "gen/sql.h"

struct self {
    struct ctx *c;
    struct staff_session *s;
    struct str hash;          /* of the new password */
    struct sealed totp;
    int64_t step;
    struct str codes[STAFF_RECOVERY_CODES];
};

static enum err audit_self(struct ctx *c, const struct staff_session *s, enum audit_action action)
{
    struct actor who = staff_actor(s);
    return audit_write(c, &who, action, AUDIT_OF_STAFF, s->staff_id, STR_NONE);
}

/* ---- password --------------------------------------------------------------------------------------------------------- */

static enum err change_once(struct db *db, void *arg)
{
    struct self *x = arg;
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(db, &now);
    struct q_staff_set_password_in in = {.id = x->s->staff_id, .password_hash = x->hash, .must_change = false, .at = now};
    if (e == ERR_OK)
        e = q_staff_set_password(db, &in, &n);
    return e == ERR_OK ? audit_self(x->c, x->s, AUDIT_PASSWORD_CHANGE) : e;
}

static enum err check_old(struct ctx *c, const struct staff_session *s, const struct q_staff_secret_row *r, struct str old)
{
    struct staff_gate gate;
    if (s->stage == STAGE_PASSWORD)
        return ERR_OK;
    enum err e = staff_gate_enter(c, "confirm", s->login, &gate);
    if (e != ERR_OK)
        return e;
    if (!password_fits(c, r->password_hash, old) || gate.closed)
        return fault_field(c->fault, "old", "PASSWORD_WRONG");
    return staff_gate_passed(c, &gate);
}

enum err staff_change_password(struct ctx *c, struct staff_session *s, struct str old, struct str new)
{
    const struct q_staff_secret_row *r = NULL;
    struct self x = {.c = c, .s = s};
    struct q_staff_secret_in in = {.id = s->staff_id};
    enum err e = q_staff_secret(c->db, &in, &r);
    if (e == ERR_OK)
        e = check_old(c, s, r, old);
    if (e == ERR_OK)
        e = password_check(c, "new", new, s->login, s->name);
    if (e == ERR_OK && password_fits(c, r->password_hash, new))
        e = fault_field(c->fault, "new", "PASSWORD_SAME");
    if (e == ERR_OK)
        e = password_hash(c, new, &x.hash);
    if (e == ERR_OK)
        e = tx_run(c->db, change_once, &x);
    if (e != ERR_OK)
        return e;
    s->epoch = (uint32_t)r->epoch + 1;
    s->stage = s->stage == STAGE_PASSWORD ? staff_next_stage(c, s, false) : s->stage;
    return s->stage == STAGE_IN ? audit_self(c, s, AUDIT_SIGN_IN) : ERR_OK;
}

/* ---- authenticator ----------------------------------------------------------------------------------------------------- */

struct str staff_totp_offer(struct ctx *c, const struct staff_session *s)
{
    struct buf b;
    uint8_t *secret = arena_alloc(c->a, TOTP_SECRET_BYTES);
    buf_init(&b, c->a, 64);
    buf_put_i64(&b, (int64_t)s->staff_id);
    buf_putc(&b, '|');
    buf_put_i64(&b, s->created_us);
    buf_putc(&b, '|');
    buf_put_i64(&b, (int64_t)s->id);
    crypto_mac(c->keys, KEY_MISC, "totp offer", buf_str(&b), secret, TOTP_SECRET_BYTES);
    return (struct str){(const char *)secret, TOTP_SECRET_BYTES};
}

/* Ten characters without look-alikes: about 50 bits, each good once. */
static void make_code(struct ctx *c, struct str *ret)
{
    static const char letters[] = "abcdefghjkmnpqrstvwxyz0123456789";
    enum { CODE = 10 };
    uint8_t r[CODE];
    char out[CODE];
    crypto_random(r, sizeof r);
    for (int i = 0; i < CODE; i++)
        out[i] = letters[r[i] % 32];
    *ret = arena_dup(c->a, (struct str){out, CODE});
}

static enum err save_codes(struct self *x)
{
    size_t n = 0;
    struct q_staff_recovery_clear_in clear = {.staff_id = x->s->staff_id};
    enum err e = q_staff_recovery_clear(x->c->db, &clear, &n);
    for (int i = 0; e == ERR_OK && i < STAFF_RECOVERY_CODES; i++) {
        uint8_t hash[32];
        make_code(x->c, &x->codes[i]);
        crypto_token_hash(x->c->keys, RECOVERY_LABEL, x->codes[i], hash);
        struct q_staff_recovery_insert_in in = {.staff_id = x->s->staff_id,
                                                .code_hash = arena_dup(x->c->a, (struct str){(const char *)hash, 32})};
        e = q_staff_recovery_insert(x->c->db, &in);
    }
    return e;
}

static void show_codes(struct self *x, const struct str **ret, size_t *ret_n)
{
    struct str *codes = ARENA_ARRAY(x->c->a, struct str, STAFF_RECOVERY_CODES);
    for (int i = 0; i < STAFF_RECOVERY_CODES; i++)
        codes[i] = arena_printf(x->c->a, "%.5s-%.5s", x->codes[i].p, x->codes[i].p + 5);
    *ret = codes;
    *ret_n = STAFF_RECOVERY_CODES;
}

static enum err enrol_once(struct db *db, void *arg)
{
    struct self *x = arg;
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(db, &now);
    struct q_staff_totp_set_in in = {.id = x->s->staff_id, .totp_key_id = x->totp.key_id, .has_totp_key_id = true,
                                     .totp_ct = x->totp.bytes, .has_totp_ct = true, .totp_at = now, .has_totp_at = true,
                                     .totp_step = x->step};
    if (e == ERR_OK)
        e = q_staff_totp_set(db, &in, &n);
    if (e == ERR_OK)
        e = save_codes(x);
    return e == ERR_OK ? audit_self(x->c, x->s, AUDIT_TOTP_ENROL) : e;
}

enum err staff_totp_enrol(struct ctx *c, struct staff_session *s, struct str code, const struct str **ret_codes, size_t *ret_n)
{
    struct self x = {.c = c, .s = s};
    struct staff_gate gate;
    int64_t now = 0;
    struct str secret = staff_totp_offer(c, s);
    enum err e = staff_gate_enter(c, "enrol", s->login, &gate);
    if (e == ERR_OK)
        e = db_now(c->db, &now);
    if (e != ERR_OK)
        return e;
    if (!totp_check(secret, code, now / US_PER_S, 0, &x.step) || gate.closed)
        return fault_field(c->fault, "code", "TOTP_WRONG");
    x.totp = crypto_seal(c->keys, c->a, secret, TOTP_WHERE, s->staff_id);
    e = staff_gate_passed(c, &gate);
    if (e == ERR_OK)
        e = tx_run(c->db, enrol_once, &x);
    if (e != ERR_OK)
        return e;
    show_codes(&x, ret_codes, ret_n);
    s->has_totp = s->strong = true;
    if (s->stage != STAGE_ENROL)
        return ERR_OK;
    s->stage = STAGE_IN;
    return audit_self(c, s, AUDIT_SIGN_IN);
}

static enum err renew_once(struct db *db, void *arg)
{
    struct self *x = arg;
    (void)db;
    enum err e = save_codes(x);
    return e == ERR_OK ? audit_self(x->c, x->s, AUDIT_RECOVERY_NEW) : e;
}

enum err staff_recovery_new(struct ctx *c, const struct staff_session *s, const struct str **ret_codes, size_t *ret_n)
{
    struct staff_session copy = *s;
    struct self x = {.c = c, .s = &copy};
    enum err e = tx_run(c->db, renew_once, &x);
    if (e == ERR_OK)
        show_codes(&x, ret_codes, ret_n);
    return e;
}

enum err staff_recovery_left(struct ctx *c, uint64_t staff_id, int64_t *ret)
{
    const struct q_staff_recovery_left_row *r = NULL;
    struct q_staff_recovery_left_in in = {.staff_id = staff_id};
    enum err e = q_staff_recovery_left(c->db, &in, &r);
    if (e == ERR_OK)
        *ret = r->n;
    return e;
}
