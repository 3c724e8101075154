/* open.c - samples of knowledge base, statistics and published demands. */
#include "app/chart.h"
#include "states/states.h"

static struct view_link *links(const struct sample *m, size_t n)
{
    static const char *const names[] = {"北京市物业管理条例", "北京市养犬管理规定", "北京市环境噪声污染防治办法", "保障农民工工资支付条例"};
    struct view_link *l = ARRAY(m, struct view_link, n + 1);
    for (size_t i = 0; i < n; i++)
        l[i] = (struct view_link){.href = S("/kb/12"), .text = zh_name(m, names[i % 4]), .zh = m->say.lang != LANG_ZH};
    return l;
}

static void draw_kb_home(struct buf *o, struct page *pg, const struct sample *m)
{
    static const char *const names[] = {"住房与物业", "市场与消费", "劳动和社会保障", "交通", "生态环境", "公共安全", "教育", "医疗卫生"};
    const size_t n = m->empty ? 0 : 8;
    struct view_kb_group *g = ARRAY(m, struct view_kb_group, 8);
    for (size_t i = 0; i < 8; i++)
        g[i] = (struct view_kb_group){.href = S("/kb/search?category=01"), .text = zh_name(m, names[i]), .count = 17 - (int64_t)i, .zh = m->say.lang != LANG_ZH};
    const struct view_kb_home v = {.groups = g, .n_groups = n, .popular = links(m, 6), .n_popular = m->empty ? 0 : 6, .recent = links(m, 4),
                                   .n_recent = m->empty ? 0 : 4, .articles = m->empty ? 0 : 132};
    pg->title_error = false;
    tmpl_open_kb_home(o, pg, &v);
}

static void draw_kb_search(struct buf *o, struct page *pg, const struct sample *m)
{
    static const struct kb_bit title[] = {{S("北京市环境"), false}, {S("噪声"), true}, {S("污染防治办法"), false}};
    static const struct kb_bit bits[] = {{S("在"), false}, {S("噪声"), true}, {S("敏感建筑物集中区域内，禁止"), false}, {S("夜间"), true}, {S("进行产生环境噪声污染的建筑施工作业。"), false}};
    const size_t n = m->empty || m->wrong ? 0 : m->much ? 10 : 2;
    struct view_kb_part *p = ARRAY(m, struct view_kb_part, 2);
    for (size_t i = 0; i < 2; i++)
        p[i] = (struct view_kb_part){.href = S("/kb/12#a18"), .label = i ? S("第十九条") : S("第十八条"), .bits = bits, .n_bits = 5};
    struct view_kb_result *r = ARRAY(m, struct view_kb_result, n + 1);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct view_kb_result){.href = S("/kb/12"), .title = title, .n_title = 3, .meta = S("政府规章 · 2006 年 11 月 27 日"), .parts = p, .n_parts = 2};
    const struct view_kb_search v = {.q = {.value = m->much ? lots(m, S("夜间噪声"), 20) : S("夜间噪声"), .error = err(m, MSG_field_too_long)}, .asked = !m->wrong,
                                     .summary = SAY(&m->say, MSG_kb_found, {"n", S("2")}), .results = r, .n_results = n, .other = links(m, 4),
                                     .n_other = m->empty ? 4 : 0, .zh = m->say.lang != LANG_ZH, .pager = {.next = m->much ? S("/kb/search?q=x&cursor=y") : STR_NONE}};
    tmpl_open_kb_search(o, pg, &v);
}

