/* staff_work.h - what the pages of work and the API share: one page of the worklist, an event in words. */
#ifndef PAGES_STAFF_WORK_H
#define PAGES_STAFF_WORK_H

#include "app/officer_view.h"
#include "pages/say.h"
#include "pages/staff_ticket.h"

struct staff_work_page {
    const struct officer_item *items;
    size_t n_items;
    struct str query;       /* the filter as a query string, without the cursor */
    struct str next_cursor; /* empty = the end */
    bool unfinished;        /* the search stopped at its bound before the page was full: next_cursor goes on with it */
};
extern const char *const staff_work_roles[], *const staff_work_states[], *const staff_work_dues[]; /* NULL-terminated */
/* The query of an address with this filter, what is empty left out; a cursor is bound to it. */
struct str staff_work_query_text(struct arena *a, const struct staff_work_query *q);
/* CURSOR_INVALID for a cursor of another filter. */
enum err staff_work_read(struct request *rq, const struct actor *who, const struct staff_work_query *q, size_t limit,
                         struct staff_work_page *ret) MUST_CHECK;

/* An event of a demand as the staff sees it, internal ones too, in the words of the timeline. */
void staff_work_event(const struct say *s, const struct officer_ticket *t, const struct event *e, struct view_event *ret);

/* In place of what a citizen said about a unit, for that unit, until then. */
struct str staff_work_withheld(const struct say *s, int64_t until);

#endif
