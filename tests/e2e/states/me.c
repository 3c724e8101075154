/* me.c - samples of home, signing in, my demands, plain pages and the problem page. */
#include "states/states.h"
#include "web/problem.h"

static void draw_home(struct buf *o, struct page *pg, const struct sample *m)
{
    static const char *const asked[] = {"电动自行车能不能在楼道里充电", "健身房关门，预付卡怎么退", "夜间施工几点以后不允许",
                                        "老旧小区怎样申请加装电梯", "狗证在哪里办，一年多少钱", "拖欠工资找哪个部门"};
    const struct say *s = &m->say;
    struct view_home v = {.notice = {.text = m->wrong ? MSG_me_signed_out : MSG_NONE, .bad = m->wrong}, .has_figures = !m->empty,
                          .day = say_day(s, 20261121).text, .received = m->much ? S("1,203,016") : S("3,016"),
                          .received_note = SAY(s, MSG_home_week_less, {"share", S("4.1%")}), .on_time = S("96.4%"),
                          .on_time_note = SAY(s, MSG_home_of, {"part", S("2,906")}, {"whole", S("3,015")}), .median = S("18"),
                          .median_unit = msg_text(s->lang, MSG_unit_hours), .resume_href = m->much ? S("/new") : STR_NONE, .resume_at = at(m, 20),
                          .last_no = S("SD-261122-1234567-8"), .last_href = m->much ? S("/track/SD-261122-1234567-8") : STR_NONE};
    struct view_link *q = ARRAY(m, struct view_link, 12);
    for (size_t i = 0; i < 12; i++)
        q[i] = (struct view_link){.href = S("/kb/12"), .text = str_from_c(asked[i % 6]), .zh = s->lang != LANG_ZH};
    v.questions = q;
    v.n_questions = m->empty ? 0 : m->much ? 12 : 6;
    pg->title_error = false;
    tmpl_citizen_home(o, pg, &v);
}

static void draw_login(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_login v = {.errors = errors(m, "phone", MSG_field_not_a_phone), .phone = input(m, S("13800138000"), MSG_field_not_a_phone),
                                 .next = S("/me"), .notice = {.text = m->much ? MSG_me_signed_out : MSG_NONE}};
    tmpl_citizen_login(o, pg, &v);
}

static void draw_code(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_login_code v = {.errors = errors(m, "code", MSG_field_code_wrong), .code = input(m, S("123456"), MSG_field_code_wrong),
                                      .phone_masked = S("138****8000"), .minutes = 5, .next = S("/me"), .resent = m->much};
    tmpl_citizen_login_code(o, pg, &v);
}

static void draw_me(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct say *s = &m->say;
    static const enum ticket_state states[] = {STATE_HANDLING, STATE_RATING, STATE_CLOSED};
    const size_t n = m->empty ? 0 : m->much ? 20 : 3;
    struct view_my_ticket *t = ARRAY(m, struct view_my_ticket, n + 1);
    for (size_t i = 0; i < n; i++)
        t[i] = (struct view_my_ticket){.no = arena_printf(m->a, "SD-261122-123456%zu-8", i % 10), .href = S("/track/SD-261122-1234567-8"),
                                       .title = zh_name(m, "3 号楼北侧工地夜里两点还在打桩"), .zh = s->lang != LANG_ZH,
                                       .kind = msg_text(s->lang, MSG_kind_complaint), .category = zh_name(m, "施工噪声"),
                                       .status = say_word(s, "status", word(WORDS_STATUS, (int)states[i % 3])), .holder = zh_name(m, "北花园街道"),
                                       .filed_at = at(m, (int)i * 30), .left = i % 3 == 0 ? say_left_short(s, s->now_us + (m->wrong ? -1 : 1) * INT64_C(33600000000)) : STR_NONE,
                                       .late = m->wrong && i == 0, .waiting = i % 3 == 1};
    const struct view_me v = {.notice = {.text = m->wrong ? MSG_account_saved : MSG_NONE}, .phone_masked = S("138****8000"), .all = !m->wrong, .open = m->wrong,
                              .tickets = t, .n_tickets = n, .followed = t, .n_followed = m->much ? 3 : 0,
                              .pager = {.prev = m->much ? S("/me") : STR_NONE, .next = m->empty ? STR_NONE : S("/me?cursor=abc")}};
    pg->title_error = false;
    tmpl_citizen_me(o, pg, &v);
}

