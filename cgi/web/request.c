/*
 * request.c - from CGI parameters to struct request.
 *
 * Contract: see request.h. Judges everything a client wrote before any route sees it. Must not know routes, forms,
 * sessions, or what a ticket is.
 */
#include "web/request.h"

#include <arpa/inet.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/random.h"
#include "base/utf8.h"
#include "web/cookie.h"
#include "web/dispatch.h"
#include "web/language.h"

static const struct str param_names[PARAM_COUNT] = {
    [PARAM_METHOD] = {"REQUEST_METHOD", 14},
    [PARAM_URI] = {"REQUEST_URI", 11},
    [PARAM_REMOTE_ADDR] = {"REMOTE_ADDR", 11},
    [PARAM_HTTPS] = {"HTTPS", 5},
    [PARAM_PRIVATE] = {"SUDA_PRIVATE", 12},
    [PARAM_CONTENT_LENGTH] = {"CONTENT_LENGTH", 14},
    [PARAM_CONTENT_TYPE] = {"CONTENT_TYPE", 12},
    [PARAM_HOST] = {"HTTP_HOST", 9},
    [PARAM_COOKIE] = {"HTTP_COOKIE", 11},
    [PARAM_ACCEPT_LANGUAGE] = {"HTTP_ACCEPT_LANGUAGE", 20},
    [PARAM_AUTHORIZATION] = {"HTTP_AUTHORIZATION", 18},
    [PARAM_ORIGIN] = {"HTTP_ORIGIN", 11},
    [PARAM_SEC_FETCH_SITE] = {"HTTP_SEC_FETCH_SITE", 19},
    [PARAM_IF_NONE_MATCH] = {"HTTP_IF_NONE_MATCH", 18},
    [PARAM_TRACEPARENT] = {"HTTP_TRACEPARENT", 16},
    [PARAM_REQUEST_ID] = {"REQUEST_ID", 10},
    [PARAM_LANG] = {"SUDA_LANG", 9},
    [PARAM_UNANSWERED] = {"SUDA_UNANSWERED", 15},
};

static void take_param(struct request *rq, const char *name, const char *value)
{
    size_t n = strlen(name);
    for (int i = 0; i < PARAM_COUNT; i++) {
        if (param_names[i].n == n && memcmp(param_names[i].p, name, n) == 0) {
            if (!rq->params[i].n)
                rq->params[i] = str_from_c(value);
            return;
        }
    }
}

static void read_params(struct request *rq)
{
    const char *name, *value;
    for (int i = 0; i < PARAM_COUNT; i++)
        rq->params[i] = STR_NONE;
    if (rq->gw->param_at) {
        for (size_t i = 0; rq->gw->param_at(rq->gw->self, i, &name, &value); i++)
            take_param(rq, name, value);
    } else {
        for (int i = 0; i < PARAM_COUNT; i++)
            rq->params[i] = str_from_c(rq->gw->param(rq->gw->self, param_names[i].p));
    }
}

static bool is_hex(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n >= 16 && s.n <= 32;
}

/* Sixteen hex digits, different for every request of every worker; not a secret. The seed is drawn on first use, that
 * is after the fork. */
static struct str new_request_id(struct arena *a)
{
    static const char digits[] = "0123456789abcdef";
    static uint64_t seed, count;
    char *out = arena_alloc(a, 17);
    if (!seed)
        seed = random_u64() | 1;
    uint64_t x = seed + ++count * UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    x ^= x >> 31;
    for (int i = 0; i < 16; i++)
        out[i] = digits[(x >> (60 - 4 * i)) & 15];
    return (struct str){out, 16};
}

static struct str net_of_v4(struct arena *a, const unsigned char b[4])
{
    struct buf out;
    buf_init(&out, a, 32);
    for (int i = 0; i < 3; i++) {
        buf_put_u64(&out, b[i]);
        buf_putc(&out, '.');
    }
    buf_put(&out, STR("0/24"));
    return buf_str(&out);
}

/* The unit of throttling: a household or a small office shares one. An address nobody can read is one unit of its own,
 * so that it cannot be used to dodge a limit. */
static struct str net_of(struct arena *a, struct str ip)
{
    unsigned char b[16];
    char text[INET6_ADDRSTRLEN];
    if (ip.n >= sizeof text)
        return STR("unknown");
    memcpy(text, ip.p, ip.n);
    text[ip.n] = 0;
    if (inet_pton(AF_INET, text, b) == 1)
        return net_of_v4(a, b);
    if (inet_pton(AF_INET6, text, b) != 1)
        return STR("unknown");
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    if (memcmp(b, mapped, sizeof mapped) == 0)
        return net_of_v4(a, b + 12);
    memset(b + 7, 0, 9);
    if (!inet_ntop(AF_INET6, b, text, sizeof text))
        return STR("unknown");
    return arena_concat(a, str_from_c(text), STR("/56"));
}

/* The raw target holds visible characters only, and bytes of UTF-8; so it can stand in a Location header. */
static bool target_clean(struct str uri)
{
    for (size_t i = 0; i < uri.n; i++) {
        unsigned char c = (unsigned char)uri.p[i];
        if (c <= 0x20 || c == 0x7f || c == '#' || c == '\\')
            return false;
    }
    return uri.n && uri.p[0] == '/';
}

static bool has_encoded_slash(struct str raw)
{
    for (size_t i = 0; i + 2 < raw.n; i++)
        if (raw.p[i] == '%' && ((raw.p[i + 1] == '2' && (raw.p[i + 2] | 0x20) == 'f') ||
                                (raw.p[i + 1] == '5' && (raw.p[i + 2] | 0x20) == 'c')))
            return true;
    return false;
}