static void draw_kb_article(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct str body = S("<h2 id=\"c1\">第一章　总则</h2><p id=\"a1\"><strong>第一条</strong> 为了巩固深化本市党建引领基层治理改革，提升为民服务水平，规范接诉即办工作，制定本条例。</p>"
                              "<p id=\"a2\"><strong>第二条</strong> 本市建立接诉即办制度，及时回应人民群众急难愁盼问题。</p>");
    const size_t n = m->empty ? 0 : m->much ? 24 : 3;
    struct view_kb_chapter *c = ARRAY(m, struct view_kb_chapter, n + 1);
    for (size_t i = 0; i < n; i++)
        c[i] = (struct view_kb_chapter){.href = S("#c1"), .text = zh_name(m, "第二章　诉求办理")};
    const struct view_kb_article v = {.id = S("12"), .title = zh_name(m, "北京市接诉即办工作条例"), .kind = S("地方性法规"),
                                      .history = S("2021 年 9 月 24 日北京市第十五届人民代表大会常务委员会第三十三次会议通过"), .owner = m->much ? zh_name(m, "市政务服务局") : STR_NONE,
                                      .version_day = day(m, 1800), .review_day = m->much ? day(m, -30) : (struct view_time){STR_NONE, STR_NONE}, .expired = m->wrong,
                                      .newer_href = m->wrong ? S("/kb/13") : STR_NONE, .category = {zh_name(m, "政务服务"), m->say.lang != LANG_ZH}, .category_href = S("/kb/search?category=09"),
                                      .chapters = c, .n_chapters = n, .body = {lots(m, body, m->much ? 1 : 1)}, .related = links(m, 4), .n_related = m->empty ? 0 : 4,
                                      .source = S("国家法律法规数据库"), .zh = m->say.lang != LANG_ZH};
    pg->title_error = false;
    tmpl_open_kb_article(o, pg, &v);
}

static struct view_line line(const struct sample *m)
{
    const struct chart_frame fr = {8, 24, 632, 200};
    int64_t values[30], top = 4000;
    for (size_t i = 0; i < 30; i++)
        values[i] = m->empty ? 0 : 2200 + (int64_t)(i % 7 < 5 ? 700 : 0) + (int64_t)i * 25;
    struct chart_tick ticks[8];
    const size_t n = chart_ticks(3880, fr, ticks);
    struct view_tick *ys = ARRAY(m, struct view_tick, 8), *xs = ARRAY(m, struct view_tick, 3);
    for (size_t i = 0; i < n; i++) {
        ys[i] = (struct view_tick){.at = ticks[i].at, .text = say_grouped(&m->say, ticks[i].value)};
        top = ticks[i].value;
    }
    for (size_t i = 0; i < 3; i++)
        xs[i] = (struct view_tick){.at = chart_x(fr, i * 14 + (i == 2), 30), .text = say_day(&m->say, i == 0 ? 20261023 : i == 1 ? 20261106 : 20261121).text};
    struct view_mark *marks = ARRAY(m, struct view_mark, 1);
    marks[0] = (struct view_mark){.x = chart_x(fr, 25, 30), .y = chart_y(fr, values[25], top), .text = S("3,525"), .end = true};
    return (struct view_line){.title = msg_text(m->say.lang, MSG_stats_days), .desc = SAY(&m->say, MSG_stats_days_desc, {"day", say_day(&m->say, 20261117).text}, {"n", S("3,525")}),
                              .points = chart_points(m->a, fr, values, 30, top), .area = chart_area(m->a, fr, values, 30, top), .ys = ys, .n_ys = n, .xs = xs, .n_xs = 3,
                              .marks = marks, .n_marks = m->empty ? 0 : 1};
}

static struct view_bars bars(const struct sample *m)
{
    static const char *const names[] = {"停车管理", "施工噪声", "物业服务", "供暖", "预付式消费", "违法建设", "公交线路"};
    const size_t n = m->much ? 12 : 7;
    struct view_bar *b = ARRAY(m, struct view_bar, n);
    for (size_t i = 0; i < n; i++) {
        const int64_t v = 412 - 29 * (int64_t)i;
        b[i] = (struct view_bar){.label = str_from_c(names[i % 7]), .value = say_grouped(&m->say, v), .text_y = 52 * (int64_t)i + 18, .bar_y = 52 * (int64_t)i + 26,
                                 .width = chart_bar(v, 412, 400), .first = i == 0, .zh = m->say.lang != LANG_ZH};
    }
    return (struct view_bars){.title = msg_text(m->say.lang, MSG_stats_categories), .desc = SAY(&m->say, MSG_stats_categories_desc, {"n", say_int(&m->say, (int64_t)n)}, {"first", S("停车管理")}),
                              .bars = b, .n_bars = n, .height = 52 * (int64_t)n};
}

