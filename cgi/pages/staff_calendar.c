/*
 * staff_calendar.c - the calendar of a year as it is reckoned with: months of weeks, holidays, weekend days that are worked.
 *
 * Contract: read only; a schedule is loaded by the operator (sudactl calendar). A year that cannot be trusted is said loudly, and
 * so is, from autumn on, the next one. Must not know due times.
 */
#include "app/calendar.h"
#include "app/refdata.h"
#include "base/clock.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff_calendar.h"
#include "pages/staff_frame.h"
#include "pages/view_staff_calendar.h"

enum { YEAR_MIN = 2000, YEAR_MAX = 2100, MONTHS = 12, WEEKS_MAX = 6, WEEKDAYS = 7, MONTH_DAY = 100, YEAR_DAY = 10000, SCHEDULE_MONTH = 11 };

static const struct form_field query_fields[] = {
    {FORM_FIELD(struct staff_calendar_query, year, "year", FIELD_INT), .min_value = YEAR_MIN, .max_value = YEAR_MAX},
};
const struct form_spec staff_calendar_query = {FORM_SPEC("staff_calendar", struct staff_calendar_query, query_fields)};

static void put_month(const struct say *s, const struct calendar *cal, int year, int month, struct view_cal_month *v)
{
    struct view_cal_week *weeks = ARENA_ARRAY(s->a, struct view_cal_week, WEEKS_MAX);
    const int32_t first = year * YEAR_DAY + month * MONTH_DAY + 1;
    const int lead = (clock_civil(clock_day_start_us(first)).weekday + WEEKDAYS - 1) % WEEKDAYS; /* weeks begin on Monday */
    int at = lead;
    for (int32_t day = first; day / MONTH_DAY == first / MONTH_DAY; day = clock_day_add(day, 1), at++) {
        const bool works = calendar_is_working(cal, day), week = at % WEEKDAYS < WEEKDAYS - 2;
        struct view_cal_week *w = &weeks[at / WEEKDAYS];
        if (w->days == NULL) {
            w->days = ARENA_ARRAY(s->a, struct view_cal_day, WEEKDAYS);
            v->n_weeks++;
        }
        w->n_days = WEEKDAYS;
        w->days[at % WEEKDAYS] = (struct view_cal_day){.number = day % MONTH_DAY, .off = !works, .holiday = !works && week, .made_up = works && !week};
    }
    v->name = arena_printf(s->a, "%d-%02d", year, month);
    v->weeks = weeks;
}

static enum msg judged(enum calendar_fault f, bool next)
{
    switch (f) {
    case CALENDAR_GOOD:
        return MSG_NONE;
    case CALENDAR_MISSING:
        return next ? MSG_staff_cal_next_missing : MSG_staff_cal_missing;
    case CALENDAR_THIN:
        return MSG_staff_cal_thin;
    case CALENDAR_ODD:
        return MSG_staff_cal_odd;
    }
    return MSG_NONE;
}

int staff_calendar_year(const struct request *rq, const struct staff_calendar_query *q)
{
    return q != NULL && q->year >= YEAR_MIN ? (int)q->year : clock_civil(rq->now_us).year;
}

enum err page_staff_calendar(struct request *rq, struct response *rs)
{
    const struct staff_calendar_query *q = rq->form != NULL && !rq->form_invalid ? rq->form : NULL;
    struct page pg;
    *rq->fault = (struct fault){0}; /* a year typed by hand: this one */
    const enum err e = join_need_ref(rq);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    const struct civil today = clock_civil(rq->now_us);
    const int year = staff_calendar_year(rq, q);
    const struct calendar *cal = refdata_calendar(s.ref);
    struct view_cal_month *m = ARENA_ARRAY(rq->a, struct view_cal_month, MONTHS);
    struct view_staff_calendar v = {.year = say_int(&s, year), .months = m, .n_months = MONTHS,
                                    .prev = arena_printf(rq->a, "/staff/calendar?year=%d", year - 1),
                                    .next = arena_printf(rq->a, "/staff/calendar?year=%d", year + 1),
                                    .wrong = judged(calendar_judge(cal, year), false)};
    for (int i = 0; i < MONTHS; i++)
        put_month(&s, cal, year, i + 1, &m[i]);
    if (year == today.year && today.month >= SCHEDULE_MONTH)
        v.next_wrong = judged(calendar_judge(cal, year + 1), true);
    staff_page(rq, rs, &pg, MSG_staff_nav_calendar);
    tmpl_staff_calendar(&rs->body, &pg, &v);
    return ERR_OK;
}
