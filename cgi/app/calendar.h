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

#endif
