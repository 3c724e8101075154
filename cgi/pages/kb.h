/* kb.h - reading the knowledge base [T 31]. Program `open`. */
#ifndef PAGES_KB_H
#define PAGES_KB_H

#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

extern const struct form_spec kb_search_query;

enum err page_kb_home(struct request *rq, struct response *rs);    /* GET /kb/ */
enum err page_kb_search(struct request *rq, struct response *rs);  /* GET /kb/search */
enum err page_kb_article(struct request *rq, struct response *rs); /* GET /kb/{id} */

#endif
