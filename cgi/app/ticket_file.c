/*
 * ticket_file.c - filing: one transaction, as few round trips as the rows allow.
 *
 * Contract: the clock is asked unless it was a moment ago, then all rows and COMMIT go to the server as one command, the
 * idempotency key first; its reply tells whether it holds. A rerun, because the key was taken or after a lost COMMIT, finds
 * what was filed by the key.
 * Nothing that memory can answer is asked of the database.
 */
#include "app/account_private.h"
#include "app/act.h"
#include "app/attachment_private.h"
#include "app/card.h"
#include "app/contact.h"
#include "app/dispatch.h"
#include "app/event_private.h"
#include "app/outbox_write.h"
#include "app/ticket_file.h"
#include "app/ticket_input.h"
#include "app/timeline.h"
#include "app/token.h"
#include "app/urgent.h"
#include "gen/sql.h"

enum { ASSIGNMENTS_MAX = DISPATCH_CO_MAX + 2 };

struct filing {
    struct ctx *c;
    const struct actor *who;
    struct filing_input in;
    struct dispatch d;
    const struct urgent_mode *mode; /* that raised the level; NULL = none */
    const struct filing_then *then; /* NULL = none */
    bool diverted, overtaken;
    uint64_t id, lead_id;
    struct str no, public_id, timeline;
    int64_t now, promise_at;
    enum ticket_state state;
    size_t n_units;
    int runs;
    uint8_t key_hash[32], request_hash[32];
    struct ticket_filed out;
};

/* ---- the answer, first time and again -------------------------------------------------------------------------------------- */

/* State and promise as filed, kept beside the key: the reply to a repeated request must not show later events. */
static uint64_t pack(enum ticket_state s, int64_t promise_at)
{
    return (uint64_t)promise_at << 4 | (uint64_t)s;
}

/* Acted on by the hotline centre, which keeps it. */
static bool is_kept(const struct filing *x)
{
    return x->then && x->then->plan;
}

