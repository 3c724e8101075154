/* staff_nav.h - the navigation of the back office by route names; a page shows up when its route does. */
#ifndef PAGES_STAFF_NAV_H
#define PAGES_STAFF_NAV_H

#include "pages/staff_frame.h"
#include "web/route.h"

struct staff_nav_item {
    const char *route;   /* name of the row in cgi/prog/staff.c */
    enum msg label, about; /* about: one sentence on the home page */
};
extern const struct staff_nav_item staff_nav[];
extern const size_t staff_n_nav;
/* The row, when it exists and the permit is the reader's; else NULL. */
const struct route *staff_nav_route(const struct request *rq, const struct staff_nav_item *item);

#endif
