/*
 * desk.c - the clerk's acts on a demand that is not on its way yet: answer, divert, reclassify, confer [T 11, 12].
 *
 * Contract: desk.h. Merging and linking stand in desk_merge.c. Opinions of units are internal notes.
 */
#include "app/desk.h"

#include "app/desk_private.h"
#include "app/handling_private.h"
#include "app/outbox_write.h"
#include "app/ticket_input.h"

enum { WORDS_MIN_CHARS = 5 };

/* ---- answering at once -------------------------------------------------------------------------------------------------- */

enum err desk_judge_answer(struct ctx *c, struct str words, struct handling_reply *ret)
{
    *ret = (struct handling_reply){.outcome = OUTCOME_SOLVED};
    enum err e = words_judge(c, "words", words, WORDS_MIN_CHARS, LIMIT_REPLY_CHARS, &ret->words);
    return e == ERR_OK ? reply_template_judge(c, "words", TEMPLATE_ANSWER, STR_NONE, ret->words) : e;
}

enum err desk_answer(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str words,
                     struct ticket_done *ret)
{
    struct handling_reply x;
    enum err e = desk_judge_answer(c, words, &x);
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_REPLIED, .permit = MAY_DESK,
                            .plan = handling_plan_answer, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}

/* ---- the six classes ------------------------------------------------------------------------------------------------------ */

static enum err tie_same(struct act *a, struct str same, uint64_t *ret_id)
{
    const struct q_ticket_for_act_row *t = NULL;
    enum err e = desk_other(a, "same", same, &t);
    if (e == ERR_OK)
        *ret_id = t->id;
    return e == ERR_OK ? desk_tie(a, t->id) : e;
}

enum err desk_plan_divert(struct act *a, void *arg)
{
    const struct desk_diversion *x = arg;
    struct buf b;
    size_t n = 0;
    enum err e = ERR_OK;
    act_params(a, &b);
    params_put(&b, "class", word(WORDS_DIVERSION, (int)x->class));
    if (x->class == DIVERT_REPEAT) {
        struct q_ticket_set_same_in in = {.id = a->t.id};
        e = tie_same(a, x->same, &in.same_as);
        if (e == ERR_OK)
            e = q_ticket_set_same(a->c->db, &in, &n);
        struct str no = STR_NONE;
        if (e == ERR_OK && ticket_no_parse(a->c->a, x->same, &no))
            params_put(&b, "into", no);
    }
    if (e == ERR_OK && x->unit_code.n) { /* it sees the demand, and owes nothing */
        e = act_unit_judge(a, "unit_code", x->unit_code);
        if (e == ERR_OK)
            e = act_assign(a, ROLE_COPY, x->unit_code, 0, 0);
        if (e == ERR_OK)
            e = outbox_to_unit(a->c, a->t.id, a->t.no, x->unit_code, "diverted", a->now);
        params_put(&b, "copy", x->unit_code);
    }
    if (e != ERR_OK)
        return e;
    a->t.diversion = x->class;
    a->t.closed_at = a->now;
    return act_event(a, EVENT_DIVERTED, STR_NONE, &b, x->words);
}

enum err desk_judge_diversion(struct ctx *c, const struct desk_diversion *d, struct desk_diversion *ret)
{
    *ret = *d;
    enum err e = words_judge(c, "words", d->words, WORDS_MIN_CHARS, LIMIT_REPLY_CHARS, &ret->words);
    if (d->class <= DIVERT_NONE || d->class >= DIVERT_END)
        e = fault_field(c->fault, "class", "NOT_A_CHOICE");
    if (d->class == DIVERT_REPEAT && d->same.n == 0)
        e = fault_field(c->fault, "same", "REQUIRED");
    if (d->class != DIVERT_OUTSIDE && d->unit_code.n)
        e = fault_field(c->fault, "unit_code", "NOT_A_CHOICE");
    return e == ERR_OK ? reply_template_judge(c, "words", TEMPLATE_DIVERSION, STR_NONE, ret->words) : e;
}

enum err desk_divert(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                     const struct desk_diversion *d, struct ticket_done *ret)
{
    struct desk_diversion x;
    enum err e = desk_judge_diversion(c, d, &x);
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_DIVERTED, .permit = MAY_DESK,
                            .plan = desk_plan_divert, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}

/* ---- reclassifying ---------------------------------------------------------------------------------------------------------- */

struct reclassing {
    struct str category, area;
};

