/*
 * visit.h - 回访: asking the citizen when the time limit has expired [T 23], first by link, then by telephone.
 *
 * A visit is made with the invitation (app/clocks.h). Unanswered for settings.visit_call_hours it goes on the visitors'
 * phone list, if the demand has a phone. A visitor claims it for settings.visit_lease_minutes; who crashes or goes home
 * loses it by time. Not reached settings.visit_attempts times, it is void: no valid visit, out of every denominator. The
 * answers become the rating of the round (channel phone). Unsolved or not satisfied, the demand is opened again (重办): a new
 * round with another unit, at most settings.reopen_max times; ticket.round says at which try it was solved (一次、二次、
 * 三次解决; officer_view.h shows it).
 *
 * What a person answered, or objected, stays hidden from the unit that handled until the assessment period is over, lest
 * anybody be called for a better mark; hotline centre and supervisors see it at once. A unit that looks again in a later
 * round, and had no part in the one that was judged, sees it as well: it is the reason to do it over. After that a unit
 * sees everything, as the law pushes it [T 28, 35 (3)(4); the period: Beijing's assessment, from the 19th].
 */
#ifndef APP_VISIT_H
#define APP_VISIT_H

#include "app/rating.h"

enum visit_state { VISIT_INVITED = 1, VISIT_LISTED, VISIT_ANSWERED, VISIT_VOID, VISIT_LAPSED };
/* Why nobody was reached; words of event 46, parameter result. */
enum visit_result { VISIT_NO_ANSWER = 1, VISIT_BUSY, VISIT_OFF, VISIT_WRONG_NUMBER, VISIT_LATER /* asked to call again */, VISIT_RESULT_END };
struct str visit_result_word(enum visit_result r); /* "no_answer" ...; message visit.result.<word> */

struct visit_row {
    uint64_t ticket_id;
    int round;
    struct str no, title, unit_code, category_code, district_code;
    enum visit_state state;
    int attempts, lane;          /* lane 0 = fast */
    int64_t due_at, call_at, lease_until;
    uint64_t visitor_id;
};
/* The phone list: what may be called now and nobody holds, fast lane first, then oldest; and what this visitor holds. The
 * page after (lane, call_at, ticket_id) of the last row; zeros = first page. */
struct visit_after {
    int lane;
    int64_t call_at;
    uint64_t ticket_id;
};
enum err visit_queue(struct ctx *c, const struct actor *who, struct visit_after after, size_t limit,
                     const struct visit_row **ret, size_t *ret_n, bool *ret_more) MUST_CHECK;
enum err visit_held(struct ctx *c, const struct actor *who, const struct visit_row **ret, size_t *ret_n) MUST_CHECK;

/* For the call: what the visitor must know. The phone itself comes from officer_reveal_contact with its purpose. */
struct visit_call {
    struct visit_row row;
    struct str reply, title;
    int64_t created_at, replied_at;
    int lang, level;                 /* a second look is given the same level */
    bool no_reply;
};
/* Takes it for a while; again by the same visitor prolongs. ERR_CONFLICT VISIT_TAKEN (another holds it), VISIT_DONE. */
enum err visit_claim(struct ctx *c, const struct actor *who, struct str ticket_no, struct visit_call *ret) MUST_CHECK;
/* The same without taking it: row.state, row.visitor_id and row.lease_until say whose it is. Nothing is written. */
enum err visit_look(struct ctx *c, const struct actor *who, struct str ticket_no, struct visit_call *ret) MUST_CHECK;
enum err visit_release(struct ctx *c, const struct actor *who, struct str ticket_no) MUST_CHECK;

/* Not reached. The last attempt makes it void and closes the demand. *ret_void says so. */
enum err visit_attempt(struct ctx *c, const struct actor *who, struct str ticket_no, enum visit_result result,
                       bool *ret_void, struct ticket_done *ret) MUST_CHECK;
/* The three answers, as in rating.h (channel is set to phone). *ret_reopened: another unit looks again. */
enum err visit_record(struct ctx *c, const struct actor *who, struct str ticket_no, const struct rating_input *in,
                      bool *ret_reopened, struct ticket_done *ret) MUST_CHECK;

/* From when the handling unit may see what one person answered at that time: the end of the period of assessment. */
int64_t visit_answers_open_at(const struct app_settings *s, int64_t answered_at);

/* The worker: invitations that stayed unanswered go on the phone list. */
enum err visit_list_due(struct ctx *c, size_t batch, size_t *ret_n) MUST_CHECK;

struct visit_counts {
    int64_t invited, listed, oldest_call_at; /* 0 = none */
};
enum err visit_counts(struct ctx *c, struct visit_counts *ret) MUST_CHECK;

#endif
