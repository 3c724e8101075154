/* kb.h - /api/v1/kb: the knowledge base as JSON. Reading is served by `open`, feedback by `citizen`. */
#ifndef API_KB_H
#define API_KB_H

#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

extern const struct form_spec api_kb_query, api_kb_feedback_form;

enum err api_kb_categories(struct request *rq, struct response *rs); /* GET /kb/categories */
enum err api_kb_search(struct request *rq, struct response *rs);     /* GET /kb/search */
enum err api_kb_article(struct request *rq, struct response *rs);    /* GET /kb/articles/{id} */
enum err api_kb_feedback(struct request *rq, struct response *rs);   /* POST /kb/articles/{id}/feedback */

#endif
