/* view_staff_wall.h - the supervisors' wall, its lists, supervisions. */
#ifndef PAGES_VIEW_STAFF_WALL_H
#define PAGES_VIEW_STAFF_WALL_H

#include "pages/view_part.h"
#include "web/view.h"

struct view_wall_tile {
    struct str href, label, about; /* href: shows districts and units by this kind */
    struct str list;               /* the demands themselves */
    struct num_grouped n;
    bool bad, current;
};
struct view_wall_bar {
    struct str href, name;
    bool zh;
    struct num_grouped n;
    int64_t share;                 /* 0 to 100 of the longest */
};
struct view_wall_cell {
    struct str href;
    struct num_grouped n;
    bool any, bad;
};
struct view_wall_unit {
    struct str name;
    bool zh;
    const struct view_wall_cell *cells;
    size_t n_cells;
};
struct view_wall_head {
    struct str label;
};
/* staff/wall: GET /staff/wall?kind= */
struct view_staff_wall {
    struct str scope, kind, behind, all_list;
    bool scope_zh;
    const struct view_wall_tile *tiles;
    size_t n_tiles;
    const struct view_wall_bar *areas;
    size_t n_areas;
    const struct view_wall_head *heads;
    size_t n_heads;
    const struct view_wall_unit *units;
    size_t n_units;
};
/* staff/wall_list: GET /staff/wall/list?kind=&unit=&district=&cursor= */
struct view_wall_row {
    struct str href, no, title, category, place, unit, role, state, left;
    struct view_time since, due;
    bool zh, late;
    int64_t round;
};
struct view_staff_wall_list {
    struct str kind, about, scope;
    bool scope_zh, may_export, titles;
    struct str back, kind_word, unit, district; /* what the export form sends */
    struct num_grouped export_rows; /* at most */
    const struct view_wall_row *rows;
    size_t n_rows;
    struct view_pager pager;
};
/* staff/supervise: GET /staff/supervise?state=&cursor= */
struct view_supervision {
    struct str href, no, title, unit, by, ground, level, left;
    struct view_time due, answered;
    bool zh, late, done;
};
struct view_supervise_tab {
    struct str href, label;
    bool current;
};
struct view_staff_supervise {
    struct str scope;
    bool scope_zh;
    const struct view_supervise_tab *tabs;
    size_t n_tabs;
    const struct view_supervision *rows;
    size_t n_rows;
    struct view_pager pager;
};

#endif
