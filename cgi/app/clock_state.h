/*
 * clock_state.h - every clock of a demand as one pure function of its events and the calendar [T 13, 15; decisions 21].
 *
 * The citizen's promise starts at filing and moves by extension alone. An assignment's clock starts at its dispatch; a
 * re-dispatch or a new round starts another. A pause stops the assignment's clock, never the promise: the work that was
 * left is left when it ends. An urgent mode may bring an assignment's due time nearer, never away.
 *
 * A due time that was told is a fact: it stands in the event and stays, whatever calendar is loaded later. So the state
 * is computed from what events say, and the rules are used where they speak of spans (pauses). `wrong` names the first
 * event that contradicts the rules.
 */
#ifndef APP_CLOCK_STATE_H
#define APP_CLOCK_STATE_H

#include "app/calendar.h"
#include "app/event.h"

enum { CLOCK_UNITS_MAX = 48 };

struct clock_unit { /* the clock of one assignment */
    struct str unit_code;
    enum role role;
    int round;
    bool ended;                 /* nothing is owed any more: done, ended or replaced */
    bool working_days;          /* counted in working days */
    int64_t started_at, due_at; /* due 0 = no clock: a copy */
    int64_t paused_at;          /* 0 = runs */
};
struct clock_state {
    int64_t created_at;
    int64_t promise_at;         /* to the citizen, of the first round; 0 = none */
    int64_t round_due_at;       /* of the round that runs: the promise, or the lead's due time after re-opening */
    int round, level;
    bool owed;                  /* a public reply is owed */
    bool extended;
    size_t n, lead;             /* lead: index of the unit that leads; n = none */
    struct clock_unit units[CLOCK_UNITS_MAX];
    uint32_t wrong_seq;         /* 0 = all fits */
    const char *wrong;          /* static: BEFORE_START, EXTENSION, PAUSE, RAISED, TOO_MANY */
};

struct clock_rules {
    const struct calendar *calendar;
    int triage_minutes;         /* of the hotline centre's own clock, which old events do not tell */
};

/* Fold: begin, then every event in order. Text lives in a. */
void clock_state_begin(struct clock_state *s);
void clock_state_apply(struct clock_state *s, const struct clock_rules *r, struct arena *a, const struct event *e);

/* Index of the open clock of this unit (lead before others); s->n = none. */
size_t clock_state_find(const struct clock_state *s, struct str unit_code);

/* ---- from the database -------------------------------------------------------------------------------------------------- */

/* The clocks of one ticket, from its events. For acts (inside their transaction) and pages. */
enum err clock_read(struct ctx *c, uint64_t ticket_id, struct clock_state *ret) MUST_CHECK;

/* What is stored (ticket.promise_at, assignment.due_at) against what the events give. */
struct clock_verdict {
    bool ok;
    const char *why; /* static: PROMISE, ROUND, LEAD, DUE, PAUSED, or clock_state.wrong */
    uint32_t seq;    /* of the event that contradicts, 0 = the stored state does */
};
enum err clock_verify_ticket(struct ctx *c, uint64_t ticket_id, struct clock_verdict *ret) MUST_CHECK;

#endif
