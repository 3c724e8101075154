/*
 * whistle.c - a street or town calls, units come and deliver [T 16].
 *
 * Contract: whistle.h. An assignment for each called unit, and a row that keeps who called and who came when. What the worker
 * does about lateness, and the figures, stand in whistle_watch.c.
 */
#include "app/whistle.h"

#include "app/handling_private.h"
#include "app/outbox_write.h"
#include "app/ticket_input.h"

/* ---- calling ------------------------------------------------------------------------------------------------------------------ */

static enum err is_called(struct act *a, const struct whistle_call *w)
{
    const struct q_whistle_of_ticket_row *r = NULL;
    size_t n = 0;
    struct q_whistle_of_ticket_in in = {.ticket_id = a->t.id};
    enum err e = q_whistle_of_ticket(a->c->db, &in, &r, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        for (size_t k = 0; k < w->n_units; k++)
            if (r[i].is_open && str_eq(r[i].called, w->units[k]))
                e = fault_field(a->c->fault, "units", "NOT_A_CHOICE");
    return e;
}

static enum err call_one(struct act *a, const struct whistle_call *w, struct str unit, int64_t report_by, int64_t due)
{
    size_t n = 0;
    uint64_t id = 0;
    enum err e = act_assign_id(a, ROLE_WHISTLE, unit, 0, due, &id);
    (void)w;
    struct q_whistle_insert_in in = {.assignment_id = id, .ticket_id = a->t.id, .round = a->t.round, .caller = a->t.lead_unit,
                                     .called = unit, .called_at = a->now, .report_by = report_by, .due_at = due,
                                     .next_at = report_by, .is_demo = a->t.is_demo};
    if (e == ERR_OK)
        e = q_whistle_insert(a->c->db, &in, &n);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, unit, "whistled", a->now) : e;
}

static enum err plan_call(struct act *a, void *arg)
{
    const struct whistle_call *w = arg;
    const int64_t due = w->due ? w->due : a->t.lead_due_at;
    const int64_t report_by = w->report_by ? w->report_by
                                           : a->now + a->c->set->whistle_report_minutes * INT64_C(60) * US_PER_S;
    struct buf b, to;
    act_params(a, &to);
    enum err e = handling_units(a, "units", w->units, w->n_units, &to);
    if (e == ERR_OK && !str_starts(a->t.lead_unit, STR("ST")))
        e = fault_set(a->c->fault, ERR_DENIED, "NOT_YOUR_UNIT", "streets and towns call");
    if (e == ERR_OK)
        e = act_due_judge(a, "report_by", report_by);
    if (e == ERR_OK)
        e = act_due_judge(a, "due", due);
    if (e == ERR_OK)
        e = is_called(a, w);
    for (size_t i = 0; e == ERR_OK && i < w->n_units; i++)
        e = call_one(a, w, w->units[i], report_by, due);
    if (e != ERR_OK)
        return e;
    act_params(a, &b);
    params_put(&b, "unit", a->t.lead_unit);
    params_put(&b, "to", buf_str(&to));
    params_put_i64(&b, "by", report_by);
    params_put_i64(&b, "due", due);
    return act_event(a, EVENT_WHISTLED, a->t.lead_unit, &b, w->task);
}

enum err whistle_call(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                      const struct whistle_call *w, struct ticket_done *ret)
{
    struct whistle_call x = *w;
    enum err e = words_judge(c, "task", w->task, HANDLING_REASON_MIN_CHARS, LIMIT_MESSAGE_CHARS, &x.task);
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_WHISTLED, .permit = MAY_WHISTLE,
                            .plan = plan_call, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}

/* ---- coming and delivering ------------------------------------------------------------------------------------------------------ */

static enum err own_call(struct act *a, const struct q_whistle_of_ticket_row **ret)
{
    const struct q_whistle_of_ticket_row *r = NULL;
    size_t n = 0;
    struct q_whistle_of_ticket_in in = {.ticket_id = a->t.id};
    enum err e = q_whistle_of_ticket(a->c->db, &in, &r, &n);
    *ret = NULL;
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        if (r[i].is_open && r[i].round == a->t.round && str_eq(r[i].called, a->who->unit_code))
            *ret = &r[i];
    return e == ERR_OK && !*ret ? fault_set(a->c->fault, ERR_DENIED, "NOT_YOUR_UNIT", "the unit is not called") : e;
}

static enum err plan_report(struct act *a, void *arg)
{
    const struct q_whistle_of_ticket_row *w = NULL;
    struct buf b;
    size_t n = 0;
    (void)arg;
    enum err e = own_call(a, &w);
    if (e == ERR_OK && w->has_reported_at)
        e = fault_set(a->c->fault, ERR_CONFLICT, "STATE_FORBIDS", "it has come before");
    if (e != ERR_OK)
        return e;
    struct q_whistle_reported_in in = {.assignment_id = w->assignment_id, .at = a->now};
    const bool late = a->now > w->report_by;
    e = q_whistle_reported(a->c->db, &in, &n);
    if (e == ERR_OK)
        e = handling_finish(a, ROLE_WHISTLE, true);
    if (e != ERR_OK)
        return e;
    act_params(a, &b);
    params_put(&b, "unit", a->who->unit_code);
    if (late)
        params_put_i64(&b, "late", 1);
    e = act_event(a, EVENT_WHISTLE_REPORTED, a->who->unit_code, &b, STR_NONE);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, a->t.lead_unit, "whistle_reported", a->now) : e;
}

enum err whistle_report(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct ticket_done *ret)
{
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_WHISTLE_REPORTED, .permit = MAY_WHISTLE,
                            .plan = plan_report};
    return act_run(c, who, &q, ret);
}

struct delivering {
    bool stage;
    struct str words;
};

static enum err plan_deliver(struct act *a, void *arg)
{
    const struct delivering *x = arg;
    const struct q_whistle_of_ticket_row *w = NULL;
    struct buf b;
    size_t n = 0;
    enum err e = own_call(a, &w);
    if (e != ERR_OK)
        return e;
    struct q_whistle_delivered_in in = {.assignment_id = w->assignment_id, .at = a->now, .stage = x->stage};
    const bool late = a->now > w->due_at;
    e = q_whistle_delivered(a->c->db, &in, &n);
    if (e == ERR_OK)
        e = handling_finish(a, ROLE_WHISTLE, x->stage);
    if (e != ERR_OK)
        return e;
    act_params(a, &b);
    params_put(&b, "unit", a->who->unit_code);
    params_put_i64(&b, "stage", x->stage);
    if (late)
        params_put_i64(&b, "late", 1);
    e = act_event(a, EVENT_WHISTLE_DELIVERED, a->who->unit_code, &b, x->words);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, a->t.lead_unit, "whistle_delivered", a->now) : e;
}

enum err whistle_deliver(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, bool stage,
                         struct str words, struct ticket_done *ret)
{
    struct delivering x = {.stage = stage};
    enum err e = words_judge(c, "words", words, HANDLING_REASON_MIN_CHARS, LIMIT_REPLY_CHARS, &x.words);
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_WHISTLE_DELIVERED, .permit = MAY_WHISTLE,
                            .plan = plan_deliver, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}
