/*
 * clocks.c - the ladder, call-back, closing, expiry: what only time does.
 *
 * Contract: every step is an act of its own, judged on the ticket as it is then; a second worker that does the same finds
 * it done. A row whose act is refused is put off, never tried in a circle.
 */
#include "app/clocks.h"

#include "app/act.h"
#include "app/ids.h"
#include "app/ladder.h"
#include "app/outbox_write.h"
#include "app/supervise_private.h"
#include "base/clock.h"
#include "base/log.h"
#include "gen/sql.h"

enum { BATCH_MAX = 100 };

#define PUT_OFF_US US_PER_HOUR

static const struct actor worker = {.kind = ACTOR_SYSTEM};

/* ---- the ladder --------------------------------------------------------------------------------------------------------------- */

struct due {
    const struct q_assignment_due_row *row;
    enum ladder_step step;
};

static enum err save_assignment(struct act *a, const struct q_assignment_due_row *r, int state, int warned, int64_t next_at)
{
    size_t n = 0;
    struct q_assignment_advance_in in = {.id = r->id, .version = r->version, .state = state, .due_at = r->due_at,
                                         .has_due_at = r->has_due_at, .next_at = next_at, .has_next_at = next_at != 0,
                                         .warned = warned};
    enum err e = q_assignment_advance(a->c->db, &in, &n);
    if (e == ERR_OK && n != 1)
        return fault_set(a->c->fault, ERR_CONFLICT, "VERSION", "the assignment has moved");
    return e;
}

/* The step after this one, or never. */
static int64_t after_step(const struct ctx *c, const struct q_assignment_due_row *r, int step)
{
    int64_t at = 0;
    ladder_next(c->set, (enum role)r->role, step, r->started_at, r->due_at, &at);
    return at;
}

static enum err say_step(struct act *a, const struct due *d)
{
    const struct q_assignment_due_row *r = d->row;
    struct buf b;
    act_params(a, &b);
    params_put(&b, "unit", r->unit_code);
    params_put_i64(&b, "due", r->due_at);
    if (d->step == LADDER_REMIND)
        params_put_i64(&b, "step", d->step);
    enum err e = act_event(a, ladder_event(d->step), r->unit_code, &b, STR_NONE);
    if (e == ERR_OK && d->step == LADDER_OVERDUE && r->role != ROLE_LEAD)
        a->events[a->n_events - 1].is_public = false; /* the citizen is promised one answer, the lead's */
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, r->unit_code, word(WORDS_EVENT, (int)ladder_event(d->step)).p, a->now) : e;
}

static enum err plan_step(struct act *a, void *arg)
{
    const struct due *d = arg;
    const struct supervising x = {.unit = d->row->unit_code, .ground = SUPERVISE_FOR_LATE,
                                  .level = (enum supervise_level)(d->step - LADDER_UNIT + SUPERVISE_UNIT),
                                  .due_at = a->now + a->c->set->supervise_answer_hours * US_PER_HOUR};
    enum err e = d->step >= LADDER_UNIT ? supervise_within(a, &x) : say_step(a, d);
    return e == ERR_OK ? save_assignment(a, d->row, d->row->state, (int)d->step, after_step(a->c, d->row, (int)d->step)) : e;
}

/* ---- call-back [T 23] ------------------------------------------------------------------------------------------------------------ */

static enum err invite(struct act *a)
{
    size_t n = 0;
    struct q_rating_invite_in in = {.ticket_id = a->t.id, .round = a->t.round, .at = a->now,
                                    .expires_at = a->now + a->c->set->rating_link_days * US_PER_DAY,
                                    .is_demo = a->t.is_demo};
    struct q_visit_invite_in visit = {.ticket_id = a->t.id, .round = a->t.round, .kind = (int32_t)a->t.kind,
                                      .unit_code = a->t.lead_unit, .district_code = a->t.district_code,
                                      .lane = a->t.level == 1 ? 0 : 1, .due_at = a->now,
                                      .call_at = a->now + a->c->set->visit_call_hours * US_PER_HOUR, .is_demo = a->t.is_demo};
    enum err e = q_rating_invite(a->c->db, &in, &n);
    if (e == ERR_OK)
        e = q_visit_invite(a->c->db, &visit, &n);
    return e == ERR_OK ? act_send_rating_link(a) : e;
}

/* A reply was given and the promise has expired: the citizen is asked; who wished no reply is not, and the ticket closes. */
static enum err plan_call_back(struct act *a, void *arg)
{
    const struct due *d = arg;
    struct buf b;
    act_params(a, &b);
    enum err e = save_assignment(a, d->row, ASSIGN_ENDED, d->row->warned, 0);
    if (e != ERR_OK)
        return e;
    if (a->t.no_reply) {
        params_put(&b, "why", STR("no_reply"));
        a->t.closed_at = a->now;
        e = act_event(a, EVENT_CLOSED, STR_NONE, &b, STR_NONE);
    } else {
        e = act_event(a, EVENT_RATING_INVITED, STR_NONE, NULL, STR_NONE);
        if (e == ERR_OK)
            e = invite(a);
    }
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, d->row->unit_code, "call_back", a->now) : e;
}

