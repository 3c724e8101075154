/*
 * view_staff_rules.h - the dispatch rules: sets, one set, one rule, the dry run, what changes, confirming.
 */
#ifndef PAGES_VIEW_STAFF_RULES_H
#define PAGES_VIEW_STAFF_RULES_H

#include "pages/view_staff.h"

struct view_rule_set {
    struct str href, name, note, author;
    enum msg state;
    bool draft, in_force, past, is_zh;
    struct view_time created, from, to;
};
/* staff/rules: GET POST /staff/rules. Field: note. */
struct view_staff_rules {
    struct view_errors errors;
    struct view_notice notice;
    struct view_input note;
    struct str once;
    const struct view_rule_set *sets;
    size_t n_sets;
};

struct view_rule_row {
    struct str href;                       /* empty: the set is no draft */
    struct str number, category, area, lead, co, limit, note;
    bool copy;
};
/* staff/rules_set: GET /staff/rules/{set}?category_prefix=&unit=&after= */
struct view_staff_rules_set {
    struct view_notice notice;
    struct view_rule_set set;
    struct view_input category, unit;
    int64_t n_all, n_found;
    bool is_filtered, is_zh;
    const struct view_rule_row *rows;
    size_t n_rows;
    struct str next_page;
};

/* staff/rule: GET POST /staff/rules/{set}/rule/{id}. */
struct view_staff_rule {
    struct view_errors errors;
    struct str action, back, once, set_name, number, says; /* number empty = a new one; says: in plain words, empty = not yet clear */
    bool is_zh, working_days, copy_district;
    struct view_input category, area, ref, co, note, kind, level;
    const struct view_option *kinds;
    size_t n_kinds;
    const struct view_option *levels;
    size_t n_levels;
};

struct view_rule_move {
    struct str from, to;
    struct num_grouped n;
    const struct view_link *samples;
    size_t n_samples;
};
struct view_rule_load {
    struct str unit, change;
    struct num_grouped before, after;
};
/* staff/rules_try: GET /staff/rules/{set}/try?days= */
struct view_staff_rules_try {
    struct view_errors errors;
    struct view_rule_set set;
    struct view_input days;
    bool is_shown, is_cut, is_zh, has_more;
    int64_t n_moved;
    struct num_grouped all, moved, level, stay;
    const struct view_rule_move *moves;
    size_t n_moves;
    const struct view_rule_load *loads;
    size_t n_loads;
};

struct view_rule_change {
    struct str number, before, after; /* in plain words; empty = not there */
};
/* staff/rules_changes: GET /staff/rules/{set}/changes */
struct view_staff_rules_changes {
    struct view_rule_set set;
    bool is_zh;
    const struct view_rule_change *changes;
    size_t n_changes;
};

/* staff/rules_confirm: GET POST /staff/rules/{set}/publish, revert, drop. Field: note (revert). */
struct view_staff_rules_confirm {
    struct view_errors errors;
    struct view_rule_set set;
    struct str action, lead, once;
    enum msg title, button;
    bool asks_note, is_zh;
    struct view_input note;
    int64_t n_changes;
};

#endif
