/*
 * view_public.h - published demands, redacted (program `open`).
 */
#ifndef PAGES_VIEW_PUBLIC_H
#define PAGES_VIEW_PUBLIC_H

#include "pages/view_part.h"

struct view_public_row {
    struct str href, title;
    bool zh;
    struct str kind, category, place, status;
    struct view_time filed_day;
    int64_t joined;
    bool done;
};
/* open/public_list: GET /public?area=&category=&cursor= */
struct view_public_list {
    const struct view_option *areas;      /* districts */
    size_t n_areas;
    const struct view_option *categories; /* top level */
    size_t n_categories;
    const struct view_public_row *rows;
    size_t n_rows;
    struct view_pager pager;
    bool filtered;
};

/* open/public_ticket: GET /public/{id} */
struct view_public_ticket {
    struct str id;
    struct str title, text;               /* redacted copy */
    bool zh;
    struct view_facts facts;              /* kind, category, place (street), filed day, status */
    struct str reply, reply_by;
    struct view_time reply_day;
    struct view_progress progress;
    int64_t joined;
    bool can_join;                        /* posts /new/join of `citizen`, field public_id */
};

#endif
