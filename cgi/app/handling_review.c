/*
 * handling_review.c - the second look by another unit.
 *
 * Contract: handling.h. The finding is an event of its own; upheld, it comes with the answer to the citizen, otherwise the
 * matter is handled again.
 */
#include "app/handling_private.h"

#include "app/desk.h"
#include "app/routing_private.h"
#include "app/ticket_input.h"

struct reviewing {
    enum review review;
    struct str words, unit_code;
};

static enum err plan_review(struct act *a, void *arg)
{
    const struct reviewing *x = arg;
    struct buf b;
    if (a->t.round < 2)
        return fault_set(a->c->fault, ERR_CONFLICT, "NOT_A_REVIEW", "nobody asked for a second look");
    enum err e = ERR_OK;
    if (x->review == REVIEW_UPHELD) /* an answer to the citizen like any other */
        e = reply_template_judge(a->c, "words", TEMPLATE_REPLY, a->t.lead_unit, x->words);
    if (e != ERR_OK)
        return e;
    handling_params(a, &b);
    params_put(&b, "review", word(WORDS_REVIEW, (int)x->review));
    params_put_i64(&b, "round", a->t.round);
    e = act_event(a, EVENT_REVIEWED, handling_unit(a), &b, x->review == REVIEW_REDO ? x->words : STR_NONE);
    if (e != ERR_OK)
        return e;
    if (x->review == REVIEW_UPHELD) {
        struct handling_reply reply = {.outcome = OUTCOME_EXPLAINED, .words = x->words};
        return handling_plan_answer(a, &reply);
    }
    struct routing to = {.unit_code = x->unit_code};
    if (x->unit_code.n && str_eq(x->unit_code, a->t.lead_unit))
        return fault_field(a->c->fault, "unit_code", "NOT_A_CHOICE");
    return x->unit_code.n ? routing_send(a, &to) : ERR_OK;
}

enum err handling_review(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, enum review review,
                         struct str words, struct str unit_code, struct ticket_done *ret)
{
    struct reviewing x = {.review = review, .unit_code = unit_code};
    enum err e = words_judge(c, "words", words, HANDLING_REASON_MIN_CHARS, LIMIT_REPLY_CHARS, &x.words);
    if (review < REVIEW_UPHELD || review >= REVIEW_END)
        e = fault_field(c->fault, "review", "NOT_A_CHOICE");
    if (review == REVIEW_UPHELD && unit_code.n)
        e = fault_field(c->fault, "unit_code", "NOT_A_CHOICE");
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_REVIEWED, .permit = MAY_WORK,
                            .plan = plan_review, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}
