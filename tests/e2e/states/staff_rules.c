/* staff_rules.c - samples of the dispatch rules, the wordings, the urgent modes and the calendar. */
#include "pages/view_staff_calendar.h"
#include "pages/view_staff_rules.h"
#include "pages/view_staff_urgent.h"
#include "pages/view_staff_wording.h"
#include "states/staff.h"

static struct view_rule_set rule_set(const struct sample *m, bool draft, bool past)
{
    const struct say *s = &m->say;
    return (struct view_rule_set){.href = S("#set"), .name = SAY(s, MSG_staff_rules_version, {"n", S("12")}), .note = zh_name(m, "路灯改由城管委牵头"), .author = zh_name(m, "李工"),
                                  .state = draft ? MSG_staff_rules_draft : past ? MSG_staff_rules_past : MSG_staff_rules_in_force, .draft = draft, .in_force = !draft && !past,
                                  .past = past, .is_zh = s->lang != LANG_ZH, .created = at(m, 50), .from = draft ? (struct view_time){.iso = STR_NONE} : at(m, 40),
                                  .to = past ? at(m, 2) : (struct view_time){.iso = STR_NONE}};
}

static void draw_rules(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = staff_rows(m);
    struct view_rule_set *sets = ARRAY(m, struct view_rule_set, n + 1);
    for (size_t i = 0; i < n; i++)
        sets[i] = rule_set(m, i == 0, i > 1);
    const struct view_staff_rules v = {.errors = errors(m, "note", MSG_field_too_short), .notice = {.text = m->ok ? MSG_staff_rules_done_dropped : MSG_NONE},
                                       .note = input(m, S("路灯改由城管委牵头"), MSG_field_too_short), .once = S("once"), .sets = sets, .n_sets = n};
    staff_frame(pg, m);
    tmpl_staff_rules(o, pg, &v);
}

/* ok: a draft; error: one that no longer holds; overflow: the one in force. */
static void draw_set(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = m->empty ? 0 : m->much ? 12 : 4;
    struct view_rule_row *r = ARRAY(m, struct view_rule_row, n + 1);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct view_rule_row){.href = m->ok ? S("#rule") : STR_NONE, .number = say_int(&m->say, (int64_t)i + 1), .category = zh_name(m, "照明设施"), .area = zh_name(m, "全市"),
                                      .lead = zh_name(m, "市城市管理委"), .co = i % 2 ? zh_name(m, "属地街道") : STR_NONE, .limit = say_limit(&m->say, 1440), .copy = i % 2 == 0};
    const struct view_staff_rules_set v = {.notice = {.text = m->ok ? MSG_staff_rules_done_put : MSG_NONE}, .set = rule_set(m, m->ok || m->empty, m->wrong), .category = input(m, S("0502"), MSG_NONE),
                                           .unit = input(m, S("城市管理"), MSG_NONE), .n_all = 2371, .n_found = (int64_t)n, .is_filtered = m->empty || m->much,
                                           .is_zh = m->say.lang != LANG_ZH, .rows = r, .n_rows = n, .next_page = m->much ? S("#next") : STR_NONE};
    staff_shown(pg, m);
    tmpl_staff_rules_set(o, pg, &v);
}

