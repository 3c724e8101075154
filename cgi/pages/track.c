/*
 * track.c - finding a ticket by number and code, and its page.
 *
 * Contract: the page is read with one statement, and two more only when there are files or looks to show. Must not know
 * how a session or a code is checked: that is pages/lookup and app.
 */
#include "pages/track.h"

#include "app/account.h"
#include "app/attachment.h"
#include "app/ids.h"
#include "app/words.h"
#include "base/limits.h"
#include "pages/join.h"
#include "pages/lookup.h"
#include "pages/track_form.h"
#include "pages/track_view.h"
#include "gen/tmpl.h"
#include "web/page.h"
#include "web/problem.h"
#include "web/session.h"

/* ---- number and code -------------------------------------------------------------------------------------------- */

static enum err show_find(struct request *rq, struct response *rs, enum msg notice)
{
    const struct track_find_form *in = rq->form;
    struct page pg;
    struct view_track_find v = {.errors = say_errors(rq),
                                .ticket_no = say_input(rq, "ticket_no", in ? in->ticket_no : STR_NONE),
                                .query_code = say_input(rq, "query_code", STR_NONE),
                                .signed_in = rq->signed_in,
                                .notice = {.text = notice, .bad = true}};
    page_init(rq, &pg, NAV_TRACK, MSG_title_track);
    pg.title_error = v.errors.n_errors > 0 || notice != MSG_NONE;
    response_html(rs);
    if (pg.title_error)
        response_status(rs, 422);
    tmpl_citizen_track_find(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_track_find(struct request *rq, struct response *rs)
{
    return show_find(rq, rs, MSG_NONE);
}

enum err page_track_find_post(struct request *rq, struct response *rs)
{
    const struct track_find_form *in = rq->form;
    struct ticket_found found;
    if (rq->form_invalid)
        return show_find(rq, rs, MSG_NONE);
    enum err err = lookup_ticket(rq, in->ticket_no, in->query_code, &found);
    if (err == ERR_NOT_FOUND)
        return show_find(rq, rs, MSG_error_lookup_failed);
    if (err == ERR_OK)
        err = session_require(rq, rs);
    if (err == ERR_OK)
        err = session_hold_ticket(join_ctx(rq), rq->session->id, found.id);
    if (err != ERR_OK)
        return err;
    return response_redirect(rs, arena_concat(rq->a, STR("/track/"), ticket_no_show(rq->a, found.no)));
}

/* ---- the page --------------------------------------------------------------------------------------------------- */

enum err track_open(struct request *rq, struct ticket_view *ret)
{
    struct actor who = join_actor(rq);
    return ticket_track(join_ctx(rq), &who, rq->path_args[0], ret);
}

enum err track_lead_to_form(struct request *rq, struct response *rs)
{
    struct str no = percent_encode(rq->a, rq->path_args[0]);
    *rq->fault = (struct fault){0};
    return response_redirect(rs, arena_concat(rq->a, STR("/track?ticket_no="), no));
}

enum err track_back(struct request *rq, struct response *rs, struct str no, const char *done)
{
    return response_redirect(
        rs, arena_printf(rq->a, "/track/" STR_FMT "?done=%s", STR_ARG(ticket_no_show(rq->a, no)), done));
}

static enum msg notice_of(struct request *rq)
{
    struct str done = request_query(rq, "done");
    return done.n > 0 && done.n < LIMIT_CODE_CHARS ? say_msg("track.done", done) : MSG_NONE;
}

enum err page_track(struct request *rq, struct response *rs)
{
    struct ticket_view t;
    struct page pg;
    struct view_track *v;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = track_open(rq, &t);
    if (err == ERR_NOT_FOUND)
        return track_lead_to_form(rq, rs);
    if (err == ERR_OK)
        err = track_view(rq, &t, &v);
    if (err != ERR_OK)
        return err;
    v->notice.text = notice_of(rq);
    page_init(rq, &pg, NAV_TRACK, MSG_title_track);
    pg.title = v->headline;
    pg.noindex = true;
    response_html(rs);
    tmpl_citizen_track(&rs->body, &pg, v);
    return ERR_OK;
}

/* ---- files, follow ---------------------------------------------------------------------------------------------- */

static enum err send_file(struct request *rq, struct response *rs, bool thumb)
{
    struct actor who = join_actor(rq);
    struct str path, media_type;
    uint64_t id;
    if (!id_parse(rq->path_args[1], &id))
        return fault_set(rq->fault, ERR_NOT_FOUND, "UPLOAD_NOT_FOUND", "malformed upload id");
    enum err err = attachment_open(join_ctx(rq), &who, rq->path_args[0], id, thumb, &path, &media_type);
    if (err != ERR_OK)
        return err;
    response_file(rs, arena_concat(rq->a, STR("/_files/"), path), arena_cstr(rq->a, media_type), STR_NONE);
    return ERR_OK;
}

enum err page_track_file(struct request *rq, struct response *rs)
{
    return send_file(rq, rs, false);
}

enum err page_track_thumb(struct request *rq, struct response *rs)
{
    return send_file(rq, rs, true);
}

enum err page_track_follow(struct request *rq, struct response *rs)
{
    const struct track_follow_form *in = rq->form;
    struct actor who = join_actor(rq);
    struct ticket_view t;
    int64_t joined;
    bool on = str_eq(in->follow, STR("yes"));
    enum err err = track_open(rq, &t);
    if (err == ERR_OK)
        err = ticket_follow(join_ctx(rq), &who, t.public_id, on, &joined);
    if (err != ERR_OK)
        return err;
    return track_back(rq, rs, t.no, on ? "followed" : "unfollowed");
}
