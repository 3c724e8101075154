/* view_staff_calendar.h - a year of months, weeks, days. */
#ifndef PAGES_VIEW_STAFF_CALENDAR_H
#define PAGES_VIEW_STAFF_CALENDAR_H

#include "base/str.h"
#include "web/msg.h"

struct view_cal_day { /* number 0: not of this month */
    int64_t number;
    bool off, holiday, made_up;
};
struct view_cal_week {
    struct view_cal_day *days;
    size_t n_days;
};
struct view_cal_month {
    struct str name; /* 2026-11 */
    const struct view_cal_week *weeks;
    size_t n_weeks;
};
struct view_staff_calendar {
    struct str year, prev, next;
    enum msg wrong, next_wrong; /* why this year, or the next, cannot be trusted */
    const struct view_cal_month *months;
    size_t n_months;
};

#endif