static void draw_rule(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct say *s = &m->say;
    const struct view_staff_rule v = {.errors = errors2(m, "category_prefix", MSG_field_not_a_choice, "lead_ref", MSG_field_required), .action = S("#save"), .back = S("#back"),
                                      .once = S("once"), .set_name = SAY(s, MSG_staff_rules_version, {"n", S("12")}), .number = m->empty ? STR_NONE : S("7"),
                                      .says = m->empty || m->wrong ? STR_NONE
                                                                   : SAY(s, MSG_staff_rule_says, {"category", zh_name(m, "照明设施")}, {"area", zh_name(m, "全市")},
                                                                         {"lead", zh_name(m, "市城市管理委")}, {"limit", say_limit(s, 1440)}),
                                      .is_zh = s->lang != LANG_ZH, .working_days = m->much, .copy_district = !m->empty, .category = input(m, S("050203"), MSG_field_not_a_choice),
                                      .area = input(m, S("110105"), MSG_field_not_a_choice), .ref = input(m, S("市城市管理委"), MSG_field_required), .co = input(m, zh_name(m, "市水务局"), MSG_field_not_a_choice),
                                      .note = input(m, zh_name(m, "与路灯中心议定"), MSG_field_too_long), .kind = input(m, STR_NONE, MSG_field_not_a_choice),
                                      .level = input(m, STR_NONE, MSG_field_not_a_choice), .kinds = staff_options(m, 5), .n_kinds = 5, .levels = staff_options(m, 4), .n_levels = 4};
    staff_frame(pg, m);
    tmpl_staff_rule(o, pg, &v);
}

static void moves(const struct sample *m, struct view_staff_rules_try *v)
{
    const size_t n = m->much ? 8 : 2;
    struct view_rule_move *w = ARRAY(m, struct view_rule_move, n);
    struct view_rule_load *l = ARRAY(m, struct view_rule_load, n);
    struct view_link *k = ARRAY(m, struct view_link, 3);
    for (size_t i = 0; i < 3; i++)
        k[i] = (struct view_link){.href = S("#t"), .text = staff_no(m, i)};
    for (size_t i = 0; i < n; i++) {
        w[i] = (struct view_rule_move){zh_name(m, "建外街道"), zh_name(m, "市城市管理委"), {m->much ? 123456 : 214}, k, 3};
        l[i] = (struct view_rule_load){zh_name(m, i ? "市城市管理委" : "建外街道"), i ? S("+214") : S("−214"), {1203}, {1417}};
    }
    v->moves = w;
    v->loads = l;
    v->n_moves = v->n_loads = n;
}

static void draw_try(struct buf *o, struct page *pg, const struct sample *m)
{
    struct view_staff_rules_try v = {.errors = errors(m, "days", MSG_field_not_a_number), .set = rule_set(m, true, false), .days = input(m, S("30"), MSG_field_not_a_number),
                                     .is_shown = !m->wrong, .is_cut = m->much, .is_zh = m->say.lang != LANG_ZH, .has_more = m->much, .n_moved = m->ok || m->much ? 214 : 0,
                                     .all = {20000}, .moved = {m->ok || m->much ? 214 : 0}, .level = {31}, .stay = {19755}};
    if (m->ok || m->much)
        moves(m, &v);
    staff_frame(pg, m);
    tmpl_staff_rules_try(o, pg, &v);
}

static void draw_changes(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = m->empty ? 0 : m->much ? 8 : 3;
    struct view_rule_change *c = ARRAY(m, struct view_rule_change, n + 1);
    const struct str says = zh_name(m, "“照明设施”，地点在全市：由市城市管理委承办，24 小时内答复。");
    for (size_t i = 0; i < n; i++)
        c[i] = (struct view_rule_change){say_int(&m->say, (int64_t)i + 7), i % 3 == 1 ? STR_NONE : says, i % 3 == 2 ? STR_NONE : says};
    const struct view_staff_rules_changes v = {.set = rule_set(m, true, false), .is_zh = m->say.lang != LANG_ZH, .changes = c, .n_changes = n};
    staff_shown(pg, m);
    tmpl_staff_rules_changes(o, pg, &v);
}

