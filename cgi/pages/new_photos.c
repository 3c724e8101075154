/*
 * new_photos.c - photos, a short video or a voice note for the demand being filed.
 *
 * Contract: what arrived whole and is of an allowed kind is kept, even when another file of the same form is refused; the
 * refusal stands beside the field. Files stay loose until the filing. Must not know how files are judged or stored.
 */
#include "pages/new.h"

#include "app/attachment.h"
#include "base/limits.h"
#include "pages/join.h"
#include "pages/new_flow.h"
#include "pages/new_form.h"
#include "pages/receive.h"
#include "gen/tmpl.h"
#include "web/session.h"

/* The files of the draft that still exist; ids that expired leave the draft. */
static void put_ids(struct draft *d, const struct held_files *held)
{
    memcpy(d->upload_ids, held->ids, sizeof d->upload_ids);
    d->in.n_uploads = held->n;
    d->in.uploads = d->upload_ids;
}

static enum err load_files(struct request *rq, struct draft *d, struct held_files *ret)
{
    enum err err = held_load(rq, d->upload_ids, d->in.n_uploads, ret);
    if (err == ERR_OK)
        put_ids(d, ret);
    return err;
}

static void put_files(const struct say *s, const struct held_files *f, struct view_new_photos *v)
{
    struct view_new_file *to = held_view(s, f);
    for (size_t i = 0; i < f->n; i++)
        to[i].thumb = flow_thumb(s->a, &f->p[i]);
    v->files = to;
    v->n_files = f->n;
    v->full = held_full(f);
}

static enum err show(struct request *rq, struct response *rs, struct flow *f, enum msg notice)
{
    struct say s = say_of(rq);
    struct page pg;
    struct held_files have;
    enum err err = load_files(rq, &f->d, &have);
    if (err != ERR_OK)
        return err;
    struct view_new_photos v = {.step = flow_view_step(f, FLOW_PHOTOS, STR("/new/place/address")),
                                .errors = say_errors(rq), .file_error = say_error(rq, "file"),
                                .photos_max = LIMIT_PHOTOS, .photo_mb = LIMIT_PHOTO_BYTES / MIB(1),
                                .video_mb = LIMIT_RECORDING_BYTES / MIB(1), .to_check = f->to_check,
                                .notice = {.text = notice}};
    put_files(&s, &have, &v);
    flow_page(rq, rs, &pg, MSG_new_photos_title, FLOW_PHOTOS);
    tmpl_citizen_new_photos(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_new_photos(struct request *rq, struct response *rs)
{
    struct flow f;
    bool shown;
    enum err err = flow_enter(rq, rs, STR_NONE, FLOW_PHOTOS, &f, &shown);
    if (err != ERR_OK || !shown)
        return err;
    return show(rq, rs, &f, str_eq(request_query(rq, "done"), STR("removed")) ? MSG_new_photos_removed : MSG_NONE);
}

/* The small picture of a file of this draft, once it was cleaned. */
enum err page_new_thumb(struct request *rq, struct response *rs)
{
    struct flow f;
    struct held_files have;
    enum err err = flow_load(rq, STR_NONE, &f);
    if (err == ERR_OK)
        err = load_files(rq, &f.d, &have);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < have.n; i++) {
        const struct attachment *u = &have.p[i];
        if (!str_eq(u->public_id, rq->path_args[0]) || u->state != UPLOAD_READY || u->thumb_name.n == 0)
            continue;
        struct str path = arena_concat(rq->a, STR("/_files/"), attachment_thumb_path(rq->a, u->thumb_name));
        response_file(rs, path, "image/jpeg", STR_NONE);
        return ERR_OK;
    }
    return fault_set(rq->fault, ERR_NOT_FOUND, "UPLOAD_NOT_FOUND", "not a ready file of this draft");
}

/* ---- taking files ----------------------------------------------------------------------------------------------- */

static enum err take_files(struct request *rq, struct draft *d, const struct upload_list *list)
{
    struct held_files have;
    enum err err = load_files(rq, d, &have);
    if (err == ERR_OK)
        err = held_add(rq, &have, list);
    if (err == ERR_OK)
        put_ids(d, &have);
    return err;
}

static enum err remove_file(struct request *rq, struct response *rs, struct flow *f, struct str id)
{
    struct held_files have;
    enum err err = load_files(rq, &f->d, &have);
    if (err == ERR_OK)
        err = held_remove(rq, &have, id);
    if (err != ERR_OK)
        return err;
    put_ids(&f->d, &have);
    err = draft_save(join_ctx(rq), rq->session->id, &f->d);
    if (err != ERR_OK)
        return err;
    return response_redirect(rs, f->to_check ? STR("/new/photos?done=removed&to=check") : STR("/new/photos?done=removed"));
}

enum err page_new_photos_post(struct request *rq, struct response *rs)
{
    const struct new_photos_form *in = rq->form;
    struct flow f;
    bool shown;
    enum err err = flow_enter(rq, rs, in->to, FLOW_PHOTOS, &f, &shown);
    if (err != ERR_OK || !shown)
        return err;
    if (in->remove.n > 0)
        return remove_file(rq, rs, &f, in->remove);
    err = take_files(rq, &f.d, &in->files);
    if (err != ERR_OK)
        return err;
    bool stay = str_eq(in->go, STR("upload"));
    if (rq->fault->n_fields == 0 && !stay)
        f.d.has_photos = true;
    struct fault said = *rq->fault;
    *rq->fault = (struct fault){0};
    err = draft_save(join_ctx(rq), rq->session->id, &f.d);
    if (err != ERR_OK)
        return err;
    *rq->fault = said;
    if (rq->fault->n_fields > 0)
        return show(rq, rs, &f, MSG_NONE);
    if (stay)
        return response_redirect(rs, flow_path(rq, &f, STR("/new/photos")));
    return response_redirect(rs, f.to_check ? STR("/new/check") : STR("/new/contact"));
}
