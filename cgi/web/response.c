/*
 * response.c - the answer: collected in memory, then head and body in one write.
 *
 * Contract: see response.h. All headers that protect the reader are added here, for every answer alike, so that no
 * handler can forget them. Must not know what is in the body.
 */
#include "web/response.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "web/cookie.h"
#include "web/request.h"
#include "web/route.h"

enum { ONE_WRITE_BYTES = KIB(64), BODY_FIRST_BYTES = KIB(16) };

void response_init(struct response *rs, struct arena *a)
{
    *rs = (struct response){.status = 200, .content_type = "text/plain; charset=utf-8"};
    buf_init(&rs->headers, a, LIMIT_RESPONSE_HEADER_BYTES);
    buf_init(&rs->cookies, a, LIMIT_RESPONSE_HEADER_BYTES);
    buf_init(&rs->body, a, LIMIT_RESPONSE_BYTES);
    (void)buf_reserve(&rs->body, BODY_FIRST_BYTES); /* what grows from little is copied each time */
}

void response_clear(struct response *rs)
{
    buf_clear(&rs->headers);
    buf_clear(&rs->body);
    rs->status = 200;
    rs->etag_bytes = 0;
    rs->etag = rs->embeddable = rs->is_file = rs->is_elsewhere = false;
}

void response_type(struct response *rs, const char *content_type)
{
    rs->status = 200;
    rs->content_type = content_type;
}

void response_html(struct response *rs)
{
    response_type(rs, "text/html; charset=utf-8");
}

void response_json(struct response *rs)
{
    response_type(rs, "application/json; charset=utf-8");
}

void response_status(struct response *rs, int status)
{
    BUG_ON(status < 200 || status > 599);
    rs->status = status;
}

static void header_line(struct buf *b, struct str name, struct str value)
{
    buf_put(b, name);
    buf_put(b, STR(": "));
    buf_put(b, value);
    buf_put(b, STR("\r\n"));
}

static bool one_line(struct str value)
{
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] < 0x20 || value.p[i] == 0x7f)
            return false;
    return true;
}

void response_header(struct response *rs, const char *name, struct str value)
{
    BUG_ON(!one_line(value));
    header_line(&rs->headers, str_from_c(name), value);
}

static void put_cookie(struct request *rq, struct response *rs, const char *name, struct str value)
{
    BUG_ON(!cookie_value_ok(value));
    buf_put(&rs->cookies, STR("Set-Cookie: "));
    buf_put(&rs->cookies, rq->secure ? STR("__Host-") : STR_NONE);
    buf_put(&rs->cookies, str_from_c(name));
    buf_putc(&rs->cookies, '=');
    buf_put(&rs->cookies, value);
    buf_put(&rs->cookies, STR("; Path=/; HttpOnly; SameSite=Lax"));
    if (rq->secure)
        buf_put(&rs->cookies, STR("; Secure"));
    rs->sets_cookie = true;
}

void response_cookie(struct request *rq, struct response *rs, const char *name, struct str value, int max_age_s)
{
    put_cookie(rq, rs, name, value);
    if (max_age_s > 0) {
        buf_put(&rs->cookies, STR("; Max-Age="));
        buf_put_i64(&rs->cookies, max_age_s);
    }
    buf_put(&rs->cookies, STR("\r\n"));
}

void response_cookie_clear(struct request *rq, struct response *rs, const char *name)
{
    put_cookie(rq, rs, name, STR_NONE);
    buf_put(&rs->cookies, STR("; Max-Age=0\r\n"));
}

/* A path of our own: one slash in front, so that neither "//host" nor "/\host" leads elsewhere. */
static bool own_path(struct str path)
{
    if (!path.n || path.p[0] != '/' || (path.n > 1 && (path.p[1] == '/' || path.p[1] == '\\')))
        return false;
    for (size_t i = 0; i < path.n; i++)
        if ((unsigned char)path.p[i] <= 0x20 || (unsigned char)path.p[i] >= 0x7f || path.p[i] == '\\')
            return false;
    return true;
}

