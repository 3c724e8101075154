/* suggest: which items a text finds, in which order, and when nothing is better than a guess. */
#include "unit.h"

#include "app/suggest.h"

static const struct category items[] = {
    {.code = STR("05"), .name = STR("城乡建设"), .level = 1},
    {.code = STR("0502"), .parent = STR("05"), .name = STR("施工管理"), .name_en = STR("Building sites"), .level = 2},
    {.code = STR("050201"), .parent = STR("0502"), .name = STR("夜间施工噪声"), .level = 3, .keywords = STR("半夜施工;工地噪音;扰民")},
    {.code = STR("050203"), .parent = STR("0502"), .name = STR("工地安全隐患"), .level = 3, .keywords = STR("工地;围挡;塔吊")},
    {.code = STR("080505"), .parent = STR("0502"), .name = STR("职业病防治"), .level = 3, .keywords = STR("职业病;粉尘;噪声")},
    {.code = STR("070302"), .parent = STR("0502"), .name = STR("犬只伤人"), .level = 3, .keywords = STR("狗咬人;狂犬")},
};
static struct refdata *ref;
static struct arena *a;

static int set_up(void **state)
{
    (void)state;
    const struct refdata_rows rows = {.categories = items, .n_categories = sizeof items / sizeof items[0]};
    a = arena_new(1 << 20);
    ref = refdata_new(REF_CATEGORIES);
    return a != NULL && ref != NULL && refdata_fill(ref, &rows) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    refdata_free(ref);
    arena_free(a);
    return 0;
}

/* Words that stand apart in the text find the item whose name joins them; a short keyword alone does not win. */
static void test_shared_pairs(void **state)
{
    struct suggestion hit[6];
    (void)state;
    size_t n = suggest_categories(ref, a, STR("工地夜里还在施工，噪声很大"), 6, hit);
    assert_true(n >= 2);
    assert_str(hit[0].category->code, "050201");
    for (size_t i = 1; i < n; i++)
        assert_true(hit[i - 1].score >= hit[i].score);
}

static void test_guess(void **state)
{
    struct suggestion hit[6];
    (void)state;
    assert_int_equal(suggest_categories(ref, a, STR("没拴绳咬人"), 6, hit), 1); /* one pair: a guess, when there is no more */
    assert_str(hit[0].category->code, "070302");
    size_t n = suggest_categories(ref, a, STR("夜间施工噪声，没拴绳咬人"), 6, hit);
    for (size_t i = 0; i < n; i++)
        assert_false(str_eq(hit[i].category->code, STR("070302"))); /* and none beside something better */
    assert_true(n > 0);
}

/* Items have no English names: the group above speaks for them, in singular and plural. */
static void test_english(void **state)
{
    struct suggestion hit[6];
    (void)state;
    assert_int_equal(suggest_categories(ref, a, STR("Noise from a Building site at night"), 6, hit), 4);
    assert_int_equal(suggest_categories(ref, a, STR("sit on a bus"), 6, hit), 0); /* too short, or another word */
}

static void test_bounds(void **state)
{
    struct suggestion hit[6];
    (void)state;
    assert_int_equal(suggest_categories(ref, a, STR("工地施工噪声"), 1, hit), 1);
    assert_int_equal(suggest_categories(ref, a, STR_NONE, 6, hit), 0);
    assert_int_equal(suggest_categories(ref, a, STR("abc 123"), 6, hit), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shared_pairs),
        cmocka_unit_test(test_guess),
        cmocka_unit_test(test_english),
        cmocka_unit_test(test_bounds),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
