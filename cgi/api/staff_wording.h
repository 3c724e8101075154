/* staff_wording.h - the wording that replies start from, over JSON. */
#ifndef API_STAFF_WORDING_H
#define API_STAFF_WORDING_H

#include "web/request.h"
#include "web/response.h"

enum err api_staff_wordings(struct request *rq, struct response *rs);       /* GET  /api/v1/staff/wordings */
enum err api_staff_wording_new(struct request *rq, struct response *rs);    /* POST /api/v1/staff/wordings */
enum err api_staff_wording(struct request *rq, struct response *rs);        /* GET  /api/v1/staff/wordings/{id} */
enum err api_staff_wording_edit(struct request *rq, struct response *rs);   /* PUT  /api/v1/staff/wordings/{id} */
enum err api_staff_wording_retire(struct request *rq, struct response *rs); /* POST /api/v1/staff/wordings/{id}/retire */

#endif