enum err response_redirect(struct response *rs, struct str path)
{
    if (!own_path(path))
        return ERR_INTERNAL;
    response_clear(rs);
    response_type(rs, "text/plain; charset=utf-8");
    response_status(rs, 303);
    response_header(rs, "Location", path);
    rs->no_store = true;
    return ERR_OK;
}

/* Both forms of RFC 6266: a plain one for old programs, and the true name. */
static void disposition(struct response *rs, struct str filename)
{
    struct arena *a = rs->headers.a;
    char *plain = arena_alloc(a, filename.n + 1);
    for (size_t i = 0; i < filename.n; i++) {
        char c = filename.p[i];
        plain[i] = (char)(c > 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '%' ? c : '_');
    }
    struct str value = arena_printf(a, "attachment; filename=\"%s\"; filename*=UTF-8''" STR_FMT, plain,
                                    STR_ARG(percent_encode(a, filename)));
    response_header(rs, "Content-Disposition", value);
}

void response_download(struct response *rs, const char *content_type, struct str filename)
{
    response_type(rs, content_type);
    disposition(rs, filename);
}

void response_file(struct response *rs, struct str internal_path, const char *content_type, struct str filename)
{
    BUG_ON(!own_path(internal_path));
    response_type(rs, content_type);
    response_header(rs, "X-Accel-Redirect", internal_path);
    rs->is_file = true;
    if (filename.n)
        disposition(rs, filename);
}

void response_elsewhere(struct response *rs, struct str internal_path)
{
    BUG_ON(!own_path(internal_path));
    response_clear(rs);
    response_type(rs, "text/plain; charset=utf-8");
    response_header(rs, "X-Accel-Redirect", internal_path);
    rs->is_file = rs->is_elsewhere = rs->no_store = true;
}

bool response_unanswered(struct request *rq, struct response *rs, struct str q)
{
    struct str note = rq->params[PARAM_UNANSWERED];
    if (note.n == 0 || note.p[0] != '/')
        return false;
    response_elsewhere(rs, arena_printf(rq->a, STR_FMT "?q=" STR_FMT, STR_ARG(note), STR_ARG(percent_encode(rq->a, q))));
    return true;
}

void response_embeddable(struct response *rs)
{
    rs->embeddable = true;
}

/* ---- sending --------------------------------------------------------------------------------------------------- */

#define COMMON                                                                                                         \
    "X-Content-Type-Options: nosniff\r\n"                                                                              \
    "Referrer-Policy: same-origin\r\n"                                                                                 \
    "Permissions-Policy: geolocation=(self), camera=(), microphone=(), payment=(), usb=(), interest-cohort=()\r\n"
#define WALL "Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n"
#define PAGE_SOURCES                                                                                                   \
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "  \
    "form-action 'self'; base-uri 'none'; "
#define CSP "Content-Security-Policy: "

static struct str protecting_headers(const struct request *rq, const struct response *rs)
{
    bool page = strncmp(rs->content_type, "text/html", 9) == 0;
    if (rs->embeddable)
        return STR(COMMON CSP PAGE_SOURCES "frame-ancestors *\r\nCross-Origin-Resource-Policy: cross-origin\r\n");
    if (page)
        return STR(COMMON WALL CSP PAGE_SOURCES "frame-ancestors 'none'\r\n");
    /* Open data may be read by pages elsewhere: nothing in it depends on who asks. */
    if (rq->route && rq->route->look == LOOK_RAW && rq->route->guard == GUARD_PUBLIC)
        return STR(COMMON CSP "default-src 'none'; style-src 'self'; frame-ancestors 'none'\r\n"
                              "Cross-Origin-Resource-Policy: cross-origin\r\nAccess-Control-Allow-Origin: *\r\n");
    return STR(COMMON WALL CSP "default-src 'none'; frame-ancestors 'none'\r\n");
}

