/*
 * stats_home.c - the first page of statistics, and how they are made.
 *
 * Contract: states a fact as headline; shows only the moving window of thirty days. Must not know single figures beyond
 * their table.
 */
#include "base/clock.h"
#include "gen/tmpl.h"
#include "pages/join.h"
#include "pages/stats.h"
#include "pages/stats_figure.h"
#include "web/page.h"

enum { WINDOW = 30 };

struct window {
    struct stat_table days, districts, categories, channels;
    struct stat_range range;
};

static enum err load(struct request *rq, struct window *w)
{
    struct db *db = join_of(rq)->db;
    int64_t threshold = join_of(rq)->set->suppress_below, now = rq->now_us;
    w->range = statistics_last_days(now, WINDOW);
    enum err err = statistics_days(db, rq->a, w->range, now, threshold, &w->days);
    if (err == ERR_OK)
        err = statistics_by(db, rq->a, STAT_DISTRICT, w->range, now, threshold, &w->districts);
    if (err == ERR_OK)
        err = statistics_by(db, rq->a, STAT_CATEGORY3, w->range, now, threshold, &w->categories);
    return err == ERR_OK ? statistics_by(db, rq->a, STAT_CHANNEL, w->range, now, threshold, &w->channels) : err;
}

static struct view_files files_of(struct request *rq, const char *slug)
{
    return (struct view_files){.csv = arena_printf(rq->a, "/stats/%s.csv", slug),
                               .json = arena_printf(rq->a, "/stats/%s.json", slug),
                               .svg = arena_printf(rq->a, "/stats/%s.svg", slug),
                               .embed = arena_printf(rq->a, "/stats/%s/embed", slug)};
}

static struct str headline_of(const struct say *s, const struct window *w, struct str period)
{
    const struct stat_table *c = &w->categories;
    if (c->n_cells < 2 || c->cells[0].suppressed || c->cells[1].suppressed)
        return SAY(s, MSG_stats_home_headline_plain, {"period", period}, {"n", say_grouped(s, w->days.total.filed)});
    return SAY(s, MSG_stats_home_headline, {"period", period},
               {"first", stats_cell_name(s, STAT_CATEGORY3, &c->cells[0]).text},
               {"second", stats_cell_name(s, STAT_CATEGORY3, &c->cells[1]).text});
}

static void draw_all(struct request *rq, const struct say *s, const struct window *w, struct str period, struct view_stats *v)
{
    struct stats_drawn d;
    stats_draw(s, stats_figure_find(STR("days")), &w->days, period, &d);
    v->days = d.line;
    v->empty = d.empty;
    stats_draw(s, stats_figure_find(STR("districts")), &w->districts, period, &d);
    v->districts = d.tiles;
    stats_draw(s, stats_figure_find(STR("categories")), &w->categories, period, &d);
    v->categories = d.bars;
    stats_draw(s, stats_figure_find(STR("channels")), &w->channels, period, &d);
    v->channels = d.bars;
    v->days_files = files_of(rq, "days");
    v->districts_files = files_of(rq, "districts");
    v->categories_files = files_of(rq, "categories");
    v->channels_files = files_of(rq, "channels");
}

static struct view_figure *figures_of(const struct say *s, const struct stat_cell *t, size_t *ret_n)
{
    struct view_figure *v = ARENA_ARRAY(s->a, struct view_figure, 3);
    size_t n = 0;
    v[n++] = (struct view_figure){.big = say_grouped(s, t->filed), .label = msg_text(s->lang, MSG_stats_figure_filed),
                                  .note = msg_text(s->lang, MSG_stats_figure_filed_note), .href = STR("/stats/days")};
    v[n++] = (struct view_figure){.big = say_share(s, statistics_share(t->in_time, t->due)),
                                  .label = msg_text(s->lang, MSG_stats_figure_on_time),
                                  .note = SAY(s, MSG_stats_figure_on_time_note, {"in_time", say_grouped(s, t->in_time)},
                                              {"due", say_grouped(s, t->due)}),
                                  .href = STR("/stats/on-time")};
    if (t->has_median)
        v[n++] = (struct view_figure){.big = say_span(s, t->median_minutes * 60 * US_PER_S),
                                      .note = msg_text(s->lang, MSG_stats_figure_median)};
    *ret_n = n;
    return v;
}

enum err page_stats(struct request *rq, struct response *rs)
{
    struct window w;
    struct view_stats v = {0};
    struct page pg;
    struct say s = say_of(rq);
    enum err err = load(rq, &w);
    if (err != ERR_OK)
        return err;
    struct str last = msg_text(rq->lang, MSG_stats_period_30);
    v.period = SAY(&s, MSG_stats_period_range, {"from", say_day(&s, w.range.from).text}, {"to", say_day(&s, w.range.to).text});
    draw_all(rq, &s, &w, v.period, &v);
    const struct stat_cell *t = &w.days.total;
    v.headline = headline_of(&s, &w, last);
    v.lead = SAY(&s, MSG_stats_home_lead, {"filed", say_grouped(&s, t->filed)}, {"due", say_grouped(&s, t->due)},
                 {"share", say_share(&s, statistics_share(t->in_time, t->due))});
    v.as_of = say_time(&s, w.days.counted_at);
    v.figures = figures_of(&s, t, &v.n_figures);
    page_init(rq, &pg, NAV_STATS, MSG_title_stats);
    pg.demo = w.days.demo;
    response_html(rs);
    tmpl_open_stats(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_stats_method(struct request *rq, struct response *rs)
{
    struct say s = say_of(rq);
    struct stat_table days;
    struct page pg;
    const struct app_settings *set = join_of(rq)->set;
    struct stat_range r = statistics_last_days(rq->now_us, WINDOW);
    enum err err = statistics_days(join_of(rq)->db, rq->a, r, rq->now_us, set->suppress_below, &days);
    if (err != ERR_OK)
        return err;
    struct view_stats_method v = {.as_of = say_time(&s, days.counted_at), .threshold = set->suppress_below};
    page_init(rq, &pg, NAV_STATS, MSG_title_method);
    pg.demo = days.demo;
    response_html(rs);
    tmpl_open_stats_method(&rs->body, &pg, &v);
    return ERR_OK;
}
