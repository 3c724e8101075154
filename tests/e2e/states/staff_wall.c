/* staff_wall.c - samples of the supervisors' wall and its lists, supervisions, call-backs, and the audit. */
#include "pages/view_staff_audit.h"
#include "pages/view_staff_visits.h"
#include "pages/view_staff_wall.h"
#include "states/staff.h"

static struct view_wall_unit *wall_units(const struct sample *m, size_t n, size_t kinds)
{
    struct view_wall_unit *u = ARRAY(m, struct view_wall_unit, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct view_wall_cell *c = ARRAY(m, struct view_wall_cell, kinds);
        for (size_t k = 0; k < kinds; k++)
            c[k] = (struct view_wall_cell){.href = S("#list"), .n = {m->much ? 120301 : (int64_t)(i * k % 7)}, .any = i * k % 7 > 0 || m->much, .bad = k == 0};
        u[i] = (struct view_wall_unit){.name = zh_name(m, i % 2 ? "市城市管理委" : "建外街道"), .zh = m->say.lang != LANG_ZH, .cells = c, .n_cells = kinds};
    }
    return u;
}

static void draw_wall(struct buf *o, struct page *pg, const struct sample *m)
{
    static const enum msg kinds[] = {MSG_wall_kind_late, MSG_wall_kind_uncontacted, MSG_wall_kind_unsigned, MSG_wall_kind_due_soon, MSG_wall_kind_stuck,
                                     MSG_wall_kind_bounced, MSG_wall_kind_reopened, MSG_wall_kind_supervised, MSG_wall_kind_paused};
    enum { KINDS = sizeof kinds / sizeof *kinds };
    const enum lang lang = m->say.lang;
    const size_t n = m->empty ? 0 : m->much ? 12 : 5;
    struct view_wall_tile *t = ARRAY(m, struct view_wall_tile, KINDS);
    struct view_wall_head *h = ARRAY(m, struct view_wall_head, KINDS);
    struct view_wall_bar *b = ARRAY(m, struct view_wall_bar, n + 1);
    for (size_t i = 0; i < KINDS; i++) {
        t[i] = (struct view_wall_tile){.href = S("#kind"), .label = msg_text(lang, kinds[i]), .list = S("#list"), .n = {m->empty ? 0 : m->much ? 1203016 : (int64_t)i * 17},
                                       .bad = i < 3 && !m->empty, .current = i == 0};
        h[i].label = t[i].label;
    }
    for (size_t i = 0; i < n; i++)
        b[i] = (struct view_wall_bar){.href = S("#list"), .name = zh_name(m, "朝阳区"), .zh = lang != LANG_ZH, .n = {(int64_t)(n - i) * 11}, .share = (int64_t)((n - i) * 100 / n)};
    const struct view_staff_wall v = {.scope = msg_text(lang, MSG_staff_scope_city), .kind = msg_text(lang, MSG_wall_kind_late), .all_list = S("#all"), .tiles = t, .n_tiles = KINDS, .areas = b,
                                      .behind = m->wrong ? SAY(&m->say, MSG_staff_wall_behind, {"span", say_span(&m->say, US_PER_HOUR)}) : msg_text(lang, MSG_staff_wall_now), .n_areas = n,
                                      .heads = h, .n_heads = KINDS, .units = wall_units(m, n, KINDS), .n_units = n};
    staff_shown(pg, m);
    tmpl_staff_wall(o, pg, &v);
}

static void draw_wall_list(struct buf *o, struct page *pg, const struct sample *m)
{
    const enum lang lang = m->say.lang;
    const size_t n = staff_rows(m);
    struct view_wall_row *r = ARRAY(m, struct view_wall_row, n + 1);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct view_wall_row){.href = i == 1 ? STR_NONE : S("#t"), .no = staff_no(m, i), .title = zh_name(m, "北门路灯连续三天不亮"), .category = zh_name(m, "照明设施"),
                                      .place = zh_name(m, "建外街道"), .unit = zh_name(m, "市城市管理委"), .role = msg_text(lang, MSG_staff_role_of_lead), .left = staff_left(m, 9),
                                      .since = at(m, 30), .due = at(m, m->wrong ? 9 : -9), .zh = lang != LANG_ZH, .late = m->wrong, .round = i == 2 ? 2 : 0};
    const struct view_staff_wall_list v = {.kind = msg_text(lang, MSG_wall_kind_late), .about = msg_text(lang, MSG_wall_about_late), .scope = zh_name(m, "朝阳区"), .scope_zh = lang != LANG_ZH,
                                           .may_export = !m->wrong, .export_rows = {100000}, .titles = true, .back = S("#wall"), .kind_word = S("late"), .rows = r, .n_rows = n, .pager = staff_pager_bounded(m)};
    staff_shown(pg, m);
    tmpl_staff_wall_list(o, pg, &v);
}

