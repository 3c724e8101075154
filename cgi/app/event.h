/*
 * event.h - the append-only history of a ticket, as a chain that can be checked.
 *
 * hash = BLAKE2b-256 over a canonical encoding (version byte, then fields with their lengths): hash of the event before,
 * ticket id, seq, at, code, wording, public, from, to, actor, unit, params, commitment. Free words enter only as the
 * commitment BLAKE2b(nonce ‖ words): erasing words and nonce for a personal-data request leaves the chain verifiable
 * [decisions 8]. The first event commits in the same way to what the filer wrote, which is kept in ticket_text:
 * BLAKE2b(nonce ‖ title ‖ body ‖ address), each with its length before it. Erased are nonce and texts together: without the
 * nonce no text may be left. Checkpoints (app/checkpoint.h) anchor the heads outside the database.
 *
 * Events that state a time, and what must then stand in the rows: `due` of DISPATCHED and TRIAGE is the promise if none was
 * stated before; `due` of DISPATCHED, REDISPATCHED and REOPENED is that of the lead's assignment, which TRIAGE leaves
 * unstated, as are `due` of UNMERGED and LEVEL_RAISED and `new` of RESUMED; `new` of EXTENDED is both, in round 1, unless more was promised (REOPENED
 * begins the next). An act that moves a time has to say so there.
 */
#ifndef APP_EVENT_H
#define APP_EVENT_H

#include "app/ctx.h"
#include "app/words.h"

struct event { /* as read */
    uint64_t ticket_id;
    uint32_t seq;
    int64_t at;
    enum event_code code;
    int wording;            /* version of the public wording [decisions 9] */
    bool is_public;
    enum ticket_state from, to;
    enum actor_kind actor_kind;
    uint64_t actor_id;
    struct str unit_code;   /* empty = none */
    struct str params;      /* app/params.h */
    struct str words;       /* free words of a unit or the citizen; empty = none or erased */
    int words_lang;         /* enum app_lang; -1 = no words */
    int64_t withheld_until; /* what the citizen said was left out for this reader until then (app/officer_view.h); 0 = it is here */
};

enum { EVENT_WORDING = 1, EVENT_HASH_BYTES = 32, EVENT_NONCE_BYTES = 16 };

/* What the filer wrote. */
struct event_text {
    struct str title, body, address;
};

/* What the chain says about one ticket. */
struct event_verdict {
    bool ok;
    uint32_t n_events;
    uint32_t bad_seq;       /* first event that does not fit; n_events + 1 = the end is missing; 0 = ok */
    const char *why;        /* static: HASH, GAP, STATE, TIME, HEAD, COMMITMENT, EMPTY; TEXT: what the filer wrote is not
                             * what was committed to; PROMISE, DUE: the row has another time than the event bad_seq;
                             * TIMELINE, CARD: the copy that readers are shown differs */
    bool uncommitted;       /* filed before the first event committed to the text: of that, nothing can be said */
};
/* ERR_NOT_FOUND when there is no such ticket. */
enum err event_verify_ticket(struct ctx *c, uint64_t ticket_id, struct event_verdict *ret) MUST_CHECK;
/* All tickets, in pages; report is called for every ticket that is not ok. Also counts events without a ticket. A job:
 * it takes the connection's request over (no deadline), and gives it back with c->a and c->fault. */
struct event_verify_sum {
    uint64_t n_tickets, n_events, n_bad, n_orphans, n_uncommitted;
};
enum err event_verify_all(struct ctx *c, void (*report)(void *arg, uint64_t ticket_id, const struct event_verdict *v),
                          void *arg, struct event_verify_sum *ret) MUST_CHECK;

#endif
