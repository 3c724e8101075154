/*
 * view_staff_work.h - a demand as the staff sees it, and the lists of work.
 */
#ifndef PAGES_VIEW_STAFF_WORK_H
#define PAGES_VIEW_STAFF_WORK_H

#include "pages/view_part.h"
#include "pages/view_track.h"
#include "web/view.h"

struct view_staff_assignment {
    struct str role, unit, state; /* in words */
    struct view_time due, signed_at;
    struct str left;              /* "还剩 9 小时"; empty when nothing is owed */
    bool late, waiting, zh;
    int64_t round;
};
struct view_staff_link {
    struct str href, no, title, how, status; /* no empty = nothing but `how` may be known */
    bool zh;
};
struct view_staff_rating {
    int64_t round;
    struct str text, words;
    struct view_time at;
    bool zh;
};
struct view_staff_do { /* one act that is offered */
    struct str href, label;
    bool strong;
};
struct view_staff_event {
    struct view_event e;
    bool internal;
    struct str who;      /* unit or citizen */
};
/* staff/ticket: GET /staff/t/{no} */
struct view_staff_ticket {
    struct str no, title, status, text;
    bool text_zh, late, confidential, paused, demo, merged, has_contact, running;
    struct view_notice notice;
    struct view_time filed_at, promise;
    struct view_left left;
    struct str level, reported_unit;
    struct view_facts facts;
    const struct view_staff_do *first;  /* what is next: one or none */
    size_t n_first;
    const struct view_staff_do *acts;
    size_t n_acts;
    const struct view_staff_assignment *assignments;
    size_t n_assignments;
    const struct view_staff_event *events;
    size_t n_events;
    const struct view_photo *photos;
    size_t n_photos;
    const struct view_staff_link *links;
    size_t n_links;
    const struct view_staff_rating *ratings;
    size_t n_ratings;
    const struct view_look *looks;
    size_t n_looks;
    struct str reveal;   /* address, empty = not offered */
};

/* staff/work: GET /staff/work?unit=&role=&state=&due=&category=&area=&cursor= */
struct view_staff_item {
    struct str href, no, title, category, place, unit, role, state, left;
    struct view_time due;
    bool late, warned, paused, zh, fast;
    int64_t urges, round;
};
struct view_staff_count {
    struct str href;
    enum msg label;
    struct num_grouped n;
    bool bad, current;
};
struct view_staff_work {
    struct str unit;
    bool unit_zh;
    const struct view_staff_count *counts;
    size_t n_counts;
    struct view_time counted;   /* empty = not yet */
    const struct view_option *units, *roles, *states, *dues, *categories, *areas;
    size_t n_units, n_roles, n_states, n_dues, n_categories, n_areas;
    const struct view_staff_item *items;
    size_t n_items;
    bool filtered;
    struct view_pager pager;
};

#endif
