/* staff_people.c - samples of signing in, oneself, the home page, people, services, units, and the problem page of the back office. */
#include "pages/staff_nav.h"
#include "pages/view_staff_people.h"
#include "states/staff.h"
#include "web/problem.h"

/* ---- signing in -------------------------------------------------------------------------------------------------------------- */

static void draw_sign_in(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_staff_sign_in v = {.errors = errors(m, "password", MSG_field_sign_in_failed), .login = input(m, m->much ? lots(m, S("demo.officer"), 10) : S("demo.officer"), MSG_NONE),
                                         .password = {.error = err(m, MSG_field_sign_in_failed)}, .next = S("/staff/"), .notice = {.text = m->much ? MSG_staff_signed_out : MSG_NONE}};
    staff_gate(pg, m);
    tmpl_staff_sign_in(o, pg, &v);
}

static void draw_code(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_staff_code v = {.errors = errors(m, "code", MSG_field_totp_wrong), .code = input(m, S("123456"), MSG_field_totp_wrong), .next = S("/staff/")};
    staff_gate(pg, m);
    tmpl_staff_code(o, pg, &v);
}

/* ok, empty: the first one; error, overflow: changing it. */
static void draw_password(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_staff_password v = {.errors = errors2(m, "new", MSG_field_password_common, "again", MSG_field_password_differs), .old = {.error = err(m, MSG_field_password_wrong)},
                                          .new = {.error = err(m, MSG_field_password_common)}, .again = {.error = err(m, MSG_field_password_differs)}, .first = m->ok || m->empty,
                                          .action = S("#password"), .next = S("/staff/"), .min = 12};
    (m->ok || m->empty ? staff_gate : staff_frame)(pg, m);
    tmpl_staff_password(o, pg, &v);
}

static void draw_totp(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_staff_totp v = {.errors = errors(m, "code", MSG_field_totp_wrong), .code = input(m, S("123456"), MSG_field_totp_wrong), .first = m->ok || m->empty, .replaces = m->much,
                                      .action = S("#totp"), .next = S("/staff/"), .secret = S("ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567"),
                                      .qr = {.label = msg_text(m->say.lang, MSG_staff_totp_qr), .path = S("M0 0h7v7H0zM14 0h7v7h-7zM0 14h7v7H0zM9 9h3v3H9z"), .box = 29}};
    (m->ok || m->empty ? staff_gate : staff_frame)(pg, m);
    tmpl_staff_totp(o, pg, &v);
}

static void draw_codes(struct buf *o, struct page *pg, const struct sample *m)
{
    enum { CODES = 10 };
    struct view_staff_one_code *c = ARRAY(m, struct view_staff_one_code, CODES);
    for (size_t i = 0; i < CODES; i++)
        c[i].text = arena_printf(m->a, "7K3Q-9M2X-%02zu", i);
    const struct view_staff_codes v = {.codes = c, .n_codes = CODES, .next = S("/staff/")};
    staff_shown(pg, m);
    tmpl_staff_codes(o, pg, &v);
}

static void draw_confirm(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_staff_confirm v = {.errors = errors(m, "password", MSG_field_password_wrong), .password = {.error = err(m, MSG_field_password_wrong)}, .next = S("#next"), .back = S("#back"),
                                         .has_totp = m->much || m->ok};
    staff_frame(pg, m);
    tmpl_staff_confirm(o, pg, &v);
}

/* ---- oneself ------------------------------------------------------------------------------------------------------------------ */

static struct view_staff_grant *grants(const struct sample *m, size_t n)
{
    static const enum msg roles[] = {MSG_staff_role_officer, MSG_staff_role_unit_manager, MSG_staff_role_administrator};
    struct view_staff_grant *g = ARRAY(m, struct view_staff_grant, n + 1);
    for (size_t i = 0; i < n; i++)
        g[i] = (struct view_staff_grant){.role = roles[i % 3], .unit = i % 3 == 2 ? STR_NONE : zh_name(m, "建外街道"), .area = i % 3 ? zh_name(m, "朝阳区") : STR_NONE,
                                         .category = m->much ? zh_name(m, "照明设施") : STR_NONE};
    return g;
}

