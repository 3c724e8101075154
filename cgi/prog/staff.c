/*
 * staff.c - the back office: call desk, dispatch, handling, whistles, call-backs, supervision, people; and its API.
 *
 * The first table of the design: every route of this program. What a row means stands in web/route.h, what a permit is good
 * for in app/permission.c.
 */
#include "api/staff.h"
#include "pages/staff.h"
#include "pages/staff_form.h"
#include "pages/staff_people.h"
#include "prog/portal.h"
#include "prog/portal_health.h"
#include "prog/portal_routes.h"
#include "prog/portal_staff.h"

/* clang-format off */
static const struct route rows[] = {
    /* ---- signing in ---- */
    PAGE("staff_sign_in", "/staff/sign-in", page_staff_sign_in, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("staff_sign_in_post", "/staff/sign-in", page_staff_sign_in_post, GUARD_OPTIONAL, &staff_sign_in_form, BUCKET_LOGIN, true),
    PAGE("staff_code", "/staff/sign-in/code", page_staff_code, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("staff_code_post", "/staff/sign-in/code", page_staff_code_post, GUARD_OPTIONAL, &staff_code_form, BUCKET_LOGIN, true),
    PAGE("staff_first_password", "/staff/sign-in/password", page_staff_first_password, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("staff_first_password_post", "/staff/sign-in/password", page_staff_first_password_post, GUARD_OPTIONAL, &staff_password_form, BUCKET_LOGIN, true),
    PAGE("staff_first_totp", "/staff/sign-in/totp", page_staff_first_totp, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("staff_first_totp_post", "/staff/sign-in/totp", page_staff_first_totp_post, GUARD_OPTIONAL, &staff_code_form, BUCKET_LOGIN, true),
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

    /* ---- API: tokens of services ---- */
    API_WRITE("POST", "api_staff_token", "/api/v1/staff/token", api_staff_token, GUARD_PUBLIC, &api_staff_token_form, BUCKET_LOGIN, false),
    STAFF_GET("api_staff_me", "/api/v1/staff/me", api_staff_me, MAY_SIGNED_IN, NULL),

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
