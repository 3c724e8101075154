/*
 * test_tmpl.c - the sample templates rendered with hostile values: nothing may leave its place.
 *
 * The negative control is the field of type safe_html: the same bytes, not escaped, do break out, and the same checks
 * see it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka wants the three above */
#include <cmocka.h>

#include "base/arena.h"
#include "gen/tmpl.h"
#include "web/tmpl.h"

/* Message tables and templates of tests/gen, not the product's. */
#include "gen/msg.c"
#include "web/msg.c"

#include "gen/tmpl_ok_chart.c"
#include "gen/tmpl_ok_flow.c"
#include "gen/tmpl_ok_foot.c"
#include "gen/tmpl_ok_head.c"
#include "gen/tmpl_ok_inner.c"
#include "gen/tmpl_ok_item.c"
#include "gen/tmpl_ok_letter.c"
#include "gen/tmpl_ok_odd.c"
#include "gen/tmpl_ok_page.c"
#include "gen/tmpl_ok_place.c"
#include "gen/tmpl_ok_same.c"
#include "gen/tmpl_ok_sign.c"
#include "gen/tmpl_ok_words.c"

#define HOSTILE "\"'><script>x</script></title></textarea>&lt; javascript:"

struct fixture {
    struct arena *a;
    struct buf o;
    struct page pg;
    struct view_sample v;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    f->a = arena_new(64 * 1024 * 1024);
    assert_non_null(f->a);
    buf_init(&f->o, f->a, 16 * 1024 * 1024);
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    arena_free(f->a);
    free(f);
    return 0;
}

static const char *text(struct fixture *f)
{
    assert_false(f->o.full);
    return arena_cstr(f->a, buf_str(&f->o));
}

static bool has(struct fixture *f, const char *needle)
{
    return strstr(text(f), needle) != NULL;
}

static void assert_has(struct fixture *f, const char *needle)
{
    if (!has(f, needle))
        fail_msg("missing: %s\nin: %s", needle, text(f));
}

static void render_places(struct fixture *f, const char *value)
{
    f->v.text = str_from_c(value);
    f->v.ctext = value;
    buf_clear(&f->o);
    tmpl_ok_place(&f->o, &f->pg, &f->v);
}

static void hostile_value_stays_in_its_place(void **state)
{
    struct fixture *f = *state;
    render_places(f, HOSTILE);
    assert_has(
        f,
        "<p id=\"text\">\"'&gt;&lt;script&gt;x&lt;/script&gt;&lt;/title&gt;&lt;/textarea&gt;&amp;lt; javascript:</p>");
    assert_has(
        f,
        "class=\"&quot;&#39;&gt;&lt;script&gt;x&lt;/script&gt;&lt;/title&gt;&lt;/textarea&gt;&amp;lt; javascript:\"");
    assert_has(
        f, " title='&quot;&#39;&gt;&lt;script&gt;x&lt;/script&gt;&lt;/title&gt;&lt;/textarea&gt;&amp;lt; javascript:'");
    assert_has(f,
               "<textarea id=\"rcdata\">\n\"'&gt;&lt;script&gt;x&lt;/script&gt;&lt;/title&gt;&lt;/textarea&gt;&amp;lt; "
               "javascript:</textarea>");
    assert_has(f, "<svg viewBox=\"0 0 0 8\"><title>\"'&gt;&lt;script&gt;x");
#define PART "%22%27%3E%3Cscript%3Ex%3C%2Fscript%3E%3C%2Ftitle%3E%3C%2Ftextarea%3E%26lt%3B%20javascript%3A"
    assert_has(f, "href=\"/x/" PART "?q=" PART "#" PART "\"");
    assert_has(f, "href=\"tel:" PART "\"");
    assert_false(has(f, "<script"));
    /* Control: the same value, declared safe, breaks out, and the check above would have seen it. */
    f->v.html = (struct safe_html){STR(HOSTILE)};
    render_places(f, HOSTILE);
    assert_true(has(f, "<p id=\"html\">" HOSTILE "</p>"));
    assert_true(has(f, "<script"));
}

