/*
 * handling_extend.c - more time, with the reason that the citizen reads [T 15 (2)].
 *
 * Contract: handling.h, officer.h. The law sets no cap, so the lengths are configuration: up to settings.extend_days by an
 * officer, longer with the manager of the unit.
 */
#include "app/handling_private.h"

#include "app/outbox_write.h"
#include "app/ticket_input.h"

enum { EXTEND_MAX_DAYS = 90, ASK_APPROVED = 2, ASK_REFUSED = 3 };

static enum err judge_until(struct act *a, int64_t until)
{
    if (until <= a->t.lead_due_at || until <= a->now)
        return fault_field(a->c->fault, "until", "TOO_EARLY");
    if (until > a->now + EXTEND_MAX_DAYS * US_PER_DAY)
        return fault_field(a->c->fault, "until", "OUT_OF_RANGE");
    return ERR_OK;
}

enum err handling_apply_extension(struct act *a, const struct handling_extension *x)
{
    struct buf b;
    enum err e = judge_until(a, x->until);
    if (e == ERR_OK)
        e = handling_go_on(a);
    if (e == ERR_OK)
        e = judge_until(a, x->until);
    if (e != ERR_OK)
        return e;
    handling_params(a, &b);
    params_put_i64(&b, "old", a->t.lead_due_at);
    params_put_i64(&b, "new", x->until);
    e = act_event(a, EVENT_EXTENDED, handling_unit(a), &b, x->reason);
    if (e == ERR_OK)
        a->events[a->n_events - 1].words_lang = x->reason_lang;
    a->t.lead_due_at = x->until;
    a->t.lead_warned = 0;
    if (a->t.round == 1 && x->until > a->t.promise_at) /* a unit that was sent it late may have less than was promised */
        a->t.promise_at = x->until;
    struct act_lead_times times = {.next_at = handling_next_at(a)};
    if (e == ERR_OK)
        e = act_lead_save(a, &times);
    if (e != ERR_OK)
        return e;
    act_params(a, &b);
    params_put(&b, "no", a->t.no);
    params_put_i64(&b, "due", x->until);
    return act_tell_filer(a, OUTBOX_SMS_EXTENDED, &b);
}

static enum err plan_extend(struct act *a, void *arg)
{
    const struct handling_extension *x = arg;
    if (x->until > a->t.lead_due_at + a->c->set->extend_days * US_PER_DAY && !permission_has(a->who, MAY_EXTEND))
        return fault_set(a->c->fault, ERR_DENIED, "NEEDS_APPROVAL", "longer than %d days", a->c->set->extend_days);
    return handling_apply_extension(a, x);
}

enum err officer_extend(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, int64_t until,
                        struct str reason, struct ticket_done *ret)
{
    struct handling_extension x = {.until = until, .reason_lang = c->lang};
    enum err e = words_judge(c, "reason", reason, HANDLING_REASON_MIN_CHARS, LIMIT_MESSAGE_CHARS, &x.reason);
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_EXTENDED, .permit = MAY_WORK,
                            .plan = plan_extend, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}

/* ---- asking and deciding ---------------------------------------------------------------------------------------------------- */

static enum err open_ask(struct act *a, const struct q_extension_open_row **ret)
{
    struct q_extension_open_in in = {.ticket_id = a->t.id};
    return q_extension_open(a->c->db, &in, ret);
}

