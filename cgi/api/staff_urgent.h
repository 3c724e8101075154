/* staff_urgent.h - urgent modes over JSON: what is on, beginning, changing, ending one. */
#ifndef API_STAFF_URGENT_H
#define API_STAFF_URGENT_H

#include "web/request.h"
#include "web/response.h"

enum err api_staff_urgent(struct request *rq, struct response *rs);      /* GET  /api/v1/staff/urgent */
enum err api_staff_urgent_new(struct request *rq, struct response *rs);  /* POST /api/v1/staff/urgent */
enum err api_staff_urgent_mode(struct request *rq, struct response *rs); /* GET  /api/v1/staff/urgent/{id} */
enum err api_staff_urgent_edit(struct request *rq, struct response *rs); /* PUT  /api/v1/staff/urgent/{id} */
enum err api_staff_urgent_end(struct request *rq, struct response *rs);  /* POST /api/v1/staff/urgent/{id}/end */

#endif
