/* route: matching, what is allowed, and rows that must not start. */
#include "fake.h"

static enum err nothing(struct request *rq, struct response *rs)
{
    (void)rq;
    (void)rs;
    return ERR_OK;
}

#define PAGE(n, m, p)                                                                                                  \
    {                                                                                                                  \
        .name = n, .method = m, .pattern = p, .handler = nothing, .guard = GUARD_PUBLIC, .csrf = CSRF_SAFE,            \
        .body = BODY_NONE, .bucket = BUCKET_READ, .cache = CACHE_NO_STORE, .look = LOOK_PAGE                           \
    }
#define POST(n, p)                                                                                                     \
    {                                                                                                                  \
        .name = n, .method = "POST", .pattern = p, .handler = nothing, .guard = GUARD_PUBLIC, .csrf = CSRF_TOKEN,      \
        .body = BODY_FORM, .body_limit_bytes = 1000, .bucket = BUCKET_WRITE, .cache = CACHE_NO_STORE,                  \
        .look = LOOK_PAGE                                                                                              \
    }

static const struct route rows[] = {
    PAGE("home", "GET", "/"),
    PAGE("track_one", "GET", "/track/{no}"),
    PAGE("track_new", "GET", "/track/new"),
    PAGE("figure", "GET", "/stats/{id}"),
    PAGE("figure_csv", "GET", "/stats/{id}.csv"),
    PAGE("kb", "GET", "/kb/"),
    PAGE("kb_article", "GET", "/kb/{cat}/{id}"),
    PAGE("kb_top", "GET", "/kb/top/{id}"),
    POST("track_add", "/track/{no}/messages"),
    POST("track_post", "/track/{no}"),
};
static const struct route_table table = {rows, sizeof rows / sizeof *rows};

