/*
 * account_sms.c - six-digit codes by SMS, and signing in with one.
 *
 * Contract: the answer never tells whether a number is known; a code is stored only as a keyed hash bound to phone and
 * purpose; every try is counted before it is compared, so that parallel tries do not get more; requests for one phone are
 * judged one after the other, so that parallel requests do not get more codes either.
 */
#include "app/account_private.h"

#include "app/act.h"
#include "app/audit.h"
#include "app/contact.h"
#include "app/normalise.h"
#include "app/outbox_write.h"
#include "base/random.h"
#include "gen/sql.h"

enum { SECOND_PRESS_S = 30 };

struct sms {
    struct ctx *c;
    enum sms_purpose purpose;
    struct str phone, code, browser;
    uint8_t bidx[CRYPTO_BIDX_BYTES];
    struct account account;
};

static enum err read_phone(struct ctx *c, struct str typed, enum sms_purpose purpose, struct sms *x)
{
    *x = (struct sms){.c = c, .purpose = purpose};
    if (!normalise_phone(c->a, typed, &x->phone))
        return fault_field(c->fault, "phone", typed.n ? "BAD_FORMAT" : "REQUIRED");
    if (!normalise_phone_is_mobile(x->phone))
        return fault_field(c->fault, "phone", "NOT_MOBILE");
    crypto_blind(c->keys, x->phone, x->bidx);
    return ERR_OK;
}

static void code_mac(const struct sms *x, struct str code, uint8_t out[32])
{
    struct buf b;
    buf_init(&b, x->c->a, 100);
    buf_put(&b, code);
    buf_putc(&b, '|');
    buf_put(&b, x->phone);
    crypto_mac(x->c->keys, KEY_SMS, x->purpose == SMS_SIGN_IN ? "sign in" : "verify", buf_str(&b), out, 32);
}

/* What a used code is kept as: the code together with a secret of the browser that used it; without one, nothing that anybody has. */
static void used_mac(const struct sms *x, uint8_t out[32])
{
    uint8_t code[32];
    if (x->browser.n == 0) {
        random_bytes(out, 32);
        return;
    }
    code_mac(x, x->code, code);
    crypto_mac(x->c->keys, KEY_SMS, "used", arena_concat(x->c->a, (struct str){(const char *)code, 32}, x->browser), out, 32);
}

/* ---- sending --------------------------------------------------------------------------------------------------------------- */

/*
 * One id for each phone, above all that are made of the time (those stay below 2^63 for a hundred years): the row that
 * requests for this phone take turns at.
 */
static uint64_t turn_id(const struct sms *x)
{
    uint64_t id;
    memcpy(&id, x->bidx, sizeof id);
    return id | UINT64_C(1) << 63;
}

static enum err refuse(struct ctx *c, const char *reason, int64_t wait)
{
    enum err e = fault_set(c->fault, ERR_LIMITED, reason, "codes are rationed by phone");
    c->fault->retry_after_s = (int)(wait / US_PER_S) + 1;
    return e;
}

/* After the turn was taken: nobody else sends a code to this phone until we have committed. */
static enum err judge_rate(struct sms *x, int64_t now)
{
    const struct app_settings *s = x->c->set;
    const struct q_sms_code_recent_row *r = NULL;
    struct q_sms_code_recent_in in = {.phone_bidx = {(const char *)x->bidx, sizeof x->bidx}, .purpose = (int32_t)x->purpose,
                                      .hour = now - US_PER_HOUR, .day = now - US_PER_DAY};
    enum err e = q_sms_code_recent(x->c->db, &in, &r);
    if (e != ERR_OK)
        return e;
    if (r->n_day >= s->sms_per_day)
        return refuse(x->c, "SMS_DAY_SPENT", r->day_first + US_PER_DAY - now);
    if (r->n_hour >= s->sms_per_hour)
        return refuse(x->c, "SMS_HOUR_SPENT", r->hour_first + US_PER_HOUR - now);
    int64_t wait = r->last_at + s->sms_resend_seconds * US_PER_S - now;
    return wait > 0 ? refuse(x->c, "SMS_TOO_SOON", wait) : ERR_OK;
}

static enum err take_turn(struct sms *x, int64_t *ret_now)
{
    size_t n = 0;
    enum err e = db_now(x->c->db, ret_now);
    struct q_sms_code_turn_in in = {.id = turn_id(x), .phone_bidx = {(const char *)x->bidx, sizeof x->bidx},
                                    .at = *ret_now, .expires_at = *ret_now + US_PER_DAY};
    if (e == ERR_OK)
        e = q_sms_code_turn(x->c->db, &in, &n);
    return e == ERR_OK ? db_now(x->c->db, ret_now) : e; /* again: the wait for the turn may have taken a while */
}

