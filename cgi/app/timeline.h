/*
 * timeline.h - the public events of a demand in one value, as ticket_text.timeline keeps them.
 *
 * One event is `seq at code wording lang unit params words` in decimal, separated by blanks and ended by a line break,
 * then three texts without anything between: unit code, params, words. The last three numbers are their lengths in bytes;
 * lang is enum app_lang, or -1 without words. Events that are not public are left out, so numbers may be missing.
 *
 * It is a copy: table event is what counts. `sudactl verify` compares the two.
 */
#ifndef APP_TIMELINE_H
#define APP_TIMELINE_H

#include "app/event.h"
#include "app/ticket.h"
#include "base/buf.h"

enum { TIMELINE_BYTES = 60000 }; /* a longer one is not kept: the statement that adds to it says so too */

void timeline_put(struct buf *b, const struct ticket_event *e);
/* Takes the first event off *rest; its texts point into it. False: nothing there, or not of this form (*rest stays). */
bool timeline_take(struct str *rest, struct ticket_event *ret);
/* All of it; false when it is not of this form. */
bool timeline_read(struct arena *a, struct str text, const struct ticket_event **ret, size_t *ret_n);

#endif
