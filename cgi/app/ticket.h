/*
 * ticket.h - the demand: filing, finding, following, and what the citizen may do to it.
 *
 * Every accepted act is one transaction: event (chained) + ticket (compare-and-set on version) + whatever it changes +
 * outbox + mark for the roll-ups; a retry after a lost connection recognises its own finished act by key or version.
 * Refusals: ERR_NOT_FOUND TICKET_NOT_FOUND (absent, or not the actor's: never told apart), ERR_CONFLICT STATE_FORBIDS
 * (the table of app/ticket_state.h has no such row), ERR_CONFLICT VERSION, ERR_INVALID with fields.
 */
#ifndef APP_TICKET_H
#define APP_TICKET_H

#include "app/event.h"

/* ---- filing --------------------------------------------------------------------------------------------------------- */

enum { TICKET_UPLOADS_MAX = 10 };

struct ticket_filing {
    enum kind kind;
    enum channel channel;
    enum applicant applicant;
    enum diversion diversion;   /* the filer recognised the case as one of the six: a record is kept [T 11] */
    struct str title;           /* empty: made from the first words of the text */
    struct str text;
    struct str category_code;   /* empty = not sure */
    struct str area_code;       /* district, street or community */
    struct str address;
    uint64_t place_id;          /* 0 = none */
    bool has_point;
    int32_t lng_e7, lat_e7;
    const struct str *uploads;  /* upload ids as given out, app/attachment.h */
    size_t n_uploads;
    struct str name, phone, org; /* contact; each may be empty [decisions 22] */
    bool phone_verified;        /* proven in this session; an account's own phone counts by itself */
    bool is_public, confidential, no_reply;
    struct str reported_unit;   /* of a report: the unit that it is about, kept from it and from those below it; else empty */
    uint64_t same_as;           /* ticket id of a running demand of the same matter, 0 = none */
    bool is_demo;
};

struct ticket_filed {
    uint64_t id;
    struct str no;              /* stored form; ticket_no_show() for people */
    struct str query_code;
    struct str ticket_token;    /* the same for >= 48 h, so that a repeated request gets the same bytes */
    enum ticket_state state;
    int64_t created_at;
    int64_t promise_at;         /* 0 = none (diverted) */
    struct str holder;          /* unit code; empty when diverted */
    bool phone_verified;        /* progress will be sent by SMS */
    bool replayed;              /* an earlier request with this key had filed it */
};

/* Fields are named as in the JSON body: kind, title, text, category_code, area_code, address, uploads, contact.name,
 * contact.phone, contact.org. Same key and body: the first result again; same key, other body: ERR_INVALID
 * IDEMPOTENCY_MISMATCH; two at once: one ticket. idem may be NULL (imports, demo). */
enum err ticket_file(struct ctx *c, const struct actor *who, const struct ticket_filing *f, const struct idem *idem,
                     struct ticket_filed *ret) MUST_CHECK;
/* What ticket_file() answered to this key and body, without filing. ERR_NOT_FOUND = no such key yet (no fault is set);
 * ERR_INVALID IDEMPOTENCY_MISMATCH as above. */
enum err ticket_filed_before(struct ctx *c, const struct idem *idem, struct ticket_filed *ret) MUST_CHECK;
/* What ticket_file() answered, told again: for the browser that filed, or holds, the ticket. The caller has proven that.
 * ERR_NOT_FOUND TICKET_NOT_FOUND. */
enum err ticket_receipt(struct ctx *c, uint64_t ticket_id, struct ticket_filed *ret) MUST_CHECK;
/* What a filing with these codes would promise, for the check page: no writing. */
struct ticket_forecast {
    struct str lead;            /* unit code */
    int level;
    bool working_days, triage;
    int64_t due_at;             /* if filed now */
};
enum err ticket_forecast(struct ctx *c, struct str category_code, struct str area_code, struct ticket_forecast *ret) MUST_CHECK;

/* ---- finding -------------------------------------------------------------------------------------------------------- */

/*
 * Number + query code → id, in the same time and with the same answer (ERR_NOT_FOUND LOOKUP_FAILED) for a malformed, an
 * absent and a wrong one. Throttling by (ticket, subnet) and subnet is the caller's, before this call; ticket_no as typed.
 */
struct ticket_found {
    uint64_t id;
    struct str no;
    struct str ticket_token;
    int64_t token_expires_s;
};
enum err ticket_lookup(struct ctx *c, struct str ticket_no, struct str query_code, struct ticket_found *ret) MUST_CHECK;

struct ticket_event { /* public ones only, oldest first */
    uint32_t seq;
    int64_t at;
    enum event_code code;
    int wording;
    struct str unit_code, params, words;
    int words_lang; /* -1 = none */
};

struct ticket_actions {
    bool message, urge, withdraw, object, rate, follow;
    int urges_left;
    int64_t urge_after;   /* urging must wait until then; 0 = now, or never (urges_left 0) */
    int64_t object_until; /* 0 = no */
};

