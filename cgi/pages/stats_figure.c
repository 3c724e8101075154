/*
 * stats_figure.c - numbers of a figure as words, chart geometry and table rows.
 *
 * Contract: a suppressed cell never shows its number, neither as text nor as the length of a bar. Must not ask the
 * database.
 */
#include "pages/stats_figure.h"

#include "app/chart.h"
#include "app/words.h"

enum { TILE_W = 104, TILE_H = 80, TILE_MID = 49, TILE_LABEL = 32, TILE_VALUE = 56, BAR_ROW = 52, BAR_TEXT = 18, BAR_TOP = 26,
       BAR_FULL = 400, TICKS_MAX = 8, PER = 10000, TENTHS = 1000 };
static const struct chart_frame plot = {8, 24, 632, 200};

static const struct stats_figure figures[] = {
    {"days", STAT_ALL, CHART_LINE, false, 0, MSG_stats_days, MSG_stats_col_day, MSG_stats_method_days},
    {"districts", STAT_DISTRICT, CHART_TILES, false, 0, MSG_stats_districts, MSG_stats_col_district,
     MSG_stats_method_districts},
    {"categories", STAT_CATEGORY3, CHART_BARS, false, 10, MSG_stats_categories, MSG_stats_col_category,
     MSG_stats_method_categories},
    {"channels", STAT_CHANNEL, CHART_BARS, false, 6, MSG_stats_channels, MSG_stats_col_channel,
     MSG_stats_method_channels},
    {"on-time", STAT_CATEGORY1, CHART_BARS, true, 15, MSG_stats_on_time, MSG_stats_col_category,
     MSG_stats_method_on_time},
};

const struct stats_figure *stats_figure_find(struct str slug)
{
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        if (str_eq_c(slug, figures[i].slug))
            return &figures[i];
    return NULL;
}

struct view_name stats_cell_name(const struct say *s, enum stat_dim dim, const struct stat_cell *c)
{
    int64_t n = 0;
    switch (dim) {
    case STAT_ALL:
        return (struct view_name){.text = say_day(s, c->day).text};
    case STAT_CHANNEL:
        (void)parse_i64(c->code, 0, CHANNEL_END, &n);
        return (struct view_name){.text = say_word(s, "channel", word(WORDS_CHANNEL, (int)n))};
    case STAT_DISTRICT:
    case STAT_CATEGORY1:
    case STAT_CATEGORY3:
        if (c->code.n == 0)
            return (struct view_name){.text = msg_text(s->lang, MSG_fact_unsure)};
        return say_name(s, c->name, c->name_en);
    case STAT_KIND:
    case STAT_HOUR:
    case STAT_LEVEL:
        break;
    }
    return (struct view_name){.text = c->code};
}

/* ---- what is drawn ---------------------------------------------------------------------------------------------- */

/* Per 10,000 residents in tenths; -1 = cannot be said. */
static int64_t per_residents(const struct stat_cell *c)
{
    if (c->suppressed || c->population <= 0)
        return -1;
    return (c->filed * PER * 10 + c->population / 2) / c->population;
}

static struct str tenths(const struct say *s, int64_t v)
{
    return v < 0 ? msg_text(s->lang, MSG_stats_none) : arena_printf(s->a, "%lld.%lld", (long long)(v / 10), (long long)(v % 10));
}

static int64_t drawn_value(const struct stats_figure *f, const struct stat_cell *c)
{
    if (c->suppressed)
        return -1;
    if (f->share)
        return statistics_share(c->in_time, c->due);
    return f->dim == STAT_DISTRICT ? per_residents(c) : c->filed;
}

static struct str drawn_text(const struct say *s, const struct stats_figure *f, int64_t v)
{
    if (v < 0)
        return msg_text(s->lang, MSG_stats_none);
    if (f->share)
        return say_share(s, v);
    return f->dim == STAT_DISTRICT ? tenths(s, v) : say_grouped(s, v);
}

static int64_t largest(const int64_t *v, size_t n, size_t *ret_at)
{
    int64_t best = 0;
    *ret_at = 0;
    for (size_t i = 0; i < n; i++)
        if (v[i] > best) {
            best = v[i];
            *ret_at = i;
        }
    return best;
}

static int64_t *values_of(const struct say *s, const struct stats_figure *f, const struct stat_table *t)
{
    int64_t *v = ARENA_ARRAY(s->a, int64_t, t->n_cells > 0 ? t->n_cells : 1);
    for (size_t i = 0; i < t->n_cells; i++)
        v[i] = drawn_value(f, &t->cells[i]);
    return v;
}

/* ---- line ------------------------------------------------------------------------------------------------------- */

