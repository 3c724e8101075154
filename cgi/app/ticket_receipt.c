/*
 * ticket_receipt.c - what the filing answered, told again.
 *
 * Contract: reads one row and keeps nothing; the query code is made anew from the ticket and its epoch [decisions 3]. Who
 * may ask was proven by the caller. Must not know sessions.
 */
#include "app/ids.h"
#include "app/ticket.h"
#include "gen/sql.h"

enum err ticket_receipt(struct ctx *c, uint64_t ticket_id, struct ticket_filed *ret)
{
    const struct q_ticket_filed_row *r;
    struct q_ticket_filed_in in = {.id = ticket_id};
    enum err e = q_ticket_filed(c->db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return fault_set(c->fault, e, "TICKET_NOT_FOUND", NULL);
    if (e != ERR_OK)
        return e;
    *ret = (struct ticket_filed){.id = ticket_id, .no = r->ticket_no, .state = (enum ticket_state)r->state,
                                 .query_code = query_code_make(c->keys, c->a, ticket_id, (uint8_t)r->code_epoch),
                                 .created_at = r->created_at, .promise_at = r->promise_at, .holder = r->unit_code,
                                 .phone_verified = r->has_phone_verified_at, .replayed = true};
    return ERR_OK;
}