static enum err plan_ask(struct act *a, void *arg)
{
    const struct handling_extension *x = arg;
    const struct q_extension_open_row *r = NULL;
    size_t n = 0;
    enum err e = transition_find(a->t.state, EVENT_EXTENDED)
                     ? judge_until(a, x->until)
                     : fault_set(a->c->fault, ERR_CONFLICT, "STATE_FORBIDS", "nothing to extend in this state");
    if (e == ERR_OK && !str_eq(handling_unit(a), a->t.lead_unit))
        e = fault_set(a->c->fault, ERR_DENIED, "NOT_YOUR_UNIT", "the lead asks for more time");
    if (e == ERR_OK)
        e = open_ask(a, &r);
    if (e == ERR_OK)
        return fault_set(a->c->fault, ERR_CONFLICT, "EXTENSION_OPEN", "asked before");
    if (e != ERR_NOT_FOUND)
        return e;
    struct q_extension_insert_in in = {.id = id_new(a->now), .ticket_id = a->t.id, .unit_code = a->t.lead_unit,
                                       .until_at = x->until, .reason = x->reason, .reason_lang = a->c->lang,
                                       .asked_by = a->who->staff_id, .asked_at = a->now};
    e = q_extension_insert(a->c->db, &in, &n);
    if (e == ERR_OK)
        e = act_note(a, EVENT_EXTENDED, a->t.lead_unit, x->reason, false);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, a->t.lead_unit, "extension_asked", a->now) : e;
}

enum err handling_extend_ask(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, int64_t until,
                             struct str reason, struct ticket_done *ret)
{
    struct handling_extension x = {.until = until, .reason_lang = c->lang};
    enum err e = words_judge(c, "reason", reason, HANDLING_REASON_MIN_CHARS, LIMIT_MESSAGE_CHARS, &x.reason);
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_NOTE, .permit = MAY_WORK,
                            .plan = plan_ask, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}

struct deciding {
    bool approve;
    struct str words;
};

static enum err plan_decide(struct act *a, void *arg)
{
    const struct deciding *x = arg;
    const struct q_extension_open_row *r = NULL;
    size_t n = 0;
    enum err e = open_ask(a, &r);
    if (e == ERR_NOT_FOUND)
        return fault_set(a->c->fault, ERR_CONFLICT, "EXTENSION_NONE", "nothing was asked for");
    if (e != ERR_OK)
        return e;
    const struct handling_extension asked = {.until = r->until_at, .reason = r->reason, .reason_lang = r->reason_lang};
    struct q_extension_decide_in in = {.id = r->id, .state = x->approve ? ASK_APPROVED : ASK_REFUSED, .by = a->who->staff_id,
                                       .at = a->now};
    e = q_extension_decide(a->c->db, &in, &n);
    if (e == ERR_OK && n != 1)
        e = fault_set(a->c->fault, ERR_CONFLICT, "EXTENSION_NONE", "decided by another");
    if (e == ERR_OK && x->approve)
        return handling_apply_extension(a, &asked);
    if (e == ERR_OK)
        e = act_note(a, EVENT_EXTENDED, handling_unit(a), x->words, false);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, a->t.lead_unit, "extension_refused", a->now) : e;
}

enum err handling_extend_decide(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, bool approve,
                                struct str words, struct ticket_done *ret)
{
    struct deciding x = {.approve = approve};
    enum err e = words_judge(c, "words", words, approve ? 0 : HANDLING_REASON_MIN_CHARS, LIMIT_MESSAGE_CHARS, &x.words);
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = approve ? EVENT_EXTENDED : EVENT_NOTE,
                            .permit = MAY_EXTEND, .plan = plan_decide, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}

enum err handling_extensions(struct ctx *c, const struct actor *who, uint64_t after_id, size_t limit, const struct extension_row **ret,
                             size_t *ret_n, bool *ret_more)
{
    const struct q_extension_page_row *r = NULL;
    size_t n = 0;
    struct q_extension_page_in in = {.unit_code = who->unit_code, .after = after_id};
    BUG_ON(limit == 0 || limit > LIMIT_LIST_ITEMS);
    enum err e = q_extension_page(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    *ret_more = n > limit;
    n = n > limit ? limit : n;
    struct extension_row *out = ARENA_ARRAY(c->a, struct extension_row, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct extension_row){.id = r[i].id, .ticket_id = r[i].ticket_id, .no = r[i].ticket_no, .title = r[i].title,
                                        .unit_code = r[i].unit_code, .reason = r[i].reason, .asked_by = r[i].asked_by,
                                        .asked_at = r[i].asked_at, .until = r[i].until_at, .due_at = r[i].due_at};
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}
