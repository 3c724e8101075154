/*
 * rules.h - the dispatch rules as versions: a set is drafted, tried on past demands, published from one moment on, and can be
 * brought back [T 11: the catalogue is kept current].
 *
 * Set 0 is what was seeded. A draft is a whole copy with changes; several may be open at once, but a draft whose base is no
 * longer in force cannot be published (ERR_CONFLICT RULES_MOVED). Processes take a published set over within
 * settings.refdata_check_seconds; the events of a demand name the rule's number and the set.
 *
 * A number is never given to another rule: those made in set s are RULES_NUMBER_FROM + 1000 s + 1 ..., the seeds stay below.
 * Whoever reads or changes rules holds MAY_RULES for the whole city; all others get ERR_DENIED NOT_YOUR_UNIT.
 */
#ifndef APP_RULES_H
#define APP_RULES_H

#include "app/refdata.h"

enum { RULES_MAX = 1000 /* of a set */, RULES_NUMBER_FROM = 10000, RULES_NUMBERS_PER_SET = 1000, RULES_PAGE_MAX = 200, RULES_NOTE_CHARS = 200 };

enum rule_set_state { RULES_DRAFT = 1, RULES_IN_FORCE, RULES_PAST, RULES_DROPPED };
struct rule_set {
    uint32_t set, base;
    enum rule_set_state state;
    struct str note;                           /* why it was made */
    uint64_t author_id, publisher_id;          /* 0 = nobody, or the operator of sudactl */
    struct str author, publisher;              /* names; may be empty */
    int64_t created_at, valid_from, valid_to;  /* 0 = not yet */
};
enum err rules_current(struct ctx *c, struct rule_set *ret) MUST_CHECK;   /* set 0 when nothing was ever published */
/* ERR_NOT_FOUND NOT_FOUND. Set 0 is there always. */
enum err rules_get_set(struct ctx *c, uint32_t set, struct rule_set *ret) MUST_CHECK;
/* Newest first, at most 50; the seeds come last. */
enum err rules_history(struct ctx *c, const struct rule_set **ret, size_t *ret_n) MUST_CHECK;

struct rule_row {
    struct rule rule;
    struct str note;
};
/* The rules of a set, by number. */
struct rules_filter {
    struct str category; /* the rule's prefix begins with it; empty = all */
    struct str unit;     /* part of the lead's or a co-unit's name; empty = all */
    uint32_t after;      /* 0 = first page */
    size_t limit;        /* 1..RULES_PAGE_MAX */
};
struct rules_page {
    const struct rule_row *rows;
    size_t n_rows, n_all; /* n_all: of the whole set, whatever the filter */
    size_t n_found;       /* by the filter, on all pages */
    bool more;
};
enum err rules_list(struct ctx *c, uint32_t set, const struct rules_filter *f, struct rules_page *ret) MUST_CHECK;
enum err rules_get(struct ctx *c, uint32_t set, uint32_t id, struct rule_row *ret) MUST_CHECK; /* ERR_NOT_FOUND NOT_FOUND */

/* A copy of the set in force. ERR_INVALID note (5 to 200 characters: what it is for). */
enum err rules_draft(struct ctx *c, const struct actor *who, struct str note, uint32_t *ret_set) MUST_CHECK;
/* Field by field, without writing: for a preview. Fields category_prefix, area_prefix, lead_kind, lead_ref, response_level,
 * co_refs, note. The lead's name must be known of its kind; co-units are "lead_kind:name" joined by ';'. */
enum err rules_judge(struct ctx *c, const struct rule_row *row) MUST_CHECK;
/* One rule of a draft: id 0 = a new number, else one of the draft or of its base. ERR_CONFLICT RULES_NOT_DRAFT,
 * ERR_INVALID RULES_TOO_MANY. */
enum err rules_put(struct ctx *c, const struct actor *who, uint32_t set, const struct rule_row *row, uint32_t *ret_id) MUST_CHECK;
enum err rules_remove(struct ctx *c, const struct actor *who, uint32_t set, uint32_t id) MUST_CHECK;
enum err rules_drop(struct ctx *c, const struct actor *who, uint32_t set) MUST_CHECK;   /* a draft is given up */
/* What differs from the set it was copied from, by number. */
struct rule_change {
    uint32_t id;
    const struct rule_row *before, *after; /* NULL = not there */
};
enum err rules_changes(struct ctx *c, uint32_t set, const struct rule_change **ret, size_t *ret_n) MUST_CHECK;

/* The dry run: demands of the last `days` (1..366), each dispatched by the set in force and by `set`. A demand that was
 * classed by hand is tried with the class it has now; urgent modes are left out of it. */
enum { RULES_TRY_DAYS = 366, RULES_TRY_TICKETS = 60000, RULES_TRY_SAMPLES = 3, RULES_TRY_MOVES = 200 };
struct rule_move {
    struct str from, to;       /* unit codes */
    int64_t n;
    struct str samples[RULES_TRY_SAMPLES]; /* numbers of demands */
    size_t n_samples;
};
struct rule_load { /* of one unit that gains or loses */
    struct str unit;
    int64_t before, after;
};
struct rule_trial {
    int64_t n_tickets, n_moved, n_level; /* n_level: same unit, other time limit */
    bool cut;                  /* more than RULES_TRY_TICKETS: the newest were taken */
    const struct rule_move *moves; /* most first, at most RULES_TRY_MOVES; `n_moved` counts all */
    size_t n_moves;
    const struct rule_load *loads; /* units whose number changes, biggest change first, at most RULES_TRY_MOVES */
    size_t n_loads;
};
enum err rules_try(struct ctx *c, const struct actor *who, uint32_t set, int days, struct rule_trial *ret) MUST_CHECK;

/* From now on. Audited. ERR_CONFLICT RULES_MOVED, RULES_NOT_DRAFT. */
enum err rules_publish(struct ctx *c, const struct actor *who, uint32_t set) MUST_CHECK;
/* An earlier set (0 = the seeds) becomes a new one and is published at once. ERR_INVALID note; ERR_CONFLICT RULES_NOT_PAST. */
enum err rules_revert(struct ctx *c, const struct actor *who, uint32_t to_set, struct str note, uint32_t *ret_set) MUST_CHECK;
/* ERR_DENIED NOT_YOUR_UNIT. */
enum err rules_may(const struct ctx *c, const struct actor *who) MUST_CHECK;

#endif
