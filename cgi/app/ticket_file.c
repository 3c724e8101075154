/*
 * ticket_file.c - filing: one transaction, as few round trips as the rows allow.
 *
 * Contract: the clock is asked unless it was a moment ago, then all rows (ticket_file_rows.c) and COMMIT go to the server as
 * one command, the idempotency key first; its reply tells whether it holds. A rerun, because the key was taken or after a lost
 * COMMIT, finds what was filed by the key.
 * Nothing that memory can answer is asked of the database.
 */
#include "app/account_private.h"
#include "app/act.h"
#include "app/ticket_file_private.h"
#include "app/token.h"
#include "gen/sql.h"

/* ---- the answer, first time and again -------------------------------------------------------------------------------------- */

/* State and promise as filed, kept beside the key: the reply to a repeated request must not show later events. */
static uint64_t pack(enum ticket_state s, int64_t promise_at)
{
    return (uint64_t)promise_at << 4 | (uint64_t)s;
}

static enum ticket_state filed_state(const struct filing *x)
{
    return filing_is_kept(x) ? x->then->state : x->state;
}

static int64_t filed_promise(const struct filing *x)
{
    return filed_state(x) == STATE_DIVERTED ? 0 : x->promise_at;
}

static void answer(struct filing *x, uint64_t id, struct str no, uint8_t code_epoch, int64_t created_at)
{
    struct ctx *c = x->c;
    struct token t = {.kind = TOKEN_TICKET, .id = id, .epoch = 1, .issued_s = created_at / US_PER_S};
    t.expires_s = t.issued_s + (int64_t)c->set->ticket_token_hours * 3600;
    x->out.id = id;
    x->out.no = no;
    x->out.created_at = created_at;
    x->out.query_code = query_code_make(c->keys, c->a, id, code_epoch);
    x->out.ticket_token = token_sign(c->keys, c->a, c->set->issuer, &t);
}

