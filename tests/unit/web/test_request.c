/* request, percent, cookie and language: what a client may write and what becomes of it. */
#include "fake.h"

#include "web/cookie.h"
#include "web/language.h"

static void test_paths(void **state)
{
    static const struct {
        const char *uri, *path, *query; /* path NULL = refused */
    } cases[] = {
        {"/", "/", ""},
        {"/track?x=1", "/track", "x=1"},
        {"/a%20b", "/a b", ""},
        {"/%E6%9C%9D%E9%98%B3", "/朝阳", ""},
        {"/a+b", "/a+b", ""}, /* plus is a plus in a path */
        {"/kb/", "/kb/", ""},
        {"/a?b?c", "/a", "b?c"},
        {"", NULL, NULL},
        {"track", NULL, NULL},
        {"http://evil/track", NULL, NULL},
        {"//evil/track", NULL, NULL},
        {"/a//b", NULL, NULL},
        {"/../etc/passwd", NULL, NULL},
        {"/a/./b", NULL, NULL},
        {"/a/%2e%2e/b", NULL, NULL},
        {"/a/..", NULL, NULL},
        {"/a%2fb", NULL, NULL},
        {"/a%5Cb", NULL, NULL},
        {"/a\\b", NULL, NULL},
        {"/a%00b", NULL, NULL},
        {"/a%0d%0aX:y", NULL, NULL},
        {"/a b", NULL, NULL},
        {"/a%zz", NULL, NULL},
        {"/a%2", NULL, NULL},
        {"/a%", NULL, NULL},
        {"/%c0%af", NULL, NULL},    /* overlong */
        {"/%ed%a0%80", NULL, NULL}, /* surrogate */
        {"/%e2%80%ae", NULL, NULL}, /* bidi override */
        {"/a%252fb", "/a%2fb", ""}, /* decoded once, never twice */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fake *f = fake_new("GET", cases[i].uri);
        enum err err = request_read(&f->rq);
        if (cases[i].path) {
            assert_int_equal(err, ERR_OK);
            assert_str(f->rq.path, cases[i].path);
            assert_str(f->rq.query, cases[i].query);
        } else if (err != ERR_INVALID) {
            fail_msg("accepted: %s", cases[i].uri);
        }
        fake_free(f);
    }
}

static void test_long_target_is_refused(void **state)
{
    static char uri[LIMIT_URI_BYTES + 3];
    (void)state;
    memset(uri, 'a', sizeof uri - 1);
    uri[0] = '/';
    struct fake *f = fake_new("GET", uri);
    assert_int_equal(request_read(&f->rq), ERR_INVALID);
    assert_string_equal(f->fault.reason, "URI_TOO_LONG");
    fake_free(f);
    memset(uri, 'a', sizeof uri - 1);
    uri[0] = '/';
    uri[10] = '?';
    uri[LIMIT_URI_BYTES] = 0;
    f = fake_new("GET", uri);
    assert_int_equal(request_read(&f->rq), ERR_OK); /* the control: exactly the limit */
    fake_free(f);
}