static enum err request_once(struct db *db, void *arg)
{
    struct sms *x = arg;
    struct ctx *c = x->c;
    struct buf params;
    uint8_t mac[32];
    int64_t now = 0;
    size_t n = 0;
    enum err e = take_turn(x, &now);
    if (e == ERR_OK)
        e = judge_rate(x, now);
    struct q_sms_code_end_older_in older = {.phone_bidx = {(const char *)x->bidx, sizeof x->bidx},
                                            .purpose = (int32_t)x->purpose, .at = now};
    if (e == ERR_OK)
        e = q_sms_code_end_older(db, &older, &n);
    if (e != ERR_OK)
        return e;
    struct str code = arena_printf(c->a, "%06llu", (unsigned long long)random_below(1000000));
    code_mac(x, code, mac);
    struct q_sms_code_insert_in in = {.id = id_new(now), .phone_bidx = {(const char *)x->bidx, sizeof x->bidx},
                                      .purpose = (int32_t)x->purpose, .code_mac = {(const char *)mac, 32},
                                      .created_at = now, .expires_at = now + c->set->sms_code_minutes * 60 * US_PER_S};
    e = q_sms_code_insert(db, &in, &n);
    if (e != ERR_OK)
        return e;
    buf_init(&params, c->a, ACT_PARAMS_BYTES);
    params_put(&params, "code", code);
    params_put_i64(&params, "minutes", c->set->sms_code_minutes);
    return outbox_to_phone(c, 0, OUTBOX_SMS_CODE, x->phone, c->lang, &params, now);
}

enum err account_sms_request(struct ctx *c, struct str phone, enum sms_purpose purpose)
{
    struct sms x;
    enum err e = read_phone(c, phone, purpose, &x);
    return e == ERR_OK ? tx_run(c->db, request_once, &x) : e;
}

/* ---- checking --------------------------------------------------------------------------------------------------------------- */

static struct str plain_digits(struct arena *a, struct str typed)
{
    struct buf b;
    struct str key = typed.n <= 64 ? normalise_key(a, typed) : STR_NONE;
    buf_init(&b, a, 64);
    for (size_t i = 0; i < key.n; i++)
        if (key.p[i] != ' ' && key.p[i] != '-')
            buf_putc(&b, key.p[i]);
    return buf_str(&b);
}

/* Counting is its own statement outside any transaction: a refused try must stay counted. */
static enum err count_try(struct sms *x, int64_t now, uint64_t *ret_id, bool *ret_right)
{
    const struct q_sms_code_latest_row *r = NULL;
    uint8_t mac[32];
    size_t n = 0;
    struct q_sms_code_latest_in in = {.phone_bidx = {(const char *)x->bidx, sizeof x->bidx}, .purpose = (int32_t)x->purpose,
                                      .now = now};
    enum err e = q_sms_code_latest(x->c->db, &in, &r);
    code_mac(x, x->code, mac);
    *ret_right = false;
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    if (e != ERR_OK)
        return e;
    struct q_sms_code_try_in try = {.id = r->id, .max = x->c->set->sms_code_tries};
    e = q_sms_code_try(x->c->db, &try, &n);
    *ret_id = r->id;
    *ret_right = e == ERR_OK && n == 1 && r->code_mac.n == 32 && crypto_equal(r->code_mac.p, mac, 32);
    return e;
}

/* Pressed twice: the first press has used the code, the second comes from the same browser a moment later. */
static enum err check_second_press(struct sms *x, int64_t now, bool *ret_same)
{
    const struct q_sms_code_just_used_row *r = NULL;
    uint8_t mac[32];
    size_t n = 0;
    struct q_sms_code_just_used_in in = {.phone_bidx = {(const char *)x->bidx, sizeof x->bidx}, .purpose = (int32_t)x->purpose,
                                         .since = now - SECOND_PRESS_S * US_PER_S};
    *ret_same = false;
    if (x->browser.n == 0)
        return ERR_OK;
    enum err e = q_sms_code_just_used(x->c->db, &in, &r, &n);
    used_mac(x, mac);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        *ret_same |= r[i].code_mac.n == 32 && crypto_equal(r[i].code_mac.p, mac, 32);
    return e;
}

