/* dispatch: the whole way of a request, with every guard on it, and each guard's refusal. */
#include "fake.h"

#include <unistd.h>

#include "base/hash.h"
#include "base/log.h"
#include "web/csrf.h"
#include "web/problem.h"

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
static struct session_store store;

static enum err show(struct request *rq, struct response *rs)
{
    handled++;
    if (handler_err)
        return fault_set(rq->fault, handler_err, NULL, "test");
    response_html(rs);
    if (rq->form_invalid)
        response_status(rs, 422);
    buf_printf(&rs->body, "csrf=" STR_FMT "\nlang=%d elder=%d account=%d\n", STR_ARG(rq->csrf), (int)rq->lang, rq->elder,
               (int)rq->account_id);
    if (rq->form)
        buf_printf(&rs->body, "text=" STR_FMT "\n", STR_ARG(((const struct note *)rq->form)->text));
    return ERR_OK;
}

static enum err envelope(struct request *rq, struct response *rs)
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

static enum err greedy(struct request *rq, struct response *rs)
{
    (void)rs;
    for (int i = 0; i < 1000; i++)
        arena_alloc(rq->a, MIB(1));
    return ERR_OK;
}

static enum err endless(struct request *rq, struct response *rs)
{
    (void)rq;
    response_type(rs, "text/plain");
    for (int i = 0; i < 5 && !rs->body.full; i++) {
        static char much[MIB(1)];
        buf_put(&rs->body, (struct str){much, sizeof much});
    }
    return ERR_OK;
}

static enum err sign_in(struct request *rq, struct response *rs)
{
    enum err err = session_sign_in(rq, rs, 77);
    return err ? err : response_redirect(rs, STR("/me"));
}

static enum err draft(struct request *rq, struct response *rs)
{
    enum err err = session_require(rq, rs);
    return err ? err : response_redirect(rs, STR("/page"));
}

static enum err sign_out(struct request *rq, struct response *rs)
{
    enum err err = session_sign_out(rq, rs);
    return err ? err : response_redirect(rs, STR("/"));
}

#define ROW(n, m, p, h, g, c, bd, lim, f, bk, ca, l)                                                                   \
    {.name = n, .method = m, .pattern = p, .handler = h, .guard = g, .csrf = c, .body = bd, .body_limit_bytes = lim,   \
     .form = f, .bucket = bk, .cache = ca, .look = l}
static const struct route rows[] = {
    ROW("page", "GET", "/page", show, GUARD_OPTIONAL, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE, CACHE_NO_STORE, LOOK_PAGE),
    ROW("cached", "GET", "/cached/", show, GUARD_PUBLIC, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE, CACHE_MICRO, LOOK_PAGE),
    ROW("mine", "GET", "/me", show, GUARD_CITIZEN, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE, CACHE_NO_STORE, LOOK_PAGE),
    ROW("search", "GET", "/search", show, GUARD_PUBLIC, CSRF_SAFE, BODY_NONE, 0, &note_form, BUCKET_NONE, CACHE_SHORT, LOOK_PAGE),
    ROW("post", "POST", "/post", show, GUARD_PUBLIC, CSRF_TOKEN, BODY_FORM, 200, &note_form, BUCKET_NONE, CACHE_NO_STORE, LOOK_PAGE),
    {.name = "again", .method = "POST", .pattern = "/again", .handler = show, .guard = GUARD_PUBLIC, .csrf = CSRF_TOKEN,
     .body = BODY_MULTIPART, .body_limit_bytes = 2000, .form = &note_form, .bucket = BUCKET_NONE, .cache = CACHE_NO_STORE,
     .look = LOOK_PAGE, .shows_errors = true},
    ROW("sign_in", "POST", "/sign-in", sign_in, GUARD_PUBLIC, CSRF_TOKEN, BODY_FORM, 200, NULL, BUCKET_NONE, CACHE_NO_STORE, LOOK_PAGE),
    ROW("draft", "POST", "/draft", draft, GUARD_PUBLIC, CSRF_TOKEN, BODY_FORM, 200, NULL, BUCKET_NONE, CACHE_NO_STORE, LOOK_PAGE),
    ROW("sign_out", "POST", "/sign-out", sign_out, GUARD_PUBLIC, CSRF_TOKEN, BODY_FORM, 200, NULL, BUCKET_NONE, CACHE_NO_STORE, LOOK_PAGE),
    ROW("limited", "GET", "/limited", show, GUARD_PUBLIC, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_READ, CACHE_NO_STORE, LOOK_PAGE),
    ROW("api_get", "GET", "/api/v1/x", envelope, GUARD_PUBLIC, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE, CACHE_PRIVATE_ETAG, LOOK_API),
    ROW("api_post", "POST", "/api/v1/x", envelope, GUARD_CITIZEN, CSRF_BEARER, BODY_JSON, 100, &note_form, BUCKET_NONE, CACHE_NO_STORE, LOOK_API),
    ROW("api_act", "POST", "/api/v1/act", envelope, GUARD_PUBLIC, CSRF_BEARER, BODY_JSON, 100, NULL, BUCKET_NONE, CACHE_NO_STORE, LOOK_API),
    ROW("raw", "GET", "/data.csv", endless, GUARD_PUBLIC, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE, CACHE_NO_STORE, LOOK_RAW),
    ROW("greedy", "GET", "/greedy", greedy, GUARD_PUBLIC, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE, CACHE_NO_STORE, LOOK_PAGE),
    ROW("metrics", "GET", "/metrics", show, GUARD_PRIVATE, CSRF_SAFE, BODY_NONE, 0, NULL, BUCKET_NONE, CACHE_NO_STORE, LOOK_RAW),
};
static const struct route_table table = {rows, sizeof rows / sizeof *rows};

