/*
 * staff.c - the back office: call desk, dispatch, handling, whistles, call-backs, supervision, people; and its API.
 *
 * The first table of the design: every route of this program. What a row means stands in web/route.h, what a permit is good
 * for in app/permission.c.
 */
#include "api/staff.h"
#include "api/staff_board.h"
#include "api/staff_desk.h"
#include "api/staff_rules.h"
#include "api/staff_tickets.h"
#include "api/staff_urgent.h"
#include "api/staff_visits.h"
#include "api/staff_wording.h"
#include "pages/staff_act.h"
#include "pages/staff_ticket.h"
#include "pages/staff.h"
#include "pages/staff_desk.h"
#include "pages/staff_form.h"
#include "pages/staff_people.h"
#include "pages/staff_rules.h"
#include "pages/staff_urgent.h"
#include "pages/staff_audit.h"
#include "pages/staff_calendar.h"
#include "pages/staff_visits.h"
#include "pages/staff_wall.h"
#include "pages/staff_wording.h"
#include "pages/track_form.h"
#include "prog/portal.h"
#include "prog/portal_health.h"
#include "prog/portal_routes.h"
#include "prog/portal_staff.h"

/* clang-format off */
/* An act on a demand: the form (GET), the act (POST), and the act over JSON. */
#define STAFF_TICKET_ACT(word_, path_, permit_, form_)                                                                 \
    STAFF_PAGE("staff_t_" word_, "/staff/t/{no}/" path_, page_staff_act, permit_, NULL),                                 \
    STAFF_ACT("staff_t_" word_ "_post", "/staff/t/{no}/" path_, page_staff_act_post, permit_, &form_, false),            \
    STAFF_WRITE("POST", "api_staff_t_" word_, "/api/v1/staff/tickets/{no}/" path_, api_staff_act, permit_, &form_)
