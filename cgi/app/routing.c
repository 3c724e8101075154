/*
 * routing.c - sending a demand: by the rules or by hand, with a second lead, again after a return.
 *
 * Contract: routing.h. Due times are told in the event; the assignment's clock starts within what was promised to the
 * citizen as long as that can be kept [decisions 21]. Must not know who decides returns (routing_return.c).
 */
#include "app/routing_private.h"

#include "app/outbox_write.h"
#include "app/ticket_input.h"
#include "app/urgent.h"

static int64_t due_of(const struct act *a, const struct dispatch *d)
{
    struct deadline_rule rule = deadline_rule_for(a->c->set, d->level, d->working_days);
    int64_t due = deadline_due(refdata_calendar(a->c->ref), rule, a->now);
    int64_t promise = a->t.round == 1 ? a->t.promise_at : 0;
    return promise > a->now && promise < due ? promise : due;
}

static enum err assign_all(struct act *a, const struct dispatch *d, int64_t due)
{
    enum err e = act_end_assignments(a);
    if (e == ERR_OK)
        e = act_assign(a, ROLE_LEAD, d->lead->code, d->rule_id, due);
    for (size_t i = 0; e == ERR_OK && i < d->n_co; i++)
        e = act_assign(a, ROLE_CO, d->co[i]->code, d->rule_id, due);
    if (e == ERR_OK && d->copy)
        e = act_assign(a, ROLE_COPY, d->copy->code, d->rule_id, 0);
    return e;
}

static void dispatch_params(struct act *a, struct buf *b, const struct dispatch *d, int64_t due)
{
    struct buf co;
    act_params(a, b);
    act_params(a, &co);
    params_put(b, "unit", d->lead->code);
    params_put(b, "category", a->t.category_code);
    params_put(b, "area", a->t.area_code);
    params_put_i64(b, "rule", d->rule_id);
    if (d->rule_id && refdata_rule_set(a->c->ref))
        params_put_i64(b, "set", refdata_rule_set(a->c->ref));
    params_put_i64(b, "level", d->level);
    params_put_i64(b, "due", due);
    if (d->working_days)
        params_put_i64(b, "wd", 1);
    for (size_t i = 0; i < d->n_co; i++) {
        if (i > 0)
            buf_putc(&co, ';');
        buf_put(&co, d->co[i]->code);
    }
    if (co.n)
        params_put(b, "co", buf_str(&co));
    if (d->copy)
        params_put(b, "copy", d->copy->code);
}

/* A unit named by hand takes the place of the rule's: its co-units and copy are not meant any more, the street's copy is. */
static enum err name_lead(struct act *a, struct str unit_code, struct dispatch *d)
{
    enum err e = act_unit_judge(a, "unit_code", unit_code);
    if (e != ERR_OK)
        return e;
    d->lead = refdata_unit(a->c->ref, unit_code);
    d->n_co = 0;
    d->rule_id = 0;
    d->copy = NULL;
    d->by_district = false;
    if (!str_eq_c(d->lead->kind, "street_office") && !str_starts(unit_code, STR("ST")))
        return ERR_OK;
    const struct unit *district = refdata_district_government(a->c->ref, str_slice(d->lead->area_code, 0, 6));
    if (district && !dispatch_unit_within(a->c->ref, district->code, a->t.reported_unit))
        d->copy = district;
    return ERR_OK;
}

static enum err choose(struct act *a, const struct routing *r, struct dispatch *d)
{
    struct ctx *c = a->c;
    const struct category *cat = refdata_category(c->ref, r->category_code.n ? r->category_code : a->t.category_code);
    if (!cat || cat->level != 3)
        return fault_field(c->fault, "category_code", r->category_code.n ? "NOT_A_CHOICE" : "REQUIRED");
    a->t.category_code = cat->code;
    enum err e = dispatch_choose_against(c->ref, c->set, c->fault, cat->code, a->t.area_code, a->t.reported_unit, d);
    return e == ERR_OK && r->unit_code.n ? name_lead(a, r->unit_code, d) : e;
}

enum err routing_send(struct act *a, const struct routing *r)
{
    struct dispatch d;
    struct buf b;
    enum event_code code = a->t.state == STATE_RECEIVED ? EVENT_DISPATCHED : EVENT_REDISPATCHED;
    enum err e = choose(a, r, &d);
    if (e != ERR_OK)
        return e;
    const struct urgent_mode *mode = urgent_raise(a->c->ref, a->t.category_code, a->t.area_code, a->now, &d);
    int64_t due = due_of(a, &d);
    a->t.level = d.level;
    e = routing_lapse(a);
    if (e == ERR_OK)
        e = assign_all(a, &d, due);
    if (e != ERR_OK)
        return e;
    dispatch_params(a, &b, &d, due);
    e = act_event(a, code, d.lead->code, &b, r->words);
    if (e == ERR_OK && mode)
        e = urgent_tell(a, mode, d.lead->code, due);
    if (e == ERR_OK)
        e = outbox_to_unit(a->c, a->t.id, a->t.no, d.lead->code, "dispatched", a->now);
    return e == ERR_OK && r->joint.n ? routing_add_joint(a, "joint", r->joint) : e;
}

enum err routing_add_joint(struct act *a, const char *field, struct str unit_code)
{
    const struct q_assignment_of_ticket_row *r = NULL;
    struct buf b;
    size_t n = 0;
    enum err e = act_unit_judge(a, field, unit_code);
    if (e == ERR_OK && str_eq(unit_code, a->t.lead_unit))
        e = fault_field(a->c->fault, field, "NOT_A_CHOICE");
    struct q_assignment_of_ticket_in in = {.ticket_id = a->t.id, .round = a->t.round};
    if (e == ERR_OK)
        e = q_assignment_of_ticket(a->c->db, &in, &r, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        if (r[i].role == ROLE_JOINT && r[i].state <= ASSIGN_SIGNED && str_eq(r[i].unit_code, unit_code))
            e = fault_field(a->c->fault, field, "NOT_A_CHOICE");
    if (e != ERR_OK)
        return e;
    act_params(a, &b);
    params_put(&b, "unit", a->t.lead_unit);
    params_put(&b, "to", unit_code);
    params_put_i64(&b, "due", a->t.lead_due_at);
    e = act_assign(a, ROLE_JOINT, unit_code, 0, a->t.lead_due_at);
    if (e == ERR_OK)
        e = act_event(a, EVENT_JOINT_DISPATCHED, a->t.lead_unit, &b, STR_NONE);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, unit_code, "joint_dispatched", a->now) : e;
}

/* ---- acts ------------------------------------------------------------------------------------------------------------------ */

static enum err plan_dispatch(struct act *a, void *arg)
{
    return routing_send(a, arg);
}

enum err routing_dispatch(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                          const struct routing *r, struct ticket_done *ret)
{
    struct routing x = *r;
    enum err e = words_judge(c, "words", r->words, 0, LIMIT_MESSAGE_CHARS, &x.words);
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_DISPATCHED, .permit = MAY_DISPATCH,
                            .otherwise = EVENT_REDISPATCHED, .plan = plan_dispatch, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}

static enum err plan_joint(struct act *a, void *arg)
{
    return routing_add_joint(a, "unit_code", *(const struct str *)arg);
}

enum err routing_joint(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str unit_code,
                       struct ticket_done *ret)
{
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_JOINT_DISPATCHED, .permit = MAY_DISPATCH,
                            .plan = plan_joint, .arg = &unit_code};
    return act_run(c, who, &q, ret);
}