static enum err answer_again(struct filing *x, uint64_t id, uint64_t packed)
{
    const struct q_ticket_filed_row *r = NULL;
    struct q_ticket_filed_in in = {.id = id};
    enum err e = q_ticket_filed(x->c->db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return fault_set(x->c->fault, ERR_INTERNAL, "INTERNAL", "a key without its ticket");
    if (e != ERR_OK)
        return e;
    x->out = (struct ticket_filed){.state = (enum ticket_state)(packed & 15), .promise_at = (int64_t)(packed >> 4),
                                   .phone_verified = r->has_phone_verified_at, .replayed = true};
    if (x->out.state != STATE_DIVERTED)
        x->out.holder = r->unit_code;
    answer(x, id, r->ticket_no, (uint8_t)r->code_epoch, r->created_at);
    return ERR_OK;
}

/* The key is taken: by the same request, or by another. */
static enum err meet_key(struct filing *x)
{
    const struct q_idempotency_get_row *r = NULL;
    struct q_idempotency_get_in in = {.key_hash = {(const char *)x->key_hash, 32}};
    enum err e = q_idempotency_get(x->c->db, &in, &r);
    if (e != ERR_OK)
        return e;
    if (r->request_hash.n != 32 || !crypto_equal(r->request_hash.p, x->request_hash, 32))
        return fault_set(x->c->fault, ERR_INVALID, "IDEMPOTENCY_MISMATCH", "same key, other body");
    return answer_again(x, r->ticket_id, r->extra);
}

/* ---- the transaction ---------------------------------------------------------------------------------------------------- */

/* First of all rows: a key that is taken ends the transaction before anything else is written. */
static enum err put_key(struct filing *x)
{
    struct q_idempotency_put_in in = {.key_hash = {(const char *)x->key_hash, 32},
                                      .request_hash = {(const char *)x->request_hash, 32}, .status = 201,
                                      .ticket_id = x->id, .extra = pack(filed_state(x), filed_promise(x)),
                                      .created_at = x->now};
    return q_idempotency_put(x->c->db, &in);
}

/* The hotline centre keeps it: nobody else is asked, whatever the rules say; the promise is that of its class. */
static void keep_it(struct filing *x)
{
    const struct unit *centre = refdata_hotline_centre(x->c->ref);
    if (centre)
        x->d.lead = centre;
    x->d.triage = true;
    x->d.n_co = 0;
    x->d.rule_id = 0;
    x->d.copy = NULL;
}

static void settle(struct filing *x)
{
    if (filing_is_kept(x))
        keep_it(x);
    else if (!x->diverted && !x->mode) /* kept through reruns: it has changed the level */
        x->mode = urgent_raise(x->c->ref, x->in.f.category_code, x->in.f.area_code, x->now, &x->d);
    const struct deadline_rule r = deadline_rule_for(x->c->set, x->d.level, x->d.working_days);
    x->promise_at = x->diverted ? 0 : deadline_due(refdata_calendar(x->c->ref), r, x->now);
    x->state = x->diverted ? STATE_DIVERTED : x->d.triage ? STATE_RECEIVED : STATE_DISPATCHED;
    x->n_units = x->diverted ? 1 : 1 + x->d.n_co + (x->d.copy ? 1 : 0);
}

/* Drawn anew at every run: a number or id that is taken shows at the end of the transaction, which is then run again. */
static void draw_names(struct filing *x)
{
    struct arena *a = x->c->a;
    x->id = id_new(x->now);
    x->lead_id = x->diverted ? 0 : id_new(x->now);
    x->no = ticket_no_random(a, clock_local_day(x->now));
    x->public_id = public_id_random(a);
}

/* The first acts: nobody can have moved the demand, for nobody sees it yet; another one that is tied to it may move meanwhile. */
static enum err act_then(struct filing *x)
{
    struct act none = {.c = x->c, .who = x->who, .now = x->now};
    enum err e = x->then->plan ? act_beside(&none, x->id, x->then->plan, x->then->arg) : ERR_OK;
    if (e == ERR_OK && x->then->tie)
        e = act_beside(&none, x->id, x->then->tie, x->then->tie_arg);
    x->overtaken = none.overtaken;
    return e;
}

/* Run again because a key, an id or a number was taken, or the connection was lost: only the key tells which. */
static enum err file_once(struct db *db, void *arg)
{
    struct filing *x = arg;
    enum err e = x->runs++ > 0 ? meet_key(x) : ERR_NOT_FOUND;
    if (e != ERR_NOT_FOUND)
        return e;
    e = db_now_first(db, &x->now);
    if (e != ERR_OK)
        return e;
    draw_names(x);
    settle(x);
    e = put_key(x);
    if (e == ERR_OK)
        e = filing_put_rows(x);
    if (e == ERR_OK && x->then)
        e = act_then(x);
    if (e != ERR_OK)
        return e;
    x->out = (struct ticket_filed){.state = filed_state(x), .promise_at = filed_promise(x),
                                   .holder = filed_state(x) == STATE_DIVERTED ? STR_NONE : x->d.lead->code,
                                   .phone_verified = x->in.phone.n > 0 && x->in.f.phone_verified};
    answer(x, x->id, x->no, 1, x->now);
    return ERR_OK;
}

/* An account's own phone counts as proven, and stands in when none was typed. */
static enum err use_account(struct filing *x)
{
    struct account acc = {0};
    if (x->who->account_id == 0)
        return ERR_OK;
    enum err e = account_of(x->c, x->who, &acc);
    if (e != ERR_OK)
        return e;
    if (x->in.phone.n == 0)
        x->in.phone = acc.phone;
    if (x->in.phone.n > 0 && str_eq(x->in.phone, acc.phone))
        x->in.f.phone_verified = true;
    return ERR_OK;
}

/* Who sends no key gets one for this call alone: a rerun after a lost COMMIT must find its own work. */
static void take_key(struct filing *x, const struct idem *idem)
{
    if (idem && idem->key.n) {
        idem_hash(idem, x->key_hash);
        memcpy(x->request_hash, idem->request_hash, sizeof x->request_hash);
    } else {
        crypto_random(x->key_hash, sizeof x->key_hash);
    }
}

enum err ticket_file(struct ctx *c, const struct actor *who, const struct ticket_filing *f, const struct idem *idem,
                     struct ticket_filed *ret)
{
    return ticket_file_then(c, who, f, NULL, idem, ret);
}

enum err ticket_file_then(struct ctx *c, const struct actor *who, const struct ticket_filing *f, const struct filing_then *then,
                          const struct idem *idem, struct ticket_filed *ret)
{
    struct filing x = {.c = c, .who = who, .then = then, .diverted = !(then && then->plan) && f->diversion > DIVERT_NONE && f->diversion < DIVERT_END};
    enum err e = filing_judge(c, f, &x.in);
    if (e == ERR_OK)
        e = dispatch_choose_against(c->ref, c->set, c->fault, x.in.f.category_code, x.in.f.area_code, x.in.f.reported_unit, &x.d);
    if (e == ERR_OK)
        e = use_account(&x);
    if (e != ERR_OK)
        return e;
    take_key(&x, idem);
    for (int i = 0; i < ACT_RERUNS; i++) {
        x.overtaken = false;
        e = tx_run(c->db, file_once, &x);
        if (e == ERR_OK || !x.overtaken)
            break;
        if (i + 1 < ACT_RERUNS)
            fault_clear(c->fault);
    }
    if (e != ERR_OK && x.overtaken && c->fault->err == ERR_OK)
        e = fault_set(c->fault, ERR_CONFLICT, "VERSION", "too many acts at once on the demand it is tied to");
    if (e == ERR_OK)
        *ret = x.out;
    return e;
}

/* For a caller who must use something up before filing (a code sent by SMS): what is repeated needs it no more. */
enum err ticket_filed_before(struct ctx *c, const struct idem *idem, struct ticket_filed *ret)
{
    struct filing x = {.c = c};
    take_key(&x, idem);
    enum err e = meet_key(&x);
    if (e == ERR_OK)
        *ret = x.out;
    return e;
}

enum err ticket_forecast(struct ctx *c, struct str category_code, struct str area_code, struct ticket_forecast *ret)
{
    struct dispatch d;
    enum err e = dispatch_choose(c->ref, c->set, c->fault, category_code, area_code, &d);
    if (e != ERR_OK)
        return e;
    urgent_raise(c->ref, category_code, area_code, c->wall_us, &d);
    const struct deadline_rule r = deadline_rule_for(c->set, d.level, d.working_days);
    *ret = (struct ticket_forecast){.lead = d.lead->code, .level = d.level, .working_days = d.working_days,
                                    .triage = d.triage,
                                    .due_at = deadline_due(refdata_calendar(c->ref), r, c->wall_us)};
    return ERR_OK;
}
