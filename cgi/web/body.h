/* body.h - the body of a request, read as its route wants it. */
#ifndef WEB_BODY_H
#define WEB_BODY_H

#include "base/err.h"

struct request;

/* By rq->route: fills rq->body and rq->sent. For a GET with a form, rq->sent comes from the query. Faults:
 * UNSUPPORTED_MEDIA_TYPE, TOO_LARGE, CLIENT_GONE, and those of the parsers. */
enum err body_read(struct request *rq) MUST_CHECK;

#endif
