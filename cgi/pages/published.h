/* published.h - one page of the list of published demands, for the page and the API. */
#ifndef PAGES_PUBLISHED_H
#define PAGES_PUBLISHED_H

#include "app/ticket.h"
#include "web/form.h"
#include "web/request.h"

struct published_query {
    struct str area, category, cursor;
};
extern const struct form_spec published_query;

struct published_page {
    const struct public_ticket *rows;
    size_t n_rows;
    struct str next_cursor; /* empty = last page */
};
enum err published_load(struct request *rq, const struct published_query *in, struct published_page *ret) MUST_CHECK;

#endif
