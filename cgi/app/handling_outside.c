/*
 * handling_outside.c - others: a higher level, bodies that the city cannot instruct, helpers, units of other districts
 * [T 14, 17, 20 to 22].
 *
 * Contract: handling.h. Whoever is asked, the lead stays responsible; helpers are names, never units with a duty.
 */
#include "app/handling_private.h"

#include "app/outbox_write.h"
#include "app/ticket_input.h"

static enum err run(struct ctx *c, const struct actor *who, struct str no, uint32_t version, enum event_code event,
                    enum err (*plan)(struct act *, void *), void *arg, struct ticket_done *ret)
{
    struct act_request q = {.ticket_no = no, .version = version, .event = event, .permit = MAY_WORK, .plan = plan, .arg = arg};
    return act_run(c, who, &q, ret);
}

static enum err words_of(struct ctx *c, struct str in, struct str *ret)
{
    return words_judge(c, "words", in, HANDLING_REASON_MIN_CHARS, LIMIT_REPLY_CHARS, ret);
}

/* ---- escalation [T 20] ---------------------------------------------------------------------------------------------------------- */

struct escalation {
    struct str unit_code, words;
    int64_t due;
};

/* District and city governments, and what stands above the unit or has the trade: no street, no enterprise. */
static bool may_coordinate(const struct unit *u)
{
    return str_starts(u->kind, STR("city_")) || str_eq_c(u->kind, "district_government") || str_eq_c(u->kind, "hotline_center");
}

static enum err plan_escalate(struct act *a, void *arg)
{
    const struct escalation *x = arg;
    const int64_t due = x->due ? x->due : a->t.lead_due_at;
    struct buf b;
    enum err e = act_unit_judge(a, "unit_code", x->unit_code);
    if (e == ERR_OK && (str_eq(x->unit_code, a->t.lead_unit) || !may_coordinate(refdata_unit(a->c->ref, x->unit_code))))
        e = fault_field(a->c->fault, "unit_code", "NOT_A_CHOICE");
    if (e == ERR_OK)
        e = act_due_judge(a, "due", due);
    if (e == ERR_OK)
        e = act_assign(a, ROLE_ESCALATION, x->unit_code, 0, due);
    if (e != ERR_OK)
        return e;
    handling_params(a, &b);
    params_put(&b, "to", x->unit_code);
    params_put_i64(&b, "due", due);
    e = act_event(a, EVENT_ESCALATED, handling_unit(a), &b, x->words);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, x->unit_code, "escalated", a->now) : e;
}

enum err handling_escalate(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                           struct str unit_code, int64_t due, struct str words, struct ticket_done *ret)
{
    struct escalation x = {.unit_code = unit_code, .due = due};
    enum err e = words_of(c, words, &x.words);
    return e == ERR_OK ? run(c, who, ticket_no, version, EVENT_ESCALATED, plan_escalate, &x, ret) : e;
}

static enum err plan_escalation_answer(struct act *a, void *arg)
{
    struct buf b;
    enum err e = handling_finish(a, ROLE_ESCALATION, false);
    handling_params(a, &b);
    if (e == ERR_OK)
        e = act_event(a, EVENT_ESCALATION_ANSWERED, a->who->unit_code, &b, *(const struct str *)arg);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, a->t.lead_unit, "escalation_answered", a->now) : e;
}

enum err handling_escalation_answer(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                                    struct str words, struct ticket_done *ret)
{
    struct str judged;
    enum err e = words_of(c, words, &judged);
    return e == ERR_OK ? run(c, who, ticket_no, version, EVENT_ESCALATION_ANSWERED, plan_escalation_answer, &judged, ret) : e;
}

/* ---- relay [T 21, 22] and helpers [T 17] ---------------------------------------------------------------------------------------- */

struct outside {
    enum event_code code;
    const char *kind_param;
    struct str kind, name, words;
};

static enum err plan_outside(struct act *a, void *arg)
{
    const struct outside *x = arg;
    struct buf b;
    handling_params(a, &b);
    params_put(&b, x->kind_param, x->kind);
    params_put(&b, "name", x->name);
    return act_event(a, x->code, handling_unit(a), &b, x->words);
}

