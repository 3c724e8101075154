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
struct files {
    const struct attachment *p;
    size_t n, photos, recordings;
};

static enum err load_files(struct request *rq, struct draft *d, struct files *ret)
{
    *ret = (struct files){0};
    enum err err = ERR_OK;
    if (d->in.n_uploads > 0)
        err = attachment_loose(join_ctx(rq), d->upload_ids, d->in.n_uploads, &ret->p, &ret->n);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < ret->n; i++) {
        d->upload_ids[i] = ret->p[i].public_id;
        if (ret->p[i].kind == UPLOAD_PHOTO)
            ret->photos++;
        else
            ret->recordings++;
    }
    d->in.n_uploads = ret->n;
    d->in.uploads = d->upload_ids;
    return ERR_OK;
}

static void put_files(const struct say *s, const struct files *f, struct view_new_photos *v)
{
    struct view_new_file *to = ARENA_ARRAY(s->a, struct view_new_file, f->n + 1);
    size_t photo = 0;
    for (size_t i = 0; i < f->n; i++) {
        const struct attachment *u = &f->p[i];
        bool is_image = u->kind == UPLOAD_PHOTO;
        photo += is_image;
        to[i] = (struct view_new_file){.id = u->public_id, .label = say_file(s, u->kind, photo),
                                       .size = say_bytes(s, (int64_t)u->bytes), .is_image = is_image};
        to[i].thumb = flow_thumb(s->a, u);
        if (u->state == UPLOAD_REFUSED)
            to[i].size = msg_text(s->lang, MSG_field_file_broken);
    }
    v->files = to;
    v->n_files = f->n;
    v->full = f->photos >= LIMIT_PHOTOS && f->recordings >= LIMIT_RECORDINGS;
}

static enum err show(struct request *rq, struct response *rs, struct flow *f, enum msg notice)
{
    struct say s = say_of(rq);
    struct page pg;
    struct files have;
    struct fault said = *rq->fault;
    *rq->fault = (struct fault){0};
    enum err err = load_files(rq, &f->d, &have);
    if (err != ERR_OK)
        return err;
    *rq->fault = said;
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
    struct files have;
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

/* One that fits beside those which are there; a refusal is noted once for each reason and ends nothing. */
static enum err take_one(struct request *rq, struct draft *d, struct files *have, struct upload_part *u)
{
    struct attachment_new made;
    struct str id;
    struct ctx *c = join_ctx(rq);
    enum err err = attachment_judge(c, u->fd, u->bytes, u->filename, "file", &made);
    if (err != ERR_OK)
        return err;
    bool photo = made.type.kind == UPLOAD_PHOTO;
    if (photo ? have->photos >= LIMIT_PHOTOS : have->recordings >= LIMIT_RECORDINGS)
        return fault_field(rq->fault, "file", "TOO_MANY");
    err = receive_file(rq, u, "file", &id, &made);
    if (err != ERR_OK)
        return err;
    BUG_ON(d->in.n_uploads >= TICKET_UPLOADS_MAX);
    d->upload_ids[d->in.n_uploads++] = id;
    d->in.uploads = d->upload_ids;
    *(photo ? &have->photos : &have->recordings) += 1;
    return ERR_OK;
}

static void once_each(struct fault *f)
{
    size_t to = 0;
    for (size_t i = 0; i < f->n_fields; i++) {
        bool seen = false;
        for (size_t j = 0; j < to; j++)
            seen = seen || (strcmp(f->fields[j].reason, f->fields[i].reason) == 0 && f->fields[j].msg == f->fields[i].msg);
        if (!seen)
            f->fields[to++] = f->fields[i];
    }
    f->n_fields = to;
}

static enum err take_files(struct request *rq, struct draft *d, const struct upload_list *list)
{
    struct files have;
    struct fault said = *rq->fault;
    *rq->fault = (struct fault){0};
    enum err err = load_files(rq, d, &have);
    if (err != ERR_OK)
        return err;
    *rq->fault = said;
    for (size_t i = 0; i < list->n; i++) {
        err = take_one(rq, d, &have, &list->p[i]);
        if (err != ERR_OK && err != ERR_INVALID)
            return err;
    }
    once_each(rq->fault);
    return ERR_OK;
}

static enum err remove_file(struct request *rq, struct response *rs, struct flow *f, struct str id)
{
    struct draft *d = &f->d;
    size_t to = 0;
    enum err err = ERR_OK;
    for (size_t i = 0; i < d->in.n_uploads; i++) {
        if (str_eq(d->upload_ids[i], id))
            err = attachment_drop(join_ctx(rq), id);
        else
            d->upload_ids[to++] = d->upload_ids[i];
    }
    if (err == ERR_NOT_FOUND) { /* expired meanwhile: gone as wished */
        *rq->fault = (struct fault){0};
        err = ERR_OK;
    }
    if (err != ERR_OK)
        return err;
    d->in.n_uploads = to;
    err = draft_save(join_ctx(rq), rq->session->id, d);
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
