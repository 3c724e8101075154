/*
 * stats_figure.h - the figures there are, and one of them as chart and table. Inside of pages/stats*.
 *
 * The table of figures says for each: its path, what it counts by, which chart draws it, its words. Adding a figure is
 * adding a row.
 */
#ifndef PAGES_STATS_FIGURE_H
#define PAGES_STATS_FIGURE_H

#include "app/statistics.h"
#include "pages/say.h"
#include "pages/view_stats.h"

enum stats_chart { CHART_LINE, CHART_BARS, CHART_TILES };
struct stats_figure {
    const char *slug;      /* in the path */
    enum stat_dim dim;
    enum stats_chart chart;
    bool share;            /* draws in_time / due instead of filed */
    size_t top;            /* bars: so many rows are drawn; the table has all */
    enum msg title, column, method;
};
const struct stats_figure *stats_figure_find(struct str slug); /* NULL = none */

/* The chart of a figure from its table; all texts in the reader's language. */
struct stats_drawn {
    bool has_line, has_bars, has_tiles;
    struct view_line line;
    struct view_bars bars;
    struct view_tiles tiles;
    struct str headline, desc;
    bool empty;
};
void stats_draw(const struct say *s, const struct stats_figure *f, const struct stat_table *t, struct str period,
                struct stats_drawn *ret);
void stats_table_view(const struct say *s, const struct stats_figure *f, const struct stat_table *t, int64_t threshold,
                      struct view_table *ret);
/* Name of a cell: day, district, category, channel. */
struct view_name stats_cell_name(const struct say *s, enum stat_dim dim, const struct stat_cell *c);

#endif