static enum err check(struct sms *x, struct str typed)
{
    uint64_t id = 0;
    int64_t now = 0;
    size_t n = 0;
    bool right = false;
    x->code = plain_digits(x->c->a, typed);
    enum err e = db_now(x->c->db, &now);
    if (e == ERR_OK)
        e = count_try(x, now, &id, &right);
    if (e != ERR_OK)
        return e;
    uint8_t by[32];
    used_mac(x, by);
    struct q_sms_code_use_in use = {.id = id, .at = now, .by = {(const char *)by, sizeof by}};
    if (right)
        e = q_sms_code_use(x->c->db, &use, &n);
    bool again = false;
    if (e == ERR_OK && n != 1)
        e = check_second_press(x, now, &again);
    if (e == ERR_OK && n != 1 && !again) /* wrong, or somebody else used it in the same moment */
        return fault_field(x->c->fault, "code", "CODE_WRONG");
    return e;
}

enum err account_sms_check(struct ctx *c, struct str phone, struct str code, enum sms_purpose purpose)
{
    struct sms x;
    enum err e = read_phone(c, phone, purpose, &x);
    return e == ERR_OK ? check(&x, code) : e;
}

/* ---- signing in --------------------------------------------------------------------------------------------------------------- */

static enum err find_account(struct sms *x, uint64_t *ret_id)
{
    const struct q_contact_account_by_phone_row *r = NULL;
    struct q_contact_account_by_phone_in in = {.account_bidx = {(const char *)x->bidx, sizeof x->bidx}};
    enum err e = q_contact_account_by_phone(x->c->db, &in, &r);
    if (e == ERR_OK)
        *ret_id = r->account_id;
    return e;
}

static enum err make_account(struct sms *x, int64_t now, uint64_t *ret_id)
{
    size_t n = 0;
    struct q_account_insert_in in = {.id = id_new(now), .lang = x->c->lang, .created_at = now};
    struct contact who = {.phone = x->phone, .phone_verified_at = now};
    enum err e = q_account_insert(x->c->db, &in, &n);
    if (e == ERR_OK)
        e = contact_put(x->c, CONTACT_ACCOUNT, in.id, &who, now);
    if (e == ERR_OK)
        *ret_id = in.id;
    return e;
}

/*
 * Demands filed without an account, with this phone proven by code, become the account's. Only those of the last days: a
 * number that was given up is handed to somebody else after three months at the earliest.
 */
enum { ADOPT_DAYS = 90 };
static enum err adopt_tickets(struct sms *x, uint64_t account_id, int64_t now)
{
    const struct q_ticket_unowned_by_phone_row *r = NULL;
    size_t n = 0, changed = 0;
    struct q_ticket_unowned_by_phone_in in = {.phone_bidx = {(const char *)x->bidx, sizeof x->bidx},
                                              .after = id_floor(now - ADOPT_DAYS * US_PER_DAY)};
    enum err e = q_ticket_unowned_by_phone(x->c->db, &in, &r, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        struct q_ticket_adopt_in one = {.id = r[i].id, .account = account_id};
        e = q_ticket_adopt(x->c->db, &one, &changed);
    }
    return e;
}

static enum err sign_in_once(struct db *db, void *arg)
{
    struct sms *x = arg;
    uint64_t id = 0;
    int64_t now = 0;
    bool is_new = false;
    enum err e = db_now(db, &now);
    if (e == ERR_OK)
        e = find_account(x, &id);
    if (e == ERR_NOT_FOUND) {
        e = make_account(x, now, &id);
        is_new = e == ERR_OK;
        if (e != ERR_OK && db_was_duplicate(db)) { /* the same phone signed in twice at once */
            fault_clear(x->c->fault);
            e = find_account(x, &id);
        }
    }
    if (e == ERR_OK)
        e = account_get(x->c, id, 0, &x->account);
    x->account.is_new = is_new;
    if (e == ERR_OK)
        e = adopt_tickets(x, id, now);
    struct q_sms_code_end_phone_in codes = {.phone_bidx = {(const char *)x->bidx, sizeof x->bidx}, .at = now};
    size_t n = 0;
    if (e == ERR_OK)
        e = q_sms_code_end_phone(db, &codes, &n);
    if (e != ERR_OK)
        return e;
    const struct actor who = {.kind = ACTOR_CITIZEN, .account_id = id};
    return audit_write(x->c, &who, AUDIT_SIGN_IN, AUDIT_OF_ACCOUNT, id, STR_NONE);
}

enum err account_sign_in(struct ctx *c, struct str phone, struct str code, struct str browser, struct account *ret)
{
    struct sms x;
    enum err e = read_phone(c, phone, SMS_SIGN_IN, &x);
    x.browser = browser;
    if (e == ERR_OK)
        e = check(&x, code);
    if (e == ERR_OK)
        e = tx_run(c->db, sign_in_once, &x);
    if (e == ERR_OK)
        *ret = x.account;
    return e;
}