static void draw_home(struct buf *o, struct page *pg, const struct sample *m)
{
    struct view_staff_tile *t = ARRAY(m, struct view_staff_tile, staff_n_nav);
    const size_t n = m->empty ? 0 : m->much ? staff_n_nav - 1 : 6;
    for (size_t i = 0; i < n; i++)
        t[i] = (struct view_staff_tile){.href = S("#tile"), .label = staff_nav[i + 1].label, .about = staff_nav[i + 1].about, .has_count = i % 2 == 0, .count = {m->much ? 1203016 : 12},
                                        .what = i % 4 == 0 ? MSG_staff_home_waiting : MSG_staff_home_late};
    const struct view_staff_home v = {.name = m->much ? zh_name(m, "李工") : S("李工"), .unit = zh_name(m, "建外街道"), .grants = grants(m, m->empty ? 0 : 2), .n_grants = m->empty ? 0 : 2,
                                      .tiles = t, .n_tiles = n};
    staff_shown(pg, m);
    tmpl_staff_home(o, pg, &v);
}

static void draw_me(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = m->much ? 6 : m->empty ? 1 : 2;
    struct view_staff_session *s = ARRAY(m, struct view_staff_session, n);
    for (size_t i = 0; i < n; i++)
        s[i] = (struct view_staff_session){.id = say_int(&m->say, (int64_t)i + 1), .net = S("10.20.30.0/24"), .began = at(m, 9), .seen = at(m, 1), .strong = i == 0, .own = i == 0};
    const struct view_staff_me v = {.notice = {.text = m->ok ? MSG_staff_done_password : MSG_NONE}, .name = zh_name(m, "李工"), .login = S("demo.officer"), .unit = zh_name(m, "建外街道"),
                                    .unit_zh = m->say.lang != LANG_ZH, .grants = grants(m, m->empty ? 0 : 3), .n_grants = m->empty ? 0 : 3, .has_totp = m->ok || m->much, .must_totp = m->much,
                                    .recovery_left = 8, .sessions = s, .n_sessions = n, .others = n > 1};
    staff_shown(pg, m);
    tmpl_staff_me(o, pg, &v);
}

/* ---- people, services, units ----------------------------------------------------------------------------------------------------- */

static void draw_people(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = staff_rows(m);
    struct view_staff_row *r = ARRAY(m, struct view_staff_row, n + 1);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct view_staff_row){.href = S("#person"), .login = m->much ? lots(m, S("demo.officer"), 3) : S("demo.officer"), .name = zh_name(m, "李工"), .unit = staff_unit(m),
                                       .disabled = i == 1, .has_totp = i == 0, .must_change = i == 2, .never = i == 2, .signed_in = at(m, 20)};
    const struct view_staff_people v = {.notice = {.text = m->ok ? MSG_staff_done_saved : MSG_NONE}, .unit = input(m, S("建外"), MSG_NONE), .q = input(m, S("demo"), MSG_NONE), .rows = r, .n_rows = n,
                                        .next_page = m->much ? S("#next") : STR_NONE};
    staff_shown(pg, m);
    tmpl_staff_people(o, pg, &v);
}

static struct view_staff_grant_form grant_form(const struct sample *m)
{
    static const enum msg roles[] = {MSG_staff_role_clerk, MSG_staff_role_officer, MSG_staff_role_auditor};
    struct view_role_option *r = ARRAY(m, struct view_role_option, 3);
    for (size_t i = 0; i < 3; i++)
        r[i] = (struct view_role_option){.value = say_int(&m->say, (int64_t)i), .label = roles[i], .chosen = i == 1 && !m->empty};
    return (struct view_staff_grant_form){.roles = r, .n_roles = 3, .role = input(m, STR_NONE, MSG_field_required), .scope = input(m, S("ST110105001"), MSG_field_no_such_unit),
                                          .area = input(m, S("110105"), MSG_field_unknown), .category = input(m, S("0502"), MSG_field_unknown)};
}

static void draw_person_new(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_staff_person_new v = {.errors = errors2(m, "login", MSG_field_login_taken, "unit", MSG_field_no_such_unit), .login = input(m, S("li.gong"), MSG_field_login_taken),
                                            .name = input(m, zh_name(m, "李工"), MSG_field_required), .unit = input(m, S("建外街道"), MSG_field_no_such_unit), .grant = grant_form(m)};
    staff_frame(pg, m);
    tmpl_staff_person_new(o, pg, &v);
}

