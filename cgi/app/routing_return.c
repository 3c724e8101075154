/*
 * routing_return.c - 退单/异议: a unit says that a demand is not its own, an arbiter decides [T 12, 14].
 *
 * Contract: routing.h. While it is being decided the unit leads on, and its clock runs. What the unit argues is internal.
 */
#include "app/routing_private.h"

#include "app/outbox_write.h"
#include "app/ticket_input.h"

enum { ARGUMENT_MIN_CHARS = 5 };

enum err routing_lapse(struct act *a)
{
    size_t n = 0;
    struct q_return_lapse_in r = {.ticket_id = a->t.id, .at = a->now};
    struct q_extension_lapse_in x = {.ticket_id = a->t.id, .at = a->now};
    enum err e = q_return_lapse(a->c->db, &r, &n);
    return e == ERR_OK ? q_extension_lapse(a->c->db, &x, &n) : e;
}

/* ---- asking ---------------------------------------------------------------------------------------------------------------- */

const char *routing_return_refused(const struct app_settings *s, const struct routing_returns *r)
{
    return r->open ? "RETURN_OPEN" : r->of_lead ? "RETURN_FINAL" : r->n >= s->return_max ? "RETURN_SPENT" : NULL;
}

static enum err may_return(struct act *a, int *ret_n)
{
    const struct q_return_of_ticket_row *r = NULL;
    struct routing_returns all = {0};
    size_t n = 0;
    struct q_return_of_ticket_in in = {.ticket_id = a->t.id, .round = a->t.round};
    enum err e = q_return_of_ticket(a->c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    *ret_n = (int)n + 1;
    for (size_t i = 0; i < n; i++) {
        all.open |= r[i].state == RETURN_OPEN;
        all.of_lead |= str_eq(r[i].unit_code, a->t.lead_unit);
    }
    all.n = (int)n;
    const char *refused = routing_return_refused(a->c->set, &all);
    return refused ? fault_set(a->c->fault, ERR_CONFLICT, refused, "returned %zu times", n) : ERR_OK;
}

static enum err judge_hint(struct act *a, const struct routing_return *x, struct str *ret_other)
{
    if (x->unit_code.n && !refdata_unit(a->c->ref, x->unit_code))
        return fault_field(a->c->fault, "unit_code", "NOT_A_CHOICE");
    if (x->ground == GROUND_DUPLICATE && !ticket_no_parse(a->c->a, x->other, ret_other))
        return fault_field(a->c->fault, "other", x->other.n ? "NOT_A_CHOICE" : "REQUIRED");
    return ERR_OK;
}

static enum err plan_ask(struct act *a, void *arg)
{
    const struct routing_return *x = arg;
    struct str other = STR_NONE;
    struct buf b;
    int nth = 0;
    size_t n = 0;
    enum err e = may_return(a, &nth);
    if (e == ERR_OK)
        e = judge_hint(a, x, &other);
    struct q_return_insert_in in = {.id = id_new(a->now), .ticket_id = a->t.id, .round = a->t.round, .n = nth,
                                    .unit_code = a->t.lead_unit, .ground = (int32_t)x->ground, .suggested_unit = x->unit_code,
                                    .asked_by = a->who->staff_id, .asked_at = a->now, .is_demo = a->t.is_demo};
    if (e == ERR_OK)
        e = q_return_insert(a->c->db, &in, &n);
    if (e != ERR_OK)
        return e;
    act_params(a, &b);
    params_put(&b, "unit", a->t.lead_unit);
    params_put(&b, "ground", word(WORDS_GROUND, (int)x->ground));
    params_put_i64(&b, "n", nth);
    e = act_event(a, EVENT_RETURN_ASKED, a->t.lead_unit, &b, STR_NONE);
    struct str said = other.n ? arena_printf(a->c->a, STR_FMT " (" STR_FMT ")", STR_ARG(x->words), STR_ARG(other)) : x->words;
    if (e == ERR_OK)
        e = act_note(a, EVENT_RETURN_ASKED, a->t.lead_unit, said, false);
    const struct unit *centre = refdata_hotline_centre(a->c->ref);
    return e == ERR_OK && centre ? outbox_to_unit(a->c, a->t.id, a->t.no, centre->code, "return_asked", a->now) : e;
}

enum err routing_return_ask(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                            const struct routing_return *r, struct ticket_done *ret)
{
    struct routing_return x = *r;
    enum err e = words_judge(c, "words", r->words, ARGUMENT_MIN_CHARS, LIMIT_MESSAGE_CHARS, &x.words);
    if (r->ground < GROUND_NOT_DUTY || r->ground >= GROUND_END)
        e = fault_field(c->fault, "ground", "NOT_A_CHOICE");
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_RETURN_ASKED, .permit = MAY_WORK,
                            .plan = plan_ask, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}

/* ---- deciding -------------------------------------------------------------------------------------------------------------- */

static enum err decide(struct act *a, enum return_state state)
{
    const struct q_return_of_ticket_row *r = NULL;
    size_t n = 0, changed = 0;
    struct q_return_of_ticket_in in = {.ticket_id = a->t.id, .round = a->t.round};
    enum err e = q_return_of_ticket(a->c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < n; i++) {
        struct q_return_decide_in d = {.id = r[i].id, .state = (int32_t)state, .by = a->who->staff_id, .at = a->now};
        if (r[i].state == RETURN_OPEN)
            e = q_return_decide(a->c->db, &d, &changed);
    }
    return e == ERR_OK && changed != 1 ? fault_set(a->c->fault, ERR_CONFLICT, "RETURN_NONE", "no return is open") : e;
}

static enum err plan_refuse(struct act *a, void *arg)
{
    const struct str *words = arg;
    struct buf b;
    enum err e = decide(a, RETURN_REFUSED);
    if (e != ERR_OK)
        return e;
    act_params(a, &b);
    params_put(&b, "unit", a->t.lead_unit);
    e = act_event(a, EVENT_RETURN_REFUSED, a->t.lead_unit, &b, *words);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, a->t.lead_unit, "return_refused", a->now) : e;
}