static void line_axes(const struct say *s, const struct stat_table *t, const struct chart_tick *ticks, size_t n,
                      struct view_line *v)
{
    struct view_tick *ys = ARENA_ARRAY(s->a, struct view_tick, n > 0 ? n : 1), *xs = ARENA_ARRAY(s->a, struct view_tick, 3);
    for (size_t i = 0; i < n; i++)
        ys[i] = (struct view_tick){.at = ticks[i].at, .text = say_grouped(s, ticks[i].value)};
    size_t at[3] = {0, t->n_cells / 2, t->n_cells - 1};
    v->n_xs = t->n_cells >= 3 ? 3 : t->n_cells;
    for (size_t i = 0; i < v->n_xs; i++)
        xs[i] = (struct view_tick){.at = chart_x(plot, at[i], t->n_cells), .text = say_day(s, t->cells[at[i]].day).text};
    v->ys = ys;
    v->n_ys = n;
    v->xs = xs;
}

static void draw_line(const struct say *s, const struct stats_figure *f, const struct stat_table *t, struct view_line *v)
{
    struct chart_tick ticks[TICKS_MAX];
    int64_t *values = values_of(s, f, t);
    size_t peak;
    int64_t max = largest(values, t->n_cells, &peak);
    size_t n = chart_ticks(max > 0 ? max : 1, plot, ticks);
    int64_t top = ticks[n - 1].value;
    struct view_mark *m = ARENA_NEW(s->a, struct view_mark);
    *m = (struct view_mark){.x = chart_x(plot, peak, t->n_cells), .y = chart_y(plot, max, top), .text = say_grouped(s, max),
                            .end = peak * 2 > t->n_cells};
    v->title = msg_text(s->lang, f->title);
    v->desc = max > 0 ? SAY(s, MSG_stats_days_desc, {"day", say_day(s, t->cells[peak].day).text}, {"n", say_grouped(s, max)})
                      : msg_text(s->lang, MSG_stats_none); /* every day is below what may be shown: no day is said to lead */
    v->points = chart_points(s->a, plot, values, t->n_cells, top);
    v->area = chart_area(s->a, plot, values, t->n_cells, top);
    v->marks = m;
    v->n_marks = max > 0 ? 1 : 0;
    line_axes(s, t, ticks, n, v);
}

/* ---- bars ------------------------------------------------------------------------------------------------------- */

static struct str bars_desc(const struct say *s, const struct stats_figure *f, const struct stat_table *t, size_t rows)
{
    const struct stat_cell *c = &t->cells[0];
    struct str first = stats_cell_name(s, f->dim, c).text;
    if (!f->share && c->suppressed)
        return msg_text(s->lang, MSG_stats_none);
    if (f->share)
        return SAY(s, MSG_stats_on_time_desc, {"in_time", say_grouped(s, t->total.in_time)},
                   {"due", say_grouped(s, t->total.due)});
    if (f->dim == STAT_CHANNEL)
        return SAY(s, MSG_stats_channels_desc, {"first", first},
                   {"share", say_share(s, statistics_share(c->filed, t->total.filed))});
    return SAY(s, MSG_stats_categories_desc, {"n", say_int(s, (int64_t)rows)}, {"first", first});
}

static void draw_bars(const struct say *s, const struct stats_figure *f, const struct stat_table *t, struct view_bars *v)
{
    int64_t *values = values_of(s, f, t);
    size_t rows = t->n_cells < f->top ? t->n_cells : f->top, peak;
    int64_t max = f->share ? TENTHS : largest(values, t->n_cells, &peak);
    struct view_bar *b = ARENA_ARRAY(s->a, struct view_bar, rows > 0 ? rows : 1);
    for (size_t i = 0; i < rows; i++) {
        struct view_name name = stats_cell_name(s, f->dim, &t->cells[i]);
        int64_t top = (int64_t)i * BAR_ROW;
        b[i] = (struct view_bar){.label = name.text, .zh = name.zh, .value = drawn_text(s, f, values[i]),
                                 .text_y = top + BAR_TEXT, .bar_y = top + BAR_TOP,
                                 .width = values[i] < 0 ? 0 : chart_bar(values[i], max, BAR_FULL), .first = i == 0};
    }
    *v = (struct view_bars){.title = msg_text(s->lang, f->title), .desc = bars_desc(s, f, t, rows), .bars = b,
                            .n_bars = rows, .height = (int64_t)rows * BAR_ROW};
}

/* ---- tiles ------------------------------------------------------------------------------------------------------ */

