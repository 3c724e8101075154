/*
 * stats.c - statistics as pages, files and embeds.
 *
 * Contract: every figure has its page, CSV, JSON, SVG and embed under one address with the same range; a range is either
 * moving (days=7, 30, 90) or fixed (from, to), and the permalink is always fixed. Must not count.
 */
#include "pages/stats.h"

#include "base/clock.h"
#include "base/limits.h"
#include "gen/tmpl.h"
#include "pages/join.h"
#include "pages/stats_figure.h"
#include "web/page.h"

enum { DAYS_DEFAULT = 30, DAYS_MAX = 366 };

struct stats_form {
    int64_t days;
    bool has_days;
    struct str from, to;
};
static const struct form_field query_fields[] = {
    {FORM_FIELD_HAS(struct stats_form, days, has_days, "days", FIELD_INT), .min_value = 1, .max_value = DAYS_MAX},
    {FORM_FIELD(struct stats_form, from, "from", FIELD_TEXT), .max = 10},
    {FORM_FIELD(struct stats_form, to, "to", FIELD_TEXT), .max = 10},
};
const struct form_spec stats_query = {FORM_SPEC("stats", struct stats_form, query_fields)};

/* ---- ranges ----------------------------------------------------------------------------------------------------- */

static enum err range_of(struct request *rq, struct stat_range *ret)
{
    const struct stats_form *in = rq->form;
    if (rq->form_invalid)
        return ERR_INVALID;
    if (in->from.n > 0 || in->to.n > 0)
        return statistics_range(in->from, in->to, ret, rq->fault);
    *ret = statistics_last_days(rq->now_us, in->has_days ? (int)in->days : DAYS_DEFAULT);
    return ERR_OK;
}

static struct str period_words(const struct say *s, const struct stat_range *r)
{
    return SAY(s, MSG_stats_period_range, {"from", say_day(s, r->from).text}, {"to", say_day(s, r->to).text});
}

/* "?from=2026-10-23&to=2026-11-21" */
static struct str range_query(struct arena *a, const struct stat_range *r)
{
    int32_t f = r->from, t = r->to;
    return arena_printf(a, "?from=%04d-%02d-%02d&to=%04d-%02d-%02d", f / 10000, f / 100 % 100, f % 100, t / 10000,
                        t / 100 % 100, t % 100);
}

static struct view_files files_of(struct request *rq, const char *slug, const struct stat_range *r)
{
    const char *q = range_query(rq->a, r).p;
    return (struct view_files){.csv = arena_printf(rq->a, "/stats/%s.csv%s", slug, q),
                               .json = arena_printf(rq->a, "/stats/%s.json%s", slug, q),
                               .svg = arena_printf(rq->a, "/stats/%s.svg%s", slug, q),
                               .embed = arena_printf(rq->a, "/stats/%s/embed%s", slug, q)};
}

/* ---- one figure ------------------------------------------------------------------------------------------------- */

struct shown {
    const struct stats_figure *figure;
    struct stat_table table;
    struct stats_drawn drawn;
    struct str period;
};

static enum err load(struct request *rq, const struct stats_figure *f, struct stat_range r, struct stat_table *ret)
{
    struct db *db = join_of(rq)->db;
    int64_t threshold = join_of(rq)->set->suppress_below;
    if (f->dim == STAT_ALL)
        return statistics_days(db, rq->a, r, rq->now_us, threshold, ret);
    return statistics_by(db, rq->a, f->dim, r, rq->now_us, threshold, ret);
}

static enum err show(struct request *rq, struct shown *ret)
{
    struct say s = say_of(rq);
    struct stat_range r;
    ret->figure = stats_figure_find(rq->path_args[0]);
    if (ret->figure == NULL)
        return fault_set(rq->fault, ERR_NOT_FOUND, "SERIES_NOT_FOUND", "no such figure");
    enum err err = range_of(rq, &r);
    if (err == ERR_OK)
        err = load(rq, ret->figure, r, &ret->table);
    if (err != ERR_OK)
        return err;
    ret->period = period_words(&s, &r);
    stats_draw(&s, ret->figure, &ret->table, ret->period, &ret->drawn);
    return ERR_OK;
}

static const struct view_option *periods(struct request *rq, const char *slug, size_t *ret_n)
{
    static const struct {
        int days;
        enum msg words;
    } offered[] = {{7, MSG_stats_period_7}, {30, MSG_stats_period_30}, {90, MSG_stats_period_90}};
    enum { OFFERED = sizeof offered / sizeof offered[0] };
    const struct stats_form *in = rq->form;
    int64_t now = in->from.n > 0 ? 0 : in->has_days ? in->days : DAYS_DEFAULT;
    struct view_option *v = ARENA_ARRAY(rq->a, struct view_option, OFFERED);
    for (size_t i = 0; i < OFFERED; i++)
        v[i] = (struct view_option){.value = arena_printf(rq->a, "/stats/%s?days=%d", slug, offered[i].days),
                                    .text = msg_text(rq->lang, offered[i].words), .chosen = offered[i].days == now};
    *ret_n = OFFERED;
    return v;
}

static struct str permalink(struct request *rq, const char *slug, const struct stat_range *r)
{
    return str_from_c(request_absolute(rq, arena_printf(rq->a, "/stats/%s%s", slug, range_query(rq->a, r).p).p));
}

