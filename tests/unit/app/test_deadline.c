/*
 * test_deadline.c - working days and due times: examples a person can check, and properties that hold for all.
 */
#include "unit.h"

#include "app/deadline.h"
#include "base/random.h"

/* Week of Thursday 1 October 2026: 1-3 holiday, Saturday 10 October worked. */
static const struct calendar_day days[] = {{20261001, false}, {20261002, false}, {20261003, false}, {20261010, true}};
static const struct calendar cal = {days, 4};

static int64_t at(int y, int mo, int d, int h, int mi)
{
    struct civil c = {.year = y, .month = mo, .day = d, .hour = h, .minute = mi};
    return clock_from_civil(&c);
}

static void working_days(void **state)
{
    (void)state;
    assert_true(calendar_is_working(&cal, 20260930) && !calendar_is_working(&cal, 20261001));
    assert_true(!calendar_is_working(&cal, 20261004) && calendar_is_working(&cal, 20261010) && !calendar_is_working(&cal, 20261011));
    assert_int_equal(20261005, calendar_add_working(&cal, 20260930, 1));
    assert_int_equal(20261010, calendar_add_working(&cal, 20261009, 1));
    assert_int_equal(20261012, calendar_add_working(&cal, 20261009, 2));
    assert_int_equal(20260930, calendar_add_working(&cal, 20260930, 0));
}

static void examples(void **state)
{
    struct app_settings s = app_settings_default();
    (void)state;
    struct deadline_rule two_hours = deadline_rule_for(&s, 1, true), day = deadline_rule_for(&s, 2, true),
                         week = deadline_rule_for(&s, 3, false), week_working = deadline_rule_for(&s, 3, true);
    /* An emergency knows no holiday. */
    assert_int_equal(at(2026, 10, 2, 1, 30), deadline_due(&cal, two_hours, at(2026, 10, 1, 23, 30)));
    assert_int_equal(at(2026, 10, 2, 9, 0), deadline_due(&cal, day, at(2026, 10, 1, 9, 0)));
    assert_int_equal(at(2026, 10, 7, 16, 20), deadline_due(&cal, week, at(2026, 9, 30, 16, 20)));
    /* Seven working days after Wednesday 30 September: 5, 6, 7, 8, 9, 10 (worked), 12 October. */
    assert_int_equal(at(2026, 10, 12, 16, 20), deadline_due(&cal, week_working, at(2026, 9, 30, 16, 20)));
    /* Filed on the holiday: counted from the morning of the 5th. */
    assert_int_equal(at(2026, 10, 13, 0, 0), deadline_due(&cal, week_working, at(2026, 10, 2, 16, 20)));
    assert_int_equal(s.level_minutes[3], deadline_rule_for(&s, 0, false).minutes); /* unknown level: the default */
    assert_int_equal(s.level_minutes[3], deadline_rule_for(&s, 9, false).minutes);
}

static int64_t random_moment(void)
{
    return at(2026, 1, 1, 0, 0) + (int64_t)random_below((uint64_t)(720 * US_PER_DAY));
}

static void properties_of_due_times(void **state)
{
    struct app_settings s = app_settings_default();
    (void)state;
    for (int i = 0; i < 20000; i++) {
        int level = 1 + (int)random_below(4);
        bool working = random_below(2);
        struct deadline_rule r = deadline_rule_for(&s, level, working);
        int64_t start = random_moment(), later = start + (int64_t)random_below((uint64_t)(3 * US_PER_DAY));
        int64_t due = deadline_due(&cal, r, start), natural = start + s.level_minutes[level] * 60 * US_PER_S;
        assert_true(due > start);
        assert_true(due >= natural || (r.working_days && due >= natural - US_PER_DAY)); /* never much less than the natural limit */
        assert_true(deadline_due(&cal, r, later) >= due); /* who files later is never due sooner */
        if (r.working_days) {
            int32_t last = clock_local_day(due - 1);
            assert_true(calendar_is_working(&cal, clock_local_day(due)) || calendar_is_working(&cal, last));
        } else {
            assert_int_equal(natural, due);
        }
        int64_t warn = deadline_warn_at(start, due, s.warn_percent);
        assert_true(warn >= start && warn < due);
    }
}

static void properties_of_pauses(void **state)
{
    struct app_settings s = app_settings_default();
    (void)state;
    for (int i = 0; i < 5000; i++) {
        struct deadline_rule r = deadline_rule_for(&s, 1 + (int)random_below(4), random_below(2));
        int64_t start = random_moment(), due = deadline_due(&cal, r, start), sum = 0, t = start;
        struct {
            int64_t begin_us, end_us;
        } p[3];
        for (int j = 0; j < 3; j++) {
            t += (int64_t)random_below((uint64_t)US_PER_HOUR);
            p[j].begin_us = t;
            t += 1 + (int64_t)random_below((uint64_t)US_PER_HOUR);
            p[j].end_us = t;
        }
        for (int j = 0; j < 3 && p[j].begin_us < due + sum; j++)
            sum += p[j].end_us - p[j].begin_us;
        int64_t after = due;
        for (int j = 0; j < 3; j++)
            after = deadline_resume(&cal, r.working_days, after, p[j].begin_us, p[j].end_us);
        if (!r.working_days)
            assert_int_equal(due + sum, after);
        /* No work is lost: what was left when it stopped is left when it goes on, weekends or not. */
        int64_t stopped = start + (int64_t)random_below((uint64_t)(due - start)), on = stopped + (int64_t)random_below((uint64_t)(9 * US_PER_DAY));
        int64_t moved = deadline_resume(&cal, r.working_days, due, stopped, on);
        assert_true(after >= due && moved >= due);
        assert_int_equal(deadline_work(&cal, r.working_days, stopped, due), deadline_work(&cal, r.working_days, on, moved));
        assert_int_equal(due, deadline_resume(&cal, r.working_days, due, due + 1, due + US_PER_DAY)); /* too late to stop what ran out */
    }
}

static void settings_fit_together(void **state)
{
    struct app_settings s = app_settings_default();
    (void)state;
    assert_null(app_settings_check(&s));
    s.level_minutes[2] = 60;
    assert_non_null(app_settings_check(&s));
    s = app_settings_default();
    s.grades = 4;
    assert_non_null(app_settings_check(&s));
    s = app_settings_default();
    s.ticket_token_hours = 24;
    assert_non_null(app_settings_check(&s));
    s = app_settings_default();
    s.idempotency_hours = 200;
    assert_non_null(app_settings_check(&s));
    s = app_settings_default();
    s.issuer = "my city";
    assert_non_null(app_settings_check(&s));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(working_days), cmocka_unit_test(examples),
                                       cmocka_unit_test(properties_of_due_times), cmocka_unit_test(properties_of_pauses),
                                       cmocka_unit_test(settings_fit_together)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
