/*
 * problem.c - failures on their way out.
 *
 * Contract: see problem.h. The table is the one place where a reason gets its status, code and sentence; codes are the
 * status followed by two digits, and a code once given is never used for anything else. Must not know how a fault
 * arose.
 */
#include "web/problem.h"

#include "gen/tmpl.h"
#include "web/csrf.h"
#include "web/dispatch.h"
#include "web/page.h"
#include "web/request.h"
#include "web/response.h"
#include "web/route.h"

/* Sorted by code; new rows take the next free code of their status. */
static const struct problem table[] = {
    {"BAD_REQUEST", 400, 40000, MSG_error_bad_request},
    {"BAD_JSON", 400, 40001, MSG_error_bad_json},
    {"MULTIPART_BROKEN", 400, 40002, MSG_error_multipart_broken},
    {"CLIENT_GONE", 400, 40003, MSG_error_client_gone},
    {"TOO_MANY_FIELDS", 400, 40004, MSG_error_too_many_fields},
    {"CURSOR_INVALID", 400, 40005, MSG_error_cursor_invalid},
    {"IDEMPOTENCY_KEY_REQUIRED", 400, 40006, MSG_error_idempotency_key_required},
    {"IDEMPOTENCY_KEY_INVALID", 400, 40007, MSG_error_idempotency_key_invalid},
    {"LOGIN_REQUIRED", 401, 40100, MSG_error_login_required},
    {"TOKEN_INVALID", 401, 40101, MSG_error_token_invalid},
    {"TOKEN_EXPIRED", 401, 40102, MSG_error_token_expired},
    {"REFRESH_INVALID", 401, 40103, MSG_error_refresh_invalid},
    {"REFRESH_REUSED", 401, 40104, MSG_error_refresh_reused},
    {"DENIED", 403, 40300, MSG_error_denied},
    {"CSRF_FAILED", 403, 40301, MSG_error_csrf_failed},
    {"ACCOUNT_DISABLED", 403, 40302, MSG_error_account_disabled},
    {"NOT_YOUR_UNIT", 403, 40303, MSG_error_not_your_unit},
    {"NOT_PUBLIC", 403, 40304, MSG_error_not_public},
    {"SECOND_FACTOR_NEEDED", 403, 40305, MSG_error_second_factor_needed},
    {"OWN_ACCOUNT", 403, 40306, MSG_error_own_account},
    {"NEEDS_APPROVAL", 403, 40320, MSG_error_needs_approval},
    {"NOT_FOUND", 404, 40400, MSG_error_not_found},
    {"TICKET_NOT_FOUND", 404, 40401, MSG_error_ticket_not_found},
    {"DRAFT_NOT_FOUND", 404, 40402, MSG_error_draft_not_found},
    {"LINK_GONE", 404, 40403, MSG_error_link_gone},
    {"UPLOAD_NOT_FOUND", 404, 40404, MSG_error_upload_not_found},
    {"ARTICLE_NOT_FOUND", 404, 40405, MSG_error_article_not_found},
    {"SERIES_NOT_FOUND", 404, 40406, MSG_error_series_not_found},
    {"LOOKUP_FAILED", 404, 40407, MSG_error_lookup_failed},
    {"METHOD_NOT_ALLOWED", 405, 40500, MSG_error_method_not_allowed},
    {"CONFLICT", 409, 40900, MSG_error_conflict},
    {"VERSION", 409, 40901, MSG_error_version},
    {"STATE_FORBIDS", 409, 40902, MSG_error_state_forbids},
    {"URGE_SPENT", 409, 40903, MSG_error_urge_spent},
    {"WITHDRAW_NOT_POSSIBLE", 409, 40904, MSG_error_withdraw_not_possible},
    {"OBJECTION_LATE", 409, 40905, MSG_error_objection_late},
    {"OBJECTION_SPENT", 409, 40906, MSG_error_objection_spent},
    {"RATING_CLOSED", 409, 40907, MSG_error_rating_closed},
    {"RATING_DONE", 409, 40908, MSG_error_rating_done},
    {"RATING_NOT_OPEN", 409, 40909, MSG_error_rating_not_open},
    {"TIMELINE_FULL", 409, 40910, MSG_error_timeline_full},
    {"FOLLOW_DONE", 409, 40911, MSG_error_follow_done},
    {"PHONE_TAKEN", 409, 40912, MSG_error_phone_taken},
    {"IDEMPOTENCY_IN_PROGRESS", 409, 40913, MSG_error_idempotency_in_progress},
    {"RETURN_OPEN", 409, 40920, MSG_error_return_open},
    {"RETURN_SPENT", 409, 40921, MSG_error_return_spent},
    {"RETURN_FINAL", 409, 40922, MSG_error_return_final},
    {"RETURN_NONE", 409, 40923, MSG_error_return_none},
    {"ALREADY_PAUSED", 409, 40924, MSG_error_already_paused},
    {"NOT_PAUSED", 409, 40925, MSG_error_not_paused},
    {"EXTENSION_OPEN", 409, 40926, MSG_error_extension_open},
    {"EXTENSION_NONE", 409, 40927, MSG_error_extension_none},
    {"MERGE_CHAIN", 409, 40928, MSG_error_merge_chain},
    {"NOT_A_REVIEW", 409, 40929, MSG_error_not_a_review},
    {"RULES_MOVED", 409, 40930, MSG_error_rules_moved},
    {"RULES_NOT_DRAFT", 409, 40931, MSG_error_rules_not_draft},
    {"RULES_NOT_PAST", 409, 40932, MSG_error_rules_not_past},
    {"VISIT_TAKEN", 409, 40950, MSG_error_visit_taken},
    {"VISIT_DONE", 409, 40951, MSG_error_visit_done},
    {"SUPERVISED_ALREADY", 409, 40952, MSG_error_supervised_already},
    {"NOT_SUPERVISED", 409, 40953, MSG_error_not_supervised},
    {"MODE_ENDED", 409, 40954, MSG_error_mode_ended},
    {"TEMPLATES_TOO_MANY", 409, 40955, MSG_error_templates_too_many},
    {"TOO_LARGE", 413, 41300, MSG_error_too_large},
    {"UPLOAD_TOO_LARGE", 413, 41301, MSG_error_upload_too_large},
    {"URI_TOO_LONG", 414, 41400, MSG_error_uri_too_long},
    {"UNSUPPORTED_MEDIA_TYPE", 415, 41500, MSG_error_unsupported_media_type},
    {"INVALID_INPUT", 422, 42200, MSG_error_invalid_input},
    {"IDEMPOTENCY_MISMATCH", 422, 42201, MSG_error_idempotency_mismatch},
    {"WECHAT_CODE_INVALID", 422, 42202, MSG_error_wechat_code_invalid},
    {"NOT_DISPATCHED", 422, 42203, MSG_error_not_dispatched},
    {"AREA_UNKNOWN", 422, 42204, MSG_error_area_unknown},
    {"CATEGORY_UNKNOWN", 422, 42205, MSG_error_category_unknown},
    {"UPLOAD_TYPE", 422, 42206, MSG_error_upload_type},
    {"UPLOAD_BROKEN", 422, 42207, MSG_error_upload_broken},
    {"UPLOAD_EMPTY", 422, 42208, MSG_error_upload_empty},
    {"UPLOAD_TOO_MANY", 422, 42209, MSG_error_upload_too_many},
    {"SEARCH_EMPTY", 422, 42210, MSG_error_search_empty},
    {"BAD_TEXT", 422, 42211, MSG_error_bad_text},
    {"BAD_ARTICLE", 422, 42212, MSG_error_bad_article},
    {"RULES_TOO_MANY", 422, 42213, MSG_error_rules_too_many},
    {"URGE_TOO_SOON", 429, 42900, MSG_error_urge_too_soon},
    {"LIMITED", 429, 42901, MSG_error_limited},
    {"SMS_TOO_SOON", 429, 42902, MSG_error_sms_too_soon},
    {"LOOKUP_LIMITED", 429, 42903, MSG_error_lookup_limited},
    {"SMS_HOUR_SPENT", 429, 42904, MSG_error_sms_hour_spent},
    {"SMS_DAY_SPENT", 429, 42905, MSG_error_sms_day_spent},
    {"REVEAL_LIMIT", 429, 42920, MSG_error_reveal_limit},
    {"INTERNAL", 500, 50000, MSG_error_internal},
    {"CRYPTO_BROKEN", 500, 50001, MSG_error_crypto_broken},
    {"UNAVAILABLE", 503, 50300, MSG_error_unavailable},
    {"MAINTENANCE", 503, 50301, MSG_error_maintenance},
    {"SMS_UNAVAILABLE", 503, 50302, MSG_error_sms_unavailable},
    {"WECHAT_UNAVAILABLE", 503, 50303, MSG_error_wechat_unavailable},
};
enum { TABLE_ROWS = sizeof table / sizeof *table };

