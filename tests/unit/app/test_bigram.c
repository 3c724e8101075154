/* test_bigram.c - cgi/app/bigram.c and knowledge_mark.c: tokens of a text and of a query, marks in an excerpt. */
#include "app/bigram.h"
#include "app/knowledge_mark.h"
#include "unit.h"

static int setup(void **state)
{
    *state = arena_new(1 << 22);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static struct str made(struct arena *a, void (*fn)(struct buf *, struct str), const char *text)
{
    struct buf b;
    buf_init(&b, a, 100000);
    fn(&b, str_from_c(text));
    return buf_str(&b);
}

static void test_index(void **state)
{
    assert_str(made(*state, bigram_index, "停车费"), "u505c8f66 u8f668d39 u8d39");
    assert_str(made(*state, bigram_index, "水，电"), "u6c34 u7535");
    assert_str(made(*state, bigram_index, "a1"), "u00610031 u0031");
    assert_str(made(*state, bigram_index, "，。 "), "");
    assert_str(made(*state, bigram_index, "𠀀x"), "ud840dc00 udc000078 u0078");
}

static void test_phrase(void **state)
{
    assert_str(made(*state, bigram_phrase, "停车费"), "+\"u505c8f66 u8f668d39\"");
    assert_str(made(*state, bigram_phrase, "水"), "+u6c34*");
    assert_str(made(*state, bigram_phrase, "物业 水"), "+\"u72694e1a\" +u6c34*");
    assert_str(made(*state, bigram_phrase, "((\"@ +-*~<>"), "");
}

static void test_likeness(void **state)
{
    assert_str(made(*state, bigram_likeness, "停车费 水"), "u505c8f66 u8f668d39");
    assert_str(made(*state, bigram_likeness, "水"), "u6c34*");
}

/* Whatever is typed, the expression holds nothing but what we put there. */
static void test_alphabet(void **state)
{
    static const char all[] = "\"'()*+-<>@~\\%_;停`车\xC2\xA0\xE2\x80\x8B!?水{}[]|&^$#/=.,: \t\n";
    struct str s = made(*state, bigram_phrase, all);
    assert_true(s.n > 0);
    for (size_t i = 0; i < s.n; i++)
        assert_non_null(strchr("u0123456789abcdef +\"*", s.p[i]));
}

static void test_many_runs(void **state)
{
    struct buf b;
    struct str runs[BIGRAM_RUNS_MAX];
    buf_init(&b, *state, 1000);
    for (int i = 0; i < 100; i++)
        buf_put(&b, STR("ab "));
    assert_int_equal(bigram_runs(buf_str(&b), runs), BIGRAM_RUNS_MAX);
}

static struct str shown(struct arena *a, const char *text, const char *query, bool pairs, size_t max)
{
    const struct kb_bit *bits;
    size_t n;
    struct buf b;
    buf_init(&b, a, 10000);
    knowledge_mark(a, str_from_c(text), str_from_c(query), pairs, max, &bits, &n);
    for (size_t i = 0; i < n; i++) {
        if (bits[i].hit)
            buf_putc(&b, '[');
        buf_put(&b, bits[i].text);
        if (bits[i].hit)
            buf_putc(&b, ']');
    }
    return buf_str(&b);
}

static void test_marks(void **state)
{
    assert_str(shown(*state, "停车人应当交停车费。", "停车费", false, 100), "停车人应当交[停车费]。");
    assert_str(shown(*state, "停车人应当交停车费。", "停车费", true, 100), "[停车]人应当交[停车费]。");
    assert_str(shown(*state, "拨打ＡＢ", "ab", false, 100), "拨打[ＡＢ]");
    assert_str(shown(*state, "无", "水", false, 100), "无");
    assert_str(shown(*state, "", "水", false, 100), "");
    assert_str(shown(*state, "一行\n水", "水", false, 100), "一行 [水]");
}

static void test_excerpt(void **state)
{
    assert_str(shown(*state, "甲乙丙丁戊己庚辛。水在这里，后面还有很多很多字", "水", false, 8), "…[水]在这里，后面还…");
    assert_str(shown(*state, "一二三四五六七八九十", "水", false, 4), "一二三四…");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_index),    cmocka_unit_test(test_phrase),    cmocka_unit_test(test_likeness),
        cmocka_unit_test(test_alphabet), cmocka_unit_test(test_many_runs), cmocka_unit_test(test_marks),
        cmocka_unit_test(test_excerpt),
    };
    return cmocka_run_group_tests_name("bigram", tests, setup, teardown);
}
