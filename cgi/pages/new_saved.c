/*
 * new_saved.c - a draft put aside, and taken up again on another device.
 *
 * Contract: the token of a link stays out of logs and referrers: /d/{token} puts it into a cookie of its own and leads to
 * the clean path. Whatever only reads changes nothing: a link is made, and a draft moves, by a form of ours. A draft of this
 * browser's own is never overwritten unasked. Must not know how a draft is kept.
 */
#include "base/utf8.h"
#include "gen/tmpl.h"
#include "pages/join.h"
#include "pages/new.h"
#include "pages/new_flow.h"
#include "pages/new_form.h"
#include "web/page.h"
#include "web/session.h"

#define LINK_COOKIE "suda_draft"
enum { LINK_COOKIE_S = 600, LINK_TOKEN_MAX = 100, BEGINNING_CHARS = 80 };

enum err page_new_saved(struct request *rq, struct response *rs)
{
    struct say s = say_of(rq);
    struct view_new_saved v = {0};
    struct str token;
    struct page pg;
    struct flow f;
    bool shown;
    enum err err = flow_enter(rq, rs, STR_NONE, FLOW_WORDS, &f, &shown);
    if (err != ERR_OK || !shown)
        return err;
    if (!f.found)
        return response_redirect(rs, STR("/new"));
    err = draft_link_again(join_ctx(rq), rq->session->id, &token);
    if (err == ERR_OK) {
        const char *path = arena_cstr(rq->a, arena_concat(rq->a, STR("/d/"), percent_encode(rq->a, token)));
        v.resume_href = str_from_c(request_absolute(rq, path));
    } else if (err != ERR_NOT_FOUND) {
        return err;
    }
    v.until = say_time(&s, f.d.expires_at);
    page_init(rq, &pg, NAV_FILE, MSG_new_saved_title);
    pg.noindex = true;
    response_html(rs);
    tmpl_citizen_new_saved(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_new_saved_post(struct request *rq, struct response *rs)
{
    struct str token;
    struct flow f;
    bool shown;
    enum err err = flow_enter(rq, rs, STR_NONE, FLOW_WORDS, &f, &shown);
    if (err == ERR_OK && shown)
        err = draft_link(join_ctx(rq), rq->session->id, &token);
    return err == ERR_OK && shown ? response_redirect(rs, STR("/new/saved")) : err;
}

/* ---- on the other device ---------------------------------------------------------------------------------------- */

enum err page_draft_link(struct request *rq, struct response *rs)
{
    struct str token = rq->path_args[0];
    rs->no_log_path = true;
    if (token.n > 0 && token.n <= LINK_TOKEN_MAX)
        response_cookie(rq, rs, LINK_COOKIE, percent_encode(rq->a, token), LINK_COOKIE_S);
    return response_redirect(rs, STR("/new/resume"));
}

static enum err followed_link(struct request *rq, struct str *ret_token)
{
    if (!percent_decode(rq->a, request_cookie(rq, LINK_COOKIE), false, ret_token) || ret_token->n == 0)
        return fault_set(rq->fault, ERR_NOT_FOUND, "DRAFT_NOT_FOUND", "no link was followed");
    return ERR_OK;
}

static enum err go_on(struct request *rq, struct response *rs)
{
    struct flow f;
    enum err err = flow_load(rq, STR_NONE, &f);
    response_cookie_clear(rq, rs, LINK_COOKIE);
    return err == ERR_OK ? response_redirect(rs, flow_first_open(join_ctx(rq)->ref, &f.d)) : err;
}

static struct view_draft view_draft(const struct say *s, const struct draft *d)
{
    struct str words = utf8_truncate(d->in.text, BEGINNING_CHARS);
    return (struct view_draft){.words = words, .cut = words.n < d->in.text.n, .saved_at = say_time(s, d->updated_at)};
}

enum err page_new_resume(struct request *rq, struct response *rs)
{
    struct say s = say_of(rq);
    struct page pg;
    struct str token;
    struct draft d;
    struct flow f;
    uint64_t session = 0;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = followed_link(rq, &token);
    if (err == ERR_OK)
        err = draft_peek(join_ctx(rq), token, &d, &session);
    if (err == ERR_OK)
        err = flow_load(rq, STR_NONE, &f);
    if (err != ERR_OK)
        return err;
    if (rq->session != NULL && rq->session->id == session)
        return go_on(rq, rs); /* it is here already */
    struct view_new_resume v = {.draft = d.form_key, .linked = view_draft(&s, &d), .has_own = f.found,
                                .own = view_draft(&s, &f.d)};
    page_init(rq, &pg, NAV_FILE, MSG_new_resume_title);
    pg.noindex = true;
    response_html(rs);
    tmpl_citizen_new_resume(&rs->body, &pg, &v);
    return ERR_OK;
}

/* The form was sent twice: the first time has moved the draft that it shows. */
static bool is_here(struct request *rq, struct str form_key)
{
    struct flow f;
    if (rq->session == NULL || flow_load(rq, STR_NONE, &f) != ERR_OK)
        return false;
    return f.found && form_key.n > 0 && str_eq(f.d.form_key, form_key);
}

enum err page_new_resume_post(struct request *rq, struct response *rs)
{
    const struct new_resume_form *in = rq->form;
    struct str token = STR_NONE;
    enum err err = join_need_ref(rq);
    if (err != ERR_OK)
        return err;
    if (rq->form_invalid) /* pressed nothing of ours: ask again */
        return page_new_resume(rq, rs);
    if (str_eq(in->go, STR("keep")) || is_here(rq, in->draft))
        return go_on(rq, rs);
    err = followed_link(rq, &token);
    if (err == ERR_OK)
        err = session_require(rq, rs);
    if (err == ERR_OK)
        err = draft_resume(join_ctx(rq), token, rq->session->id);
    return err == ERR_OK ? go_on(rq, rs) : err;
}