const struct problem *problem_table(size_t *ret_n)
{
    *ret_n = TABLE_ROWS;
    return table;
}

const struct problem *problem_find(const char *reason)
{
    for (size_t i = 0; reason && i < TABLE_ROWS; i++)
        if (strcmp(table[i].reason, reason) == 0)
            return &table[i];
    return NULL;
}

static const char *general_reason(enum err err)
{
    switch (err) {
    case ERR_INVALID:
        return "INVALID_INPUT";
    case ERR_DENIED:
        return "DENIED";
    case ERR_LOGIN:
        return "LOGIN_REQUIRED";
    case ERR_NOT_FOUND:
        return "NOT_FOUND";
    case ERR_CONFLICT:
        return "CONFLICT";
    case ERR_TOO_LARGE:
        return "TOO_LARGE";
    case ERR_LIMITED:
        return "LIMITED";
    case ERR_UNAVAILABLE:
        return "UNAVAILABLE";
    case ERR_OK:
    case ERR_INTERNAL:
        return "INTERNAL";
    }
    bug(__FILE__, __LINE__, "err");
}

const struct problem *problem_of(const struct fault *f, enum err err)
{
    const struct problem *p = f->err == err && f->reason ? problem_find(f->reason) : problem_find(general_reason(err));
    return p ? p : problem_find("INTERNAL");
}