/* ok: publishing; empty: dropping; error and overflow: going back to an earlier one. */
static void draw_confirm(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct say *s = &m->say;
    const bool revert = m->wrong || m->much;
    const struct view_staff_rules_confirm v = {.errors = errors(m, "note", MSG_field_too_short), .set = rule_set(m, !revert, revert), .action = S("#do"),
                                               .lead = m->empty ? msg_text(s->lang, MSG_staff_rules_drop_lead)
                                                                : SAY(s, MSG_staff_rules_effect, {"days", S("30")}, {"n", S("20000")}, {"moved", S("214")}, {"level", S("31")}),
                                               .title = m->empty ? MSG_staff_rules_drop : revert ? MSG_staff_rules_revert : MSG_staff_rules_publish,
                                               .button = m->empty ? MSG_staff_rules_drop_do : revert ? MSG_staff_rules_revert_do : MSG_staff_rules_publish_do, .asks_note = revert, .once = S("once"),
                                               .is_zh = s->lang != LANG_ZH, .note = input(m, zh_name(m, "新规则派错了单位"), MSG_field_too_short), .n_changes = m->empty ? 0 : 3};
    staff_frame(pg, m);
    tmpl_staff_rules_confirm(o, pg, &v);
}

/* ---- urgent modes ---------------------------------------------------------------------------------------------------------- */

static struct view_mode mode(const struct sample *m, enum msg state)
{
    return (struct view_mode){.href = S("#mode"), .name = zh_name(m, "暴雪红色预警"), .reason = lots(m, S("气象台发布暴雪红色预警，道路结冰，优先清雪和供暖。"), m->much ? 6 : 1),
                              .categories = zh_name(m, "供暖、道路清扫"), .areas = zh_name(m, "全市"), .level = say_limit(&m->say, 120), .who = zh_name(m, "李工"), .from = at(m, 3),
                              .until = at(m, -40), .changed = at(m, 3), .state = state, .on = state == MSG_staff_mode_on, .over = state == MSG_staff_mode_over, .raises = m->ok,
                              .zh = m->say.lang != LANG_ZH, .version = S("2"), .notice_zh = S("因暴雪，供暖和清雪的诉求两小时内答复。"),
                              .notice_en = S("Because of the snow, demands on heating and roads are answered within two hours.")};
}

static void draw_urgent(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = m->empty ? 0 : m->much ? 5 : 2;
    struct view_mode *now = ARRAY(m, struct view_mode, n + 1), *over = ARRAY(m, struct view_mode, n + 1);
    for (size_t i = 0; i < n; i++) {
        now[i] = mode(m, i ? MSG_staff_mode_planned : MSG_staff_mode_on);
        over[i] = mode(m, MSG_staff_mode_over);
    }
    const struct view_staff_urgent v = {.notice = {.text = m->ok ? MSG_staff_mode_done_saved : MSG_NONE}, .modes = now, .n_modes = n, .ended = over, .n_ended = n};
    staff_shown(pg, m);
    tmpl_staff_urgent(o, pg, &v);
}

static void draw_mode(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = m->much ? 6 : 2;
    struct view_mode *all = ARRAY(m, struct view_mode, n);
    for (size_t i = 0; i < n; i++)
        all[i] = mode(m, m->wrong ? MSG_staff_mode_over : m->empty ? MSG_staff_mode_planned : MSG_staff_mode_on);
    const struct view_staff_urgent_mode v = {.notice = {.text = m->ok ? MSG_staff_mode_done_saved : m->wrong ? MSG_staff_mode_done_ended : MSG_NONE}, .now = all[0], .edit = S("#edit"),
                                             .end = S("#end"), .versions = all, .n_versions = n};
    staff_shown(pg, m);
    tmpl_staff_urgent_mode(o, pg, &v);
}

