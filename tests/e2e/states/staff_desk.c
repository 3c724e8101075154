/* staff_desk.c - samples of the call desk, triage, and the lists of returns, whistles and extensions. */
#include "pages/view_staff_desk.h"
#include "states/staff.h"

static struct view_desk_demand *demands(const struct sample *m, size_t n)
{
    const enum lang lang = m->say.lang;
    struct view_desk_demand *d = ARRAY(m, struct view_desk_demand, n + 1);
    for (size_t i = 0; i < n; i++)
        d[i] = (struct view_desk_demand){.href = S("#demand"), .no = staff_no(m, i), .title = zh_name(m, "北门路灯连续三天不亮"), .category = zh_name(m, "照明设施"),
                                         .place = zh_name(m, "建外街道"), .status = msg_text(lang, i % 2 ? MSG_status_closed : MSG_status_handling),
                                         .left = i % 2 ? STR_NONE : staff_left(m, 9), .hint = i ? STR_NONE : msg_text(lang, MSG_staff_desk_same_both),
                                         .filed_at = at(m, (int)i * 40 + 4), .open = i % 2 == 0, .late = m->wrong && i == 0, .zh = lang != LANG_ZH};
    return d;
}

static struct view_desk_wording *wordings(const struct sample *m, size_t n, bool classed)
{
    struct view_desk_wording *w = ARRAY(m, struct view_desk_wording, n + 1);
    for (size_t i = 0; i < n; i++)
        w[i] = (struct view_desk_wording){.id = arena_printf(m->a, "%zu", i + 1), .title = zh_name(m, "路灯报修怎么办"),
                                          .class = classed ? zh_name(m, "已有渠道") : STR_NONE};
    return w;
}

static void call_choices(const struct sample *m, struct view_staff_desk *v)
{
    const size_t n = m->much ? 16 : 4;
    v->kinds = v->applicants = v->classes = staff_options(m, 6);
    v->n_kinds = v->n_applicants = v->n_classes = 6;
    v->categories = v->areas = staff_options(m, n);
    v->n_categories = v->n_areas = m->empty ? 0 : n;
    v->districts = v->streets = v->communities = staff_options(m, n);
    v->n_districts = n;
    v->n_streets = v->n_communities = m->empty ? 0 : n;
    v->answers = wordings(m, n, false);
    v->diversions = wordings(m, n, true);
    v->n_answers = v->n_diversions = m->empty ? 0 : n;
}

static void call_side(const struct sample *m, struct view_staff_desk *v)
{
    const size_t n = m->much ? 5 : 2;
    struct view_doc *d = ARRAY(m, struct view_doc, n);
    for (size_t i = 0; i < n; i++)
        d[i] = (struct view_doc){.href = S("#doc"), .title = zh_name(m, "路灯由谁维修"), .excerpt = zh_name(m, "市政道路的路灯由路灯管理单位维修，小区内的由物业维修。"),
                                 .zh = m->say.lang != LANG_ZH};
    v->asked = v->looked = true;
    v->caller = m->much ? zh_name(m, "138****5678 · 王**") : S("138****5678 · 王**");
    v->n_demands = m->wrong ? 0 : m->much ? 10 : 2;
    v->demands = demands(m, v->n_demands);
    v->n_open = 1;
    v->more = m->much;
    v->docs = d;
    v->n_docs = m->wrong ? 0 : n;
    v->similar = similar(m, &v->n_similar);
}

