/* test_demo.c - chance and sentences of the demo; the demands themselves are tested in tests/data. */
#include "app/demo_private.h"
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

static void test_same_seed_same_numbers(void **state)
{
    (void)state;
    struct chance x = chance_of(20261122, 5), y = chance_of(20261122, 5), z = chance_of(20261122, 6), w = chance_of(20261123, 5);
    for (int i = 0; i < 100; i++) {
        uint64_t n = chance_u64(&x);
        assert_true(n == chance_u64(&y));
        assert_true(n != chance_u64(&z) && n != chance_u64(&w));
    }
}

static void test_bounds(void **state)
{
    (void)state;
    struct chance r = chance_of(1, 2);
    int seen[6] = {0};
    for (int i = 0; i < 6000; i++) {
        seen[chance_below(&r, 6)]++;
        double u = chance_unit(&r);
        assert_true(u >= 0 && u < 1);
        assert_in_range(chance_between(&r, 5, 7), 5, 7);
        assert_int_equal(chance_between(&r, 9, 3), 9);
    }
    for (int i = 0; i < 6; i++)
        assert_in_range(seen[i], 800, 1200);
}

static void test_weights(void **state)
{
    (void)state;
    static const int64_t sum[] = {580, 580, 1000}; /* the second weighs nothing */
    struct chance r = chance_of(3, 4);
    int seen[3] = {0}, yes = 0;
    for (int i = 0; i < 10000; i++) {
        seen[chance_weighted(&r, sum, 3)]++;
        yes += chance_is(&r, 100);
    }
    assert_in_range(seen[0], 5500, 6100);
    assert_int_equal(seen[1], 0);
    assert_in_range(yes, 850, 1150);
    assert_false(chance_is(&r, 0));
    assert_true(chance_is(&r, 1000));
}

static void test_sentences(void **state)
{
    struct demo_text problems[] = {{STR("0601"), STR("park {item}")}, {STR("02"), STR("water at {place}")}};
    struct demo_text anything[] = {{STR_NONE, STR("{item}{item} {unknown} {place")}};
    struct demo_words w = {.texts = {[PART_PROBLEM] = problems, [PART_ASK] = anything}, .n = {[PART_PROBLEM] = 2, [PART_ASK] = 1}};
    struct demo_slots s = {.item = STR("I"), .place = STR("P")};
    struct chance r = chance_of(1, 1);
    for (int i = 0; i < 20; i++)
        assert_str(demo_say(*state, &r, &w, PART_PROBLEM, STR("060101"), &s), "park I");
    assert_str(demo_say(*state, &r, &w, PART_PROBLEM, STR("020301"), &s), "water at P");
    assert_true(demo_say(*state, &r, &w, PART_PROBLEM, STR("110101"), &s).n > 0);
    assert_str(demo_say(*state, &r, &w, PART_ASK, STR_NONE, &s), "II {unknown} {place");
}

/* The sentences that are shipped: every part is there, nothing is left open. */
static void test_shipped_sentences(void **state)
{
    struct fault f = {0};
    struct ctx c = {.a = *state, .fault = &f};
    struct demo_words w;
    struct demo_slots s = {STR("a"), STR("b"), STR("c"), STR("d"), STR("e"), STR("f"), STR("7")};
    struct chance r = chance_of(9, 9);
    assert_int_equal(demo_words_read(&c, "sql/seed/demo_text.csv", &w), ERR_OK);
    for (int part = 0; part < PART_END; part++)
        for (int i = 0; i < 50; i++)
            assert_null(str_find(demo_say(*state, &r, &w, (enum demo_part)part, STR_NONE, &s), STR("{")));
    assert_int_equal(demo_words_read(&c, "sql/seed/no_such_file.csv", &w), ERR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_seed_same_numbers), cmocka_unit_test(test_bounds), cmocka_unit_test(test_weights),
        cmocka_unit_test(test_sentences), cmocka_unit_test(test_shipped_sentences),
    };
    return cmocka_run_group_tests_name("demo", tests, setup, teardown);
}
