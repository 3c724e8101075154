/*
 * small_app.h - a whole program in small for the tests of dispatch, sessions and forms: a route of every kind, a store
 * of one session, a guard, and helpers that send a request and look at the answer.
 */
#ifndef TEST_WEB_SMALL_APP_H
#define TEST_WEB_SMALL_APP_H

#include "fake.h"

#include "base/log.h"
#include "web/csrf.h"
#include "web/envelope.h"

struct note {
    struct str text;
    struct upload_part photo;
};
static const struct form_field note_fields[] = {
    {FORM_FIELD(struct note, text, "text", FIELD_TEXT), .required = true, .max = 10},
    {FORM_FIELD(struct note, photo, "photo", FIELD_FILE), .max_bytes = 100},
};
static const struct form_spec note_form = {FORM_SPEC("note", struct note, note_fields)};

static int handled, ended;
static enum err handler_err;

static inline enum err show(struct request *rq, struct response *rs)
{
    handled++;
    if (handler_err)
        return fault_set(rq->fault, handler_err, NULL, "test");
    response_html(rs);
    if (rq->form_invalid)
        response_status(rs, 422);
    buf_printf(&rs->body, "csrf=" STR_FMT "\nlang=%d elder=%d account=%d\n", STR_ARG(rq->csrf), (int)rq->lang,
               rq->elder, (int)rq->account_id);
    if (rq->form)
        buf_printf(&rs->body, "text=" STR_FMT "\n", STR_ARG(((const struct note *)rq->form)->text));
    return ERR_OK;
}

/* A long file in pieces, each in the memory of the one before; handler_err is met half-way. */
static inline enum err pieces(struct request *rq, struct response *rs)
{
    response_download(rs, "text/csv; charset=utf-8", STR("long.csv"));
    bool there = response_stream_begin(rq, rs);
    for (int i = 0; i < 300 && there; i++) {
        if (handler_err && i == 150)
            return fault_set(rq->fault, handler_err, NULL, "test");
        const struct arena_mark m = arena_mark(rq->a);
        there = response_stream_put(rq, rs, arena_printf(rq->a, "%098d\r\n", i));
        arena_rewind(rq->a, &m);
    }
    return ERR_OK;
}

static inline enum err envelope(struct request *rq, struct response *rs)
{
    struct json w;
    handled++;
    if (handler_err)
        return fault_set(rq->fault, handler_err, NULL, "test");
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_str(&w, "text", rq->form ? ((const struct note *)rq->form)->text : STR("none"));
    json_close(&w);
    return envelope_close(rq, rs, &w, 201);
}

static inline enum err same(struct request *rq, struct response *rs)
{
    struct json w;
    envelope_open(rq, rs, &w);
    json_bool(&w, true);
    return envelope_close(rq, rs, &w, 200);
}

static inline enum err greedy(struct request *rq, struct response *rs)
{
    (void)rs;
    for (int i = 0; i < 1000; i++)
        arena_alloc(rq->a, MIB(1));
    return ERR_OK;
}

static inline enum err endless(struct request *rq, struct response *rs)
{
    (void)rq;
    response_type(rs, "text/plain");
    for (int i = 0; i < 5 && !rs->body.full; i++) {
        static char much[MIB(1)];
        buf_put(&rs->body, (struct str){much, sizeof much});
    }
    return ERR_OK;
}

static inline enum err sign_in(struct request *rq, struct response *rs)
{
    enum err err = session_sign_in(rq, rs, 77);
    return err ? err : response_redirect(rs, STR("/me"));
}

static inline enum err draft(struct request *rq, struct response *rs)
{
    enum err err = session_require(rq, rs);
    return err ? err : response_redirect(rs, STR("/page"));
}

static inline enum err sign_out(struct request *rq, struct response *rs)
{
    enum err err = session_sign_out(rq, rs);
    return err ? err : response_redirect(rs, STR("/"));
}

#define ROW(n, m, p, h, g, c, bd, lim, f, bk, ca, l)                                                                   \
    {                                                                                                                  \
        .name = n, .method = m, .pattern = p, .handler = h, .guard = g, .csrf = c, .body = bd,                         \
        .body_limit_bytes = lim, .form = f, .bucket = bk, .cache = ca, .look = l                                       \
    }