enum msg problem_field_msg(const struct fault_field *f)
{
    char key[64];
    int n = snprintf(key, sizeof key, "field.%s", f->reason);
    if (f->msg)
        return (enum msg)f->msg;
    if (n < 0 || (size_t)n >= sizeof key)
        return MSG_field_bad_format;
    for (int i = 6; i < n; i++)
        key[i] = (char)(key[i] >= 'A' && key[i] <= 'Z' ? key[i] + 32 : key[i]);
    enum msg m = msg_find((struct str){key, (size_t)n});
    return m ? m : MSG_field_bad_format;
}

enum msg problem_field(const struct request *rq, const char *field)
{
    for (size_t i = 0; i < rq->fault->n_fields; i++)
        if (strcmp(rq->fault->fields[i].field, field) == 0)
            return problem_field_msg(&rq->fault->fields[i]);
    return MSG_NONE;
}

/* ---- as JSON --------------------------------------------------------------------------------------------------- */

static void put_fields(struct request *rq, struct json *w)
{
    json_open_object(w);
    json_key(w, "fields");
    json_open_array(w);
    for (size_t i = 0; i < rq->fault->n_fields; i++) {
        const struct fault_field *f = &rq->fault->fields[i];
        json_open_object(w);
        json_key(w, "field");
        json_cstr(w, f->field);
        json_key(w, "reason");
        json_cstr(w, f->reason);
        json_put_str(w, "message", msg_text(rq->lang, problem_field_msg(f)));
        json_close(w);
    }
    json_close(w);
    json_close(w);
}

static void respond_json(struct request *rq, struct response *rs, const struct problem *p)
{
    struct json w;
    response_json(rs);
    json_init(&w, &rs->body);
    json_open_object(&w);
    json_put_i64(&w, "code", p->code);
    json_key(&w, "reason");
    json_cstr(&w, p->reason);
    json_put_str(&w, "message", msg_text(rq->lang, p->msg));
    json_key(&w, "data");
    if (p->status == 422 && rq->fault->n_fields)
        put_fields(rq, &w);
    else
        json_null(&w);
    json_put_str(&w, "request_id", rq->request_id);
    json_close(&w);
}

