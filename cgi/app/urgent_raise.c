/*
 * urgent_raise.c - what an urgent mode does to demands: told at dispatch, raised when they run already; and the report of a
 * possible emergency [T 29].
 *
 * Contract: urgent.h. The promise to the citizen is never touched; an assignment's due time only comes nearer. The worker
 * keeps how far it came in the mode's row, so it may be killed anywhere; a demand that was raised is passed over.
 */
#include "app/act.h"
#include "app/ladder.h"
#include "app/outbox_write.h"
#include "app/permission.h"
#include "app/ticket_input.h"
#include "app/urgent.h"
#include "gen/sql.h"

enum { REPORT_MIN_CHARS = 5, RAISING = 1, RAISED = 2, BATCH_ROWS = 100 };

static const struct actor worker = {.kind = ACTOR_SYSTEM};

enum err urgent_tell(struct act *a, const struct urgent_mode *m, struct str unit_code, int64_t due)
{
    struct buf b;
    size_t n = 0;
    struct q_assignment_fast_in fast = {.ticket_id = a->t.id};
    act_params(a, &b);
    params_put(&b, "mode", m->name);
    params_put_i64(&b, "level", m->level);
    params_put_i64(&b, "due", due);
    enum err e = act_event(a, EVENT_LEVEL_RAISED, unit_code, &b, m->reason);
    if (e == ERR_OK)
        a->events[a->n_events - 1].words_lang = APP_ZH;
    return e == ERR_OK ? q_assignment_fast(a->c->db, &fast, &n) : e;
}

/* ---- demands that run already ------------------------------------------------------------------------------------------ */

static enum err plan_raise(struct act *a, void *arg)
{
    const struct urgent_mode *m = urgent_for(a->c->ref, a->t.category_code, a->t.area_code, a->now);
    (void)arg;
    if (!m || a->t.level <= m->level || a->t.lead_due_at == 0 || a->t.lead_due_at <= a->now)
        return fault_set(a->c->fault, ERR_CONFLICT, "MODE_ENDED", "nothing to raise");
    const struct deadline_rule rule = deadline_rule_for(a->c->set, m->level, false);
    const int64_t due = deadline_due(refdata_calendar(a->c->ref), rule, a->now);
    a->t.level = m->level;
    if (due < a->t.lead_due_at)
        a->t.lead_due_at = due;
    a->t.lead_warned = ladder_done_by(a->c->set, ROLE_LEAD, a->t.lead_started_at, a->t.lead_due_at, a->now);
    struct act_lead_times times = {
        .next_at = act_next_at(a->c, a->t.lead_started_at, a->t.lead_due_at, a->t.lead_warned)};
    enum err e = act_lead_save(a, &times);
    if (e == ERR_OK)
        e = urgent_tell(a, m, a->t.lead_unit, a->t.lead_due_at);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, a->t.lead_unit, "level_raised", a->now) : e;
}

static enum err raise_one(struct ctx *c, const struct q_urgent_open_tickets_row *r, int64_t now)
{
    struct ticket_done done;
    struct act_request q = {.ticket_no = r->ticket_no, .event = EVENT_LEVEL_RAISED, .plan = plan_raise};
    const struct urgent_mode *m = urgent_for(c->ref, r->category_code, r->area_code, now);
    if (!m || r->response_level <= m->level)
        return ERR_OK;
    enum err e = act_run(c, &worker, &q, &done);
    if (e == ERR_CONFLICT) {
        fault_clear(c->fault);
        return ERR_OK;
    }
    return e;
}

enum err urgent_raise_due(struct ctx *c, size_t batch, size_t *ret_n)
{
    const struct q_urgent_to_raise_row *m = NULL;
    const struct q_urgent_open_tickets_row *r = NULL;
    int64_t now = 0;
    size_t n = 0, changed = 0;
    *ret_n = 0;
    enum err e = db_now(c->db, &now);
    struct q_urgent_to_raise_in in = {.now = now};
    if (e == ERR_OK)
        e = q_urgent_to_raise(c->db, &in, &m);
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    struct q_urgent_open_tickets_in open = {.after = e == ERR_OK ? m->raised_upto : 0};
    if (e == ERR_OK)
        e = q_urgent_open_tickets(c->db, &open, &r, &n);
    const bool all = n < BATCH_ROWS && n <= batch;
    if (n > batch)
        n = batch;
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        e = raise_one(c, &r[i], now);
    if (e != ERR_OK)
        return e;
    struct q_urgent_raised_in upto = {.id = m->id, .version = m->version, .upto = n ? r[n - 1].id : m->raised_upto,
                                      .raise_open = all ? RAISED : RAISING};
    e = q_urgent_raised(c->db, &upto, &changed);
    if (e == ERR_OK)
        *ret_n = n;
    return e;
}

/* ---- a possible emergency [T 29] ----------------------------------------------------------------------------------------- */

static enum err plan_report(struct act *a, void *arg)
{
    const struct str *words = arg;
    const struct unit *duty = a->c->set->duty_unit ? refdata_unit(a->c->ref, str_from_c(a->c->set->duty_unit)) : NULL;
    struct buf b;
    if (!duty)
        duty = refdata_hotline_centre(a->c->ref);
    act_params(a, &b);
    params_put(&b, "unit", a->who->unit_code.n ? a->who->unit_code : a->t.lead_unit);
    params_put(&b, "about", STR("emergency"));
    enum err e = act_event(a, EVENT_NOTE, a->who->unit_code, &b, *words);
    return e == ERR_OK && duty ? outbox_to_unit(a->c, a->t.id, a->t.no, duty->code, "emergency", a->now) : e;
}

enum err urgent_report(struct ctx *c, const struct actor *who, struct str ticket_no, struct str words, struct ticket_done *ret)
{
    struct str judged;
    enum err e = words_judge(c, "words", words, REPORT_MIN_CHARS, LIMIT_REPLY_CHARS, &judged);
    struct act_request q = {.ticket_no = ticket_no, .event = EVENT_NOTE, .plan = plan_report, .arg = &judged};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}
