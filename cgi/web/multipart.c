/*
 * multipart.c - multipart/form-data, parsed while it arrives, in one rolling buffer.
 *
 * Contract: see multipart.h. The stream is read as if a line end stood before its first byte, so that every delimiter
 * is CRLF "--" boundary. While no delimiter is in sight all bytes but the last few, which might be its beginning, are
 * passed on. Must not know which fields a form has.
 */
#include "web/multipart.h"

#include <unistd.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "web/multipart_header.h"
#include "web/spool.h"

enum { ROLLING_BYTES = KIB(64), DELIMITER_MAX = 4 + LIMIT_BOUNDARY_BYTES };

struct reader {
    const struct multipart_input *in;
    char *p; /* ROLLING_BYTES */
    size_t from, to;
    uint64_t total;
    bool end;
    char delimiter[DELIMITER_MAX];
    size_t n_delimiter;
};

/* Where the bytes of the part go. */
struct sink {
    struct part_header head;
    struct buf text;
    struct spool *spool;
    uint64_t bytes, cap;
    bool too_large;
};

static enum err broken(struct reader *r, const char *why)
{
    return fault_set(r->in->fault, ERR_INVALID, "MULTIPART_BROKEN", "%s", why);
}

static bool boundary_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("'()+_,-./:=? ", c));
}

bool multipart_boundary(struct str content_type, struct str *ret)
{
    static const struct str media = {"multipart/form-data", 19};
    char room[KIB(1)];
    struct str rest = str_slice(content_type, media.n, content_type.n);
    if (content_type.n > sizeof room || content_type.n < media.n ||
        !str_eq_nocase(str_slice(content_type, 0, media.n), media))
        return false;
    /* boundary=token or boundary="quoted"; the quotes hold no escapes, for no boundary character needs one. */
    while (rest.n) {
        struct str piece, key, value;
        str_cut(rest, ';', &piece, &rest);
        if (!str_cut(str_trim(piece), '=', &key, &value) || !str_eq_nocase(key, STR("boundary")))
            continue;
        if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
            value = str_slice(value, 1, value.n - 1);
        for (size_t i = 0; i < value.n; i++)
            if (!boundary_char(value.p[i]))
                return false;
        *ret = value;
        return value.n && value.n <= LIMIT_BOUNDARY_BYTES && value.p[value.n - 1] != ' ';
    }
    return false;
}

/* Reads more behind what is there. */
static enum err fill(struct reader *r)
{
    if (r->from) {
        memmove(r->p, r->p + r->from, r->to - r->from);
        r->to -= r->from;
        r->from = 0;
    }
    if (r->to == ROLLING_BYTES)
        return broken(r, "no room");
    ssize_t n = r->in->read(r->in->self, r->p + r->to, ROLLING_BYTES - r->to);
    if (n < 0)
        return fault_set(r->in->fault, ERR_INVALID, "CLIENT_GONE", "upload broke off");
    if (n == 0) {
        r->end = true;
        return broken(r, "cut off");
    }
    r->to += (size_t)n;
    r->total += (uint64_t)n;
    if (r->total > r->in->limit_bytes)
        return fault_set(r->in->fault, ERR_TOO_LARGE, "TOO_LARGE", "body past its limit");
    return ERR_OK;
}

static enum err need(struct reader *r, size_t n)
{
    while (r->to - r->from < n) {
        enum err err = fill(r);
        if (err)
            return err;
    }
    return ERR_OK;
}

static struct str window(const struct reader *r)
{
    return (struct str){r->p + r->from, r->to - r->from};
}

static enum err sink_put(struct reader *r, struct sink *k, struct str bytes)
{
    if (!k || !bytes.n)
        return ERR_OK;
    k->bytes += bytes.n;
    if (!k->head.is_file) {
        buf_put(&k->text, bytes);
        return k->text.full ? fault_set(r->in->fault, ERR_TOO_LARGE, "TOO_LARGE", "field past its limit") : ERR_OK;
    }
    if (k->cap == 0 || k->too_large)
        return ERR_OK;
    if (k->bytes > k->cap) {
        k->too_large = true;
        if (k->spool)
            spool_drop(k->spool);
        return ERR_OK;
    }
    if (!k->spool) {
        enum err err = spool_open(r->in->a, r->in->fault, r->in->spool_dir, &k->spool);
        if (err)
            return err;
    }
    return spool_write(k->spool, r->in->fault, bytes.p, bytes.n);
}

/* Passes bytes to the sink up to the next delimiter and stands behind it. */
static enum err until_delimiter(struct reader *r, struct sink *k)
{
    struct str mark = {r->delimiter, r->n_delimiter};
    for (;;) {
        struct str w = window(r);
        const char *at = w.n >= mark.n ? memmem(w.p, w.n, mark.p, mark.n) : NULL;
        size_t pass = at ? (size_t)(at - w.p) : w.n >= mark.n ? w.n - mark.n + 1 : 0;
        enum err err = sink_put(r, k, str_slice(w, 0, pass));
        if (err)
            return err;
        r->from += pass + (at ? mark.n : 0);
        if (at)
            return ERR_OK;
        err = fill(r);
        if (err)
            return err;
    }
}