struct ticket_view {
    uint64_t id;
    struct str no, public_id;
    uint32_t version;
    enum kind kind;
    enum channel channel;
    enum applicant applicant;
    enum ticket_state state;
    enum diversion diversion;
    int round;
    struct str category_code, area_code;
    int level;                     /* 1..4; 0 = not yet */
    int64_t created_at, promise_at /* of this round; 0 = none */, first_promise_at, replied_at, closed_at;
    bool is_public, confidential, no_reply, is_demo;
    int lang;                      /* of the filer's words */
    struct str title, text, address;
    bool has_point;
    int32_t lng_e7, lat_e7;
    struct str holder;             /* unit code of the lead assignment */
    enum assignment_state holder_state;
    bool overdue;                  /* a reply is owed and the promise has passed */
    bool extended;
    bool rated, rating_open;
    bool contacted, solved;        /* when rated */
    enum satisfaction satisfaction;
    struct str rating_words;
    uint64_t merged_into;
    int n_uploads, n_units;
    bool mine, followed, published;
    bool looked;                   /* false = surely nobody looked at the contact data; ticket_looks() tells who did */
    int64_t now;                   /* database clock of this reading */
    const struct ticket_event *events;
    size_t n_events;
    struct ticket_actions actions;
};
/* One statement, and of one row for holders of a token, in most cases (app/card.h, app/timeline.h); `now` is in whole seconds. Held by: its account, a ticket token, a browser session. Staff and system see all. */
enum err ticket_track(struct ctx *c, const struct actor *who, struct str ticket_no, struct ticket_view *ret) MUST_CHECK;
/* The unit's latest public reply in the events of a view; NULL = none. */
const struct ticket_event *ticket_last_reply(const struct ticket_view *v);

/* What the filer of a merged demand may know of the main one (v.merged_into): never what its filer did or wrote. ticket_track()
 * puts these events among its own, with seq above LIMIT_TIMELINE_EVENTS. */
struct ticket_main {
    struct str no, holder;
    enum ticket_state state;
    int64_t promise_at, replied_at, closed_at;
    const struct ticket_event *events;
    size_t n_events;
};
enum err ticket_merged_main(struct ctx *c, uint64_t main_id, struct ticket_main *ret) MUST_CHECK;

/* Who looked at the contact data, newest first, at most 50. */
struct ticket_look {
    int64_t at;
    enum actor_kind actor_kind;
    struct str purpose;
    uint64_t ticket_id;
};
enum err ticket_looks(struct ctx *c, uint64_t ticket_id, const struct ticket_look **ret, size_t *ret_n) MUST_CHECK;

/* Mine and followed, newest first, by key. */
enum ticket_list_filter { LIST_ALL, LIST_OPEN, LIST_DONE };
struct ticket_row {
    uint64_t id;
    struct str no, public_id, title, category_code, area_code, holder;
    enum kind kind;
    enum ticket_state state;
    int64_t created_at, promise_at, replied_at;
    bool overdue, rating_open;
};
/* before = 0 for the first page, else the id of the last row of the page before; limit <= LIMIT_LIST_ITEMS. */
enum err ticket_list_mine(struct ctx *c, const struct actor *who, enum ticket_list_filter filter, uint64_t before,
                          size_t limit, const struct ticket_row **ret, size_t *ret_n, bool *ret_more) MUST_CHECK;
enum err ticket_list_followed(struct ctx *c, const struct actor *who, const struct ticket_row **ret, size_t *ret_n) MUST_CHECK;

/* ---- what the citizen may do ------------------------------------------------------------------------------------------ */

struct ticket_done { /* what a repeated request is answered with as well */
    uint64_t ticket_id;
    struct str no;
    uint32_t event_seq;
    int64_t at;
    enum ticket_state state;
    enum event_code last;     /* of the events that the act added */
    bool replayed;
};
/* Words are checked here (fields text or reason); idem may be NULL. */
enum err ticket_message(struct ctx *c, const struct actor *who, struct str ticket_no, struct str text,
                        const struct str *uploads, size_t n_uploads, const struct idem *idem, struct ticket_done *ret) MUST_CHECK;
/* ERR_LIMITED URGE_TOO_SOON (retry_after_s set) within 24 h, ERR_CONFLICT URGE_SPENT after the fifth. */
enum err ticket_urge(struct ctx *c, const struct actor *who, struct str ticket_no, const struct idem *idem,
                     struct ticket_done *ret) MUST_CHECK;
enum err ticket_withdraw(struct ctx *c, const struct actor *who, struct str ticket_no, struct str reason,
                         const struct idem *idem, struct ticket_done *ret) MUST_CHECK;
/* Once, within settings.object_days of the reply or the closing: a new round, another unit looks. ERR_CONFLICT
 * OBJECTION_SPENT or OBJECTION_LATE. */
enum err ticket_object(struct ctx *c, const struct actor *who, struct str ticket_no, struct str reason,
                       const struct idem *idem, struct ticket_done *ret) MUST_CHECK;

/* ---- published demands -------------------------------------------------------------------------------------------------- */

struct public_ticket {
    uint64_t id;
    struct str public_id, title, body, reply, reply_unit, district_code, street_code, category_code;
    enum kind kind;
    enum ticket_state state;
    int32_t local_day, reply_day; /* reply_day 0 = none */
    int64_t published_at, n_joined;
    bool is_demo;
};
struct public_filter {
    struct str district_code;  /* empty = all */
    struct str category_top;   /* two digits, empty = all */
    int64_t before_at;         /* 0 = first page */
    uint64_t before_id;
};
enum err ticket_public_list(struct ctx *c, const struct public_filter *f, size_t limit, const struct public_ticket **ret,
                            size_t *ret_n, bool *ret_more) MUST_CHECK;
enum err ticket_public_one(struct ctx *c, struct str public_id, struct public_ticket *ret) MUST_CHECK;
/* Similar open demands: same street and category, published. Never blocking. */
enum err ticket_similar(struct ctx *c, struct str category_code, struct str area_code, const struct public_ticket **ret,
                        size_t *ret_n) MUST_CHECK;
/* Joining (附议) and following are one thing: the account is told of progress, the count rises. ERR_LOGIN without account. */
enum err ticket_follow(struct ctx *c, const struct actor *who, struct str public_id, bool on, int64_t *ret_joined) MUST_CHECK;

#endif
