/* test_statistics.c - cgi/app/statistics.c, statistics_file.c: ranges, shares, files. The counting is tested in tests/data. */
#include "app/statistics.h"
#include "base/clock.h"
#include "unit.h"

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

static void test_share(void **state)
{
    (void)state;
    assert_int_equal(statistics_share(0, 0), -1);
    assert_int_equal(statistics_share(0, 7), 0);
    assert_int_equal(statistics_share(7, 7), 1000);
    assert_int_equal(statistics_share(2906, 3015), 964);
    assert_int_equal(statistics_share(1, 3), 333);
    assert_int_equal(statistics_share(2, 3), 667);
}

static void test_last_days(void **state)
{
    (void)state;
    struct stat_range r = statistics_last_days(clock_day_start_us(20260301), 30);
    assert_int_equal(r.from, 20260130);
    assert_int_equal(r.to, 20260228);
    r = statistics_last_days(clock_day_start_us(20260301) - 1, 1);
    assert_int_equal(r.from, 20260227);
    assert_int_equal(r.to, 20260227);
}

static void test_range(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *field, *reason;
    } rows[] = {
        {"2026-01-01", "2026-01-01", NULL, NULL},     {"20260101", "20261231", NULL, NULL},
        {"2026-1-1", "2026-01-02", "from", "BAD_FORMAT"}, {"2026-02-30", "2026-03-01", "from", "BAD_FORMAT"},
        {"2026-01-02", "2026-01-01", "to", "BAD_FORMAT"}, {"2026-01-01", "2027-06-01", "to", "TOO_LONG"},
        {"", "", "from", "BAD_FORMAT"},               {"2026-01-01x", "2026-01-01", "from", "BAD_FORMAT"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stat_range r;
        struct fault f = {0};
        enum err e = statistics_range(str_from_c(rows[i].from), str_from_c(rows[i].to), &r, &f);
        assert_int_equal(e, rows[i].field ? ERR_INVALID : ERR_OK);
        if (rows[i].field) {
            assert_string_equal(f.fields[0].field, rows[i].field);
            assert_string_equal(f.fields[0].reason, rows[i].reason);
        }
    }
}

static const struct stat_cell cells[] = {
    {.code = {"110105", 6}, .name = {"朝阳区", 9}, .name_en = {"Chaoyang", 8}, .population = 100, .filed = 30, .due = 20,
     .in_time = 19, .open = 1, .has_median = true, .median_minutes = 40},
    {.code = {"110119", 6}, .name = {"=\"延庆\"", 9}, .population = 5, .filed = 3, .due = 3, .in_time = 3, .suppressed = true},
};
static const struct stat_table table = {.range = {20261101, 20261130}, .dim = STAT_DISTRICT, .total = {.filed = 33, .due = 23},
                                        .cells = cells, .n_cells = 2, .demo = true, .provisional = true};

static void test_csv(void **state)
{
    struct buf b;
    buf_init(&b, *state, 10000);
    statistics_csv(&b, &table);
    assert_str(buf_str(&b),
               "district,name,name_en,population,filed,diverted,due,in_time,open,reply_minutes_median,flag\r\n"
               "110105,朝阳区,Chaoyang,100,30,0,20,19,1,40,p\r\n"
               "110119,\"'=\"\"延庆\"\"\",\"\",5,\"\",\"\",\"\",\"\",\"\",\"\",c\r\n");
}

static void test_json(void **state)
{
    struct buf b;
    buf_init(&b, *state, 10000);
    statistics_json(&b, &table);
    struct str s = buf_str(&b);
    assert_non_null(str_find(s, STR("{\"from\":\"2026-11-01\",\"to\":\"2026-11-30\",\"as_of\":null,\"demo\":true")));
    assert_non_null(str_find(s, STR("\"district\":\"110105\",\"name\":\"朝阳区\",\"name_en\":\"Chaoyang\",\"population\":100,\"filed\":30")));
    assert_non_null(str_find(s, STR("\"name\":\"=\\u0022延庆\\u0022\",\"name_en\":null,\"population\":5,\"filed\":null")));
    assert_non_null(str_find(s, STR("\"flag\":\"c\"}]}")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_share), cmocka_unit_test(test_last_days),
                                       cmocka_unit_test(test_range), cmocka_unit_test(test_csv), cmocka_unit_test(test_json)};
    return cmocka_run_group_tests_name("statistics", tests, setup, teardown);
}
