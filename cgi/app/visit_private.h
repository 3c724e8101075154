/* visit_private.h - what the two halves of call-backs share. For app alone. */
#ifndef APP_VISIT_PRIVATE_H
#define APP_VISIT_PRIVATE_H

#include "app/visit.h"

struct q_visit_of_row;
enum err visit_may(const struct ctx *c, const struct actor *who) MUST_CHECK;
/* The visit of the round that is asked about now. TICKET_NOT_FOUND. */
enum err visit_find(struct ctx *c, struct str ticket_no, const struct q_visit_of_row **ret, struct str *ret_no) MUST_CHECK;

#endif