/* ---- a store of one session ---- */
static uint8_t kept_token[SESSION_TOKEN_BYTES];
static struct session kept;
static int touches;

static enum err st_load(struct request *rq, const uint8_t token[SESSION_TOKEN_BYTES], struct session *ret)
{
    if (!kept.id || memcmp(token, kept_token, sizeof kept_token) != 0)
        return fault_set(rq->fault, ERR_NOT_FOUND, NULL, NULL);
    *ret = kept;
    return ERR_OK;
}
static enum err st_create(struct request *rq, const uint8_t token[SESSION_TOKEN_BYTES], uint64_t account, struct session *ret)
{
    (void)rq;
    memcpy(kept_token, token, sizeof kept_token);
    kept = (struct session){.id = 5, .account_id = account, .seen_us = rq->now_us};
    *ret = kept;
    return ERR_OK;
}
static enum err st_rotate(struct request *rq, const struct session *old, const uint8_t token[SESSION_TOKEN_BYTES],
                          uint64_t account, struct session *ret)
{
    assert_int_equal(old->id, kept.id);
    return st_create(rq, token, account, ret);
}
static enum err st_touch(struct request *rq, const struct session *s)
{
    (void)rq;
    (void)s;
    touches++;
    return ERR_OK;
}
static enum err st_remove(struct request *rq, const struct session *s)
{
    (void)rq;
    assert_int_equal(s->id, kept.id);
    kept.id = 0;
    return ERR_OK;
}
static struct session_store store = {st_load, st_create, st_rotate, st_touch, st_remove, 60000000, 86400, 2592000};

static enum err guard(struct request *rq, enum guard g)
{
    if (rq->session && rq->session->account_id) {
        rq->signed_in = true;
        rq->account_id = rq->session->account_id;
    }
    if (str_eq(request_authorization(rq, "Bearer"), STR("good")))
        rq->account_id = 77;
    if (g == GUARD_OPTIONAL || rq->account_id)
        return ERR_OK;
    return fault_set(rq->fault, ERR_LOGIN, NULL, NULL);
}

static void end(struct request *rq)
{
    (void)rq;
    ended++;
}

static struct web_app app;

static int setup(void **state)
{
    (void)state;
    handled = ended = touches = 0;
    handler_err = ERR_OK;
    kept = (struct session){0};
    app = (struct web_app){.program = "test", .routes = &table, .sessions = &store, .guard = guard, .end = end,
                           .spool_dir = "/tmp", .sign_in_path = "/login", .public_origin = "", .quiet = true};
    app.limits[BUCKET_READ] = (struct limit){.every_ms = 1000, .burst = 2};
    app.limiter = ratelimit_new(1024);
    return app.limiter ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    ratelimit_free(app.limiter);
    return 0;
}

static struct fake *go(struct fake *f)
{
    f->out_n = f->writes = 0;
    web_handle(&app, &f->gw, f->a);
    assert_true(f->out_n > 0);
    return f;
}

static struct fake *get(const char *uri)
{
    return fake_new("GET", uri);
}