static struct view_figure *figures_of(struct request *rq, const struct say *s, const struct stat_cell *total, size_t *ret_n)
{
    struct view_figure *v = ARENA_ARRAY(rq->a, struct view_figure, 3);
    v[0] = (struct view_figure){.big = say_grouped(s, total->filed), .label = msg_text(s->lang, MSG_stats_figure_filed),
                                .note = msg_text(s->lang, MSG_stats_figure_filed_note), .href = STR("/stats/days")};
    v[1] = (struct view_figure){.big = say_share(s, statistics_share(total->in_time, total->due)),
                                .label = msg_text(s->lang, MSG_stats_figure_on_time),
                                .note = SAY(s, MSG_stats_figure_on_time_note, {"in_time", say_grouped(s, total->in_time)},
                                            {"due", say_grouped(s, total->due)}),
                                .href = STR("/stats/on-time")};
    v[2] = (struct view_figure){.big = say_grouped(s, total->open), .label = msg_text(s->lang, MSG_stats_figure_open),
                                .note = msg_text(s->lang, MSG_stats_figure_open_note)};
    if (total->has_median)
        v[2] = (struct view_figure){.big = say_span(s, total->median_minutes * 60 * US_PER_S),
                                    .note = msg_text(s->lang, MSG_stats_figure_median)};
    *ret_n = 3;
    return v;
}

enum err page_stats_figure(struct request *rq, struct response *rs)
{
    struct shown x;
    struct say s = say_of(rq);
    struct page pg;
    struct view_stats_page v = {0};
    enum err err = show(rq, &x);
    if (err != ERR_OK)
        return err;
    v.empty = x.drawn.empty;
    v.headline = x.drawn.headline;
    v.period = x.period;
    v.as_of = say_time(&s, x.table.counted_at);
    v.permalink = permalink(rq, x.figure->slug, &x.table.range);
    v.periods = periods(rq, x.figure->slug, &v.n_periods);
    v.figures = figures_of(rq, &s, &x.table.total, &v.n_figures);
    v.has_line = x.drawn.has_line;
    v.has_bars = x.drawn.has_bars;
    v.has_tiles = x.drawn.has_tiles;
    v.line = x.drawn.line;
    v.bars = x.drawn.bars;
    v.tiles = x.drawn.tiles;
    stats_table_view(&s, x.figure, &x.table, join_of(rq)->set->suppress_below, &v.table);
    v.files = files_of(rq, x.figure->slug, &x.table.range);
    v.method = msg_text(rq->lang, x.figure->method);
    page_init(rq, &pg, NAV_STATS, x.figure->title);
    pg.title = v.headline;
    pg.demo = x.table.demo;
    response_html(rs);
    tmpl_open_stats_page(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_stats_embed(struct request *rq, struct response *rs)
{
    struct shown x;
    struct page pg;
    enum err err = show(rq, &x);
    if (err != ERR_OK)
        return err;
    struct view_stats_embed v = {.headline = x.drawn.headline,
                                 .permalink = permalink(rq, x.figure->slug, &x.table.range), .period = x.period,
                                 .has_line = x.drawn.has_line, .has_bars = x.drawn.has_bars,
                                 .has_tiles = x.drawn.has_tiles, .line = x.drawn.line, .bars = x.drawn.bars,
                                 .tiles = x.drawn.tiles};
    page_init(rq, &pg, NAV_NONE, x.figure->title);
    pg.demo = x.table.demo;
    response_html(rs);
    response_embeddable(rs);
    tmpl_open_stats_embed(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- files ------------------------------------------------------------------------------------------------------ */

static struct str file_name(struct request *rq, const struct shown *x, const char *extension)
{
    return arena_printf(rq->a, "suda-%s-%d-%d.%s", x->figure->slug, x->table.range.from, x->table.range.to, extension);
}

enum err file_stats_csv(struct request *rq, struct response *rs)
{
    struct shown x;
    enum err err = show(rq, &x);
    if (err != ERR_OK)
        return err;
    response_download(rs, "text/csv; charset=utf-8", file_name(rq, &x, "csv"));
    statistics_csv(&rs->body, &x.table);
    return ERR_OK;
}

enum err file_stats_json(struct request *rq, struct response *rs)
{
    struct shown x;
    enum err err = show(rq, &x);
    if (err != ERR_OK)
        return err;
    response_type(rs, "application/json; charset=utf-8");
    statistics_json(&rs->body, &x.table);
    return ERR_OK;
}

enum err file_stats_svg(struct request *rq, struct response *rs)
{
    struct shown x;
    struct page pg;
    enum err err = show(rq, &x);
    if (err != ERR_OK)
        return err;
    if (x.drawn.empty)
        return fault_set(rq->fault, ERR_NOT_FOUND, "SERIES_NOT_FOUND", "nothing to draw");
    struct view_chart_alone v = {.width = x.drawn.has_line ? 640 : x.drawn.has_bars ? 400 : 414,
                                 .height = x.drawn.has_line   ? 240
                                           : x.drawn.has_bars ? x.drawn.bars.height
                                                              : x.drawn.tiles.height,
                                 .title = x.drawn.headline, .has_line = x.drawn.has_line, .has_bars = x.drawn.has_bars,
                                 .has_tiles = x.drawn.has_tiles, .line = x.drawn.line, .bars = x.drawn.bars,
                                 .tiles = x.drawn.tiles};
    page_init(rq, &pg, NAV_NONE, x.figure->title);
    response_type(rs, "image/svg+xml; charset=utf-8");
    tmpl_chart_alone(&rs->body, &pg, &v);
    return ERR_OK;
}
