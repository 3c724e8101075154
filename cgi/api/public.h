/* public.h - /api/v1/tickets/public: published demands, redacted. Served by `open`. */
#ifndef API_PUBLIC_H
#define API_PUBLIC_H
#include "web/request.h"
#include "web/response.h"
enum err api_public_list(struct request *rq, struct response *rs); /* GET /tickets/public */
enum err api_public_one(struct request *rq, struct response *rs);  /* GET /tickets/public/{id} */
#endif