static int status_of(const struct fake *f)
{
    const char *at = strstr(f->out, "Status: ");
    assert_non_null(at);
    return (int)strtol(at + 8, NULL, 10);
}

static bool has(const struct fake *f, const char *text)
{
    return strstr(f->out, text) != NULL;
}

/* Value of name= in the body or of a cookie. */
static const char *value_after(struct fake *f, const char *mark)
{
    const char *at = strstr(f->out, mark);
    assert_non_null(at);
    at += strlen(mark);
    char *copy = strndup(at, strcspn(at, ";\r\n"));
    assert_non_null(copy);
    return copy;
}

static void test_table_is_whole(void **state)
{
    (void)state;
    assert_null(web_check(&app));
    struct web_app w = app;
    w.guard = NULL;
    assert_non_null(web_check(&w));
    w = app;
    w.sessions = NULL;
    assert_non_null(web_check(&w));
    w = app;
    w.limits[BUCKET_READ].burst = 0;
    assert_non_null(web_check(&w));
    w = app;
    w.spool_dir = NULL;
    assert_non_null(web_check(&w));
}

static void test_page(void **state)
{
    (void)state;
    struct fake *f = go(get("/page"));
    assert_int_equal(status_of(f), 200);
    assert_int_equal(f->writes, 1);
    assert_true(has(f, "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'"));
    assert_true(has(f, "frame-ancestors 'none'"));
    assert_true(has(f, "X-Content-Type-Options: nosniff"));
    assert_true(has(f, "Cache-Control: no-store"));
    assert_true(has(f, "Set-Cookie: sid="));
    assert_true(has(f, "; Path=/; HttpOnly; SameSite=Lax\r\n"));
    assert_false(has(f, "Strict-Transport-Security"));
    assert_false(has(f, "Secure"));
    assert_int_equal(ended, 1);
    fake_free(f);
    f = get("/page");
    fake_set(f, "HTTPS", "on");
    go(f);
    assert_true(has(f, "Set-Cookie: __Host-sid="));
    assert_true(has(f, "; Secure"));
    assert_true(has(f, "Strict-Transport-Security: max-age="));
    fake_free(f);
}

static void test_head_has_no_body(void **state)
{
    (void)state;
    struct fake *f = go(fake_new("HEAD", "/page"));
    assert_int_equal(status_of(f), 200);
    const char *end_of_head = strstr(f->out, "\r\n\r\n");
    assert_non_null(end_of_head);
    assert_string_equal(end_of_head + 4, "");
    assert_false(has(f, "Content-Length: 0"));
    fake_free(f);
}

static void test_not_found_and_methods(void **state)
{
    (void)state;
    struct fake *f = go(get("/nothing"));
    assert_int_equal(status_of(f), 404);
    assert_true(has(f, "text/html"));
    assert_true(has(f, "Cache-Control: no-store"));
    fake_free(f);
    f = go(get("/api/v1/nothing"));
    assert_int_equal(status_of(f), 404);
    assert_true(has(f, "{\"code\":40400,\"reason\":\"NOT_FOUND\",\"message\":\""));
    fake_free(f);
    f = go(fake_new("DELETE", "/page"));
    assert_int_equal(status_of(f), 405);
    assert_true(has(f, "Allow: GET, HEAD\r\n"));
    fake_free(f);
    f = go(get("/cached?a=1&lang=en&b=%E6%B0%B4"));
    assert_int_equal(status_of(f), 308);
    assert_true(has(f, "Location: /cached/?a=1&b=%E6%B0%B4\r\n"));
    fake_free(f);
    f = go(get("/../x"));
    assert_int_equal(status_of(f), 400);
    fake_free(f);
    assert_int_equal(handled, 0);
}

static void test_preferences(void **state)
{
    (void)state;
    struct fake *f = go(get("/page?lang=en&x=1&elder=1"));
    assert_int_equal(status_of(f), 303);
    assert_true(has(f, "Location: /page?x=1\r\n"));
    assert_true(has(f, "Set-Cookie: lang=en; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000\r\n"));
    assert_true(has(f, "Set-Cookie: elder=1; "));
    assert_int_equal(handled, 0);
    fake_free(f);
    f = go(get("/page?lang=%22%0d%0aX:1"));
    assert_int_equal(status_of(f), 303);
    assert_false(has(f, "Set-Cookie"));
    assert_true(has(f, "Location: /page\r\n"));
    fake_free(f);
    f = go(get("/api/v1/x?lang=en"));
    assert_int_equal(status_of(f), 201);
    assert_true(has(f, "\"message\":\"OK\""));
    assert_false(has(f, "Set-Cookie"));
    fake_free(f);
    f = get("/page");
    fake_set(f, "HTTP_COOKIE", "lang=en; elder=1");
    go(f);
    assert_true(has(f, "lang=1 elder=1"));
    fake_free(f);
}

