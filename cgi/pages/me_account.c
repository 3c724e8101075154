/*
 * me_account.c - one's own data: name, who looked at it, a copy of everything, and the end of the account.
 *
 * Contract: the rights of the Personal Information Protection Law, articles 44 to 47, each on a page. Must not know where
 * personal data lie.
 */
#include "app/account.h"
#include "app/ids.h"
#include "app/normalise.h"
#include "gen/tmpl.h"
#include "pages/join.h"
#include "pages/me.h"
#include "pages/me_export.h"
#include "pages/me_form.h"
#include "pages/say.h"
#include "pages/view_me.h"
#include "web/json.h"
#include "web/page.h"
#include "web/session.h"

/* ---- name and looks --------------------------------------------------------------------------------------------- */

static struct str who_looked(const struct say *s, int actor_kind)
{
    if (actor_kind == ACTOR_STAFF)
        return msg_text(s->lang, MSG_look_officer);
    return msg_text(s->lang, actor_kind == ACTOR_CITIZEN ? MSG_look_citizen : MSG_look_system);
}

static enum err put_looks(struct request *rq, const struct say *s, struct view_account *v)
{
    const struct account_look *looks;
    size_t n;
    enum err err = account_looks(join_ctx(rq), rq->account_id, &looks, &n);
    if (err != ERR_OK)
        return err;
    struct view_look_row *to = ARENA_ARRAY(rq->a, struct view_look_row, n + 1);
    for (size_t i = 0; i < n; i++)
        to[i] = (struct view_look_row){.at = say_time(s, looks[i].at), .who = who_looked(s, looks[i].actor_kind),
                                       .purpose = say_word(s, "look.purpose", looks[i].purpose),
                                       .no = looks[i].ticket_no.n ? say_ticket_no(s, looks[i].ticket_no) : STR_NONE};
    v->looks = to;
    v->n_looks = n;
    return ERR_OK;
}

static enum err show_account(struct request *rq, struct response *rs)
{
    const struct account_form *in = rq->form;
    struct say s = say_of(rq);
    struct fault said = *rq->fault;
    struct account acc;
    struct page pg;
    struct view_account v = {.errors = say_errors(rq)};
    *rq->fault = (struct fault){0};
    enum err err = account_get(join_ctx(rq), rq->account_id, 0, &acc);
    if (err == ERR_OK)
        err = put_looks(rq, &s, &v);
    if (err != ERR_OK)
        return err;
    *rq->fault = said;
    v.phone_masked = normalise_phone_mask(rq->a, acc.phone);
    v.name = say_input(rq, "name", in != NULL ? in->name : acc.name);
    v.since = say_time(&s, acc.created_at);
    if (str_eq(request_query(rq, "done"), STR("saved")))
        v.notice.text = MSG_account_saved;
    page_init(rq, &pg, NAV_MINE, MSG_title_account);
    pg.noindex = true;
    pg.title_error = v.errors.n_errors > 0;
    response_html(rs);
    if (pg.title_error)
        response_status(rs, 422);
    tmpl_citizen_account(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_account(struct request *rq, struct response *rs)
{
    return show_account(rq, rs);
}

enum err page_account_post(struct request *rq, struct response *rs)
{
    const struct account_form *in = rq->form;
    if (rq->form_invalid)
        return show_account(rq, rs);
    enum err err = account_put(join_ctx(rq), rq->account_id, in->name, (int)rq->lang);
    if (err == ERR_INVALID)
        return show_account(rq, rs);
    return err == ERR_OK ? response_redirect(rs, STR("/me/account?done=saved")) : err;
}

/* ---- the end ---------------------------------------------------------------------------------------------------- */

enum err page_account_delete(struct request *rq, struct response *rs)
{
    struct fault said = *rq->fault;
    struct page pg;
    struct view_account_delete v = {.errors = say_errors(rq), .sure_error = say_error(rq, "sure")};
    *rq->fault = (struct fault){0};
    enum err err = account_running(join_ctx(rq), rq->account_id, &v.running);
    if (err != ERR_OK)
        return err;
    *rq->fault = said;
    page_init(rq, &pg, NAV_MINE, MSG_account_delete_title);
    pg.noindex = true;
    pg.title_error = v.errors.n_errors > 0;
    response_html(rs);
    if (pg.title_error)
        response_status(rs, 422);
    tmpl_citizen_account_delete(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_account_delete_post(struct request *rq, struct response *rs)
{
    const struct account_delete_form *in = rq->form;
    int64_t running;
    if (!rq->form_invalid && !in->sure) {
        enum err wrong = fault_field(rq->fault, "sure", "REQUIRED");
        return wrong == ERR_INVALID ? page_account_delete(rq, rs) : wrong;
    }
    enum err err = account_delete(join_ctx(rq), rq->account_id, &running);
    if (err == ERR_OK)
        err = session_sign_out(rq, rs);
    return err == ERR_OK ? response_redirect(rs, STR("/?done=deleted")) : err;
}

enum err page_account_export(struct request *rq, struct response *rs)
{
    struct account_export x;
    struct json w;
    enum err err = account_export(join_ctx(rq), rq->account_id, &x);
    if (err != ERR_OK)
        return err;
    response_download(rs, "application/json; charset=utf-8", STR("suda-export.json"));
    json_init(&w, &rs->body);
    me_export_json(&w, rq->a, &x);
    return ERR_OK;
}
