/* staff_desk.h - recording on behalf: a desk of the city, or another platform that takes demands, files them here. */
#ifndef API_STAFF_DESK_H
#define API_STAFF_DESK_H

#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

extern const struct form_spec api_staff_filing_form;
enum err api_staff_file(struct request *rq, struct response *rs); /* POST /api/v1/staff/tickets */

#endif
