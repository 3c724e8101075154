/* envelope.c - the frame of a successful JSON reply. Knows nothing of what stands in it. */
#include "web/envelope.h"

#include "web/msg.h"
#include "web/request.h"
#include "web/response.h"

void envelope_open(struct request *rq, struct response *rs, struct json *w)
{
    response_json(rs);
    json_init(w, &rs->body);
    json_open_object(w);
    json_put_i64(w, "code", 0);
    json_key(w, "reason");
    json_raw(w, STR("\"OK\""));
    json_put_str(w, "message", msg_text(rq->lang, MSG_error_ok));
    json_key(w, "data");
}

enum err envelope_close(struct request *rq, struct response *rs, struct json *w, int status)
{
    BUG_ON(w->depth != 1 || !w->comma);
    rs->etag_bytes = rs->body.n; /* two answers are the same when only their request ids differ */
    json_put_str(w, "request_id", rq->request_id);
    json_close(w);
    response_status(rs, status);
    return ERR_OK;
}

void envelope_list(struct request *rq, struct response *rs, struct json *w)
{
    envelope_open(rq, rs, w);
    json_open_object(w);
    json_key(w, "items");
    json_open_array(w);
}

void envelope_put_next(struct json *w, struct str next_cursor)
{
    json_key(w, "next_cursor");
    if (next_cursor.n > 0)
        json_str(w, next_cursor);
    else
        json_null(w);
    json_put_bool(w, "has_more", next_cursor.n > 0);
}

enum err envelope_list_close(struct request *rq, struct response *rs, struct json *w, struct str next_cursor)
{
    json_close(w);
    envelope_put_next(w, next_cursor);
    json_close(w);
    return envelope_close(rq, rs, w, 200);
}
