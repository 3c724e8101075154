/*
 * whistle_watch.c - lateness of called units, their lists, and the figures of both sides [T 16, 33].
 *
 * Contract: whistle.h. Each step of lateness is an act on the demand as it is then; a second worker finds it done.
 */
#include "app/whistle.h"

#include "app/act.h"
#include "app/outbox_write.h"
#include "gen/sql.h"

static const struct actor worker = {.kind = ACTOR_SYSTEM};

/* ---- lateness ------------------------------------------------------------------------------------------------------------------- */

static enum err step_row(struct ctx *c, const struct q_whistle_due_row *r, int step, int64_t next_at)
{
    size_t n = 0;
    struct q_whistle_step_in in = {.assignment_id = r->assignment_id, .old_step = r->step, .step = step, .next_at = next_at,
                                   .has_next_at = next_at != 0};
    enum err e = q_whistle_step(c->db, &in, &n);
    return e == ERR_OK && n != 1 ? fault_set(c->fault, ERR_CONFLICT, "VERSION", "another worker was faster") : e;
}

/* The superior of the unit first, then what stands above that, then the hotline centre. */
static struct str told_of(const struct refdata *ref, struct str unit, int step)
{
    const struct unit *u = refdata_unit(ref, unit), *centre = refdata_hotline_centre(ref);
    for (int i = 0; i < step && u; i++)
        u = refdata_unit(ref, u->parent);
    return u ? u->code : centre ? centre->code : STR_NONE;
}

static enum err plan_overdue(struct act *a, void *arg)
{
    const struct q_whistle_due_row *r = arg;
    const int step = r->step + 1;
    const struct str told = told_of(a->c->ref, r->called, step);
    struct buf b;
    act_params(a, &b);
    params_put(&b, "unit", r->called);
    params_put_i64(&b, "due", r->report_by);
    params_put_i64(&b, "step", step);
    params_put(&b, "to", told);
    enum err e = act_event(a, EVENT_WHISTLE_OVERDUE, r->called, &b, STR_NONE);
    if (e == ERR_OK)
        e = step_row(a->c, r, step,
                     step < WHISTLE_STEPS ? a->now + a->c->set->whistle_step_minutes * INT64_C(60) * US_PER_S : 0);
    if (e == ERR_OK)
        e = outbox_to_unit(a->c, a->t.id, a->t.no, r->called, "whistle_overdue", a->now);
    return e == ERR_OK && told.n ? outbox_to_unit(a->c, a->t.id, a->t.no, told, "whistle_overdue", a->now) : e;
}

static enum err serve(struct ctx *c, const struct q_whistle_due_row *r, int64_t now)
{
    struct ticket_done done;
    struct q_whistle_due_row row = *r;
    struct act_request q = {.ticket_no = r->ticket_no, .event = EVENT_WHISTLE_OVERDUE, .plan = plan_overdue, .arg = &row};
    if (!r->is_open || r->has_reported_at || r->ticket_round != r->round || r->ticket_state != STATE_HANDLING)
        return step_row(c, r, r->step, 0);
    enum err e = act_run(c, &worker, &q, &done);
    if (e == ERR_OK || e == ERR_UNAVAILABLE)
        return e;
    const bool moved = c->fault->reason && strcmp(c->fault->reason, "VERSION") == 0;
    fault_clear(c->fault);
    return moved ? ERR_OK : step_row(c, r, r->step, now + US_PER_HOUR);
}

enum err whistle_overdue(struct ctx *c, size_t batch, size_t *ret_n)
{
    const struct q_whistle_due_row *r = NULL;
    size_t n = 0;
    int64_t now = 0;
    enum err e = db_now(c->db, &now);
    struct q_whistle_due_in in = {.now = now};
    if (e == ERR_OK)
        e = q_whistle_due(c->db, &in, &r, &n);
    if (n > batch)
        n = batch;
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        e = serve(c, &r[i], now);
    if (e == ERR_CONFLICT) { /* another worker has the row */
        fault_clear(c->fault);
        e = ERR_OK;
    }
    *ret_n = e == ERR_OK ? n : 0;
    return e;
}