static void draw_mode_form(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = m->much ? 15 : 3;
    struct view_mode_group *g = ARRAY(m, struct view_mode_group, n);
    for (size_t i = 0; i < n; i++)
        g[i] = (struct view_mode_group){.all = {.value = arena_printf(m->a, "%02zu", i), .text = zh_name(m, "市容环境"), .zh = m->say.lang != LANG_ZH}, .parts = staff_options(m, 8),
                                        .n_parts = 8, .open = i == 0};
    const struct view_staff_urgent_form v = {
        .errors = errors2(m, "name", MSG_field_required, "categories", MSG_field_required), .action = S("#save"), .back = S("#back"), .version = S("2"), .once = S("once"), .edits = m->much, .raise_open = m->ok,
        .level_1 = !m->empty, .name = input(m, zh_name(m, "暴雪红色预警"), MSG_field_required), .reason = input(m, zh_name(m, "道路结冰，优先清雪。"), MSG_field_required),
        .starts_at = input(m, S("2026-11-22T17:00"), MSG_field_not_a_time), .ends_at = input(m, S("2026-11-24T08:00"), MSG_field_not_a_time),
        .notice_zh = input(m, zh_name(m, "供暖和清雪的诉求两小时内答复。"), MSG_field_required), .notice_en = input(m, S("Heating and roads are answered within two hours."), MSG_field_required),
        .categories_error = err(m, MSG_field_required), .areas_error = err(m, MSG_field_not_a_choice), .level_error = err(m, MSG_field_required), .groups = g, .n_groups = n,
        .areas = staff_options(m, 16), .n_areas = 16, .others = staff_options(m, 2), .n_others = m->much ? 2 : 0, .hours_1 = say_limit(&m->say, 120), .hours_2 = say_limit(&m->say, 1440),
        .preview = m->ok || m->much ? SAY(&m->say, MSG_staff_mode_preview, {"n", S("37")}) : STR_NONE};
    staff_frame(pg, m);
    tmpl_staff_urgent_form(o, pg, &v);
}

static void draw_mode_end(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_staff_urgent_end v = {.errors = errors(m, "reason", MSG_field_required), .mode = mode(m, MSG_staff_mode_on), .action = S("#end"),
                                            .reason = input(m, zh_name(m, "预警已解除。"), MSG_field_required)};
    staff_frame(pg, m);
    tmpl_staff_urgent_end(o, pg, &v);
}

/* A year of months that begin on a Thursday; ok and overflow: trusted, with a holiday and a worked Saturday. */
static void draw_calendar(struct buf *o, struct page *pg, const struct sample *m)
{
    enum { MONTHS = 12, WEEKS = 5, WEEKDAYS = 7, LEAD = 3, LENGTH = 30, HOLIDAY = 6, WORKED = 9 };
    struct view_cal_month *months = ARRAY(m, struct view_cal_month, MONTHS);
    for (size_t k = 0; k < MONTHS; k++) {
        struct view_cal_week *w = ARRAY(m, struct view_cal_week, WEEKS);
        for (size_t i = 0; i < WEEKS; i++) {
            w[i] = (struct view_cal_week){ARRAY(m, struct view_cal_day, WEEKDAYS), WEEKDAYS};
            for (size_t d = 0; d < WEEKDAYS; d++) {
                const int64_t n = (int64_t)(i * WEEKDAYS + d) - LEAD + 1;
                if (n > 0 && n <= LENGTH)
                    w[i].days[d] = (struct view_cal_day){.number = n, .off = d > 4 || n == HOLIDAY, .holiday = n == HOLIDAY && !m->empty, .made_up = n == WORKED && !m->empty};
            }
        }
        months[k] = (struct view_cal_month){.name = arena_printf(m->a, "2026-%02zu", k + 1), .weeks = w, .n_weeks = WEEKS};
    }
    const struct view_staff_calendar v = {.year = S("2026"), .prev = S("#prev"), .next = S("#next"), .wrong = m->empty ? MSG_staff_cal_missing : m->wrong ? MSG_staff_cal_odd : MSG_NONE,
                                          .next_wrong = m->much ? MSG_staff_cal_next_missing : MSG_NONE, .months = months, .n_months = MONTHS};
    staff_shown(pg, m);
    tmpl_staff_calendar(o, pg, &v);
}

static struct str wording_body(const struct sample *m)
{
    return lots(m, S("您好，您反映的〔事项〕已于〔日期〕处理，具体做法是：〔做了什么〕。"), 4);
}

