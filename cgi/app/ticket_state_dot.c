/*
 * ticket_state_dot.c - the table of transitions as a picture, in the language of graphviz.
 *
 * Contract: the same table gives the same text; cgi/states.dot is that text, and a test holds the two together. What happens
 * within a state stands in its box, what leaves it on an arrow. After an event: whose act it is, then - when the citizen
 * does not see it, and what the clock does.
 */
#include "app/ticket_state.h"

static const char *const mays[] = {
    [MAY_ANYONE] = "anyone", [MAY_HOLDER] = "citizen", [MAY_LEAD] = "lead", [MAY_UNIT] = "unit", [MAY_HOTLINE] = "hotline",
    [MAY_WORKER] = "clock", [MAY_SUPERVISOR] = "supervisor", [MAY_LEAD_OR_CLOCK] = "lead, clock"};
static const char *const clocks[] = {[CLOCK_KEEP] = "", [CLOCK_START] = " start", [CLOCK_RESTART] = " restart", [CLOCK_MOVE] = " move",
                                     [CLOCK_STOP] = " stop", [CLOCK_HOLD] = " hold", [CLOCK_GO] = " go"};

static struct str name_of(enum ticket_state s)
{
    return s == STATE_NONE ? STR("filing") : word(WORDS_STATUS, (int)s);
}

static void put_event(struct buf *b, const struct transition *t)
{
    const struct str e = word(WORDS_EVENT, (int)t->event);
    buf_printf(b, STR_FMT " [%s]%s%s\\l", STR_ARG(e), mays[t->may], t->is_public ? "" : " -", clocks[t->clock]);
}

/* All events that lead from one state to another. */
static void put_between(struct buf *b, enum ticket_state from, enum ticket_state to)
{
    size_t n = 0;
    const struct transition *t = transition_table(&n);
    for (size_t i = 0; i < n; i++)
        if (t[i].from == from && t[i].to == to)
            put_event(b, &t[i]);
}

static bool leads(enum ticket_state from, enum ticket_state to)
{
    size_t n = 0;
    const struct transition *t = transition_table(&n);
    for (size_t i = 0; i < n; i++)
        if (t[i].from == from && t[i].to == to)
            return true;
    return false;
}

void transition_dot(struct buf *b)
{
    buf_put(b, STR("digraph states {\n    rankdir=LR;\n    node [shape=box, fontsize=10];\n    edge [fontsize=9];\n"));
    for (int s = STATE_NONE; s < STATE_END; s++) {
        const struct str name = name_of((enum ticket_state)s);
        buf_printf(b, "    " STR_FMT " [label=\"" STR_FMT "\\n", STR_ARG(name), STR_ARG(name));
        put_between(b, (enum ticket_state)s, (enum ticket_state)s);
        buf_put(b, STR("\"];\n"));
    }
    for (int from = STATE_NONE; from < STATE_END; from++)
        for (int to = STATE_NONE; to < STATE_END; to++)
            if (from != to && leads((enum ticket_state)from, (enum ticket_state)to)) {
                buf_printf(b, "    " STR_FMT " -> " STR_FMT " [label=\"", STR_ARG(name_of((enum ticket_state)from)),
                           STR_ARG(name_of((enum ticket_state)to)));
                put_between(b, (enum ticket_state)from, (enum ticket_state)to);
                buf_put(b, STR("\"];\n"));
            }
    buf_put(b, STR("}\n"));
}