enum err routing_return_refuse(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                               struct str words, struct ticket_done *ret)
{
    struct str judged;
    enum err e = words_judge(c, "words", words, ARGUMENT_MIN_CHARS, LIMIT_MESSAGE_CHARS, &judged);
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_RETURN_REFUSED, .permit = MAY_ARBITRATE,
                            .plan = plan_refuse, .arg = &judged};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}

/* The unit that is freed keeps its row as returned; it reads no more of the demand. */
static enum err plan_accept(struct act *a, void *arg)
{
    const struct routing *to = arg;
    const uint64_t freed = a->t.lead_id;
    const struct str unit = a->t.lead_unit;
    struct buf b;
    size_t n = 0;
    enum err e = decide(a, RETURN_ACCEPTED);
    if (e != ERR_OK)
        return e;
    if (to->unit_code.n && str_eq(to->unit_code, unit))
        return fault_field(a->c->fault, "unit_code", "NOT_A_CHOICE");
    act_params(a, &b);
    params_put(&b, "unit", unit);
    e = act_event(a, EVENT_RETURN_ACCEPTED, unit, &b, to->words);
    struct routing next = *to;
    next.words = STR_NONE;
    if (e == ERR_OK)
        e = routing_send(a, &next);
    if (e == ERR_OK && str_eq(a->t.lead_unit, unit)) /* the rules would only send it back */
        e = fault_field(a->c->fault, "unit_code", "REQUIRED");
    struct q_assignment_returned_in in = {.id = freed, .at = a->now};
    if (e == ERR_OK && freed)
        e = q_assignment_returned(a->c->db, &in, &n);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, unit, "return_accepted", a->now) : e;
}

enum err routing_return_accept(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                               const struct routing *to, struct ticket_done *ret)
{
    struct routing x = *to;
    enum err e = words_judge(c, "words", to->words, 0, LIMIT_MESSAGE_CHARS, &x.words);
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_RETURN_ACCEPTED, .permit = MAY_ARBITRATE,
                            .plan = plan_accept, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}

