/*
 * staff_form.c - the second table for signing in to the back office, and for oneself; the key of a form that makes something.
 *
 * Contract: shape alone is judged here. A password is not trimmed of its meaning: see password.h for what it must be.
 */
#include "pages/staff_form.h"

#include <unistd.h>

#include "app/password.h"
#include "app/staff.h"
#include "base/limits.h"
#include "pages/join.h"
#include "web/route.h"

enum { ONCE_BYTES = 15, FILE_PIECE = 16384, CODE_CHARS = 20, ID_CHARS = 20, LOGIN_TYPED_CHARS = 100 };

static const struct form_field sign_in_fields[] = {
    {FORM_FIELD(struct staff_sign_in_form, login, "login", FIELD_TEXT), .required = true, .max = LOGIN_TYPED_CHARS},
    {FORM_FIELD(struct staff_sign_in_form, password, "password", FIELD_SECRET), .required = true, .max = PASSWORD_MAX_CHARS},
    {FORM_FIELD(struct staff_sign_in_form, next, "next", FIELD_TEXT), .max = LIMIT_NEXT_CHARS},
};
const struct form_spec staff_sign_in_form = {FORM_SPEC("staff_sign_in", struct staff_sign_in_form, sign_in_fields)};

static const struct form_field code_fields[] = {
    {FORM_FIELD(struct staff_code_form, code, "code", FIELD_SECRET), .required = true, .max = CODE_CHARS},
    {FORM_FIELD(struct staff_code_form, next, "next", FIELD_TEXT), .max = LIMIT_NEXT_CHARS},
};
const struct form_spec staff_code_form = {FORM_SPEC("staff_code", struct staff_code_form, code_fields)};

static const struct form_field password_fields[] = {
    {FORM_FIELD(struct staff_password_form, old, "old", FIELD_SECRET), .max = PASSWORD_MAX_CHARS},
    {FORM_FIELD(struct staff_password_form, new, "new", FIELD_SECRET), .required = true, .max = PASSWORD_MAX_CHARS},
    {FORM_FIELD(struct staff_password_form, again, "again", FIELD_SECRET), .required = true, .max = PASSWORD_MAX_CHARS},
    {FORM_FIELD(struct staff_password_form, next, "next", FIELD_TEXT), .max = LIMIT_NEXT_CHARS},
};
const struct form_spec staff_password_form = {FORM_SPEC("staff_password", struct staff_password_form, password_fields)};

static const struct form_field confirm_fields[] = {
    {FORM_FIELD(struct staff_confirm_form, password, "password", FIELD_SECRET), .required = true, .max = PASSWORD_MAX_CHARS},
    {FORM_FIELD(struct staff_confirm_form, next, "next", FIELD_TEXT), .max = LIMIT_NEXT_CHARS},
};
const struct form_spec staff_confirm_form = {FORM_SPEC("staff_confirm", struct staff_confirm_form, confirm_fields)};

static const struct form_field session_fields[] = {
    {FORM_FIELD(struct staff_session_form, id, "id", FIELD_CODE), .max = ID_CHARS},
};
const struct form_spec staff_session_form = {FORM_SPEC("staff_session", struct staff_session_form, session_fields)};

/* ---- the key of a form ----------------------------------------------------------------------------------------------------- */

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

enum err staff_form_hash_files(struct request *rq, struct crypto_hasher *h, const struct upload_list *files)
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
        e = staff_form_hash_files(rq, h, files);
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

struct str staff_form_once(struct request *rq, struct str sent)
{
    return sent.n > 0 ? sent : crypto_random_text(rq->a, ONCE_BYTES);
}

enum err staff_form_key(struct request *rq, struct str once, struct idem *ret)
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
        *ret = (struct idem){.scope = arena_printf(rq->a, "s:%llu", (unsigned long long)join_actor(rq).staff_id),
                             .route = str_from_c(rq->route->name), .key = arena_dup(rq->a, (struct str){(const char *)digest, sizeof digest})};
    return e;
}

enum err staff_form_take(struct request *rq, struct str once)
{
    struct idem *idem = ARENA_NEW(rq->a, struct idem);
    const enum err e = staff_form_key(rq, once, idem);
    if (e == ERR_OK && idem->key.n > 0)
        join_ctx(rq)->once = idem;
    return e;
}
