/* tickets.h - /api/v1/tickets: file, list, look up, track, act (contracts, section 1). */
#ifndef API_TICKETS_H
#define API_TICKETS_H

#include "web/request.h"
#include "web/response.h"

enum err api_ticket_file(struct request *rq, struct response *rs);     /* POST /tickets */
enum err api_ticket_list(struct request *rq, struct response *rs);     /* GET /tickets */
enum err api_ticket_lookup(struct request *rq, struct response *rs);   /* POST /tickets/lookup */
enum err api_ticket_track(struct request *rq, struct response *rs);    /* GET /tickets/{no} */
enum err api_ticket_message(struct request *rq, struct response *rs);  /* POST /tickets/{no}/messages */
enum err api_ticket_urge(struct request *rq, struct response *rs);     /* POST /tickets/{no}/urge */
enum err api_ticket_withdraw(struct request *rq, struct response *rs); /* POST /tickets/{no}/withdraw */
enum err api_ticket_object(struct request *rq, struct response *rs);   /* POST /tickets/{no}/object */
enum err api_ticket_rating(struct request *rq, struct response *rs);   /* POST /tickets/{no}/rating */
enum err api_ticket_follow(struct request *rq, struct response *rs);   /* POST /tickets/{no}/follow */
enum err api_ticket_content(struct request *rq, struct response *rs);  /* GET /tickets/{no}/files/{id} */

#endif
