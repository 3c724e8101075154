/*
 * rules.h - the dispatch rules as versions: a set is drafted, tried on past demands, published from one moment on, and can be
 * brought back [T 11: the catalogue is kept current].
 *
 * Set 0 is what was seeded. A draft is a whole copy with changes; one draft at a time per author is not enforced, but a draft
 * whose base is no longer in force cannot be published (ERR_CONFLICT RULES_MOVED). Processes take a published set over within
 * settings.refdata_check_seconds. A rule's number is never given to another rule, so the number in an event and its time say
 * which wording was in force. Acts ask for MAY_RULES at the route; each is audited.
 */
#ifndef APP_RULES_H
#define APP_RULES_H

#include "app/refdata.h"

enum rule_set_state { RULES_DRAFT = 1, RULES_IN_FORCE, RULES_PAST, RULES_DROPPED };
struct rule_set {
    uint32_t set, base;
    enum rule_set_state state;
    struct str note;
    uint64_t author_id, publisher_id;
    int64_t created_at, valid_from, valid_to; /* 0 = not yet */
    size_t n_rules;
};
enum err rules_current(struct ctx *c, struct rule_set *ret) MUST_CHECK;   /* set 0 when nothing was ever published */
/* Newest first, at most 50. */
enum err rules_history(struct ctx *c, const struct rule_set **ret, size_t *ret_n) MUST_CHECK;
/* The rules of a set whose category prefix begins with `category` (empty = all), by number; after 0 = first page; <= 200 a page. */
struct rule_row {
    struct rule rule;
    struct str note;
};
enum err rules_list(struct ctx *c, uint32_t set, struct str category, uint32_t after, const struct rule_row **ret,
                    size_t *ret_n, bool *ret_more) MUST_CHECK;
/* A copy of the set in force. ERR_INVALID note. */
enum err rules_draft(struct ctx *c, const struct actor *who, struct str note, uint32_t *ret_set) MUST_CHECK;
/* One rule of a draft: id 0 = a new number; fields category_prefix, area_prefix, lead_kind, lead_ref, response_level, co_refs, note.
 * ERR_CONFLICT RULES_NOT_DRAFT. */
enum err rules_put(struct ctx *c, const struct actor *who, uint32_t set, const struct rule_row *row, uint32_t *ret_id) MUST_CHECK;
enum err rules_remove(struct ctx *c, const struct actor *who, uint32_t set, uint32_t id) MUST_CHECK;
enum err rules_drop(struct ctx *c, const struct actor *who, uint32_t set) MUST_CHECK;   /* a draft is given up */
/* What differs from the set it was copied from. */
struct rule_change {
    uint32_t id;
    const struct rule_row *before, *after; /* NULL = not there */
};
enum err rules_changes(struct ctx *c, uint32_t set, const struct rule_change **ret, size_t *ret_n) MUST_CHECK;

/* The dry run: demands of the last `days` (1..366), each dispatched by the set in force and by `set`. */
enum { RULES_TRY_TICKETS = 200000, RULES_TRY_SAMPLES = 3, RULES_TRY_MOVES = 200 };
struct rule_move {
    struct str from, to;       /* unit codes */
    int64_t n;
    struct str samples[RULES_TRY_SAMPLES]; /* numbers of demands */
    size_t n_samples;
};
struct rule_trial {
    int64_t n_tickets, n_moved, n_level; /* n_level: same unit, other response level */
    bool cut;                  /* more than RULES_TRY_TICKETS: the newest were taken */
    const struct rule_move *moves; /* most first, at most RULES_TRY_MOVES; `n_moved` counts all */
    size_t n_moves;
};
enum err rules_try(struct ctx *c, uint32_t set, int days, struct rule_trial *ret) MUST_CHECK;
/* From now on. Audited. ERR_CONFLICT RULES_MOVED, RULES_NOT_DRAFT. */
enum err rules_publish(struct ctx *c, const struct actor *who, uint32_t set) MUST_CHECK;
/* An earlier set (0 = the seeds) becomes a new one and is published at once. */
enum err rules_revert(struct ctx *c, const struct actor *who, uint32_t to_set, struct str note, uint32_t *ret_set) MUST_CHECK;

#endif