static void test_public_cache(void **state)
{
    (void)state;
    struct fake *f = go(get("/cached/"));
    assert_true(has(f, "Cache-Control: public, max-age=1\r\n"));
    assert_true(has(f, "X-Accel-Expires: 1\r\n"));
    assert_true(has(f, "Vary: Accept-Language, Cookie"));
    assert_false(has(f, "Set-Cookie")); /* what all share belongs to nobody */
    assert_true(has(f, "csrf=\n"));
    const char *etag = value_after(f, "ETag: ");
    fake_free(f);
    f = get("/cached/");
    fake_set(f, "HTTP_IF_NONE_MATCH", etag);
    go(f);
    assert_int_equal(status_of(f), 304);
    assert_false(has(f, "csrf="));
    assert_true(has(f, "ETag: "));
    fake_free(f);
    f = get("/cached/");
    fake_set(f, "HTTP_IF_NONE_MATCH", "W/\"0000000000000000\", \"x\"");
    go(f);
    assert_int_equal(status_of(f), 200);
    fake_free(f);
    handler_err = ERR_UNAVAILABLE; /* a failure is never cached */
    f = go(get("/cached/"));
    assert_int_equal(status_of(f), 503);
    assert_true(has(f, "Cache-Control: no-store"));
    assert_true(has(f, "Retry-After: 5"));
    fake_free(f);
    free((void *)(uintptr_t)etag);
}

/* A page first, for cookie and token; then the form. */
static struct fake *form_post(const char *uri, const char *fields, bool with_cookie, bool with_token)
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

static void test_csrf(void **state)
{
    static const struct {
        bool cookie, token;
        const char *origin, *site;
        int status;
    } cases[] = {
        {true, true, "", "", 200},
        {true, true, "http://suda.example", "same-origin", 200},
        {true, false, "", "", 403},
        {false, true, "", "", 403},
        {true, true, "http://evil.example", "", 403},
        {true, true, "https://suda.example", "", 403}, /* another scheme is another origin */
        {true, true, "null", "", 403},
        {true, true, "", "cross-site", 403},
        {true, true, "", "same-site", 403},
        {true, true, "", "none", 200},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fake *f = form_post("/post", "text=hi", cases[i].cookie, cases[i].token);
        fake_set(f, "HTTP_ORIGIN", cases[i].origin);
        fake_set(f, "HTTP_SEC_FETCH_SITE", cases[i].site);
        go(f);
        if (status_of(f) != cases[i].status || handled != (cases[i].status == 200))
            fail_msg("case %zu: %d", i, status_of(f));
        fake_free(f);
    }
}

static void test_csrf_tokens(void **state)
{
    (void)state;
    struct fake *f = fake_new("GET", "/");
    f->rq.has_csrf_secret = true;
    memset(f->rq.csrf_secret, 7, CSRF_SECRET_BYTES);
    f->rq.web = &app;
    csrf_offer(&f->rq, &f->rs);
    struct str first = f->rq.csrf;
    csrf_offer(&f->rq, &f->rs);
    assert_false(str_eq(first, f->rq.csrf)); /* masked anew */
    assert_true(csrf_token_fits(&f->rq, first));
    assert_true(csrf_token_fits(&f->rq, f->rq.csrf));
    assert_false(f->rs.sets_cookie);
    assert_false(csrf_token_fits(&f->rq, STR_NONE));
    assert_false(csrf_token_fits(&f->rq, str_slice(first, 0, first.n - 2)));
    f->rq.csrf_secret[0] ^= 1;
    assert_false(csrf_token_fits(&f->rq, first));
    f->rq.has_csrf_secret = false;
    assert_false(csrf_token_fits(&f->rq, first));
    fake_free(f);
}

