/*
 * clock.c - UTC microseconds and Beijing calendar days.
 *
 * Beijing keeps +08:00 all year (no summer time since 1991, and no act here is older), so the offset is a constant and
 * no zone table is read. The calendar is the proleptic Gregorian one, counted from 1 March so that the leap day is the
 * last of its year. Must not know holidays: working days belong to the domain.
 */
#include "base/clock.h"

#include "base/err.h"

#define BEIJING_US (8 * US_PER_HOUR)

enum { DAYS_400_YEARS = 146097, DAYS_TO_1970 = 719468 /* from 0000-03-01 */ };

static int64_t now(clockid_t id)
{
    struct timespec t;
    BUG_ON(clock_gettime(id, &t) != 0);
    return (int64_t)t.tv_sec * US_PER_S + t.tv_nsec / 1000;
}

int64_t clock_now_us(void)
{
    return now(CLOCK_REALTIME);
}

int64_t clock_monotonic_us(void)
{
    return now(CLOCK_MONOTONIC);
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Days since 1970-01-01. */
static int64_t days_from(int64_t year, int month, int day)
{
    int64_t y = month > 2 ? year : year - 1; /* the year that began on 1 March */
    int64_t era = floor_div(y, 400), yoe = y - era * 400;
    int64_t m = month > 2 ? month - 3 : month + 9;
    int64_t doy = (153 * m + 2) / 5 + day - 1;
    return era * DAYS_400_YEARS + yoe * 365 + yoe / 4 - yoe / 100 + doy - DAYS_TO_1970;
}

static void days_to(int64_t days, struct civil *c)
{
    int64_t d = days + DAYS_TO_1970;
    int64_t era = floor_div(d, DAYS_400_YEARS), doe = d - era * DAYS_400_YEARS;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t m = (5 * doy + 2) / 153;
    c->day = (int)(doy - (153 * m + 2) / 5 + 1);
    c->month = (int)(m < 10 ? m + 3 : m - 9);
    c->year = (int)(yoe + era * 400 + (c->month <= 2));
    c->weekday = (int)(days + 4 - 7 * floor_div(days + 4, 7)); /* 1970-01-01 was a Thursday */
}

struct civil clock_civil(int64_t us)
{
    struct civil c = {0};
    int64_t local = us + BEIJING_US, day = floor_div(local, US_PER_DAY), rest = local - day * US_PER_DAY;
    days_to(day, &c);
    c.us = (int)(rest % US_PER_S);
    rest /= US_PER_S;
    c.second = (int)(rest % 60);
    c.minute = (int)(rest / 60 % 60);
    c.hour = (int)(rest / 3600);
    return c;
}

int64_t clock_from_civil(const struct civil *c)
{
    int64_t s = ((int64_t)c->hour * 60 + c->minute) * 60 + c->second;
    return days_from(c->year, c->month, c->day) * US_PER_DAY + s * US_PER_S + c->us - BEIJING_US;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool date_valid(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
}

static int64_t day_number(int32_t d)
{
    return days_from(d / 10000, d / 100 % 100, d % 100);
}

static int32_t day_of(int64_t number)
{
    struct civil c;
    days_to(number, &c);
    return c.year * 10000 + c.month * 100 + c.day;
}

int32_t clock_local_day(int64_t us)
{
    return day_of(floor_div(us + BEIJING_US, US_PER_DAY));
}

bool clock_day_valid(int32_t yyyymmdd)
{
    return yyyymmdd > 0 && date_valid(yyyymmdd / 10000, yyyymmdd / 100 % 100, yyyymmdd % 100);
}

int32_t clock_day_add(int32_t yyyymmdd, int days)
{
    return day_of(day_number(yyyymmdd) + days);
}

int clock_day_diff(int32_t a, int32_t b)
{
    return (int)(day_number(a) - day_number(b));
}

int64_t clock_day_start_us(int32_t yyyymmdd)
{
    return day_number(yyyymmdd) * US_PER_DAY - BEIJING_US;
}

static char *two_digits(char *p, int v)
{
    p[0] = (char)('0' + v / 10 % 10);
    p[1] = (char)('0' + v % 10);
    return p + 2;
}

void clock_rfc3339_to(char out[CLOCK_RFC3339_CHARS], int64_t us)
{
    struct civil c = clock_civil(us);
    BUG_ON(c.year < 0 || c.year > 9999);
    char *p = two_digits(two_digits(out, c.year / 100), c.year);
    *p++ = '-';
    p = two_digits(p, c.month);
    *p++ = '-';
    p = two_digits(p, c.day);
    *p++ = 'T';
    p = two_digits(p, c.hour);
    *p++ = ':';
    p = two_digits(p, c.minute);
    *p++ = ':';
    p = two_digits(p, c.second);
    memcpy(p, "+08:00", 6);
}

struct str clock_rfc3339(struct arena *a, int64_t us)
{
    char text[CLOCK_RFC3339_CHARS];
    struct civil c = clock_civil(us);
    if (c.year < 0 || c.year > 9999)
        return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d+08:00", c.year, c.month, c.day, c.hour, c.minute, c.second);
    clock_rfc3339_to(text, us);
    return arena_dup(a, (struct str){text, sizeof text});
}

/* Reads exactly n digits and the separator after them (0 = none). */
static bool take_digits(struct str *s, size_t n, char sep, int *ret)
{
    uint64_t v;
    if (!parse_u64(str_slice(*s, 0, n), 0, 9999, &v) || s->n < n + (sep != 0) || (sep && s->p[n] != sep))
        return false;
    *ret = (int)v;
    *s = str_slice(*s, n + (sep != 0), s->n);
    return true;
}

/* ".5" to microseconds; digits beyond the sixth are cut. */
static bool take_fraction(struct str *s, int *ret)
{
    int us = 0, unit = 100000;
    size_t i = 1;
    *ret = 0;
    if (!s->n || s->p[0] != '.')
        return true;
    for (; i < s->n && s->p[i] >= '0' && s->p[i] <= '9'; i++, unit /= 10)
        us += (s->p[i] - '0') * unit;
    if (i == 1)
        return false;
    *s = str_slice(*s, i, s->n);
    *ret = us;
    return true;
}

static bool take_zone(struct str s, int64_t *ret_us)
{
    int hours, minutes;
    if (str_eq(s, STR("Z")) || str_eq(s, STR("z"))) {
        *ret_us = 0;
        return true;
    }
    if (s.n != 6 || (s.p[0] != '+' && s.p[0] != '-'))
        return false;
    int64_t sign = s.p[0] == '-' ? -1 : 1;
    s = str_slice(s, 1, s.n);
    if (!take_digits(&s, 2, ':', &hours) || !take_digits(&s, 2, 0, &minutes) || hours > 23 || minutes > 59)
        return false;
    *ret_us = sign * (hours * INT64_C(60) + minutes) * 60 * US_PER_S;
    return true;
}

bool clock_parse_rfc3339(struct str s, int64_t *ret)
{
    struct civil c = {0};
    int64_t zone;
    if (!take_digits(&s, 4, '-', &c.year) || !take_digits(&s, 2, '-', &c.month) || !take_digits(&s, 2, 0, &c.day))
        return false;
    if (!s.n || (s.p[0] != 'T' && s.p[0] != 't'))
        return false;
    s = str_slice(s, 1, s.n);
    if (!take_digits(&s, 2, ':', &c.hour) || !take_digits(&s, 2, ':', &c.minute) || !take_digits(&s, 2, 0, &c.second))
        return false;
    if (!take_fraction(&s, &c.us) || !take_zone(s, &zone))
        return false;
    if (!date_valid(c.year, c.month, c.day) || c.hour > 23 || c.minute > 59 || c.second > 59)
        return false;
    const int64_t us = clock_from_civil(&c) + BEIJING_US - zone;
    c = clock_civil(us); /* the zone may carry it out of the years that can be written */
    if (c.year < 1 || c.year > 9999)
        return false;
    *ret = us;
    return true;
}
