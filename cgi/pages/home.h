/* home.h - the home page, and the plain pages that only words fill. */
#ifndef PAGES_HOME_H
#define PAGES_HOME_H

#include "web/request.h"
#include "web/response.h"

enum err page_home(struct request *rq, struct response *rs);          /* GET / */
enum err page_rights(struct request *rq, struct response *rs);        /* GET /rights */
enum err page_privacy(struct request *rq, struct response *rs);       /* GET /privacy */
enum err page_accessibility(struct request *rq, struct response *rs); /* GET /accessibility */
enum err page_api(struct request *rq, struct response *rs);           /* GET /api/ */

#endif