#define STAFF_FILE_ACT(word_, path_, permit_, form_)                                                                   \
    STAFF_PAGE("staff_t_" word_, "/staff/t/{no}/" path_, page_staff_act, permit_, NULL),                                 \
    STAFF_UPLOAD("staff_t_" word_ "_post", "/staff/t/{no}/" path_, page_staff_act_post, permit_, &form_),                \
    STAFF_WRITE("POST", "api_staff_t_" word_, "/api/v1/staff/tickets/{no}/" path_, api_staff_act, permit_, &form_##_json)
static const struct route rows[] = {
    /* ---- signing in ---- */
    PAGE("staff_sign_in", "/staff/sign-in", page_staff_sign_in, GUARD_OPTIONAL, NULL, BUCKET_READ),
    SIGN_IN("staff_sign_in_post", "/staff/sign-in", page_staff_sign_in_post, &staff_sign_in_form, BUCKET_LOGIN),
    PAGE("staff_code", "/staff/sign-in/code", page_staff_code, GUARD_OPTIONAL, NULL, BUCKET_READ),
    SIGN_IN("staff_code_post", "/staff/sign-in/code", page_staff_code_post, &staff_code_form, BUCKET_LOGIN),
    PAGE("staff_first_password", "/staff/sign-in/password", page_staff_first_password, GUARD_OPTIONAL, NULL, BUCKET_READ),
    SIGN_IN("staff_first_password_post", "/staff/sign-in/password", page_staff_first_password_post, &staff_password_form, BUCKET_LOGIN),
    PAGE("staff_first_totp", "/staff/sign-in/totp", page_staff_first_totp, GUARD_OPTIONAL, NULL, BUCKET_READ),
    SIGN_IN("staff_first_totp_post", "/staff/sign-in/totp", page_staff_first_totp_post, &staff_code_form, BUCKET_LOGIN),
    ACT("staff_sign_out", "/staff/sign-out", page_staff_sign_out, GUARD_OPTIONAL, NULL, BUCKET_WRITE, false),

    /* ---- oneself ---- */
    STAFF_PAGE("staff_home", "/staff/", page_staff_home, MAY_SIGNED_IN, NULL),
    STAFF_PAGE("staff_confirm", "/staff/confirm", page_staff_confirm, MAY_SIGNED_IN, NULL),
    STAFF_ACT("staff_confirm_post", "/staff/confirm", page_staff_confirm_post, MAY_SIGNED_IN, &staff_confirm_form, true),
    STAFF_PAGE("staff_me", "/staff/me", page_staff_me, MAY_SIGNED_IN, NULL),
    STAFF_PAGE("staff_password", "/staff/me/password", page_staff_password, MAY_SIGNED_IN, NULL),
    STAFF_ACT("staff_password_post", "/staff/me/password", page_staff_password_post, MAY_SIGNED_IN, &staff_password_form, true),
    STAFF_PAGE("staff_totp", "/staff/me/totp", page_staff_totp, MAY_SIGNED_IN, NULL),
    STAFF_ACT("staff_totp_post", "/staff/me/totp", page_staff_totp_post, MAY_SIGNED_IN, &staff_code_form, true),
    STAFF_ACT("staff_recovery_post", "/staff/me/recovery", page_staff_recovery_post, MAY_SIGNED_IN, NULL, true),
    STAFF_ACT("staff_sessions_post", "/staff/me/sessions", page_staff_sessions_post, MAY_SIGNED_IN, &staff_session_form, true),

    /* ---- the hotline centre, and what waits for a decision ---- */
    STAFF_PAGE("staff_desk", "/staff/desk", page_staff_desk, MAY_DESK, NULL),
    STAFF_ACT("staff_desk_post", "/staff/desk", page_staff_desk_post, MAY_DESK, &staff_desk_form, false),
    STAFF_PAGE("staff_desk_files", "/staff/desk/files", page_staff_desk, MAY_DESK, NULL),
    STAFF_UPLOAD("staff_desk_files_post", "/staff/desk/files", page_staff_desk_post, MAY_DESK, &staff_desk_form),
    STAFF_PAGE("staff_triage", "/staff/triage", page_staff_triage, MAY_TRIAGE, &staff_page_query),
    STAFF_ACT("staff_triage_post", "/staff/triage", page_staff_triage_post, MAY_TRIAGE, &staff_triage_form, false),
    STAFF_PAGE("staff_returns", "/staff/returns", page_staff_returns, MAY_ARBITRATE, &staff_page_query),
    STAFF_PAGE("staff_extensions", "/staff/extensions", page_staff_extensions, MAY_EXTEND, &staff_page_query),
    STAFF_PAGE("staff_whistles", "/staff/whistles", page_staff_whistles, MAY_WHISTLE, &staff_whistles_query),
    STAFF_GET("api_staff_triage", "/api/v1/staff/triage", api_staff_triage, MAY_TRIAGE, &staff_page_query),
    STAFF_GET("api_staff_returns", "/api/v1/staff/returns", api_staff_returns, MAY_ARBITRATE, &staff_page_query),
    STAFF_GET("api_staff_extensions", "/api/v1/staff/extensions", api_staff_extensions, MAY_EXTEND, &staff_page_query),
    STAFF_GET("api_staff_whistles", "/api/v1/staff/whistles", api_staff_whistles, MAY_WHISTLE, &staff_whistles_query),

    /* ---- people, services, units ---- */
    STAFF_PAGE("staff_people", "/staff/people", page_staff_people, MAY_PEOPLE, &staff_people_query),
    STAFF_PAGE("staff_person_new", "/staff/people/new", page_staff_person_new, MAY_PEOPLE, NULL),
    STAFF_ACT("staff_person_new_post", "/staff/people/new", page_staff_person_new_post, MAY_PEOPLE, &staff_person_new_form, true),
    STAFF_PAGE("staff_person", "/staff/people/{id}", page_staff_person, MAY_PEOPLE, NULL),
    STAFF_ACT("staff_person_edit", "/staff/people/{id}/edit", page_staff_person_edit, MAY_PEOPLE, &staff_person_edit_form, true),
    STAFF_ACT("staff_person_grant", "/staff/people/{id}/grant", page_staff_person_grant, MAY_PEOPLE, &staff_grant_form, true),
    STAFF_ACT("staff_person_revoke", "/staff/people/{id}/revoke", page_staff_person_revoke, MAY_PEOPLE, &staff_grant_form, true),
    STAFF_ACT("staff_person_state", "/staff/people/{id}/state", page_staff_person_state, MAY_PEOPLE, &staff_go_form, true),
    STAFF_ACT("staff_person_reset", "/staff/people/{id}/reset", page_staff_person_reset, MAY_PEOPLE, &staff_go_form, true),
    STAFF_PAGE("staff_services", "/staff/services", page_staff_services, MAY_PEOPLE, NULL),
    STAFF_ACT("staff_services_post", "/staff/services", page_staff_services_post, MAY_PEOPLE, &staff_service_form, true),
    STAFF_PAGE("staff_service", "/staff/services/{id}", page_staff_service, MAY_PEOPLE, NULL),
    STAFF_ACT("staff_service_post", "/staff/services/{id}", page_staff_service_post, MAY_PEOPLE, &staff_go_form, true),
    STAFF_PAGE("staff_units", "/staff/units", page_staff_units, MAY_SIGNED_IN, &staff_units_query),

    /* ---- call-backs ---- */
    STAFF_PAGE("staff_visits", "/staff/visits", page_staff_visits, MAY_VISIT, &staff_visits_query),
    STAFF_PAGE("staff_visit", "/staff/visits/{no}", page_staff_visit, MAY_VISIT, NULL),
    STAFF_ACT("staff_visit_claim", "/staff/visits/{no}/claim", page_staff_visit_claim, MAY_VISIT, NULL, false),
    STAFF_ACT("staff_visit_release", "/staff/visits/{no}/release", page_staff_visit_release, MAY_VISIT, NULL, false),
    STAFF_ACT("staff_visit_reveal", "/staff/visits/{no}/reveal", page_staff_visit_reveal, MAY_VISIT, NULL, false),
    STAFF_ACT("staff_visit_attempt", "/staff/visits/{no}/attempt", page_staff_visit_attempt, MAY_VISIT, &staff_visit_attempt_form, false),
    STAFF_ACT("staff_visit_answers", "/staff/visits/{no}/answers", page_staff_visit_answers, MAY_VISIT, &rating_form, false),
    STAFF_GET("api_staff_visits", "/api/v1/staff/visits", api_staff_visits, MAY_VISIT, &staff_visits_query),
    STAFF_GET("api_staff_visit", "/api/v1/staff/visits/{no}", api_staff_visit, MAY_VISIT, NULL),
    STAFF_CALL("POST", "api_staff_visit_claim", "/api/v1/staff/visits/{no}/claim", api_staff_visit_claim, MAY_VISIT),
    STAFF_CALL("POST", "api_staff_visit_release", "/api/v1/staff/visits/{no}/release", api_staff_visit_release, MAY_VISIT),
    STAFF_CALL("POST", "api_staff_visit_reveal", "/api/v1/staff/visits/{no}/reveal", api_staff_visit_reveal, MAY_VISIT),
    STAFF_WRITE("POST", "api_staff_visit_attempt", "/api/v1/staff/visits/{no}/attempt", api_staff_visit_attempt, MAY_VISIT, &staff_visit_attempt_form),
    STAFF_WRITE("POST", "api_staff_visit_answers", "/api/v1/staff/visits/{no}/answers", api_staff_visit_answers, MAY_VISIT, &rating_form),

    /* ---- supervision ---- */
    STAFF_PAGE("staff_wall", "/staff/wall", page_staff_wall, MAY_WALL, &staff_wall_query),
    STAFF_PAGE("staff_wall_list", "/staff/wall/list", page_staff_wall_list, MAY_WALL, &staff_wall_list_query),
    STAFF_ACT("staff_wall_export", "/staff/wall/export", page_staff_wall_export, MAY_EXPORT, &staff_wall_export_form, true),
    STAFF_PAGE("staff_supervise", "/staff/supervise", page_staff_supervise, MAY_WALL, &staff_supervise_query),
    STAFF_GET("api_staff_wall", "/api/v1/staff/wall", api_staff_wall, MAY_WALL, &staff_wall_query),
    STAFF_GET("api_staff_wall_list", "/api/v1/staff/wall/list", api_staff_wall_list, MAY_WALL, &staff_wall_list_query),
    STAFF_GET("api_staff_supervise", "/api/v1/staff/supervise", api_staff_supervise, MAY_WALL, &staff_supervise_query),

    /* ---- audit, calendar ---- */
    STAFF_PAGE("staff_audit", "/staff/audit", page_staff_audit, MAY_AUDIT, &staff_audit_query),
    STAFF_ACT("staff_audit_chain", "/staff/audit/chain", page_staff_audit_chain, MAY_AUDIT, &staff_audit_chain_form, false),
    STAFF_PAGE("staff_calendar", "/staff/calendar", page_staff_calendar, MAY_CALENDAR, &staff_calendar_query),
    STAFF_GET("api_staff_calendar", "/api/v1/staff/calendar", api_staff_calendar, MAY_CALENDAR, &staff_calendar_query),

    /* ---- urgent modes ---- */
    STAFF_PAGE("staff_urgent", "/staff/urgent", page_staff_urgent, MAY_URGENT, NULL),
    STAFF_PAGE("staff_urgent_new", "/staff/urgent/new", page_staff_urgent_new, MAY_URGENT, NULL),
    STAFF_ACT("staff_urgent_new_post", "/staff/urgent/new", page_staff_urgent_new_post, MAY_URGENT, &staff_urgent_form, false),
    STAFF_PAGE("staff_urgent_mode", "/staff/urgent/{id}", page_staff_urgent_mode, MAY_URGENT, NULL),
    STAFF_PAGE("staff_urgent_edit", "/staff/urgent/{id}/edit", page_staff_urgent_edit, MAY_URGENT, NULL),
    STAFF_ACT("staff_urgent_edit_post", "/staff/urgent/{id}/edit", page_staff_urgent_edit_post, MAY_URGENT, &staff_urgent_form, false),
    STAFF_PAGE("staff_urgent_end", "/staff/urgent/{id}/end", page_staff_urgent_end, MAY_URGENT, NULL),
    STAFF_ACT("staff_urgent_end_post", "/staff/urgent/{id}/end", page_staff_urgent_end_post, MAY_URGENT, &staff_urgent_end_form, false),
    STAFF_GET("api_staff_urgent", "/api/v1/staff/urgent", api_staff_urgent, MAY_URGENT, NULL),
    STAFF_WRITE("POST", "api_staff_urgent_new", "/api/v1/staff/urgent", api_staff_urgent_new, MAY_URGENT, &staff_urgent_form),
    STAFF_GET("api_staff_urgent_mode", "/api/v1/staff/urgent/{id}", api_staff_urgent_mode, MAY_URGENT, NULL),
    STAFF_WRITE("PUT", "api_staff_urgent_edit", "/api/v1/staff/urgent/{id}", api_staff_urgent_edit, MAY_URGENT, &staff_urgent_form),
    STAFF_WRITE("POST", "api_staff_urgent_end", "/api/v1/staff/urgent/{id}/end", api_staff_urgent_end, MAY_URGENT, &staff_urgent_end_form),

    /* ---- API: tokens of services ---- */
    API_WRITE("POST", "api_staff_token", "/api/v1/staff/token", api_staff_token, GUARD_PUBLIC, &api_staff_token_form, BUCKET_LOGIN, false),
    STAFF_GET("api_staff_me", "/api/v1/staff/me", api_staff_me, MAY_SIGNED_IN, NULL),

    /* ---- work ---- */
    STAFF_PAGE("staff_work", "/staff/work", page_staff_work, MAY_WORK, &staff_work_query),
    STAFF_PAGE("staff_find", "/staff/find", page_staff_find, MAY_TICKET, NULL),
    STAFF_PAGE("staff_ticket", "/staff/t/{no}", page_staff_ticket, MAY_TICKET, NULL),
    STAFF_PAGE("staff_file", "/staff/t/{no}/file/{id}", page_staff_file, MAY_TICKET, NULL),
    STAFF_PAGE("staff_thumb", "/staff/t/{no}/thumb/{id}", page_staff_thumb, MAY_TICKET, NULL),
    STAFF_GET("api_staff_work", "/api/v1/staff/tickets", api_staff_work, MAY_WORK, &staff_work_query),
    STAFF_WRITE("POST", "api_staff_file", "/api/v1/staff/tickets", api_staff_file, MAY_DESK, &api_staff_filing_form),
    STAFF_GET("api_staff_ticket", "/api/v1/staff/tickets/{no}", api_staff_ticket, MAY_TICKET, NULL),

    /* ---- acts on one demand: a page with its form, and the same over JSON ---- */
    STAFF_TICKET_ACT("sign", "sign", MAY_WORK, staff_act_none),
    STAFF_TICKET_ACT("contact", "contact", MAY_WORK, staff_act_contact),
    STAFF_FILE_ACT("reply", "reply", MAY_WORK, staff_act_reply),
    STAFF_TICKET_ACT("review", "review", MAY_WORK, staff_act_review),
    STAFF_TICKET_ACT("answer", "answer", MAY_DESK, staff_act_answer),
    STAFF_TICKET_ACT("dispatch", "dispatch", MAY_DISPATCH, staff_act_dispatch),
    STAFF_TICKET_ACT("redispatch", "redispatch", MAY_DISPATCH, staff_act_dispatch),
    STAFF_TICKET_ACT("reclassify", "reclassify", MAY_TRIAGE, staff_act_reclassify),
    STAFF_TICKET_ACT("divert", "divert", MAY_DESK, staff_act_divert),
    STAFF_TICKET_ACT("merge", "merge", MAY_DISPATCH, staff_act_other),
    STAFF_TICKET_ACT("link", "link", MAY_DESK, staff_act_other),
    STAFF_TICKET_ACT("unmerge", "unmerge", MAY_ARBITRATE, staff_act_unmerge),
    STAFF_TICKET_ACT("consult", "consult", MAY_DISPATCH, staff_act_consult),
    STAFF_TICKET_ACT("opinion", "opinion", MAY_WORK, staff_act_words),
    STAFF_TICKET_ACT("return_decide", "return-decide", MAY_ARBITRATE, staff_act_return_decide),
    STAFF_TICKET_ACT("whistle_report", "whistle-report", MAY_WHISTLE, staff_act_none),
    STAFF_TICKET_ACT("whistle_deliver", "whistle-deliver", MAY_WHISTLE, staff_act_stage),
    STAFF_TICKET_ACT("cowork_report", "cowork-report", MAY_WORK, staff_act_stage),
    STAFF_TICKET_ACT("escalation_answer", "escalation-answer", MAY_WORK, staff_act_words),
    STAFF_TICKET_ACT("supervise_answer", "supervise-answer", MAY_WORK, staff_act_words),
    STAFF_TICKET_ACT("extend_decide", "extend-decide", MAY_EXTEND, staff_act_decide),
    STAFF_TICKET_ACT("resume", "resume", MAY_WORK, staff_act_none),
    STAFF_FILE_ACT("note", "note", MAY_TICKET, staff_act_note),
    STAFF_TICKET_ACT("extend", "extend", MAY_WORK, staff_act_extend),
    STAFF_TICKET_ACT("extend_ask", "extend-ask", MAY_WORK, staff_act_extend),
    STAFF_TICKET_ACT("pause", "pause", MAY_WORK, staff_act_pause),
    STAFF_TICKET_ACT("whistle", "whistle", MAY_WHISTLE, staff_act_whistle),
    STAFF_TICKET_ACT("cowork", "cowork", MAY_WORK, staff_act_cowork),
    STAFF_TICKET_ACT("joint", "joint", MAY_DISPATCH, staff_act_unit),
    STAFF_TICKET_ACT("joint_action", "joint-action", MAY_WORK, staff_act_consult),
    STAFF_TICKET_ACT("escalate", "escalate", MAY_WORK, staff_act_escalate),
    STAFF_TICKET_ACT("relay", "relay", MAY_WORK, staff_act_relay),
    STAFF_TICKET_ACT("relay_answer", "relay-answer", MAY_WORK, staff_act_relay_answer),
    STAFF_TICKET_ACT("helper", "helper", MAY_WORK, staff_act_helper),
    STAFF_TICKET_ACT("return", "return", MAY_WORK, staff_act_return),
    STAFF_TICKET_ACT("supervise", "supervise", MAY_SUPERVISE, staff_act_supervise),
    STAFF_TICKET_ACT("report", "report", MAY_TICKET, staff_act_words),
    STAFF_TICKET_ACT("publish", "publish", MAY_DISPATCH, staff_act_publish),
    STAFF_TICKET_ACT("close", "close", MAY_DISPATCH, staff_act_close),
    STAFF_TICKET_ACT("reveal", "reveal", MAY_TICKET, staff_act_reveal),

    /* ---- dispatch rules ---- */
    STAFF_PAGE("staff_rules", "/staff/rules", page_staff_rules, MAY_RULES, NULL),
    STAFF_ACT("staff_rules_post", "/staff/rules", page_staff_rules_post, MAY_RULES, &staff_rules_note, false),
    STAFF_PAGE("staff_rules_set", "/staff/rules/{set}", page_staff_rules_set, MAY_RULES, &staff_rules_query),
    STAFF_PAGE("staff_rules_changes", "/staff/rules/{set}/changes", page_staff_rules_changes, MAY_RULES, NULL),
    STAFF_PAGE("staff_rules_try", "/staff/rules/{set}/try", page_staff_rules_try, MAY_RULES, &staff_rules_query),
    STAFF_PAGE("staff_rule", "/staff/rules/{set}/rule/{id}", page_staff_rule, MAY_RULES, NULL),
    STAFF_ACT("staff_rule_post", "/staff/rules/{set}/rule/{id}", page_staff_rule_post, MAY_RULES, &staff_rule_form, false),
    STAFF_PAGE("staff_rules_publish", "/staff/rules/{set}/publish", page_staff_rules_publish, MAY_RULES, NULL),
    STAFF_ACT("staff_rules_publish_post", "/staff/rules/{set}/publish", page_staff_rules_publish_post, MAY_RULES, NULL, false),
    STAFF_PAGE("staff_rules_revert", "/staff/rules/{set}/revert", page_staff_rules_revert, MAY_RULES, NULL),
    STAFF_ACT("staff_rules_revert_post", "/staff/rules/{set}/revert", page_staff_rules_revert_post, MAY_RULES, &staff_rules_note, false),
    STAFF_PAGE("staff_rules_drop", "/staff/rules/{set}/drop", page_staff_rules_drop, MAY_RULES, NULL),
    STAFF_ACT("staff_rules_drop_post", "/staff/rules/{set}/drop", page_staff_rules_drop_post, MAY_RULES, NULL, false),
    STAFF_GET("api_staff_rules", "/api/v1/staff/rules", api_staff_rules, MAY_RULES, NULL),
    STAFF_WRITE("POST", "api_staff_rules_draft", "/api/v1/staff/rules", api_staff_rules_draft, MAY_RULES, &staff_rules_note),
    STAFF_GET("api_staff_rules_set", "/api/v1/staff/rules/{set}", api_staff_rules_set, MAY_RULES, &staff_rules_query),
    STAFF_GET("api_staff_rules_changes", "/api/v1/staff/rules/{set}/changes", api_staff_rules_changes, MAY_RULES, NULL),
    STAFF_GET("api_staff_rules_try", "/api/v1/staff/rules/{set}/try", api_staff_rules_try, MAY_RULES, &staff_rules_query),
    STAFF_WRITE("POST", "api_staff_rule", "/api/v1/staff/rules/{set}/rule/{id}", api_staff_rule, MAY_RULES, &staff_rule_form),
    STAFF_CALL("POST", "api_staff_rules_publish", "/api/v1/staff/rules/{set}/publish", api_staff_rules_publish, MAY_RULES),
    STAFF_WRITE("POST", "api_staff_rules_revert", "/api/v1/staff/rules/{set}/revert", api_staff_rules_revert, MAY_RULES, &staff_rules_note),
    STAFF_CALL("POST", "api_staff_rules_drop", "/api/v1/staff/rules/{set}/drop", api_staff_rules_drop, MAY_RULES),

    /* ---- wording that replies start from ---- */
    STAFF_PAGE("staff_wordings", "/staff/wordings", page_staff_wordings, MAY_TEMPLATES, &staff_wordings_query),
    STAFF_PAGE("staff_wording_new", "/staff/wordings/new", page_staff_wording_new, MAY_TEMPLATES, NULL),
    STAFF_ACT("staff_wording_new_post", "/staff/wordings/new", page_staff_wording_new_post, MAY_TEMPLATES, &staff_wording_form, false),
    STAFF_PAGE("staff_wording", "/staff/wordings/{id}", page_staff_wording, MAY_TEMPLATES, NULL),
    STAFF_ACT("staff_wording_post", "/staff/wordings/{id}", page_staff_wording_post, MAY_TEMPLATES, &staff_wording_form, false),
    STAFF_ACT("staff_wording_retire", "/staff/wordings/{id}/retire", page_staff_wording_retire, MAY_TEMPLATES, NULL, false),
    STAFF_GET("api_staff_wordings", "/api/v1/staff/wordings", api_staff_wordings, MAY_TEMPLATES, &staff_wordings_query),
    STAFF_WRITE("POST", "api_staff_wording_new", "/api/v1/staff/wordings", api_staff_wording_new, MAY_TEMPLATES, &staff_wording_form),
    STAFF_GET("api_staff_wording", "/api/v1/staff/wordings/{id}", api_staff_wording, MAY_TEMPLATES, NULL),
    STAFF_WRITE("PUT", "api_staff_wording_edit", "/api/v1/staff/wordings/{id}", api_staff_wording_edit, MAY_TEMPLATES, &staff_wording_form),
    STAFF_CALL("POST", "api_staff_wording_retire", "/api/v1/staff/wordings/{id}/retire", api_staff_wording_retire, MAY_TEMPLATES),

    /* ---- health ---- */
    HEALTH_ROUTES("staff"),
};
/* clang-format on */
static const struct route_table routes = {rows, sizeof rows / sizeof rows[0]};

int main(int argc, char **argv)
{
    static const struct portal_program program = {.name = "staff", .catalogue = &sql_catalogue_staff, .routes = &routes,
                                                  .sessions = portal_staff_store, .guard = portal_staff_guard, .keys = true,
                                                  .permit_name = portal_permit_name,
                                                  .ref_parts = REF_ALL, .sign_in_path = "/staff/sign-in",
                                                  .page = staff_fill_page, .problem = staff_problem_page};
    return portal_main(&program, argc, argv);
}
