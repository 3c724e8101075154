/*
 * calendar.h - working days of Beijing. Pure: the table of exceptions is given, the rest is Monday to Friday.
 */
#ifndef APP_CALENDAR_H
#define APP_CALENDAR_H

#include "base/clock.h"

struct calendar_day { /* an exception to the week: holiday, or a weekend day worked */
    int32_t day;      /* YYYYMMDD */
    bool working;
};
struct calendar {     /* sorted by day */
    const struct calendar_day *days;
    size_t n;
};

bool calendar_is_working(const struct calendar *c, int32_t day);
/* The first working day after day; the n-th with n > 1. */
int32_t calendar_add_working(const struct calendar *c, int32_t day, int n);

/* The time between two moments that lies on working days (whole days count, from midnight to midnight); 0 if to <= from. */
int64_t calendar_work_us(const struct calendar *c, int64_t from_us, int64_t to_us);
/* When so much of it has passed. What ends with a working day ends at the beginning of the next one. */
int64_t calendar_after_work(const struct calendar *c, int64_t from_us, int64_t work_us);

/*
 * Whether a year can be trusted. The State Council publishes each year's schedule in the autumn before; a year without one
 * is computed with weekends alone, which is said loudly (sudactl status, a metric of the worker, pages of the staff).
 * Loading another schedule moves no due time that was told: those stand in events.
 */
enum { CALENDAR_HOLIDAYS_MIN = 11 }; /* days off by law in a year: 全国年节及纪念日放假办法 gives 13, some on weekends */
enum calendar_fault { CALENDAR_GOOD, CALENDAR_MISSING /* no row at all */, CALENDAR_THIN /* too few days off */,
                      CALENDAR_ODD /* a day off by law is worked, or an ordinary weekday stands as an exception */ };
enum calendar_fault calendar_judge(const struct calendar *c, int year);

#endif
