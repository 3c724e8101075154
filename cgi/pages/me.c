/*
 * me.c - the demands of one account, newest first, page by page; and the public ones it follows.
 *
 * Contract: the list goes on by key, never by number of page. Must not know how a ticket is held.
 */
#include "pages/me.h"

#include "app/account.h"
#include "app/cursor.h"
#include "app/normalise.h"
#include "app/ticket_state.h"
#include "gen/tmpl.h"
#include "pages/join.h"
#include "pages/say.h"
#include "pages/view_me.h"
#include "web/page.h"

enum { PAGE_ROWS = 20 };

static void put_rows(const struct say *s, const struct ticket_row *rows, size_t n, bool followed,
                     const struct view_my_ticket **ret)
{
    struct view_my_ticket *to = ARENA_ARRAY(s->a, struct view_my_ticket, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct ticket_row *r = &rows[i];
        struct view_my_ticket *v = &to[i];
        bool running = r->promise_at != 0 && ticket_state_running(r->state);
        v->title = r->title;
        v->zh = s->lang != LANG_ZH;
        v->kind = say_word(s, "kind", word(WORDS_KIND, (int)r->kind));
        v->category = r->category_code.n > 0 ? say_category(s, r->category_code) : STR_NONE;
        v->status = say_word(s, "status", word(WORDS_STATUS, (int)r->state));
        v->holder = running && r->holder.n > 0 ? say_unit(s, r->holder) : STR_NONE;
        v->filed_at = say_time(s, r->created_at);
        v->left = running && r->replied_at == 0 ? say_left_short(s, r->promise_at) : STR_NONE;
        v->late = r->overdue;
        v->waiting = r->rating_open && !followed;
        if (followed) { /* the number is the receipt's key: of others' demands only the public id is known */
            v->href = arena_concat(s->a, STR("/public/"), r->public_id);
        } else {
            v->no = say_ticket_no(s, r->no);
            v->href = arena_concat(s->a, STR("/track/"), v->no);
        }
    }
    *ret = to;
}

static enum ticket_list_filter filter_of(struct request *rq, struct view_me *v, struct str *ret_word)
{
    struct str status = request_query(rq, "status");
    v->open = str_eq(status, STR("open"));
    v->done = str_eq(status, STR("done"));
    v->all = !v->open && !v->done;
    *ret_word = v->open ? STR("open") : v->done ? STR("done") : STR("all");
    return v->open ? LIST_OPEN : v->done ? LIST_DONE : LIST_ALL;
}

static enum err put_tickets(struct request *rq, const struct say *s, struct view_me *v, bool *ret_first)
{
    struct actor who = join_actor(rq);
    const struct ticket_row *rows;
    struct cursor at;
    struct str filter;
    bool given, more;
    enum ticket_list_filter which = filter_of(rq, v, &filter);
    enum err err = cursor_open(join_ctx(rq)->keys, rq->a, CURSOR_MY_TICKETS, filter, request_query(rq, "cursor"), &at, &given, rq->fault);
    if (err != ERR_OK)
        return err;
    err = ticket_list_mine(join_ctx(rq), &who, which, given ? (uint64_t)at.a : 0, PAGE_ROWS, &rows, &v->n_tickets, &more);
    if (err != ERR_OK)
        return err;
    put_rows(s, rows, v->n_tickets, false, &v->tickets);
    if (more) {
        struct str next = cursor_seal(join_ctx(rq)->keys, rq->a, CURSOR_MY_TICKETS, filter,
                                      (struct cursor){.a = (int64_t)rows[v->n_tickets - 1].id});
        v->pager.next = arena_printf(rq->a, "/me?status=" STR_FMT "&cursor=" STR_FMT, STR_ARG(filter),
                                     STR_ARG(percent_encode(rq->a, next)));
    }
    *ret_first = !given;
    return ERR_OK;
}

static enum err put_followed(struct request *rq, const struct say *s, struct view_me *v)
{
    struct actor who = join_actor(rq);
    const struct ticket_row *rows;
    enum err err = ticket_list_followed(join_ctx(rq), &who, &rows, &v->n_followed);
    if (err == ERR_OK)
        put_rows(s, rows, v->n_followed, true, &v->followed);
    return err;
}

enum err page_me(struct request *rq, struct response *rs)
{
    struct say s = say_of(rq);
    struct view_me v = {0};
    struct account acc;
    struct page pg;
    bool first = true;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = account_get(join_ctx(rq), rq->account_id, 0, &acc);
    if (err == ERR_OK)
        err = put_tickets(rq, &s, &v, &first);
    if (err == ERR_OK && first && v.all)
        err = put_followed(rq, &s, &v);
    if (err != ERR_OK)
        return err;
    v.phone_masked = normalise_phone_mask(rq->a, acc.phone);
    if (str_eq(request_query(rq, "done"), STR("joined")))
        v.notice.text = MSG_me_joined;
    page_init(rq, &pg, NAV_MINE, MSG_title_me);
    pg.noindex = true;
    response_html(rs);
    tmpl_citizen_me(&rs->body, &pg, &v);
    return ERR_OK;
}
