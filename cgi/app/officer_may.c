/*
 * officer_may.c - the buttons of a demand's page: the table of transitions, the unit's part in it, and the permits, put together.
 *
 * Contract: pure; what it offers the act may still refuse (another was faster), what it hides the act refuses for certain.
 */
#include "app/act.h"
#include "app/officer_view_private.h"

struct judge {
    const struct ctx *c;
    const struct actor *who;
    const struct officer_ticket *v;
    struct permission_ticket t;
    bool hotline, lead, any;
};

/* In the state as it is, by the part the actor's unit has, and by a permit whose scope holds the demand. */
static bool can(const struct judge *j, enum event_code event, enum permit permit)
{
    const struct transition *x = transition_find(j->v->state, event);
    if (!x || !(j->hotline || (x->may == MAY_UNIT ? j->any : j->lead)))
        return false;
    if (!j->hotline && (x->may == MAY_HOTLINE || x->may == MAY_WORKER))
        return false;
    const bool ok = permission_ticket(j->c, j->who, permit, &j->t) == ERR_OK;
    fault_clear(j->c->fault);
    return ok;
}

static bool open_role(const struct judge *j, enum role role)
{
    for (size_t i = 0; i < j->v->n_assignments; i++) {
        const struct officer_assignment *a = &j->v->assignments[i];
        if (a->round == j->v->round && a->role == role && a->state <= ASSIGN_SIGNED && str_eq(a->unit_code, j->who->unit_code))
            return true;
    }
    return false;
}

/* By a role that calls people; an auditor reads who looked. */
static bool calls(const struct judge *j)
{
    static const enum permit calling[] = {MAY_DESK, MAY_WORK, MAY_VISIT, MAY_SUPERVISE};
    bool ok = false;
    for (size_t i = 0; i < sizeof calling / sizeof calling[0] && !ok; i++)
        ok = permission_ticket(j->c, j->who, calling[i], &j->t) == ERR_OK;
    fault_clear(j->c->fault);
    return ok;
}

static bool happened(const struct judge *j, enum event_code event)
{
    for (size_t i = 0; i < j->v->n_events; i++)
        if (j->v->events[i].code == event)
            return true;
    return false;
}

static bool has_absorbed(const struct judge *j)
{
    for (size_t i = 0; i < j->v->n_links; i++)
        if (j->v->links[i].tie == TIE_ABSORBED)
            return true;
    return false;
}

/* By the permit alone: a district supervises without a part in the demand. */
static bool supervises(const struct judge *j)
{
    const bool ok = transition_find(j->v->state, EVENT_SUPERVISED) && permission_ticket(j->c, j->who, MAY_SUPERVISE, &j->t) == ERR_OK;
    fault_clear(j->c->fault);
    return ok;
}

static void desk_may(const struct judge *j, struct officer_may *m)
{
    const bool received = j->v->state == STATE_RECEIVED;
    m->answer = received && can(j, EVENT_REPLIED, MAY_DESK);
    m->divert = can(j, EVENT_DIVERTED, MAY_DESK);
    m->reclassify = can(j, EVENT_RECLASSIFIED, MAY_TRIAGE);
    m->dispatch = can(j, EVENT_DISPATCHED, MAY_DISPATCH);
    m->redispatch = can(j, EVENT_REDISPATCHED, MAY_DISPATCH);
    m->joint = can(j, EVENT_JOINT_DISPATCHED, MAY_DISPATCH);
    m->link = can(j, EVENT_LINKED, MAY_DESK);
    m->merge = !has_absorbed(j) && can(j, EVENT_MERGED, MAY_DISPATCH);
    m->unmerge = j->v->merged_into && can(j, EVENT_UNMERGED, MAY_ARBITRATE);
    m->consult = can(j, EVENT_CONSULTED, MAY_DISPATCH);
    m->close = can(j, EVENT_CLOSED, MAY_DISPATCH);
    m->publish = j->v->is_public && can(j, EVENT_PUBLISHED, MAY_DISPATCH);
    m->return_decide = j->v->returns.open && can(j, EVENT_RETURN_ACCEPTED, MAY_ARBITRATE);
}

