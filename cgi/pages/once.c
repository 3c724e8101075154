/*
 * once.c - the key of a form that makes or does something: the hidden field `once`, and all that the form says.
 *
 * Contract: once.h. Must not know what a form means.
 */
#include "pages/once.h"

#include <unistd.h>

#include "app/crypto.h"
#include "pages/join.h"
#include "web/route.h"

enum { ONCE_BYTES = 15, FILE_PIECE = 16384 };

static enum err hash_file(struct request *rq, struct crypto_hasher *h, const struct upload_part *u)
{
    char piece[FILE_PIECE];
    uint64_t at = 0;
    crypto_digest_put_u64(h, u->bytes);
    while (at < u->bytes) {
        const ssize_t n = pread(u->fd, piece, sizeof piece, (off_t)at);
        if (n <= 0)
            return fault_set(rq->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "a received file cannot be read again");
        crypto_digest_put(h, (struct str){piece, (size_t)n});
        at += (uint64_t)n;
    }
    return ERR_OK;
}

enum err once_hash_files(struct request *rq, struct crypto_hasher *h, const struct upload_list *files)
{
    enum err e = ERR_OK;
    crypto_digest_put_u64(h, files->n);
    for (size_t i = 0; i < files->n && e == ERR_OK; i++)
        e = hash_file(rq, h, &files->p[i]);
    return e;
}

/* A list says how long it is: two lists beside each other never look alike. */
static enum err hash_field(struct request *rq, struct crypto_hasher *h, const struct form_field *f)
{
    const void *at = (const char *)rq->form + f->offset;
    const struct str_list *list = at;
    const struct upload_list *files = at;
    enum err e = ERR_OK;
    switch (f->type) {
    case FIELD_BOOL:
        crypto_digest_put_field(h, *(const bool *)at ? STR("1") : STR_NONE);
        break;
    case FIELD_INT:
    case FIELD_LNGLAT:
        crypto_digest_put_field(h, (struct str){at, sizeof(int64_t)});
        break;
    case FIELD_LIST:
        crypto_digest_put_u64(h, list->n);
        for (size_t i = 0; i < list->n; i++)
            crypto_digest_put_field(h, list->p[i]);
        break;
    case FIELD_FILES:
        e = once_hash_files(rq, h, files);
        break;
    case FIELD_FILE:
        e = hash_file(rq, h, at);
        break;
    case FIELD_TEXT:
    case FIELD_AREA:
    case FIELD_CHOICE:
    case FIELD_CODE:
    case FIELD_PHONE:
    case FIELD_SECRET:
        crypto_digest_put_field(h, *(const struct str *)at);
        break;
    }
    return e;
}

struct str once_show(struct request *rq, struct str sent)
{
    return sent.n > 0 ? sent : crypto_random_text(rq->a, ONCE_BYTES);
}

enum err once_key(struct request *rq, struct str once, struct idem *ret)
{
    const struct form_spec *spec = rq->route->form;
    struct crypto_hasher h;
    uint8_t digest[CRYPTO_HASH_BYTES];
    enum err e = ERR_OK;
    *ret = (struct idem){0};
    if (once.n == 0)
        return ERR_OK;
    crypto_digest_start(&h);
    crypto_digest_put_field(&h, rq->path);
    for (size_t i = 0; i < spec->n_fields && e == ERR_OK; i++)
        e = hash_field(rq, &h, &spec->fields[i]);
    crypto_digest_end(&h, digest);
    if (e == ERR_OK)
        *ret = (struct idem){.scope = join_scope(rq),
                             .route = str_from_c(rq->route->name), .key = arena_dup(rq->a, (struct str){(const char *)digest, sizeof digest})};
    return e;
}

enum err once_take(struct request *rq, struct str once)
{
    struct idem *idem = ARENA_NEW(rq->a, struct idem);
    const enum err e = once_key(rq, once, idem);
    if (e == ERR_OK && idem->key.n > 0)
        join_ctx(rq)->once = idem;
    return e;
}