static enum ticket_state filed_state(const struct filing *x)
{
    return is_kept(x) ? x->then->state : x->state;
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

/* ---- rows ---------------------------------------------------------------------------------------------------------------------- */

/* First of all rows: a key that is taken ends the transaction before anything else is written. */
static enum err put_key(struct filing *x)
{
    struct q_idempotency_put_in in = {.key_hash = {(const char *)x->key_hash, 32},
                                      .request_hash = {(const char *)x->request_hash, 32}, .status = 201,
                                      .ticket_id = x->id, .extra = pack(filed_state(x), filed_promise(x)),
                                      .created_at = x->now};
    return q_idempotency_put(x->c->db, &in);
}

static int64_t triage_due(const struct filing *x)
{
    return x->now + x->c->set->triage_minutes * 60 * US_PER_S;
}

static struct q_ticket_insert_in ticket_row(const struct filing *x, const struct act_chain *chain)
{
    const struct ticket_filing *f = &x->in.f;
    return (struct q_ticket_insert_in){
        .id = x->id, .ticket_no = x->no, .public_id = x->public_id, .kind = (int32_t)f->kind, .channel = (int32_t)f->channel,
        .applicant = (int32_t)f->applicant, .state = (int32_t)x->state, .diversion = (int32_t)f->diversion,
        .category_code = f->category_code, .area_code = f->area_code,
        .district_code = dispatch_district(x->c->ref, f->area_code), .response_level = x->diverted ? 0 : x->d.level,
        .promise_at = x->promise_at, .has_promise_at = x->promise_at != 0, .account_id = x->who->account_id,
        .has_account_id = x->who->account_id != 0, .is_public = f->is_public, .confidential = f->confidential,
        .no_reply = f->no_reply, .lang = x->c->lang, .same_as = f->same_as, .has_same_as = f->same_as != 0,
        .chain_seq = (int32_t)chain->seq, .chain_head = {(const char *)chain->head, EVENT_HASH_BYTES}, .created_at = x->now,
        .local_day = clock_local_day(x->now), .closed_at = x->now, .has_closed_at = x->diverted,
        .n_uploads = (int32_t)f->n_uploads, .n_units = (int32_t)(x->n_units ? x->n_units : 1), .lead_id = x->lead_id,
        .has_lead_id = x->lead_id != 0, .is_demo = f->is_demo};
}

static enum err put_ticket(struct filing *x, const struct act_chain *chain)
{
    const struct q_ticket_insert_in in = ticket_row(x, chain);
    return q_ticket_insert(x->c->db, &in);
}

/* The hotline centre's own clock is that of triage, and what it keeps is as triage. */
static int64_t lead_due(const struct filing *x)
{
    return x->d.triage ? triage_due(x) : x->promise_at;
}

/* As the view ticket_card will find the rows. */
static struct str card_of(const struct filing *x, const struct act_chain *chain)
{
    const struct q_ticket_insert_in t = ticket_row(x, chain);
    const bool led = t.has_lead_id;
    const struct card card = {.ticket_no = t.ticket_no, .row = {
        .chain_seq = t.chain_seq, .public_id = t.public_id, .kind = t.kind, .channel = t.channel, .applicant = t.applicant,
        .state = t.state, .diversion = t.diversion, .version = 1, .round = 1, .category_code = t.category_code,
        .area_code = t.area_code, .response_level = t.response_level, .promise_at = t.promise_at,
        .has_promise_at = t.has_promise_at, .is_public = t.is_public, .confidential = t.confidential, .no_reply = t.no_reply,
        .lang = t.lang, .token_epoch = 1, .created_at = t.created_at, .closed_at = t.closed_at, .has_closed_at = t.has_closed_at,
        .n_uploads = t.n_uploads, .n_units = t.n_units, .is_demo = t.is_demo, .lead_unit = led ? x->d.lead->code : STR_NONE,
        .has_lead_unit = led, .lead_state = ASSIGN_SENT, .has_lead_state = led, .lead_due_at = led ? lead_due(x) : 0,
        .has_lead_due_at = led && lead_due(x) != 0}};
    return card_text(x->c->a, &card);
}

static enum err put_text(struct filing *x, const struct act_chain *chain)
{
    const struct ticket_filing *f = &x->in.f;
    struct q_ticket_text_insert_in in = {.ticket_id = x->id, .title = x->in.title, .body = x->in.text,
                                         .address = x->in.address, .place_id = f->place_id, .has_place_id = f->place_id != 0,
                                         .lng = f->lng_e7, .has_lng = f->has_point, .lat = f->lat_e7, .has_lat = f->has_point,
                                         .timeline_seq = (int32_t)chain->seq, .timeline = x->timeline, .card = card_of(x, chain)};
    return q_ticket_text_insert(x->c->db, &in);
}

static enum err put_contact(struct filing *x)
{
    struct contact in = {.name = x->in.name, .phone = x->in.phone, .org = x->in.org,
                         .phone_verified_at = x->in.phone.n && x->in.f.phone_verified ? x->now : 0};
    return contact_put(x->c, CONTACT_TICKET, x->id, &in, x->now);
}

/* ---- assignments ---------------------------------------------------------------------------------------------------------------- */

struct who_must {
    uint64_t id;
    enum role role;
    struct str unit;
    int64_t due_at, next_at;
};

/* Lead, co-units, and the district that urges [T 12]. */
static size_t list_units(struct filing *x, struct who_must out[ASSIGNMENTS_MAX])
{
    size_t n = 0;
    const int64_t due = lead_due(x);
    out[n++] = (struct who_must){x->lead_id, ROLE_LEAD, x->d.lead->code, due, act_next_at(x->c, x->now, due, 0)};
    for (size_t i = 0; i < x->d.n_co; i++)
        out[n++] = (struct who_must){id_new(x->now), ROLE_CO, x->d.co[i]->code, due, act_next_at(x->c, x->now, due, 0)};
    if (x->d.copy)
        out[n++] = (struct who_must){id_new(x->now), ROLE_COPY, x->d.copy->code, 0, 0};
    return n;
}

static enum err put_one(struct filing *x, const struct who_must *w)
{
    struct q_assignment_insert_1_in in = {
        .id = w->id, .ticket_id = x->id, .round = 1, .role = (int32_t)w->role, .unit_code = w->unit, .state = ASSIGN_SENT,
        .rule_id = x->d.rule_id, .has_rule_id = x->d.rule_id != 0, .started_at = x->now, .due_at = w->due_at,
        .has_due_at = w->due_at != 0, .next_at = w->next_at, .has_next_at = w->next_at != 0, .is_demo = x->in.f.is_demo};
    return q_assignment_insert_1(x->c->db, &in);
}

static enum err put_two(struct filing *x, const struct who_must *w)
{
    struct q_assignment_insert_2_in in = {
        .ticket_id = x->id, .round = 1, .state = ASSIGN_SENT, .rule_id = x->d.rule_id, .has_rule_id = x->d.rule_id != 0,
        .started_at = x->now, .is_demo = x->in.f.is_demo,
        .id = w[0].id, .role = (int32_t)w[0].role, .unit_code = w[0].unit, .due_at = w[0].due_at,
        .has_due_at = w[0].due_at != 0, .next_at = w[0].next_at, .has_next_at = w[0].next_at != 0,
        .id2 = w[1].id, .role2 = (int32_t)w[1].role, .unit_code2 = w[1].unit, .due_at2 = w[1].due_at,
        .has_due_at2 = w[1].due_at != 0, .next_at2 = w[1].next_at, .has_next_at2 = w[1].next_at != 0};
    return q_assignment_insert_2(x->c->db, &in);
}

static enum err put_three(struct filing *x, const struct who_must *w)
{
    struct q_assignment_insert_3_in in = {
        .ticket_id = x->id, .round = 1, .state = ASSIGN_SENT, .rule_id = x->d.rule_id, .has_rule_id = x->d.rule_id != 0,
        .started_at = x->now, .is_demo = x->in.f.is_demo,
        .id = w[0].id, .role = (int32_t)w[0].role, .unit_code = w[0].unit, .due_at = w[0].due_at,
        .has_due_at = w[0].due_at != 0, .next_at = w[0].next_at, .has_next_at = w[0].next_at != 0,
        .id2 = w[1].id, .role2 = (int32_t)w[1].role, .unit_code2 = w[1].unit, .due_at2 = w[1].due_at,
        .has_due_at2 = w[1].due_at != 0, .next_at2 = w[1].next_at, .has_next_at2 = w[1].next_at != 0,
        .id3 = w[2].id, .role3 = (int32_t)w[2].role, .unit_code3 = w[2].unit, .due_at3 = w[2].due_at,
        .has_due_at3 = w[2].due_at != 0, .next_at3 = w[2].next_at, .has_next_at3 = w[2].next_at != 0};
    return q_assignment_insert_3(x->c->db, &in);
}

static enum err put_assignments(struct filing *x)
{
    struct who_must w[ASSIGNMENTS_MAX];
    if (x->diverted)
        return ERR_OK;
    size_t n = list_units(x, w);
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < n;) {
        size_t take = n - i >= 3 ? 3 : n - i;
        e = take == 3 ? put_three(x, w + i) : take == 2 ? put_two(x, w + i) : put_one(x, w + i);
        i += take;
    }
    return e;
}