static const struct route rows[] = {
    ROW("page", "GET", "/page", show, GUARD_OPTIONAL, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE, CACHE_NO_STORE,
        LOOK_PAGE),
    ROW("cached", "GET", "/cached/", show, GUARD_PUBLIC, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE, CACHE_MICRO,
        LOOK_PAGE),
    ROW("mine", "GET", "/me", show, GUARD_CITIZEN, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE, CACHE_NO_STORE,
        LOOK_PAGE),
    ROW("search", "GET", "/search", show, GUARD_PUBLIC, CSRF_SAFE, BODY_NONE, 0, &note_form, BUCKET_NONE, CACHE_SHORT,
        LOOK_PAGE),
    ROW("post", "POST", "/post", show, GUARD_PUBLIC, CSRF_TOKEN, BODY_FORM, 200, &note_form, BUCKET_NONE,
        CACHE_NO_STORE, LOOK_PAGE),
    {.name = "again",
     .method = "POST",
     .pattern = "/again",
     .handler = show,
     .guard = GUARD_PUBLIC,
     .csrf = CSRF_TOKEN,
     .body = BODY_MULTIPART,
     .body_limit_bytes = 2000,
     .form = &note_form,
     .bucket = BUCKET_NONE,
     .cache = CACHE_NO_STORE,
     .look = LOOK_PAGE,
     .shows_errors = true},
    ROW("tell", "POST", "/tell", show, GUARD_PUBLIC, CSRF_ORIGIN, BODY_FORM, 200, &note_form, BUCKET_NONE,
        CACHE_NO_STORE, LOOK_PAGE),
    ROW("sign_in", "POST", "/sign-in", sign_in, GUARD_PUBLIC, CSRF_TOKEN, BODY_FORM, 200, NULL, BUCKET_NONE,
        CACHE_NO_STORE, LOOK_PAGE),
    ROW("draft", "POST", "/draft", draft, GUARD_PUBLIC, CSRF_TOKEN, BODY_FORM, 200, NULL, BUCKET_NONE, CACHE_NO_STORE,
        LOOK_PAGE),
    ROW("sign_out", "POST", "/sign-out", sign_out, GUARD_PUBLIC, CSRF_TOKEN, BODY_FORM, 200, NULL, BUCKET_NONE,
        CACHE_NO_STORE, LOOK_PAGE),
    ROW("limited", "GET", "/limited", show, GUARD_PUBLIC, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_READ, CACHE_NO_STORE,
        LOOK_PAGE),
    {.name = "office", .method = "GET", .pattern = "/office", .handler = show, .guard = GUARD_STAFF, .permit = 1, .csrf = CSRF_SAFE,
     .body = BODY_NONE, .bucket = BUCKET_READ, .cache = CACHE_NO_STORE, .look = LOOK_API},
    ROW("api_etag", "GET", "/api/v1/etag", same, GUARD_PUBLIC, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE,
        CACHE_PRIVATE_ETAG, LOOK_API),
    ROW("api_get", "GET", "/api/v1/x", envelope, GUARD_PUBLIC, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE,
        CACHE_PRIVATE_ETAG, LOOK_API),
    ROW("api_post", "POST", "/api/v1/x", envelope, GUARD_CITIZEN, CSRF_BEARER, BODY_JSON, 100, &note_form, BUCKET_NONE,
        CACHE_NO_STORE, LOOK_API),
    ROW("api_act", "POST", "/api/v1/act", envelope, GUARD_PUBLIC, CSRF_BEARER, BODY_JSON, 100, NULL, BUCKET_NONE,
        CACHE_NO_STORE, LOOK_API),
    ROW("raw", "GET", "/data.csv", endless, GUARD_PUBLIC, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE, CACHE_NO_STORE,
        LOOK_RAW),
    ROW("pieces", "GET", "/long.csv", pieces, GUARD_PUBLIC, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE, CACHE_NO_STORE,
        LOOK_RAW),
    ROW("greedy", "GET", "/greedy", greedy, GUARD_PUBLIC, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE, CACHE_NO_STORE,
        LOOK_PAGE),
    ROW("metrics", "GET", "/metrics", show, GUARD_PRIVATE, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE, CACHE_NO_STORE,
        LOOK_RAW),
};
static const struct route_table table = {rows, sizeof rows / sizeof *rows};

/* ---- a store of one session ---- */
static uint8_t kept_token[SESSION_TOKEN_BYTES];
static struct session kept;
static int touches;

static inline enum err st_load(struct request *rq, const uint8_t token[SESSION_TOKEN_BYTES], struct session *ret)
{
    if (!kept.id || memcmp(token, kept_token, sizeof kept_token) != 0)
        return fault_set(rq->fault, ERR_NOT_FOUND, NULL, NULL);
    *ret = kept;
    return ERR_OK;
}
static inline enum err st_create(struct request *rq, const uint8_t token[SESSION_TOKEN_BYTES], uint64_t account,
                                 struct session *ret)
{
    (void)rq;
    memcpy(kept_token, token, sizeof kept_token);
    kept = (struct session){.id = 5, .account_id = account, .seen_us = rq->now_us};
    *ret = kept;
    return ERR_OK;
}
static inline enum err st_rotate(struct request *rq, const struct session *old,
                                 const uint8_t token[SESSION_TOKEN_BYTES], uint64_t account, struct session *ret)
{
    assert_int_equal(old->id, kept.id);
    return st_create(rq, token, account, ret);
}
static inline enum err st_touch(struct request *rq, const struct session *s)
{
    (void)rq;
    (void)s;
    touches++;
    return ERR_OK;
}
static inline enum err st_remove(struct request *rq, const struct session *s)
{
    (void)rq;
    assert_int_equal(s->id, kept.id);
    kept.id = 0;
    return ERR_OK;
}
static struct session_store store = {st_load, st_create, st_rotate, st_touch, st_remove, 60000000, NULL, 86400, 2592000};

