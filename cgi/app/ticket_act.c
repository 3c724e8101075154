/*
 * ticket_act.c - what the citizen may do to a demand: add facts, urge, withdraw, object [T 8, 9; decisions 23].
 *
 * Contract: each is one act (act.h); limits of configuration are judged on the ticket as read inside the transaction.
 */
#include "app/act.h"
#include "app/attachment_private.h"
#include "app/dispatch.h"
#include "app/handling_private.h"
#include "app/outbox_write.h"
#include "app/ticket_input.h"
#include "gen/sql.h"

/* ---- adding facts ------------------------------------------------------------------------------------------------------------ */

struct message {
    struct str text;
    const struct str *uploads;
    size_t n_uploads;
};

/* Told that it was the same matter; now there is a new fact, so somebody must look at it as at a new demand [T 11 (3)]. */
static enum err open_by_new_fact(struct act *a)
{
    const struct unit *centre = refdata_hotline_centre(a->c->ref);
    struct buf b;
    if (!centre)
        return fault_set(a->c->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "no hotline centre is loaded");
    const int64_t own = a->now + a->c->set->triage_minutes * INT64_C(60) * US_PER_S;
    if (a->t.level == 0)
        a->t.level = a->c->set->default_level;
    if (a->t.promise_at == 0)
        a->t.promise_at = deadline_due(refdata_calendar(a->c->ref), deadline_rule_for(a->c->set, a->t.level, false), a->now);
    a->t.diversion = DIVERT_NONE;
    a->t.closed_at = 0;
    act_params(a, &b);
    params_put(&b, "unit", centre->code);
    params_put_i64(&b, "due", a->t.promise_at);
    params_put_i64(&b, "own", own);
    enum err e = act_assign(a, ROLE_LEAD, centre->code, 0, own);
    return e == ERR_OK ? act_event(a, EVENT_TRIAGE, centre->code, &b, STR_NONE) : e;
}

static enum err plan_message(struct act *a, void *arg)
{
    const struct message *m = arg;
    struct buf b;
    if (a->t.state == STATE_DIVERTED && a->t.diversion != DIVERT_REPEAT)
        return fault_set(a->c->fault, ERR_CONFLICT, "STATE_FORBIDS", "diverted for good");
    act_params(a, &b);
    if (m->n_uploads) {
        params_put_i64(&b, "files", (int64_t)m->n_uploads);
        enum err e = attachment_attach(a->c, m->uploads, m->n_uploads, a->t.id, a->t.chain_seq + 1, a->now);
        if (e != ERR_OK)
            return e;
        a->t.n_uploads += (int)m->n_uploads;
    }
    enum err e = act_event(a, EVENT_MESSAGE, STR_NONE, &b, m->text);
    if (e == ERR_OK && a->t.state == STATE_DIVERTED)
        e = open_by_new_fact(a);
    if (e == ERR_OK && a->t.lead_paused_at && a->t.lead_pause_reason == PAUSE_CITIZEN && a->t.state == STATE_HANDLING)
        e = handling_go_on(a); /* what the unit waited for has come */
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, a->t.lead_unit, "message", a->now) : e;
}

enum err ticket_message(struct ctx *c, const struct actor *who, struct str ticket_no, struct str text,
                        const struct str *uploads, size_t n_uploads, const struct idem *idem, struct ticket_done *ret)
{
    struct message m = {.uploads = uploads, .n_uploads = n_uploads};
    enum err e = words_judge(c, "text", text, n_uploads ? 0 : 1, LIMIT_MESSAGE_CHARS, &m.text);
    if (n_uploads > TICKET_UPLOADS_MAX)
        e = fault_field(c->fault, "uploads", "TOO_MANY");
    if (e != ERR_OK)
        return e;
    struct act_request q = {.ticket_no = ticket_no, .idem = idem, .event = EVENT_MESSAGE, .plan = plan_message, .arg = &m};
    return act_run(c, who, &q, ret);
}

/* ---- urging -------------------------------------------------------------------------------------------------------------------- */

static enum err plan_urge(struct act *a, void *arg)
{
    (void)arg;
    const struct app_settings *s = a->c->set;
    int64_t again = a->t.urged_at + s->urge_every_hours * US_PER_HOUR;
    if (a->t.urge_count >= s->urge_max)
        return fault_set(a->c->fault, ERR_CONFLICT, "URGE_SPENT", "urged %d times", a->t.urge_count);
    if (a->t.urged_at && again > a->now) {
        enum err e = fault_set(a->c->fault, ERR_LIMITED, "URGE_TOO_SOON", "urged less than %d h ago", s->urge_every_hours);
        a->c->fault->retry_after_s = (int)((again - a->now) / US_PER_S) + 1;
        return e;
    }
    struct buf b;
    act_params(a, &b);
    a->t.urge_count++;
    a->t.urged_at = a->now;
    params_put_i64(&b, "n", a->t.urge_count);
    enum err e = act_event(a, EVENT_URGED, a->t.lead_unit, &b, STR_NONE);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, a->t.lead_unit, "urged", a->now) : e;
}

