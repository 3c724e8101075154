/*
 * view_stats.h - published statistics (program `open`): figures, charts, tables.
 *
 * Coordinates are computed by C in whole units of the chart's viewBox; a template only draws. Every chart stands
 * beside its table and its files. Numbers come formatted ("3,016", "96.4%"); a suppressed cell is "少于 10".
 */
#ifndef PAGES_VIEW_STATS_H
#define PAGES_VIEW_STATS_H

#include "pages/view_part.h"

struct view_figure { /* partial/figure: a large number with what it is made of */
    struct str big;   /* "96.4%" */
    struct str label; /* "按时答复" */
    struct str note;  /* "2,906 / 3,015，未办结而到期的也计入" */
    struct str href;  /* page of this figure; may be empty */
};

struct view_tick { /* a grid line with its label; x for days, y for values */
    int64_t at;
    struct str text;
};
struct view_mark { /* a point worth words: the highest, the last */
    int64_t x, y;
    struct str text;
    bool end;         /* text to the left of the point */
};
/* chart/line: viewBox 0 0 640 240, plot x 8..632, y 24..200; the labels of ys stand on their lines, so that they may grow
 * on a phone. xs: two or three, the first begins at its point, the last ends there. */
struct view_line {
    struct str title, desc;  /* accessible name and one sentence */
    struct str points;       /* "48,190 68,181 ..." */
    struct str area;         /* the same closed to the base line, for the soft fill; may be empty */
    const struct view_tick *ys;
    size_t n_ys;
    const struct view_tick *xs;
    size_t n_xs;
    const struct view_mark *marks;
    size_t n_marks;
};

struct view_bar {        /* a row 52 high: label and value above, the bar below */
    struct str label, value;
    int64_t text_y;      /* base line of the text: 52 * i + 18 */
    int64_t bar_y;       /* top of the bar: 52 * i + 26 */
    int64_t width;       /* 0..400 */
    bool first;          /* drawn in red, the rest quiet */
    bool zh;
};
/* chart/bars: viewBox 0 0 400 {height}. */
struct view_bars {
    struct str title, desc;
    const struct view_bar *bars;
    size_t n_bars;
    int64_t height;      /* 52 * n_bars */
};

struct view_tile {
    struct str label, value;
    int64_t x, y;            /* top left: 104 * column, 80 * row */
    int64_t mid_x;           /* x + 49 */
    int64_t label_y, value_y;/* y + 32, y + 56 */
    bool l0, l1, l2, l3, l4; /* one is set: five steps of colour, l4 the most; none = no data */
    struct str href;
};
/* chart/tiles: the sixteen districts as a scheme, viewBox 0 0 414 {height}. No boundaries are shown. */
struct view_tiles {
    struct str title, desc;
    const struct view_tile *tiles;
    size_t n_tiles;
    int64_t height;
};

struct view_cell {
    struct str text;
    bool number;
    bool zh;
};
struct view_row {
    struct str head;         /* row heading, with a link when href is set */
    struct str href;
    bool zh;
    const struct view_cell *cells;
    size_t n_cells;
};
struct view_table { /* partial/table */
    struct str caption;
    struct str head;                /* column heading of the first column */
    const struct view_cell *heads;  /* the others; number = right aligned */
    size_t n_heads;
    const struct view_row *rows;
    size_t n_rows;
    struct str foot;                /* note below; may be empty */
};
struct view_files { /* partial/files: the same data for programs */
    struct str csv, json, svg, embed; /* links, empty = not offered */
};

/* open/stats: GET /stats/ */
struct view_stats {
    bool empty;
    struct str headline;            /* states the fact: "十一月，停车和夜间施工说得最多" */
    struct str lead;                /* two sentences */
    struct str period;              /* "近 30 天，10 月 23 日至 11 月 21 日" */
    struct view_time as_of;
    const struct view_figure *figures;
    size_t n_figures;
    struct view_line days;
    struct view_files days_files;
    struct view_tiles districts;
    struct view_files districts_files;
    struct view_bars categories;
    struct view_files categories_files;
    struct view_bars channels;
    struct view_files channels_files;
};

/* open/stats_page: one figure on its own: /stats/days, /stats/districts, /stats/categories, /stats/channels,
 * /stats/on-time. One of line, bars, tiles is set by its has_ flag. */
struct view_stats_page {
    bool empty;
    struct str headline, lead, period;
    struct view_time as_of;
    struct str permalink;           /* absolute */
    const struct view_option *periods; /* choose: value = href */
    size_t n_periods;
    const struct view_figure *figures;
    size_t n_figures;
    bool has_line, has_bars, has_tiles;
    struct view_line line;
    struct view_bars bars;
    struct view_tiles tiles;
    struct view_table table;
    struct view_files files;
    struct str method;              /* one paragraph: how this figure is made */
};

/* open/stats_embed: the chart alone, for other sites; no script. */
struct view_stats_embed {
    struct str headline, permalink, period;
    bool has_line, has_bars, has_tiles;
    struct view_line line;
    struct view_bars bars;
    struct view_tiles tiles;
};

/* open/stats_method takes view_stats_method: GET /stats/method */
struct view_stats_method {
    struct view_time as_of;
    int64_t threshold;              /* cells below are not shown */
};

/* chart/alone.svg: a chart as a file of its own. */
struct view_chart_alone {
    int64_t width, height;
    struct str title;
    bool has_line, has_bars, has_tiles;
    struct view_line line;
    struct view_bars bars;
    struct view_tiles tiles;
};

#endif