static void test_forms(void **state)
{
    (void)state;
    struct fake *f = go(form_post("/post", "text=far+too+long+a+text", true, true));
    assert_int_equal(status_of(f), 422); /* the problem page */
    assert_int_equal(handled, 0);
    fake_free(f);
    f = go(form_post("/again", "text=far+too+long+a+text", true, true));
    assert_int_equal(status_of(f), 422); /* the page itself, with what was typed */
    assert_int_equal(handled, 1);
    assert_true(has(f, "text=far too long a text\n"));
    fake_free(f);
    f = go(get("/search?text=hi"));
    assert_int_equal(status_of(f), 200);
    assert_true(has(f, "text=hi\n"));
    fake_free(f);
    f = go(get("/search"));
    assert_int_equal(status_of(f), 422);
    fake_free(f);
    f = form_post("/post", "text=hi", true, true);
    fake_set(f, "CONTENT_TYPE", "application/json");
    go(f);
    assert_int_equal(status_of(f), 415);
    fake_free(f);
    f = form_post("/post", "text=hi", true, true);
    fake_set(f, "CONTENT_LENGTH", "201");
    go(f);
    assert_int_equal(status_of(f), 413);
    assert_int_equal(f->body_at, 0); /* not read at all */
    fake_free(f);
    f = form_post("/post", "text=hi", true, true);
    fake_set(f, "CONTENT_LENGTH", "199");
    go(f);
    assert_int_equal(status_of(f), 400); /* broke off */
    fake_free(f);
    f = form_post("/post", "text=hi", true, true);
    fake_set(f, "CONTENT_LENGTH", "-1");
    go(f);
    assert_int_equal(status_of(f), 400);
    fake_free(f);
    f = form_post("/post", "text=hi", true, true);
    fake_set(f, "CONTENT_LENGTH", "");
    go(f);
    assert_int_equal(status_of(f), 200); /* chunked */
    fake_free(f);
}

static void test_multipart_form(void **state)
{
    static char body[1024];
    (void)state;
    struct fake *f = form_post("/again", "", true, true);
    const char *token = strstr(f->body, "csrf=") + 5;
    snprintf(body, sizeof body,
             "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
             "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhi\r\n"
             "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a\"\r\n\r\n%0101d\r\n--b--\r\n",
             token, 7);
    fake_body(f, "multipart/form-data; boundary=b", body, strlen(body));
    go(f);
    assert_int_equal(status_of(f), 422); /* the file is one byte past its cap, and the page can say so */
    assert_int_equal(handled, 1);
    assert_true(has(f, "text=hi\n"));
    fake_free(f);
}