static void draw_desk(struct buf *o, struct page *pg, const struct sample *m)
{
    const enum msg long_one = MSG_field_too_long;
    struct view_staff_desk v = {.errors = errors2(m, "phone", MSG_field_not_a_phone, "kind", MSG_field_required), .once = S("c0ffee"), .focus = m->wrong ? STR_NONE : S("text"),
                                .phone = input(m, S("13812345678"), MSG_field_not_a_phone), .text = input(m, say2(m, "北门的路灯三天不亮。", "The lamps at the north gate are out."), MSG_field_too_short),
                                .category = input(m, S("路灯"), long_one), .place = input(m, S("建外"), long_one), .address = input(m, S("3 号楼北门"), long_one),
                                .name = input(m, say2(m, "王女士", "Ms Wang"), long_one), .org = input(m, S("某某公司"), long_one),
                                .reported_unit = input(m, S("某某街道"), MSG_field_not_a_choice), .answer = input(m, zh_name(m, "今晚有人来修。"), MSG_field_required),
                                .wording = input(m, zh_name(m, "请拨打〔电话〕。"), MSG_field_required), .same = input(m, S("SD-261122-1234567-8"), MSG_field_not_a_choice),
                                .unit_code = input(m, S("建外街道"), MSG_field_not_a_choice), .kind_error = err(m, MSG_field_required), .class_error = err(m, MSG_field_required),
                                .category_error = err(m, MSG_field_not_a_choice), .area_error = err(m, MSG_field_not_a_choice), .phone_shown = m->ok, .unsure = m->wrong,
                                .confidential = m->much, .no_reply = m->much, .answering = m->much || m->wrong, .diverting = m->much || m->wrong,
                                .goes_to = m->empty ? STR_NONE : zh_name(m, "建外街道"), .goes_by = at(m, -24)};
    call_choices(m, &v);
    v.link = input(m, S("SD-261122-1234567-8"), MSG_field_not_a_choice);
    v.n_near = m->much ? 5 : m->ok ? 2 : 0;
    v.near = demands(m, v.n_near);
    v.file_error = err(m, MSG_field_file_type);
    v.photos_max = 9, v.photo_mb = 10, v.recording_mb = 50;
    v.n_files = m->much ? 10 : m->empty ? 0 : 1;
    v.files = held(m, v.n_files);
    v.full = m->much;
    if (!m->empty)
        call_side(m, &v);
    staff_frame(pg, m);
    tmpl_staff_desk(o, pg, &v);
}

/* ok: sent to a unit; empty: waits for a dispatcher; error: diverted; much: answered. */
static void draw_filed(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_desk_filed v = {.no = S("SD-261122-1234567-8"), .code = S("7K3Q 9M2X"), .href = S("#t"), .holder = zh_name(m, "建外街道"), .holder_zh = m->say.lang != LANG_ZH,
                                      .sent = m->ok, .waits = m->empty, .answered = m->much, .diverted = m->wrong, .sms = m->ok, .due = at(m, -24)};
    staff_shown(pg, m);
    tmpl_staff_desk_filed(o, pg, &v);
}

static void draw_triage(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = staff_rows(m);
    struct view_triage_row *r = ARRAY(m, struct view_triage_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct view_option *g = staff_options(m, 3);
        for (size_t k = 0; k < 3; k++)
            g[k].hint = zh_name(m, "建外街道");
        r[i] = (struct view_triage_row){.href = S("#t"), .no = staff_no(m, i), .title = zh_name(m, "楼下的机器一直响"), .text = lots(m, S("楼下的机器从早响到晚，不知道该找谁。"), m->much ? 8 : 1),
                                        .place = zh_name(m, "建外街道"), .left = staff_left(m, 3), .kind = msg_text(m->say.lang, MSG_kind_complaint), .late = m->wrong,
                                        .zh = m->say.lang != LANG_ZH, .fast = i == 0, .version = 3, .filed_at = at(m, 2), .due = at(m, m->wrong ? 3 : -3), .guesses = g,
                                        .n_guesses = i == 1 ? 0 : 3};
    }
    const struct view_staff_triage v = {.notice = {.text = m->wrong ? MSG_staff_triage_gone : MSG_NONE, .bad = true}, .done = m->ok ? S("SD-261122-1234567-8") : STR_NONE,
                                        .done_href = S("#done"), .rows = r, .n_rows = n, .pager = staff_pager_bounded(m)};
    staff_shown(pg, m);
    tmpl_staff_triage(o, pg, &v);
}

