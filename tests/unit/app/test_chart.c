/* test_chart.c - cgi/app/chart.c: ticks are round and few, points stay inside the frame. */
#include "app/chart.h"
#include "unit.h"

static const struct chart_frame frame = {48, 16, 628, 204};

static int setup(void **state)
{
    *state = arena_new(1 << 20);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static bool is_round(int64_t step)
{
    while (step % 10 == 0)
        step /= 10;
    return step == 1 || step == 2 || step == 5;
}

static void test_ticks(void **state)
{
    (void)state;
    static const int64_t rows[] = {0, 1, 3, 5, 9, 10, 11, 99, 100, 101, 266, 4999, 5001, 123456789};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct chart_tick t[8];
        size_t n = chart_ticks(rows[i], frame, t);
        assert_in_range(n, 2, 6);
        assert_int_equal(t[0].value, 0);
        assert_int_equal(t[0].at, frame.bottom);
        assert_int_equal(t[n - 1].at, frame.top);
        assert_true(t[n - 1].value >= rows[i] && is_round(t[1].value));
        for (size_t k = 2; k < n; k++)
            assert_int_equal(t[k].value - t[k - 1].value, t[1].value);
    }
}

static void test_points(void **state)
{
    const int64_t values[] = {0, 10, -1, 20};
    assert_str(chart_points(*state, frame, values, 4, 20), "48,204 241,110 628,16");
    assert_str(chart_area(*state, frame, values, 4, 20), "48,204 48,204 241,110 628,16 628,204");
    const int64_t none[] = {-1, -1};
    assert_str(chart_area(*state, frame, none, 2, 20), "");
    assert_str(chart_points(*state, frame, values, 1, 0), "338,204");
    assert_int_equal(chart_y(frame, 1000, 20), frame.top);
}

static void test_bars_and_steps(void **state)
{
    (void)state;
    assert_int_equal(chart_bar(0, 10, 380), 0);
    assert_int_equal(chart_bar(1, 100000, 380), 2);
    assert_int_equal(chart_bar(10, 10, 380), 380);
    assert_int_equal(chart_bar(11, 10, 380), 380);
    assert_int_equal(chart_step(-1, 10), -1);
    assert_int_equal(chart_step(0, 10), 0);
    assert_int_equal(chart_step(2, 10), 0);
    assert_int_equal(chart_step(3, 10), 1);
    assert_int_equal(chart_step(10, 10), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_ticks), cmocka_unit_test(test_points),
                                       cmocka_unit_test(test_bars_and_steps)};
    return cmocka_run_group_tests_name("chart", tests, setup, teardown);
}
