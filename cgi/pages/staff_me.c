/*
 * staff_me.c - what members of the staff see and change of themselves.
 *
 * Contract: recovery codes are shown in the answer to the request that made them, and never again. Must not know other
 * people: that is staff_people.c.
 */
#include "app/ids.h"
#include "app/password.h"
#include "app/qr.h"
#include "app/totp.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff.h"
#include "pages/staff_form.h"
#include "pages/staff_grants.h"
#include "pages/staff_nav.h"
#include "pages/view_staff.h"

/* ---- me ------------------------------------------------------------------------------------------------------------------- */

static enum msg done_msg(struct request *rq)
{
    struct str done = request_query(rq, "done");
    return str_eq(done, STR("password")) ? MSG_staff_done_password : str_eq(done, STR("ended")) ? MSG_staff_done_ended : MSG_NONE;
}

static enum err list_sessions(struct request *rq, struct view_staff_me *v)
{
    const struct staff_session *s = staff_session_of(rq);
    const struct staff_session_row *rows = NULL;
    struct say say = say_of(rq);
    size_t n = 0;
    enum err err = staff_session_list(join_ctx(rq), s->staff_id, &rows, &n);
    if (err != ERR_OK)
        return err;
    struct view_staff_session *out = ARENA_ARRAY(rq->a, struct view_staff_session, n + 1);
    for (size_t i = 0; i < n; i++) {
        out[i] = (struct view_staff_session){.id = id_text(rq->a, rows[i].id), .net = rows[i].client_net, .strong = rows[i].strong,
                                             .began = say_time(&say, rows[i].created_at), .seen = say_time(&say, rows[i].seen_at),
                                             .own = rows[i].id == s->id};
        v->others = v->others || !out[i].own;
    }
    v->sessions = out;
    v->n_sessions = n;
    return ERR_OK;
}

