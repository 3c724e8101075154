/*
 * ladder.h - what happens to who does not answer in time: warned, reminded, said to be overdue, then supervised by the
 * unit's own manager, the district, the city. Pure.
 *
 * Each step comes when a share of the limit is used up (settings.ladder_percent, 100 = the due time); 0 leaves a step out,
 * except the overdue one. assignment.warned holds the steps taken, assignment.next_at the time of the next: each is taken
 * once, wherever the worker is killed. The law gives no numbers [T 13]; domain practice: 50/75/90 % for warnings.
 */
#ifndef APP_LADDER_H
#define APP_LADDER_H

#include "app/settings.h"
#include "app/words.h"

enum ladder_step { LADDER_NONE = 0, LADDER_WARN, LADDER_REMIND, LADDER_OVERDUE, LADDER_UNIT, LADDER_DISTRICT, LADDER_CITY,
                   LADDER_END };
_Static_assert((int)LADDER_END == (int)SETTINGS_LADDER, "a share for every step");

/* The step after `done` (LADDER_END = none) and when it comes, for an assignment of this role: leads climb all of it,
 * co-units are warned and said to be overdue, whistles have their own steps (app/whistle.h), copies none. */
enum ladder_step ladder_next(const struct app_settings *s, enum role role, int done, int64_t started_at, int64_t due_at,
                             int64_t *ret_at);
/* The steps that lie before now already, for a due time that has moved: they are not taken again. */
int ladder_done_by(const struct app_settings *s, enum role role, int64_t started_at, int64_t due_at, int64_t now);
enum event_code ladder_event(enum ladder_step step);

#endif