static void test_client_net(void **state)
{
    static const struct {
        const char *ip, *net;
    } cases[] = {
        {"192.0.2.77", "192.0.2.0/24"},
        {"10.1.255.1", "10.1.255.0/24"},
        {"2001:db8:1:2ff:3:4:5:6", "2001:db8:1:200::/56"},
        {"2001:db8:1:2aa::1", "2001:db8:1:200::/56"},
        {"::ffff:192.0.2.9", "192.0.2.0/24"},
        {"::1", "::/56"},
        {"", "unknown"},
        {"unix:", "unknown"},
        {"1.2.3.4, 5.6.7.8", "unknown"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "unknown"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fake *f = fake_new("GET", "/");
        fake_set(f, "REMOTE_ADDR", cases[i].ip);
        fake_set(f, "HTTP_X_FORWARDED_FOR", "203.0.113.1"); /* never looked at */
        assert_int_equal(request_read(&f->rq), ERR_OK);
        assert_str(f->rq.client_net, cases[i].net);
        fake_free(f);
    }
}

static void test_language(void **state)
{
    static const struct {
        const char *cookie, *accept, *forced;
        enum lang lang;
    } cases[] = {
        {"", "", "", LANG_ZH},
        {"", "en-GB,en;q=0.9,zh;q=0.8", "", LANG_EN},
        {"", "en;q=0.5, zh-CN;q=0.6", "", LANG_ZH},
        {"", "fr, de;q=0.9, en;q=0.1", "", LANG_EN},
        {"", "en;q=0", "", LANG_ZH},
        {"", "EN", "", LANG_EN},
        {"", "en;q=banana, zh;q=0.1", "", LANG_ZH},
        {"", "english", "", LANG_ZH},
        {"lang=en", "zh", "", LANG_EN},
        {"lang=zh-CN", "en", "", LANG_ZH},
        {"lang=xx", "en", "", LANG_EN},
        {"lang=en", "en", "zh", LANG_ZH}, /* the language of nginx's cache key */
        {"", "zh", "en", LANG_EN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fake *f = fake_new("GET", "/");
        fake_set(f, "HTTP_COOKIE", cases[i].cookie);
        fake_set(f, "HTTP_ACCEPT_LANGUAGE", cases[i].accept);
        fake_set(f, "SUDA_LANG", cases[i].forced);
        assert_int_equal(request_read(&f->rq), ERR_OK);
        if (f->rq.lang != cases[i].lang)
            fail_msg("case %zu", i);
        fake_free(f);
    }
}

static void test_cookies(void **state)
{
    static const struct {
        const char *header, *name, *value;
    } cases[] = {
        {"a=1; b=2", "b", "2"}, {"a=1;b=2", "b", "2"}, {"b=1; b=2", "b", "1"}, {"bb=1; b=2", "b", "2"},
        {"a=\"q\"", "a", "q"},  {"a", "a", ""},        {"", "a", ""},          {";;;=;a=1", "a", "1"},
        {"a=1,2", "a", ""},     {"a=\"", "a", ""},     {"A=1", "a", ""},       {"a=x=y", "a", "x=y"},
        {" a = 1 ", "a", "1"},  {"a=\x01", "a", ""},
    };
    (void)state;
    struct fake *f = fake_new("GET", "/");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(cookie_find(str_from_c(cases[i].header), str_from_c(cases[i].name)), cases[i].value);
    fake_free(f);
}

static void test_host_prefix_under_tls(void **state)
{
    (void)state;
    struct fake *f = fake_new("GET", "/");
    fake_set(f, "HTTP_COOKIE", "elder=1; __Host-elder=0");
    assert_int_equal(request_read(&f->rq), ERR_OK);
    assert_true(f->rq.elder);
    fake_free(f);
    f = fake_new("GET", "/");
    fake_set(f, "HTTP_COOKIE", "elder=1; __Host-elder=0");
    fake_set(f, "HTTPS", "on");
    assert_int_equal(request_read(&f->rq), ERR_OK);
    assert_false(f->rq.elder); /* a cookie that another host of the domain could set is not ours */
    fake_free(f);
}

static void test_headers_and_query(void **state)
{
    (void)state;
    struct fake *f = fake_new("GET", "/x?q=%E6%B0%B4+%26&empty=&q=2&bad=%zz&ctl=%01");
    fake_set(f, "HTTP_IDEMPOTENCY_KEY", "k-1");
    fake_set(f, "HTTP_AUTHORIZATION", "bearer  abc");
    assert_int_equal(request_read(&f->rq), ERR_OK);
    assert_str(request_header(&f->rq, "Idempotency-Key"), "k-1");
    assert_str(request_header(&f->rq, "Absent"), "");
    assert_str(request_query(&f->rq, "q"), "水 &");
    assert_str(request_query(&f->rq, "empty"), "");
    assert_str(request_query(&f->rq, "bad"), "");
    assert_str(request_query(&f->rq, "ctl"), "");
    assert_str(request_query(&f->rq, "none"), "");
    static const struct route page = {.look = LOOK_PAGE}, api = {.look = LOOK_API};
    f->rq.route = &page;
    assert_str(request_authorization(&f->rq, "Bearer"), ""); /* pages accept none */
    f->rq.route = &api;
    assert_str(request_authorization(&f->rq, "Bearer"), "abc");
    assert_str(request_authorization(&f->rq, "Receipt"), "");
    assert_string_equal(request_absolute(&f->rq, "/t"), "http://suda.example/t");
    f->rq.params[PARAM_HOST] = STR("evil/<x>");
    assert_string_equal(request_absolute(&f->rq, "/t"), "http://localhost/t");
    fake_free(f);
}

static void test_request_ids(void **state)
{
    (void)state;
    struct fake *f = fake_new("GET", "/"), *g = fake_new("GET", "/");
    assert_int_equal(request_read(&f->rq), ERR_OK);
    assert_int_equal(request_read(&g->rq), ERR_OK);
    assert_int_equal(f->rq.request_id.n, 16);
    assert_false(str_eq(f->rq.request_id, g->rq.request_id));
    fake_set(f, "REQUEST_ID", "0123456789abcdef0123456789abcdef");
    assert_int_equal(request_read(&f->rq), ERR_OK);
    assert_str(f->rq.request_id, "0123456789abcdef0123456789abcdef");
    fake_set(f, "REQUEST_ID", "short\"><script>");
    assert_int_equal(request_read(&f->rq), ERR_OK);
    assert_int_equal(f->rq.request_id.n, 16);
    fake_free(f);
    fake_free(g);
}

static void test_params_one_by_one(void **state)
{
    (void)state;
    struct fake *f = fake_new("HEAD", "/x");
    f->gw.param_at = NULL; /* a gateway that cannot list its parameters */
    assert_int_equal(request_read(&f->rq), ERR_OK);
    assert_true(f->rq.head);
    assert_str(f->rq.method, "GET");
    assert_str(f->rq.path, "/x");
    fake_free(f);
}

static void test_percent_encode(void **state)
{
    (void)state;
    struct fake *f = fake_new("GET", "/");
    struct str back;
    assert_str(percent_encode(f->a, STR("a/b ?水~")), "a%2Fb%20%3F%E6%B0%B4~");
    assert_true(percent_decode(f->a, percent_encode(f->a, STR("a/b+ ?水~")), true, &back));
    assert_str(back, "a/b+ ?水~");
    fake_free(f);
}

static void test_plain_path(void **state)
{
    static const char *const good[] = {"/staff/", "/staff/t/SD-261122-1234567-8?done=late", "/staff/work?q=%E6%B0%B4&x=..%2f..", "/staff/a.b/c..d",
                                       "/staff/%E6%B0%B4", "/staff/kb?next=//x#../y"};
    static const char *const bad[] = {
        "", "/", "/staff", "/staffing", "staff/", "//staff/", "/staff//x", "/staff/../x", "/staff/..", "/staff/./x", "/staff/x/../../y",
        "/staff/%2e%2e/x", "/staff/.%2E/x", "/staff/%2E./x", "/staff/x%2f..%2fy", "/staff/%5c..", "/staff/\\x", "/staff/x\ty", "/staff/x y",
        "/staff/%0d%0aX:1", "/staff/%252e%252e/x", "/staff/%7f", "/staff/%", "/staff/%2", "/staff/%zz", "/staff/\xe6\xb0\xb4", "https://staff/"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        if (!percent_plain_path(str_from_c(good[i]), STR("/staff/")))
            fail_msg("refused: %s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (percent_plain_path(str_from_c(bad[i]), STR("/staff/")))
            fail_msg("taken: %s", bad[i]);
    assert_true(percent_plain_path(STR("/"), STR("/")) && percent_plain_path(STR("/track/x"), STR("/")));
    assert_false(percent_plain_path(STR("//evil.example"), STR("/")) || percent_plain_path(STR("/%2fevil.example"), STR("/")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths),
        cmocka_unit_test(test_long_target_is_refused),
        cmocka_unit_test(test_client_net),
        cmocka_unit_test(test_language),
        cmocka_unit_test(test_cookies),
        cmocka_unit_test(test_host_prefix_under_tls),
        cmocka_unit_test(test_headers_and_query),
        cmocka_unit_test(test_request_ids),
        cmocka_unit_test(test_params_one_by_one),
        cmocka_unit_test(test_percent_encode),
        cmocka_unit_test(test_plain_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