static void lead_may(const struct judge *j, struct officer_may *m)
{
    m->sign = can(j, EVENT_SIGNED, MAY_WORK);
    m->contact = can(j, EVENT_CONTACTED, MAY_WORK);
    m->extend = can(j, EVENT_EXTENDED, MAY_WORK);
    m->extend_ask = m->extend && !j->v->extension_open;
    m->extend_decide = j->v->extension_open && can(j, EVENT_EXTENDED, MAY_EXTEND);
    m->cowork_ask = can(j, EVENT_COWORK_ASKED, MAY_WORK);
    m->reply = j->v->state != STATE_RECEIVED && can(j, EVENT_REPLIED, MAY_WORK);
    m->review = j->v->round > 1 && can(j, EVENT_REVIEWED, MAY_WORK);
    m->return_ask = routing_return_refused(j->c->set, &j->v->returns) == NULL && can(j, EVENT_RETURN_ASKED, MAY_WORK);
    m->whistle = str_starts(j->v->lead_unit, STR("ST")) && can(j, EVENT_WHISTLED, MAY_WHISTLE);
    m->escalate = can(j, EVENT_ESCALATED, MAY_WORK);
    m->relay = can(j, EVENT_RELAYED, MAY_WORK);
    m->relay_answer = happened(j, EVENT_RELAYED) && can(j, EVENT_RELAY_ANSWERED, MAY_WORK);
    m->helper = can(j, EVENT_HELPER_ASKED, MAY_WORK);
    m->pause = !j->v->paused && can(j, EVENT_PAUSED, MAY_WORK);
    m->resume = j->v->paused && can(j, EVENT_RESUMED, MAY_WORK);
}

static void others_may(const struct judge *j, struct officer_may *m)
{
    m->note = can(j, EVENT_NOTE, MAY_TICKET);
    m->opinion = open_role(j, ROLE_CONSULT) && can(j, EVENT_NOTE, MAY_WORK);
    m->cowork_report = (open_role(j, ROLE_CO) || open_role(j, ROLE_WHISTLE) || open_role(j, ROLE_JOINT)) &&
                       can(j, EVENT_COWORK_REPORTED, MAY_WORK);
    m->whistle_report = j->v->awaited && can(j, EVENT_WHISTLE_REPORTED, MAY_WHISTLE);
    m->whistle_deliver = j->v->called && can(j, EVENT_WHISTLE_DELIVERED, MAY_WHISTLE);
    m->supervise_answer = j->v->account_owed && can(j, EVENT_SUPERVISION_ANSWERED, MAY_WORK);
    m->report = m->note && ticket_state_running(j->v->state);
    m->supervise = !j->v->account_asked && supervises(j);
    m->escalation_answer = open_role(j, ROLE_ESCALATION) && can(j, EVENT_ESCALATION_ANSWERED, MAY_WORK);
}

struct officer_may officer_may_of(const struct ctx *c, const struct actor *who, const struct officer_ticket *v, struct str against)
{
    struct officer_may m = {0};
    struct str *units = ARENA_ARRAY(c->a, struct str, v->n_assignments + 1);
    struct judge j = {.c = c, .who = who, .v = v, .hotline = actor_is_hotline(who, c->ref),
                      .lead = v->lead_unit.n && str_eq(who->unit_code, v->lead_unit),
                      .t = {.area_code = v->area_code, .category_code = v->category_code, .units = units, .against_unit = against}};
    for (size_t i = 0; i < v->n_assignments; i++) {
        if (v->assignments[i].state != ASSIGN_RETURNED)
            units[j.t.n_units++] = v->assignments[i].unit_code;
        j.any |= v->assignments[i].round == v->round && str_eq(v->assignments[i].unit_code, who->unit_code);
    }
    desk_may(&j, &m);
    lead_may(&j, &m);
    others_may(&j, &m);
    m.reveal = v->has_contact && calls(&j) && (j.hotline || (j.any && !v->confidential && against.n == 0));
    return m;
}