/* ---- events ---------------------------------------------------------------------------------------------------------------------- */

static struct buf dispatched_params(struct filing *x)
{
    struct buf b, co;
    buf_init(&b, x->c->a, ACT_PARAMS_BYTES);
    buf_init(&co, x->c->a, ACT_PARAMS_BYTES);
    params_put(&b, "unit", x->d.lead->code);
    if (x->in.f.category_code.n)
        params_put(&b, "category", x->in.f.category_code);
    params_put(&b, "area", x->in.f.area_code);
    params_put_i64(&b, "rule", x->d.rule_id);
    if (x->d.rule_id && refdata_rule_set(x->c->ref))
        params_put_i64(&b, "set", refdata_rule_set(x->c->ref));
    params_put_i64(&b, "level", x->d.level);
    params_put_i64(&b, "due", x->promise_at);
    if (x->d.working_days)
        params_put_i64(&b, "wd", 1);
    if (x->d.by_district)
        params_put_i64(&b, "by_district", 1);
    for (size_t i = 0; i < x->d.n_co; i++) {
        if (i > 0)
            buf_putc(&co, ';');
        buf_put(&co, x->d.co[i]->code);
    }
    if (co.n)
        params_put(&b, "co", buf_str(&co));
    if (x->d.copy)
        params_put(&b, "copy", x->d.copy->code);
    return b;
}