static void draw_returns(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = m->wrong ? 0 : staff_rows(m); /* nothing found yet, and the search goes on */
    struct view_return_row *r = ARRAY(m, struct view_return_row, n + 1);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct view_return_row){.href = S("#t"), .decide = S("#decide"), .no = staff_no(m, i), .title = zh_name(m, "北门路灯连续三天不亮"), .unit = zh_name(m, "建外街道"),
                                        .suggested = i % 2 ? STR_NONE : zh_name(m, "市城市管理委"), .ground = zh_name(m, "不属于本单位职责"), .left = staff_left(m, 3), .late = m->much,
                                        .zh = m->say.lang != LANG_ZH, .n = (int64_t)i % 3 + 1, .asked_at = at(m, 5)};
    const struct view_staff_returns v = {.rows = r, .n_rows = n, .pager = staff_pager_bounded(m)};
    staff_shown(pg, m);
    tmpl_staff_returns(o, pg, &v);
}

static struct view_whistle_list whistles(const struct sample *m, enum msg title, enum msg none)
{
    const size_t n = staff_rows(m);
    struct view_whistle_row *r = ARRAY(m, struct view_whistle_row, n + 1);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct view_whistle_row){.href = S("#t"), .no = staff_no(m, i), .title = zh_name(m, "地下管线漏水，路面塌了一块"), .caller = zh_name(m, "建外街道"),
                                         .called = zh_name(m, "市水务局"), .state = msg_text(m->say.lang, MSG_staff_assignment_sent), .come_left = staff_left(m, 1),
                                         .deliver_left = staff_left(m, 20), .come_late = m->wrong && i != 1, .deliver_late = m->wrong, .zh = m->say.lang != LANG_ZH,
                                         .called_at = at(m, 3), .come_by = at(m, -1), .come_at = i == 1 ? at(m, 1) : (struct view_time){.iso = STR_NONE}, .deliver_by = at(m, -20),
                                         .deliver_at = i == 2 ? at(m, 1) : (struct view_time){.iso = STR_NONE}, .step = m->wrong ? 2 : 0};
    return (struct view_whistle_list){.title = title, .none = none, .rows = r, .n_rows = n, .more = m->much ? S("#more") : STR_NONE};
}

static void draw_whistles(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_staff_whistles v = {.all = m->much, .called = whistles(m, MSG_staff_whistles_called, MSG_staff_whistles_called_none),
                                          .calling = whistles(m, MSG_staff_whistles_calling, MSG_staff_whistles_calling_none)};
    staff_shown(pg, m);
    tmpl_staff_whistles(o, pg, &v);
}

static void draw_extensions(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = staff_rows(m);
    struct view_extension_row *r = ARRAY(m, struct view_extension_row, n + 1);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct view_extension_row){.href = S("#t"), .decide = S("#decide"), .no = staff_no(m, i), .title = zh_name(m, "北门路灯连续三天不亮"), .unit = zh_name(m, "建外街道"),
                                           .reason = zh_name(m, "配件要从厂里调，周五到货。"), .zh = m->say.lang != LANG_ZH, .late = m->wrong, .asked_at = at(m, 5),
                                           .due = at(m, m->wrong ? 1 : -9), .until = at(m, -72)};
    const struct view_staff_extensions v = {.rows = r, .n_rows = n, .pager = staff_pager(m)};
    staff_shown(pg, m);
    tmpl_staff_extensions(o, pg, &v);
}

const struct sheet sheets_staff_desk[] = {
    {"staff_desk", draw_desk, NAV_NONE, MSG_staff_nav_desk, false},
    {"staff_desk_filed", draw_filed, NAV_NONE, MSG_staff_desk_filed_title, false},
    {"staff_triage", draw_triage, NAV_NONE, MSG_staff_nav_triage, false},
    {"staff_returns", draw_returns, NAV_NONE, MSG_staff_nav_returns, false},
    {"staff_whistles", draw_whistles, NAV_NONE, MSG_staff_nav_whistles, false},
    {"staff_extensions", draw_extensions, NAV_NONE, MSG_staff_nav_extensions, false},
    {NULL, NULL, NAV_NONE, 0, false},
};