/* ---- as a page ------------------------------------------------------------------------------------------------- */

static enum msg title_of(const struct problem *p)
{
    if (strcmp(p->reason, "CSRF_FAILED") == 0)
        return MSG_error_title_session;
    switch (p->status) {
    case 401:
        return MSG_error_title_login;
    case 403:
        return MSG_error_title_denied;
    case 404:
        return MSG_error_title_not_found;
    case 409:
        return MSG_error_title_conflict;
    case 413:
        return MSG_error_title_too_large;
    case 422:
        return MSG_error_title_invalid;
    case 429:
        return MSG_error_title_limited;
    case 500:
        return MSG_error_title_internal;
    case 503:
        return MSG_error_title_unavailable;
    default:
        return MSG_error_title_request;
    }
}

static void respond_page(struct request *rq, struct response *rs, const struct problem *p, int retry_after_s)
{
    struct page pg;
    struct view_problem_field *fields = ARENA_ARRAY(rq->a, struct view_problem_field, rq->fault->n_fields + 1);
    size_t n = p->status == 422 ? rq->fault->n_fields : 0;
    for (size_t i = 0; i < n; i++)
        fields[i] = (struct view_problem_field){rq->fault->fields[i].field, problem_field_msg(&rq->fault->fields[i])};
    struct view_problem v = {.status = p->status,
                             .code = p->code,
                             .title = title_of(p),
                             .text = p->msg,
                             .request_id = rq->request_id,
                             .retry_after_s = retry_after_s,
                             .sign_in = p->status == 401,
                             .denied = p->status == 403 && p->code != 40301,
                             .kept = kept_of(rq, p->reason),
                             .fields = fields,
                             .n_fields = n};
    if (v.kept) {
        csrf_offer(rq, rs);
        if (v.kept->action.n) {
            v.title = MSG_error_title_session;
            v.text = v.kept->by_code ? MSG_kept_by_code : v.kept->sign_in.n ? MSG_kept_by_login : MSG_kept_send;
        }
    }
    page_init(rq, &pg, NAV_NONE, v.title);
    pg.title_error = true;
    pg.noindex = true;
    response_html(rs);
    if (rq->web && rq->web->problem)
        rq->web->problem(rq, rs, &pg, &v);
    else
        tmpl_error_problem(&rs->body, &pg, &v);
}

/* Programs that ask for a picture or a table get one line. */
static void respond_plain(struct request *rq, struct response *rs, const struct problem *p)
{
    response_type(rs, "text/plain; charset=utf-8");
    buf_put(&rs->body, msg_text(rq->lang, p->msg));
    buf_put(&rs->body, STR("\n"));
    buf_put(&rs->body, rq->request_id);
    buf_put(&rs->body, STR("\n"));
}

static enum look look_of(const struct request *rq)
{
    if (rq->route)
        return rq->route->look;
    /* As it was sent: a path that could not be read is in no shape to ask. */
    return str_starts(rq->params[PARAM_URI], STR("/api/")) ? LOOK_API : LOOK_PAGE;
}

static int retry_after(const struct fault *f, const struct problem *p)
{
    if (p->status != 429 && p->status != 503)
        return 0;
    return f->retry_after_s > 0 ? f->retry_after_s : p->status == 429 ? 30 : 5;
}

void problem_respond(struct request *rq, struct response *rs, enum err err)
{
    const struct problem *p = problem_of(rq->fault, err);
    int retry = retry_after(rq->fault, p);
    enum look look = look_of(rq);
    response_clear(rs);
    rs->no_store = true;
    rs->error = p->reason;
    if (look == LOOK_API)
        respond_json(rq, rs, p);
    else if (look == LOOK_RAW)
        respond_plain(rq, rs, p);
    else
        respond_page(rq, rs, p, retry);
    response_status(rs, p->status);
    if (retry)
        response_header(rs, "Retry-After", arena_printf(rq->a, "%d", retry));
    if (p->status == 401 && look == LOOK_API)
        response_header(rs, "WWW-Authenticate", STR("Bearer"));
}