static enum err outside(struct ctx *c, const struct actor *who, struct str no, uint32_t version, struct outside *x,
                        struct str name, struct str words, struct ticket_done *ret)
{
    enum err n = words_judge(c, "name", name, 2, HANDLING_NAME_CHARS, &x->name);
    enum err e = words_of(c, words, &x->words);
    if (x->kind.n == 0)
        e = fault_field(c->fault, x->kind_param, "NOT_A_CHOICE");
    if (n != ERR_OK || e != ERR_OK)
        return n != ERR_OK ? n : e;
    return run(c, who, no, version, x->code, plan_outside, x, ret);
}

enum err handling_relay(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                        enum outside_body body, struct str name, struct str words, struct ticket_done *ret)
{
    struct outside x = {.code = EVENT_RELAYED, .kind_param = "body", .kind = word(WORDS_BODY, (int)body)};
    return outside(c, who, ticket_no, version, &x, name, words, ret);
}

enum err handling_helper(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, enum helper helper,
                         struct str name, struct str words, struct ticket_done *ret)
{
    struct outside x = {.code = EVENT_HELPER_ASKED, .kind_param = "helper", .kind = word(WORDS_HELPER, (int)helper)};
    return outside(c, who, ticket_no, version, &x, name, words, ret);
}

struct relay_answer {
    uint32_t seq;
    struct str words;
};

/* The answer names the relay that it answers, so its body and name are those that were stored then. */
static enum err plan_relay_answer(struct act *a, void *arg)
{
    const struct relay_answer *x = arg;
    const struct q_event_one_row *r = NULL;
    struct buf b;
    struct q_event_one_in in = {.ticket_id = a->t.id, .seq = (int32_t)x->seq};
    enum err e = q_event_one(a->c->db, &in, &r);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && r->code != EVENT_RELAYED))
        return fault_field(a->c->fault, "seq", "NOT_A_CHOICE");
    if (e != ERR_OK)
        return e;
    handling_params(a, &b);
    params_put(&b, "body", params_get(a->c->a, r->params, "body"));
    params_put(&b, "name", params_get(a->c->a, r->params, "name"));
    params_put_i64(&b, "seq", x->seq);
    return act_event(a, EVENT_RELAY_ANSWERED, handling_unit(a), &b, x->words);
}

enum err handling_relay_answer(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                               uint32_t seq, struct str words, struct ticket_done *ret)
{
    struct relay_answer x = {.seq = seq};
    enum err e = words_of(c, words, &x.words);
    return e == ERR_OK ? run(c, who, ticket_no, version, EVENT_RELAY_ANSWERED, plan_relay_answer, &x, ret) : e;
}

/* ---- across districts ------------------------------------------------------------------------------------------------------------- */

struct joining {
    const struct str *units;
    size_t n_units;
    int64_t due;
    struct str words;
};

static enum err plan_joint_action(struct act *a, void *arg)
{
    const struct joining *x = arg;
    const int64_t due = x->due ? x->due : a->t.lead_due_at;
    /* As officer_cowork_ask(): who is called by a street or town reports as to a whistle. */
    const enum role role = str_starts(a->t.lead_unit, STR("ST")) ? ROLE_WHISTLE : ROLE_CO;
    struct buf b, to;
    act_params(a, &to);
    enum err e = handling_units(a, "units", x->units, x->n_units, &to);
    if (e == ERR_OK)
        e = act_due_judge(a, "due", due);
    for (size_t i = 0; e == ERR_OK && i < x->n_units; i++) {
        e = act_assign(a, role, x->units[i], 0, due);
        if (e == ERR_OK)
            e = outbox_to_unit(a->c, a->t.id, a->t.no, x->units[i], "cowork_asked", a->now);
    }
    if (e != ERR_OK)
        return e;
    handling_params(a, &b);
    params_put(&b, "to", buf_str(&to));
    params_put_i64(&b, "due", due);
    return act_event(a, EVENT_COWORK_ASKED, handling_unit(a), &b, x->words);
}

enum err handling_joint_action(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                               const struct str *units, size_t n_units, int64_t due, struct str words,
                               struct ticket_done *ret)
{
    struct joining x = {.units = units, .n_units = n_units, .due = due};
    enum err e = words_judge(c, "words", words, 0, LIMIT_MESSAGE_CHARS, &x.words);
    return e == ERR_OK ? run(c, who, ticket_no, version, EVENT_COWORK_ASKED, plan_joint_action, &x, ret) : e;
}