static void draw_supervise(struct buf *o, struct page *pg, const struct sample *m)
{
    static const enum msg tabs[] = {MSG_staff_supervise_open, MSG_staff_supervise_overdue, MSG_staff_supervise_answered};
    const enum lang lang = m->say.lang;
    const size_t n = staff_rows(m);
    struct view_supervision *r = ARRAY(m, struct view_supervision, n + 1);
    struct view_supervise_tab *t = ARRAY(m, struct view_supervise_tab, 3);
    for (size_t i = 0; i < 3; i++)
        t[i] = (struct view_supervise_tab){.href = S("#tab"), .label = msg_text(lang, tabs[i]), .current = i == 0};
    for (size_t i = 0; i < n; i++)
        r[i] = (struct view_supervision){.href = i == 1 ? STR_NONE : S("#t"), .no = staff_no(m, i), .title = zh_name(m, "北门路灯连续三天不亮"), .unit = zh_name(m, "建外街道"),
                                         .by = zh_name(m, "朝阳区"), .ground = msg_text(lang, MSG_supervise_ground_late), .level = msg_text(lang, MSG_supervise_level_district),
                                         .left = i == 2 ? STR_NONE : staff_left(m, 9), .due = at(m, m->wrong ? 9 : -9), .answered = at(m, 2), .zh = lang != LANG_ZH, .late = m->wrong,
                                         .done = i == 2};
    const struct view_staff_supervise v = {.scope = zh_name(m, "朝阳区"), .scope_zh = lang != LANG_ZH, .tabs = t, .n_tabs = 3, .rows = r, .n_rows = n, .pager = staff_pager(m)};
    staff_shown(pg, m);
    tmpl_staff_supervise(o, pg, &v);
}

/* ---- call-backs ------------------------------------------------------------------------------------------------------------ */

static struct view_visit_row *calls(const struct sample *m, size_t n)
{
    struct view_visit_row *r = ARRAY(m, struct view_visit_row, n + 1);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct view_visit_row){.href = S("#visit"), .no = staff_no(m, i), .title = zh_name(m, "北门路灯连续三天不亮"), .category = zh_name(m, "照明设施"), .district = zh_name(m, "朝阳区"),
                                       .unit = zh_name(m, "建外街道"), .attempts = i == 1 ? SAY(&m->say, MSG_staff_visit_tries, {"n", S("1")}) : STR_NONE, .call_at = at(m, 2), .lease = at(m, -1),
                                       .zh = m->say.lang != LANG_ZH, .fast = i == 0};
    return r;
}

static void draw_visits(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = staff_rows(m), held = m->ok || m->much ? 2 : 0;
    const struct view_staff_visits v = {.done = m->ok ? SAY(&m->say, MSG_staff_visit_done_closed, {"no", S("SD-261122-1234567-8")}) : STR_NONE, .held = calls(m, held), .n_held = held,
                                        .rows = calls(m, n), .n_rows = n, .lease_minutes = say_span(&m->say, US_PER_HOUR), .pager = staff_pager(m), .later_page = m->wrong};
    staff_shown(pg, m);
    tmpl_staff_visits(o, pg, &v);
}

/* ok: the script, with the phone shown; empty: nobody has the call; error: the script with its faults; overflow: the script, everything long. */
static void draw_visit(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct say *s = &m->say;
    struct view_fact *f = ARRAY(m, struct view_fact, 2);
    f[0] = (struct view_fact){.label = MSG_fact_category, .text = zh_name(m, "照明设施"), .zh = s->lang != LANG_ZH};
    f[1] = (struct view_fact){.label = MSG_fact_place, .text = zh_name(m, "朝阳区建外街道"), .zh = s->lang != LANG_ZH};
    const struct view_staff_visit v = {
        .errors = errors2(m, "contacted", MSG_field_required, "result", MSG_field_required), .refused = m->wrong ? msg_text(s->lang, MSG_staff_visit_over) : STR_NONE, .no = S("SD-261122-1234567-8"),
        .base = S("#visit"), .ticket = S("#t"), .title = zh_name(m, "北门路灯连续三天不亮"), .zh = s->lang != LANG_ZH, .mine = !m->empty, .fast = m->much, .no_reply = m->much, .english = m->much,
        .lease = at(m, -1), .facts = {f, 2}, .reply = zh_name(m, "三盏路灯已经更换，今晚恢复照明。"),
        .hello = SAY(s, MSG_visit_script_hello, {"day", day(m, 3).text}, {"title", zh_name(m, "北门路灯不亮")}, {"unit", zh_name(m, "建外街道")}),
        .reopen = SAY(s, MSG_visit_script_reopen, {"due", day(m, -7).text}), .shown = m->ok || m->much, .name = zh_name(m, "王女士"), .phone = S("138 1234 5678"), .phone_href = S("tel:13812345678"),
        .contacted_error = err(m, MSG_field_required), .solved_error = err(m, MSG_field_required), .satisfaction_error = err(m, MSG_field_required), .result_error = err(m, MSG_field_required),
        .contacted_yes = m->ok, .solved_no = m->ok, .grades = staff_options(m, 5), .n_grades = 5, .results = staff_options(m, 5), .n_results = 5,
        .words = input(m, zh_name(m, "又灭了。"), MSG_field_too_long), .words_max = 1000, .attempts = m->much ? SAY(s, MSG_staff_visit_tries, {"n", S("1")}) : STR_NONE};
    staff_frame(pg, m);
    tmpl_staff_visit(o, pg, &v);
}