enum err page_staff_me(struct request *rq, struct response *rs)
{
    struct page pg;
    const struct staff_session *s = staff_session_of(rq);
    struct view_staff_me v = {.notice.text = done_msg(rq), .name = s->name, .login = s->login,
                              .unit = staff_unit_name(rq, s->unit_code),
                              .unit_zh = rq->lang == LANG_EN && staff_unit_is_zh(rq, s->unit_code), .has_totp = s->has_totp,
                              .must_totp = permission_needs_totp(join_ctx(rq), &s->rights)};
    staff_say_grants(rq, s->rights.grants, s->rights.n_grants, &v.grants, &v.n_grants);
    enum err err = list_sessions(rq, &v);
    if (err == ERR_OK)
        err = staff_recovery_left(join_ctx(rq), s->staff_id, &v.recovery_left);
    if (err != ERR_OK)
        return err;
    staff_page(rq, rs, &pg, MSG_staff_me_title);
    tmpl_staff_me(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_staff_sessions_post(struct request *rq, struct response *rs)
{
    const struct staff_session_form *in = rq->form;
    const struct staff_session *s = staff_session_of(rq);
    uint64_t id = 0;
    if (rq->form_invalid || (in->id.n > 0 && !id_parse(in->id, &id)))
        return fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", NULL);
    enum err err = id != 0 ? staff_session_end(join_ctx(rq), id, s->staff_id) : staff_session_end_others(join_ctx(rq), s->staff_id, s->id);
    return err == ERR_OK ? response_redirect(rs, STR("/staff/me?done=ended")) : err;
}

/* ---- password --------------------------------------------------------------------------------------------------------------- */

enum err staff_show_password(struct request *rq, struct response *rs, bool first)
{
    struct page pg;
    const struct staff_password_form *in = rq->form;
    struct view_staff_password v = {.errors = say_errors(rq), .old = say_input(rq, "old", STR_NONE),
                                    .new = say_input(rq, "new", STR_NONE), .again = say_input(rq, "again", STR_NONE), .first = first,
                                    .action = first ? STR("/staff/sign-in/password") : STR("/staff/me/password"),
                                    .next = staff_own_path(in != NULL ? in->next : request_query(rq, "next")), .min = PASSWORD_MIN_CHARS};
    enum msg title = first ? MSG_staff_password_first_title : MSG_staff_password_title;
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, title);
    else
        staff_page(rq, rs, &pg, title);
    tmpl_staff_password(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err staff_take_password(struct request *rq, struct response *rs, bool first)
{
    const struct staff_password_form *in = rq->form;
    struct staff_session *s = staff_session_of(rq);
    enum err err = ERR_OK;
    if (!rq->form_invalid && !str_eq_secret(in->new, in->again))
        err = fault_field(rq->fault, "again", "PASSWORD_DIFFERS");
    if (!rq->form_invalid && err == ERR_OK)
        err = staff_change_password(join_ctx(rq), s, in->old, in->new);
    if (rq->form_invalid || err == ERR_INVALID)
        return staff_show_password(rq, rs, first);
    if (err == ERR_OK)
        err = staff_new_token(rq, rs); /* the others have ended; this browser goes on */
    if (err != ERR_OK)
        return err;
    return first ? staff_go_on(rq, rs, in->next) : response_redirect(rs, STR("/staff/me?done=password"));
}

enum err page_staff_password(struct request *rq, struct response *rs)
{
    return staff_show_password(rq, rs, false);
}

enum err page_staff_password_post(struct request *rq, struct response *rs)
{
    return staff_take_password(rq, rs, false);
}

/* ---- authenticator ------------------------------------------------------------------------------------------------------------ */

enum err staff_show_totp(struct request *rq, struct response *rs, bool first)
{
    enum { QUIET = 4 };
    struct page pg;
    struct ctx *c = join_ctx(rq);
    const struct staff_session *s = staff_session_of(rq);
    const struct staff_code_form *in = rq->form;
    struct str secret = staff_totp_offer(c, s);
    struct qr qr;
    enum err err = qr_encode(rq->a, totp_uri(rq->a, str_from_c(c->set->issuer), s->login, secret), &qr);
    if (err != ERR_OK)
        return err;
    struct view_staff_totp v = {.errors = say_errors(rq), .code = say_input(rq, "code", STR_NONE), .first = first,
                                .replaces = s->has_totp, .action = first ? STR("/staff/sign-in/totp") : STR("/staff/me/totp"),
                                .next = staff_own_path(in != NULL ? in->next : request_query(rq, "next")),
                                .secret = totp_base32(rq->a, secret, true),
                                .qr = {.label = msg_text(rq->lang, MSG_staff_totp_qr), .path = qr.path, .box = qr.size + 2 * QUIET}};
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_totp_title);
    else
        staff_page(rq, rs, &pg, MSG_staff_totp_title);
    tmpl_staff_totp(&rs->body, &pg, &v);
    return ERR_OK;
}

static enum err show_codes(struct request *rq, struct response *rs, const struct str *codes, size_t n, struct str next)
{
    struct page pg;
    struct view_staff_one_code *out = ARENA_ARRAY(rq->a, struct view_staff_one_code, n);
    for (size_t i = 0; i < n; i++)
        out[i].text = codes[i];
    next = staff_own_path(next);
    struct view_staff_codes v = {.codes = out, .n_codes = n, .next = next.n > 0 ? next : STR("/staff/")};
    staff_page(rq, rs, &pg, MSG_staff_codes_title);
    tmpl_staff_codes(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err staff_take_totp(struct request *rq, struct response *rs, bool first)
{
    const struct staff_code_form *in = rq->form;
    const struct str *codes = NULL;
    size_t n = 0;
    if (rq->form_invalid)
        return staff_show_totp(rq, rs, first);
    enum err err = staff_totp_enrol(join_ctx(rq), staff_session_of(rq), in->code, &codes, &n);
    if (err == ERR_INVALID)
        return staff_show_totp(rq, rs, first);
    if (err == ERR_OK)
        err = staff_new_token(rq, rs);
    if (err != ERR_OK)
        return err;
    join_of(rq)->actor = staff_actor(staff_session_of(rq));
    return show_codes(rq, rs, codes, n, first ? in->next : STR("/staff/me"));
}

enum err page_staff_totp(struct request *rq, struct response *rs)
{
    bool sent;
    enum err err = staff_confirm_first(rq, rs, STR("/staff/me/totp"), &sent);
    return err != ERR_OK || sent ? err : staff_show_totp(rq, rs, false);
}

enum err page_staff_totp_post(struct request *rq, struct response *rs)
{
    bool sent;
    enum err err = staff_confirm_first(rq, rs, STR("/staff/me/totp"), &sent);
    return err != ERR_OK || sent ? err : staff_take_totp(rq, rs, false);
}

enum err page_staff_recovery_post(struct request *rq, struct response *rs)
{
    bool sent;
    const struct str *codes = NULL;
    size_t n = 0;
    enum err err = staff_confirm_first(rq, rs, STR("/staff/me"), &sent);
    if (err != ERR_OK || sent)
        return err;
    if (!staff_session_of(rq)->has_totp)
        return fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", NULL);
    err = staff_recovery_new(join_ctx(rq), staff_session_of(rq), &codes, &n);
    return err == ERR_OK ? show_codes(rq, rs, codes, n, STR("/staff/me")) : err;
}
