/* public.h - published demands, redacted: list and one. Program `open`; its JSON stands in api/public.h. */
#ifndef PAGES_PUBLIC_H
#define PAGES_PUBLIC_H

#include "app/ticket.h"
#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

struct public_query {
    struct str area, category, cursor;
};
extern const struct form_spec public_query;

enum err page_public_list(struct request *rq, struct response *rs);   /* GET /public */
enum err page_public_ticket(struct request *rq, struct response *rs); /* GET /public/{id} */

/* One page of the list, and the cursor of the next; shared with the API. */
struct public_page {
    const struct public_ticket *rows;
    size_t n_rows;
    struct str next_cursor; /* empty = last page */
};
enum err public_page_load(struct request *rq, const struct public_query *in, struct public_page *ret) MUST_CHECK;

#endif