/* ---- one row ---------------------------------------------------------------------------------------------------------------------- */

/* Looked at again at next_at; 0: nothing is to be said about it any more. */
static enum err settle(struct ctx *c, const struct q_assignment_due_row *r, int64_t next_at)
{
    size_t n = 0;
    struct q_assignment_advance_in in = {.id = r->id, .version = r->version, .state = r->state, .due_at = r->due_at,
                                         .has_due_at = r->has_due_at, .next_at = next_at, .has_next_at = next_at != 0,
                                         .warned = r->warned};
    return q_assignment_advance(c->db, &in, &n);
}

/* The step was taken before, by an earlier due time of this round: only noted. */
static enum err settle_step(struct ctx *c, const struct q_assignment_due_row *r, enum ladder_step step)
{
    struct q_assignment_due_row later = *r;
    later.warned = (int32_t)step;
    return settle(c, &later, after_step(c, r, (int)step));
}

static bool choose(const struct ctx *c, const struct q_assignment_due_row *r, struct act_request *q, struct due *d)
{
    const enum ticket_state s = (enum ticket_state)r->ticket_state;
    const bool leads = r->has_ticket_lead && r->ticket_lead == r->id;
    const bool owed = r->state == ASSIGN_SENT || r->state == ASSIGN_SIGNED;
    int64_t at = 0;
    if (leads && s == STATE_REPLIED) {
        q->event = EVENT_RATING_INVITED;
        q->plan = plan_call_back;
        return true;
    }
    d->step = ladder_next(c->set, (enum role)r->role, r->warned, r->started_at, r->due_at, &at);
    if (!owed || !ticket_state_running(s) || d->step == LADDER_END)
        return false;
    q->event = ladder_event(d->step);
    q->plan = plan_step;
    return true;
}

static enum err serve(struct ctx *c, const struct q_assignment_due_row *r, int64_t now)
{
    struct due d = {.row = r};
    struct ticket_done done;
    struct act_request q = {.ticket_no = r->ticket_no, .arg = &d};
    if (!choose(c, r, &q, &d))
        return settle(c, r, 0);
    enum err e = act_run(c, &worker, &q, &done);
    if (e == ERR_OK || e == ERR_UNAVAILABLE)
        return e;
    /* It moves while we look: the next round sees what it is then. Refused for another reason, it is put off, because the
     * rows behind it must not wait for it. */
    const char *why = c->fault->reason ? c->fault->reason : "";
    const bool moved = strcmp(why, "VERSION") == 0;
    if (db_was_duplicate(c->db) && d.step >= LADDER_UNIT) { /* supervised on this level in this round before */
        fault_clear(c->fault);
        return settle_step(c, r, d.step);
    }
    if (!moved)
        log_line(LOG_ERROR, "clock_put_off", "assignment", id_text(c->a, r->id).p, "event", word(WORDS_EVENT, (int)q.event).p,
                 "why", why, NULL);
    fault_clear(c->fault);
    return moved ? ERR_OK : settle(c, r, now + PUT_OFF_US);
}

enum err clocks_assignments(struct ctx *c, size_t batch, size_t *ret_n)
{
    const struct q_assignment_due_row *r = NULL;
    size_t n = 0;
    int64_t now = 0;
    enum err e = db_now(c->db, &now);
    struct q_assignment_due_in in = {.now = now};
    if (e == ERR_OK)
        e = q_assignment_due(c->db, &in, &r, &n);
    if (batch > BATCH_MAX)
        batch = BATCH_MAX;
    if (n > batch)
        n = batch;
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        e = serve(c, &r[i], now);
    if (e == ERR_OK)
        *ret_n = n;
    return e;
}

/* ---- closing -------------------------------------------------------------------------------------------------------------------------- */

/* Lapsed: out of the list of the open; the link still records until it expires. */
static enum err lapse(struct ctx *c, const struct q_rating_unanswered_row *r, int64_t now)
{
    size_t n = 0;
    struct q_rating_lapse_in in = {.ticket_id = r->ticket_id, .round = r->round};
    struct q_visit_lapse_in visit = {.ticket_id = r->ticket_id, .round = r->round, .at = now};
    const enum err e = q_rating_lapse(c->db, &in, &n);
    return e == ERR_OK ? q_visit_lapse(c->db, &visit, &n) : e;
}

