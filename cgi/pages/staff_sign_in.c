/*
 * staff_sign_in.c - the way into the back office: password, code, what is still owed; and the way out.
 *
 * Contract: every step gives the session a new token. Until the last one the session is good for these pages alone. Must not
 * know what a password is worth.
 */
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff.h"
#include "pages/staff_form.h"
#include "pages/view_staff.h"
#include "web/session.h"

static struct str with_next(struct request *rq, const char *path, struct str next)
{
    next = staff_own_path(next);
    if (next.n == 0)
        return str_from_c(path);
    return arena_printf(rq->a, "%s?next=" STR_FMT, path, STR_ARG(percent_encode(rq->a, next)));
}

enum err staff_go_on(struct request *rq, struct response *rs, struct str next)
{
    switch (staff_session_of(rq)->stage) {
    case STAGE_CODE:
        return response_redirect(rs, with_next(rq, "/staff/sign-in/code", next));
    case STAGE_PASSWORD:
        return response_redirect(rs, with_next(rq, "/staff/sign-in/password", next));
    case STAGE_ENROL:
        return response_redirect(rs, with_next(rq, "/staff/sign-in/totp", next));
    case STAGE_IN:
        break;
    }
    next = staff_own_path(next);
    return response_redirect(rs, next.n > 0 ? next : STR("/staff/"));
}

enum err staff_new_token(struct request *rq, struct response *rs)
{
    return session_sign_in(rq, rs, staff_session_of(rq)->staff_id);
}

/* True when a sign-in is under way, or done, and this step is not the one that is owed. */
static bool is_elsewhere(struct request *rq, enum staff_stage stage)
{
    const struct staff_session *s = staff_session_of(rq);
    return s != NULL && s->stage != stage;
}

/* No sign-in under way: begins again. */
static enum err begin_again(struct request *rq, struct response *rs, struct str next)
{
    return response_redirect(rs, with_next(rq, "/staff/sign-in", next));
}

/* ---- password ----------------------------------------------------------------------------------------------------------- */

