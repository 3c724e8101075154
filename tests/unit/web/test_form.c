/* form: one description, pairs and JSON; every kind of field; all errors at once. */
#include "fake.h"

#include "base/utf8.h"
#include "web/json.h"

struct sample {
    struct str title, text, kind, code, phone, secret;
    int64_t age, lng;
    bool public, has_age, has_title;
    struct str_list tags;
};
static const char *const kinds[] = {"help", "report", NULL};
static const struct form_field fields[] = {
    {FORM_FIELD_HAS(struct sample, title, has_title, "title", FIELD_TEXT), .max = 5},
    {FORM_FIELD(struct sample, text, "text", FIELD_AREA), .required = true, .min = 2, .max = 10},
    {FORM_FIELD(struct sample, kind, "kind", FIELD_CHOICE), .choices = kinds},
    {FORM_FIELD(struct sample, code, "code", FIELD_CODE), .max = 8},
    {FORM_FIELD(struct sample, phone, "contact.phone", FIELD_PHONE), .max = 24},
    {FORM_FIELD(struct sample, secret, "secret", FIELD_SECRET), .max = 20},
    {FORM_FIELD_HAS(struct sample, age, has_age, "age", FIELD_INT), .min_value = 0, .max_value = 120},
    {FORM_FIELD(struct sample, lng, "location.lng", FIELD_LNGLAT), .min_value = -1800000000, .max_value = 1800000000},
    {FORM_FIELD(struct sample, public, "public", FIELD_BOOL)},
    {FORM_FIELD(struct sample, tags, "tags", FIELD_LIST), .max = 3},
};
static const struct form_spec spec = {FORM_SPEC("sample", struct sample, fields)};

/* "field:REASON field:REASON" of the request. */
static struct str faults(struct fake *f)
{
    struct buf b;
    buf_init(&b, f->a, 4096);
    for (size_t i = 0; i < f->fault.n_fields; i++)
        buf_printf(&b, "%s%s:%s", i ? " " : "", f->fault.fields[i].field, f->fault.fields[i].reason);
    return buf_str(&b);
}

static const struct sample *decode(struct fake *f, const char *query)
{
    static struct form_pairs pairs;
    static const struct route route = {.form = &spec};
    assert_int_equal(urlencoded_parse(f->a, &f->fault, str_from_c(query), &pairs), ERR_OK);
    f->rq.sent = &pairs;
    f->rq.route = &route;
    enum err err = form_decode_pairs(&f->rq, &spec, &pairs);
    assert_int_equal(err, f->fault.n_fields ? ERR_INVALID : ERR_OK);
    return f->rq.form;
}

