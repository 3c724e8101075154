/*
 * act_plan.c - what the plan of an act is made with: its events, the lead's clock, assignments.
 *
 * Contract: called by plans alone, inside the transaction of act_run(); what is changed here is written there or rolled back with
 * it. No plan leads a reported unit to its informer, whatever it asks for.
 */
#include "app/act.h"

#include "app/ladder.h"
#include "gen/sql.h"

void act_params(struct act *a, struct buf *b)
{
    buf_init(b, a->c->a, ACT_PARAMS_BYTES);
}

enum err act_event(struct act *a, enum event_code code, struct str unit_code, const struct buf *params, struct str words)
{
    const struct transition *x = transition_find(a->t.state, code);
    if (!x)
        return act_forbidden(a->c, a->t.state, code);
    BUG_ON(a->n_events == ACT_EVENTS_MAX || (params && params->full));
    a->events[a->n_events++] = (struct act_event){.code = code, .is_public = x->is_public, .from = x->from, .to = x->to,
                                                  .unit_code = unit_code, .params = params ? buf_str(params) : STR_NONE,
                                                  .words = words, .words_lang = a->c->lang};
    a->t.state = x->to;
    return ERR_OK;
}

enum err act_note(struct act *a, enum event_code about, struct str unit_code, struct str words, bool for_hotline)
{
    struct buf b;
    if (words.n == 0)
        return ERR_OK;
    act_params(a, &b);
    params_put(&b, "unit", unit_code);
    params_put(&b, "about", word(WORDS_EVENT, (int)about));
    if (for_hotline)
        params_put(&b, "for", STR("hotline"));
    return act_event(a, EVENT_NOTE, unit_code, &b, words);
}

enum err act_unit_judge(struct act *a, const char *field, struct str unit_code)
{
    if (unit_code.n == 0)
        return fault_field(a->c->fault, field, "REQUIRED");
    if (!refdata_unit(a->c->ref, unit_code) ||
        (a->t.reported_unit.n && permission_unit_within(a->c->ref, unit_code, a->t.reported_unit)))
        return fault_field(a->c->fault, field, "NOT_A_CHOICE");
    return ERR_OK;
}

enum err act_due_judge(struct act *a, const char *field, int64_t due)
{
    if (due <= a->now)
        return fault_field(a->c->fault, field, "TOO_EARLY");
    return due > a->now + ACT_DUE_MAX_DAYS * US_PER_DAY ? fault_field(a->c->fault, field, "OUT_OF_RANGE") : ERR_OK;
}

int64_t act_ask_at(const struct act *a, int64_t limit_at)
{
    const int64_t early = a->now + a->c->set->visit_early_hours * US_PER_HOUR;
    int64_t at = a->c->set->visit_early_hours > 0 && early < limit_at ? early : limit_at;
    return at > a->now ? at : a->now;
}

int64_t act_next_at(const struct ctx *c, int64_t started_at, int64_t due_at, int warned)
{
    int64_t at = 0;
    ladder_next(c->set, ROLE_LEAD, warned, started_at, due_at, &at);
    return at;
}

enum err act_lead_save(struct act *a, const struct act_lead_times *x)
{
    size_t n = 0;
    struct q_assignment_advance_in in = {
        .id = a->t.lead_id, .version = (int32_t)a->t.lead_version, .state = (int32_t)a->t.lead_state,
        .due_at = a->t.lead_due_at, .has_due_at = a->t.lead_due_at != 0, .next_at = x->next_at, .has_next_at = x->next_at != 0,
        .warned = a->t.lead_warned, .signed_at = x->signed_at, .has_signed_at = x->signed_at != 0,
        .contacted_at = x->contacted_at, .has_contacted_at = x->contacted_at != 0, .done_at = x->done_at,
        .has_done_at = x->done_at != 0};
    if (a->t.lead_id == 0)
        return ERR_OK;
    enum err e = q_assignment_advance(a->c->db, &in, &n);
    if (e == ERR_OK && n != 1)
        return fault_set(a->c->fault, ERR_CONFLICT, "VERSION", "the assignment has moved");
    a->t.lead_version++;
    return e;
}

enum err act_assign(struct act *a, enum role role, struct str unit_code, uint32_t rule_id, int64_t due_at)
{
    uint64_t id = 0;
    return act_assign_id(a, role, unit_code, rule_id, due_at, &id);
}

enum err act_assign_id(struct act *a, enum role role, struct str unit_code, uint32_t rule_id, int64_t due_at, uint64_t *ret_id)
{
    uint64_t id = *ret_id = id_new(a->now);
    /* Whoever chose the unit should have asked; no way leads a reported unit to its informer. */
    if (a->t.reported_unit.n && permission_unit_within(a->c->ref, unit_code, a->t.reported_unit))
        return fault_field(a->c->fault, "unit_code", "NOT_A_CHOICE");
    int64_t next_at = 0;
    ladder_next(a->c->set, role, LADDER_NONE, a->now, due_at, &next_at);
    struct q_assignment_insert_1_in in = {
        .id = id, .ticket_id = a->t.id, .round = a->t.round, .role = (int32_t)role, .unit_code = unit_code,
        .state = ASSIGN_SENT, .rule_id = rule_id, .has_rule_id = rule_id != 0, .started_at = a->now, .due_at = due_at,
        .has_due_at = due_at != 0, .next_at = next_at, .has_next_at = next_at != 0, .is_demo = a->t.is_demo};
    enum err e = q_assignment_insert_1(a->c->db, &in);
    if (e != ERR_OK)
        return e;
    if (role == ROLE_LEAD) {
        a->t.lead_id = id;
        a->t.lead_unit = unit_code;
        a->t.lead_state = ASSIGN_SENT;
        a->t.lead_due_at = due_at;
        a->t.lead_started_at = a->now;
        a->t.lead_warned = 0;
        a->t.lead_version = 1;
        a->t.lead_paused_at = 0;
        a->t.n_units = 1;
    } else {
        a->t.n_units++;
    }
    return ERR_OK;
}

enum err act_end_assignments(struct act *a)
{
    size_t n = 0;
    struct q_assignment_end_all_in in = {.ticket_id = a->t.id};
    return q_assignment_end_all(a->c->db, &in, &n);
}

enum err act_next_round(struct act *a, struct str reviewer_code, int64_t due_at)
{
    enum err e = act_end_assignments(a);
    a->t.round++;
    a->t.closed_at = 0;
    a->t.merged_into = 0; /* who is not content is answered on their own */
    return e == ERR_OK ? act_assign(a, ROLE_LEAD, reviewer_code, 0, due_at) : e;
}
