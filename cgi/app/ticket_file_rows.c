/*
 * ticket_file_rows.c - the rows of a filing, but for the key of its request.
 *
 * Contract: names, state, promise and class are settled by ticket_file.c, in whose transaction this runs and may run again. The
 * card and the timeline beside the text say what the other rows say. Knows nothing of keys and replies.
 */
#include "app/act.h"
#include "app/attachment_private.h"
#include "app/card.h"
#include "app/contact.h"
#include "app/event_private.h"
#include "app/outbox_write.h"
#include "app/ticket_file_private.h"
#include "app/timeline.h"
#include "gen/sql.h"

enum { ASSIGNMENTS_MAX = DISPATCH_CO_MAX + 2 };

/* ---- the demand ----------------------------------------------------------------------------------------------------------- */

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

/* ---- assignments ----------------------------------------------------------------------------------------- */

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

/* ---- events ----------------------------------------------------------------------------------------- */

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
    if (filing_is_kept(x)) {
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
                                .unit_code = filing_is_kept(x) ? x->d.lead->code : STR_NONE, .params = buf_str(&first), .text = text};
    if (filing_is_kept(x))
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

/* ---- outbox ----------------------------------------------------------------------------------------- */

static enum err put_messages(struct filing *x)
{
    struct ctx *c = x->c;
    const char *event = x->diverted ? "diverted" : x->d.triage ? "triage" : "dispatched";
    struct str unit = x->diverted ? STR_NONE : x->d.lead->code;
    enum err e = filing_is_kept(x) ? ERR_OK : outbox_to_unit(c, x->id, x->no, unit, event, x->now);
    if (e != ERR_OK || x->in.phone.n == 0 || !x->in.f.phone_verified || x->in.f.is_demo)
        return e;
    struct buf b;
    buf_init(&b, c->a, ACT_PARAMS_BYTES);
    params_put(&b, "no", x->no);
    params_put(&b, "code", query_code_make(c->keys, c->a, x->id, 1));
    params_put_i64(&b, "due", x->promise_at);
    return outbox_to_phone(c, x->id, OUTBOX_SMS_RECEIPT, x->in.phone, c->lang, &b, x->now);
}

/* ---- all of them -------------------------------------------------------------------------------------------------------- */

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

/* Rare, and so a statement of its own. */
static enum err put_reported(struct filing *x)
{
    size_t n = 0;
    struct q_ticket_set_reported_in in = {.id = x->id, .unit_code = x->in.f.reported_unit};
    return q_ticket_set_reported(x->c->db, &in, &n);
}

enum err filing_put_rows(struct filing *x)
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
