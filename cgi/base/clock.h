/*
 * clock.h - time as 64-bit UTC microseconds since 1970, and Beijing calendar days.
 *
 * Acts take their time from the database (decision 4); the wall clock here serves rate buckets, tokens and logs.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/arena.h"

#define US_PER_S INT64_C(1000000)
#define US_PER_HOUR (3600 * US_PER_S)
#define US_PER_DAY (86400 * US_PER_S)

int64_t clock_now_us(void);       /* wall clock */
int64_t clock_monotonic_us(void); /* for durations */

struct civil { /* a moment as read on a Beijing clock */
    int year, month, day, hour, minute, second, us, weekday; /* weekday 0 = Sunday */
};
struct civil clock_civil(int64_t us); /* +08:00 */
int64_t clock_from_civil(const struct civil *c);
int32_t clock_local_day(int64_t us); /* YYYYMMDD, +08:00 */
bool clock_day_valid(int32_t yyyymmdd);
int32_t clock_day_add(int32_t yyyymmdd, int days);
int clock_day_diff(int32_t a, int32_t b); /* a - b in days */
int64_t clock_day_start_us(int32_t yyyymmdd); /* midnight +08:00 */
struct str clock_rfc3339(struct arena *a, int64_t us); /* 2026-11-22T02:14:05+08:00 */
enum { CLOCK_RFC3339_CHARS = 25 };
/* The same into the caller's memory, without a NUL. Years 0 to 9999 only, else it aborts. */
void clock_rfc3339_to(char out[CLOCK_RFC3339_CHARS], int64_t us);
bool clock_parse_rfc3339(struct str s, int64_t *ret);  /* zone mandatory */

#endif
