/* session, csrf and forms of pages: who a browser is, and whether a form came from our own page. */
#include "small_app.h"

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

/* A form on a page from the public cache has no token; it must still come from us. */
static void test_csrf_origin(void **state)
{
    static const struct {
        const char *origin, *site;
        int status;
    } cases[] = {
        {"http://suda.example", "same-origin", 200}, {"", "", 200},          {"http://evil.example", "", 403},
        {"null", "", 403},                           {"", "cross-site", 403},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fake *f = form_post("/tell", "text=hi", false, false);
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

static void test_anonymous_session(void **state)
{
    char cookie[128];
    (void)state;
    struct fake *f = go(get("/me?x=1"));
    assert_int_equal(status_of(f), 303);
    assert_true(has(f, "Location: /login?next=%2Fme%3Fx%3D1\r\n"));
    fake_free(f);
    f = go(form_post("/draft", "a=1", true, true));
    assert_int_equal(status_of(f), 303);
    take_cookie(f, cookie);
    assert_int_equal(strlen(cookie), 4 + 48);
    assert_int_equal(kept.account_id, 0);
    assert_true(has(f, "Max-Age=86400"));
    assert_null(strstr(strstr(f->out, "Set-Cookie: sid=") + 1, "Set-Cookie: sid=")); /* one cookie of the name */
    fake_free(f);
    f = get_with("/page", cookie);
    assert_false(has(f, "Set-Cookie")); /* the cookie serves on */
    fake_free(f);
    f = get_with("/me", cookie);
    assert_int_equal(status_of(f), 303); /* it is nobody's account */
    fake_free(f);
}

/* Pages that were open when the first draft was saved can still be sent. */
static void test_open_pages_stay_good(void **state)
{
    char cookie[128], token[128], fresh[128], text[200];
    (void)state;
    struct fake *f = go(get("/page"));
    take_cookie(f, cookie);
    take_token(f, token);
    fake_free(f);
    f = send_form("/draft", cookie, token);
    assert_int_equal(status_of(f), 303);
    take_cookie(f, fresh);
    fake_free(f);
    snprintf(text, sizeof text, "text=hi&%s", token);
    f = send_form("/post", fresh, text);
    assert_int_equal(status_of(f), 200);
    fake_free(f);
}

static void test_sign_in_rotates(void **state)
{
    char before[128], token[128], after[128];
    (void)state;
    struct fake *f = go(form_post("/draft", "a=1", true, true));
    take_cookie(f, before);
    fake_free(f);
    f = get_with("/page", before);
    take_token(f, token);
    fake_free(f);
    f = send_form("/sign-in", before, token);
    assert_int_equal(status_of(f), 303);
    assert_int_equal(kept.account_id, 77);
    take_cookie(f, after);
    assert_string_not_equal(before, after); /* a planted session gains nothing */
    assert_true(has(f, "Max-Age=2592000"));
    fake_free(f);
    f = get_with("/me", before);
    assert_int_equal(status_of(f), 303); /* the old cookie opens nothing */
    fake_free(f);
    f = send_form("/sign-out", after, token);
    assert_int_equal(status_of(f), 403); /* the token of before the sign-in is void */
    assert_int_equal(kept.id, 5);
    fake_free(f);
    kept.seen_us -= 61 * INT64_C(1000000);
    f = get_with("/me", after);
    assert_int_equal(status_of(f), 200);
    assert_true(has(f, "account=77"));
    assert_int_equal(touches, 1);
    fake_free(f);
}

static void test_cookie_is_for_pages(void **state)
{
    char cookie[128];
    (void)state;
    struct fake *f = go(form_post("/sign-in", "a=1", true, true));
    take_cookie(f, cookie);
    fake_free(f);
    kept.seen_us -= 61 * INT64_C(1000000);
    f = get_with("/api/v1/x", cookie);
    assert_int_equal(touches, 0); /* the API reads none */
    fake_free(f);
    f = get("/me");
    fake_set(f, "HTTP_COOKIE", cookie);
    fake_set(f, "HTTPS", "on"); /* without its prefix it is not ours under TLS */
    go(f);
    assert_int_equal(status_of(f), 303);
    fake_free(f);
    f = get_with("/me", cookie); /* the control */
    assert_int_equal(status_of(f), 200);
    fake_free(f);
}

static void test_sign_out(void **state)
{
    char cookie[128], token[128];
    (void)state;
    struct fake *f = go(form_post("/sign-in", "a=1", true, true));
    take_cookie(f, cookie);
    fake_free(f);
    f = get_with("/me", cookie);
    take_token(f, token);
    fake_free(f);
    f = send_form("/sign-out", cookie, token);
    assert_int_equal(status_of(f), 303);
    assert_int_equal(kept.id, 0);
    assert_true(has(f, "Set-Cookie: sid="));
    assert_false(has(f, cookie + 4));
    fake_free(f);
    f = get_with("/me", cookie);
    assert_int_equal(status_of(f), 303);
    fake_free(f);
}

static void test_hostile_cookies(void **state)
{
    static const char *const bad[] = {
        "sid=",
        "sid=x",
        "sid=!!!!",
        "sid=AAAAAAAAAAAAAAAAAAAAAA==",
        "sid=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "sid=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct fake *f = get_with("/me", bad[i]);
        assert_int_equal(status_of(f), 303);
        fake_free(f);
    }
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

int main(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_csrf),
        T(test_csrf_origin),
        T(test_csrf_tokens),
        T(test_anonymous_session),
        T(test_open_pages_stay_good),
        T(test_sign_in_rotates),
        T(test_cookie_is_for_pages),
        T(test_hostile_cookies),
        T(test_sign_out),
        T(test_forms),
        T(test_multipart_form),
    };
    log_setup("test", LOG_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
