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
