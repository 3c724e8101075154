/*
 * ticket_state.c - the table of transitions.
 *
 * Reading: in state `from`, `event` leads to `to`; who may cause it; whether the citizen sees it; what the clock does.
 */
#include "app/ticket_state.h"

#define R STATE_RECEIVED
#define D STATE_DISPATCHED
#define H STATE_HANDLING
#define P STATE_REPLIED
#define A STATE_RATING
#define C STATE_CLOSED
#define X STATE_DIVERTED
#define W STATE_WITHDRAWN

static const struct transition table[] = {
    /* Filing. */
    {STATE_NONE, EVENT_RECEIVED, R, MAY_ANYONE, true, CLOCK_START},
    {R, EVENT_DISPATCHED, D, MAY_HOTLINE, true, CLOCK_START},
    {R, EVENT_TRIAGE, R, MAY_HOTLINE, true, CLOCK_START},
    {R, EVENT_DIVERTED, X, MAY_HOTLINE, true, CLOCK_STOP},
    /* Handling [T 14, 15]. */
    {D, EVENT_SIGNED, H, MAY_LEAD, true, CLOCK_KEEP},
    {H, EVENT_CONTACTED, H, MAY_LEAD, true, CLOCK_KEEP},
    {H, EVENT_CONTACT_FAILED, H, MAY_LEAD, true, CLOCK_KEEP},
    {D, EVENT_CONTACTED, H, MAY_LEAD, true, CLOCK_KEEP},
    {D, EVENT_CONTACT_FAILED, H, MAY_LEAD, true, CLOCK_KEEP},
    {H, EVENT_EXTENDED, H, MAY_LEAD, true, CLOCK_MOVE},
    {H, EVENT_COWORK_ASKED, H, MAY_LEAD, true, CLOCK_KEEP},
    {H, EVENT_COWORK_REPORTED, H, MAY_UNIT, true, CLOCK_KEEP},
    {P, EVENT_COWORK_REPORTED, P, MAY_UNIT, true, CLOCK_KEEP},
    {H, EVENT_REPLIED, P, MAY_LEAD, true, CLOCK_STOP},
    {P, EVENT_REPLIED, P, MAY_LEAD, true, CLOCK_KEEP},
    {R, EVENT_REPLIED, P, MAY_HOTLINE, true, CLOCK_STOP}, /* answered at once [T 11, first paragraph] */
    {D, EVENT_REDISPATCHED, D, MAY_HOTLINE, true, CLOCK_RESTART},
    {H, EVENT_REDISPATCHED, D, MAY_HOTLINE, true, CLOCK_RESTART},
    {D, EVENT_DIVERTED, X, MAY_HOTLINE, true, CLOCK_STOP},
    {H, EVENT_DIVERTED, X, MAY_HOTLINE, true, CLOCK_STOP},
    {R, EVENT_MERGED, C, MAY_HOTLINE, true, CLOCK_STOP},
    {D, EVENT_MERGED, C, MAY_HOTLINE, true, CLOCK_STOP},
    {H, EVENT_MERGED, C, MAY_HOTLINE, true, CLOCK_STOP},
    /* Call-back and end [T 23]. */
    {P, EVENT_RATING_INVITED, A, MAY_WORKER, true, CLOCK_KEEP},
    {P, EVENT_RATED, C, MAY_HOLDER, true, CLOCK_KEEP},
    {A, EVENT_RATED, C, MAY_HOLDER, true, CLOCK_KEEP},
    {C, EVENT_RATED, C, MAY_HOLDER, true, CLOCK_KEEP}, /* the link outlives the closing */
    {P, EVENT_CLOSED, C, MAY_WORKER, true, CLOCK_KEEP},
    {A, EVENT_CLOSED, C, MAY_WORKER, true, CLOCK_KEEP},
    /* The citizen. */
    {R, EVENT_MESSAGE, R, MAY_HOLDER, true, CLOCK_KEEP},
    {D, EVENT_MESSAGE, D, MAY_HOLDER, true, CLOCK_KEEP},
    {H, EVENT_MESSAGE, H, MAY_HOLDER, true, CLOCK_KEEP},
    {P, EVENT_MESSAGE, P, MAY_HOLDER, true, CLOCK_KEEP},
    {A, EVENT_MESSAGE, A, MAY_HOLDER, true, CLOCK_KEEP},
    {R, EVENT_URGED, R, MAY_HOLDER, true, CLOCK_KEEP},
    {D, EVENT_URGED, D, MAY_HOLDER, true, CLOCK_KEEP},
    {H, EVENT_URGED, H, MAY_HOLDER, true, CLOCK_KEEP},
    {R, EVENT_WITHDRAWN, W, MAY_HOLDER, true, CLOCK_STOP},
    {D, EVENT_WITHDRAWN, W, MAY_HOLDER, true, CLOCK_STOP},
    {H, EVENT_WITHDRAWN, W, MAY_HOLDER, true, CLOCK_STOP},
    {P, EVENT_OBJECTED, P, MAY_HOLDER, true, CLOCK_KEEP},
    {A, EVENT_OBJECTED, A, MAY_HOLDER, true, CLOCK_KEEP},
    {C, EVENT_OBJECTED, C, MAY_HOLDER, true, CLOCK_KEEP},
    {P, EVENT_REOPENED, D, MAY_HOLDER, true, CLOCK_RESTART},
    {A, EVENT_REOPENED, D, MAY_HOLDER, true, CLOCK_RESTART},
    {C, EVENT_REOPENED, D, MAY_HOLDER, true, CLOCK_RESTART},
    /* Clocks. */
    {R, EVENT_WARNED, R, MAY_WORKER, false, CLOCK_KEEP},
    {D, EVENT_WARNED, D, MAY_WORKER, false, CLOCK_KEEP},
    {H, EVENT_WARNED, H, MAY_WORKER, false, CLOCK_KEEP},
    {R, EVENT_OVERDUE, R, MAY_WORKER, true, CLOCK_KEEP},
    {D, EVENT_OVERDUE, D, MAY_WORKER, true, CLOCK_KEEP},
    {H, EVENT_OVERDUE, H, MAY_WORKER, true, CLOCK_KEEP},
    /* In any state after filing. */
    {R, EVENT_NOTE, R, MAY_UNIT, false, CLOCK_KEEP},
    {D, EVENT_NOTE, D, MAY_UNIT, false, CLOCK_KEEP},
    {H, EVENT_NOTE, H, MAY_UNIT, false, CLOCK_KEEP},
    {P, EVENT_NOTE, P, MAY_UNIT, false, CLOCK_KEEP},
    {A, EVENT_NOTE, A, MAY_UNIT, false, CLOCK_KEEP},
    {C, EVENT_NOTE, C, MAY_UNIT, false, CLOCK_KEEP},
    {X, EVENT_NOTE, X, MAY_UNIT, false, CLOCK_KEEP},
    {W, EVENT_NOTE, W, MAY_UNIT, false, CLOCK_KEEP},
    {P, EVENT_PUBLISHED, P, MAY_HOTLINE, true, CLOCK_KEEP},
    {A, EVENT_PUBLISHED, A, MAY_HOTLINE, true, CLOCK_KEEP},
    {C, EVENT_PUBLISHED, C, MAY_HOTLINE, true, CLOCK_KEEP},
    {D, EVENT_PUBLISHED, D, MAY_HOTLINE, true, CLOCK_KEEP},
    {H, EVENT_PUBLISHED, H, MAY_HOTLINE, true, CLOCK_KEEP},
    {R, EVENT_ERASED, R, MAY_HOLDER, true, CLOCK_KEEP},
    {D, EVENT_ERASED, D, MAY_HOLDER, true, CLOCK_KEEP},
    {H, EVENT_ERASED, H, MAY_HOLDER, true, CLOCK_KEEP},
    {P, EVENT_ERASED, P, MAY_HOLDER, true, CLOCK_KEEP},
    {A, EVENT_ERASED, A, MAY_HOLDER, true, CLOCK_KEEP},
    {C, EVENT_ERASED, C, MAY_HOLDER, true, CLOCK_KEEP},
    {X, EVENT_ERASED, X, MAY_HOLDER, true, CLOCK_KEEP},
    {W, EVENT_ERASED, W, MAY_HOLDER, true, CLOCK_KEEP},
};

const struct transition *transition_table(size_t *ret_n)
{
    *ret_n = sizeof table / sizeof table[0];
    return table;
}

const struct transition *transition_find(enum ticket_state from, enum event_code event)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].from == from && table[i].event == event)
            return &table[i];
    return NULL;
}

bool ticket_state_running(enum ticket_state s)
{
    return s == STATE_RECEIVED || s == STATE_DISPATCHED || s == STATE_HANDLING;
}

bool ticket_state_final(enum ticket_state s)
{
    return s == STATE_CLOSED || s == STATE_DIVERTED || s == STATE_WITHDRAWN;
}