static void address_schemes(void **state)
{
    static const struct {
        const char *value, *shown;
    } rows[] = {
        {"javascript:alert(1)", "#blocked"},
        {"JaVaScRiPt:alert(1)", "#blocked"},
        {"data:text/html,x", "#blocked"},
        {"vbscript:x", "#blocked"},
        {"blob:x", "#blocked"},
        {"x:y", "#blocked"},
        {":x", "#blocked"},
        {" javascript:x", "#blocked"},
        {"\tjavascript:x", "#blocked"},
        {"java\nscript:x", "#blocked"},
        {"\001javascript:x", "#blocked"},
        {"javascript\t:x", "#blocked"},
        {"javascript&colon;x", "javascript&amp;colon;x"},
        {"/javascript:x", "/javascript:x"},
        {"?javascript:x", "?javascript:x"},
        {"#javascript:x", "#javascript:x"},
        {"./x:y", "./x:y"},
        {"", ""},
        {"http://a/b?c=d&e=%20f#g", "http://a/b?c=d&amp;e=%20f#g"},
        {"HTTPS://a", "HTTPS://a"},
        {"tel:+86-10-12345", "tel:+86-10-12345"},
        {"mailto:a@b", "mailto:a@b"},
        {"sms:12345", "sms:12345"},
        {"/a\"b'c<d>e f\\g`", "/a%22b%27c%3Cd%3Ee%20f%5Cg%60"},
        {"/\xe8\xaf\x89", "/%E8%AF%89"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        render_places(f, rows[i].value);
        assert_has(f, arena_printf(f->a, "<a id=\"url\" href=\"%s\">", rows[i].shown).p);
        assert_has(f, arena_printf(f->a, "<form action=\"%s\">", rows[i].shown).p);
        assert_has(f, arena_printf(f->a, "<button formaction=\"%s\">", rows[i].shown).p);
        assert_has(f, arena_printf(f->a, "<a xlink:href=\"%s\">", rows[i].shown).p);
    }
}

static void every_byte_is_harmless(void **state)
{
    struct fixture *f = *state;
    for (int c = 0; c < 256; c++) {
        char byte[1] = {(char)c};
        struct str v = {byte, 1};
        buf_clear(&f->o);
        tmpl_text(&f->o, v);
        assert_true(c && memchr("&<>", c, 3) ? f->o.n > 1 : f->o.n == 1 && f->o.p[0] == (char)c);
        buf_clear(&f->o);
        tmpl_attr(&f->o, v);
        assert_true(c && memchr("&<>\"'", c, 5) ? f->o.n > 1 : f->o.n == 1 && f->o.p[0] == (char)c);
        buf_clear(&f->o);
        tmpl_url(&f->o, v);
        for (size_t i = 0; i < f->o.n; i++)
            assert_true(f->o.p[i] > ' ' && f->o.p[i] < 127 && !strchr("\"'<>\\`{}|^", f->o.p[i]));
        buf_clear(&f->o);
        tmpl_url_part(&f->o, v);
        bool plain =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c && strchr("-._~", c));
        assert_int_equal(f->o.n, plain ? 1 : 3);
        assert_true(plain || f->o.p[0] == '%');
    }
}

static void types_are_written(void **state)
{
    struct fixture *f = *state;
    f->v = (struct view_sample){.letters = "ab<",
                                .yes = true,
                                .i32 = -5,
                                .i64 = INT64_MIN,
                                .u8 = 255,
                                .u64 = UINT64_MAX,
                                .grouped = {-1234567},
                                .fixed = {1234, 2},
                                .message = MSG_sample_quote};
    render_places(f, "1");
    assert_has(f, "<p id=\"types\">1 ab&lt; true -5 -9223372036854775808 255 18446744073709551615 -1,234,567 12.34 "
                  "\xe4\xbb\x96\xe8\xaf\xb4\"\xe6\x98\xaf\" &lt;b&gt;&amp;'</p>");
    f->pg.lang = LANG_EN;
    f->v.grouped.v = 999;
    f->v.fixed = (struct num_fixed){-5, 3};
    f->v.message = MSG_NONE;
    render_places(f, "1");
    assert_has(f, " 999 -0.005 </p>");
    assert_has(f, "title=\"He said &quot;yes&quot; &lt;b&gt;&amp;&#39;\">He said \"yes\" &lt;b&gt;&amp;'</p>");
    assert_has(f, "href=\"/x?q=He%20said%20%22yes%22%20%3Cb%3E%26%27\"");
    f->v.ctext = NULL;
    buf_clear(&f->o);
    tmpl_ok_place(&f->o, &f->pg, &f->v);
    assert_has(f, "<p id=\"types\"> ab&lt; ");
}