static struct view_tiles tiles(const struct sample *m)
{
    static const struct { const char *name; int x, y, v; } d[] = {
        {"延庆", 0, 0, 21}, {"怀柔", 1, 0, 34}, {"密云", 2, 0, 38}, {"昌平", 1, 1, 132}, {"顺义", 2, 1, 118}, {"平谷", 3, 1, 31}, {"门头沟", 0, 2, 39}, {"海淀", 1, 2, 221},
        {"朝阳", 2, 2, 320}, {"通州", 3, 2, 152}, {"石景山", 0, 3, 58}, {"西城", 1, 3, 77}, {"东城", 2, 3, 61}, {"大兴", 3, 3, 141}, {"房山", 0, 4, 108}, {"丰台", 1, 4, 170}};
    struct view_tile *t = ARRAY(m, struct view_tile, 16);
    for (size_t i = 0; i < 16; i++) {
        const int step = m->empty ? -1 : chart_step(d[i].v, 320);
        t[i] = (struct view_tile){.label = str_from_c(d[i].name), .value = m->empty ? STR_NONE : say_int(&m->say, d[i].v), .x = 104 * d[i].x, .y = 80 * d[i].y,
                                  .mid_x = 104 * d[i].x + 49, .label_y = 80 * d[i].y + 32, .value_y = 80 * d[i].y + 56, .l0 = step == 0, .l1 = step == 1, .l2 = step == 2,
                                  .l3 = step == 3, .l4 = step == 4};
    }
    return (struct view_tiles){.title = msg_text(m->say.lang, MSG_stats_districts), .desc = SAY(&m->say, MSG_stats_districts_desc, {"first", S("朝阳")}, {"high", S("320")}, {"last", S("延庆")}, {"low", S("21")}),
                               .tiles = t, .n_tiles = 16, .height = 394};
}

static struct view_figure *figures(const struct sample *m)
{
    const struct say *s = &m->say;
    struct view_figure *f = ARRAY(m, struct view_figure, 3);
    f[0] = (struct view_figure){m->much ? S("123,092,412") : S("92,412"), msg_text(s->lang, MSG_stats_figure_filed), msg_text(s->lang, MSG_stats_figure_filed_note), S("/stats/days")};
    f[1] = (struct view_figure){S("96.4%"), msg_text(s->lang, MSG_stats_figure_on_time), SAY(s, MSG_stats_figure_on_time_note, {"in_time", S("84,310")}, {"due", S("87,458")}), S("/stats/on-time")};
    f[2] = (struct view_figure){S("18"), msg_text(s->lang, MSG_unit_hours), msg_text(s->lang, MSG_stats_figure_median), STR_NONE};
    return f;
}

static const struct view_files files = {S("/stats/days.csv"), S("/stats/days.json"), S("/stats/days.svg"), S("/stats/days/embed")};

static struct str headline(const struct sample *m)
{
    return SAY(&m->say, MSG_stats_home_headline, {"period", msg_text(m->say.lang, MSG_stats_period_30)}, {"first", zh_name(m, "停车管理")}, {"second", zh_name(m, "施工噪声")});
}

static struct str period(const struct sample *m)
{
    return SAY(&m->say, MSG_stats_period_range, {"from", say_day(&m->say, 20261023).text}, {"to", say_day(&m->say, 20261121).text});
}

static void draw_stats(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_stats v = {.empty = m->empty, .headline = headline(m), .lead = SAY(&m->say, MSG_stats_home_lead, {"filed", S("92,412")}, {"due", S("87,458")}, {"share", S("96.4%")}),
                                 .period = period(m), .as_of = at(m, 1), .figures = figures(m), .n_figures = 3, .days = line(m), .days_files = files, .districts = tiles(m),
                                 .districts_files = files, .categories = bars(m), .categories_files = files, .channels = bars(m), .channels_files = files};
    pg->title_error = false;
    tmpl_open_stats(o, pg, &v);
}

