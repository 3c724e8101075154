/*
 * me_login.c - signing in by a code sent to a phone, and signing out.
 *
 * Contract: whether a number is known is never told. Between the two pages the number travels in a sealed cookie, so that
 * it stands in no address and no log. The way back is a path of our own or nothing. Must not know how codes are made.
 */
#include "app/account.h"
#include "app/crypto.h"
#include "app/normalise.h"
#include "base/hash.h"
#include "gen/tmpl.h"
#include "pages/join.h"
#include "pages/me.h"
#include "pages/me_form.h"
#include "pages/say.h"
#include "pages/view_me.h"
#include "web/page.h"
#include "web/session.h"

#define PHONE_COOKIE "suda_phone"
#define PHONE_WHERE "cookie|phone"
enum { SECONDS_PER_MINUTE = 60 };

/* A path of this site, else empty: "//host" and "/\host" are other sites to a browser. */
static struct str own_path(struct str next)
{
    return percent_plain_path(next, STR("/")) ? next : STR_NONE;
}

static struct str with_next(struct request *rq, const char *path, struct str next)
{
    next = own_path(next);
    if (next.n == 0)
        return str_from_c(path);
    return arena_printf(rq->a, "%s?next=" STR_FMT, path, STR_ARG(percent_encode(rq->a, next)));
}

/* ---- the number between the pages ------------------------------------------------------------------------------- */

static void keep_phone(struct request *rq, struct response *rs, struct str phone)
{
    struct ctx *c = join_ctx(rq);
    struct sealed s = crypto_seal(c->keys, rq->a, phone, PHONE_WHERE, 0);
    char id = (char)s.key_id;
    struct str bytes = arena_concat(rq->a, (struct str){&id, 1}, s.bytes);
    response_cookie(rq, rs, PHONE_COOKIE, base64url_encode(rq->a, bytes), c->set->sms_code_minutes * SECONDS_PER_MINUTE * 2);
}

/* Empty when there is none, or it is not ours. */
static struct str kept_phone(struct request *rq)
{
    struct ctx *c = join_ctx(rq);
    struct fault unused = {0};
    struct str bytes, phone;
    if (!base64url_decode(rq->a, request_cookie(rq, PHONE_COOKIE), &bytes) || bytes.n < 2)
        return STR_NONE;
    enum err err = crypto_open(c->keys, rq->a, &unused, (uint8_t)bytes.p[0], str_slice(bytes, 1, bytes.n), PHONE_WHERE, 0, &phone);
    return err == ERR_OK ? phone : STR_NONE;
}

/* ---- the number ------------------------------------------------------------------------------------------------- */