static inline enum err guard(struct request *rq, enum guard g)
{
    if (rq->session && rq->session->account_id) {
        rq->signed_in = true;
        rq->account_id = rq->session->account_id;
    }
    if (str_eq(request_authorization(rq, "Bearer"), STR("good")))
        rq->account_id = 77;
    rq->budget = request_authorization(rq, "Bearer"); /* whoever asks by a name */
    if (g == GUARD_OPTIONAL || rq->account_id || (g == GUARD_STAFF && rq->budget.n > 0))
        return ERR_OK;
    return fault_set(rq->fault, ERR_LOGIN, NULL, NULL);
}

static inline void end(struct request *rq)
{
    (void)rq;
    ended++;
}

static struct web_app app;

static inline int setup(void **state)
{
    (void)state;
    handled = ended = touches = 0;
    handler_err = ERR_OK;
    kept = (struct session){0};
    app = (struct web_app){.program = "test",
                           .routes = &table,
                           .sessions = &store,
                           .guard = guard,
                           .end = end,
                           .spool_dir = "/tmp",
                           .sign_in_path = "/login",
                           .public_origin = "",
                           .quiet = true};
    app.limits[BUCKET_READ] = (struct limit){.every_ms = 1000, .burst = 2};
    app.limiter = ratelimit_new(1024);
    return app.limiter ? 0 : -1;
}

static inline int teardown(void **state)
{
    (void)state;
    ratelimit_free(app.limiter);
    return 0;
}

static inline struct fake *go(struct fake *f)
{
    f->out_n = f->writes = 0;
    web_handle(&app, &f->gw, f->a);
    assert_true(f->out_n > 0);
    return f;
}

static inline struct fake *get(const char *uri)
{
    return fake_new("GET", uri);
}

static inline int status_of(const struct fake *f)
{
    const char *at = strstr(f->out, "Status: ");
    assert_non_null(at);
    return (int)strtol(at + 8, NULL, 10);
}

static inline bool has(const struct fake *f, const char *text)
{
    return strstr(f->out, text) != NULL;
}

/* Value of name= in the body or of a cookie. */
static inline const char *value_after(struct fake *f, const char *mark)
{
    const char *at = strstr(f->out, mark);
    assert_non_null(at);
    at += strlen(mark);
    char *copy = strndup(at, strcspn(at, ";\r\n"));
    assert_non_null(copy);
    return copy;
}

/* A page first, for cookie and token; then the form. */
static inline struct fake *form_post(const char *uri, const char *fields, bool with_cookie, bool with_token)
{
    static char cookie[128], body[512];
    struct fake *f = go(get("/page"));
    const char *sid = value_after(f, "Set-Cookie: sid="), *token = value_after(f, "csrf=");
    snprintf(cookie, sizeof cookie, "sid=%s", sid);
    snprintf(body, sizeof body, "%s%s%s", fields, with_token ? "&csrf=" : "", with_token ? token : "");
    free((void *)(uintptr_t)sid);
    free((void *)(uintptr_t)token);
    fake_free(f);
    handled = 0;
    f = fake_new("POST", uri);
    fake_body(f, "application/x-www-form-urlencoded", body, strlen(body));
    if (with_cookie)
        fake_set(f, "HTTP_COOKIE", cookie);
    return f;
}

/* A form with this cookie and these fields. */
static inline struct fake *send_form(const char *uri, const char *cookie, const char *body)
{
    struct fake *f = fake_new("POST", uri);
    fake_set(f, "HTTP_COOKIE", cookie);
    fake_body(f, "application/x-www-form-urlencoded", body, strlen(body));
    return go(f);
}

static inline struct fake *get_with(const char *uri, const char *cookie)
{
    struct fake *f = get(uri);
    fake_set(f, "HTTP_COOKIE", cookie);
    return go(f);
}

/* "sid=..." as the browser would send it back. */
static inline void take_cookie(struct fake *f, char out[128])
{
    const char *sid = value_after(f, "Set-Cookie: sid=");
    snprintf(out, 128, "sid=%s", sid);
    free((void *)(uintptr_t)sid);
}

static inline void take_token(struct fake *f, char out[128])
{
    const char *token = value_after(f, "csrf=");
    snprintf(out, 128, "csrf=%s", token);
    free((void *)(uintptr_t)token);
}

#endif
