/*
 * body.c - the body of a request, read as its route wants it, never more than the route allows.
 *
 * Contract: see body.h. Must not know which fields a form has beyond the caps of its files.
 */
#include "web/body.h"

#include "base/limits.h"
#include "web/dispatch.h"
#include "web/multipart.h"

enum { READ_STEP = KIB(16) };

/* The media type without its parameters. */
static struct str media_type(const struct request *rq)
{
    struct str type, params;
    str_cut(rq->params[PARAM_CONTENT_TYPE], ';', &type, &params);
    return str_trim(type);
}

static enum err too_large(struct request *rq)
{
    return fault_set(rq->fault, ERR_TOO_LARGE, "TOO_LARGE", "body past its limit");
}

/* False: absent. A length that is no number is a broken request. */
static enum err announced(struct request *rq, bool *ret_known, uint64_t *ret)
{
    struct str length = rq->params[PARAM_CONTENT_LENGTH];
    *ret_known = length.n > 0;
    *ret = 0;
    if (length.n && !parse_u64(length, 0, INT64_MAX, ret))
        return fault_set(rq->fault, ERR_INVALID, "BAD_REQUEST", "Content-Length");
    return *ret > rq->route->body_limit_bytes ? too_large(rq) : ERR_OK;
}

static enum err read_whole(struct request *rq)
{
    bool known;
    uint64_t length;
    struct buf b;
    enum err err = announced(rq, &known, &length);
    if (err)
        return err;
    /* One byte more than allowed, so that too much is seen as such. */
    buf_init(&b, rq->a, (size_t)rq->route->body_limit_bytes + 1 + READ_STEP);
    for (;;) {
        size_t want = known ? (size_t)length - b.n : READ_STEP;
        if (!want)
            break;
        char *p = buf_reserve(&b, want);
        BUG_ON(!p);
        ssize_t n = rq->gw->read(rq->gw->self, p, want);
        if (n < 0 || (n == 0 && known))
            return fault_set(rq->fault, ERR_INVALID, "CLIENT_GONE", "body broke off");
        if (n == 0)
            break;
        b.n += (size_t)n;
        if (b.n > rq->route->body_limit_bytes)
            return too_large(rq);
    }
    rq->body = buf_str(&b);
    return ERR_OK;
}

static enum err parse_pairs(struct request *rq, struct str text)
{
    struct form_pairs *pairs = ARENA_NEW(rq->a, struct form_pairs);
    rq->sent = pairs;
    return urlencoded_parse(rq->a, rq->fault, text, pairs);
}

static uint64_t file_cap(void *arg, struct str name)
{
    const struct form_spec *spec = arg;
    for (size_t i = 0; spec && i < spec->n_fields; i++)
        if (str_eq_c(name, spec->fields[i].name))
            return spec->fields[i].max_bytes;
    return 0;
}

static enum err read_multipart(struct request *rq)
{
    bool known;
    uint64_t length;
    enum err err = announced(rq, &known, &length);
    if (err)
        return err;
    struct multipart_input in = {.a = rq->a,
                                 .fault = rq->fault,
                                 .self = rq->gw->self,
                                 .read = rq->gw->read,
                                 .content_type = rq->params[PARAM_CONTENT_TYPE],
                                 .limit_bytes = rq->route->body_limit_bytes,
                                 .spool_dir = rq->web->spool_dir,
                                 .file_cap = file_cap,
                                 .arg = (void *)(uintptr_t)rq->route->form};
    struct form_pairs *pairs = ARENA_NEW(rq->a, struct form_pairs);
    rq->sent = pairs;
    return multipart_read(&in, pairs);
}

static enum err read_form(struct request *rq, bool multipart_allowed)
{
    struct str type = media_type(rq);
    if (multipart_allowed && str_eq_nocase(type, STR("multipart/form-data")))
        return read_multipart(rq);
    /* A form without a single field has no type and no length. */
    if (type.n && !str_eq_nocase(type, STR("application/x-www-form-urlencoded")))
        return fault_set(rq->fault, ERR_INVALID, "UNSUPPORTED_MEDIA_TYPE", NULL);
    enum err err = read_whole(rq);
    return err ? err : parse_pairs(rq, rq->body);
}

static enum err read_json(struct request *rq)
{
    struct str type = media_type(rq), length = rq->params[PARAM_CONTENT_LENGTH];
    /* An act without arguments may come without a body, and then without a type. */
    if (!type.n && (!length.n || str_eq(length, STR("0"))))
        return ERR_OK;
    if (!str_eq_nocase(type, STR("application/json")))
        return fault_set(rq->fault, ERR_INVALID, "UNSUPPORTED_MEDIA_TYPE", NULL);
    return read_whole(rq);
}

enum err body_read(struct request *rq)
{
    switch (rq->route->body) {
    case BODY_NONE:
        return rq->route->form ? parse_pairs(rq, rq->query) : ERR_OK;
    case BODY_FORM:
        return read_form(rq, false);
    case BODY_MULTIPART:
        return read_form(rq, true);
    case BODY_JSON:
        return read_json(rq);
    case BODY_UNSET:
        break;
    }
    bug(__FILE__, __LINE__, "body");
}
