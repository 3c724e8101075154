/*
 * clock_verify.c - clocks read from a demand's events, and held against what is stored.
 *
 * Contract: clock_state.h. Reads; writes nothing. Must not know how due times come about: that is the fold.
 */
#include "app/clock_state.h"
#include "app/refdata.h"
#include "gen/sql.h"

enum { PAGE_ROWS = 200 };

enum err clock_read(struct ctx *c, uint64_t ticket_id, struct clock_state *ret)
{
    const struct clock_rules rules = {.calendar = refdata_calendar(c->ref), .triage_minutes = c->set->triage_minutes};
    struct q_clock_events_in in = {.ticket_id = ticket_id};
    size_t n = PAGE_ROWS;
    enum err e = ERR_OK;
    clock_state_begin(ret);
    while (e == ERR_OK && n == PAGE_ROWS) {
        const struct q_clock_events_row *r = NULL;
        e = q_clock_events(c->db, &in, &r, &n);
        for (size_t i = 0; e == ERR_OK && i < n; i++) {
            const struct event ev = {.ticket_id = ticket_id, .seq = (uint32_t)r[i].seq, .at = r[i].at,
                                     .code = (enum event_code)r[i].code, .unit_code = r[i].unit_code, .params = r[i].params};
            clock_state_apply(ret, &rules, c->a, &ev);
            in.after = r[i].seq;
        }
    }
    return e;
}

/* The clock that the events give for a stored assignment; NULL = the events know none. */
static const struct clock_unit *match(const struct clock_state *s, const struct q_clock_assignments_row *r)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct clock_unit *u = &s->units[i];
        if (u->round == r->round && u->role == (enum role)r->role && u->started_at == r->started_at &&
            str_eq(u->unit_code, r->unit_code))
            return u;
    }
    return NULL;
}

static const char *judge_units(const struct clock_state *s, const struct q_clock_stored_row *t,
                               const struct q_clock_assignments_row *r, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct clock_unit *u = match(s, &r[i]);
        const bool leads = t->has_lead_id && t->lead_id == r[i].id;
        if (!u && leads)
            return "LEAD";
        if (u && r[i].state <= ASSIGN_SIGNED && (u->due_at != r[i].due_at || r[i].due_at < 0))
            return "DUE";
    }
    return NULL;
}

enum err clock_verify_ticket(struct ctx *c, uint64_t ticket_id, struct clock_verdict *ret)
{
    const struct q_clock_stored_row *t = NULL;
    const struct q_clock_assignments_row *r = NULL;
    struct clock_state *s = ARENA_NEW(c->a, struct clock_state);
    size_t n = 0;
    struct q_clock_stored_in in = {.ticket_id = ticket_id};
    struct q_clock_assignments_in ain = {.ticket_id = ticket_id};
    enum err e = q_clock_stored(c->db, &in, &t);
    if (e == ERR_NOT_FOUND)
        return fault_set(c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "no ticket to verify");
    if (e == ERR_OK)
        e = q_clock_assignments(c->db, &ain, &r, &n);
    if (e == ERR_OK)
        e = clock_read(c, ticket_id, s);
    if (e != ERR_OK)
        return e;
    const char *why = s->wrong                              ? s->wrong
                      : s->promise_at != t->promise_at ? "PROMISE"
                      : s->round != t->round           ? "ROUND"
                                                       : judge_units(s, t, r, n);
    *ret = (struct clock_verdict){.ok = why == NULL, .why = why, .seq = s->wrong_seq};
    return ERR_OK;
}
