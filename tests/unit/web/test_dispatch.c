/* dispatch: the whole way of a request, with every guard on it, and each guard's refusal. */
#include "small_app.h"

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

static void test_api(void **state)
{
    static const struct {
        const char *type, *body, *auth;
        int status;
        const char *has;
    } cases[] = {
        {"application/json", "{\"text\":\"hi\"}", "Bearer good", 201,
         "{\"code\":0,\"reason\":\"OK\",\"message\":\"成功\",\"data\":{\"text\":\"hi\"},\"request_id\":\""},
        {"application/json; charset=utf-8", "{\"text\":\"hi\"}", "Bearer good", 201, "\"text\":\"hi\""},
        {"application/json", "{\"text\":\"hi\"}", "", 401, "\"reason\":\"LOGIN_REQUIRED\""},
        {"application/json", "{\"text\":\"hi\"}", "Bearer bad", 401, "WWW-Authenticate: Bearer"},
        {"application/json", "{\"text\":\"\"}", "Bearer good", 422,
         "\"data\":{\"fields\":[{\"field\":\"text\",\"reason\":\"REQUIRED\",\"message\":\"请填写"},
        {"application/json", "{text:1}", "Bearer good", 400, "\"code\":40001,\"reason\":\"BAD_JSON\""},
        {"application/json", "", "Bearer good", 400, "BAD_JSON"},
        {"text/plain", "{}", "Bearer good", 415, "UNSUPPORTED_MEDIA_TYPE"},
        {"application/json",
         "{\"text\":\"hi\",\"pad\":"
         "\"0123456789012345678901234567890123456789012345678901234567890123456789012345678901\"}",
         "Bearer good", 413, "TOO_LARGE"},
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

/* The request id differs in every envelope and counts for nothing. */
static void test_etag_of_envelopes(void **state)
{
    (void)state;
    struct fake *f = go(get("/api/v1/etag"));
    const char *etag = value_after(f, "ETag: ");
    assert_int_equal(status_of(f), 200);
    assert_true(has(f, "Cache-Control: private, no-cache"));
    fake_free(f);
    f = get("/api/v1/etag");
    fake_set(f, "HTTP_IF_NONE_MATCH", etag);
    go(f);
    assert_int_equal(status_of(f), 304);
    fake_free(f);
    f = get("/api/v1/etag?lang=en"); /* another text is another answer */
    fake_set(f, "HTTP_IF_NONE_MATCH", etag);
    go(f);
    assert_int_equal(status_of(f), 200);
    fake_free(f);
    free((void *)(uintptr_t)etag);
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

static int office(const char *who, const char *from)
{
    char bearer[40];
    snprintf(bearer, sizeof bearer, "Bearer %s", who);
    struct fake *f = get("/office");
    fake_set(f, "HTTP_AUTHORIZATION", bearer);
    fake_set(f, "REMOTE_ADDR", from);
    const int status = status_of(go(f));
    fake_free(f);
    return status;
}

/* A whole office behind one address: whoever asks too much is held, wherever from, and no colleague with them; a flood is. */
static void test_budget_of_a_person(void **state)
{
    int passed = 0;
    (void)state;
    app.limits[BUCKET_READ] = (struct limit){.every_ms = 1000000, .burst = 2}; /* nothing comes back while this runs */
    assert_int_equal(office("ann", "192.0.2.1"), 200);
    assert_int_equal(office("ann", "192.0.2.1"), 200);
    assert_int_equal(office("ann", "192.0.2.1"), 429);
    assert_int_equal(office("ann", "198.51.100.1"), 429);
    assert_int_equal(office("ben", "192.0.2.1"), 200);
    for (int i = 0; i < 2 * LIMIT_STAFF_OF_NETWORK + 10; i++) {
        char who[20];
        snprintf(who, sizeof who, "n%d", i);
        passed += office(who, "192.0.2.1") == 200;
    }
    assert_int_equal(passed, 2 * LIMIT_STAFF_OF_NETWORK - 4);
    assert_int_equal(office("eve", "192.0.2.1"), 429);
    assert_int_equal(office("eve", "198.51.100.1"), 200);
    assert_int_equal(office("", "198.51.100.1"), 401);
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

static int64_t fake_prolong(void *self)
{
    return (int64_t)((struct fake *)self)->writes;
}

/* Each piece begins the deadline anew; a head alone and an ordinary answer do not. */
static void test_pieces_prolong(void **state)
{
    (void)state;
    struct fake *f = get("/long.csv");
    f->gw.prolong = fake_prolong;
    go(f);
    assert_int_equal(f->gw.deadline_us, 301);
    fake_free(f);
    f = get("/data.csv");
    f->gw.prolong = fake_prolong;
    go(f);
    assert_int_equal(f->gw.deadline_us, 0);
    fake_free(f);
}

/* A long file goes out in pieces: no length is promised, memory stays that of one piece, and after a fault in its middle nothing
 * follows, least of all a second head. */
static void test_pieces(void **state)
{
    (void)state;
    struct fake *f = go(get("/long.csv"));
    assert_int_equal(status_of(f), 200);
    assert_false(has(f, "Content-Length"));
    assert_true(has(f, "X-Content-Type-Options: nosniff\r\n"));
    assert_int_equal(f->writes, 301);
    assert_int_equal(strlen(strstr(f->out, "\r\n\r\n") + 4), 30000);
    fake_free(f);
    handler_err = ERR_UNAVAILABLE;
    f = go(get("/long.csv"));
    assert_int_equal(status_of(f), 200);
    assert_int_equal(f->writes, 151);
    assert_int_equal(strlen(strstr(f->out, "\r\n\r\n") + 4), 15000);
    fake_free(f);
}

static void test_faults_of_handlers(void **state)
{
    static const struct {
        enum err err;
        int status;
    } cases[] = {{ERR_INVALID, 422},     {ERR_DENIED, 403},    {ERR_NOT_FOUND, 404},
                 {ERR_CONFLICT, 409},    {ERR_TOO_LARGE, 413}, {ERR_LIMITED, 429},
                 {ERR_UNAVAILABLE, 503}, {ERR_INTERNAL, 500},  {ERR_LOGIN, 401}};
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
    assert_true(has(
        f, "Content-Disposition: attachment; filename=\"______.jpg\"; filename*=UTF-8''%E7%8C%AB%22%0D%0A.jpg\r\n"));
    assert_false(has(f, "Content-Length"));
    fake_free(f);
}

int main(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_table_is_whole),
        T(test_page),
        T(test_head_has_no_body),
        T(test_not_found_and_methods),
        T(test_preferences),
        T(test_public_cache),
        T(test_api),
        T(test_etag_of_envelopes),
        T(test_rate_bucket),
        T(test_budget_of_a_person),
        T(test_private),
        T(test_exhaustion),
        T(test_answer_too_large),
        T(test_pieces),
        T(test_pieces_prolong),
        T(test_faults_of_handlers),
        T(test_redirects_stay_here),
        T(test_downloads),
    };
    log_setup("test", LOG_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