enum err ticket_urge(struct ctx *c, const struct actor *who, struct str ticket_no, const struct idem *idem,
                     struct ticket_done *ret)
{
    struct act_request q = {.ticket_no = ticket_no, .idem = idem, .event = EVENT_URGED, .plan = plan_urge};
    return act_run(c, who, &q, ret);
}

/* ---- withdrawing ------------------------------------------------------------------------------------------------------------------ */

static enum err plan_withdraw(struct act *a, void *arg)
{
    const struct str *reason = arg;
    enum err e = act_event(a, EVENT_WITHDRAWN, STR_NONE, NULL, *reason);
    a->t.closed_at = a->now;
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, a->t.lead_unit, "withdrawn", a->now) : e;
}

enum err ticket_withdraw(struct ctx *c, const struct actor *who, struct str ticket_no, struct str reason,
                         const struct idem *idem, struct ticket_done *ret)
{
    struct str words;
    enum err e = words_judge(c, "reason", reason, 0, LIMIT_MESSAGE_CHARS, &words);
    if (e != ERR_OK)
        return e;
    struct act_request q = {.ticket_no = ticket_no, .idem = idem, .event = EVENT_WITHDRAWN, .plan = plan_withdraw, .arg = &words};
    return act_run(c, who, &q, ret);
}

/* ---- objecting ---------------------------------------------------------------------------------------------------------------------- */

static enum err judge_objection(struct act *a)
{
    int64_t from = a->t.closed_at > a->t.replied_at ? a->t.closed_at : a->t.replied_at;
    if (a->t.objected_at)
        return fault_set(a->c->fault, ERR_CONFLICT, "OBJECTION_SPENT", "objected before");
    if (from == 0 || from + a->c->set->object_days * US_PER_DAY <= a->now)
        return fault_set(a->c->fault, ERR_CONFLICT, "OBJECTION_LATE", "more than %d days after the reply", a->c->set->object_days);
    return ERR_OK;
}

static enum err open_round(struct act *a, const struct unit *reviewer, int64_t due)
{
    size_t n = 0;
    struct q_visit_lapse_in visit = {.ticket_id = a->t.id, .round = a->t.round, .at = a->now};
    enum err e = q_visit_lapse(a->c->db, &visit, &n); /* nobody calls about a round that is over */
    return e == ERR_OK ? act_next_round(a, reviewer->code, due) : e;
}

static enum err plan_object(struct act *a, void *arg)
{
    const struct str *reason = arg;
    enum err e = judge_objection(a);
    if (e != ERR_OK)
        return e;
    const struct unit *reviewer = dispatch_reviewer_against(a->c->ref, a->t.lead_unit, a->t.area_code, a->t.reported_unit);
    if (!reviewer)
        return fault_set(a->c->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "no unit is loaded that could review");
    struct deadline_rule rule = deadline_rule_for(a->c->set, a->t.level, false);
    int64_t due = deadline_due(refdata_calendar(a->c->ref), rule, a->now);
    struct buf b;
    act_params(a, &b);
    a->t.objected_at = a->now;
    e = act_event(a, EVENT_OBJECTED, STR_NONE, NULL, *reason);
    if (e == ERR_OK)
        e = open_round(a, reviewer, due);
    params_put(&b, "unit", reviewer->code);
    params_put_i64(&b, "round", a->t.round);
    params_put_i64(&b, "due", due);
    if (e == ERR_OK)
        e = act_event(a, EVENT_REOPENED, reviewer->code, &b, STR_NONE);
    if (e == ERR_OK && !a->t.no_reply) {
        act_params(a, &b);
        params_put(&b, "no", a->t.no);
        params_put_i64(&b, "due", due);
        e = act_tell_filer(a, OUTBOX_SMS_REOPENED, &b);
    }
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, reviewer->code, "reopened", a->now) : e;
}

enum err ticket_object(struct ctx *c, const struct actor *who, struct str ticket_no, struct str reason,
                       const struct idem *idem, struct ticket_done *ret)
{
    struct str words;
    enum err e = words_judge(c, "reason", reason, LIMIT_TEXT_MIN_CHARS, LIMIT_MESSAGE_CHARS, &words);
    if (e != ERR_OK)
        return e;
    struct act_request q = {.ticket_no = ticket_no, .idem = idem, .event = EVENT_OBJECTED, .plan = plan_object, .arg = &words};
    return act_run(c, who, &q, ret);
}