/* Received, and at once what became of it: the timeline says why. What the hotline centre keeps has the first alone, which
 * then names its clock. */
static size_t list_events(struct filing *x, const struct event_text *text, struct act_event out[2])
{
    struct buf first, second;
    buf_init(&first, x->c->a, ACT_PARAMS_BYTES);
    buf_init(&second, x->c->a, ACT_PARAMS_BYTES);
    params_put(&first, "channel", word(WORDS_CHANNEL, (int)x->in.f.channel));
    if (is_kept(x)) {
        params_put_i64(&first, "due", x->promise_at);
        params_put_i64(&first, "own", triage_due(x));
    }
    enum event_code code = EVENT_DISPATCHED;
    if (x->diverted) {
        code = EVENT_DIVERTED;
        params_put(&second, "class", word(WORDS_DIVERSION, (int)x->in.f.diversion));
    } else if (x->d.triage) {
        code = EVENT_TRIAGE;
        params_put(&second, "unit", x->d.lead->code);
        params_put_i64(&second, "due", x->promise_at);
        params_put_i64(&second, "own", triage_due(x));
    } else {
        second = dispatched_params(x);
    }
    const struct transition *t = transition_find(STATE_RECEIVED, code);
    BUG_ON(!t || first.full || second.full);
    out[0] = (struct act_event){.code = EVENT_RECEIVED, .is_public = true, .from = STATE_NONE, .to = STATE_RECEIVED,
                                .unit_code = is_kept(x) ? x->d.lead->code : STR_NONE, .params = buf_str(&first), .text = text};
    if (is_kept(x))
        return 1;
    out[1] = (struct act_event){.code = code, .is_public = t->is_public, .from = t->from, .to = t->to,
                                .unit_code = x->diverted ? STR_NONE : x->d.lead->code, .params = buf_str(&second)};
    return 2;
}

static enum err put_events(struct filing *x, struct act_chain *chain)
{
    struct act_event events[2];
    const struct event_text text = {x->in.title, x->in.text, x->in.address};
    const size_t n = list_events(x, &text, events);
    struct q_event_insert_1_in first = event_seal(x->c, x->who, chain, x->now, &events[0]), second;
    struct buf timeline;
    size_t changed = 0;
    buf_init(&timeline, x->c->a, TIMELINE_BYTES);
    event_tell(&timeline, &first);
    x->timeline = buf_str(&timeline);
    if (n == 1)
        return q_event_insert_1(x->c->db, &first, &changed);
    second = event_seal(x->c, x->who, chain, x->now, &events[1]);
    event_tell(&timeline, &second);
    x->timeline = buf_str(&timeline);
    struct q_event_insert_filed_in in = {
        .ticket_id = x->id, .at = x->now, .wording = first.wording, .actor_kind = first.actor_kind,
        .actor_id = first.actor_id, .params = first.params, .nonce = first.nonce, .commitment = first.commitment,
        .hash = first.hash, .code2 = second.code, .to_state2 = second.to_state, .unit_code2 = second.unit_code, .params2 = second.params, .hash2 = second.hash};
    return q_event_insert_filed(x->c->db, &in);
}

/* ---- outbox ---------------------------------------------------------------------------------------------------------------------- */

