/*
 * new_saved.c - a draft put aside, and taken up again on another device.
 *
 * Contract: the token of a link stays out of logs and referrers: /d/{token} puts it into a cookie of its own and leads to
 * the clean path, where the draft moves to this browser. A program that only follows links without keeping cookies moves
 * nothing. Must not know what a draft holds.
 */
#include "gen/tmpl.h"
#include "pages/join.h"
#include "pages/new.h"
#include "pages/new_flow.h"
#include "web/page.h"
#include "web/session.h"

#define LINK_COOKIE "suda_draft"
enum { LINK_COOKIE_S = 600, LINK_TOKEN_MAX = 100 };

enum err page_new_saved(struct request *rq, struct response *rs)
{
    struct say s = say_of(rq);
    struct str token;
    struct page pg;
    struct flow f;
    bool shown;
    enum err err = flow_enter(rq, rs, STR_NONE, FLOW_WORDS, &f, &shown);
    if (err != ERR_OK || !shown)
        return err;
    if (!f.found)
        return response_redirect(rs, STR("/new"));
    err = draft_link(join_ctx(rq), rq->session->id, &token);
    if (err != ERR_OK)
        return err;
    const char *path = arena_cstr(rq->a, arena_concat(rq->a, STR("/d/"), percent_encode(rq->a, token)));
    struct view_new_saved v = {.resume_href = str_from_c(request_absolute(rq, path)), .until = say_time(&s, f.d.expires_at)};
    page_init(rq, &pg, NAV_FILE, MSG_new_saved_title);
    pg.noindex = true;
    response_html(rs);
    tmpl_citizen_new_saved(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_draft_link(struct request *rq, struct response *rs)
{
    struct str token = rq->path_args[0];
    rs->no_log_path = true;
    if (token.n > 0 && token.n <= LINK_TOKEN_MAX)
        response_cookie(rq, rs, LINK_COOKIE, percent_encode(rq->a, token), LINK_COOKIE_S);
    return response_redirect(rs, STR("/new/resume"));
}

enum err page_new_resume(struct request *rq, struct response *rs)
{
    struct str token;
    struct flow f;
    if (!percent_decode(rq->a, request_cookie(rq, LINK_COOKIE), false, &token))
        token = STR_NONE;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK && token.n == 0)
        err = fault_set(rq->fault, ERR_NOT_FOUND, "DRAFT_NOT_FOUND", "no link was followed");
    if (err == ERR_OK)
        err = session_require(rq, rs);
    if (err == ERR_OK)
        err = draft_resume(join_ctx(rq), token, rq->session->id);
    if (err != ERR_OK)
        return err;
    response_cookie_clear(rq, rs, LINK_COOKIE);
    err = flow_load(rq, STR_NONE, &f);
    return err == ERR_OK ? response_redirect(rs, flow_first_open(join_ctx(rq)->ref, &f.d)) : err;
}
