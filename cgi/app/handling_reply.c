/*
 * handling_reply.c - the answer to the citizen, the account to the hotline centre, notes with evidence [T 15 (3)].
 *
 * Contract: handling.h. The public words must say something of this case: a bare template is refused. Those whose demands
 * were merged into this one are told in the same transaction.
 */
#include "app/handling_private.h"

#include "app/attachment_private.h"
#include "app/desk_private.h"
#include "app/outbox_write.h"
#include "app/ticket_input.h"

static enum err add_evidence(struct act *a, const struct str *uploads, size_t n, bool internal, struct buf *params)
{
    if (n == 0)
        return ERR_OK;
    params_put_i64(params, internal ? "evidence" : "files", (int64_t)n);
    if (!internal)
        a->t.n_uploads += (int)n;
    return attachment_evidence(a->c, uploads, n, a->t.id, a->t.chain_seq + (uint32_t)a->n_events + 1, internal, a->now);
}

/* The citizen is asked when the time limit expires, not when the unit thinks it is done [T 23]. */
static enum err finish_lead(struct act *a)
{
    int64_t promise = a->t.round == 1 ? a->t.promise_at : a->t.lead_due_at;
    if (a->t.replied_at == 0)
        a->t.replied_at = a->now;
    a->t.lead_state = ASSIGN_DONE;
    struct act_lead_times times = {.next_at = act_ask_at(a, promise), .done_at = a->now};
    return act_lead_save(a, &times);
}

enum err handling_plan_answer(struct act *a, void *arg)
{
    const struct handling_reply *x = arg;
    struct buf b;
    enum err e = handling_go_on(a);
    if (e != ERR_OK)
        return e;
    handling_params(a, &b);
    params_put(&b, "outcome", word(WORDS_OUTCOME, (int)x->outcome));
    e = add_evidence(a, x->uploads, x->n_uploads, x->uploads_internal, &b);
    if (e == ERR_OK)
        e = act_event(a, EVENT_REPLIED, handling_unit(a), &b, x->words);
    if (e == ERR_OK)
        e = act_note(a, EVENT_REPLIED, handling_unit(a), x->account, true);
    if (e == ERR_OK)
        e = finish_lead(a);
    if (e == ERR_OK)
        e = desk_tell_merged(a);
    if (e != ERR_OK)
        return e;
    act_params(a, &b);
    params_put(&b, "no", a->t.no);
    return a->t.no_reply ? ERR_OK : act_tell_filer(a, OUTBOX_SMS_REPLY, &b);
}

/* Judged by the wordings that the form offers, those of the unit that is answered for, whoever writes. */
static enum err plan_reply(struct act *a, void *arg)
{
    const struct handling_reply *x = arg;
    enum err e = reply_template_judge(a->c, "words", TEMPLATE_REPLY, a->t.lead_unit, x->words);
    return e == ERR_OK ? handling_plan_answer(a, arg) : e;
}

enum err handling_reply(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                        const struct handling_reply *r, struct ticket_done *ret)
{
    struct handling_reply x = *r;
    enum err e = words_judge(c, "words", r->words, HANDLING_REASON_MIN_CHARS, LIMIT_REPLY_CHARS, &x.words);
    enum err account = words_judge(c, "account", r->account, 0, LIMIT_REPLY_CHARS, &x.account);
    if (r->outcome < OUTCOME_SOLVED || r->outcome >= OUTCOME_END)
        e = fault_field(c->fault, "outcome", "NOT_A_CHOICE");
    if (r->n_uploads > TICKET_UPLOADS_MAX)
        e = fault_field(c->fault, "uploads", "TOO_MANY");
    if (e == ERR_OK)
        e = account;
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_REPLIED, .permit = MAY_WORK,
                            .plan = plan_reply, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}

/* ---- notes -------------------------------------------------------------------------------------------------------------------- */

struct noting {
    struct str words;
    bool for_hotline;
    const struct str *uploads;
    size_t n_uploads;
};

static enum err plan_note(struct act *a, void *arg)
{
    const struct noting *x = arg;
    struct buf b;
    handling_params(a, &b);
    if (x->for_hotline)
        params_put(&b, "for", STR("hotline"));
    enum err e = add_evidence(a, x->uploads, x->n_uploads, true, &b);
    return e == ERR_OK ? act_event(a, EVENT_NOTE, handling_unit(a), &b, x->words) : e;
}

enum err handling_note(struct ctx *c, const struct actor *who, struct str ticket_no, struct str words, bool for_hotline,
                       const struct str *uploads, size_t n_uploads, struct ticket_done *ret)
{
    struct noting x = {.for_hotline = for_hotline, .uploads = uploads, .n_uploads = n_uploads};
    enum err e = words_judge(c, "words", words, 1, LIMIT_REPLY_CHARS, &x.words);
    if (n_uploads > TICKET_UPLOADS_MAX)
        e = fault_field(c->fault, "uploads", "TOO_MANY");
    struct act_request q = {.ticket_no = ticket_no, .event = EVENT_NOTE, .permit = MAY_TICKET, .plan = plan_note, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}
