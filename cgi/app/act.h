/*
 * act.h - one act on one ticket, as one transaction. Inside of app; see ticket.h for what acts promise.
 *
 * act_run reads the ticket (not locking), asks the table of transitions, lets `plan` decide, then writes: ticket by
 * compare-and-set on its version, events chained, mark, idempotency key. When another act was faster, the whole thing is
 * run again on what is there now; an officer who named a version is told instead. `plan` may run statements of its own
 * (assignments, outbox, rating); they are rolled back with the rest.
 */
#ifndef APP_ACT_H
#define APP_ACT_H

#include "app/crypto.h"
#include "app/deadline.h"
#include "app/event.h"
#include "app/idem.h"
#include "app/ids.h"
#include "app/outbox.h"
#include "app/params.h"
#include "app/permission.h"
#include "app/refdata.h"
#include "app/ticket.h"
#include "app/ticket_state.h"
#include "base/buf.h"
#include "base/limits.h"

enum { ACT_DUE_MAX_DAYS = 366, ACT_EVENTS_MAX = 6, ACT_PARAMS_BYTES = 1000, ACT_RERUNS = 5 };

/* A ticket with its lead, as it is; plan changes it into what it shall be. 0 = none for times and ids. */
struct act_ticket {
    uint64_t id, account_id, merged_into, lead_id, same_as;
    struct str no, public_id, category_code, area_code, district_code, lead_unit, reported_unit;
    enum ticket_state state;
    enum diversion diversion;
    enum kind kind;
    uint32_t version, token_epoch;
    int round, level, lang, urge_count, n_uploads, n_units;
    int64_t promise_at, urged_at, objected_at, created_at, replied_at, closed_at;
    bool is_public, confidential, no_reply, is_demo;
    uint32_t chain_seq;
    uint8_t chain_head[EVENT_HASH_BYTES];
    enum assignment_state lead_state;
    uint32_t lead_version;
    int64_t lead_started_at, lead_due_at;
    int lead_warned;
    int64_t lead_paused_at; /* 0 = its clock runs */
    enum pause_reason lead_pause_reason;
    bool held;             /* the actor is the citizen who holds it */
};

struct act_event {
    enum event_code code;
    bool is_public;
    enum ticket_state from, to;
    struct str unit_code, params, words;
    int words_lang;
    const struct event_text *text; /* of RECEIVED alone: kept in ticket_text, the event commits to it */
};

struct act {
    struct ctx *c;
    const struct actor *who;
    int64_t now;           /* database clock, one for the whole act */
    struct act_ticket t;
    struct act_event events[ACT_EVENTS_MAX];
    size_t n_events;
    enum permit permit;    /* of the request */
    bool overtaken;        /* another act moved the ticket between our reading and our writing */
};

struct act_request {
    struct str ticket_no;            /* stored form or as typed */
    uint32_t version;                /* 0 = whatever it is now */
    const struct idem *idem;         /* NULL = that of the request (ctx.once), if any */
    enum event_code event;           /* the first event; judged by the table before plan runs */
    enum event_code otherwise;       /* judged instead in states where event has no row; 0 = none */
    enum permit permit;              /* asked of staff with the ticket; MAY_NOTHING = MAY_TICKET */
    enum err (*plan)(struct act *a, void *arg);
    void *arg;
};
enum err act_run(struct ctx *c, const struct actor *who, const struct act_request *q, struct ticket_done *ret) MUST_CHECK;

/* For plan: adds an event and moves a->t.state as the table says. STATE_FORBIDS when it has no row. params is a buffer
 * filled by params_put, NULL = none. */
enum err act_event(struct act *a, enum event_code code, struct str unit_code, const struct buf *params, struct str words) MUST_CHECK;
enum err act_forbidden(struct ctx *c, enum ticket_state from, enum event_code code) MUST_CHECK; /* always STATE_FORBIDS */
void act_params(struct act *a, struct buf *b); /* an empty buffer of the right size */
/* Internal words beside an event: they stand in a note of their own, so that no page can show them with it. about: the word of
 * the event; for_hotline: units do not read it. Nothing for empty words. */