static void numbers_at_their_bounds(void **state)
{
    static const struct {
        int64_t v;
        int decimals;
        const char *grouped, *fixed;
    } rows[] = {
        {0, 0, "0", "0"},
        {999, 1, "999", "99.9"},
        {1000, 2, "1,000", "10.00"},
        {-1000, 9, "-1,000", "-0.000001000"},
        {INT64_MAX, 9, "9,223,372,036,854,775,807", "9223372036.854775807"},
        {INT64_MIN, 0, "-9,223,372,036,854,775,808", "-9223372036854775808"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        buf_clear(&f->o);
        tmpl_text(&f->o, ((struct num_grouped){rows[i].v}));
        assert_string_equal(text(f), rows[i].grouped);
        buf_clear(&f->o);
        tmpl_attr(&f->o, ((struct num_fixed){rows[i].v, rows[i].decimals}));
        assert_string_equal(text(f), rows[i].fixed);
    }
}

static const char *flow(struct fixture *f)
{
    buf_clear(&f->o);
    tmpl_ok_flow(&f->o, &f->pg, &f->v);
    return text(f);
}

static void constructs(void **state)
{
    struct fixture *f = *state;
    const struct str tags[] = {STR("x"), STR("y")};
    const struct sample_item items[] = {{STR("<1>"), true, tags, 2}, {STR("2"), false, NULL, 0}};
    const struct sample_inner inner = {STR("in"), items, 1};
    f->pg.nav = NAV_KB;
    assert_string_equal(flow(f), "<div><p>1</p><hr><p>0</p>\n<i></i>\n<u></u></div>");
    f->v = (struct view_sample){.text = STR("t"),
                                .ctext = "home",
                                .yes = true,
                                .i32 = 1,
                                .items = items,
                                .n_items = 2,
                                .maybe = &inner,
                                .inner = {STR("&"), items + 1, 1}};
    assert_string_equal(flow(f),
                        "<div class=\"yes more\"><p>2</p><ul><li aria-current=\"true\">1/2 &lt;1&gt;\nx, y.\n0</li>"
                        "<li>2/2 2\n-\n1</li></ul><b>2</b><p>in</p><i>in</i><b>&lt;1&gt;</b>\n"
                        "<i>&amp;</i><b>2</b>\n<u>&amp;</u></div>");
    f->v = (struct view_sample){.text = STR("t"), .ctext = "", .yes = true, .items = items};
    assert_string_equal(flow(f), "<div class=\"yes less\"><p>5</p><hr><p>0</p>\n<i></i>\n<u></u></div>");
    f->pg.nav = NAV_HOME;
    assert_non_null(strstr(flow(f), "<p>3</p>"));
    f->pg.nav = NAV_FILE;
    assert_non_null(strstr(flow(f), "<p>4</p>"));
}

static void messages_with_values(void **state)
{
    struct fixture *f = *state;
    f->v = (struct view_sample){.i32 = 1, .grouped = {1200}, .text = STR("A&B\""), .inner = {.name = STR("<d>")}};
    tmpl_ok_words(&f->o, &f->pg, &f->v);
    assert_has(f, "<p>\xe8\xbf\x98\xe6\x9c\x89 1 \xe5\xa4\xa9</p>");
    assert_has(f, "<p title=\"A&amp;B&quot;\xe4\xba\x8e&lt;d&gt;");
    f->pg.lang = LANG_EN;
    buf_clear(&f->o);
    tmpl_ok_words(&f->o, &f->pg, &f->v);
    assert_has(f, "<h1>Suda</h1><p>1 day left</p><p>1,200 days left</p>");
    assert_has(f, "<p title=\"Handled on &lt;d&gt; by A&amp;B&quot;\">Handled on &lt;d&gt; by A&amp;B\"</p>");
    f->pg.lang = (enum lang)77; /* not a language: the default one */
    buf_clear(&f->o);
    tmpl_ok_words(&f->o, &f->pg, &f->v);
    assert_has(f, "<h1>\xe8\xaf\x89\xe8\xbe\xbe</h1>");
}

static void whole_page(void **state)
{
    struct fixture *f = *state;
    f->pg = (struct page){.lang = LANG_EN,
                          .elder = true,
                          .title_error = true,
                          .title = STR("</title>"),
                          .css_url = STR("/s/a.css"),
                          .js_url = STR("javascript:x"),
                          .hotline = STR("12345")};
    tmpl_ok_page(&f->o, &f->pg);
    assert_string_equal(text(f),
                        "<!doctype html><html lang=\"en\" class=\"elder\"><head><meta charset=\"utf-8\">"
                        "<title>! &lt;/title&gt; \xc2\xb7 Suda</title><link rel=\"stylesheet\" href=\"/s/a.css\">"
                        "<script src=\"#blocked\" defer></script></head><body><main>"
                        "<h1>&lt;/title&gt;</h1></main><footer>12345</footer></body></html>");
}

static void plain_text(void **state)
{
    struct fixture *f = *state;
    const struct sample_item items[] = {{STR("<1>"), true, NULL, 0}, {STR("2"), false, NULL, 0}};
    f->pg = (struct page){.lang = LANG_EN, .hotline = STR("12345")};
    f->v = (struct view_sample){.text = STR("a&b"), .ctext = "c", .items = items, .n_items = 2, .u8 = 1};
    tmpl_ok_letter(&f->o, &f->pg, &f->v);
    assert_string_equal(text(f),
                        "Suda: a&b <c>\n\n  * <1> !\n  * 2\nHe said \"yes\" <b>&'\n1 day left\n--\nSuda 12345\n");
    f->v.n_items = 0;
    buf_clear(&f->o);
    tmpl_ok_letter(&f->o, &f->pg, &f->v);
    assert_string_equal(text(f), "Suda: a&b <c>\n\n  -\nHe said \"yes\" <b>&'\n1 day left\n--\nSuda 12345\n");
}

static void chart(void **state)
{
    struct fixture *f = *state;
    const struct sample_item items[] = {{STR("a<b"), false, NULL, 0}};
    f->v = (struct view_sample){.text = STR("t"), .i64 = 9, .items = items, .n_items = 1, .fixed = {5, 1}};
    tmpl_ok_chart(&f->o, &f->pg, &f->v);
    assert_string_equal(text(f), "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                                 "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 9\" role=\"img\">"
                                 "<title>t</title><style>text { font: 12px sans-serif; }</style>"
                                 "<g transform=\"translate(0 0)\"><rect width=\"9\" height=\"1.5\"/>"
                                 "<text x=\"1\">a&lt;b <tspan>1</tspan></text></g>"
                                 "<linearGradient id=\"g\"><stop offset=\"0.5\"/></linearGradient></svg>");
}

/* Bytes that C treats in a special way come out as they stood in the template. */
static void odd_bytes(void **state)
{
    struct fixture *f = *state;
    tmpl_ok_odd(&f->o, &f->pg);
    assert_string_equal(text(f), "<p data-a=\"\xe2\x80\xae?\?/ \\ %s \001\" data-b='\"?\?=\"'>\xd8\x9c \xe2\x81\xa6</p>"
                                 "<pre>\t1\n\n  2 \xe2\x80\xa8</pre>");
}

static void full_buffer_is_noticed(void **state)
{
    struct fixture *f = *state;
    buf_init(&f->o, f->a, 100);
    f->v.text = STR(HOSTILE);
    tmpl_ok_place(&f->o, &f->pg, &f->v);
    assert_true(f->o.full);
    assert_true(f->o.n <= 100);
}

int main(void)
{
#define TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(hostile_value_stays_in_its_place),
        TEST(address_schemes),
        TEST(every_byte_is_harmless),
        TEST(types_are_written),
        TEST(numbers_at_their_bounds),
        TEST(constructs),
        TEST(messages_with_values),
        TEST(whole_page),
        TEST(plain_text),
        TEST(chart),
        TEST(odd_bytes),
        TEST(full_buffer_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
