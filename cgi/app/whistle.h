/*
 * whistle.h - 吹哨报到: a street or town calls units, they come and deliver [T 16, 33].
 *
 * Only the lead calls. Each called unit has an assignment (ROLE_WHISTLE) with two clocks: report_by (to come) and due (to
 * deliver). Who called and who came when is kept in a row of its own, so that both sides can be scored [T 33].
 */
#ifndef APP_WHISTLE_H
#define APP_WHISTLE_H

#include "app/officer.h"

enum { WHISTLE_UNITS_MAX = 8 };
struct whistle_call {
    const struct str *units; /* codes */
    size_t n_units;
    struct str task;         /* public */
    int64_t report_by;       /* 0 = now + settings.whistle_report_minutes */
    int64_t due;             /* 0 = the lead's own */
};
/* Fields units, task, report_by, due. A unit that is called already: units NOT_A_CHOICE. */
enum err whistle_call(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version,
                      const struct whistle_call *w, struct ticket_done *ret) MUST_CHECK;
/* "We have come." By a called unit. */
enum err whistle_report(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct ticket_done *ret) MUST_CHECK;
/* The result, or a stage report with reasons [T 14]; uploads may be internal evidence. Reports as well, if that was not done. */
enum err whistle_deliver(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, bool stage,
                         struct str words, struct ticket_done *ret) MUST_CHECK;
/* The worker: those that should have come by now; each gets EVENT_WHISTLE_OVERDUE, its superior a notice, and the next step after
 * settings.whistle_step_minutes, at most WHISTLE_STEPS. Says how many. */
enum { WHISTLE_STEPS = 3 };
enum err whistle_overdue(struct ctx *c, size_t batch, size_t *ret_n) MUST_CHECK;

struct whistle_row {
    uint64_t id, ticket_id;   /* id: of the assignment */
    struct str no, title, caller, called, category_code, area_code;
    int round;
    enum assignment_state state;
    int64_t called_at, report_by, due_at, reported_at, stage_at, delivered_at; /* 0 = not */
    int step;                 /* how often its lateness was reported upwards */
    bool late_report, late_delivery;
};
/* Of a unit: what it called (by_caller) or was called to; open ones by report_by, or all by id downwards (open = false). */
enum err whistle_list(struct ctx *c, const struct actor *who, bool by_caller, bool open, uint64_t before_id, size_t limit,
                      const struct whistle_row **ret, size_t *ret_n, bool *ret_more) MUST_CHECK;
/* Both sides between two times [T 33]. */
struct whistle_score {
    struct str unit_code;
    int64_t called, was_called, came, came_in_time, delivered, delivered_in_time, report_minutes_sum;
};
enum err whistle_scores(struct ctx *c, int64_t from, int64_t to, const struct whistle_score **ret, size_t *ret_n) MUST_CHECK;

#endif
