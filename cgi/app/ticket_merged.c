/*
 * ticket_merged.c - the main demand as those see it whose own was merged into it.
 *
 * Contract: ticket.h. Only public events of units and of the city, and of their words only replies, extensions and pauses:
 * nothing that the other filer did or wrote.
 */
#include "app/ticket.h"

#include "gen/sql.h"

enum err ticket_merged_main(struct ctx *c, uint64_t main_id, struct ticket_main *ret)
{
    const struct q_ticket_main_row *t = NULL;
    const struct q_ticket_main_events_row *r = NULL;
    size_t n = 0;
    struct q_ticket_main_in in = {.id = main_id};
    enum err e = q_ticket_main(c->db, &in, &t);
    if (e == ERR_NOT_FOUND)
        return fault_set(c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "no main demand");
    if (e != ERR_OK)
        return e;
    *ret = (struct ticket_main){.no = t->ticket_no, .holder = t->lead_unit, .state = (enum ticket_state)t->state,
                                .promise_at = t->round > 1 && t->has_lead_due_at ? t->lead_due_at : t->promise_at,
                                .replied_at = t->replied_at, .closed_at = t->closed_at};
    struct q_ticket_main_events_in events = {.ticket_id = main_id, .upto = t->chain_seq};
    e = q_ticket_main_events(c->db, &events, &r, &n);
    if (e != ERR_OK)
        return e;
    struct ticket_event *out = ARENA_ARRAY(c->a, struct ticket_event, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct ticket_event){.seq = (uint32_t)r[i].seq, .at = r[i].at, .code = (enum event_code)r[i].code,
                                       .wording = r[i].wording, .unit_code = r[i].unit_code, .params = r[i].params,
                                       .words = r[i].words, .words_lang = r[i].has_words_lang ? r[i].words_lang : -1};
    ret->events = out;
    ret->n_events = n;
    return ERR_OK;
}