/* empty: disabled, without a role; overflow: one's own. */
static void draw_person(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = m->empty ? 0 : m->much ? 5 : 2;
    const struct view_staff_grant *g = grants(m, n);
    struct view_staff_grant_row *r = ARRAY(m, struct view_staff_grant_row, n + 1);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct view_staff_grant_row){.grant = g[i], .role = S("officer"), .scope = S("ST110105001")};
    const struct view_staff_person v = {.notice = {.text = m->ok ? MSG_staff_done_granted : MSG_NONE}, .errors = errors(m, "name", MSG_field_required), .base = S("#person"),
                                        .login = m->much ? lots(m, S("li.gong"), 5) : S("li.gong"), .name = input(m, zh_name(m, "李工"), MSG_field_required),
                                        .unit = input(m, S("ST110105001"), MSG_field_no_such_unit), .unit_name = staff_unit(m), .version = S("3"), .disabled = m->empty,
                                        .has_totp = m->ok, .must_change = m->wrong, .never = m->wrong, .own = m->much, .signed_in = at(m, 20), .password_at = at(m, 500), .created = at(m, 2000),
                                        .grants = r, .n_grants = n, .grant = grant_form(m)};
    staff_frame(pg, m);
    tmpl_staff_person(o, pg, &v);
}

static void draw_secret(struct buf *o, struct page *pg, const struct sample *m)
{
    const struct view_staff_secret v = {.title = m->much ? MSG_staff_secret_key_title : MSG_staff_secret_password_title, .who = zh_name(m, "李工"),
                                        .lead = m->much ? MSG_staff_secret_key_lead : MSG_staff_secret_password_lead,
                                        .secret = m->much ? lots(m, S("sk_7K3Q9M2X"), 8) : S("korb-7k3q-9m2x-hain"), .back = S("#back")};
    staff_shown(pg, m);
    tmpl_staff_secret(o, pg, &v);
}

static void draw_services(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = staff_rows(m);
    struct view_staff_service_row *r = ARRAY(m, struct view_staff_service_row, n + 1);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct view_staff_service_row){.href = S("#service"), .name = zh_name(m, "朝阳区平台"), .unit = staff_unit(m), .disabled = i == 1, .created = at(m, 300)};
    const struct view_staff_services v = {.errors = errors2(m, "name", MSG_field_required, "unit", MSG_field_no_such_unit), .rows = r, .n_rows = n, .next_page = m->much ? S("#next") : STR_NONE,
                                          .name = input(m, zh_name(m, "朝阳区平台"), MSG_field_required), .unit = input(m, S("朝阳区"), MSG_field_no_such_unit), .grant = grant_form(m)};
    staff_frame(pg, m);
    tmpl_staff_services(o, pg, &v);
}

static void draw_service(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = staff_rows(m);
    struct view_staff_key_row *k = ARRAY(m, struct view_staff_key_row, n + 1);
    for (size_t i = 0; i < n; i++)
        k[i] = (struct view_staff_key_row){.hint = S("sk_7K3Q"), .created = at(m, 300), .used = at(m, 2), .ended = at(m, 1), .is_ended = i == 1, .never = i == 2};
    const struct view_staff_service v = {.notice = {.text = m->ok ? MSG_staff_done_key_ended : MSG_NONE}, .base = S("#service"), .name = zh_name(m, "朝阳区平台"), .unit = staff_unit(m),
                                         .disabled = m->wrong, .created = at(m, 300), .grants = grants(m, m->empty ? 0 : 2), .n_grants = m->empty ? 0 : 2, .keys = k, .n_keys = n};
    staff_shown(pg, m);
    tmpl_staff_service(o, pg, &v);
}