static void draw_tile(const struct say *s, const struct stats_figure *f, const struct stat_cell *c, int64_t max,
                      struct view_tile *v)
{
    int64_t value = drawn_value(f, c);
    int step = chart_step(value, max);
    struct str name = c->name;
    *v = (struct view_tile){.label = str_ends(name, STR("区")) ? str_slice(name, 0, name.n - 3) : name,
                            .value = drawn_text(s, f, value), .x = c->tile_x * TILE_W, .y = c->tile_y * TILE_H};
    v->mid_x = v->x + TILE_MID;
    v->label_y = v->y + TILE_LABEL;
    v->value_y = v->y + TILE_VALUE;
    v->l0 = step == 0;
    v->l1 = step == 1;
    v->l2 = step == 2;
    v->l3 = step == 3;
    v->l4 = step == 4;
}

static void draw_tiles(const struct say *s, const struct stats_figure *f, const struct stat_table *t, struct view_tiles *v)
{
    int64_t *values = values_of(s, f, t);
    size_t peak, least = 0;
    int64_t max = largest(values, t->n_cells, &peak), lowest = INT64_MAX;
    struct view_tile *tile = ARENA_ARRAY(s->a, struct view_tile, t->n_cells > 0 ? t->n_cells : 1);
    *v = (struct view_tiles){.title = msg_text(s->lang, f->title), .tiles = tile};
    for (size_t i = 0; i < t->n_cells; i++) {
        const struct stat_cell *c = &t->cells[i];
        if (c->tile_x < 0)
            continue;
        draw_tile(s, f, c, max, &tile[v->n_tiles++]);
        if ((int64_t)(c->tile_y + 1) * TILE_H > v->height)
            v->height = (int64_t)(c->tile_y + 1) * TILE_H;
        if (values[i] >= 0 && values[i] < lowest) {
            lowest = values[i];
            least = i;
        }
    }
    if (max > 0 && lowest < max)
        v->desc = SAY(s, MSG_stats_districts_desc, {"first", stats_cell_name(s, f->dim, &t->cells[peak]).text},
                      {"high", tenths(s, max)}, {"last", stats_cell_name(s, f->dim, &t->cells[least]).text},
                      {"low", tenths(s, lowest)});
}

/* ---- headlines -------------------------------------------------------------------------------------------------- */

static struct str district_headline(const struct say *s, const struct stat_table *t)
{
    const struct stat_cell *high = NULL, *low = NULL;
    for (size_t i = 0; i < t->n_cells; i++) {
        int64_t v = per_residents(&t->cells[i]);
        if (v >= 0 && (high == NULL || v > per_residents(high)))
            high = &t->cells[i];
        if (v >= 0 && (low == NULL || v < per_residents(low)))
            low = &t->cells[i];
    }
    if (high == NULL || per_residents(high) == per_residents(low))
        return msg_text(s->lang, MSG_stats_districts);
    return SAY(s, MSG_stats_districts_headline, {"first", stats_cell_name(s, STAT_DISTRICT, high).text},
               {"last", stats_cell_name(s, STAT_DISTRICT, low).text});
}

static struct str headline_of(const struct say *s, const struct stats_figure *f, const struct stat_table *t, struct str period)
{
    const struct stat_cell *c = &t->cells[0];
    struct str first = stats_cell_name(s, f->dim, c).text;
    if (f->dim == STAT_ALL)
        return SAY(s, MSG_stats_days_headline, {"period", period},
                   {"n", say_grouped(s, t->total.filed / (int64_t)t->n_cells)});
    if (f->share)
        return SAY(s, MSG_stats_on_time_headline,
                   {"share", say_share(s, statistics_share(t->total.in_time, t->total.due))});
    if (f->dim == STAT_DISTRICT)
        return district_headline(s, t);
    if (c->suppressed)
        return msg_text(s->lang, f->title);
    if (f->dim == STAT_CHANNEL)
        return SAY(s, MSG_stats_channels_headline, {"share", say_share(s, statistics_share(c->filed, t->total.filed))},
                   {"first", first});
    return SAY(s, MSG_stats_categories_headline, {"first", first}, {"n", say_grouped(s, c->filed)});
}

void stats_draw(const struct say *s, const struct stats_figure *f, const struct stat_table *t, struct str period,
                struct stats_drawn *ret)
{
    *ret = (struct stats_drawn){.empty = t->n_cells == 0 || t->total.filed == 0,
                                .headline = msg_text(s->lang, f->title)};
    if (ret->empty)
        return;
    ret->has_line = f->chart == CHART_LINE;
    ret->has_bars = f->chart == CHART_BARS;
    ret->has_tiles = f->chart == CHART_TILES;
    if (ret->has_line)
        draw_line(s, f, t, &ret->line);
    if (ret->has_bars)
        draw_bars(s, f, t, &ret->bars);
    if (ret->has_tiles)
        draw_tiles(s, f, t, &ret->tiles);
    ret->headline = headline_of(s, f, t, period);
}
