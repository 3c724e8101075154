/*
 * visit_act.c - what comes out of a call: nobody there, or three answers; and the second look that an unhappy one opens.
 *
 * Contract: visit.h. Each is one act; the lease is judged on the row as it is inside the transaction, so of two visitors one
 * is told. Must not know the phone number.
 */
#include "app/dispatch.h"
#include "app/outbox_write.h"
#include "app/rating_private.h"
#include "app/visit_private.h"
#include "gen/sql.h"

struct call {
    struct ctx *c;
    enum visit_result result;
    struct rating_input in;
};

/* Held by this visitor, or by nobody any more. */
static enum err judge_held(struct act *a, const struct q_visit_of_row **ret)
{
    struct str no;
    enum err e = visit_find(a->c, a->t.no, ret, &no);
    if (e != ERR_OK)
        return e;
    if ((*ret)->state != VISIT_LISTED)
        return fault_set(a->c->fault, ERR_CONFLICT, "VISIT_DONE", "not on the phone list");
    if ((*ret)->lease_until > a->now && (*ret)->visitor_id != a->who->staff_id)
        return fault_set(a->c->fault, ERR_CONFLICT, "VISIT_TAKEN", "another visitor holds it");
    return ERR_OK;
}

/* ---- not reached ------------------------------------------------------------------------------------------------------ */

static enum err give_up(struct act *a, int n)
{
    struct buf b;
    act_params(a, &b);
    params_put_i64(&b, "n", n);
    enum err e = act_event(a, EVENT_VISIT_VOID, STR_NONE, &b, STR_NONE);
    if (e != ERR_OK || a->t.state == STATE_CLOSED)
        return e;
    act_params(a, &b);
    params_put(&b, "why", STR("unanswered"));
    a->t.closed_at = a->now;
    return act_event(a, EVENT_CLOSED, STR_NONE, &b, STR_NONE);
}

static enum err plan_attempt(struct act *a, void *arg)
{
    struct call *x = arg;
    const struct q_visit_of_row *r = NULL;
    struct buf b;
    size_t changed = 0;
    enum err e = judge_held(a, &r);
    if (e != ERR_OK)
        return e;
    const int n = r->attempts + 1;
    const bool is_void = n >= a->c->set->visit_attempts && x->result != VISIT_LATER; /* who asked for another call gets it */
    act_params(a, &b);
    params_put_i64(&b, "n", n);
    params_put(&b, "result", visit_result_word(x->result));
    e = act_event(a, EVENT_VISIT_ATTEMPTED, STR_NONE, &b, STR_NONE);
    struct q_visit_attempted_in in = {.ticket_id = a->t.id, .round = a->t.round, .attempts = r->attempts,
                                      .state = is_void ? VISIT_VOID : VISIT_LISTED,
                                      .call_at = a->now + a->c->set->visit_retry_hours * US_PER_HOUR, .ended_at = a->now,
                                      .has_ended_at = is_void};
    if (e == ERR_OK)
        e = q_visit_attempted(a->c->db, &in, &changed);
    if (e == ERR_OK && changed != 1)
        return fault_set(a->c->fault, ERR_CONFLICT, "VISIT_TAKEN", "another visitor was faster");
    return e == ERR_OK && is_void ? give_up(a, n) : e;
}

enum err visit_attempt(struct ctx *c, const struct actor *who, struct str ticket_no, enum visit_result result,
                       bool *ret_void, struct ticket_done *ret)
{
    struct call x = {.c = c, .result = result};
    struct act_request q = {.ticket_no = ticket_no, .event = EVENT_VISIT_ATTEMPTED, .permit = MAY_VISIT, .plan = plan_attempt, .arg = &x};
    enum err e = visit_may(c, who);
    if (e == ERR_OK && (result <= 0 || result >= VISIT_RESULT_END))
        e = fault_field(c->fault, "result", "NOT_A_CHOICE");
    if (e == ERR_OK)
        e = act_run(c, who, &q, ret);
    if (e == ERR_OK)
        *ret_void = ret->last != EVENT_VISIT_ATTEMPTED;
    return e;
}

/* ---- answers ---------------------------------------------------------------------------------------------------------- */

static bool is_unhappy(const struct rating_input *in)
{
    return !in->solved || in->satisfaction >= SATISFIED_NO;
}

/* 重办: another unit looks again, with a clock of its own; the first promise stays on record. */
static enum err reopen(struct act *a)
{
    const struct unit *reviewer = dispatch_reviewer_against(a->c->ref, a->t.lead_unit, a->t.area_code, a->t.reported_unit);
    if (!reviewer)
        return fault_set(a->c->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "no unit is loaded that could review");
    const struct deadline_rule rule = deadline_rule_for(a->c->set, a->t.level, false);
    const int64_t due = deadline_due(refdata_calendar(a->c->ref), rule, a->now);
    struct buf b;
    act_params(a, &b);
    enum err e = act_next_round(a, reviewer->code, due);
    params_put(&b, "unit", reviewer->code);
    params_put_i64(&b, "round", a->t.round);
    params_put_i64(&b, "due", due);
    if (e == ERR_OK)
        e = act_event(a, EVENT_REOPENED, reviewer->code, &b, STR_NONE);
    if (e == ERR_OK)
        e = outbox_to_unit(a->c, a->t.id, a->t.no, reviewer->code, "reopened", a->now);
    if (e != ERR_OK)
        return e;
    act_params(a, &b);
    params_put(&b, "no", a->t.no);
    params_put_i64(&b, "due", due);
    return act_tell_filer(a, OUTBOX_SMS_REOPENED, &b);
}

static enum err plan_record(struct act *a, void *arg)
{
    struct call *x = arg;
    const struct q_visit_of_row *r = NULL;
    enum err e = judge_held(a, &r);
    if (e == ERR_OK)
        e = act_event(a, EVENT_VISITED, STR_NONE, NULL, STR_NONE);
    if (e == ERR_OK)
        e = rating_within(a, &x->in);
    const bool again = e == ERR_OK && is_unhappy(&x->in) && a->t.kind != KIND_PRAISE && a->t.round <= a->c->set->reopen_max;
    return again ? reopen(a) : e;
}

enum err visit_record(struct ctx *c, const struct actor *who, struct str ticket_no, const struct rating_input *in,
                      bool *ret_reopened, struct ticket_done *ret)
{
    struct call x = {.c = c};
    struct act_request q = {.ticket_no = ticket_no, .event = EVENT_VISITED, .permit = MAY_VISIT, .plan = plan_record, .arg = &x};
    enum err e = visit_may(c, who);
    if (e == ERR_OK)
        e = rating_judge(c, in, &x.in);
    x.in.channel = CHANNEL_PHONE;
    if (e == ERR_OK)
        e = act_run(c, who, &q, ret);
    if (e == ERR_OK)
        *ret_reopened = ret->last == EVENT_REOPENED;
    return e;
}