static enum err plan_unanswered(struct act *a, void *arg)
{
    struct buf b;
    act_params(a, &b);
    params_put(&b, "why", STR("unanswered"));
    a->t.closed_at = a->now;
    enum err e = act_event(a, EVENT_CLOSED, STR_NONE, &b, STR_NONE);
    if (e == ERR_OK)
        e = lapse(a->c, arg, a->now);
    return e == ERR_OK ? outbox_to_unit(a->c, a->t.id, a->t.no, a->t.lead_unit, "closed", a->now) : e;
}

struct lapsing {
    struct ctx *c;
    const struct q_rating_unanswered_row *r;
    int64_t now;
};

/* Of a demand that has gone on without the answer: no act, but its card tells of the invitation. */
static enum err lapse_tx(struct db *db, void *arg)
{
    const struct lapsing *x = arg;
    struct q_ticket_card_write_in card = {.ticket_id = x->r->ticket_id};
    const enum err e = lapse(x->c, x->r, x->now);
    return e == ERR_OK ? q_ticket_card_write(db, &card) : e;
}

static enum err close_one(struct ctx *c, const struct q_rating_unanswered_row *r, int64_t now)
{
    struct ticket_done done;
    struct q_rating_unanswered_row asked = *r;
    struct lapsing x = {c, &asked, now};
    if (r->round != r->ticket_round || (r->state != STATE_RATING && r->state != STATE_REPLIED))
        return tx_run(c->db, lapse_tx, &x);
    struct act_request q = {.ticket_no = r->ticket_no, .event = EVENT_CLOSED, .plan = plan_unanswered, .arg = &asked};
    const enum err e = act_run(c, &worker, &q, &done);
    if (e == ERR_CONFLICT)
        fault_clear(c->fault);
    return e == ERR_CONFLICT ? ERR_OK : e;
}

enum err clocks_close_unrated(struct ctx *c, size_t batch, size_t *ret_n)
{
    const struct q_rating_unanswered_row *r = NULL;
    size_t n = 0;
    int64_t now = 0;
    enum err e = db_now(c->db, &now);
    struct q_rating_unanswered_in in = {.before = now - c->set->close_after_days * US_PER_DAY};
    if (e == ERR_OK)
        e = q_rating_unanswered(c->db, &in, &r, &n);
    if (batch > BATCH_MAX)
        batch = BATCH_MAX;
    if (n > batch)
        n = batch;
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        e = close_one(c, &r[i], now);
    if (e == ERR_OK)
        *ret_n = n;
    return e;
}

/* ---- expiry ---------------------------------------------------------------------------------------------------------------------------- */

enum err clocks_expire(struct ctx *c, enum expiring what, size_t *ret_n)
{
    int64_t now = 0;
    enum err e = db_now(c->db, &now);
    if (e != ERR_OK)
        return e;
    switch (what) {
    case EXPIRE_SESSION:
        return q_session_expire(c->db, &(struct q_session_expire_in){.before = now}, ret_n);
    case EXPIRE_SESSION_TICKET:
        return q_session_ticket_expire(c->db, &(struct q_session_ticket_expire_in){.before = now}, ret_n);
    case EXPIRE_DRAFT:
        return q_draft_expire(c->db, &(struct q_draft_expire_in){.before = now}, ret_n);
    case EXPIRE_SMS_CODE: /* kept for the day in which they count against the rate */
        return q_sms_code_expire(c->db, &(struct q_sms_code_expire_in){.before = now - US_PER_DAY}, ret_n);
    case EXPIRE_REFRESH:
        return q_refresh_expire(c->db, &(struct q_refresh_expire_in){.before = now}, ret_n);
    case EXPIRE_LINK:
        return q_signed_link_expire(c->db, &(struct q_signed_link_expire_in){.before = now}, ret_n);
    case EXPIRE_IDEMPOTENCY:
        return q_idempotency_expire(
            c->db, &(struct q_idempotency_expire_in){.before = now - c->set->idempotency_hours * US_PER_HOUR}, ret_n);
    case EXPIRE_OUTBOX:
        return q_outbox_expire(c->db, &(struct q_outbox_expire_in){.before = now - 30 * US_PER_DAY}, ret_n);
    case EXPIRE_MISS:
        return q_kb_miss_expire(c->db, &(struct q_kb_miss_expire_in){.before = now - 183 * US_PER_DAY}, ret_n);
    case EXPIRE_STAFF_SESSION:
        return q_staff_session_expire(c->db, &(struct q_staff_session_expire_in){.before = now}, ret_n);
    case EXPIRE_STAFF_TRY: /* as long as a network stays known to a login */
        return q_staff_try_expire(c->db, &(struct q_staff_try_expire_in){.before = now - 30 * US_PER_DAY}, ret_n);
    case EXPIRE_KINDS:
        break;
    }
    BUG_ON(true); /* no such kind of expiry */
    return ERR_INTERNAL;
}