static enum err judge_codes(struct act *a, struct reclassing *x)
{
    const struct category *cat = refdata_category(a->c->ref, x->category);
    enum err e = ERR_OK;
    if (x->category.n && (!cat || cat->level != 3))
        e = fault_field(a->c->fault, "category_code", "NOT_A_CHOICE");
    if (x->area.n && (!refdata_area(a->c->ref, x->area) || dispatch_district(a->c->ref, x->area).n == 0))
        e = fault_field(a->c->fault, "area_code", "NOT_A_CHOICE");
    if (x->category.n == 0)
        x->category = a->t.category_code;
    if (x->area.n == 0)
        x->area = a->t.area_code;
    if (e == ERR_OK && str_eq(x->category, a->t.category_code) && str_eq(x->area, a->t.area_code))
        e = fault_field(a->c->fault, "category_code", "SAME");
    return e;
}

static enum err plan_reclassify(struct act *a, void *arg)
{
    struct reclassing x = *(const struct reclassing *)arg;
    struct buf b;
    size_t n = 0;
    enum err e = judge_codes(a, &x);
    if (e != ERR_OK)
        return e;
    act_params(a, &b);
    params_put(&b, "unit", a->t.lead_unit);
    params_put(&b, "category", x.category);
    params_put(&b, "area", x.area);
    params_put(&b, "old_category", a->t.category_code);
    params_put(&b, "old_area", a->t.area_code);
    a->t.category_code = x.category;
    a->t.area_code = x.area;
    a->t.district_code = dispatch_district(a->c->ref, x.area);
    struct q_ticket_set_area_in in = {.id = a->t.id, .area_code = x.area, .district_code = a->t.district_code};
    e = q_ticket_set_area(a->c->db, &in, &n);
    return e == ERR_OK ? act_event(a, EVENT_RECLASSIFIED, a->t.lead_unit, &b, STR_NONE) : e;
}

enum err desk_reclassify(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                         struct str category_code, struct str area_code, struct ticket_done *ret)
{
    struct reclassing x = {category_code, area_code};
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_RECLASSIFIED, .permit = MAY_TRIAGE,
                            .plan = plan_reclassify, .arg = &x};
    return act_run(c, who, &q, ret);
}

/* ---- conferring -------------------------------------------------------------------------------------------------------------- */

struct conferring {
    const struct str *units;
    size_t n_units;
    int64_t due;
    struct str words;
};

static enum err ask_units(struct act *a, const struct conferring *x, struct buf *with)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < x->n_units; i++) {
        e = act_unit_judge(a, "units", x->units[i]);
        for (size_t k = 0; e == ERR_OK && k < i; k++)
            if (str_eq(x->units[k], x->units[i]))
                e = fault_field(a->c->fault, "units", "NOT_A_CHOICE");
        if (e == ERR_OK)
            e = act_assign(a, ROLE_CONSULT, x->units[i], 0, x->due);
        if (e == ERR_OK)
            e = outbox_to_unit(a->c, a->t.id, a->t.no, x->units[i], "consulted", a->now);
        if (i > 0)
            buf_putc(with, ';');
        buf_put(with, x->units[i]);
    }
    return e;
}

static enum err plan_consult(struct act *a, void *arg)
{
    const struct conferring *x = arg;
    struct buf b, with;
    act_params(a, &b);
    act_params(a, &with);
    enum err e = act_due_judge(a, "due", x->due);
    if (e == ERR_OK)
        e = ask_units(a, x, &with);
    if (e != ERR_OK)
        return e;
    params_put(&b, "unit", a->t.lead_unit);
    params_put(&b, "with", buf_str(&with));
    params_put_i64(&b, "due", x->due);
    e = act_event(a, EVENT_CONSULTED, a->t.lead_unit, &b, STR_NONE);
    return e == ERR_OK ? act_note(a, EVENT_CONSULTED, a->t.lead_unit, x->words, false) : e;
}

enum err desk_consult(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                      const struct str *units, size_t n_units, int64_t due, struct str words, struct ticket_done *ret)
{
    struct conferring x = {.units = units, .n_units = n_units, .due = due};
    enum err e = words_judge(c, "words", words, 0, LIMIT_MESSAGE_CHARS, &x.words);
    if (n_units == 0 || n_units > DESK_CONSULT_MAX)
        e = fault_field(c->fault, "units", n_units ? "TOO_MANY" : "REQUIRED");
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_CONSULTED, .permit = MAY_DISPATCH,
                            .plan = plan_consult, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}

static enum err plan_opinion(struct act *a, void *arg)
{
    const struct str *words = arg;
    enum err e = handling_finish(a, ROLE_CONSULT, false);
    return e == ERR_OK ? act_note(a, EVENT_CONSULTED, a->who->unit_code, *words, false) : e;
}

enum err desk_opinion(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str words,
                      struct ticket_done *ret)
{
    struct str judged;
    enum err e = words_judge(c, "words", words, WORDS_MIN_CHARS, LIMIT_REPLY_CHARS, &judged);
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_NOTE, .permit = MAY_WORK,
                            .plan = plan_opinion, .arg = &judged};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}
