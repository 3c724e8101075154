/* staff_ticket.h - one demand in the back office, its files, and the worklist. */
#ifndef PAGES_STAFF_TICKET_H
#define PAGES_STAFF_TICKET_H

#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

struct staff_work_query {
    struct str unit, role, state, due, category, area, cursor;
};
extern const struct form_spec staff_work_query;

enum err page_staff_ticket(struct request *rq, struct response *rs); /* GET /staff/t/{no} */
enum err page_staff_file(struct request *rq, struct response *rs);   /* GET /staff/t/{no}/file/{id} */
enum err page_staff_thumb(struct request *rq, struct response *rs);  /* GET /staff/t/{no}/thumb/{id} */
enum err page_staff_find(struct request *rq, struct response *rs);   /* GET /staff/t?no= */
enum err page_staff_work(struct request *rq, struct response *rs);   /* GET /staff/work */

#endif
