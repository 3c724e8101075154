/*
 * receive.c - takes uploaded files over.
 *
 * Contract: the file lies at its final path, synced, before its row exists; a row without a file cannot come about. What a form
 * holds is known by ids alone, and what arrived whole is kept even when another file of the same form is refused. Must
 * not know who may attach it to what: the id given out is the proof.
 */
#include "pages/receive.h"

#include "base/limits.h"
#include "pages/join.h"

enum err receive_file(struct request *rq, struct upload_part *u, const char *field, struct str *ret_id,
                      struct attachment_new *ret)
{
    struct ctx *c = join_ctx(rq);
    enum err err = attachment_judge(c, u->fd, u->bytes, u->filename, field, ret);
    if (err == ERR_OK)
        err = upload_keep(rq, u, ret->path);
    if (err == ERR_OK)
        err = attachment_record(c, ret, ret_id);
    return err;
}

enum err receive_files(struct request *rq, const struct upload_list *list, const char *field, struct str *ids,
                       size_t *ret_n)
{
    struct attachment_new one;
    *ret_n = 0;
    for (size_t i = 0; i < list->n; i++) {
        enum err err = receive_file(rq, &list->p[i], field, &ids[*ret_n], &one);
        if (err != ERR_OK)
            return err;
        ++*ret_n;
    }
    return ERR_OK;
}

/* ---- files that a form holds ------------------------------------------------------------------------------------ */

enum err held_load(struct request *rq, const struct str *ids, size_t n, struct held_files *ret)
{
    const struct fault said = *rq->fault; /* reading must not hide what is wrong with the form */
    *ret = (struct held_files){0};
    *rq->fault = (struct fault){0};
    enum err e = n > 0 ? attachment_loose(join_ctx(rq), ids, n < TICKET_UPLOADS_MAX ? n : TICKET_UPLOADS_MAX, &ret->p, &ret->n) : ERR_OK;
    if (e != ERR_OK)
        return e;
    *rq->fault = said;
    for (size_t i = 0; i < ret->n; i++) {
        ret->ids[i] = ret->p[i].public_id;
        *(ret->p[i].kind == UPLOAD_PHOTO ? &ret->photos : &ret->recordings) += 1;
    }
    return ERR_OK;
}

static enum err add_one(struct request *rq, struct held_files *held, struct upload_part *u)
{
    struct attachment_new made;
    struct str id;
    enum err err = attachment_judge(join_ctx(rq), u->fd, u->bytes, u->filename, "file", &made);
    if (err != ERR_OK)
        return err;
    const bool photo = made.type.kind == UPLOAD_PHOTO;
    if (photo ? held->photos >= LIMIT_PHOTOS : held->recordings >= LIMIT_RECORDINGS)
        return fault_field(rq->fault, "file", "TOO_MANY");
    err = receive_file(rq, u, "file", &id, &made);
    if (err != ERR_OK)
        return err;
    BUG_ON(held->n >= TICKET_UPLOADS_MAX);
    held->ids[held->n++] = id;
    *(photo ? &held->photos : &held->recordings) += 1;
    return ERR_OK;
}

static void once_each(struct fault *f)
{
    size_t to = 0;
    for (size_t i = 0; i < f->n_fields; i++) {
        bool seen = false;
        for (size_t j = 0; j < to; j++)
            seen = seen || (strcmp(f->fields[j].field, f->fields[i].field) == 0 && strcmp(f->fields[j].reason, f->fields[i].reason) == 0 &&
                            f->fields[j].msg == f->fields[i].msg);
        if (!seen)
            f->fields[to++] = f->fields[i];
    }
    f->n_fields = to;
}

enum err held_add(struct request *rq, struct held_files *held, const struct upload_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        enum err err = add_one(rq, held, &list->p[i]);
        if (err != ERR_OK && err != ERR_INVALID)
            return err;
    }
    once_each(rq->fault);
    return ERR_OK;
}

enum err held_remove(struct request *rq, struct held_files *held, struct str id)
{
    size_t to = 0;
    enum err err = ERR_OK;
    for (size_t i = 0; i < held->n; i++) {
        if (str_eq(held->ids[i], id))
            err = attachment_drop(join_ctx(rq), id);
        else
            held->ids[to++] = held->ids[i];
    }
    if (err == ERR_NOT_FOUND) {
        fault_clear(rq->fault);
        err = ERR_OK;
    }
    if (err == ERR_OK)
        held->n = to;
    return err;
}

bool held_full(const struct held_files *held)
{
    return held->photos >= LIMIT_PHOTOS && held->recordings >= LIMIT_RECORDINGS;
}

struct view_new_file *held_view(const struct say *s, const struct held_files *held)
{
    struct view_new_file *to = ARENA_ARRAY(s->a, struct view_new_file, held->n + 1);
    size_t photo = 0;
    for (size_t i = 0; i < held->n; i++) {
        const struct attachment *u = &held->p[i];
        photo += u->kind == UPLOAD_PHOTO;
        to[i] = (struct view_new_file){.id = u->public_id, .label = say_file(s, u->kind, photo), .is_image = u->kind == UPLOAD_PHOTO,
                                       .size = u->state == UPLOAD_REFUSED ? msg_text(s->lang, MSG_field_file_broken)
                                                                          : say_bytes(s, (int64_t)u->bytes)};
    }
    return to;
}
