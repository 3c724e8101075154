/* staff_visits.h - call-backs over JSON: the phone list, taking a call, what was said. */
#ifndef API_STAFF_VISITS_H
#define API_STAFF_VISITS_H

#include "web/request.h"
#include "web/response.h"

enum err api_staff_visits(struct request *rq, struct response *rs);        /* GET  /api/v1/staff/visits */
enum err api_staff_visit(struct request *rq, struct response *rs);         /* GET  /api/v1/staff/visits/{no} */
enum err api_staff_visit_claim(struct request *rq, struct response *rs);   /* POST ... /claim */
enum err api_staff_visit_release(struct request *rq, struct response *rs); /* POST ... /release */
enum err api_staff_visit_reveal(struct request *rq, struct response *rs);  /* POST ... /reveal */
enum err api_staff_visit_attempt(struct request *rq, struct response *rs); /* POST ... /attempt */
enum err api_staff_visit_answers(struct request *rq, struct response *rs); /* POST ... /answers */

#endif
