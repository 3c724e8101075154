/* test_kb_parse.c - cgi/app/kb_parse.c and markdown.c: laws become sections, hostile Markdown stays harmless. */
#include "app/kb_parse.h"
#include "app/markdown.h"
#include "unit.h"

#define FRONT "---\ntitle: 试验条例\ntype: 地方性法规\nversion_date: 2024-03-29\nsource: here\n---\n\n# 试验条例\n\n> 2024年通过\n\n"

static int setup(void **state)
{
    *state = arena_new(1 << 25);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static struct kb_doc parse(struct arena *a, const char *text)
{
    struct kb_doc d;
    struct fault f = {0};
    assert_int_equal(kb_parse(a, str_from_c(text), &d, &f), ERR_OK);
    return d;
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int number, sub;
    } rows[] = {{"第一条 x", 1, 0},          {"第十条", 10, 0},         {"第十二条　", 12, 0},      {"第二十条", 20, 0},
                {"第一百零五条", 105, 0},     {"第一百一十条", 110, 0},   {"第一千一百六十四条", 1164, 0}, {"第十二条之二 x", 12, 2},
                {"第二百〇五条", 205, 0}};
    static const char *const bad[] = {"", "第", "第条", "第一章", "一条", "第12条", "前款第一条"};
    int number, sub;
    size_t n;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_true(kb_article_number(str_from_c(rows[i].text), &number, &sub, &n));
        assert_int_equal(number, rows[i].number);
        assert_int_equal(sub, rows[i].sub);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(kb_article_number(str_from_c(bad[i]), &number, &sub, &n));
}

static void test_sections(void **state)
{
    struct kb_doc d = parse(*state, FRONT "序言。\n\n## 第一章 总则\n\n第一条 甲。\n\n（一）乙；\n\n## 第二章 附则\n\n第二条 丙。\n");
    assert_str(d.title, "试验条例");
    assert_int_equal(d.version_day, 20240329);
    assert_str(d.history, "2024年通过");
    assert_int_equal(d.n_sections, 3);
    assert_str(d.sections[0].anchor, "p0");
    assert_str(d.sections[1].anchor, "a1");
    assert_str(d.sections[1].heading, "第一条");
    assert_str(d.sections[1].chapter, "第一章 总则");
    assert_str(d.sections[1].body, "甲。\n（一）乙；");
    assert_str(d.sections[2].chapter, "第二章 附则");
    assert_int_equal(d.n_headings, 2);
    assert_str(d.headings[1].anchor, "c2");
    assert_non_null(str_find(d.html, STR("<h2 id=\"c2\">第二章 附则</h2>")));
    assert_non_null(str_find(d.html, STR("<p id=\"a1\"><strong>第一条</strong> 甲。</p>")));
    assert_null(str_find(d.html, STR("<h1")));
}

static void test_same_number_twice(void **state)
{
    struct kb_doc d = parse(*state, FRONT "第一条 甲。\n\n第一条 乙。\n");
    assert_str(d.sections[0].anchor, "a1");
    assert_str(d.sections[1].anchor, "a1x2");
}

static void test_hostile(void **state)
{
    struct kb_doc d = parse(*state, FRONT "第一条 <script>alert(1)</script> [x](javascript:alert(1)) <b onclick=x>y</b> ![i](data:text/html,x)\n\n"
                                          "<img src=x onerror=alert(1)>\n\n## <script>x</script>\n\n第二条 `&lt;`\n");
    static const char *const never[] = {"<script", "javascript:", "onclick", "onerror", "data:text"};
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_null(str_find(d.html, str_from_c(never[i])));
}

static void test_refuses(void **state)
{
    static const char *const bad[] = {"", "no front matter", "---\ntitle: x\n", "---\ntitle: x\ntype: y\n---\n\nx\n",
        "---\ntitle: x\ntype: y\nversion_date: 2024-02-30\n---\n\nx\n", "---\ntitle: x\ntype: y\nversion_date: 2024-02-28\n---\n\n# x\n",
        "---\nno colon\n---\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct kb_doc d;
        struct fault f = {0};
        assert_int_equal(kb_parse(*state, str_from_c(bad[i]), &d, &f), ERR_INVALID);
        assert_true(f.detail[0]);
    }
}

static void test_too_large(void **state)
{
    char *big = arena_alloc(*state, MARKDOWN_BYTES_MAX + 2);
    const struct md_block *h = NULL;
    size_t n = 0;
    struct fault f = {0};
    memset(big, 'x', MARKDOWN_BYTES_MAX + 1);
    assert_int_equal(markdown_blocks(*state, (struct str){big, MARKDOWN_BYTES_MAX + 1}, &h, &n, &f), ERR_TOO_LARGE);
    f = (struct fault){0};
    assert_int_equal(markdown_blocks(*state, STR("\xff"), &h, &n, &f), ERR_INVALID);
    assert_int_equal(markdown_blocks(*state, STR("*x*"), &h, &n, NULL), ERR_OK);
    assert_int_equal(n, 1);
    assert_str(h[0].html.s, "<p><em>x</em></p>\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_sections), cmocka_unit_test(test_same_number_twice),
        cmocka_unit_test(test_hostile), cmocka_unit_test(test_refuses),  cmocka_unit_test(test_too_large),
    };
    return cmocka_run_group_tests_name("kb_parse", tests, setup, teardown);
}
