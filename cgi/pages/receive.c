/*
 * receive.c - takes uploaded files over.
 *
 * Contract: the file lies at its final path, synced, before its row exists; a row without a file cannot come about. Must
 * not know who may attach it to what: the id given out is the proof.
 */
#include "pages/receive.h"

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
