/*
 * citizen.c - the portal of those who have a demand: pages, mini-program API, uploads.
 *
 * The first table of the design: every route of this program. What a row means stands in web/route.h.
 */
#include "api/auth.h"
#include "api/help.h"
#include "api/kb.h"
#include "api/ticket_form.h"
#include "api/tickets.h"
#include "pages/home.h"
#include "pages/me.h"
#include "pages/me_form.h"
#include "pages/new.h"
#include "pages/new_form.h"
#include "pages/track.h"
#include "pages/track_form.h"
#include "prog/portal.h"
#include "prog/portal_health.h"
#include "prog/portal_routes.h"
#include "prog/portal_session.h"

/* clang-format off */
static const struct route rows[] = {
    /* ---- home, words ---- */
    PAGE("home", "/", page_home, GUARD_OPTIONAL, NULL, BUCKET_READ),
    PAGE("rights", "/rights", page_rights, GUARD_OPTIONAL, NULL, BUCKET_READ),
    PAGE("privacy", "/privacy", page_privacy, GUARD_OPTIONAL, NULL, BUCKET_READ),
    PAGE("accessibility", "/accessibility", page_accessibility, GUARD_OPTIONAL, NULL, BUCKET_READ),
    PAGE("api", "/api/", page_api, GUARD_OPTIONAL, NULL, BUCKET_READ),

    /* ---- filing ---- */
    PAGE("new_words", "/new", page_new_words, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("new_words_post", "/new", page_new_words_post, GUARD_OPTIONAL, &new_words_form, BUCKET_WRITE, false),
    ACT("new_drop", "/new/drop", page_new_drop, GUARD_OPTIONAL, NULL, BUCKET_WRITE, false),
    PAGE("new_category", "/new/category", page_new_category, GUARD_OPTIONAL, NULL, BUCKET_SEARCH),
    ACT("new_category_post", "/new/category", page_new_category_post, GUARD_OPTIONAL, &new_category_form, BUCKET_WRITE, false),
    PAGE("new_district", "/new/place", page_new_district, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("new_district_post", "/new/place", page_new_district_post, GUARD_OPTIONAL, &new_place_form, BUCKET_WRITE, false),
    PAGE("new_street", "/new/place/street", page_new_street, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("new_street_post", "/new/place/street", page_new_street_post, GUARD_OPTIONAL, &new_place_form, BUCKET_WRITE, false),
    PAGE("new_community", "/new/place/community", page_new_community, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("new_community_post", "/new/place/community", page_new_community_post, GUARD_OPTIONAL, &new_place_form, BUCKET_WRITE, false),
    PAGE("new_address", "/new/place/address", page_new_address, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("new_address_post", "/new/place/address", page_new_address_post, GUARD_OPTIONAL, &new_address_form, BUCKET_WRITE, false),
    PAGE("new_photos", "/new/photos", page_new_photos, GUARD_OPTIONAL, NULL, BUCKET_READ),
    UPLOAD("new_photos_post", "/new/photos", page_new_photos_post, GUARD_OPTIONAL, &new_photos_form),
    PAGE("new_thumb", "/new/photos/{id}/thumb", page_new_thumb, GUARD_OPTIONAL, NULL, BUCKET_READ),
    PAGE("new_contact", "/new/contact", page_new_contact, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("new_contact_post", "/new/contact", page_new_contact_post, GUARD_OPTIONAL, &new_contact_form, BUCKET_SMS, false),
    PAGE("new_code", "/new/code", page_new_code, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("new_code_post", "/new/code", page_new_code_post, GUARD_OPTIONAL, &new_code_form, BUCKET_LOGIN, false),
    PAGE("new_check", "/new/check", page_new_check, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("new_check_post", "/new/check", page_new_check_post, GUARD_OPTIONAL, &new_check_form, BUCKET_FILE, false),
    PAGE("receipt", "/receipt", page_receipt, GUARD_OPTIONAL, NULL, BUCKET_READ),
    PAGE("new_saved", "/new/saved", page_new_saved, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("new_saved_post", "/new/saved", page_new_saved_post, GUARD_OPTIONAL, NULL, BUCKET_WRITE, false),
    PAGE("draft_link", "/d/{token}", page_draft_link, GUARD_PUBLIC, NULL, BUCKET_LOOKUP),
    PAGE("new_resume", "/new/resume", page_new_resume, GUARD_OPTIONAL, NULL, BUCKET_LOOKUP),
    ACT("new_resume_post", "/new/resume", page_new_resume_post, GUARD_OPTIONAL, &new_resume_form, BUCKET_LOOKUP, false),
    PAGE("stop_list", "/new/stop", page_stop_list, GUARD_OPTIONAL, NULL, BUCKET_READ),
    PAGE("stop", "/new/stop/{class}", page_stop, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("stop_post", "/new/stop/{class}", page_stop_post, GUARD_OPTIONAL, NULL, BUCKET_WRITE, false),
    PAGE("new_join", "/new/join", page_new_join, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("new_join_post", "/new/join", page_new_join_post, GUARD_OPTIONAL, &new_join_form, BUCKET_WRITE, false),

    /* ---- following, acting, rating ---- */
    PAGE("track_find", "/track", page_track_find, GUARD_OPTIONAL, &track_find_query, BUCKET_READ),
    ACT("track_find_post", "/track", page_track_find_post, GUARD_OPTIONAL, &track_find_form, BUCKET_LOOKUP, false),
    PAGE("track", "/track/{no}", page_track, GUARD_OPTIONAL, NULL, BUCKET_READ),
    PAGE("track_file", "/track/{no}/file/{id}", page_track_file, GUARD_OPTIONAL, NULL, BUCKET_READ),
    PAGE("track_thumb", "/track/{no}/thumb/{id}", page_track_thumb, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("track_follow", "/track/{no}/follow", page_track_follow, GUARD_CITIZEN, &track_follow_form, BUCKET_WRITE, false),
    PAGE("track_add", "/track/{no}/add", page_track_add, GUARD_OPTIONAL, NULL, BUCKET_READ),
    UPLOAD("track_add_post", "/track/{no}/add", page_track_add_post, GUARD_TICKET, &track_add_form),
    PAGE("track_urge", "/track/{no}/urge", page_track_urge, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("track_urge_post", "/track/{no}/urge", page_track_urge_post, GUARD_TICKET, &track_reason_form, BUCKET_WRITE, false),
    PAGE("track_withdraw", "/track/{no}/withdraw", page_track_withdraw, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("track_withdraw_post", "/track/{no}/withdraw", page_track_withdraw_post, GUARD_TICKET, &track_reason_form, BUCKET_WRITE, false),
    PAGE("track_object", "/track/{no}/object", page_track_object, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("track_object_post", "/track/{no}/object", page_track_object_post, GUARD_TICKET, &track_reason_form, BUCKET_WRITE, false),
    PAGE("rating", "/track/{no}/rating", page_rating, GUARD_OPTIONAL, NULL, BUCKET_READ),
    ACT("rating_post", "/track/{no}/rating", page_rating_post, GUARD_TICKET, &rating_form, BUCKET_WRITE, false),
    PAGE("rate_link", "/r/{token}", page_rate_link, GUARD_PUBLIC, NULL, BUCKET_LOOKUP),
    PAGE("rate", "/rate", page_rate, GUARD_OPTIONAL, NULL, BUCKET_LOOKUP),
    ACT("rate_post", "/rate", page_rate_post, GUARD_OPTIONAL, &rating_form, BUCKET_LOOKUP, false),

    /* ---- signing in, my demands, my data ---- */
    PAGE("login", "/login", page_login, GUARD_OPTIONAL, NULL, BUCKET_READ),
    SIGN_IN("login_post", "/login", page_login_post, &login_form, BUCKET_SMS),
    PAGE("login_code", "/login/code", page_login_code, GUARD_OPTIONAL, NULL, BUCKET_READ),
    SIGN_IN("login_code_post", "/login/code", page_login_code_post, &login_code_form, BUCKET_LOGIN),
    ACT("logout", "/logout", page_logout, GUARD_OPTIONAL, NULL, BUCKET_WRITE, false),
    PAGE("me", "/me", page_me, GUARD_CITIZEN, NULL, BUCKET_READ),
    PAGE("account", "/me/account", page_account, GUARD_CITIZEN, NULL, BUCKET_READ),
    ACT("account_post", "/me/account", page_account_post, GUARD_CITIZEN, &account_form, BUCKET_WRITE, false),
    PAGE("account_delete", "/me/delete", page_account_delete, GUARD_CITIZEN, NULL, BUCKET_READ),
    ACT("account_delete_post", "/me/delete", page_account_delete_post, GUARD_CITIZEN, &account_delete_form, BUCKET_WRITE, false),
    PAGE("account_export", "/me/export", page_account_export, GUARD_CITIZEN, NULL, BUCKET_WRITE),

    /* ---- knowledge base: what readers tell us ---- */
    TELL("kb_feedback", "/kb/feedback", page_kb_feedback, &kb_feedback_form),
    NOTE("kb_unanswered", "/kb/unanswered", page_kb_unanswered, &kb_miss_query),

    /* ---- API: sign-in and me ---- */
    API_WRITE("POST", "api_auth_sms", "/api/v1/auth/sms", api_auth_sms, GUARD_PUBLIC, &api_sms_form, BUCKET_SMS, true),
    API_WRITE("POST", "api_auth_verify", "/api/v1/auth/sms/verify", api_auth_verify, GUARD_PUBLIC, &api_verify_form, BUCKET_LOGIN, true),
    API_WRITE("POST", "api_auth_refresh", "/api/v1/auth/refresh", api_auth_refresh, GUARD_PUBLIC, &api_refresh_form, BUCKET_LOGIN, true),
    API_WRITE("POST", "api_auth_logout", "/api/v1/auth/logout", api_auth_logout, GUARD_CITIZEN, &api_logout_form, BUCKET_WRITE, true),
    API_GET("api_me", "/api/v1/me", api_me, GUARD_CITIZEN, NULL, BUCKET_READ, CACHE_NO_STORE),
    API_WRITE("PUT", "api_me_put", "/api/v1/me", api_me_put, GUARD_CITIZEN, &api_me_form, BUCKET_WRITE, false),
    API_CALL("DELETE", "api_me_delete", "/api/v1/me", api_me_delete, GUARD_CITIZEN, BUCKET_WRITE),
    API_GET("api_me_export", "/api/v1/me/export", api_me_export, GUARD_CITIZEN, NULL, BUCKET_WRITE, CACHE_NO_STORE),

    /* ---- API: uploads, suggestions, feedback ---- */
    API_UPLOAD("api_upload", "/api/v1/uploads", api_upload, &api_upload_form),
    API_WRITE("POST", "api_suggest", "/api/v1/suggest", api_suggest, GUARD_PUBLIC, &api_suggest_form, BUCKET_SEARCH, false),
    API_WRITE("POST", "api_kb_feedback", "/api/v1/kb/articles/{id}/feedback", api_kb_feedback, GUARD_PUBLIC, &api_kb_feedback_form, BUCKET_WRITE, false),

    /* ---- API: tickets ---- */
    API_WRITE("POST", "api_ticket_file", "/api/v1/tickets", api_ticket_file, GUARD_OPTIONAL, &api_filing_form, BUCKET_FILE, false),
    API_GET("api_ticket_list", "/api/v1/tickets", api_ticket_list, GUARD_CITIZEN, &api_list_query, BUCKET_READ, CACHE_NO_STORE),
    API_WRITE("POST", "api_ticket_lookup", "/api/v1/tickets/lookup", api_ticket_lookup, GUARD_PUBLIC, &api_lookup_form, BUCKET_LOOKUP, false),
    API_GET("api_ticket_track", "/api/v1/tickets/{no}", api_ticket_track, GUARD_TICKET, NULL, BUCKET_READ, CACHE_PRIVATE_ETAG),
    API_GET("api_ticket_content", "/api/v1/tickets/{no}/files/{id}", api_ticket_content, GUARD_TICKET, NULL, BUCKET_READ, CACHE_NO_STORE),
    API_WRITE("POST", "api_ticket_message", "/api/v1/tickets/{no}/messages", api_ticket_message, GUARD_TICKET, &api_message_form, BUCKET_WRITE, false),
    API_CALL("POST", "api_ticket_urge", "/api/v1/tickets/{no}/urge", api_ticket_urge, GUARD_TICKET, BUCKET_WRITE),
    API_WRITE("POST", "api_ticket_withdraw", "/api/v1/tickets/{no}/withdraw", api_ticket_withdraw, GUARD_TICKET, &api_reason_form, BUCKET_WRITE, false),
    API_WRITE("POST", "api_ticket_object", "/api/v1/tickets/{no}/object", api_ticket_object, GUARD_TICKET, &api_reason_form, BUCKET_WRITE, false),
    API_WRITE("POST", "api_ticket_rating", "/api/v1/tickets/{no}/rating", api_ticket_rating, GUARD_TICKET, &api_rating_form, BUCKET_WRITE, false),
    API_WRITE("POST", "api_ticket_follow", "/api/v1/tickets/{no}/follow", api_ticket_follow, GUARD_CITIZEN, &api_follow_form, BUCKET_WRITE, false),

    /* ---- health ---- */
    HEALTH_ROUTES("citizen"),
};
/* clang-format on */
static const struct route_table routes = {rows, sizeof rows / sizeof rows[0]};

int main(int argc, char **argv)
{
    static const struct portal_program program = {.name = "citizen", .catalogue = &sql_catalogue_citizen,
                                                  .routes = &routes, .sessions = portal_session_store,
                                                  .guard = portal_guard, .keys = true,
                                                  .ref_parts = REF_ALL, .keeps_readings = true, .sign_in_path = "/login"};
    return portal_main(&program, argc, argv);
}
