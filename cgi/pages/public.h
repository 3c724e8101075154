/* public.h - published demands, redacted: list and one. Program `open`; its JSON stands in api/public.h. */
#ifndef PAGES_PUBLIC_H
#define PAGES_PUBLIC_H

#include "web/request.h"
#include "web/response.h"

enum err page_public_list(struct request *rq, struct response *rs);   /* GET /public */
enum err page_public_ticket(struct request *rq, struct response *rs); /* GET /public/{id} */

#endif
