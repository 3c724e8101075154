/*
 * desk_call.c - recording a call, with the answer or the diversion in the same transaction.
 *
 * Contract: desk_call.h. Words are judged before anything is written. Must not know how a demand is stored (ticket_file.c), nor
 * what an answer does (handling_reply.c).
 */
#include "app/desk_call.h"

#include "app/desk_private.h"
#include "app/handling_private.h"
#include "app/ticket_file.h"
#include "app/ticket_input.h"

/* Whoever records must be good for that place and class; answering and diverting is the hotline centre's. */
static enum err may_file(struct ctx *c, const struct actor *who, const struct desk_call *x)
{
    const struct ticket_filing *f = &x->filing;
    const bool ours = x->then == DESK_SEND || actor_is_hotline(who, c->ref);
    if (ours && permission_may(c, who, MAY_DESK, who->unit_code, f->area_code, f->category_code))
        return ERR_OK;
    return fault_set(c->fault, ERR_DENIED, "NOT_YOUR_UNIT", "outside the scope of this desk");
}

static enum err first_of(enum err a, enum err b)
{
    return a != ERR_OK ? a : b;
}

enum err desk_file(struct ctx *c, const struct actor *who, const struct desk_call *x, const struct idem *idem,
                   struct ticket_filed *ret)
{
    struct ticket_filing f = x->filing;
    struct filing_input unused;
    struct handling_reply answer;
    struct desk_diversion diversion;
    struct filing_then then = {0};
    struct str link = x->link;
    f.diversion = DIVERT_NONE;
    if (x->then < DESK_SEND || x->then > DESK_DIVERT)
        return fault_field(c->fault, "then", "NOT_A_CHOICE");
    enum err e = filing_judge(c, &f, &unused); /* together with the words, so that all faults are shown at once */
    if (x->then == DESK_ANSWER) {
        e = first_of(desk_judge_answer(c, x->words, &answer), e);
        then = (struct filing_then){.state = STATE_REPLIED, .plan = handling_plan_answer, .arg = &answer};
    } else if (x->then == DESK_DIVERT) {
        e = first_of(desk_judge_diversion(c, &x->diversion, &diversion), e);
        then = (struct filing_then){.state = STATE_DIVERTED, .plan = desk_plan_divert, .arg = &diversion};
    }
    if (link.n > 0) {
        then.tie = desk_plan_link;
        then.tie_arg = &link;
    }
    if (e == ERR_OK)
        e = may_file(c, who, x);
    if (e == ERR_OK)
        e = ticket_file_then(c, who, &f, then.plan || then.tie ? &then : NULL, idem, ret);
    for (size_t i = 0; e == ERR_INVALID && i < c->fault->n_fields; i++) /* as it is called here */
        if (strcmp(c->fault->fields[i].field, "other") == 0)
            c->fault->fields[i].field = "link";
    return e;
}
