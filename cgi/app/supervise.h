/*
 * supervise.h - 督办: a unit must account for a demand by a due time of its own. By the ladder (app/ladder.h), because it
 * was returned or opened again and again, or by hand.
 */
#ifndef APP_SUPERVISE_H
#define APP_SUPERVISE_H

#include "app/ticket.h"

enum supervise_level { SUPERVISE_UNIT = 1, SUPERVISE_DISTRICT, SUPERVISE_CITY };
enum supervise_ground { SUPERVISE_FOR_LATE = 1, SUPERVISE_FOR_BOUNCES, SUPERVISE_FOR_REOPENING, SUPERVISE_BY_HAND };
enum supervise_state { SUPERVISE_OPEN = 1, SUPERVISE_ANSWERED, SUPERVISE_OVERDUE, SUPERVISE_ENDED };

/* By hand: the lead of the demand must answer by due (0 = settings.supervise_answer_hours from now). The reader of the
 * words is the unit; the citizen sees that the unit is supervised. Fields: words, due. ERR_CONFLICT SUPERVISED_ALREADY while
 * one by hand is open. */
enum err supervise_start(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, int64_t due,
                         struct str words, struct ticket_done *ret) MUST_CHECK;
/* The unit accounts for it; answers everything that is open for this unit on this demand. Field: words. */
enum err supervise_answer(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str words,
                          struct ticket_done *ret) MUST_CHECK;

struct supervise_row {
    uint64_t id, ticket_id;
    struct str no, title, unit_code, by_unit, district_code;
    enum supervise_level level;
    enum supervise_ground ground;
    enum supervise_state state;
    int64_t created_at, due_at, answered_at;
    uint64_t staff_id;
    struct str area_code, category_code, reported_unit; /* of the demand: what its scope is asked with */
};
/* Of one unit (empty = the whole city) in this state, by due time, after the last row of the page before (0, 0 = first page), as far as
 * MAY_WALL of the reader goes; nobody of a unit that a secret informer reported meets that demand. A page may hold fewer rows than
 * `limit` and still have `more`. */
struct supervise_after {
    int64_t due_at;
    uint64_t id;
};
enum err supervise_list(struct ctx *c, const struct actor *who, struct str unit_code, enum supervise_state state,
                        struct supervise_after after, size_t limit, const struct supervise_row **ret, size_t *ret_n,
                        struct supervise_after *ret_next, bool *ret_more) MUST_CHECK;

/* The worker: accounts that are overdue; the level above is told. */
enum err supervise_overdue(struct ctx *c, size_t batch, size_t *ret_n) MUST_CHECK;
/* The worker: returned or opened again too often; once each. Does nothing, and *ret_taken is
 * false, when it was done or nothing is owed any more. */
enum err supervise_by_ground(struct ctx *c, struct str ticket_no, enum supervise_ground ground, bool *ret_taken) MUST_CHECK;

#endif
