/* calendar.c - which days are worked. Pure; the exceptions come from the table `calendar_day`. */
#include "app/calendar.h"

static const struct calendar_day *find_exception(const struct calendar *c, int32_t day)
{
    size_t lo = 0, hi = c->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (c->days[mid].day == day)
            return &c->days[mid];
        if (c->days[mid].day < day)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

bool calendar_is_working(const struct calendar *c, int32_t day)
{
    const struct calendar_day *e = find_exception(c, day);
    if (e)
        return e->working;
    int weekday = clock_civil(clock_day_start_us(day)).weekday;
    return weekday >= 1 && weekday <= 5;
}

int32_t calendar_add_working(const struct calendar *c, int32_t day, int n)
{
    while (n > 0) {
        day = clock_day_add(day, 1);
        if (calendar_is_working(c, day))
            n--;
    }
    return day;
}

int64_t calendar_work_us(const struct calendar *c, int64_t from_us, int64_t to_us)
{
    int64_t work = 0;
    while (from_us < to_us) {
        const int32_t day = clock_local_day(from_us);
        const int64_t end = clock_day_start_us(clock_day_add(day, 1));
        const int64_t stop = end < to_us ? end : to_us;
        if (calendar_is_working(c, day))
            work += stop - from_us;
        from_us = stop;
    }
    return work;
}

int64_t calendar_after_work(const struct calendar *c, int64_t from_us, int64_t work_us)
{
    for (;;) {
        const int32_t day = clock_local_day(from_us);
        const int64_t end = clock_day_start_us(clock_day_add(day, 1));
        if (calendar_is_working(c, day)) {
            if (work_us < end - from_us)
                return from_us + work_us;
            work_us -= end - from_us;
        }
        from_us = end;
    }
}

enum calendar_fault calendar_judge(const struct calendar *c, int year)
{
    static const int fixed[] = {101, 501, 1001, 1002, 1003}; /* off by law, whatever the schedule of the year is */
    size_t off = 0, rows = 0;
    bool odd = false;
    for (size_t i = 0; i < c->n; i++) {
        if (c->days[i].day / 10000 != year)
            continue;
        const int weekday = clock_civil(clock_day_start_us(c->days[i].day)).weekday;
        rows++;
        off += !c->days[i].working;
        odd |= c->days[i].working && weekday >= 1 && weekday <= 5; /* worked anyway: no exception */
    }
    if (rows == 0)
        return CALENDAR_MISSING;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        odd |= calendar_is_working(c, year * 10000 + fixed[i]);
    return off < CALENDAR_HOLIDAYS_MIN ? CALENDAR_THIN : odd ? CALENDAR_ODD : CALENDAR_GOOD;
}
