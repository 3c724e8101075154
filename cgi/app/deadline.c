/* deadline.c - due times as pure functions. Knows no ticket and no database. */
#include "app/deadline.h"

#include "base/err.h"

static const int64_t minute_us = 60 * US_PER_S;
enum { DAY_MINUTES = 24 * 60 };

struct deadline_rule deadline_rule_for(const struct app_settings *s, int level, bool working_days)
{
    if (level < 1 || level >= SETTINGS_LEVELS)
        level = s->default_level;
    int minutes = s->level_minutes[level];
    return (struct deadline_rule){minutes, working_days && minutes > DAY_MINUTES && minutes % DAY_MINUTES == 0};
}

int64_t deadline_due(const struct calendar *c, struct deadline_rule r, int64_t start_us)
{
    if (!r.working_days)
        return start_us + r.minutes * minute_us;
    int32_t day = clock_local_day(start_us);
    int64_t time_of_day = start_us - clock_day_start_us(day);
    if (!calendar_is_working(c, day)) {
        day = calendar_add_working(c, day, 1);
        time_of_day = 0;
    }
    return clock_day_start_us(calendar_add_working(c, day, r.minutes / DAY_MINUTES)) + time_of_day;
}

int64_t deadline_work(const struct calendar *c, bool working_days, int64_t from_us, int64_t to_us)
{
    if (to_us <= from_us)
        return 0;
    return working_days ? calendar_work_us(c, from_us, to_us) : to_us - from_us;
}

int64_t deadline_resume(const struct calendar *c, bool working_days, int64_t due_us, int64_t paused_us, int64_t resumed_us)
{
    if (paused_us >= due_us || resumed_us <= paused_us)
        return due_us;
    const int64_t left = deadline_work(c, working_days, paused_us, due_us);
    const int64_t due = working_days ? calendar_after_work(c, resumed_us, left) : resumed_us + left;
    return due > due_us ? due : due_us;
}

int64_t deadline_warn_at(int64_t start_us, int64_t due_us, int percent)
{
    BUG_ON(percent < 0 || percent > 100);
    return due_us <= start_us ? due_us : start_us + (due_us - start_us) / 100 * percent;
}
