/* view_staff_urgent.h - urgent modes: the list, one mode with its versions, the form. */
#ifndef PAGES_VIEW_STAFF_URGENT_H
#define PAGES_VIEW_STAFF_URGENT_H

#include "pages/view_part.h"
#include "web/view.h"

struct view_mode {
    struct str href, name, reason, categories, areas, level, who;
    struct view_time from, until, changed;
    enum msg state; /* on, planned, over */
    bool on, over, raises, zh;
    struct str version, notice_zh, notice_en;
};
/* staff/urgent: GET /staff/urgent */
struct view_staff_urgent {
    struct view_notice notice;
    const struct view_mode *modes, *ended;
    size_t n_modes, n_ended;
};
/* staff/urgent_mode: GET /staff/urgent/{id} */
struct view_staff_urgent_mode {
    struct view_notice notice;
    struct view_mode now;
    struct str edit, end;
    const struct view_mode *versions;
    size_t n_versions;
};
/* staff/urgent_form: /staff/urgent/new, /staff/urgent/{id}/edit */
struct view_mode_group {
    struct view_option all;          /* the whole of it */
    const struct view_option *parts; /* what is in it */
    size_t n_parts;
    bool open;
};
struct view_staff_urgent_form {
    struct view_errors errors;
    struct str action, back, version, once;
    bool edits, raise_open, level_1, level_2;
    struct view_input name, reason, starts_at, ends_at, notice_zh, notice_en;
    struct str categories_error, areas_error, level_error;
    const struct view_mode_group *groups;
    size_t n_groups;
    const struct view_option *areas, *others; /* others: chosen codes that the lists do not offer */
    size_t n_areas, n_others;
    struct str hours_1, hours_2;
    struct str preview; /* how many demands it would raise */
};
/* staff/urgent_end: /staff/urgent/{id}/end */
struct view_staff_urgent_end {
    struct view_errors errors;
    struct view_mode mode;
    struct str action;
    struct view_input reason;
};

#endif
