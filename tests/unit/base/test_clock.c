/* test_clock.c - cgi/base/clock.c: Beijing days and RFC 3339, against the C library where it knows better. */
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

/* Every day from 1890 to 2110 by the C library's own calendar. */
static void test_calendar_agrees_with_libc(void **state)
{
    (void)state;
    int32_t before = 0;
    for (int64_t day = -29220; day < 51135; day++) {
        int64_t us = day * US_PER_DAY + 12345678;
        time_t t = (time_t)(day * 86400 + 8 * 3600 + 12);
        struct tm tm;
        assert_non_null(gmtime_r(&t, &tm));
        struct civil c = clock_civil(us);
        int32_t want = (tm.tm_year + 1900) * 10000 + (tm.tm_mon + 1) * 100 + tm.tm_mday;
        if (clock_local_day(us) != want || c.year * 10000 + c.month * 100 + c.day != want || c.weekday != tm.tm_wday)
            fail_msg("day %lld: %d, not %d", (long long)day, clock_local_day(us), want);
        assert_int_equal(c.hour, 8);
        assert_int_equal(c.second, 12);
        assert_int_equal(c.us, 345678);
        assert_true(clock_from_civil(&c) == us);
        assert_true(clock_day_valid(want));
        assert_true(clock_day_start_us(want) == day * US_PER_DAY - 8 * US_PER_HOUR);
        if (before) {
            assert_int_equal(clock_day_add(before, 1), want);
            assert_int_equal(clock_day_add(want, -1), before);
            assert_int_equal(clock_day_diff(want, before), 1);
        }
        before = want;
    }
}

static void test_midnight_is_beijing(void **state)
{
    (void)state;
    int64_t noon_utc = INT64_C(1795348800) * US_PER_S; /* 2026-11-22 12:00 UTC */
    assert_int_equal(clock_local_day(noon_utc), 20261122);
    assert_int_equal(clock_local_day(noon_utc + 4 * US_PER_HOUR - 1), 20261122);
    assert_int_equal(clock_local_day(noon_utc + 4 * US_PER_HOUR), 20261123);
    assert_int_equal(clock_day_add(20240228, 1), 20240229);
    assert_int_equal(clock_day_add(20230228, 1), 20230301);
    assert_int_equal(clock_day_add(20261231, 1), 20270101);
    assert_int_equal(clock_day_diff(20270101, 20260101), 365);
    assert_int_equal(clock_day_diff(20240101, 20250101), -366);
}

static void test_valid_days(void **state)
{
    static const int32_t good[] = {20240229, 20000229, 20261231, 20260101, 10101};
    static const int32_t bad[] = {20230229, 19000229, 20261301, 20260001, 20260100, 20260431, 20260132, 0, -20260101, 100};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(clock_day_valid(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (clock_day_valid(bad[i]))
            fail_msg("%d is no day", bad[i]);
}

static void test_rfc3339(void **state)
{
    static const struct {
        const char *text;
        const char *same; /* NULL = refused */
    } rows[] = {
        {"2026-11-22T02:14:05+08:00", "2026-11-22T02:14:05+08:00"},
        {"2026-11-21T18:14:05Z", "2026-11-22T02:14:05+08:00"},
        {"2026-11-21t18:14:05z", "2026-11-22T02:14:05+08:00"},
        {"2026-11-21T18:14:05.999Z", "2026-11-22T02:14:05+08:00"},
        {"2026-11-21T12:44:05-05:30", "2026-11-22T02:14:05+08:00"},
        {"2024-02-29T23:59:59+08:00", "2024-02-29T23:59:59+08:00"},
        {"2026-11-22T02:14:05", NULL}, /* no zone */
        {"2026-11-22 02:14:05Z", NULL},
        {"2026-11-22", NULL},
        {"2026-02-29T00:00:00Z", NULL},
        {"2026-13-01T00:00:00Z", NULL},
        {"2026-11-22T24:00:00Z", NULL},
        {"2026-11-22T23:60:00Z", NULL},
        {"2026-11-22T23:59:60Z", NULL},
        {"2026-11-22T02:14:05+8:00", NULL},
        {"2026-11-22T02:14:05+0800", NULL},
        {"2026-11-22T02:14:05+24:00", NULL},
        {"2026-11-22T02:14:05.Z", NULL},
        {"2026-11-22T02:14:05Zx", NULL},
        {"2026-1-22T02:14:05Z", NULL},
        {"+026-11-22T02:14:05Z", NULL},
        {"0000-11-22T02:14:05Z", NULL},
        {"9999-12-31T23:59:59+08:00", "9999-12-31T23:59:59+08:00"},
        {"9999-12-31T23:59:59Z", NULL}, /* the year 10000 in Beijing */
        {"0001-01-01T00:00:00+23:59", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t us = 77;
        bool good = clock_parse_rfc3339(str_from_c(rows[i].text), &us);
        if (good != (rows[i].same != NULL) || (!good && us != 77))
            fail_msg("\"%s\" was %s", rows[i].text, good ? "taken" : "refused");
        if (good)
            assert_str(clock_rfc3339(*state, us), rows[i].same);
    }
    int64_t us;
    assert_true(clock_parse_rfc3339(STR("1970-01-01T00:00:00.1234567Z"), &us));
    assert_true(us == 123456);
}

static void test_clocks_run(void **state)
{
    (void)state;
    int64_t wall = clock_now_us(), mono = clock_monotonic_us();
    assert_true(wall > INT64_C(1700000000) * US_PER_S);
    usleep(2000);
    assert_true(clock_now_us() > wall);
    assert_true(clock_monotonic_us() - mono >= 2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_calendar_agrees_with_libc),
        cmocka_unit_test(test_midnight_is_beijing),
        cmocka_unit_test(test_valid_days),
        cmocka_unit_test_setup_teardown(test_rfc3339, setup, teardown),
        cmocka_unit_test(test_clocks_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
