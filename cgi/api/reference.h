/* reference.h - /api/v1/config, areas, categories: what a client loads once and keeps by ETag. Served by `open`. */
#ifndef API_REFERENCE_H
#define API_REFERENCE_H

#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

extern const struct form_spec api_areas_query, api_categories_query;

enum err api_config(struct request *rq, struct response *rs);     /* GET /config */
enum err api_areas(struct request *rq, struct response *rs);      /* GET /areas?parent= */
enum err api_categories(struct request *rq, struct response *rs); /* GET /categories?parent= */

#endif