static enum err put_messages(struct filing *x)
{
    struct ctx *c = x->c;
    const char *event = x->diverted ? "diverted" : x->d.triage ? "triage" : "dispatched";
    struct str unit = x->diverted ? STR_NONE : x->d.lead->code;
    enum err e = is_kept(x) ? ERR_OK : outbox_to_unit(c, x->id, x->no, unit, event, x->now);
    if (e != ERR_OK || x->in.phone.n == 0 || !x->in.f.phone_verified || x->in.f.is_demo)
        return e;
    struct buf b;
    buf_init(&b, c->a, ACT_PARAMS_BYTES);
    params_put(&b, "no", x->no);
    params_put(&b, "code", query_code_make(c->keys, c->a, x->id, 1));
    params_put_i64(&b, "due", x->promise_at);
    return outbox_to_phone(c, x->id, OUTBOX_SMS_RECEIPT, x->in.phone, c->lang, &b, x->now);
}

/* ---- the transaction --------------------------------------------------------------------------------------------------------------- */

/* An urgent mode has raised the level: the reason stands on the timeline, and the fast lane is taken. Rare, so that it may
 * cost two statements more. */
static enum err put_urgency(struct filing *x, struct act_chain *chain)
{
    struct buf b;
    size_t n = 0;
    struct q_assignment_fast_in fast = {.ticket_id = x->id};
    buf_init(&b, x->c->a, ACT_PARAMS_BYTES);
    params_put(&b, "mode", x->mode->name);
    params_put_i64(&b, "level", x->mode->level);
    params_put_i64(&b, "due", x->promise_at);
    const struct act_event raised = {.code = EVENT_LEVEL_RAISED, .is_public = true, .from = x->state, .to = x->state,
                                     .unit_code = x->d.lead->code, .params = buf_str(&b), .words = x->mode->reason,
                                     .words_lang = APP_ZH};
    enum err e = event_append(x->c, x->who, chain, x->now, &raised, 1);
    return e == ERR_OK ? q_assignment_fast(x->c->db, &fast, &n) : e;
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
    if (is_kept(x))
        keep_it(x);
    else if (!x->diverted && !x->mode) /* kept through reruns: it has changed the level */
        x->mode = urgent_raise(x->c->ref, x->in.f.category_code, x->in.f.area_code, x->now, &x->d);
    const struct deadline_rule r = deadline_rule_for(x->c->set, x->d.level, x->d.working_days);
    x->promise_at = x->diverted ? 0 : deadline_due(refdata_calendar(x->c->ref), r, x->now);
    x->state = x->diverted ? STATE_DIVERTED : x->d.triage ? STATE_RECEIVED : STATE_DISPATCHED;
    x->n_units = x->diverted ? 1 : 1 + x->d.n_co + (x->d.copy ? 1 : 0);
}

/* Rare, and so a statement of its own. */
static enum err put_reported(struct filing *x)
{
    size_t n = 0;
    struct q_ticket_set_reported_in in = {.id = x->id, .unit_code = x->in.f.reported_unit};
    return q_ticket_set_reported(x->c->db, &in, &n);
}

static enum err put_rows(struct filing *x)
{
    struct act_chain chain = {.ticket_id = x->id};
    struct ctx *c = x->c;
    enum err e = put_events(x, &chain);
    if (e == ERR_OK)
        e = put_assignments(x);
    if (e == ERR_OK)
        e = put_text(x, &chain);
    if (e == ERR_OK && x->mode)
        e = put_urgency(x, &chain); /* adds to the timeline beside the text */
    if (e == ERR_OK)
        e = put_ticket(x, &chain);
    struct q_ticket_card_write_in card = {.ticket_id = x->id};
    if (e == ERR_OK && x->mode) /* has counted one event more since its card was written */
        e = q_ticket_card_write(c->db, &card);
    if (e == ERR_OK && x->in.f.reported_unit.n)
        e = put_reported(x);
    if (e == ERR_OK)
        e = put_contact(x);
    if (e == ERR_OK && x->in.f.n_uploads > 0)
        e = attachment_attach(c, x->in.f.uploads, x->in.f.n_uploads, x->id, 0, x->now);
    return e == ERR_OK ? put_messages(x) : e;
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
        e = put_rows(x);
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
