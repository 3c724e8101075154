/*
 * public.c - published demands as JSON: the list, and one with its words.
 *
 * Contract: the same rows as the page, by the same cursor. Must not know the demand's own words.
 */
#include "api/public.h"

#include "api/ticket_json.h"
#include "pages/join.h"
#include "pages/published.h"
#include "web/envelope.h"
#include "web/json.h"

enum err api_public_list(struct request *rq, struct response *rs)
{
    struct say s = say_of(rq);
    struct published_page p;
    struct json w;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = published_load(rq, rq->form, &p);
    if (err != ERR_OK)
        return err;
    envelope_list(rq, rs, &w);
    for (size_t i = 0; i < p.n_rows; i++)
        public_json(&w, &s, &p.rows[i]);
    return envelope_list_close(rq, rs, &w, p.next_cursor);
}

enum err api_public_one(struct request *rq, struct response *rs)
{
    struct say s = say_of(rq);
    struct public_ticket t;
    struct json w;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = ticket_public_one(join_ctx(rq), rq->path_args[0], &t);
    if (err != ERR_OK)
        return err;
    envelope_open(rq, rs, &w);
    public_json_whole(&w, &s, &t);
    return envelope_close(rq, rs, &w, 200);
}
