/* staff_calendar.h - the page of the calendar. */
#ifndef PAGES_STAFF_CALENDAR_H
#define PAGES_STAFF_CALENDAR_H

#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

struct staff_calendar_query {
    int64_t year;
};
extern const struct form_spec staff_calendar_query;
/* The year that was asked for, or this one. */
int staff_calendar_year(const struct request *rq, const struct staff_calendar_query *q);
enum err page_staff_calendar(struct request *rq, struct response *rs);

#endif