static struct str cache_headers(const struct request *rq, const struct response *rs)
{
    bool ok = rs->status == 200 || rs->status == 304;
    if (!rq->route || rs->sets_cookie || rs->no_store || !ok)
        return STR("Cache-Control: no-store\r\n");
    switch (rq->route->cache) {
    case CACHE_MICRO:
        return STR("Cache-Control: public, max-age=1\r\nX-Accel-Expires: 1\r\n");
    case CACHE_SHORT:
        return STR("Cache-Control: public, max-age=60\r\nX-Accel-Expires: 60\r\n");
    case CACHE_PUBLIC_ETAG:
        return STR("Cache-Control: public, no-cache\r\n");
    case CACHE_PRIVATE_ETAG:
        return STR("Cache-Control: private, no-cache\r\n");
    case CACHE_UNSET:
    case CACHE_NO_STORE:
        break;
    }
    return STR("Cache-Control: no-store\r\n");
}

/* Language and type size are chosen by cookie on pages, by header elsewhere; who asks counts for the API. */
static struct str vary(const struct request *rq)
{
    if (!rq->route || rq->route->look == LOOK_PAGE)
        return STR("Vary: Accept-Language, Cookie\r\n");
    if (rq->route->look == LOOK_API && rq->route->guard != GUARD_PUBLIC)
        return STR("Vary: Accept-Language, Authorization\r\n");
    return STR("Vary: Accept-Language\r\n");
}

/* Not cryptographic: tells versions of one answer apart. Eight bytes at a time. */
static uint64_t body_hash(struct str s)
{
    uint64_t h = UINT64_C(0x9e3779b97f4a7c15) ^ s.n, v;
    while (s.n >= 8) {
        memcpy(&v, s.p, 8);
        h = (h ^ v) * UINT64_C(0xff51afd7ed558ccd);
        h ^= h >> 32;
        s = (struct str){s.p + 8, s.n - 8};
    }
    v = 0;
    memcpy(&v, s.p, s.n);
    h = (h ^ v) * UINT64_C(0xc4ceb9fe1a85ec53);
    return h ^ h >> 29;
}

static struct str etag_of(struct response *rs, char out[24])
{
    static const char digits[] = "0123456789abcdef";
    uint64_t h = body_hash(str_slice(buf_str(&rs->body), 0, rs->etag_bytes ? rs->etag_bytes : rs->body.n));
    memcpy(out, "W/\"", 3);
    for (int i = 0; i < 16; i++)
        out[3 + i] = digits[h >> (60 - 4 * i) & 15];
    out[19] = '"';
    return (struct str){out, 20};
}

/* If-None-Match compares weakly [RFC 9110, section 13.1.2]. */
static bool etag_known(struct str header, struct str etag)
{
    struct str piece, opaque = str_slice(etag, 2, etag.n);
    if (str_eq(str_trim(header), STR("*")))
        return true;
    while (header.n) {
        str_cut(header, ',', &piece, &header);
        piece = str_trim(piece);
        if (str_starts(piece, STR("W/")))
            piece = str_slice(piece, 2, piece.n);
        if (str_eq(piece, opaque))
            return true;
    }
    return false;
}

static void put_etag(struct request *rq, struct response *rs, struct buf *head)
{
    char room[24];
    enum cache c = rq->route ? rq->route->cache : CACHE_NO_STORE;
    bool wanted = rs->etag || c == CACHE_PRIVATE_ETAG || c == CACHE_PUBLIC_ETAG || c == CACHE_SHORT || c == CACHE_MICRO;
    if (!wanted || rs->status != 200 || rs->sets_cookie || rs->no_store || !str_eq(rq->method, STR("GET")))
        return;
    struct str etag = etag_of(rs, room);
    header_line(head, STR("ETag"), etag);
    if (rq->params[PARAM_IF_NONE_MATCH].n && etag_known(rq->params[PARAM_IF_NONE_MATCH], etag))
        rs->status = 304;
}