/* ---- lists ----------------------------------------------------------------------------------------------------------------- */

enum { RETURN_ROWS = 51, RETURN_WINDOWS = 5 }; /* the first as in sql/query/routing.sql */

/* Both statements give the same columns. */
static struct return_row row_of(const struct q_return_page_row *r)
{
    return (struct return_row){.id = r->id, .ticket_id = r->ticket_id, .no = r->ticket_no, .title = r->title,
                               .category_code = r->category_code, .area_code = r->area_code, .unit_code = r->unit_code,
                               .suggested_unit = r->suggested_unit, .ground = (enum return_ground)r->ground,
                               .state = (enum return_state)r->state, .n = r->n, .asked_at = r->asked_at,
                               .decided_at = r->decided_at, .due_at = r->due_at};
}

static struct q_return_page_row of_unit(const struct q_return_page_of_unit_row *r)
{
    return (struct q_return_page_row){.id = r->id, .ticket_id = r->ticket_id, .ticket_no = r->ticket_no, .title = r->title,
                                      .category_code = r->category_code, .area_code = r->area_code, .unit_code = r->unit_code,
                                      .suggested_unit = r->suggested_unit, .ground = r->ground, .state = r->state, .n = r->n,
                                      .asked_at = r->asked_at, .decided_at = r->decided_at, .due_at = r->due_at,
                                      .reported_unit = r->reported_unit};
}

static bool may_list(struct ctx *c, const struct actor *who, const struct q_return_page_row *r)
{
    const struct permission_ticket t = {.area_code = r->area_code, .category_code = r->category_code, .units = &r->unit_code,
                                        .n_units = 1, .against_unit = r->reported_unit};
    const enum permit p = permission_has(who, MAY_ARBITRATE) ? MAY_ARBITRATE : MAY_WORK;
    if (permission_ticket(c, who, p, &t) == ERR_OK)
        return true;
    fault_clear(c->fault);
    return false;
}

/* One window of what the statements give. */
static enum err read_returns(struct ctx *c, enum return_state state, struct str unit_code, uint64_t after,
                             const struct q_return_page_row **ret, size_t *ret_n)
{
    const struct q_return_page_of_unit_row *own = NULL;
    size_t n = 0;
    if (unit_code.n == 0) {
        struct q_return_page_in in = {.state = (int32_t)state, .after = after};
        return q_return_page(c->db, &in, ret, ret_n);
    }
    struct q_return_page_of_unit_in in = {.unit_code = unit_code, .state = (int32_t)state, .after = after};
    const enum err e = q_return_page_of_unit(c->db, &in, &own, &n);
    if (e != ERR_OK)
        return e;
    struct q_return_page_row *out = ARENA_ARRAY(c->a, struct q_return_page_row, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = of_unit(&own[i]);
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}

enum err routing_returns(struct ctx *c, const struct actor *who, enum return_state state, struct str unit_code, uint64_t after_id,
                         size_t limit, const struct return_row **ret, size_t *ret_n, uint64_t *ret_next, bool *ret_more)
{
    struct return_row *out = ARENA_ARRAY(c->a, struct return_row, limit + 1);
    size_t kept = 0;
    bool end = false, more = false;
    BUG_ON(limit == 0 || limit > LIMIT_LIST_ITEMS);
    for (int window = 0; window < RETURN_WINDOWS && !end && !more; window++) {
        const struct q_return_page_row *r = NULL;
        size_t n = 0;
        const enum err e = read_returns(c, state, unit_code, after_id, &r, &n);
        if (e != ERR_OK)
            return e;
        end = n < RETURN_ROWS;
        for (size_t i = 0; i < n && !more; i++) {
            const bool take = may_list(c, who, &r[i]);
            more = take && kept == limit; /* a full page, and one that follows it */
            if (more)
                break;
            if (take)
                out[kept++] = row_of(&r[i]);
            after_id = r[i].id;
        }
    }
    *ret = out;
    *ret_n = kept;
    *ret_next = after_id;
    *ret_more = more || !end;
    return ERR_OK;
}
