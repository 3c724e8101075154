/* demo_private.h - what the files of the demo generator share. Nobody else includes it. */
#ifndef APP_DEMO_PRIVATE_H
#define APP_DEMO_PRIVATE_H

#include "app/demo.h"
#include "app/dispatch.h"
#include "app/event_private.h"

/* ---- chance: the same seed, the same row ---------------------------------------------------------------------------- */

struct chance {
    uint64_t state;
};
struct chance chance_of(uint64_t a, uint64_t b);
uint64_t chance_u64(struct chance *r);
uint64_t chance_below(struct chance *r, uint64_t n);      /* 0..n-1 */
bool chance_is(struct chance *r, int per_mille);
double chance_unit(struct chance *r);                     /* [0,1) */
int64_t chance_between(struct chance *r, int64_t from, int64_t to);
/* Index by weight; cumulated[n-1] is the sum. */
size_t chance_weighted(struct chance *r, const int64_t *cumulated, size_t n);
void chance_bytes(struct chance *r, void *p, size_t n);

/* ---- words ---------------------------------------------------------------------------------------------------------- */

enum demo_part { PART_PROBLEM, PART_SINCE, PART_ASK, PART_CONSULT, PART_SUGGEST, PART_PRAISE, PART_WHERE, PART_SOLVED,
                 PART_UNDERWAY, PART_EXPLAINED, PART_ANSWER, PART_MESSAGE, PART_OBJECTION, PART_EXTEND, PART_GOOD, PART_BAD,
                 PART_DIVERT1, PART_DIVERT2, PART_DIVERT3, PART_DIVERT4, PART_DIVERT5, PART_DIVERT6, PART_NAME, PART_TITLE, PART_BODY, PART_QUESTION, PART_ADDRESS, PART_SUFFIX,
                 PART_END };
struct demo_text {
    struct str prefix, text; /* prefix: of the catalogue code, for problems */
};
struct demo_words {
    struct demo_text *texts[PART_END];
    size_t n[PART_END];
};
enum err demo_words_read(struct ctx *c, const char *path, struct demo_words *ret) MUST_CHECK;
struct demo_slots { /* what {item}, {place} and so on stand for */
    struct str item, place, where, what, since, ask, number;
};
/* One sentence of the part, its slots filled in. category may be empty. */
struct str demo_say(struct arena *a, struct chance *r, const struct demo_words *w, enum demo_part part, struct str category,
                    const struct demo_slots *s);

/* ---- the world: what to choose from --------------------------------------------------------------------------------- */

enum { DEMO_HOURS = 24, DEMO_DISTRICTS_MAX = 32, DEMO_TRIED = 2 };
struct demo_world {
    struct ctx *c;
    struct demo_words words;
    int32_t today;
    int64_t cutoff_us;                    /* midnight: nothing happens later */
    const struct category **leaves;
    int64_t *leaf_sum;                    /* cumulated weights */
    size_t n_leaves;
    const struct area *districts[DEMO_DISTRICTS_MAX];
    int64_t district_sum[DEMO_DISTRICTS_MAX];
    size_t n_districts;
    const struct area *tried[DEMO_TRIED]; /* streets of the made-up officers; NULL = none */
    int32_t tried_from;                   /* since that day some demands lie there */
    int64_t hour_sum[DEMO_HOURS];
    uint64_t accounts[DEMO_ACCOUNTS];
    struct str phones[DEMO_ACCOUNTS];
};
enum err demo_world_make(struct ctx *c, const struct demo_options *o, int32_t today, struct demo_world *ret) MUST_CHECK;

/* ---- one demand and its life ---------------------------------------------------------------------------------------- */

enum { DEMO_EVENTS_MAX = 40, DEMO_ASSIGNMENTS_MAX = 12, DEMO_RATINGS_MAX = 2 };

struct demo_event {
    struct act_event e;
    int64_t at;
    enum actor_kind actor;
    uint64_t actor_id;
};
struct demo_assignment {
    uint64_t id;
    int round;
    enum role role;
    struct str unit;
    enum assignment_state state;
    uint32_t rule_id, version;
    int64_t started_at, due_at, signed_at, contacted_at, done_at, next_at;
    int warned;
};
struct demo_rating {
    int round, state, channel;
    int64_t invited_at, expires_at, answered_at;
    bool contacted, solved;
    int satisfaction;
    struct str words;
};
struct demo_ticket {
    uint64_t id, account_id, index;
    struct str no, public_id, title, body, address, item, place, reply, reply_unit;
    enum kind kind;
    enum channel channel;
    enum applicant applicant;
    enum ticket_state state;
    enum diversion diversion;
    struct str category, area, district;
    bool tried;           /* lies where the made-up officers work: they are left something to do */
    int level, round, urge_count;
    uint32_t version;
    int64_t created_at, promise_at, urged_at, objected_at, replied_at, closed_at, published_at;
    int32_t local_day;
    bool is_public, confidential, no_reply;
    struct demo_event events[DEMO_EVENTS_MAX];
    size_t n_events;
    struct demo_assignment assignments[DEMO_ASSIGNMENTS_MAX];
    size_t n_assignments, lead;      /* lead: index of the one that leads now; n_assignments = none */
    struct demo_rating ratings[DEMO_RATINGS_MAX];
    size_t n_ratings;
    uint32_t chain_seq;
    uint8_t chain_head[EVENT_HASH_BYTES];
};
/* demo_ticket.c: who asks what, where and when; demo_life.c: what happened to it. */
void demo_ticket_make(const struct demo_world *w, struct arena *a, uint64_t index, int32_t day, uint64_t index_of_day,
                      struct demo_ticket *t);
void demo_life(const struct demo_world *w, struct arena *a, struct chance *r, struct demo_ticket *t);

/* demo_write.c */
struct demo_writer;
enum err demo_write_begin(struct db_admin *admin, struct arena *a, struct demo_writer **ret) MUST_CHECK;
enum err demo_write(struct demo_writer *w, struct arena *a, struct chance *r, struct demo_ticket *t) MUST_CHECK;
enum err demo_write_end(struct demo_writer *w) MUST_CHECK;   /* commits */
void demo_write_drop(struct demo_writer *w);                 /* after a fault: nothing of the batch stays */

#endif
