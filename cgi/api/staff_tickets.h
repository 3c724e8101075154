/* staff_tickets.h - demands for other systems of the city: worklist, one demand, every act of staff_act.h (contracts, section 1). */
#ifndef API_STAFF_TICKETS_H
#define API_STAFF_TICKETS_H

#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

enum err api_staff_work(struct request *rq, struct response *rs);   /* GET  /api/v1/staff/tickets */
enum err api_staff_ticket(struct request *rq, struct response *rs); /* GET  /api/v1/staff/tickets/{no} */
enum err api_staff_act(struct request *rq, struct response *rs);    /* POST /api/v1/staff/tickets/{no}/<word> */

#endif
