/*
 * handling.c - waiting and going on, and what acts of handling share.
 *
 * Contract: handling.h. A pause stops the lead's clock; when it ends, the work that was left is left [app/deadline.h]. The
 * promise to the citizen is not touched.
 */
#include "app/handling_private.h"

#include "app/outbox_write.h"
#include "app/ticket_input.h"

struct str handling_unit(const struct act *a)
{
    return a->who->unit_code.n && actor_is_staff(a->who) ? a->who->unit_code : a->t.lead_unit;
}

void handling_params(struct act *a, struct buf *b)
{
    act_params(a, b);
    params_put(b, "unit", handling_unit(a));
}

int64_t handling_next_at(const struct act *a)
{
    if (a->t.lead_paused_at)
        return 0;
    return act_next_at(a->c, a->t.lead_started_at, a->t.lead_due_at, a->t.lead_warned);
}

enum err handling_units(struct act *a, const char *field, const struct str *units, size_t n, struct buf *ret)
{
    enum err e = n == 0 ? fault_field(a->c->fault, field, "REQUIRED") : ERR_OK;
    if (n > HANDLING_UNITS_MAX)
        e = fault_field(a->c->fault, field, "TOO_MANY");
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        e = act_unit_judge(a, field, units[i]);
        if (e == ERR_OK && str_eq(units[i], a->t.lead_unit))
            e = fault_field(a->c->fault, field, "NOT_A_CHOICE");
        for (size_t k = 0; e == ERR_OK && k < i; k++)
            if (str_eq(units[k], units[i]))
                e = fault_field(a->c->fault, field, "NOT_A_CHOICE");
        if (i > 0)
            buf_putc(ret, ';');
        buf_put(ret, units[i]);
    }
    return e;
}

enum err handling_finish(struct act *a, enum role role, bool stage)
{
    const struct q_assignment_of_ticket_row *r = NULL;
    size_t n = 0, i = 0, changed = 0;
    struct q_assignment_of_ticket_in in = {.ticket_id = a->t.id, .round = a->t.round};
    enum err e = q_assignment_of_ticket(a->c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    while (i < n && !(r[i].role == (int)role && r[i].state <= ASSIGN_SIGNED && str_eq(r[i].unit_code, a->who->unit_code)))
        i++;
    if (i == n)
        return fault_set(a->c->fault, ERR_DENIED, "NOT_YOUR_UNIT", "nothing of this kind is open for the unit");
    struct q_assignment_advance_in x = {.id = r[i].id, .version = r[i].version, .state = stage ? ASSIGN_SIGNED : ASSIGN_DONE,
                                        .due_at = r[i].due_at, .has_due_at = r[i].has_due_at, .warned = r[i].warned,
                                        .signed_at = a->now, .has_signed_at = true, .done_at = a->now, .has_done_at = !stage,
                                        .next_at = r[i].due_at,
                                        .has_next_at = stage && r[i].has_due_at && r[i].due_at > a->now};
    e = q_assignment_advance(a->c->db, &x, &changed);
    return e == ERR_OK && changed != 1 ? fault_set(a->c->fault, ERR_CONFLICT, "VERSION", "the assignment has moved") : e;
}

/* ---- waiting ------------------------------------------------------------------------------------------------------------------ */

struct pausing {
    enum pause_reason reason;
    struct str words;
};

static enum err plan_pause(struct act *a, void *arg)
{
    const struct pausing *x = arg;
    struct buf b;
    size_t n = 0;
    if (a->t.lead_paused_at)
        return fault_set(a->c->fault, ERR_CONFLICT, "ALREADY_PAUSED", "it waits already");
    struct q_assignment_pause_in in = {.id = a->t.lead_id, .version = (int32_t)a->t.lead_version, .at = a->now,
                                       .reason = (int32_t)x->reason};
    enum err e = q_assignment_pause(a->c->db, &in, &n);
    if (e == ERR_OK && n != 1)
        e = fault_set(a->c->fault, ERR_CONFLICT, "VERSION", "the assignment has moved");
    if (e != ERR_OK)
        return e;
    act_params(a, &b);
    params_put(&b, "unit", a->t.lead_unit);
    params_put(&b, "reason", word(WORDS_PAUSE, (int)x->reason));
    return act_event(a, EVENT_PAUSED, a->t.lead_unit, &b, x->words);
}

enum err handling_pause(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                        enum pause_reason reason, struct str words, struct ticket_done *ret)
{
    struct pausing x = {.reason = reason};
    enum err e = words_judge(c, "words", words, HANDLING_REASON_MIN_CHARS, LIMIT_MESSAGE_CHARS, &x.words);
    if (reason < PAUSE_CITIZEN || reason >= PAUSE_END)
        e = fault_field(c->fault, "reason", "NOT_A_CHOICE");
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_PAUSED, .permit = MAY_WORK,
                            .plan = plan_pause, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}

/* The event that started the clock says how it is counted. */
static enum err counts_working_days(struct act *a, bool *ret)
{
    const struct q_event_clock_start_row *r = NULL;
    struct q_event_clock_start_in in = {.ticket_id = a->t.id};
    enum err e = q_event_clock_start(a->c->db, &in, &r);
    *ret = e == ERR_OK && params_get_i64(r->params, "wd", 0) != 0;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err handling_go_on(struct act *a)
{
    struct buf b;
    bool working_days = false;
    size_t n = 0;
    const int64_t old = a->t.lead_due_at;
    if (a->t.lead_paused_at == 0)
        return ERR_OK;
    enum err e = counts_working_days(a, &working_days);
    if (e != ERR_OK)
        return e;
    a->t.lead_due_at = deadline_resume(refdata_calendar(a->c->ref), working_days, old, a->t.lead_paused_at, a->now);
    a->t.lead_paused_at = 0;
    int64_t next = handling_next_at(a);
    struct q_assignment_resume_in in = {.id = a->t.lead_id, .version = (int32_t)a->t.lead_version, .due_at = a->t.lead_due_at,
                                        .has_due_at = true, .next_at = next, .has_next_at = next != 0};
    e = q_assignment_resume(a->c->db, &in, &n);
    if (e == ERR_OK && n != 1)
        e = fault_set(a->c->fault, ERR_CONFLICT, "VERSION", "the assignment has moved");
    if (e != ERR_OK)
        return e;
    a->t.lead_version++;
    act_params(a, &b);
    params_put(&b, "unit", a->t.lead_unit);
    params_put_i64(&b, "old", old);
    params_put_i64(&b, "new", a->t.lead_due_at);
    return act_event(a, EVENT_RESUMED, a->t.lead_unit, &b, STR_NONE);
}

static enum err plan_resume(struct act *a, void *arg)
{
    (void)arg;
    return a->t.lead_paused_at ? handling_go_on(a) : fault_set(a->c->fault, ERR_CONFLICT, "NOT_PAUSED", "its clock runs");
}

enum err handling_resume(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct ticket_done *ret)
{
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_RESUMED, .permit = MAY_WORK,
                            .plan = plan_resume};
    return act_run(c, who, &q, ret);
}
