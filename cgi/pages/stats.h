/* stats.h - published statistics: pages, files, embeds. Program `open`. */
#ifndef PAGES_STATS_H
#define PAGES_STATS_H

#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

extern const struct form_spec stats_query;

enum err page_stats(struct request *rq, struct response *rs);        /* GET /stats/ */
enum err page_stats_method(struct request *rq, struct response *rs); /* GET /stats/method */
enum err page_stats_figure(struct request *rq, struct response *rs); /* GET /stats/{figure} */
enum err page_stats_embed(struct request *rq, struct response *rs);  /* GET /stats/{figure}/embed */
enum err file_stats_csv(struct request *rq, struct response *rs);    /* GET /stats/{figure}.csv */
enum err file_stats_json(struct request *rq, struct response *rs);   /* GET /stats/{figure}.json */
enum err file_stats_svg(struct request *rq, struct response *rs);    /* GET /stats/{figure}.svg */

#endif