/* No empty, "." or ".." segment; one slash at the end is allowed. */
static bool segments_clean(struct str path)
{
    struct str head, rest = str_slice(path, 1, path.n);
    while (rest.n) {
        bool more = str_cut(rest, '/', &head, &rest);
        if ((head.n == 0 && more) || str_eq(head, STR(".")) || str_eq(head, STR("..")))
            return false;
    }
    return true;
}

static enum err read_target(struct request *rq)
{
    struct str raw, uri = rq->params[PARAM_URI];
    rq->path = STR("/");
    if (uri.n > LIMIT_URI_BYTES)
        return fault_set(rq->fault, ERR_INVALID, "URI_TOO_LONG", "%zu bytes", uri.n);
    if (!target_clean(uri))
        return fault_set(rq->fault, ERR_INVALID, "BAD_REQUEST", "target");
    str_cut(uri, '?', &raw, &rq->query);
    struct str path;
    if (raw.n > LIMIT_PATH_BYTES)
        return fault_set(rq->fault, ERR_INVALID, "URI_TOO_LONG", "path of %zu bytes", raw.n);
    if (has_encoded_slash(raw) || !percent_decode(rq->a, raw, false, &path) || !utf8_is_text(path, false) ||
        !segments_clean(path))
        return fault_set(rq->fault, ERR_INVALID, "BAD_REQUEST", "path");
    rq->path = path;
    return ERR_OK;
}

static void read_preferences(struct request *rq)
{
    if (!language_of_tag(rq->params[PARAM_LANG], &rq->lang) && !language_of_tag(request_cookie(rq, "lang"), &rq->lang))
        rq->lang = language_accepted(rq->params[PARAM_ACCEPT_LANGUAGE]);
    rq->elder = str_eq(request_cookie(rq, "elder"), STR("1"));
}

enum err request_read(struct request *rq)
{
    read_params(rq);
    rq->now_us = clock_now_us();
    rq->started_us = clock_monotonic_us();
    rq->request_id = is_hex(rq->params[PARAM_REQUEST_ID]) ? rq->params[PARAM_REQUEST_ID] : new_request_id(rq->a);
    rq->secure = str_eq(rq->params[PARAM_HTTPS], STR("on"));
    rq->private_listener = str_eq(rq->params[PARAM_PRIVATE], STR("1"));
    rq->client_ip = rq->params[PARAM_REMOTE_ADDR];
    rq->client_net = net_of(rq->a, rq->client_ip);
    rq->method = rq->params[PARAM_METHOD];
    rq->head = str_eq(rq->method, STR("HEAD"));
    if (rq->head)
        rq->method = STR("GET");
    read_preferences(rq);
    return read_target(rq);
}

struct str request_header(struct request *rq, const char *name)
{
    char key[64] = "HTTP_";
    size_t n = 5;
    for (const char *c = name; *c; c++) {
        BUG_ON(n + 1 >= sizeof key);
        key[n++] = *c == '-' ? '_' : (char)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c);
    }
    key[n] = 0;
    const char *k = strcmp(key, "HTTP_CONTENT_TYPE") == 0 ? "CONTENT_TYPE" : key;
    for (int i = PARAM_CONTENT_TYPE; i < PARAM_COUNT; i++)
        if (str_eq_c(param_names[i], k))
            return rq->params[i];
    return str_from_c(rq->gw->param(rq->gw->self, k));
}

struct str request_cookie(struct request *rq, const char *name)
{
    char key[64];
    if (!rq->params[PARAM_COOKIE].n)
        return STR_NONE;
    int n = snprintf(key, sizeof key, "%s%s", rq->secure ? "__Host-" : "", name);
    BUG_ON(n < 0 || (size_t)n >= sizeof key);
    return cookie_find(rq->params[PARAM_COOKIE], (struct str){key, (size_t)n});
}

struct str request_query(struct request *rq, const char *name)
{
    struct str pair, key, value, rest = rq->query, plain;
    while (rest.n) {
        str_cut(rest, '&', &pair, &rest);
        str_cut(pair, '=', &key, &value);
        if (!percent_decode(rq->a, key, true, &plain) || !str_eq_c(plain, name))
            continue;
        return percent_decode(rq->a, value, true, &plain) && utf8_is_text(plain, false) ? plain : STR_NONE;
    }
    return STR_NONE;
}

/* A Host header may be anything; what is not a plain name or address with a port is not repeated. */
static bool host_clean(struct str host)
{
    for (size_t i = 0; i < host.n; i++) {
        char c = host.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != '.' && c != '-' && c != ':' && c != '[' && c != ']')
            return false;
    }
    return host.n > 0 && host.n <= 255;
}

const char *request_absolute(struct request *rq, const char *path)
{
    const char *origin = rq->web && rq->web->public_origin ? rq->web->public_origin : "";
    if (*origin)
        return arena_printf(rq->a, "%s%s", origin, path).p;
    struct str host = rq->params[PARAM_HOST];
    if (!host_clean(host))
        host = STR("localhost");
    return arena_printf(rq->a, "%s://" STR_FMT "%s", rq->secure ? "https" : "http", STR_ARG(host), path).p;
}

struct str request_authorization(struct request *rq, const char *scheme)
{
    struct str word, rest;
    if (!rq->route || rq->route->look == LOOK_PAGE)
        return STR_NONE;
    if (!str_cut(rq->params[PARAM_AUTHORIZATION], ' ', &word, &rest) || !str_eq_nocase(word, str_from_c(scheme)))
        return STR_NONE;
    return str_trim(rest);
}
