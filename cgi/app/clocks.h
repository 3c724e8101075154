/*
 * clocks.h - what time does to tickets; called by the worker, in small batches, safe to run twice and beside itself.
 *
 * assignment.next_at says when a row must be looked at: at the next step of the ladder (app/ladder.h: warned, reminded, overdue
 * is said honestly to citizen and unit, then supervised), or, when a reply was given, to ask the citizen [T 23].
 */
#ifndef APP_CLOCKS_H
#define APP_CLOCKS_H

#include "app/ctx.h"

/* Each does at most `batch` things and says how many; call again while it is full. */
enum err clocks_assignments(struct ctx *c, size_t batch, size_t *ret_n) MUST_CHECK; /* warning, overdue, invitation */
enum err clocks_close_unrated(struct ctx *c, size_t batch, size_t *ret_n) MUST_CHECK;

/* Rows whose time is over: sessions of citizens and staff, session tickets, drafts, SMS codes, refresh tokens, links, idempotency keys. */
enum expiring { EXPIRE_SESSION, EXPIRE_SESSION_TICKET, EXPIRE_DRAFT, EXPIRE_SMS_CODE, EXPIRE_REFRESH, EXPIRE_LINK,
                EXPIRE_IDEMPOTENCY, EXPIRE_OUTBOX /* sent a month ago */,
                EXPIRE_MISS /* a search that nobody repeated for half a year */, EXPIRE_STAFF_SESSION,
                EXPIRE_STAFF_TRY, EXPIRE_KINDS };
enum err clocks_expire(struct ctx *c, enum expiring what, size_t *ret_n) MUST_CHECK; /* one small statement */

#endif