/* Behind a delimiter: "--" ends the body; else blanks and a line end. */
static enum err after_delimiter(struct reader *r, bool *ret_last)
{
    enum err err = need(r, 2);
    if (err)
        return err;
    *ret_last = memcmp(r->p + r->from, "--", 2) == 0;
    if (*ret_last)
        return ERR_OK;
    for (int i = 0; i < 64; i++) {
        err = need(r, 2);
        if (err)
            return err;
        if (memcmp(r->p + r->from, "\r\n", 2) == 0) {
            r->from += 2;
            return ERR_OK;
        }
        char c = r->p[r->from++];
        if (c != ' ' && c != '\t')
            break;
    }
    return broken(r, "delimiter");
}

static enum err read_header(struct reader *r, struct part_header *ret)
{
    for (;;) {
        struct str w = str_slice(window(r), 0, LIMIT_PART_HEADER_BYTES);
        const char *end = w.n >= 4 ? memmem(w.p, w.n, "\r\n\r\n", 4) : NULL;
        if (end) {
            size_t n = (size_t)(end - w.p);
            bool good = part_header_parse(r->in->a, str_slice(w, 0, n), ret);
            /* The line end of the empty line stays: a part without bytes has its delimiter right there. */
            r->from += n + 2;
            return good ? ERR_OK : broken(r, "part header");
        }
        if (w.n == LIMIT_PART_HEADER_BYTES)
            return broken(r, "part header too long");
        enum err err = fill(r);
        if (err)
            return err;
    }
}

/* The empty line before the bytes: CRLF, unless the delimiter follows at once. */
static enum err skip_empty_line(struct reader *r)
{
    enum err err = need(r, r->n_delimiter);
    if (err)
        return err;
    if (memcmp(r->p + r->from, r->delimiter, r->n_delimiter) != 0)
        r->from += 2;
    return ERR_OK;
}

static struct upload_part *finished_file(struct reader *r, const struct sink *k)
{
    if (k->too_large || !k->spool)
        return NULL;
    struct upload_part *u = ARENA_NEW(r->in->a, struct upload_part);
    *u = (struct upload_part){.filename = k->head.filename,
                              .content_type = k->head.content_type,
                              .fd = k->spool->fd,
                              .bytes = k->bytes,
                              .path = str_from_c(k->spool->path),
                              .spool = k->spool};
    return u;
}

/* An empty file with a name is a file of no bytes, so that the form can say so; without a name nothing was chosen. */
static enum err finish(struct reader *r, struct sink *k, struct form_pair *ret)
{
    if (k->head.is_file && k->cap && !k->spool && !k->too_large && k->head.filename.n) {
        enum err err = spool_open(r->in->a, r->in->fault, r->in->spool_dir, &k->spool);
        if (err)
            return err;
    }
    *ret = (struct form_pair){.name = k->head.name, .value = buf_str(&k->text), .too_large = k->too_large,
                              .unknown_file = k->head.is_file && k->cap == 0 && (k->head.filename.n > 0 || k->bytes > 0)};
    ret->file = finished_file(r, k);
    if (ret->file && lseek(ret->file->fd, 0, SEEK_SET) != 0)
        return fault_set(r->in->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "spool: seek");
    struct str v = ret->value;
    if ((v.n && memchr(v.p, 0, v.n)) || !utf8_valid(v))
        return fault_set(r->in->fault, ERR_INVALID, "BAD_REQUEST", "bad encoding in a form");
    return ERR_OK;
}

static enum err read_part(struct reader *r, struct form_pair *ret)
{
    struct sink k = {0};
    enum err err = read_header(r, &k.head);
    if (err)
        return err;
    buf_init(&k.text, r->in->a, LIMIT_BODY_FORM_BYTES);
    if (k.head.is_file)
        k.cap = r->in->file_cap(r->in->arg, k.head.name);
    err = skip_empty_line(r);
    if (!err)
        err = until_delimiter(r, &k);
    return err ? err : finish(r, &k, ret);
}

static enum err start(struct reader *r)
{
    struct str boundary;
    if (!multipart_boundary(r->in->content_type, &boundary))
        return broken(r, "boundary");
    memcpy(r->delimiter, "\r\n--", 4);
    memcpy(r->delimiter + 4, boundary.p, boundary.n);
    r->n_delimiter = 4 + boundary.n;
    r->p = arena_alloc(r->in->a, ROLLING_BYTES);
    memcpy(r->p, "\r\n", 2);
    r->to = 2;
    return until_delimiter(r, NULL); /* a preamble, if any, is passed over */
}

enum err multipart_read(const struct multipart_input *in, struct form_pairs *ret)
{
    struct reader r = {.in = in};
    struct form_pair *pairs = ARENA_ARRAY(in->a, struct form_pair, LIMIT_PARTS);
    size_t n = 0;
    bool last = false;
    *ret = (struct form_pairs){0};
    enum err err = start(&r);
    while (!err && !(err = after_delimiter(&r, &last)) && !last) {
        if (n == LIMIT_PARTS)
            return fault_set(in->fault, ERR_INVALID, "TOO_MANY_FIELDS", "more than %d parts", LIMIT_PARTS);
        err = read_part(&r, &pairs[n]);
        n += !err;
    }
    if (!err)
        *ret = (struct form_pairs){pairs, n};
    return err;
}