static void test_pairs(void **state)
{
    static const struct {
        const char *query, *faults;
    } cases[] = {
        {"text=hello", ""},
        {"", "text:REQUIRED"},
        {"text=", "text:REQUIRED"},
        {"text=%20%20%E3%80%80", "text:REQUIRED"},
        {"text=a", "text:TOO_SHORT"},
        {"text=abcdefghijk", "text:TOO_LONG"},
        {"text=%E6%B0%B4%E6%B0%B4%E6%B0%B4%E6%B0%B4%E6%B0%B4%E6%B0%B4", ""}, /* six characters, not 18 */
        {"text=ok&text=ok", "text:DUPLICATE"},
        {"text=ok&secret=a%01b", "secret:BAD_TEXT"},
        {"text=ok&tags=a%E2%80%AEb", "tags:BAD_TEXT"},     /* bidi override */
        {"text=%E2%80%8B%EF%BB%BF%E2%80%8B", "text:REQUIRED"}, /* nothing that is seen */
        {"text=ok&kind=help", ""},
        {"text=ok&kind=HELP", "kind:NOT_A_CHOICE"},
        {"text=ok&kind=", ""},
        {"text=ok&code=a-B_9", ""},
        {"text=ok&code=a.b", "code:BAD_FORMAT"},
        {"text=ok&age=120", ""},
        {"text=ok&age=121", "age:OUT_OF_RANGE"},
        {"text=ok&age=-1", "age:OUT_OF_RANGE"},
        {"text=ok&age=1e1", "age:NOT_A_NUMBER"},
        {"text=ok&age=99999999999999999999", "age:NOT_A_NUMBER"},
        {"text=ok&location.lng=116.3974", ""},
        {"text=ok&location.lng=181", "location.lng:OUT_OF_RANGE"},
        {"text=ok&location.lng=1.2.3", "location.lng:BAD_FORMAT"},
        {"text=ok&location.lng=-", "location.lng:BAD_FORMAT"},
        {"text=ok&location.lng=nan", "location.lng:BAD_FORMAT"},
        {"text=ok&contact.phone=138-0013+8000", ""},
        {"text=ok&contact.phone=12", "contact.phone:NOT_A_PHONE"},
        {"text=ok&contact.phone=1380013800x", "contact.phone:NOT_A_PHONE"},
        {"text=ok&tags=a&tags[]=b&tags=c", ""},
        {"text=ok&tags=a&tags=b&tags=c&tags=d", "tags:TOO_MANY"},
        {"text=ok&unknown=1&lang=en", ""},            /* forms ignore what they do not know */
        {"text=a&title=abcdef&kind=x&age=x&code=%3F", /* every error, in one answer */
         "title:TOO_LONG text:TOO_SHORT kind:NOT_A_CHOICE code:BAD_FORMAT age:NOT_A_NUMBER"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fake *f = fake_new("GET", "/");
        decode(f, cases[i].query);
        if (!str_eq_c(faults(f), cases[i].faults))
            fail_msg("%s: " STR_FMT, cases[i].query, STR_ARG(faults(f)));
        fake_free(f);
    }
}

static void test_values(void **state)
{
    (void)state;
    struct fake *f = fake_new("GET", "/");
    const struct sample *s =
        decode(f, "title=+%E6%B0%B4%E3%80%80&text=a%0D%0Ab%0Dc&age=7&location.lng=-116.39745678"
                  "&contact.phone=%2B86+138+0013+8000&public=on&tags=x&tags=+&tags=y&secret=s3&kind=report");
    assert_int_equal(f->fault.n_fields, 0);
    assert_str(s->title, "水");
    assert_str(s->text, "a\nb\nc");
    assert_str(s->kind, "report");
    assert_int_equal(s->age, 7);
    assert_true(s->has_age && s->has_title);
    assert_int_equal(s->lng, -1163974567);
    assert_str(s->phone, "13800138000");
    assert_true(s->public);
    assert_int_equal(s->tags.n, 2);
    assert_str(s->tags.p[1], "y");
    assert_str(form_sent(&f->rq, "age"), "7");
    assert_str(form_sent(&f->rq, "secret"), ""); /* never shown back */
    assert_str(form_sent(&f->rq, "absent"), "");
    fake_free(f);
    f = fake_new("GET", "/");
    s = decode(f, "text=ok&age=&title=&public=false");
    assert_false(s->has_age);  /* an empty number was not given */
    assert_true(s->has_title); /* an empty text was: it may mean "delete" */
    assert_false(s->public);
    fake_free(f);
}

/* What comes by paste: from a word processor, a PDF, an address book. Nothing of it is lost, and nothing unseen stays. */
static void test_pasted(void **state)
{
    (void)state;
    struct fake *f = fake_new("GET", "/");
    const struct sample *s = decode(f, "text=a%0Bb%0Cc%01%E2%80%AEd%E2%80%A8%F0%9F%98%80&title=a%0Ab%09%E2%80%8Bc&secret=s3"
                                       "&code=%E2%80%8Ea-1&contact.phone=%E2%80%AD138+0013+8000%E2%80%AC");
    assert_int_equal(f->fault.n_fields, 0);
    assert_str(s->text, "a\nb\ncd\n😀");
    assert_str(s->title, "a b c");
    assert_str(s->code, "a-1");
    assert_str(s->phone, "13800138000");
    fake_free(f);
}

static void test_phones(void **state)
{
    static const struct {
        const char *sent, *kept;
    } cases[] = {{"010-8888 6666", "01088886666"},          {"(010)88886666", "01088886666"},
                 {"+86 138 0013 8000", "13800138000"},      {"008613800138000", "13800138000"},
                 {"8613800138000", "13800138000"},          {"+442079460958", "+442079460958"},
                 {"１３８００１３８０００", "13800138000"}, {"12345", "12345"},
                 {"86 10 8888 6666", "861088886666"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fake *f = fake_new("GET", "/");
        struct form_pair p[] = {{.name = STR("text"), .value = STR("ok")},
                                {.name = STR("contact.phone"), .value = str_from_c(cases[i].sent)}};
        struct form_pairs pairs = {p, 2};
        assert_int_equal(form_decode_pairs(&f->rq, &spec, &pairs), ERR_OK);
        assert_str(((const struct sample *)f->rq.form)->phone, cases[i].kept);
        fake_free(f);
    }
}

static void test_json_bodies(void **state)
{
    static const struct {
        const char *text, *faults; /* faults NULL = not JSON at all */
    } cases[] = {
        {"{\"text\":\"hello\"}", ""},
        {"{\"text\":\"hello\",\"contact\":{\"phone\":\"13800138000\"},\"location\":{\"lng\":116.39}}", ""},
        {"{\"text\":\"hello\",\"contact\":null,\"age\":null}", ""},
        {"{}", "text:REQUIRED"},
        {"{\"text\":5}", "text:WRONG_TYPE"},
        {"{\"text\":\"ok\",\"age\":\"5\"}", "age:WRONG_TYPE"},
        {"{\"text\":\"ok\",\"age\":5.0}", "age:WRONG_TYPE"},
        {"{\"text\":\"ok\",\"age\":500}", "age:OUT_OF_RANGE"},
        {"{\"text\":\"ok\",\"public\":1}", "public:WRONG_TYPE"},
        {"{\"text\":\"ok\",\"public\":true,\"tags\":[\"a\"]}", ""},
        {"{\"text\":\"ok\",\"tags\":\"a\"}", "tags:WRONG_TYPE"},
        {"{\"text\":\"ok\",\"tags\":[1]}", "tags:WRONG_TYPE"},
        {"{\"text\":\"ok\",\"tags\":[\"a\",\"b\",\"c\",\"d\"]}", "tags:TOO_MANY"},
        {"{\"text\":\"ok\",\"location\":{\"lng\":1e300}}", "location.lng:OUT_OF_RANGE"},
        {"{\"text\":\"ok\",\"extra\":1}", "extra:UNKNOWN_FIELD"},
        {"{\"text\":\"ok\",\"contact\":{\"fax\":1}}", "contact.fax:UNKNOWN_FIELD"},
        {"{\"text\":\"ok\",\"contact\":7}", "contact:WRONG_TYPE"},
        {"{\"text\":\"ok\",\"contact.phone\":\"13800138000\"}", "contact.phone:UNKNOWN_FIELD"},
        {"[]", NULL},
        {"", NULL},
        {"{\"text\":\"ok\"} x", NULL},
        {"{\"text\":\"ok\",\"text\":\"no\"}", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fake *f = fake_new("POST", "/");
        enum err err = form_decode_json(&f->rq, &spec, str_from_c(cases[i].text));
        if (!cases[i].faults) {
            assert_int_equal(err, ERR_INVALID);
            assert_string_equal(f->fault.reason, "BAD_JSON");
        } else if (!str_eq_c(faults(f), cases[i].faults) || (err == ERR_OK) != !*cases[i].faults) {
            fail_msg("%s: " STR_FMT, cases[i].text, STR_ARG(faults(f)));
        }
        fake_free(f);
    }
}

static void test_json_values(void **state)
{
    (void)state;
    struct fake *f = fake_new("POST", "/");
    assert_int_equal(
        form_decode_json(&f->rq, &spec,
                         STR("{\"text\":\" \\u6c34\\n\\ud83d\\ude00 \",\"age\":7,\"location\":{\"lng\":-116.3974567},"
                             "\"public\":true,\"tags\":[\"x\",\"y\"]}")),
        ERR_OK);
    const struct sample *s = f->rq.form;
    assert_str(s->text, "水\n😀");
    assert_int_equal(s->age, 7);
    assert_int_equal(s->lng, -1163974567);
    assert_true(s->public && s->has_age && !s->has_title);
    assert_int_equal(s->tags.n, 2);
    fake_free(f);
}

static void test_urlencoded_refused(void **state)
{
    static const char *const bad[] = {"a=%", "a=%1", "a=%zz", "%00=1", "a=%00", "a=%ff", "a=%c0%80", "a=%ed%a0%80"};
    static char many[3 * LIMIT_FORM_PAIRS + 4];
    struct form_pairs pairs;
    (void)state;
    struct fake *f = fake_new("GET", "/");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct fault fault = {0};
        assert_int_equal(urlencoded_parse(f->a, &fault, str_from_c(bad[i]), &pairs), ERR_INVALID);
        assert_string_equal(fault.reason, "BAD_REQUEST");
    }
    for (size_t i = 0; i < LIMIT_FORM_PAIRS; i++)
        memcpy(many + 3 * i, "a=&", 3);
    struct fault fault = {0};
    assert_int_equal(urlencoded_parse(f->a, &fault, (struct str){many, 3 * LIMIT_FORM_PAIRS - 1}, &pairs), ERR_OK);
    assert_int_equal(pairs.n, LIMIT_FORM_PAIRS);
    assert_int_equal(urlencoded_parse(f->a, &fault, (struct str){many, 3 * LIMIT_FORM_PAIRS + 3}, &pairs), ERR_INVALID);
    assert_string_equal(fault.reason, "TOO_MANY_FIELDS");
    fake_free(f);
}

static void test_check(void **state)
{
    struct form_field one = fields[0];
    struct form_spec s = {"x", sizeof(struct sample), &one, 1};
    (void)state;
    assert_null(form_check(&spec));
    assert_null(form_check(&s));
#define REFUSED(change)                                                                                                \
    do {                                                                                                               \
        one = fields[0];                                                                                               \
        change;                                                                                                        \
        if (!form_check(&s))                                                                                           \
            fail_msg("accepted: %s", #change);                                                                         \
    } while (0)
    REFUSED(one.max = 0);
    REFUSED(one.min = 9);
    REFUSED(one.name = "");
    REFUSED(one.offset = sizeof(struct sample));
    REFUSED(one.has_offset = sizeof(struct sample));
    REFUSED(one.type = FIELD_INT);
    REFUSED(one.type = FIELD_CHOICE);
    REFUSED(one.type = FIELD_FILE);
    REFUSED((one.type = FIELD_LIST, one.max = 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pairs),       cmocka_unit_test(test_values),
        cmocka_unit_test(test_pasted), cmocka_unit_test(test_phones),      cmocka_unit_test(test_json_bodies),
        cmocka_unit_test(test_json_values), cmocka_unit_test(test_urlencoded_refused),
        cmocka_unit_test(test_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
