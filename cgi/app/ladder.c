/* ladder.c - the steps towards and after a due time, pure. Knows no ticket and no database. */
#include "app/ladder.h"

static bool climbs(enum role role, enum ladder_step step)
{
    if (role == ROLE_COPY || role == ROLE_RELAY || role == ROLE_WHISTLE)
        return false; /* a whistle has steps of its own, app/whistle.h */
    return role == ROLE_LEAD || role == ROLE_JOINT || step == LADDER_WARN || step == LADDER_OVERDUE;
}

static int64_t step_at(const struct app_settings *s, enum ladder_step step, int64_t started_at, int64_t due_at)
{
    const int percent = s->ladder_percent[step];
    if (percent == 100 || due_at <= started_at)
        return due_at;
    return started_at + (due_at - started_at) / 100 * percent;
}

enum ladder_step ladder_next(const struct app_settings *s, enum role role, int done, int64_t started_at, int64_t due_at,
                             int64_t *ret_at)
{
    *ret_at = 0;
    if (due_at == 0)
        return LADDER_END;
    for (int step = done < 0 ? LADDER_WARN : done + 1; step < LADDER_END; step++)
        if (s->ladder_percent[step] > 0 && climbs(role, (enum ladder_step)step)) {
            *ret_at = step_at(s, (enum ladder_step)step, started_at, due_at);
            return (enum ladder_step)step;
        }
    return LADDER_END;
}

int ladder_done_by(const struct app_settings *s, enum role role, int64_t started_at, int64_t due_at, int64_t now)
{
    int done = LADDER_NONE;
    int64_t at;
    for (;;) {
        const enum ladder_step next = ladder_next(s, role, done, started_at, due_at, &at);
        if (next == LADDER_END || at > now)
            return done;
        done = (int)next;
    }
}

enum event_code ladder_event(enum ladder_step step)
{
    switch (step) {
    case LADDER_WARN:
        return EVENT_WARNED;
    case LADDER_REMIND:
        return EVENT_REMINDED;
    case LADDER_OVERDUE:
        return EVENT_OVERDUE;
    case LADDER_UNIT:
    case LADDER_DISTRICT:
    case LADDER_CITY:
        return EVENT_SUPERVISED;
    case LADDER_NONE:
    case LADDER_END:
        break;
    }
    return EVENT_END;
}