static void test_api(void **state)
{
    static const struct {
        const char *type, *body, *auth;
        int status;
        const char *has;
    } cases[] = {
        {"application/json", "{\"text\":\"hi\"}", "Bearer good", 201, "{\"code\":0,\"reason\":\"OK\",\"message\":\"成功\",\"data\":{\"text\":\"hi\"},\"request_id\":\""},
        {"application/json; charset=utf-8", "{\"text\":\"hi\"}", "Bearer good", 201, "\"text\":\"hi\""},
        {"application/json", "{\"text\":\"hi\"}", "", 401, "\"reason\":\"LOGIN_REQUIRED\""},
        {"application/json", "{\"text\":\"hi\"}", "Bearer bad", 401, "WWW-Authenticate: Bearer"},
        {"application/json", "{\"text\":\"\"}", "Bearer good", 422, "\"data\":{\"fields\":[{\"field\":\"text\",\"reason\":\"REQUIRED\",\"message\":\"请填写"},
        {"application/json", "{text:1}", "Bearer good", 400, "\"code\":40001,\"reason\":\"BAD_JSON\""},
        {"application/json", "", "Bearer good", 400, "BAD_JSON"},
        {"text/plain", "{}", "Bearer good", 415, "UNSUPPORTED_MEDIA_TYPE"},
        {"application/json", "{\"text\":\"hi\",\"pad\":\"0123456789012345678901234567890123456789012345678901234567890123456789012345678901\"}", "Bearer good", 413, "TOO_LARGE"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fake *f = fake_new("POST", "/api/v1/x");
        fake_body(f, cases[i].type, cases[i].body, strlen(cases[i].body));
        fake_set(f, "HTTP_AUTHORIZATION", cases[i].auth);
        go(f);
        if (status_of(f) != cases[i].status || !has(f, cases[i].has))
            fail_msg("case %zu: %s", i, f->out);
        assert_false(has(f, "Set-Cookie"));
        fake_free(f);
    }
    struct fake *f = go(fake_new("POST", "/api/v1/act")); /* neither body nor type */
    assert_int_equal(status_of(f), 201);
    fake_free(f);
}

static void test_sessions(void **state)
{
    char cookie[128];
    (void)state;
    struct fake *f = go(get("/me?x=1"));
    assert_int_equal(status_of(f), 303);
    assert_true(has(f, "Location: /login?next=%2Fme%3Fx%3D1\r\n"));
    fake_free(f);
    f = go(form_post("/draft", "a=1", true, true)); /* anonymous: the first part is new, the second stays */
    assert_int_equal(status_of(f), 303);
    const char *sid = value_after(f, "Set-Cookie: sid=");
    snprintf(cookie, sizeof cookie, "sid=%s", sid);
    assert_int_equal(strlen(sid), 48);
    assert_int_equal(kept.account_id, 0);
    assert_true(has(f, "Max-Age=86400"));
    assert_null(strstr(strstr(f->out, "Set-Cookie: sid=") + 1, "Set-Cookie: sid=")); /* one cookie of the name */
    uint8_t before[SESSION_TOKEN_BYTES];
    memcpy(before, kept_token, sizeof before);
    fake_free(f);
    free((void *)(uintptr_t)sid);

    f = get("/page");
    fake_set(f, "HTTP_COOKIE", cookie);
    go(f);
    assert_false(has(f, "Set-Cookie")); /* the cookie serves on */
    const char *token = value_after(f, "csrf=");
    char body[128];
    snprintf(body, sizeof body, "csrf=%s", token);
    fake_free(f);
    f = fake_new("POST", "/sign-in");
    fake_set(f, "HTTP_COOKIE", cookie);
    fake_body(f, "application/x-www-form-urlencoded", body, strlen(body));
    go(f);
    assert_int_equal(status_of(f), 303);
    assert_int_equal(kept.account_id, 77);
    assert_memory_not_equal(before, kept_token, sizeof before); /* rotated: a planted session gains nothing */
    const char *fresh = value_after(f, "Set-Cookie: sid=");
    fake_free(f);
    f = get("/me");
    fake_set(f, "HTTP_COOKIE", cookie);
    go(f);
    assert_int_equal(status_of(f), 303); /* the old cookie opens nothing */
    fake_free(f);
    snprintf(cookie, sizeof cookie, "sid=%s", fresh);
    kept.seen_us -= 61 * INT64_C(1000000);
    f = get("/me");
    fake_set(f, "HTTP_COOKIE", cookie);
    go(f);
    assert_int_equal(status_of(f), 200);
    assert_true(has(f, "account=77"));
    assert_int_equal(touches, 1);
    fake_free(f);
    f = fake_new("POST", "/sign-out");
    fake_set(f, "HTTP_COOKIE", cookie);
    fake_body(f, "application/x-www-form-urlencoded", body, strlen(body));
    go(f);
    assert_int_equal(status_of(f), 403); /* the token of before the sign-in is void */
    assert_int_equal(kept.id, 5);
    fake_free(f);
    f = fake_new("GET", "/api/v1/x"); /* the API reads no cookie */
    fake_set(f, "HTTP_COOKIE", cookie);
    touches = 0;
    go(f);
    assert_int_equal(touches, 0);
    fake_free(f);
    f = get("/me");
    fake_set(f, "HTTP_COOKIE", cookie);
    fake_set(f, "HTTPS", "on"); /* without its prefix it is not ours under TLS */
    go(f);
    assert_int_equal(status_of(f), 303);
    fake_free(f);
    free((void *)(uintptr_t)token);
    free((void *)(uintptr_t)fresh);
}

static void test_sign_out(void **state)
{
    char cookie[128], body[128];
    (void)state;
    struct fake *f = go(form_post("/sign-in", "a=1", true, true));
    const char *sid = value_after(f, "Set-Cookie: sid=");
    snprintf(cookie, sizeof cookie, "sid=%s", sid);
    fake_free(f);
    f = get("/me");
    fake_set(f, "HTTP_COOKIE", cookie);
    go(f);
    const char *token = value_after(f, "csrf=");
    snprintf(body, sizeof body, "csrf=%s", token);
    fake_free(f);
    f = fake_new("POST", "/sign-out");
    fake_set(f, "HTTP_COOKIE", cookie);
    fake_body(f, "application/x-www-form-urlencoded", body, strlen(body));
    go(f);
    assert_int_equal(status_of(f), 303);
    assert_int_equal(kept.id, 0);
    assert_true(has(f, "Set-Cookie: sid="));
    assert_false(has(f, sid));
    fake_free(f);
    free((void *)(uintptr_t)sid);
    free((void *)(uintptr_t)token);
}

static void test_rate_bucket(void **state)
{
    static const int statuses[] = {200, 200, 429, 429};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        struct fake *f = go(get("/limited"));
        assert_int_equal(status_of(f), statuses[i]);
        assert_true(has(f, "Retry-After: 1\r\n") == (statuses[i] == 429));
        fake_free(f);
    }
    struct fake *f = get("/limited");
    fake_set(f, "REMOTE_ADDR", "192.0.2.1"); /* the same /24 */
    go(f);
    assert_int_equal(status_of(f), 429);
    fake_free(f);
    f = get("/limited");
    fake_set(f, "REMOTE_ADDR", "192.0.3.1");
    go(f);
    assert_int_equal(status_of(f), 200);
    fake_free(f);
}