static struct view_table table(const struct sample *m)
{
    const size_t n = m->much ? 90 : 16;
    struct view_cell *heads = ARRAY(m, struct view_cell, 4);
    const enum msg cols[] = {MSG_stats_col_filed, MSG_stats_col_due, MSG_stats_col_in_time, MSG_stats_col_share};
    for (size_t i = 0; i < 4; i++)
        heads[i] = (struct view_cell){.text = msg_text(m->say.lang, cols[i]), .number = true};
    struct view_row *rows = ARRAY(m, struct view_row, n);
    for (size_t i = 0; i < n; i++) {
        struct view_cell *c = ARRAY(m, struct view_cell, 4);
        c[0] = (struct view_cell){say_grouped(&m->say, 3016 - (int64_t)i * 31), true, false};
        c[1] = (struct view_cell){m->wrong ? SAY(&m->say, MSG_stats_suppressed, {"n", S("10")}) : S("2,906"), true, false};
        c[2] = (struct view_cell){S("2,811"), true, false};
        c[3] = (struct view_cell){S("96.7%"), true, false};
        rows[i] = (struct view_row){.head = zh_name(m, "朝阳区"), .href = i ? STR_NONE : S("/stats/districts?area=110105"), .zh = m->say.lang != LANG_ZH, .cells = c, .n_cells = 4};
    }
    return (struct view_table){.caption = msg_text(m->say.lang, MSG_stats_districts), .head = msg_text(m->say.lang, MSG_stats_col_district), .heads = heads, .n_heads = 4,
                               .rows = rows, .n_rows = n, .foot = SAY(&m->say, MSG_stats_small_note, {"n", S("10")})};
}

static struct view_stats_page stats_page(const struct sample *m)
{
    struct view_option *p = ARRAY(m, struct view_option, 3);
    const enum msg names[] = {MSG_stats_period_7, MSG_stats_period_30, MSG_stats_period_90};
    for (size_t i = 0; i < 3; i++)
        p[i] = (struct view_option){.value = S("/stats/days?days=30"), .text = msg_text(m->say.lang, names[i]), .chosen = i == 1};
    return (struct view_stats_page){.empty = m->empty, .headline = headline(m), .period = period(m), .as_of = at(m, 1), .permalink = S("https://suda.example/stats/days?from=2026-10-23&to=2026-11-21"),
                                    .periods = p, .n_periods = 3, .figures = figures(m), .n_figures = m->much ? 3 : 0, .table = table(m), .files = files,
                                    .method = msg_text(m->say.lang, MSG_stats_method_days)};
}
static void draw_days(struct buf *o, struct page *pg, const struct sample *m)
{
    struct view_stats_page v = stats_page(m);
    v.has_line = true;
    v.line = line(m);
    pg->title_error = false;
    tmpl_open_stats_page(o, pg, &v);
}
static void draw_districts(struct buf *o, struct page *pg, const struct sample *m)
{
    struct view_stats_page v = stats_page(m);
    v.has_tiles = true;
    v.tiles = tiles(m);
    pg->title_error = false;
    tmpl_open_stats_page(o, pg, &v);
}
static void draw_categories(struct buf *o, struct page *pg, const struct sample *m)
{
    struct view_stats_page v = stats_page(m);
    v.has_bars = true;
    v.bars = bars(m);
    pg->title_error = false;
    tmpl_open_stats_page(o, pg, &v);
}
static void draw_embed(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_stats_embed v = {.headline = headline(m), .permalink = S("https://suda.example/stats/days"), .period = period(m), .has_line = true, .line = line(m)};
    tmpl_open_stats_embed(o, pg, &v);
}
static void draw_method(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_stats_method v = {.as_of = at(m, 1), .threshold = 10};
    tmpl_open_stats_method(o, pg, &v);
}

