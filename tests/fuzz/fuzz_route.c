/*
 * fuzz_route.c - request target, headers and route table. Lines: method, target, Host, Cookie, Accept-Language,
 * address, then patterns of routes (`GET /a/{b}`).
 *
 * sources: cgi/base/[a-z]*.c cgi/web/{request,route,preference,percent,cookie,language,response,form*,json*}.c
 * covers: cgi/web/{request,route,preference}.c
 */
#include "fuzz.h"
#include "web/dispatch.h"
#include "web/preference.h"

enum { ROUTES_MAX = 12 };

struct lines {
    struct arena *a;
    const char *method, *target, *host, *cookie, *accept, *address;
};

static const char *param(void *self, const char *name)
{
    const struct lines *l = self;
    static const char *const names[] = {"REQUEST_METHOD",     "REQUEST_URI",          "HTTP_HOST",
                                        "HTTP_COOKIE",        "HTTP_ACCEPT_LANGUAGE", "REMOTE_ADDR",
                                        "HTTP_AUTHORIZATION", "HTTP_X_TEST",          "REQUEST_ID"};
    const char *values[] = {l->method,  l->target, l->host, l->cookie, l->accept,
                            l->address, l->cookie, l->host, l->address};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return values[i];
    return NULL;
}

static bool param_at(void *self, size_t i, const char **ret_name, const char **ret_value)
{
    static const char *const names[] = {"REQUEST_METHOD", "REQUEST_URI", "HTTP_HOST", "HTTP_COOKIE", "OTHER"};
    if (i >= sizeof names / sizeof *names)
        return false;
    *ret_name = names[i];
    const char *v = param(self, names[i]);
    *ret_value = v ? v : "";
    return true;
}

static const char *line(struct arena *a, struct str *rest)
{
    struct str l;
    str_cut(*rest, '\n', &l, rest);
    const char *nul = l.n ? memchr(l.p, 0, l.n) : NULL; /* a parameter is a C string */
    if (nul)
        l.n = (size_t)(nul - l.p);
    return arena_cstr(a, l);
}

static enum err handler(struct request *rq, struct response *rs)
{
    (void)rq;
    (void)rs;
    return ERR_OK;
}

static size_t read_rows(struct arena *a, struct str rest, struct route *rows)
{
    size_t n = 0;
    while (rest.n && n < ROUTES_MAX) {
        struct str text = str_from_c(line(a, &rest)), method, pattern;
        str_cut(text, ' ', &method, &pattern);
        bool get = str_eq(method, STR("GET"));
        rows[n] = (struct route){.name = arena_printf(a, "r%zu", n).p,
                                 .method = arena_cstr(a, method),
                                 .pattern = arena_cstr(a, pattern),
                                 .handler = handler,
                                 .guard = GUARD_PUBLIC,
                                 .csrf = get ? CSRF_SAFE : CSRF_TOKEN,
                                 .body = get ? BODY_NONE : BODY_FORM,
                                 .body_limit_bytes = get ? 0 : 10,
                                 .bucket = BUCKET_NONE,
                                 .cache = CACHE_NO_STORE,
                                 .look = LOOK_PAGE};
        n++;
    }
    return n;
}

static void check_path(struct str path)
{
    FUZZ_CHECK(utf8_is_text(path, false) && path.p[0] == '/');
    FUZZ_CHECK(!str_find(path, STR("//")) && !str_find(path, STR("/../")) && !str_ends(path, STR("/..")) &&
               !str_find(path, STR("/./")) && !str_ends(path, STR("/.")));
}

/* Half-filled rows must be refused, and printing must not mind. */
static void check_broken_rows(const struct route *row, unsigned which)
{
    struct route r = *row;
    switch (which % 12) {
    case 0:
        r.name = "Bad";
        break;
    case 1:
        r.method = NULL;
        break;
    case 2:
        r.handler = NULL;
        break;
    case 3:
        r.guard = GUARD_UNSET;
        break;
    case 4:
        r.csrf = CSRF_UNSET;
        break;
    case 5:
        r.body = BODY_UNSET;
        break;
    case 6:
        r.bucket = BUCKET_UNSET;
        break;
    case 7:
        r.cache = CACHE_UNSET;
        break;
    case 8:
        r.look = LOOK_UNSET;
        break;
    case 9:
        r.csrf = CSRF_BEARER;
        break;
    case 10:
        r.body_limit_bytes = r.body_limit_bytes ? 0 : 1;
        break;
    case 11:
        r.look = r.csrf == CSRF_TOKEN ? LOOK_API : LOOK_UNSET;
        break;
    }
    FUZZ_CHECK(route_check(&(struct route_table){&r, 1}) != NULL);
}

static void use_route(struct request *rq, const struct route *r)
{
    struct response rs;
    response_init(&rs, rq->a);
    for (int i = 0; i < REQUEST_PATH_ARGS; i++)
        FUZZ_CHECK(!rq->path_args[i].n || !memchr(rq->path_args[i].p, '/', rq->path_args[i].n));
    rq->route = r;
    if (preference_answer(rq, &rs))
        FUZZ_CHECK(rs.status == 303 && rs.headers.n > 0 && !rs.headers.full);
    struct route api = *r;
    api.look = LOOK_API;
    rq->route = &api;
    (void)preference_answer(rq, &rs);
    (void)request_authorization(rq, "Bearer");
}

static void try_routes(struct request *rq, const struct route_table *t)
{
    const char *allow;
    if (t->n)
        check_broken_rows(&t->rows[0], (unsigned)rq->path.n);
    if (route_check(t))
        return;
    const struct route *r = route_find(t, rq, &allow);
    FUZZ_CHECK(!(r && allow));
    if (r)
        use_route(rq, r);
    struct str other = route_other_slash(t, rq);
    FUZZ_CHECK(!other.n || !str_eq(other, rq->path));
    static FILE *null;
    if (!null)
        null = fopen("/dev/null", "we");
    FUZZ_CHECK(null);
    route_print(t, "fuzz", NULL, null);
}

static void one(struct arena *a, struct str input)
{
    struct lines l = {.a = a};
    l.method = line(a, &input);
    l.target = line(a, &input);
    l.host = line(a, &input);
    l.cookie = line(a, &input);
    l.accept = line(a, &input);
    l.address = line(a, &input);
    struct gateway gw = {.self = &l, .param = param, .param_at = l.method[0] == 'H' ? param_at : NULL};
    struct fault f = {0};
    struct web_app web = {.public_origin = l.method[0] == 'P' ? "https://suda.example" : ""};
    struct request rq = {.a = a, .gw = &gw, .fault = &f, .web = &web};
    enum err err = request_read(&rq);
    check_path(rq.path);
    FUZZ_CHECK(rq.client_net.n > 0 && rq.request_id.n >= 16 && rq.lang < LANG_COUNT);
    FUZZ_CHECK(fuzz_is_clean(request_query(&rq, "q")));
    FUZZ_CHECK(strncmp(request_absolute(&rq, "/x"), "http", 4) == 0);
    (void)request_header(&rq, "X-Test");
    (void)request_header(&rq, "Host");
    if (err)
        return;
    struct str self = preference_self(&rq);
    for (size_t i = 0; i < self.n; i++)
        FUZZ_CHECK((unsigned char)self.p[i] > 0x20 && (unsigned char)self.p[i] < 0x7f);
    struct route rows[ROUTES_MAX];
    struct route_table t = {rows, read_rows(a, input, rows)};
    try_routes(&rq, &t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_with_arena(data, size, one);
    return 0;
}