enum err act_note(struct act *a, enum event_code about, struct str unit_code, struct str words, bool for_hotline) MUST_CHECK;

/* The same transaction moves another ticket as well (merging, linking): plan sees it as an act of its own; the first event that
 * it adds is judged by the table of transitions, not by who may. */
enum err act_beside(struct act *a, uint64_t ticket_id, enum err (*plan)(struct act *other, void *arg), void *arg) MUST_CHECK;

/* Field unit_code: NOT_A_CHOICE when the unit is unknown, or when the filer reported it or one above it. */
enum err act_unit_judge(struct act *a, const char *field, struct str unit_code) MUST_CHECK;

/* A time that somebody typed for others to keep: TOO_EARLY when it is over, OUT_OF_RANGE beyond ACT_DUE_MAX_DAYS. */
enum err act_due_judge(struct act *a, const char *field, int64_t due) MUST_CHECK;

/* The units of every assignment that still counts, for permission_ticket(): fills units and n_units. */
enum err act_scope_units(struct ctx *c, uint64_t ticket_id, struct permission_ticket *ret) MUST_CHECK;
/* The scope of a demand that an act reads besides its own, as of one that is opened: ERR_NOT_FOUND TICKET_NOT_FOUND outside. */
enum err act_scope(struct ctx *c, const struct actor *who, enum permit permit, const struct act_ticket *t) MUST_CHECK;

/* The lead assignment as changed by plan (state, due_at, warned), with times to set (0 = leave). */
struct act_lead_times {
    int64_t next_at, signed_at, contacted_at, done_at; /* next_at 0 = never */
};
enum err act_lead_save(struct act *a, const struct act_lead_times *times) MUST_CHECK;
/* A new assignment of this round; becomes the lead when role is ROLE_LEAD. */
enum err act_assign(struct act *a, enum role role, struct str unit_code, uint32_t rule_id, int64_t due_at) MUST_CHECK;
/* The same, telling its id. */
enum err act_assign_id(struct act *a, enum role role, struct str unit_code, uint32_t rule_id, int64_t due_at, uint64_t *ret_id) MUST_CHECK;
/* Those of the round, before another begins. An act that ends the demand need not call it: what it moves to says so. */
enum err act_end_assignments(struct act *a) MUST_CHECK;
/* 重办: what ran ends, another unit leads, with a clock of its own; the first promise stays on record. */
enum err act_next_round(struct act *a, struct str reviewer_code, int64_t due_at) MUST_CHECK;
/* When the citizen is asked about a reply given now: when the limit expires [T 23], or earlier if so configured. */
int64_t act_ask_at(const struct act *a, int64_t limit_at);
int64_t act_next_at(const struct ctx *c, int64_t started_at, int64_t due_at, int warned);

/* Enqueues a message to the filer if the ticket keeps a verified phone. params may be NULL. */
enum err act_tell_filer(struct act *a, enum outbox_topic topic, const struct buf *params) MUST_CHECK;

/* A link to rate the running round with, by SMS; the rating itself was opened before. */
enum err act_send_rating_link(struct act *a) MUST_CHECK;

/* ---- shared with filing --------------------------------------------------------------------------------------------------- */

struct event_row; /* what is inserted, with hash */
struct act_chain { /* where a chain stands */
    uint64_t ticket_id;
    uint32_t seq;
    uint8_t head[EVENT_HASH_BYTES];
};
/* Inserts n events (1 or 2 in one statement) and moves the chain on. */
enum err event_append(struct ctx *c, const struct actor *who, struct act_chain *chain, int64_t at,
                      const struct act_event *events, size_t n) MUST_CHECK;
bool actor_is_hotline(const struct actor *who, const struct refdata *r);

#endif