static void draw_account(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct say *s = &m->say;
    struct view_look_row *l = ARRAY(m, struct view_look_row, 20);
    for (size_t i = 0; i < 20; i++)
        l[i] = (struct view_look_row){at(m, (int)i * 9), msg_text(s->lang, MSG_look_officer), msg_text(s->lang, MSG_look_contact), S("SD-261122-1234567-8")};
    const struct view_account v = {.notice = {.text = m->ok ? MSG_account_saved : MSG_NONE}, .errors = errors(m, "name", MSG_field_too_long),
                                   .phone_masked = S("138****8000"), .name = input(m, say2(m, "王女士", "Ms Wang"), MSG_field_too_long),
                                   .since = day(m, 400), .wechat = m->much, .looks = l, .n_looks = m->empty ? 0 : m->much ? 20 : 2};
    tmpl_citizen_account(o, pg, &v);
}

static void draw_delete(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_account_delete v = {.errors = errors(m, "sure", MSG_field_required), .sure_error = err(m, MSG_field_required),
                                          .running = m->empty ? 0 : m->much ? 12 : 1};
    tmpl_citizen_account_delete(o, pg, &v);
}

static void draw_problem(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_kept_field typed[] = {{S("kind"), S("help"), MSG_NONE, false}, {S("text"), S("小区北门的路灯连续三天不亮，\n晚上看不清台阶。"), MSG_kept_field_text, true},
                                            {S("address"), S("某某路 1 号"), MSG_kept_field_address, false}};
    const struct view_kept kept = {.action = S("/track/SD-261122-1234567-8/add"), .by_code = true, .file_field = S("file"),
                                   .files_lost = true, .fields = typed, .n_fields = 3, .words = typed + 1, .n_words = 2};
    static const struct view_problem_field fields[] = {{"text", MSG_field_too_long}, {"phone", MSG_field_not_a_phone}};
    struct view_problem v = {.status = 404, .title = MSG_error_title_not_found, .text = MSG_error_not_found, .request_id = pg->request_id};
    if (m->wrong) {
        v = (struct view_problem){.status = 422, .title = MSG_error_title_invalid, .text = MSG_error_invalid_input, .fields = fields, .n_fields = 2};
    } else if (m->empty) {
        v = (struct view_problem){.status = 403, .title = MSG_error_title_session, .text = MSG_kept_by_code, .kept = &kept};
    } else if (m->much) {
        v = (struct view_problem){.status = 503, .title = MSG_error_title_unavailable, .text = MSG_error_unavailable, .retry_after_s = 30,
                                  .sign_in = true, .request_id = pg->request_id};
    }
    pg->title_error = false;
    tmpl_error_problem(o, pg, &v);
}

static void draw_thanks(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_kb_thanks v = {.back = S("/kb/12"), .useful = m->ok};
    pg->title_error = false;
    tmpl_citizen_kb_thanks(o, pg, &v);
}

#define PLAIN(name)                                                                                                    \
    static void draw_##name(struct buf *o, struct page *pg, const struct sample *m)                                    \
    {                                                                                                                  \
        (void)m;                                                                                                       \
        tmpl_citizen_##name(o, pg);                                                                                    \
    }
PLAIN(rights)
PLAIN(privacy)
PLAIN(accessibility)
PLAIN(api)

const struct sheet sheets_me[] = {
    {"citizen_home", draw_home, NAV_HOME, MSG_title_home, false},
    {"citizen_login", draw_login, NAV_MINE, MSG_title_login, false},
    {"citizen_login_code", draw_code, NAV_MINE, MSG_title_login, false},
    {"citizen_me", draw_me, NAV_MINE, MSG_title_me, false},
    {"citizen_account", draw_account, NAV_MINE, MSG_title_account, false},
    {"citizen_account_delete", draw_delete, NAV_MINE, MSG_title_account, false},
    {"citizen_kb_thanks", draw_thanks, NAV_KB, MSG_title_kb, false},
    {"citizen_rights", draw_rights, NAV_NONE, MSG_title_rights, true},
    {"citizen_privacy", draw_privacy, NAV_NONE, MSG_title_privacy, true},
    {"citizen_accessibility", draw_accessibility, NAV_NONE, MSG_title_accessibility, true},
    {"citizen_api", draw_api, NAV_NONE, MSG_title_api, true},
    {"error_problem", draw_problem, NAV_NONE, MSG_title_home, false},
    {NULL, NULL, NAV_NONE, 0, false},
};