static enum err show_sign_in(struct request *rq, struct response *rs, struct str login, struct str next)
{
    struct page pg;
    struct view_staff_sign_in v = {.errors = say_errors(rq), .login = say_input(rq, "login", login),
                                   .password = say_input(rq, "password", STR_NONE), .next = staff_own_path(next)};
    if (request_query(rq, "done").n > 0)
        v.notice.text = MSG_staff_signed_out;
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_sign_in_title);
    else
        staff_page(rq, rs, &pg, MSG_staff_sign_in_title);
    tmpl_staff_sign_in(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_staff_sign_in(struct request *rq, struct response *rs)
{
    struct str next = request_query(rq, "next");
    const struct staff_session *s = staff_session_of(rq);
    /* A session that lost its strength (a role came, a policy changed) signs in anew. */
    if (s != NULL && (s->stage != STAGE_IN || s->strong || !permission_needs_totp(join_ctx(rq), &s->rights)))
        return staff_go_on(rq, rs, next);
    return show_sign_in(rq, rs, STR_NONE, next);
}

enum err page_staff_sign_in_post(struct request *rq, struct response *rs)
{
    const struct staff_sign_in_form *in = rq->form;
    struct staff_session *s = ARENA_NEW(rq->a, struct staff_session);
    if (rq->form_invalid)
        return show_sign_in(rq, rs, in->login, in->next);
    enum err err = staff_sign_in(join_ctx(rq), in->login, in->password, s);
    if (err == ERR_INVALID)
        return show_sign_in(rq, rs, in->login, in->next);
    if (err != ERR_OK)
        return err;
    join_of(rq)->staff = s;
    err = staff_new_token(rq, rs);
    return err == ERR_OK ? staff_go_on(rq, rs, in->next) : err;
}

/* ---- code ----------------------------------------------------------------------------------------------------------------- */

static enum err show_code(struct request *rq, struct response *rs, struct str next)
{
    struct page pg;
    struct view_staff_code v = {.errors = say_errors(rq), .code = say_input(rq, "code", STR_NONE), .next = staff_own_path(next)};
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_code_title);
    else
        staff_page(rq, rs, &pg, MSG_staff_code_title);
    tmpl_staff_code(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_staff_code(struct request *rq, struct response *rs)
{
    struct str next = request_query(rq, "next");
    if (staff_session_of(rq) == NULL)
        return begin_again(rq, rs, next);
    return is_elsewhere(rq, STAGE_CODE) ? staff_go_on(rq, rs, next) : show_code(rq, rs, next);
}

enum err page_staff_code_post(struct request *rq, struct response *rs)
{
    const struct staff_code_form *in = rq->form;
    if (staff_session_of(rq) == NULL)
        return begin_again(rq, rs, in->next);
    if (is_elsewhere(rq, STAGE_CODE))
        return staff_go_on(rq, rs, in->next);
    if (rq->form_invalid)
        return show_code(rq, rs, in->next);
    enum err err = staff_sign_in_code(join_ctx(rq), staff_session_of(rq), in->code);
    if (err == ERR_INVALID)
        return show_code(rq, rs, in->next);
    if (err == ERR_OK)
        err = staff_new_token(rq, rs);
    return err == ERR_OK ? staff_go_on(rq, rs, in->next) : err;
}

/* ---- what is still owed ------------------------------------------------------------------------------------------------------ */

enum err page_staff_first_password(struct request *rq, struct response *rs)
{
    if (staff_session_of(rq) == NULL)
        return begin_again(rq, rs, request_query(rq, "next"));
    return is_elsewhere(rq, STAGE_PASSWORD) ? staff_go_on(rq, rs, request_query(rq, "next")) : staff_show_password(rq, rs, true);
}

enum err page_staff_first_password_post(struct request *rq, struct response *rs)
{
    const struct staff_password_form *in = rq->form;
    if (staff_session_of(rq) == NULL)
        return begin_again(rq, rs, in->next);
    return is_elsewhere(rq, STAGE_PASSWORD) ? staff_go_on(rq, rs, in->next) : staff_take_password(rq, rs, true);
}

enum err page_staff_first_totp(struct request *rq, struct response *rs)
{
    if (staff_session_of(rq) == NULL)
        return begin_again(rq, rs, request_query(rq, "next"));
    return is_elsewhere(rq, STAGE_ENROL) ? staff_go_on(rq, rs, request_query(rq, "next")) : staff_show_totp(rq, rs, true);
}

enum err page_staff_first_totp_post(struct request *rq, struct response *rs)
{
    const struct staff_code_form *in = rq->form;
    if (staff_session_of(rq) == NULL)
        return begin_again(rq, rs, in->next);
    return is_elsewhere(rq, STAGE_ENROL) ? staff_go_on(rq, rs, in->next) : staff_take_totp(rq, rs, true);
}

/* ---- out, and once more -------------------------------------------------------------------------------------------------------- */

enum err page_staff_sign_out(struct request *rq, struct response *rs)
{
    enum err err = session_sign_out(rq, rs);
    return err == ERR_OK ? response_redirect(rs, STR("/staff/sign-in?done=signed_out")) : err;
}

static enum err show_confirm(struct request *rq, struct response *rs, struct str next)
{
    struct page pg;
    struct view_staff_confirm v = {.errors = say_errors(rq), .password = say_input(rq, "password", STR_NONE),
                                   .next = staff_own_path(next), .has_totp = staff_session_of(rq)->has_totp};
    v.back = v.next.n > 0 ? v.next : STR("/staff/");
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_confirm_title);
    else
        staff_page(rq, rs, &pg, MSG_staff_confirm_title);
    tmpl_staff_confirm(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_staff_confirm(struct request *rq, struct response *rs)
{
    return show_confirm(rq, rs, request_query(rq, "next"));
}

enum err page_staff_confirm_post(struct request *rq, struct response *rs)
{
    const struct staff_confirm_form *in = rq->form;
    if (rq->form_invalid)
        return show_confirm(rq, rs, in->next);
    enum err err = staff_confirm(join_ctx(rq), staff_session_of(rq), in->password);
    if (err == ERR_INVALID)
        return show_confirm(rq, rs, in->next);
    return err == ERR_OK ? staff_go_on(rq, rs, in->next) : err;
}
