/* staff_calendar.h - the page of the calendar. */
#ifndef PAGES_STAFF_CALENDAR_H
#define PAGES_STAFF_CALENDAR_H

#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

extern const struct form_spec staff_calendar_query;
enum err page_staff_calendar(struct request *rq, struct response *rs);

#endif
