/*
 * wall.h - what a supervisor watches, and the counts of worklists: kept by the worker, read by index.
 *
 * An act marks its ticket in the statement that moves it (ticket.unwalled); wall_take looks at marked tickets, writes what is
 * true of each assignment as rows of wall_item, and moves the counts by the difference, in one transaction, which also marks the
 * days of these tickets for the figures (rollup.h). What time alone
 * changes (late, due soon, stuck) is looked at when it comes (wall_look). At night wall_recount counts all rows anew.
 */
#ifndef APP_WALL_H
#define APP_WALL_H

#include "app/ctx.h"
#include "app/words.h"

enum wall_kind {
    WALL_TO_SIGN = 1,   /* sent, not signed for: every role; worklists */
    WALL_IN_HAND,       /* signed, owed: every role; worklists */
    WALL_UNSIGNED,      /* to sign for longer than settings.sign_minutes */
    WALL_UNCONTACTED,   /* the lead has not reached the citizen within settings.contact_minutes [T 15 (1)] */
    WALL_DUE_SOON,      /* past the warning point, not late */
    WALL_LATE,          /* past the due time and owed */
    WALL_STUCK,         /* owed, and no event for settings.stuck_days */
    WALL_BOUNCED,       /* returned settings.supervise_bounces times or more */
    WALL_REOPENED,      /* in a second or later round */
    WALL_SUPERVISED,    /* an account is owed */
    WALL_PAUSED,
    WALL_KIND_END
};
const char *wall_kind_word(enum wall_kind k); /* "late" ...; message wall.kind.<word> */
bool wall_kind_find(struct str word, enum wall_kind *ret);

struct wall_line { /* one unit, district or the city */
    struct str code;
    int64_t n[WALL_KIND_END];
};
enum err wall_city(struct ctx *c, struct wall_line *ret) MUST_CHECK;
/* The units with most of this kind, at most 50, with all their numbers. */
enum err wall_units(struct ctx *c, enum wall_kind kind, const struct wall_line **ret, size_t *ret_n) MUST_CHECK;
enum err wall_unit(struct ctx *c, struct str unit_code, struct wall_line *ret) MUST_CHECK; /* counts of a worklist */
/* All districts, in order of their codes. */
enum err wall_areas(struct ctx *c, const struct wall_line **ret, size_t *ret_n) MUST_CHECK;

struct wall_row {
    uint64_t ticket_id, assignment_id;
    struct str no, title, category_code, area_code, unit_code;
    struct str reported_unit; /* never shown: permission_ticket() is asked with it */
    enum ticket_state state;
    enum role role;
    int round;
    int64_t since_at, due_at; /* due 0 = none */
};
struct wall_after { /* last row of the page before; zeros = first page */
    int64_t since_at;
    uint64_t assignment_id;
};
enum { WALL_LIST_ROWS = 50 };
/* Oldest first. Give a unit, or a district, or neither (whole city). limit <= WALL_LIST_ROWS. */
enum err wall_list(struct ctx *c, enum wall_kind kind, struct str unit_code, struct str district_code, struct wall_after after,
                   size_t limit, const struct wall_row **ret, size_t *ret_n, bool *ret_more) MUST_CHECK;

/* The same for a reader with limits: the unit or district must be within them (TICKET_NOT_FOUND), and rows outside are left out. A
 * page is full while there is more, except that at most 150 rows are looked at for one: *ret_next goes on where that stopped. */
struct actor;
enum err wall_list_for(struct ctx *c, const struct actor *who, enum wall_kind kind, struct str unit_code, struct str district_code,
                       struct wall_after after, size_t limit, const struct wall_row **ret, size_t *ret_n, struct wall_after *ret_next,
                       bool *ret_more) MUST_CHECK;
/* ERR_NOT_FOUND for a unit or district beyond the reader's limits. */
enum err wall_may_list(struct ctx *c, const struct actor *who, struct str unit_code, struct str district_code) MUST_CHECK;
/* The units of a reader with limits that have any of this kind, most first: this number alone is set. At most 50. */
enum err wall_units_for(struct ctx *c, const struct actor *who, enum wall_kind kind, const struct wall_line **ret, size_t *ret_n) MUST_CHECK;
/* How far the counts are behind: demands not counted yet (1000 = that many or more), and since when time changed one unseen, 0 = none. */
struct wall_behind {
    int64_t waiting, since;
};
enum err wall_behind(struct ctx *c, struct wall_behind *ret) MUST_CHECK;

/* The worker. */
enum err wall_take(struct ctx *c, size_t batch, size_t *ret_n) MUST_CHECK;  /* marked tickets; of a long row of them those that have ended at once */
/* WALL_RUSH demands were filed within the last second; a surge of ten times the usual brings 125. */
enum { WALL_RUSH = 200 };
enum err wall_rush(struct ctx *c, bool *ret) MUST_CHECK;
enum err wall_ripen(struct ctx *c, size_t batch, size_t *ret_n) MUST_CHECK; /* those that time has changed */
enum err wall_recount(struct ctx *c, size_t *ret_wrong) MUST_CHECK;         /* counts from the rows; says how many were wrong */

#endif
