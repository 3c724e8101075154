/*
 * officer.c - handling by the units: signing, contact, co-work [T 14, 15, 16].
 *
 * Contract: each is one act (act.h), judged by the table of transitions and the actor's unit. What the hotline centre
 * alone does stands in officer_hotline.c.
 */
#include "app/officer.h"

#include "app/handling_private.h"
#include "app/ladder.h"
#include "app/outbox_write.h"
#include "app/ticket_input.h"
#include "gen/sql.h"

static enum err run(struct ctx *c, const struct actor *who, struct str no, uint32_t version, enum event_code event,
                    enum err (*plan)(struct act *, void *), void *arg, struct ticket_done *ret)
{
    struct act_request q = {.ticket_no = no, .version = version, .event = event, .plan = plan, .arg = arg,
                            .permit = MAY_WORK};
    return act_run(c, who, &q, ret);
}

/* ---- signing, contact ------------------------------------------------------------------------------------------------ */

static enum err plan_sign(struct act *a, void *arg)
{
    struct buf b;
    (void)arg;
    handling_params(a, &b);
    enum err e = act_event(a, EVENT_SIGNED, handling_unit(a), &b, STR_NONE);
    a->t.lead_state = ASSIGN_SIGNED;
    struct act_lead_times times = {.next_at = handling_next_at(a), .signed_at = a->now};
    return e == ERR_OK ? act_lead_save(a, &times) : e;
}

enum err officer_sign(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct ticket_done *ret)
{
    return run(c, who, ticket_no, version, EVENT_SIGNED, plan_sign, NULL, ret);
}

/* Contact before signing signs as well: the unit plainly has it. */
static enum err plan_contact(struct act *a, void *arg)
{
    const bool *reached = arg;
    const struct q_event_contacts_row *r = NULL;
    struct buf b;
    struct q_event_contacts_in in = {.ticket_id = a->t.id};
    enum err e = q_event_contacts(a->c->db, &in, &r);
    if (e != ERR_OK)
        return e;
    handling_params(a, &b);
    params_put_i64(&b, "attempt", r->n + 1);
    e = act_event(a, *reached ? EVENT_CONTACTED : EVENT_CONTACT_FAILED, handling_unit(a), &b, STR_NONE);
    if (a->t.lead_state == ASSIGN_SENT)
        a->t.lead_state = ASSIGN_SIGNED;
    struct act_lead_times times = {.next_at = handling_next_at(a), .signed_at = a->now, .contacted_at = *reached ? a->now : 0};
    return e == ERR_OK ? act_lead_save(a, &times) : e;
}

enum err officer_contact(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, bool reached,
                         struct ticket_done *ret)
{
    return run(c, who, ticket_no, version, reached ? EVENT_CONTACTED : EVENT_CONTACT_FAILED, plan_contact, &reached, ret);
}

/* ---- working together [T 14, 16] ---------------------------------------------------------------------------------------------------- */

struct cowork {
    const struct unit *to;
    int64_t due;
};

static enum err plan_cowork_ask(struct act *a, void *arg)
{
    struct cowork *x = arg;
    struct buf b;
    int64_t due = x->due ? x->due : a->t.lead_due_at;
    if (str_eq(x->to->code, a->t.lead_unit))
        return fault_field(a->c->fault, "unit_code", "NOT_A_CHOICE");
    if (act_unit_judge(a, "unit_code", x->to->code) != ERR_OK)
        return ERR_INVALID;
    if (act_due_judge(a, "due", due) != ERR_OK)
        return ERR_INVALID;
    handling_params(a, &b);
    params_put(&b, "to", x->to->code);
    params_put_i64(&b, "due", due);
    /* A street or town that calls departments whistles; others ask for help. */
    enum role role = str_starts(a->t.lead_unit, STR("ST")) ? ROLE_WHISTLE : ROLE_CO;
    enum err e = act_event(a, EVENT_COWORK_ASKED, handling_unit(a), &b, STR_NONE);
    if (e == ERR_OK)
        e = act_assign(a, role, x->to->code, 0, due);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, x->to->code, "cowork_asked", a->now) : e;
}

enum err officer_cowork_ask(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                            struct str unit_code, int64_t due, struct ticket_done *ret)
{
    struct cowork x = {.to = refdata_unit(c->ref, unit_code), .due = due};
    if (!x.to)
        return fault_field(c->fault, "unit_code", unit_code.n ? "NOT_A_CHOICE" : "REQUIRED");
    return run(c, who, ticket_no, version, EVENT_COWORK_ASKED, plan_cowork_ask, &x, ret);
}

struct report {
    bool stage;
    struct str words;
};

static enum err save_report(struct act *a, const struct q_assignment_of_ticket_row *r, bool stage)
{
    size_t n = 0;
    struct q_assignment_advance_in in = {.id = r->id, .version = r->version, .state = stage ? ASSIGN_SIGNED : ASSIGN_DONE,
                                         .due_at = r->due_at, .has_due_at = r->has_due_at, .warned = r->warned,
                                         .signed_at = a->now, .has_signed_at = true, .done_at = a->now, .has_done_at = !stage,
                                         .next_at = r->due_at, .has_next_at = stage && r->has_due_at && r->warned < LADDER_OVERDUE};
    enum err e = q_assignment_advance(a->c->db, &in, &n);
    return e == ERR_OK && n != 1 ? fault_set(a->c->fault, ERR_CONFLICT, "VERSION", "the assignment has moved") : e;
}

static enum err plan_cowork_report(struct act *a, void *arg)
{
    const struct report *x = arg;
    const struct q_assignment_of_ticket_row *r = NULL;
    struct buf b;
    size_t n = 0, i = 0;
    struct q_assignment_of_ticket_in in = {.ticket_id = a->t.id, .round = a->t.round};
    enum err e = q_assignment_of_ticket(a->c->db, &in, &r, &n);
    while (e == ERR_OK && i < n && !((r[i].role == ROLE_CO || r[i].role == ROLE_WHISTLE || r[i].role == ROLE_JOINT) &&
                                     r[i].state <= ASSIGN_SIGNED && str_eq(r[i].unit_code, a->who->unit_code)))
        i++;
    if (e == ERR_OK && i == n)
        e = fault_set(a->c->fault, ERR_DENIED, "NOT_YOUR_UNIT", "no open co-work of this unit");
    if (e == ERR_OK)
        e = save_report(a, &r[i], x->stage);
    if (e != ERR_OK)
        return e;
    handling_params(a, &b);
    params_put_i64(&b, "stage", x->stage);
    e = act_event(a, EVENT_COWORK_REPORTED, a->who->unit_code, &b, x->words);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, a->t.lead_unit, "cowork_reported", a->now) : e;
}

enum err officer_cowork_report(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                               bool stage_report, struct str words, struct ticket_done *ret)
{
    struct report x = {.stage = stage_report};
    enum err e = words_judge(c, "words", words, 1, LIMIT_REPLY_CHARS, &x.words);
    return e == ERR_OK ? run(c, who, ticket_no, version, EVENT_COWORK_REPORTED, plan_cowork_report, &x, ret) : e;
}
