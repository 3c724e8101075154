/* figures: what a chart and its headline say in words; numbers too small to show are said nowhere, and nothing is said to lead by them. */
#include "unit.h"

#include "pages/stats_figure.h"

static struct arena *a;

static int setup(void **state)
{
    (void)state;
    a = arena_new(1024 * 1024);
    return a == NULL;
}
static int teardown(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static bool has(struct str s, const char *part)
{
    return memmem(s.p, s.n, part, strlen(part)) != NULL;
}

static struct stats_drawn draw(const char *slug, const struct stat_cell *cells, size_t n)
{
    const struct say s = {.a = a, .lang = LANG_ZH, .now_us = INT64_C(1795338000) * 1000000};
    const struct stats_figure *f = stats_figure_find(str_from_c(slug));
    assert_non_null(f);
    const struct stat_table t = {.dim = f->dim, .total = {.filed = 100, .due = 90, .in_time = 80}, .cells = cells, .n_cells = n};
    struct stats_drawn d;
    stats_draw(&s, f, &t, STR("近 30 天"), &d);
    return d;
}

static struct stat_cell cell(const char *name, int64_t filed, bool suppressed)
{
    return (struct stat_cell){.day = 20261120, .code = STR("1"), .name = str_from_c(name), .filed = filed, .population = 100000,
                              .suppressed = suppressed};
}

static void test_days(void **state)
{
    (void)state;
    const struct stat_cell few[] = {cell("", 7, true), cell("", 0, false)}, many[] = {cell("", 57, false), cell("", 43, false)};
    assert_true(str_eq_c(draw("days", few, 2).line.desc, "无数据"));
    assert_true(has(draw("days", many, 2).line.desc, "57"));
}

static void test_bars(void **state)
{
    (void)state;
    static const char *const figures[] = {"categories", "channels"};
    const struct stat_cell few[] = {cell("路灯", 7, true), cell("噪声", 6, true)}, many[] = {cell("路灯", 57, false), cell("噪声", 43, false)};
    for (size_t i = 0; i < 2; i++) {
        struct stats_drawn d = draw(figures[i], few, 2);
        assert_true(str_eq_c(d.bars.desc, "无数据"));
        assert_false(has(d.headline, "7"));
        assert_true(str_eq(d.headline, d.bars.title));
        d = draw(figures[i], many, 2);
        assert_true(has(d.headline, "57") && has(d.bars.desc, "最多"));
    }
}

static void test_districts(void **state)
{
    (void)state;
    const struct stat_cell same[] = {cell("东城区", 50, false), cell("西城区", 50, false)}, apart[] = {cell("东城区", 57, false), cell("西城区", 43, false)};
    struct stats_drawn d = draw("districts", same, 2);
    assert_true(d.tiles.desc.n == 0 && str_eq(d.headline, d.tiles.title));
    d = draw("districts", apart, 2);
    assert_true(has(d.tiles.desc, "东城区") && has(d.headline, "西城区最少"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
        TEST(test_days), TEST(test_bars), TEST(test_districts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
