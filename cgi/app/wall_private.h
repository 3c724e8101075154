/* wall_private.h - what is true of a demand now, decided apart from the database so that it can be tested. For app alone. */
#ifndef APP_WALL_PRIVATE_H
#define APP_WALL_PRIVATE_H

#include "app/settings.h"
#include "app/wall.h"

struct wall_facts { /* of one assignment that is owed */
    enum role role;
    enum assignment_state state;
    bool leads;
    int64_t started_at, due_at, contacted_at, paused_at; /* 0 = not */
    int64_t last_event_at;
    int bounced, round;
    bool supervised;
};
struct wall_truth {
    int64_t since[WALL_KIND_END]; /* 0 = not so */
    int64_t look_at;              /* when time alone changes it; 0 = never */
};
/* Looks at these demands, a few in each transaction: their rows, the counts, and when to look again. */
enum err wall_look(struct ctx *c, const uint64_t *ids, size_t n) MUST_CHECK;
struct wall_truth wall_judge(const struct app_settings *s, const struct wall_facts *f, int64_t now);

#endif
