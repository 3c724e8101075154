/*
 * envelope.h - what every success of the JSON API stands in; failures are problem.h.
 *
 *     {"code":0,"reason":"OK","message":"…","data":<one value>,"request_id":"…"}
 *
 *     struct json w;
 *     envelope_open(rq, rs, &w);
 *     json_open_object(&w); ... json_close(&w);
 *     return envelope_close(rq, rs, &w, 200);
 *
 * A list is {"items":[…],"next_cursor":<opaque or null>,"has_more":…} and has no page numbers.
 */
#ifndef WEB_ENVELOPE_H
#define WEB_ENVELOPE_H

#include "web/json.h"

struct request;
struct response;

void envelope_open(struct request *rq, struct response *rs, struct json *w);
enum err envelope_close(struct request *rq, struct response *rs, struct json *w, int status) MUST_CHECK;

/* A reply that is one list: opens the envelope and "items"; the end closes both, also where other values stand before "items". */
void envelope_list(struct request *rq, struct response *rs, struct json *w);
enum err envelope_list_close(struct request *rq, struct response *rs, struct json *w, struct str next_cursor) MUST_CHECK;
/* "next_cursor" and "has_more", behind the items of a list that stands beside other values; empty = the end. */
void envelope_put_next(struct json *w, struct str next_cursor);

#endif
