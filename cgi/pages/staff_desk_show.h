/* staff_desk_show.h - the one page of a call. For cgi/pages/staff_desk*.c alone. */
#ifndef PAGES_STAFF_DESK_SHOW_H
#define PAGES_STAFF_DESK_SHOW_H

#include "pages/staff_desk_typed.h"

/* The page with everything that was typed, and the faults of rq->fault. looked: something was asked for, so that answers and
 * guesses are shown. */
enum err desk_show(struct request *rq, struct response *rs, const struct staff_desk_form *in, bool looked) MUST_CHECK;

#endif