static void draw_units(struct buf *o, struct page *pg, const struct sample *m)
{
    const size_t n = m->empty || m->wrong ? 0 : m->much ? 10 : 4;
    struct view_staff_unit_row *r = ARRAY(m, struct view_staff_unit_row, n + 1);
    for (size_t i = 0; i < n; i++)
        r[i] = (struct view_staff_unit_row){.href = i % 2 ? STR_NONE : S("#below"), .code = S("ST110105001"), .name = staff_unit(m), .below = i % 2 ? 0 : 43, .since = i ? S("2020-01-01") : STR_NONE,
                                            .until = i == 2 ? S("2026-06-30") : STR_NONE};
    struct view_link *p = ARRAY(m, struct view_link, 2);
    p[0] = p[1] = (struct view_link){.href = S("#up"), .text = zh_name(m, "朝阳区"), .zh = m->say.lang != LANG_ZH};
    const struct view_staff_units v = {.errors = errors(m, "on", MSG_field_not_a_time), .on = input(m, S("2026-11-22"), MSG_field_not_a_time), .day = S("2026-11-22"), .path = p,
                                       .n_path = m->much ? 2 : m->ok ? 1 : 0, .rows = r, .n_rows = n};
    staff_frame(pg, m);
    tmpl_staff_units(o, pg, &v);
}

/* ok: not found; empty: not allowed; error: a form that cannot be shown again; overflow: nobody is signed in, and it is too much. */
static void draw_problem(struct buf *o, struct page *pg, const struct sample *m)
{
    static const struct view_problem_field fields[] = {{"text", MSG_field_too_long}, {"phone", MSG_field_not_a_phone}};
    const struct view_kept_field typed[] = {{S("words"), S("三盏路灯已经更换。"), MSG_kept_field_text, true}};
    const struct view_kept kept = {.action = S("#again"), .files_lost = true, .fields = typed, .n_fields = 1, .words = typed, .n_words = 1};
    struct view_problem v = {.status = 404, .title = MSG_error_title_not_found, .text = MSG_error_not_found, .request_id = pg->request_id};
    if (m->empty)
        v = (struct view_problem){.status = 403, .title = MSG_error_title_denied, .text = MSG_error_denied, .denied = true, .request_id = pg->request_id};
    else if (m->wrong)
        v = (struct view_problem){.status = 422, .title = MSG_error_title_invalid, .text = MSG_error_invalid_input, .fields = fields, .n_fields = 2, .kept = &kept};
    else if (m->much)
        v = (struct view_problem){.status = 503, .title = MSG_error_title_unavailable, .text = MSG_error_unavailable, .retry_after_s = 30, .sign_in = true, .request_id = pg->request_id};
    (m->much ? staff_gate : staff_shown)(pg, m);
    pg->title_error = false;
    tmpl_staff_problem(o, pg, &v);
}

const struct sheet sheets_staff_people[] = {
    {"staff_sign_in", draw_sign_in, NAV_NONE, MSG_staff_sign_in_title, false},
    {"staff_code", draw_code, NAV_NONE, MSG_staff_code_title, false},
    {"staff_password", draw_password, NAV_NONE, MSG_staff_password_title, false},
    {"staff_totp", draw_totp, NAV_NONE, MSG_staff_totp_title, false},
    {"staff_codes", draw_codes, NAV_NONE, MSG_staff_codes_title, true},
    {"staff_confirm", draw_confirm, NAV_NONE, MSG_staff_confirm_title, false},
    {"staff_home", draw_home, NAV_NONE, MSG_staff_home_title, false},
    {"staff_me", draw_me, NAV_NONE, MSG_staff_me_title, false},
    {"staff_people", draw_people, NAV_NONE, MSG_staff_people_title, false},
    {"staff_person_new", draw_person_new, NAV_NONE, MSG_staff_person_new_title, false},
    {"staff_person", draw_person, NAV_NONE, MSG_staff_person_title, false},
    {"staff_secret", draw_secret, NAV_NONE, MSG_staff_secret_password_title, false},
    {"staff_services", draw_services, NAV_NONE, MSG_staff_services_title, false},
    {"staff_service", draw_service, NAV_NONE, MSG_staff_service_title, false},
    {"staff_units", draw_units, NAV_NONE, MSG_staff_units_title, false},
    {"staff_problem", draw_problem, NAV_NONE, MSG_error_title_not_found, false},
    {NULL, NULL, NAV_NONE, 0, false},
};