/* The status line of HTTP/1.1 wants its words, if only for the blank in front of them. */
static struct str status_line(int status)
{
    static const struct {
        int status;
        const char *line;
    } lines[] = {{200, "200 OK"},
                 {201, "201 Created"},
                 {202, "202 Accepted"},
                 {204, "204 No Content"},
                 {303, "303 See Other"},
                 {304, "304 Not Modified"},
                 {308, "308 Permanent Redirect"},
                 {400, "400 Bad Request"},
                 {401, "401 Unauthorized"},
                 {403, "403 Forbidden"},
                 {404, "404 Not Found"},
                 {405, "405 Method Not Allowed"},
                 {409, "409 Conflict"},
                 {410, "410 Gone"},
                 {413, "413 Content Too Large"},
                 {414, "414 URI Too Long"},
                 {415, "415 Unsupported Media Type"},
                 {422, "422 Unprocessable Content"},
                 {429, "429 Too Many Requests"},
                 {500, "500 Internal Server Error"},
                 {503, "503 Service Unavailable"}};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (lines[i].status == status)
            return str_from_c(lines[i].line);
    bug(__FILE__, __LINE__, "a status without words");
}

static void make_head(struct request *rq, struct response *rs, struct buf *head)
{
    put_etag(rq, rs, head);
    header_line(head, STR("Status"), status_line(rs->status));
    if (rs->status != 304)
        header_line(head, STR("Content-Type"), str_from_c(rs->content_type));
    if (rs->status != 304 && !rs->is_file && !rs->streaming) {
        buf_put(head, STR("Content-Length: "));
        buf_put_u64(head, rs->body.n);
        buf_put(head, STR("\r\n"));
    }
    if (!rs->is_elsewhere) /* nginx would add it to what the other location says of itself */
        buf_put(head, cache_headers(rq, rs));
    buf_put(head, vary(rq));
    buf_put(head, protecting_headers(rq, rs));
    if (rq->secure)
        buf_put(head, STR("Strict-Transport-Security: max-age=63072000; includeSubDomains\r\n"));
    header_line(head, STR("X-Request-Id"), rq->request_id);
    buf_put(head, buf_str(&rs->headers));
    buf_put(head, buf_str(&rs->cookies));
    buf_put(head, STR("\r\n"));
}

bool response_stream_begin(struct request *rq, struct response *rs)
{
    struct buf head;
    BUG_ON(rs->headers.full || rs->cookies.full || rs->body.n > 0 || rs->streaming);
    rs->streaming = true;
    buf_init(&head, rq->a, 3 * LIMIT_RESPONSE_HEADER_BYTES);
    make_head(rq, rs, &head);
    BUG_ON(head.full);
    return rq->gw->write(rq->gw->self, head.p, head.n);
}

bool response_stream_put(struct request *rq, struct response *rs, struct str piece)
{
    BUG_ON(!rs->streaming);
    if (rq->head || piece.n == 0)
        return true;
    rs->streamed_bytes += piece.n;
    if (!rq->gw->write(rq->gw->self, piece.p, piece.n))
        return false;
    if (rq->gw->prolong != NULL)
        rq->gw->deadline_us = rq->gw->prolong(rq->gw->self);
    return true;
}

bool response_send(struct request *rq, struct response *rs, size_t *ret_bytes)
{
    struct buf head;
    if (rs->streaming) { /* all of it is out */
        *ret_bytes = rs->streamed_bytes;
        return true;
    }
    BUG_ON(rs->headers.full || rs->cookies.full || rs->body.full);
    buf_init(&head, rq->a, 3 * LIMIT_RESPONSE_HEADER_BYTES + ONE_WRITE_BYTES);
    make_head(rq, rs, &head);
    BUG_ON(head.full);
    struct str body = rq->head || rs->status == 304 ? STR_NONE : buf_str(&rs->body);
    *ret_bytes = body.n;
    if (body.n > ONE_WRITE_BYTES)
        return rq->gw->write(rq->gw->self, head.p, head.n) && rq->gw->write(rq->gw->self, body.p, body.n);
    buf_put(&head, body);
    return rq->gw->write(rq->gw->self, head.p, head.n);
}