static enum err show_login(struct request *rq, struct response *rs, struct str phone, struct str next)
{
    struct page pg;
    struct view_login v = {.errors = say_errors(rq), .phone = say_input(rq, "phone", phone), .next = own_path(next)};
    page_init(rq, &pg, NAV_MINE, MSG_title_login);
    pg.noindex = true;
    pg.title_error = v.errors.n_errors > 0;
    response_html(rs);
    if (pg.title_error)
        say_refused(rq, rs);
    tmpl_citizen_login(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_login(struct request *rq, struct response *rs)
{
    struct str next = own_path(request_query(rq, "next"));
    if (rq->signed_in)
        return response_redirect(rs, next.n > 0 ? next : STR("/me"));
    return show_login(rq, rs, STR_NONE, next);
}


enum err page_login_post(struct request *rq, struct response *rs)
{
    const struct login_form *in = rq->form;
    struct str phone;
    if (rq->form_invalid)
        return show_login(rq, rs, in->phone, in->next);
    if (!normalise_phone(rq->a, in->phone, &phone) || !normalise_phone_is_mobile(phone)) {
        enum err wrong = fault_field(rq->fault, "phone", "NOT_A_PHONE");
        return wrong == ERR_INVALID ? show_login(rq, rs, in->phone, in->next) : wrong;
    }
    enum err err = account_sms_request(join_ctx(rq), phone, SMS_SIGN_IN);
    /* A code that was sent a moment ago is as good as a new one. */
    if (err == ERR_LIMITED && strcmp(rq->fault->reason, "SMS_TOO_SOON") != 0) {
        say_limited(rq, "phone");
        return show_login(rq, rs, in->phone, in->next);
    }
    if (err == ERR_INVALID)
        return show_login(rq, rs, in->phone, in->next);
    if (err != ERR_OK && err != ERR_LIMITED)
        return err;
    *rq->fault = (struct fault){0};
    keep_phone(rq, rs, phone);
    return response_redirect(rs, with_next(rq, "/login/code", in->next));
}

/* ---- the code --------------------------------------------------------------------------------------------------- */

static enum err show_code(struct request *rq, struct response *rs, struct str phone, struct str next)
{
    struct page pg;
    struct view_login_code v = {.errors = say_errors(rq), .code = say_input(rq, "code", STR_NONE),
                                .phone_masked = normalise_phone_mask(rq->a, phone),
                                .minutes = join_ctx(rq)->set->sms_code_minutes, .next = own_path(next),
                                .resent = request_query(rq, "resent").n > 0};
    page_init(rq, &pg, NAV_MINE, MSG_code_title);
    pg.noindex = true;
    pg.title_error = v.errors.n_errors > 0;
    response_html(rs);
    if (pg.title_error)
        say_refused(rq, rs);
    tmpl_citizen_login_code(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_login_code(struct request *rq, struct response *rs)
{
    struct str phone = kept_phone(rq), next = own_path(request_query(rq, "next"));
    if (rq->signed_in)
        return response_redirect(rs, next.n > 0 ? next : STR("/me"));
    if (phone.n == 0)
        return response_redirect(rs, with_next(rq, "/login", next));
    return show_code(rq, rs, phone, next);
}

static enum err resend(struct request *rq, struct response *rs, struct str phone, struct str next)
{
    enum err err = account_sms_request(join_ctx(rq), phone, SMS_SIGN_IN);
    if (err == ERR_LIMITED) {
        say_limited(rq, "code");
        return show_code(rq, rs, phone, next);
    }
    if (err != ERR_OK)
        return err;
    keep_phone(rq, rs, phone);
    next = own_path(next);
    struct str to = STR("/login/code?resent=1");
    if (next.n > 0)
        to = arena_printf(rq->a, STR_FMT "&next=" STR_FMT, STR_ARG(to), STR_ARG(percent_encode(rq->a, next)));
    return response_redirect(rs, to);
}

enum err page_login_code_post(struct request *rq, struct response *rs)
{
    const struct login_code_form *in = rq->form;
    struct str phone = kept_phone(rq), next = own_path(in->next);
    struct account acc;
    if (phone.n == 0)
        return response_redirect(rs, with_next(rq, "/login", in->next));
    if (str_eq(in->go, STR("resend")))
        return resend(rq, rs, phone, in->next);
    enum err err = ERR_OK;
    if (in->code.n == 0 && !rq->form_invalid)
        err = fault_field(rq->fault, "code", "REQUIRED");
    if (err == ERR_OK && !rq->form_invalid)
        err = account_sign_in(join_ctx(rq), phone, in->code, request_cookie(rq, PHONE_COOKIE), &acc);
    if (rq->form_invalid || err == ERR_INVALID)
        return show_code(rq, rs, phone, in->next);
    if (err == ERR_OK)
        err = session_sign_in(rq, rs, acc.id);
    if (err != ERR_OK)
        return err;
    response_cookie_clear(rq, rs, PHONE_COOKIE);
    return response_redirect(rs, next.n > 0 ? next : STR("/me"));
}

enum err page_logout(struct request *rq, struct response *rs)
{
    enum err err = session_sign_out(rq, rs);
    return err == ERR_OK ? response_redirect(rs, STR("/?done=signed_out")) : err;
}
