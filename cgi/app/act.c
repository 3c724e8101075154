/*
 * act.c - the frame of every act on a ticket: read, judge, plan, compare-and-set, chain, mark.
 *
 * Contract: nothing of an act stays when any part of it fails. What plans are made with is act_plan.c. Must not know what the
 * acts are for.
 */
#include "app/act.h"

#include "app/account.h"
#include "app/permission.h"
#include "gen/sql.h"

struct run {
    struct ctx *c;
    const struct actor *who;
    const struct act_request *q;
    struct ticket_done done;
    bool overtaken; /* of the last run */
    bool keyed;     /* refused, but its key is there by now */
};

/* ---- reading and judging ---------------------------------------------------------------------------------------------- */

static bool is_held(const struct actor *who, const struct q_ticket_for_act_row *r, int64_t now)
{
    if (who->kind != ACTOR_CITIZEN)
        return false;
    if (who->account_id && r->has_account_id && r->account_id == who->account_id && r->has_account_epoch &&
        (who->account_epoch == 0 || who->account_epoch == (uint32_t)r->account_epoch))
        return true;
    if (who->ticket_id && who->ticket_id == r->id && who->ticket_epoch == (uint32_t)r->token_epoch)
        return true;
    return who->session_id && r->has_held_until && r->held_until > now;
}

static void take_row(struct act_ticket *t, const struct q_ticket_for_act_row *r)
{
    *t = (struct act_ticket){
        .id = r->id, .account_id = r->account_id, .merged_into = r->merged_into, .lead_id = r->lead_id,
        .no = r->ticket_no, .public_id = r->public_id, .category_code = r->category_code, .area_code = r->area_code,
        .district_code = r->district_code, .lead_unit = r->lead_unit, .state = (enum ticket_state)r->state,
        .diversion = (enum diversion)r->diversion, .kind = (enum kind)r->kind, .version = (uint32_t)r->version,
        .token_epoch = (uint32_t)r->token_epoch, .round = r->round, .level = r->response_level, .lang = r->lang,
        .urge_count = r->urge_count, .n_uploads = r->n_uploads, .n_units = r->n_units, .promise_at = r->promise_at,
        .urged_at = r->urged_at, .objected_at = r->objected_at, .created_at = r->created_at, .replied_at = r->replied_at,
        .closed_at = r->closed_at, .is_public = r->is_public, .confidential = r->confidential,
        .no_reply = r->no_reply, .is_demo = r->is_demo, .chain_seq = (uint32_t)r->chain_seq,
        .lead_state = (enum assignment_state)r->lead_state, .lead_version = (uint32_t)r->lead_version,
        .lead_started_at = r->lead_started_at, .lead_due_at = r->lead_due_at, .lead_warned = r->lead_warned,
        .lead_paused_at = r->lead_paused_at, .lead_pause_reason = (enum pause_reason)r->lead_pause_reason,
        .reported_unit = r->reported_unit, .same_as = r->same_as};
    BUG_ON(r->chain_head.n != EVENT_HASH_BYTES);
    memcpy(t->chain_head, r->chain_head.p, EVENT_HASH_BYTES);
}

static enum err not_found(struct ctx *c, const struct actor *who)
{
    return account_absent(c, who, "TICKET_NOT_FOUND", "absent or not the actor's");
}

