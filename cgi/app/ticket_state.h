/*
 * ticket_state.h - the third table that carries the design: state × event → state, who may, is it public, which clock.
 *
 * One row per allowed pair; what has no row is refused (STATE_FORBIDS). The matrix is tested whole.
 */
#ifndef APP_TICKET_STATE_H
#define APP_TICKET_STATE_H

#include "app/ctx.h"
#include "app/words.h"
#include "base/buf.h"

enum transition_may {
    MAY_ANYONE,    /* the act of filing */
    MAY_HOLDER,       /* the citizen who holds the ticket */
    MAY_LEAD,         /* officer of the lead unit, or the hotline centre */
    MAY_UNIT,         /* officer of any unit that has an assignment */
    MAY_HOTLINE,      /* hotline centre */
    MAY_WORKER,       /* clocks, or the hotline centre */
    MAY_SUPERVISOR,   /* clocks, the hotline centre, or an officer who may supervise */
    MAY_LEAD_OR_CLOCK, /* as MAY_LEAD, or clocks */
};
enum clock_effect {
    CLOCK_KEEP,
    CLOCK_START,        /* promise and assignment start [decisions 21] */
    CLOCK_RESTART,      /* the assignment starts anew, the promise stays */
    CLOCK_MOVE,         /* extension: promise and assignment move */
    CLOCK_STOP,         /* nothing is owed any more */
    CLOCK_HOLD,         /* the lead's clock stands, the promise goes on */
    CLOCK_GO,           /* it goes on where it stood */
};

struct transition {
    enum ticket_state from;
    enum event_code event;
    enum ticket_state to;
    enum transition_may may;
    bool is_public;     /* the event appears on the citizen's timeline */
    enum clock_effect clock;
};

/* NULL = not allowed. */
const struct transition *transition_find(enum ticket_state from, enum event_code event);
const struct transition *transition_table(size_t *ret_n);
/* The whole table as a picture (graphviz dot): one box a state with what may happen in it, one arrow a way out, with who may. */
void transition_dot(struct buf *b);
/* True while a reply is owed: the promise is shown and can be broken. */
bool ticket_state_running(enum ticket_state s);
bool ticket_state_final(enum ticket_state s); /* closed, diverted, withdrawn */

#endif
