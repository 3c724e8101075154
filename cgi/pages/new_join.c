/*
 * new_join.c - joining a published demand instead of filing the same once more.
 *
 * Contract: the pages that offer it are shared by everybody, so the button leads here, where the visitor's own page asks
 * once more. Joining needs an account, so that progress can be told. Must not know how joiners are counted.
 */
#include "gen/tmpl.h"
#include "pages/join.h"
#include "pages/new.h"
#include "pages/new_form.h"
#include "pages/say.h"
#include "pages/view_new.h"
#include "web/page.h"

enum err page_new_join(struct request *rq, struct response *rs)
{
    struct str id = request_query(rq, "public_id");
    struct say s = say_of(rq);
    struct public_ticket p;
    struct page pg;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = ticket_public_one(join_ctx(rq), id, &p);
    if (err != ERR_OK)
        return err;
    struct view_join v = {.public_id = p.public_id, .title = p.title, .joined = p.n_joined, .zh = s.lang != LANG_ZH,
                          .place = say_area(&s, p.street_code.n > 0 ? p.street_code : p.district_code)};
    page_init(rq, &pg, NAV_FILE, MSG_join_title);
    pg.noindex = true;
    response_html(rs);
    tmpl_citizen_join(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_new_join_post(struct request *rq, struct response *rs)
{
    const struct new_join_form *in = rq->form;
    struct actor who = join_actor(rq);
    int64_t joined;
    if (rq->form_invalid)
        return fault_set(rq->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "malformed public id");
    if (!rq->signed_in) {
        struct str back = arena_concat(rq->a, STR("/new/join?public_id="), percent_encode(rq->a, in->public_id));
        return response_redirect(rs, arena_concat(rq->a, STR("/login?next="), percent_encode(rq->a, back)));
    }
    enum err err = ticket_follow(join_ctx(rq), &who, in->public_id, true, &joined);
    return err == ERR_OK ? response_redirect(rs, STR("/me?done=joined")) : err;
}