static void test_private(void **state)
{
    (void)state;
    struct fake *f = go(get("/metrics"));
    assert_int_equal(status_of(f), 404);
    fake_free(f);
    f = get("/metrics");
    fake_set(f, "SUDA_PRIVATE", "1");
    go(f);
    assert_int_equal(status_of(f), 200);
    fake_free(f);
}

static void test_exhaustion(void **state)
{
    (void)state;
    struct fake *f = go(get("/greedy"));
    assert_int_equal(status_of(f), 503);
    assert_true(has(f, "Retry-After: 5"));
    assert_int_equal(ended, 1);
    fake_set(f, "REQUEST_URI", "/page"); /* the next request of the worker is well */
    arena_clear(f->a);
    go(f);
    assert_int_equal(status_of(f), 200);
    fake_free(f);
}

static void test_answer_too_large(void **state)
{
    (void)state;
    struct fake *f = go(get("/data.csv"));
    assert_int_equal(status_of(f), 500);
    assert_true(f->out_n < 2000);
    fake_free(f);
}

static void test_faults_of_handlers(void **state)
{
    static const struct {
        enum err err;
        int status;
    } cases[] = {{ERR_INVALID, 422}, {ERR_DENIED, 403}, {ERR_NOT_FOUND, 404}, {ERR_CONFLICT, 409}, {ERR_TOO_LARGE, 413},
                 {ERR_LIMITED, 429}, {ERR_UNAVAILABLE, 503}, {ERR_INTERNAL, 500}, {ERR_LOGIN, 401}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        handler_err = cases[i].err;
        struct fake *f = go(get("/api/v1/x"));
        assert_int_equal(status_of(f), cases[i].status);
        assert_false(has(f, "test")); /* the detail is for the log */
        fake_free(f);
    }
}

static void test_redirects_stay_here(void **state)
{
    static const char *const bad[] = {"", "x", "//evil", "/\\evil", "http://evil", "/a b", "/a\r\nX: 1", "/水"};
    (void)state;
    struct fake *f = get("/");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(response_redirect(&f->rs, str_from_c(bad[i])), ERR_INTERNAL);
    assert_int_equal(response_redirect(&f->rs, STR("/a?b=%2F")), ERR_OK);
    fake_free(f);
}

static void test_downloads(void **state)
{
    (void)state;
    struct fake *f = get("/");
    size_t n;
    assert_int_equal(request_read(&f->rq), ERR_OK);
    response_file(&f->rs, STR("/_files/ab/cd"), "image/jpeg", STR("猫\"\r\n.jpg"));
    assert_true(response_send(&f->rq, &f->rs, &n));
    assert_true(has(f, "X-Accel-Redirect: /_files/ab/cd\r\n"));
    assert_true(has(f, "Content-Disposition: attachment; filename=\"______.jpg\"; filename*=UTF-8''%E7%8C%AB%22%0D%0A.jpg\r\n"));
    assert_false(has(f, "Content-Length"));
    fake_free(f);
}

int main(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_table_is_whole), T(test_page), T(test_head_has_no_body), T(test_not_found_and_methods), T(test_preferences),
        T(test_public_cache), T(test_csrf), T(test_csrf_tokens), T(test_forms), T(test_multipart_form), T(test_api),
        T(test_sessions), T(test_sign_out), T(test_rate_bucket), T(test_private), T(test_exhaustion),
        T(test_answer_too_large), T(test_faults_of_handlers), T(test_redirects_stay_here), T(test_downloads),
    };
    log_setup("test", LOG_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