static void test_find(void **state)
{
    static const struct {
        const char *method, *uri, *name, *arg0, *arg1, *allow;
    } cases[] = {
        {"GET", "/", "home", "", "", NULL},
        {"HEAD", "/", "home", "", "", NULL},
        {"GET", "/track/SD-1", "track_one", "SD-1", "", NULL},
        {"GET", "/track/new", "track_new", "", "", NULL}, /* a literal wins */
        {"GET", "/stats/a.b", "figure", "a.b", "", NULL},
        {"GET", "/stats/a.csv", "figure_csv", "a", "", NULL},
        {"GET", "/stats/.csv", "figure", ".csv", "", NULL}, /* an argument is never empty */
        {"GET", "/kb/", "kb", "", "", NULL},
        {"GET", "/kb/top/7", "kb_top", "7", "", NULL},
        {"GET", "/kb/%E6%B0%B4/7", "kb_article", "水", "7", NULL},
        {"POST", "/track/SD-1/messages", "track_add", "SD-1", "", NULL},
        {"GET", "/track/SD-1/messages", NULL, "", "", "POST"},
        {"DELETE", "/track/SD-1", NULL, "", "", "GET, HEAD, POST"},
        {"POST", "/", NULL, "", "", "GET, HEAD"},
        {"get", "/", NULL, "", "", "GET, HEAD"},
        {"GET", "/track", NULL, "", "", NULL},
        {"GET", "/track/", NULL, "", "", NULL},
        {"GET", "/kb", NULL, "", "", NULL},
        {"GET", "/kb/a/b/c", NULL, "", "", NULL},
        {"GET", "/nothing", NULL, "", "", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fake *f = fake_new(cases[i].method, cases[i].uri);
        const char *allow;
        assert_int_equal(request_read(&f->rq), ERR_OK);
        const struct route *r = route_find(&table, &f->rq, &allow);
        if ((r ? r->name : NULL) != cases[i].name && (!r || !cases[i].name || strcmp(r->name, cases[i].name)))
            fail_msg("%s %s: %s", cases[i].method, cases[i].uri, r ? r->name : "none");
        if (r) {
            assert_str(f->rq.path_args[0], cases[i].arg0);
            assert_str(f->rq.path_args[1], cases[i].arg1);
        } else if (cases[i].allow) {
            assert_string_equal(allow, cases[i].allow);
        } else {
            assert_null(allow);
        }
        fake_free(f);
    }
}

static void test_other_slash(void **state)
{
    static const struct {
        const char *uri, *other;
    } cases[] = {{"/kb", "/kb/"}, {"/track/x/", "/track/x"}, {"/nothing", ""},
                 {"/", ""},       {"/nothing/", ""},         {"/track/x/messages/", ""}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fake *f = fake_new("GET", cases[i].uri);
        assert_int_equal(request_read(&f->rq), ERR_OK);
        assert_str(route_other_slash(&table, &f->rq), cases[i].other);
        fake_free(f);
    }
}

static void test_check(void **state)
{
    static const struct route good = PAGE("x", "GET", "/x"), post = POST("x", "/x");
    (void)state;
    assert_null(route_check(&table)); /* the control */
    assert_non_null(route_check(&(struct route_table){NULL, 0}));
    struct route r = good;
    const struct route_table one = {&r, 1};
    assert_null(route_check(&one));
#define REFUSED(from, change)                                                                                          \
    do {                                                                                                               \
        r = from;                                                                                                      \
        change;                                                                                                        \
        if (!route_check(&one))                                                                                        \
            fail_msg("accepted: %s", #change);                                                                         \
    } while (0)
    REFUSED(good, r.name = NULL);
    REFUSED(good, r.name = "Bad-Name");
    REFUSED(good, r.method = "PATCH");
    REFUSED(good, r.method = NULL);
    REFUSED(good, r.handler = NULL);
    REFUSED(good, r.guard = GUARD_UNSET);
    REFUSED(good, r.csrf = CSRF_UNSET);
    REFUSED(good, r.body = BODY_UNSET);
    REFUSED(good, r.bucket = BUCKET_UNSET);
    REFUSED(good, r.cache = CACHE_UNSET);
    REFUSED(good, r.look = LOOK_UNSET);
    REFUSED(good, r.pattern = "x");
    REFUSED(good, r.pattern = NULL);
    REFUSED(good, r.pattern = "/x//y");
    REFUSED(good, r.pattern = "/{}");
    REFUSED(good, r.pattern = "/{a");
    REFUSED(good, r.pattern = "/a}");
    REFUSED(good, r.pattern = "/a{b}");
    REFUSED(good, r.pattern = "/{a}{b}");
    REFUSED(good, r.pattern = "/{a}/{b}/{c}/{d}/{e}");
    REFUSED(good, r.csrf = CSRF_TOKEN);
    REFUSED(good, r.body = BODY_FORM);
    REFUSED(good, r.body_limit_bytes = 5);
    REFUSED(good, (r.guard = GUARD_CITIZEN, r.cache = CACHE_MICRO));
    REFUSED(post, r.csrf = CSRF_SAFE); /* a POST must be protected */
    REFUSED(post, r.csrf = CSRF_BEARER);
    REFUSED(good, r.csrf = CSRF_ORIGIN);
    REFUSED(post, (r.csrf = CSRF_ORIGIN, r.guard = GUARD_CITIZEN)); /* it proves no visitor */
    r = post;
    r.csrf = CSRF_ORIGIN;
    assert_null(route_check(&one));
    REFUSED(post, r.body_limit_bytes = 0);
    REFUSED(post, r.body = BODY_JSON);
    REFUSED(post, r.cache = CACHE_SHORT);
}

static void test_check_forms_and_clashes(void **state)
{
    static const struct route good = PAGE("x", "GET", "/x");
    static const struct form_field fields[] = {{.name = "a", .type = FIELD_TEXT, .has_offset = FORM_NO_HAS, .max = 5}};
    struct form_spec spec = {"f", sizeof(struct str), fields, 1};
    struct route r = good;
    const struct route_table one = {&r, 1};
    (void)state;
    r.form = &spec;
    assert_null(route_check(&one));
    spec.size = 4; /* the member lies outside */
    assert_non_null(route_check(&one));
    struct route two[] = {good, good};
    const struct route_table pair = {two, 2};
    assert_non_null(route_check(&pair)); /* same name */
    two[1].name = "y";
    assert_non_null(route_check(&pair)); /* same pattern */
    two[0].pattern = "/x/{a}";
    two[1].pattern = "/x/{b}";
    assert_non_null(route_check(&pair)); /* same shape */
    two[1].pattern = "/x/{b}.csv";
    assert_null(route_check(&pair));
}

static void test_print(void **state)
{
    char text[8192] = "";
    (void)state;
    FILE *to = fmemopen(text, sizeof text, "w");
    assert_non_null(to);
    route_print(&table, "citizen", NULL, to);
    fclose(to);
    size_t lines = 0;
    for (const char *c = text; *c; c++)
        lines += *c == '\n';
    assert_int_equal(lines, table.n + 1);
    assert_non_null(
        strstr(text, "citizen\ttrack_add\tPOST\t/track/{no}/messages\tpublic\ttoken\tform\t1000\t-\twrite\tno-store\t"
                     "page\tfast\t-\n"));
}

static const char *permit_word(unsigned permit) { return permit == 7 ? "seventh" : "other"; }

static void test_print_permit(void **state)
{
    static const struct route row = {.name = "x", .method = "GET", .pattern = "/x", .look = LOOK_PAGE, .permit = 7};
    const struct route_table one = {&row, 1};
    char text[1024] = "";
    (void)state;
    FILE *to = fmemopen(text, sizeof text, "w");
    assert_non_null(to);
    route_print(&one, "staff", permit_word, to);
    fclose(to);
    assert_non_null(strstr(text, "\tpage\tfast\tseventh\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),  cmocka_unit_test(test_other_slash),
        cmocka_unit_test(test_check), cmocka_unit_test(test_check_forms_and_clashes),
        cmocka_unit_test(test_print), cmocka_unit_test(test_print_permit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