static void draw_public(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct say *s = &m->say;
    const size_t n = m->empty ? 0 : m->much ? 20 : 3;
    struct view_public_row *r = ARRAY(m, struct view_public_row, n + 1);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct view_public_row){.href = S("/public/p7k3q9m2"), .title = zh_name(m, "北花园东路路灯不亮"), .zh = s->lang != LANG_ZH, .kind = msg_text(s->lang, MSG_kind_help),
                                        .category = zh_name(m, "照明设施"), .place = zh_name(m, "朝阳区北花园街道"), .status = msg_text(s->lang, i ? MSG_status_closed : MSG_status_handling),
                                        .filed_day = day(m, (int)i), .joined = (int64_t)i * 7, .done = i > 0};
    struct view_option *a = ARRAY(m, struct view_option, 2);
    a[0] = (struct view_option){.value = S("110105"), .text = S("朝阳区"), .chosen = m->wrong, .zh = s->lang != LANG_ZH};
    a[1] = (struct view_option){.value = S("110108"), .text = S("海淀区"), .zh = s->lang != LANG_ZH};
    const struct view_public_list v = {.areas = a, .n_areas = 2, .categories = a, .n_categories = 2, .rows = r, .n_rows = n, .filtered = m->empty,
                                       .pager = {.next = n ? S("/public?cursor=x") : STR_NONE, .prev = m->much ? S("/public") : STR_NONE}};
    pg->title_error = false;
    tmpl_open_public_list(o, pg, &v);
}

static void draw_public_ticket(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct say *s = &m->say;
    struct view_fact *f = ARRAY(m, struct view_fact, 2);
    f[0] = (struct view_fact){.label = MSG_fact_category, .text = zh_name(m, "照明设施"), .zh = s->lang != LANG_ZH};
    f[1] = (struct view_fact){.label = MSG_fact_place, .text = zh_name(m, "朝阳区北花园街道"), .zh = s->lang != LANG_ZH};
    const struct view_public_ticket v = {.id = S("p7k3q9m2"), .title = zh_name(m, "北花园东路路灯不亮"), .text = lots(m, S("从上周三开始，路灯一直不亮，晚上看不清路。"), m->much ? 20 : 1),
                                         .zh = s->lang != LANG_ZH, .facts = {f, 2}, .reply = m->empty ? STR_NONE : lots(m, S("已更换灯具，今晚恢复照明。"), m->much ? 20 : 1),
                                         .reply_by = zh_name(m, "市城市管理委"), .reply_day = day(m, 1), .progress = say_progress(s, m->empty ? STATE_DISPATCHED : STATE_REPLIED, false),
                                         .joined = m->empty ? 0 : 14, .can_join = !m->wrong};
    pg->title_error = false;
    tmpl_open_public_ticket(o, pg, &v);
}

const struct sheet sheets_open[] = {
    {"open_kb_home", draw_kb_home, NAV_KB, MSG_title_kb, false},
    {"open_kb_search", draw_kb_search, NAV_KB, MSG_title_kb_search, false},
    {"open_kb_article", draw_kb_article, NAV_KB, MSG_title_kb, false},
    {"open_stats", draw_stats, NAV_STATS, MSG_title_stats, false},
    {"open_stats_days", draw_days, NAV_STATS, MSG_title_stats, false},
    {"open_stats_districts", draw_districts, NAV_STATS, MSG_title_stats, false},
    {"open_stats_categories", draw_categories, NAV_STATS, MSG_title_stats, false},
    {"open_stats_embed", draw_embed, NAV_STATS, MSG_title_stats, true},
    {"open_stats_method", draw_method, NAV_STATS, MSG_title_method, true},
    {"open_public_list", draw_public, NAV_CASES, MSG_title_public, false},
    {"open_public_ticket", draw_public_ticket, NAV_CASES, MSG_title_public, false},
    {NULL, NULL, NAV_NONE, 0, false},
};
