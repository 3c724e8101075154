/*
 * track_acts.c - what the citizen may do to a running ticket: add facts and files, urge, withdraw, object.
 *
 * Contract: GET shows, POST acts and leads back with 303, so that a reload repeats nothing; pressed twice it acts
 * once (once.h). What the ticket allows is decided in app; a refusal is shown beside the form or as a problem page. Must not
 * know states.
 */
#include "pages/track.h"

#include "app/ids.h"
#include "base/limits.h"
#include "pages/join.h"
#include "pages/once.h"
#include "pages/receive.h"
#include "pages/track_form.h"
#include "gen/tmpl.h"
#include "web/page.h"

enum { MIB_BYTES = 1024 * 1024 };

/* ---- facts and files -------------------------------------------------------------------------------------------- */

static enum err show_add(struct request *rq, struct response *rs, struct str text)
{
    struct ticket_view t;
    struct page pg;
    enum err before = rq->fault->err, err;
    struct fault said = *rq->fault; /* reading the ticket must not hide what was wrong with the form */
    *rq->fault = (struct fault){0};
    err = track_open(rq, &t);
    if (err == ERR_NOT_FOUND)
        return track_lead_to_form(rq, rs);
    if (err != ERR_OK)
        return err;
    *rq->fault = said;
    const struct track_add_form *in = rq->form;
    struct view_track_add v = {.no = ticket_no_show(rq->a, t.no), .once = once_show(rq, in ? in->once : STR_NONE),
                               .errors = say_errors(rq),
                               .text = say_input(rq, "text", text), .text_max = LIMIT_MESSAGE_CHARS,
                               .file_error = say_error(rq, "file"),
                               .photos_max = t.n_uploads < LIMIT_UPLOADS ? LIMIT_UPLOADS - t.n_uploads : 0,
                               .photo_mb = LIMIT_PHOTO_BYTES / MIB_BYTES,
                               .video_mb = LIMIT_RECORDING_BYTES / MIB_BYTES};
    page_init(rq, &pg, NAV_TRACK, MSG_track_add_title);
    pg.noindex = true;
    pg.title_error = before != ERR_OK;
    response_html(rs);
    if (before != ERR_OK)
        response_status(rs, 422);
    tmpl_citizen_track_add(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_track_add(struct request *rq, struct response *rs)
{
    enum err err = join_need_ref(rq);
    return err == ERR_OK ? show_add(rq, rs, STR_NONE) : err;
}

enum err page_track_add_post(struct request *rq, struct response *rs)
{
    const struct track_add_form *in = rq->form;
    struct actor who = join_actor(rq);
    struct str ids[LIMIT_UPLOADS];
    struct ticket_done done;
    size_t n = 0;
    enum err err = join_need_ref(rq);
    if (err != ERR_OK)
        return err;
    if (rq->form_invalid)
        return show_add(rq, rs, in->text);
    if (in->text.n == 0 && in->files.n == 0) {
        err = fault_field(rq->fault, "text", "REQUIRED");
        return show_add(rq, rs, in->text);
    }
    err = once_take(rq, in->once);
    if (err == ERR_OK)
        err = receive_files(rq, &in->files, "file", ids, &n);
    if (err == ERR_OK)
        err = ticket_message(join_ctx(rq), &who, rq->path_args[0], in->text, ids, n, NULL, &done);
    if (err == ERR_INVALID)
        return show_add(rq, rs, in->text);
    return err == ERR_OK ? track_back(rq, rs, done.no, "added") : err;
}

/* ---- urge, withdraw, object ------------------------------------------------------------------------------------- */

enum act { ACT_URGE, ACT_WITHDRAW, ACT_OBJECT };

static enum err show_act(struct request *rq, struct response *rs, enum act act)
{
    static const enum msg titles[] = {MSG_track_urge_title, MSG_track_withdraw_title, MSG_track_object_title};
    const struct track_reason_form *in = rq->form;
    struct fault said = *rq->fault;
    struct ticket_view t;
    struct page pg;
    *rq->fault = (struct fault){0};
    enum err err = track_open(rq, &t);
    if (err == ERR_NOT_FOUND)
        return track_lead_to_form(rq, rs);
    if (err != ERR_OK)
        return err;
    const bool allowed[] = {t.actions.urge, t.actions.withdraw, t.actions.object};
    if (!allowed[act] && said.err == ERR_OK)
        return track_back(rq, rs, t.no, "late"); /* the page itself says why not */
    *rq->fault = said;
    struct say s = say_of(rq);
    struct view_track_act v = {.no = ticket_no_show(rq->a, t.no), .once = once_show(rq, in ? in->once : STR_NONE),
                               .urge = act == ACT_URGE,
                               .withdraw = act == ACT_WITHDRAW, .object = act == ACT_OBJECT,
                               .errors = say_errors(rq), .reason = say_input(rq, "reason", in ? in->reason : STR_NONE),
                               .reason_max = LIMIT_MESSAGE_CHARS, .urges_left = t.actions.urges_left,
                               .until = say_time(&s, t.actions.object_until)};
    page_init(rq, &pg, NAV_TRACK, titles[act]);
    pg.noindex = true;
    pg.title_error = said.err != ERR_OK;
    response_html(rs);
    if (said.err != ERR_OK)
        response_status(rs, 422);
    tmpl_citizen_track_act(&rs->body, &pg, &v);
    return ERR_OK;
}

static enum err do_act(struct request *rq, struct response *rs, enum act act)
{
    static const char *const words[] = {"urged", "withdrawn", "objected"};
    const struct track_reason_form *in = rq->form;
    struct ctx *c = join_ctx(rq);
    struct actor who = join_actor(rq);
    struct ticket_done done;
    enum err err = join_need_ref(rq);
    if (err != ERR_OK)
        return err;
    if (rq->form_invalid)
        return show_act(rq, rs, act);
    if ((err = once_take(rq, in->once)) != ERR_OK)
        return err;
    if (act == ACT_URGE)
        err = ticket_urge(c, &who, rq->path_args[0], NULL, &done);
    else if (act == ACT_WITHDRAW)
        err = ticket_withdraw(c, &who, rq->path_args[0], in->reason, NULL, &done);
    else
        err = ticket_object(c, &who, rq->path_args[0], in->reason, NULL, &done);
    if (err == ERR_INVALID)
        return show_act(rq, rs, act);
    return err == ERR_OK ? track_back(rq, rs, done.no, words[act]) : err;
}

enum err page_track_urge(struct request *rq, struct response *rs)
{
    return show_act(rq, rs, ACT_URGE);
}
enum err page_track_urge_post(struct request *rq, struct response *rs)
{
    return do_act(rq, rs, ACT_URGE);
}
enum err page_track_withdraw(struct request *rq, struct response *rs)
{
    return show_act(rq, rs, ACT_WITHDRAW);
}
enum err page_track_withdraw_post(struct request *rq, struct response *rs)
{
    return do_act(rq, rs, ACT_WITHDRAW);
}
enum err page_track_object(struct request *rq, struct response *rs)
{
    return show_act(rq, rs, ACT_OBJECT);
}
enum err page_track_object_post(struct request *rq, struct response *rs)
{
    return do_act(rq, rs, ACT_OBJECT);
}