static void draw_wordings(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct say *s = &m->say;
    const size_t n = m->empty ? 0 : m->much ? 20 : 3;
    struct view_wording *r = ARRAY(m, struct view_wording, n + 1);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct view_wording){.href = S("#one"), .title = S("已解决"), .body = wording_body(m), .use = msg_text(s->lang, MSG_staff_use_reply),
                                     .word = msg_text(s->lang, MSG_staff_wording_any), .category = i % 2 ? zh_name(m, "照明设施") : STR_NONE, .zh = s->lang != LANG_ZH};
    const struct view_staff_wordings v = {.notice = {.text = m->ok ? MSG_staff_wording_done_saved : MSG_NONE}, .add = S("#add"), .may_choose = !m->wrong,
                                          .scope = m->wrong ? zh_name(m, "建外街道") : msg_text(s->lang, MSG_staff_wording_for_all), .scope_zh = m->wrong && s->lang != LANG_ZH,
                                          .rows = r, .n_rows = n};
    staff_shown(pg, m);
    tmpl_staff_wordings(o, pg, &v);
}

/* empty: a new one; error: refused; ok and overflow: one with its versions. */
static void draw_wording(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct say *s = &m->say;
    const size_t n = m->empty || m->wrong ? 0 : m->much ? 12 : 2;
    struct view_wording_version *x = ARRAY(m, struct view_wording_version, n + 1);
    struct view_wording_words *w = ARRAY(m, struct view_wording_words, 2);
    for (size_t i = 0; i < n; i++)
        x[i] = (struct view_wording_version){.href = S("#version"), .title = S("已解决"), .body = wording_body(m), .author = zh_name(m, "李工"), .from = at(m, 30), .active = i == 0};
    for (size_t i = 0; i < 2; i++)
        w[i] = (struct view_wording_words){.label = msg_text(s->lang, i ? MSG_staff_use_diversion : MSG_staff_use_reply), .options = staff_options(m, 3), .n_options = 3};
    const struct view_staff_wording v = {.errors = errors2(m, "title", MSG_field_required, "body", MSG_field_template_no_gap), .action = S("#save"), .retire = S("#retire"), .back = S("#back"),
                                         .once = S("k"), .is_new = m->empty || m->wrong, .unit = input(m, S("ST110105001"), MSG_NONE), .category = input(m, S("0504"), MSG_NONE),
                                         .title = input(m, S("已解决"), MSG_field_required), .body = input(m, wording_body(m), MSG_field_template_no_gap), .uses = staff_options(m, 3), .n_uses = 3,
                                         .langs = staff_options(m, 2), .n_langs = 2, .word_any = true, .words = w, .n_words = 2, .versions = x, .n_versions = n};
    staff_frame(pg, m);
    tmpl_staff_wording(o, pg, &v);
}

const struct sheet sheets_staff_rules[] = {
    {"staff_wordings", draw_wordings, NAV_NONE, MSG_staff_nav_wording, false},
    {"staff_wording", draw_wording, NAV_NONE, MSG_staff_wording_change, false},
    {"staff_rules", draw_rules, NAV_NONE, MSG_staff_nav_rules, false},
    {"staff_rules_set", draw_set, NAV_NONE, MSG_staff_nav_rules, false},
    {"staff_rule", draw_rule, NAV_NONE, MSG_staff_rule_new, false},
    {"staff_rules_try", draw_try, NAV_NONE, MSG_staff_rules_try, false},
    {"staff_rules_changes", draw_changes, NAV_NONE, MSG_staff_rules_changes, false},
    {"staff_rules_confirm", draw_confirm, NAV_NONE, MSG_staff_rules_publish, false},
    {"staff_urgent", draw_urgent, NAV_NONE, MSG_staff_nav_urgent, false},
    {"staff_urgent_mode", draw_mode, NAV_NONE, MSG_staff_mode_title, false},
    {"staff_urgent_form", draw_mode_form, NAV_NONE, MSG_staff_mode_new, false},
    {"staff_urgent_end", draw_mode_end, NAV_NONE, MSG_staff_mode_end_title, false},
    {"staff_calendar", draw_calendar, NAV_NONE, MSG_staff_nav_calendar, false},
    {NULL, NULL, NAV_NONE, 0, false},
};
