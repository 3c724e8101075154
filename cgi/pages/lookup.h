/*
 * lookup.h - number and query code, throttled (decision 3): by ticket and network together, and by network through the
 * rate bucket of the route; never by ticket alone, so that nobody can lock a citizen out.
 */
#ifndef PAGES_LOOKUP_H
#define PAGES_LOOKUP_H

#include "app/ticket.h"
#include "web/request.h"

/* ERR_NOT_FOUND LOOKUP_FAILED, the same for a malformed, absent or wrong pair; ERR_LIMITED LOOKUP_LIMITED. */
enum err lookup_ticket(struct request *rq, struct str ticket_no, struct str query_code, struct ticket_found *ret)
    MUST_CHECK;

#endif