static void draw_visit_taken(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_staff_visit v = {.no = S("SD-261122-1234567-8"), .base = S("#visit"), .ticket = S("#t"), .title = zh_name(m, "北门路灯连续三天不亮"), .zh = m->say.lang != LANG_ZH,
                                       .over = m->empty, .taken = !m->empty, .lease = at(m, -1)};
    staff_shown(pg, m);
    tmpl_staff_visit(o, pg, &v);
}

/* ---- the audit ---------------------------------------------------------------------------------------------------------------- */

static void draw_audit(struct buf *o, struct page *pg, const struct sample *m)
{
    static const enum msg done[] = {MSG_audit_action_contact_reveal, MSG_audit_action_sign_in_failed, MSG_audit_action_wall_export};
    const enum lang lang = m->say.lang;
    const size_t n = staff_rows(m);
    struct view_audit_row *r = ARRAY(m, struct view_audit_row, n + 1);
    struct view_audit_checkpoint *p = ARRAY(m, struct view_audit_checkpoint, n + 1);
    for (size_t i = 0; i < n; i++) {
        r[i] = (struct view_audit_row){.at = at(m, (int)i), .who = i == 1 ? msg_text(lang, MSG_staff_audit_nobody) : zh_name(m, "李工"), .login = i == 1 ? STR_NONE : S("demo.officer"),
                                       .action = msg_text(lang, done[i % 3]), .object = i % 3 ? S("late") : staff_no(m, i), .href = i % 3 ? STR_NONE : S("#t"),
                                       .purpose = zh_name(m, "约定上门查看的时间"), .net = S("10.20.30.0/24")};
        p[i] = (struct view_audit_checkpoint){at(m, (int)i * 24), {20000 + (int64_t)i}};
    }
    const struct msg_arg no = {"no", S("SD-261122-1234567-8")};
    const struct view_staff_audit v = {.errors = errors2(m, "login", MSG_field_unknown, "day", MSG_field_not_a_time), .login = input(m, S("demo.officer"), MSG_field_unknown),
                                       .ticket_no = input(m, S("SD-261122-1234567-8"), MSG_field_unknown), .day = input(m, S("2026-11-22"), MSG_field_not_a_time),
                                       .verdict = m->ok    ? SAY(&m->say, MSG_staff_audit_chain_good, no, {"n", S("7")})
                                                  : m->much ? SAY(&m->say, MSG_staff_audit_chain_bad, no, {"seq", S("4")}, {"why", S("HASH")})
                                                            : STR_NONE,
                                       .verdict_bad = m->much, .actions = staff_options(m, 12), .n_actions = 12, .rows = r, .n_rows = n, .pager = staff_pager(m), .points = p, .n_points = n};
    staff_frame(pg, m);
    tmpl_staff_audit(o, pg, &v);
}

const struct sheet sheets_staff_wall[] = {
    {"staff_wall", draw_wall, NAV_NONE, MSG_staff_nav_wall, false},
    {"staff_wall_list", draw_wall_list, NAV_NONE, MSG_staff_nav_wall, false},
    {"staff_supervise", draw_supervise, NAV_NONE, MSG_staff_supervise_title, false},
    {"staff_visits", draw_visits, NAV_NONE, MSG_staff_visits_title, false},
    {"staff_visit", draw_visit, NAV_NONE, MSG_staff_visit_title, false},
    {"staff_visit_taken", draw_visit_taken, NAV_NONE, MSG_staff_visit_title, false},
    {"staff_audit", draw_audit, NAV_NONE, MSG_staff_nav_audit, false},
    {NULL, NULL, NAV_NONE, 0, false},
};
