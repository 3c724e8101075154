/*
 * stats_table.c - the table that stands beside every chart.
 *
 * Contract: as stats_figure.c: a suppressed cell says so in words. Must not draw.
 */
#include "pages/stats_figure.h"

enum { COLUMNS = 5 };

struct column {
    enum msg head;
    bool districts; /* only for districts */
};
static const struct column columns[COLUMNS] = {{MSG_stats_col_filed, false},  {MSG_stats_col_per, true},
                                               {MSG_stats_col_due, false},    {MSG_stats_col_in_time, false},
                                               {MSG_stats_col_share, false}};

static bool shown(const struct column *c, enum stat_dim dim)
{
    return !c->districts || dim == STAT_DISTRICT;
}

static struct str cell_text(const struct say *s, size_t column, const struct stat_cell *c, struct str few)
{
    if (c->suppressed)
        return few;
    switch (column) {
    case 0:
        return say_grouped(s, c->filed);
    case 1: {
        int64_t v = c->population > 0 ? (c->filed * 100000 + c->population / 2) / c->population : -1;
        return v < 0 ? msg_text(s->lang, MSG_stats_none)
                     : arena_printf(s->a, "%lld.%lld", (long long)(v / 10), (long long)(v % 10));
    }
    case 2:
        return say_grouped(s, c->due);
    case 3:
        return say_grouped(s, c->in_time);
    default:
        return say_share(s, statistics_share(c->in_time, c->due));
    }
}

static struct view_row row_of(const struct say *s, const struct stats_figure *f, const struct stat_cell *c, struct str few)
{
    struct view_name name = stats_cell_name(s, f->dim, c);
    struct view_cell *cells = ARENA_ARRAY(s->a, struct view_cell, COLUMNS);
    struct view_row row = {.head = name.text, .zh = name.zh, .cells = cells};
    for (size_t i = 0; i < COLUMNS; i++)
        if (shown(&columns[i], f->dim))
            cells[row.n_cells++] = (struct view_cell){.text = cell_text(s, i, c, few), .number = true};
    return row;
}

void stats_table_view(const struct say *s, const struct stats_figure *f, const struct stat_table *t, int64_t threshold,
                      struct view_table *ret)
{
    struct str few = SAY(s, MSG_stats_suppressed, {"n", say_int(s, threshold)});
    struct view_cell *heads = ARENA_ARRAY(s->a, struct view_cell, COLUMNS);
    struct view_row *rows = ARENA_ARRAY(s->a, struct view_row, t->n_cells > 0 ? t->n_cells : 1);
    bool any = false;
    *ret = (struct view_table){.caption = msg_text(s->lang, f->title), .head = msg_text(s->lang, f->column),
                               .heads = heads, .rows = rows, .n_rows = t->n_cells};
    for (size_t i = 0; i < COLUMNS; i++)
        if (shown(&columns[i], f->dim))
            heads[ret->n_heads++] = (struct view_cell){.text = msg_text(s->lang, columns[i].head), .number = true};
    for (size_t i = 0; i < t->n_cells; i++) {
        rows[i] = row_of(s, f, &t->cells[i], few);
        any = any || t->cells[i].suppressed;
    }
    if (any)
        ret->foot = SAY(s, MSG_stats_small_note, {"n", say_int(s, threshold)});
    else if (t->provisional)
        ret->foot = msg_text(s->lang, MSG_stats_provisional);
}