/* ---- lists ---------------------------------------------------------------------------------------------------------------------- */

static void judge_row(struct whistle_row *w, int64_t now)
{
    w->late_report = w->reported_at ? w->reported_at > w->report_by : w->state <= ASSIGN_SIGNED && now > w->report_by;
    w->late_delivery = w->delivered_at ? w->delivered_at > w->due_at : w->state <= ASSIGN_SIGNED && now > w->due_at;
}

static struct whistle_row row_of(const struct q_whistle_of_caller_row *r)
{
    struct whistle_row w = {.id = r->assignment_id, .ticket_id = r->ticket_id, .no = r->ticket_no, .title = r->title,
                            .caller = r->caller, .called = r->called, .category_code = r->category_code, .area_code = r->area_code,
                            .round = r->round, .state = (enum assignment_state)r->state, .called_at = r->called_at,
                            .report_by = r->report_by, .due_at = r->due_at, .reported_at = r->reported_at, .stage_at = r->stage_at,
                            .delivered_at = r->delivered_at, .step = r->step};
    judge_row(&w, r->now);
    return w;
}

static struct q_whistle_of_caller_row as_caller(const struct q_whistle_of_called_row *r)
{
    return (struct q_whistle_of_caller_row){
        .assignment_id = r->assignment_id, .ticket_id = r->ticket_id, .ticket_no = r->ticket_no, .title = r->title,
        .category_code = r->category_code, .area_code = r->area_code, .caller = r->caller, .called = r->called, .round = r->round,
        .state = r->state, .called_at = r->called_at, .report_by = r->report_by, .due_at = r->due_at, .reported_at = r->reported_at,
        .stage_at = r->stage_at, .delivered_at = r->delivered_at, .step = r->step, .now = r->now};
}

enum err whistle_list(struct ctx *c, const struct actor *who, bool by_caller, bool open, uint64_t before_id, size_t limit,
                      const struct whistle_row **ret, size_t *ret_n, bool *ret_more)
{
    const struct q_whistle_of_caller_row *caller = NULL;
    const struct q_whistle_of_called_row *called = NULL;
    const uint64_t before = before_id ? before_id : UINT64_MAX / 2;
    size_t n = 0;
    enum err e;
    BUG_ON(limit == 0 || limit > LIMIT_LIST_ITEMS);
    if (by_caller)
        e = q_whistle_of_caller(c->db, &(struct q_whistle_of_caller_in){.caller = who->unit_code, .open = open, .before = before},
                                &caller, &n);
    else
        e = q_whistle_of_called(c->db, &(struct q_whistle_of_called_in){.called = who->unit_code, .open = open, .before = before},
                                &called, &n);
    if (e != ERR_OK)
        return e;
    *ret_more = n > limit;
    if (n > limit)
        n = limit;
    struct whistle_row *out = ARENA_ARRAY(c->a, struct whistle_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct q_whistle_of_caller_row x = by_caller ? caller[i] : as_caller(&called[i]);
        out[i] = row_of(&x);
    }
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}

enum err whistle_scores(struct ctx *c, int64_t from, int64_t to, const struct whistle_score **ret, size_t *ret_n)
{
    const struct q_whistle_scores_row *r = NULL;
    size_t n = 0;
    struct q_whistle_scores_in in = {.from = from, .to = to};
    enum err e = q_whistle_scores(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct whistle_score *out = ARENA_ARRAY(c->a, struct whistle_score, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct whistle_score){.unit_code = r[i].unit_code, .called = r[i].called, .was_called = r[i].was_called,
                                        .came = r[i].came, .came_in_time = r[i].came_in_time, .delivered = r[i].delivered,
                                        .delivered_in_time = r[i].delivered_in_time, .report_minutes_sum = r[i].report_minutes};
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}
