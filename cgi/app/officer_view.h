/*
 * officer_view.h - what staff pages show: one demand whole, and the lists of work. Every statement has its index and its bound on
 * rows read; a page needs at most six of them. What one person answered or objected is left out for the unit that was judged
 * by it until the period of assessment is over (app/visit.h), here and so in every page and answer made from it.
 */
#ifndef APP_OFFICER_VIEW_H
#define APP_OFFICER_VIEW_H

#include "app/attachment.h"
#include "app/event.h"
#include "app/officer.h"
#include "app/routing.h"
#include "app/whistle.h"

struct officer_assignment {
    uint64_t id;
    int round;
    enum role role;
    struct str unit_code;
    enum assignment_state state;
    int64_t started_at, due_at, signed_at, contacted_at, done_at, paused_at; /* 0 = not */
    int warned;              /* 1 = warning, 2 = overdue was said */
    bool overdue;
    uint32_t rule_id;
};
struct officer_link { /* another demand that this one is tied to; outside of the reader's scope only that there is one: no id, number, title */
    enum officer_tie { TIE_SAME = 1, TIE_MERGED_INTO, TIE_ABSORBED, TIE_LINKED } tie;
    uint64_t ticket_id;
    struct str no, title;
    enum ticket_state state;
    int64_t created_at;
};
struct officer_rating {
    int round;
    bool answered, contacted, solved;
    enum satisfaction satisfaction;
    struct str words;
    int64_t invited_at, answered_at;
    int64_t withheld_until;  /* the three answers and the words were left out for this reader until then; 0 = they are here */
};
/* What this actor may do now, by the table, the units and the permits: pages show no other button. */
struct officer_may {
    bool supervise, supervise_answer, report, answer, divert, reclassify, dispatch, redispatch, joint, link, merge, unmerge, consult, opinion, sign, contact, note, extend,
        extend_ask, extend_decide, cowork_ask, cowork_report, reply, review, return_ask, return_decide, whistle, whistle_report,
        whistle_deliver, escalate, escalation_answer, relay, relay_answer, helper, pause, resume, close, publish, reveal;
};
struct officer_ticket {
    uint64_t id, account_id;
    struct str no, public_id, title, text, address;
    uint32_t version;
    enum kind kind;
    enum channel channel;
    enum applicant applicant;
    enum ticket_state state;
    enum diversion diversion;
    int round, level, lang, n_uploads, urge_count;
    struct str category_code, area_code, lead_unit, reported_unit; /* reported_unit: for the hotline centre alone, else empty */
    int64_t created_at, promise_at, replied_at, closed_at, now;
    bool is_public, confidential, no_reply, is_demo, published, has_contact, phone_verified, overdue, paused, has_point;
    int32_t lng_e7, lat_e7;
    uint64_t merged_into;
    const struct event *events;              /* all that this actor may read, oldest first; internal ones have is_public false */
    size_t n_events;
    const struct officer_assignment *assignments; /* every round, by round and role */
    size_t n_assignments;
    const struct attachment *files;
    size_t n_files;
    const struct officer_link *links;
    size_t n_links;
    const struct officer_rating *ratings;
    size_t n_ratings;
    int solved_round;                        /* 一次、二次、三次解决: the first round the filer called solved, of what this actor may read; 0 = none */
    const struct ticket_look *looks;         /* who saw the contact data */
    size_t n_looks;
    struct routing_returns returns;          /* of this round */
    bool extension_open;
    bool called, awaited;                    /* the reader's unit, by a whistle that is open; not reported yet */
    bool account_owed, account_asked;        /* by the reader's unit; by hand, by anybody */
    int64_t extension_until;
    bool sees_answers;                       /* hotline centre and supervisors: whatever the period */
    struct officer_may may;
};
/* ERR_NOT_FOUND TICKET_NOT_FOUND outside the scope. */
enum err officer_ticket(struct ctx *c, const struct actor *who, struct str ticket_no, struct officer_ticket *ret) MUST_CHECK;

/* ---- worklist ------------------------------------------------------------------------------------------------------------------ */

struct officer_filter { /* fields left 0 or empty do not limit */
    struct str unit_code;      /* empty = the actor's own; another must be within its scope */
    enum role role;
    enum assignment_state assignment;
    int64_t due_from, due_to;
    bool overdue, unsigned_only;
    struct str category_prefix, area_prefix;
};
struct officer_item {
    uint64_t assignment_id, ticket_id;
    struct str no, title, category_code, area_code, unit_code, lead_unit;
    enum kind kind;
    enum ticket_state state;
    enum role role;
    enum assignment_state assignment;
    int64_t started_at, due_at, promise_at, paused_at;
    int round, level, urge_count;
    uint32_t version;
    bool overdue, warned, fast;
};
struct officer_key { /* opaque: where the page before ended; all 0 = first page */
    int64_t due;
    uint64_t id;
};
/* Open work by due time. A page is full while there is more, except that at most some 1,200 rows are looked at for one: then it holds
 * fewer than `limit`, `more` is true all the same, and *ret_next goes on where the search stopped. The reader is told so. */
enum err officer_list(struct ctx *c, const struct actor *who, const struct officer_filter *f, struct officer_key after, size_t limit,
                      const struct officer_item **ret, size_t *ret_n, struct officer_key *ret_next, bool *ret_more) MUST_CHECK;
/* What waits for a class and a unit, by due time (MAY_TRIAGE). */
enum err officer_triage(struct ctx *c, const struct actor *who, struct officer_key after, size_t limit, const struct officer_item **ret,
                        size_t *ret_n, struct officer_key *ret_next, bool *ret_more) MUST_CHECK;

/* Counted by the worker about once a minute; counted_at says when (0 = not yet). A page counts no row itself. */
struct officer_counts {
    int64_t open, unsigned_, overdue, due_today, paused, whistles, extensions, supervisions, counted_at;
    int64_t copies;            /* of open: to urge whoever handles it, not to handle [T 13] */
    int64_t returns;           /* not decided yet */
    int64_t triage, visits;    /* of the hotline centre alone: to be classed; to be called now */
};
enum err officer_counts(struct ctx *c, const struct actor *who, struct str unit_code, struct officer_counts *ret) MUST_CHECK;
/* The hotline centre's, whose returns, supervisions and calls are those of the whole city. For pages whose permit is for the city. */
enum err officer_counts_city(struct ctx *c, struct officer_counts *ret) MUST_CHECK;
/* The worker: units whose numbers are older than a minute, the oldest first; and, now and then, units that are new. */
enum err officer_count_job(struct ctx *c, size_t batch, size_t *ret_n) MUST_CHECK;
enum err officer_count_units(struct ctx *c) MUST_CHECK;

#endif
