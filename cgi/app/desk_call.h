/*
 * desk_call.h - a telephone call at the desk: who is calling, and recording what they want, with what becomes of it, in one act
 * [T 10, 11].
 */
#ifndef APP_DESK_CALL_H
#define APP_DESK_CALL_H

#include "app/desk.h"

/* ---- who is calling ---------------------------------------------------------------------------------------------------- */

enum { CALLER_DEMANDS = 20 };
struct caller_demand {
    uint64_t id;
    struct str no, title, category_code, area_code, unit_code; /* unit_code: who leads; may be empty */
    enum kind kind;
    enum ticket_state state;
    int64_t created_at, promise_at; /* promise_at 0 = none */
    bool open, overdue;
};
struct caller {
    struct str phone; /* normalised, as it is sealed */
    struct str phone_masked, name_masked; /* "138****5678", "王**"; name empty when none was given */
    const struct caller_demand *demands;  /* newest first */
    size_t n_demands, n_open;
    bool more;        /* there are older ones */
};
/*
 * Demands that carry this telephone and stand within the actor's scope (MAY_DESK); of others not even their number is told.
 * Every search is written to the audit before its result is given: who, when, from where, never the number. Field phone:
 * REQUIRED, BAD_FORMAT. How often one may ask is the caller's to bound.
 */
enum err desk_caller(struct ctx *c, const struct actor *who, struct str phone, struct caller *ret) MUST_CHECK;

/* ---- what others told ------------------------------------------------------------------------------------------------------ */

enum { DESK_NEAR = 5, DESK_NEAR_DAYS = 60 };
/*
 * Open demands of this category (third level) in the street of this area, told within DESK_NEAR_DAYS, newest first, at most DESK_NEAR;
 * none when the place is no finer than a district. Within the actor's scope (MAY_DESK) alone, and never one of a secret informer.
 */
enum err desk_near(struct ctx *c, const struct actor *who, struct str category_code, struct str area_code,
                   const struct caller_demand **ret, size_t *ret_n) MUST_CHECK;

/* ---- recording ----------------------------------------------------------------------------------------------------------- */

enum desk_then {
    DESK_SEND = 1, /* to the unit that the rules say; without a category it waits for triage */
    DESK_ANSWER,   /* answered on the spot by `words` */
    DESK_DIVERT,   /* one of the six classes, explained by diversion.words */
};
struct desk_call {
    struct ticket_filing filing; /* kind, words, place, contact ...; its diversion is not used */
    enum desk_then then;
    struct str words;
    struct desk_diversion diversion;
    struct str link; /* number of another demand about the same matter; both go on, each says that there is another; empty = none */
};
/*
 * Filed and, by `then`, answered or diverted, all in one transaction: a caller never has a number whose answer was lost. What
 * is answered or diverted at once goes to no unit; this is for the hotline centre alone (ERR_DENIED NOT_YOUR_UNIT). Fields as of
 * ticket_file(), and words, class, same, unit_code, link. The key works as there: told again, nothing happens twice.
 */
enum err desk_file(struct ctx *c, const struct actor *who, const struct desk_call *x, const struct idem *idem,
                   struct ticket_filed *ret) MUST_CHECK;

#endif
