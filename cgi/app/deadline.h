/*
 * deadline.h - due times, as pure functions of when a clock started and what happened to it [T 13, decisions 21].
 *
 * Natural time runs through nights and holidays. Working days: a limit of n days ends at the same time of day on the
 * n-th working day after the start; a start on a day off counts from the beginning of the next working day. Limits of
 * hours (levels I and II) are always natural time: an emergency knows no weekend.
 */
#ifndef APP_DEADLINE_H
#define APP_DEADLINE_H

#include "app/calendar.h"
#include "app/settings.h"

struct deadline_rule {
    int minutes;          /* of the level */
    bool working_days;    /* only for limits of whole days */
};
struct deadline_rule deadline_rule_for(const struct app_settings *s, int level, bool working_days);
int64_t deadline_due(const struct calendar *c, struct deadline_rule r, int64_t start_us);

/* Work between two moments: all of the time, or what of it lies on working days. */
int64_t deadline_work(const struct calendar *c, bool working_days, int64_t from_us, int64_t to_us);
/* The due time after a pause: the work that was left when it began is left when it ends. A clock that had run out stays. */
int64_t deadline_resume(const struct calendar *c, bool working_days, int64_t due_us, int64_t paused_us, int64_t resumed_us);
/* When to warn: percent of the way from start to due. */
int64_t deadline_warn_at(int64_t start_us, int64_t due_us, int percent);

#endif