enum err act_scope_units(struct ctx *c, uint64_t ticket_id, struct permission_ticket *ret)
{
    const struct q_assignment_all_row *r = NULL;
    size_t n = 0;
    struct q_assignment_all_in in = {.ticket_id = ticket_id};
    enum err e = q_assignment_all(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct str *units = ARENA_ARRAY(c->a, struct str, n + 1);
    ret->n_units = 0;
    for (size_t i = 0; i < n; i++)
        if (r[i].state != ASSIGN_RETURNED)
            units[ret->n_units++] = r[i].unit_code;
    ret->units = units;
    return ERR_OK;
}

/* Staff with rights: within the scope of the permit, and not of the unit that was reported. */
enum err act_scope(struct ctx *c, const struct actor *who, enum permit permit, const struct act_ticket *ticket)
{
    struct permission_ticket t = {.area_code = ticket->area_code, .category_code = ticket->category_code, .against_unit = ticket->reported_unit};
    if (!actor_is_staff(who) || (who->kind == ACTOR_STAFF && who->rights == NULL))
        return ERR_OK;
    if (!permission_has(who, permit ? permit : MAY_TICKET))
        return fault_set(c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "no such permit");
    const enum err e = act_scope_units(c, ticket->id, &t);
    return e == ERR_OK ? permission_ticket(c, who, permit ? permit : MAY_TICKET, &t) : e;
}

static enum err read_ticket(struct act *a, const struct act_request *q)
{
    struct ctx *c = a->c;
    const struct q_ticket_for_act_row *r = NULL;
    struct q_ticket_for_act_in in = {.account = a->who->account_id, .family = a->who->account_family,
                                     .session = a->who->session_id};
    if (!ticket_no_parse(c->a, q->ticket_no, &in.ticket_no))
        return not_found(c, a->who);
    enum err e = q_ticket_for_act(c->db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return not_found(c, a->who);
    if (e != ERR_OK)
        return e;
    take_row(&a->t, r);
    /* The clock is read after the ticket: whatever was done to it before is older, whatever is done from now on makes this
     * act run again. Read before, two acts at once could be chained in the wrong order of their times. */
    e = db_now(c->db, &a->now);
    if (e != ERR_OK)
        return e;
    a->t.held = is_held(a->who, r, a->now);
    if (a->who->kind == ACTOR_CITIZEN && !a->t.held)
        return not_found(c, a->who);
    return act_scope(c, a->who, q->permit, &a->t);
}

bool actor_is_hotline(const struct actor *who, const struct refdata *r)
{
    if (!actor_is_staff(who))
        return false;
    const struct unit *centre = refdata_hotline_centre(r);
    return who->unit_code.n == 0 || (centre && str_eq(centre->code, who->unit_code));
}

static enum err is_assigned(struct act *a)
{
    const struct q_assignment_of_ticket_row *r = NULL;
    size_t n = 0;
    struct q_assignment_of_ticket_in in = {.ticket_id = a->t.id, .round = a->t.round};
    enum err e = q_assignment_of_ticket(a->c->db, &in, &r, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        if (r[i].state != ASSIGN_RETURNED && str_eq(r[i].unit_code, a->who->unit_code))
            return ERR_OK;
    return e == ERR_OK ? fault_set(a->c->fault, ERR_DENIED, "NOT_YOUR_UNIT", "no assignment of this unit") : e;
}

static enum err may_act(struct act *a, enum transition_may may)
{
    bool hotline = actor_is_hotline(a->who, a->c->ref);
    bool ok = false;
    switch (may) {
    case MAY_ANYONE:
        ok = true;
        break;
    case MAY_HOLDER:
        ok = a->t.held;
        break;
    case MAY_LEAD:
        ok = hotline || (actor_is_staff(a->who) && str_eq(a->who->unit_code, a->t.lead_unit));
        break;
    case MAY_UNIT:
        if (actor_is_staff(a->who) && !hotline)
            return is_assigned(a);
        ok = hotline;
        break;
    case MAY_HOTLINE:
        ok = hotline;
        break;
    case MAY_WORKER:
        ok = a->who->kind == ACTOR_SYSTEM || hotline;
        break;
    case MAY_SUPERVISOR: /* the scope was asked when the ticket was read */
        ok = a->who->kind == ACTOR_SYSTEM || hotline || permission_has(a->who, MAY_SUPERVISE);
        break;
    case MAY_LEAD_OR_CLOCK:
        ok = a->who->kind == ACTOR_SYSTEM || hotline ||
             (actor_is_staff(a->who) && str_eq(a->who->unit_code, a->t.lead_unit));
        break;
    }
    return ok ? ERR_OK : fault_set(a->c->fault, ERR_DENIED, "NOT_YOUR_UNIT", "the table of transitions forbids this actor");
}

enum err act_forbidden(struct ctx *c, enum ticket_state from, enum event_code code)
{
    struct str s = word(WORDS_STATUS, (int)from), e = word(WORDS_EVENT, (int)code);
    return fault_set(c->fault, ERR_CONFLICT, "STATE_FORBIDS", STR_FMT " in state " STR_FMT, STR_ARG(e), STR_ARG(s));
}

static enum err judge(struct act *a, const struct act_request *q)
{
    const struct transition *x = transition_find(a->t.state, q->event);
    if (q->version && q->version != a->t.version)
        return fault_set(a->c->fault, ERR_CONFLICT, "VERSION", "the ticket has moved since it was read");
    if (!x && q->otherwise)
        x = transition_find(a->t.state, q->otherwise);
    if (!x)
        return act_forbidden(a->c, a->t.state, q->event);
    if (a->t.chain_seq >= LIMIT_TIMELINE_EVENTS - ACT_EVENTS_MAX && a->who->kind == ACTOR_CITIZEN)
        return fault_set(a->c->fault, ERR_CONFLICT, "TIMELINE_FULL", "the history of this ticket is full");
    return may_act(a, x->may);
}

/* ---- writing ---------------------------------------------------------------------------------------------------------------- */

static enum err write_ticket(struct act *a, uint32_t version, const struct act_chain *chain)
{
    const struct act_ticket *t = &a->t;
    size_t n = 0;
    struct q_ticket_advance_in in = {
        .id = t->id, .version = (int32_t)version, .state = (int32_t)t->state, .diversion = (int32_t)t->diversion,
        .round = t->round, .category_code = t->category_code, .response_level = t->level, .promise_at = t->promise_at,
        .has_promise_at = t->promise_at != 0, .token_epoch = (int32_t)t->token_epoch, .urge_count = t->urge_count,
        .urged_at = t->urged_at, .has_urged_at = t->urged_at != 0, .objected_at = t->objected_at,
        .has_objected_at = t->objected_at != 0, .merged_into = t->merged_into, .has_merged_into = t->merged_into != 0,
        .chain_seq = (int32_t)chain->seq, .chain_head = {(const char *)chain->head, EVENT_HASH_BYTES},
        .replied_at = t->replied_at, .has_replied_at = t->replied_at != 0, .closed_at = t->closed_at,
        .has_closed_at = t->closed_at != 0, .n_uploads = t->n_uploads, .n_units = t->n_units, .lead_id = t->lead_id,
        .has_lead_id = t->lead_id != 0, .account_id = t->account_id, .has_account_id = t->account_id != 0};
    enum err e = q_ticket_advance(a->c->db, &in, &n);
    if (e != ERR_OK || n == 1)
        return e;
    a->overtaken = true;
    return fault_set(a->c->fault, ERR_CONFLICT, "VERSION", "another act was faster");
}

static enum err write_key(struct act *a, const struct idem *i, uint32_t seq)
{
    enum err e = idem_keep(a->c, i, a->t.id, seq, a->now);
    if (e != ERR_OK && db_was_duplicate(a->c->db))
        a->overtaken = true; /* the same request, sent twice: run again, and answer with what the other wrote */
    return e;
}

/* Whoever ends a demand: nobody owes anything for it from then on. */
static enum err end_with_it(struct act *a)
{
    const bool ends = a->n_events > 0 && ticket_state_final(a->t.state) && !ticket_state_final(a->events[0].from);
    return ends ? act_end_assignments(a) : ERR_OK;
}

/* Events, ticket, card. What plan wrote of assignments stands before. */
static enum err write_move(struct act *a)
{
    struct act_chain chain = {.ticket_id = a->t.id, .seq = a->t.chain_seq};
    memcpy(chain.head, a->t.chain_head, EVENT_HASH_BYTES);
    enum err e = end_with_it(a);
    /* Two acts at once meet at the primary key of the next event: the later one waits, and then finds it taken. */
    if (e == ERR_OK)
        e = event_append(a->c, a->who, &chain, a->now, a->events, a->n_events);
    if (e != ERR_OK && db_was_duplicate(a->c->db))
        a->overtaken = true;
    if (e == ERR_OK)
        e = write_ticket(a, a->t.version, &chain);
    struct q_ticket_card_write_in card = {.ticket_id = a->t.id};
    return e == ERR_OK ? q_ticket_card_write(a->c->db, &card) : e;
}

static enum err write_all(struct act *a, struct run *r)
{
    const uint32_t seq = a->t.chain_seq + 1;
    enum err e = write_move(a);
    if (e == ERR_OK)
        e = write_key(a, r->q->idem, seq);
    if (e == ERR_OK)
        r->done = (struct ticket_done){.ticket_id = a->t.id, .no = a->t.no, .event_seq = seq, .at = a->now,
                                       .state = a->t.state, .last = a->n_events > 0 ? a->events[a->n_events - 1].code : 0};
    return e;
}

enum err act_beside(struct act *a, uint64_t ticket_id, enum err (*plan)(struct act *other, void *arg), void *arg)
{
    const struct q_ticket_no_of_row *no = NULL;
    const struct q_ticket_for_act_row *r = NULL;
    struct act b = {.c = a->c, .who = a->who, .now = a->now, .permit = a->permit};
    BUG_ON(ticket_id == a->t.id);
    struct q_ticket_no_of_in by_id = {.id = ticket_id};
    enum err e = q_ticket_no_of(a->c->db, &by_id, &no);
    if (e == ERR_OK) {
        struct q_ticket_for_act_in in = {.ticket_no = no->ticket_no};
        e = q_ticket_for_act(a->c->db, &in, &r);
    }
    if (e == ERR_NOT_FOUND)
        return fault_set(a->c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "the other ticket is gone");
    if (e != ERR_OK)
        return e;
    take_row(&b.t, r);
    e = plan(&b, arg);
    if (e == ERR_OK && b.n_events > 0)
        e = write_move(&b);
    if (b.overtaken)
        a->overtaken = true;
    return e;
}

/* ---- running ---------------------------------------------------------------------------------------------------------------- */

/* ERR_NOT_FOUND = no such key yet. */
static enum err replay(struct run *r)
{
    struct ctx *c = r->c;
    const struct q_idempotency_event_row *ev = NULL;
    uint64_t id = 0, seq = 0;
    enum err e = idem_find(c, r->q->idem, &id, &seq);
    if (e != ERR_OK)
        return e;
    struct q_idempotency_event_in in = {.ticket_id = id, .seq = (int32_t)seq};
    e = q_idempotency_event(c->db, &in, &ev);
    if (e == ERR_OK)
        r->done = (struct ticket_done){.ticket_id = id, .no = ev->ticket_no, .event_seq = (uint32_t)seq, .at = ev->at,
                                       .state = (enum ticket_state)ev->to_state, .last = (enum event_code)ev->code, .replayed = true};
    return e == ERR_NOT_FOUND ? fault_set(c->fault, ERR_INTERNAL, "INTERNAL", "a key without its event") : e;
}

/* The same request, sent several times at once: one of the others may have committed after its key was looked for and
 * before the ticket was read, so that we refuse what we ourselves asked for. The key, looked for once more, decides; what
 * plan has written by now is rolled back first, therefore the act is run again. */
static enum err refused(struct run *r, enum err e)
{
    struct fault *f = r->c->fault;
    if (!r->q->idem || e == ERR_UNAVAILABLE || e == ERR_INTERNAL)
        return e;
    const struct fault why = *f;
    fault_clear(f);
    const enum err again = replay(r);
    r->keyed = again == ERR_OK;
    if (again != ERR_OK && again != ERR_NOT_FOUND)
        return again;
    *f = why;
    return e;
}

static enum err act_once(struct db *db, void *arg)
{
    struct run *r = arg;
    struct act a = {.c = r->c, .who = r->who, .permit = r->q->permit};
    r->overtaken = r->keyed = false;
    enum err e = ERR_OK;
    (void)db; /* the act's own context holds the same connection */
    if (r->q->idem) {
        e = replay(r);
        if (e == ERR_OK)
            return ERR_OK;
        if (e == ERR_NOT_FOUND)
            e = ERR_OK;
    }
    if (e == ERR_OK)
        e = read_ticket(&a, r->q);
    if (e == ERR_OK)
        e = judge(&a, r->q);
    if (e == ERR_OK)
        e = r->q->plan(&a, r->q->arg);
    if (e != ERR_OK && !a.overtaken)
        return refused(r, e);
    if (e == ERR_OK)
        e = write_all(&a, r);
    r->overtaken = a.overtaken;
    return e;
}

enum err act_run(struct ctx *c, const struct actor *who, const struct act_request *q, struct ticket_done *ret)
{
    struct run r = {.c = c, .who = who, .q = q};
    struct act_request copy = *q;
    if (copy.idem == NULL)
        copy.idem = c->once;
    c->once = NULL; /* what follows in the same request is another act */
    if (copy.idem && copy.idem->key.n == 0)
        copy.idem = NULL;
    r.q = &copy;
    enum err e = ERR_OK;
    for (int i = 0; i < ACT_RERUNS; i++) {
        e = tx_run(c->db, act_once, &r);
        if (e == ERR_OK || !(r.overtaken || r.keyed))
            break;
        if (copy.version && !copy.idem) /* the officer looked at something that is gone; a key is looked for first */
            break;
        fault_clear(c->fault);
    }
    if (e == ERR_OK)
        *ret = r.done;
    else if ((r.overtaken || r.keyed) && c->fault->err == ERR_OK)
        e = fault_set(c->fault, ERR_CONFLICT, "VERSION", "too many acts at once on one ticket");
    return e;
}
