/*
 * staff_lists.c - lists of what waits for a decision: returns for the arbiter, extensions for the manager; and whistles of a unit, as
 * called and as caller, with both clocks side by side.
 *
 * Contract: rows as the domain gives them, by key; the acts themselves stand on the pages of the demand.
 */
#include "app/cursor.h"
#include "app/handling.h"
#include "app/ids.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff_desk.h"
#include "pages/view_staff_desk.h"

enum { PAGE_ROWS = 25 };

static struct str href_of(struct arena *a, struct str no, const char *act)
{
    return arena_printf(a, "/staff/t/" STR_FMT "%s", STR_ARG(ticket_no_show(a, no)), act);
}

static struct str left_of(const struct say *s, int64_t due)
{
    return due > 0 ? say_left_short(s, due) : STR_NONE;
}

/* ---- returns ------------------------------------------------------------------------------------------------------------------ */

static void put_returns(const struct say *s, const struct return_row *r, size_t n, struct view_staff_returns *v)
{
    struct view_return_row *out = ARENA_ARRAY(s->a, struct view_return_row, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct view_return_row){
            .href = href_of(s->a, r[i].no, ""), .decide = href_of(s->a, r[i].no, "/return-decide"), .no = ticket_no_show(s->a, r[i].no),
            .title = r[i].title, .zh = s->lang != LANG_ZH, .unit = say_unit(s, r[i].unit_code), .n = r[i].n,
            .suggested = r[i].suggested_unit.n > 0 ? say_unit(s, r[i].suggested_unit) : STR_NONE,
            .ground = say_word(s, "staff_ground", word(WORDS_GROUND, (int)r[i].ground)), .asked_at = say_time(s, r[i].asked_at),
            .left = left_of(s, r[i].due_at), .late = r[i].due_at > 0 && r[i].due_at < s->now_us};
    v->rows = out;
    v->n_rows = n;
}

enum err staff_returns_read(struct request *rq, const struct staff_page_query *q, size_t limit, struct staff_returns_page *ret)
{
    struct ctx *c = join_ctx(rq);
    struct actor who = join_actor(rq);
    struct cursor at;
    uint64_t next = 0;
    bool given, more = false;
    *ret = (struct staff_returns_page){0};
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = cursor_open(c->keys, rq->a, CURSOR_RETURNS, STR_NONE, q->cursor, &at, &given, rq->fault);
    if (e == ERR_OK)
        e = routing_returns(c, &who, RETURN_OPEN, STR_NONE, (uint64_t)at.a, limit, &ret->rows, &ret->n_rows, &next, &more);
    if (e == ERR_OK && more)
        ret->next_cursor = cursor_seal(c->keys, rq->a, CURSOR_RETURNS, STR_NONE, (struct cursor){(int64_t)next, 0});
    return e;
}

enum err page_staff_returns(struct request *rq, struct response *rs)
{
    static const struct staff_page_query first;
    struct view_staff_returns v = {0};
    struct staff_returns_page p;
    struct page pg;
    const struct say s = say_of(rq);
    if (rq->form_invalid) /* an address typed by hand */
        *rq->fault = (struct fault){0};
    const enum err e = staff_returns_read(rq, rq->form_invalid ? &first : rq->form, PAGE_ROWS, &p);
    if (e != ERR_OK)
        return e;
    put_returns(&s, p.rows, p.n_rows, &v);
    if (p.next_cursor.n > 0)
        v.pager.next = arena_concat(rq->a, STR("/staff/returns?cursor="), percent_encode(rq->a, p.next_cursor));
    v.pager.unfinished = p.next_cursor.n > 0 && p.n_rows < PAGE_ROWS;
    staff_page(rq, rs, &pg, MSG_staff_nav_returns);
    tmpl_staff_returns(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- extensions ---------------------------------------------------------------------------------------------------------------- */

enum err staff_extensions_read(struct request *rq, const struct staff_page_query *q, size_t limit, struct staff_extensions_page *ret)
{
    struct ctx *c = join_ctx(rq);
    const struct actor who = join_actor(rq);
    struct cursor at;
    bool given, more = false;
    *ret = (struct staff_extensions_page){0};
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = cursor_open(c->keys, rq->a, CURSOR_EXTENSIONS, STR_NONE, q->cursor, &at, &given, rq->fault);
    if (e == ERR_OK)
        e = handling_extensions(c, &who, (uint64_t)at.a, limit, &ret->rows, &ret->n_rows, &more);
    if (e == ERR_OK && more && ret->n_rows > 0)
        ret->next_cursor = cursor_seal(c->keys, rq->a, CURSOR_EXTENSIONS, STR_NONE, (struct cursor){(int64_t)ret->rows[ret->n_rows - 1].id, 0});
    return e;
}

static void put_extensions(const struct say *s, const struct extension_row *r, size_t n, struct view_staff_extensions *v)
{
    struct view_extension_row *out = ARENA_ARRAY(s->a, struct view_extension_row, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct view_extension_row){
            .href = href_of(s->a, r[i].no, ""), .decide = href_of(s->a, r[i].no, "/extend-decide"), .no = ticket_no_show(s->a, r[i].no),
            .title = r[i].title, .zh = s->lang != LANG_ZH, .unit = say_unit(s, r[i].unit_code), .reason = r[i].reason,
            .asked_at = say_time(s, r[i].asked_at), .due = say_time(s, r[i].due_at), .until = say_time(s, r[i].until),
            .late = r[i].due_at > 0 && r[i].due_at < s->now_us};
    v->rows = out;
    v->n_rows = n;
}

enum err page_staff_extensions(struct request *rq, struct response *rs)
{
    static const struct staff_page_query first;
    struct view_staff_extensions v = {0};
    struct staff_extensions_page p;
    struct page pg;
    const struct say s = say_of(rq);
    if (rq->form_invalid) /* an address typed by hand */
        *rq->fault = (struct fault){0};
    const enum err e = staff_extensions_read(rq, rq->form_invalid ? &first : rq->form, PAGE_ROWS, &p);
    if (e != ERR_OK)
        return e;
    put_extensions(&s, p.rows, p.n_rows, &v);
    if (p.next_cursor.n > 0)
        v.pager.next = arena_concat(rq->a, STR("/staff/extensions?cursor="), percent_encode(rq->a, p.next_cursor));
    staff_page(rq, rs, &pg, MSG_staff_nav_extensions);
    tmpl_staff_extensions(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- whistles ------------------------------------------------------------------------------------------------------------------- */

static struct view_whistle_row whistle_of(const struct say *s, const struct whistle_row *r)
{
    struct view_whistle_row v = {
        .href = href_of(s->a, r->no, ""), .no = ticket_no_show(s->a, r->no), .title = r->title, .zh = s->lang != LANG_ZH,
        .caller = say_unit(s, r->caller), .called = say_unit(s, r->called), .place = say_area(s, r->area_code), .step = r->step,
        .state = say_word(s, "staff_assignment", word(WORDS_ASSIGNMENT, (int)r->state)), .called_at = say_time(s, r->called_at),
        .come_by = say_time(s, r->report_by), .come_at = say_time(s, r->reported_at), .deliver_by = say_time(s, r->due_at),
        .deliver_at = say_time(s, r->delivered_at), .come_late = r->late_report, .deliver_late = r->late_delivery};
    if (r->reported_at == 0 && r->state <= ASSIGN_SIGNED)
        v.come_left = left_of(s, r->report_by);
    if (r->delivered_at == 0 && r->state <= ASSIGN_SIGNED)
        v.deliver_left = left_of(s, r->due_at);
    return v;
}

enum err staff_whistles_read(struct request *rq, bool by_caller, bool all, struct str cursor, size_t limit, struct staff_whistles_page *ret)
{
    struct ctx *c = join_ctx(rq);
    struct actor who = join_actor(rq);
    struct cursor at;
    bool given, more = false;
    const struct str filter = by_caller ? STR("calling") : STR("called");
    *ret = (struct staff_whistles_page){0};
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = cursor_open(c->keys, rq->a, CURSOR_WHISTLES, filter, cursor, &at, &given, rq->fault);
    if (e == ERR_OK)
        e = whistle_list(c, &who, by_caller, !all, (uint64_t)at.a, limit, &ret->rows, &ret->n_rows, &more);
    if (e == ERR_OK && all && more && ret->n_rows > 0)
        ret->next_cursor = cursor_seal(c->keys, rq->a, CURSOR_WHISTLES, filter, (struct cursor){(int64_t)ret->rows[ret->n_rows - 1].id, 0});
    return e;
}

static enum err put_whistles(struct request *rq, const struct say *s, bool by_caller, bool all, struct str cursor, struct view_whistle_list *v)
{
    struct staff_whistles_page p;
    const enum err e = staff_whistles_read(rq, by_caller, all, cursor, PAGE_ROWS, &p);
    if (e != ERR_OK)
        return e;
    struct view_whistle_row *out = ARENA_ARRAY(rq->a, struct view_whistle_row, p.n_rows + 1);
    for (size_t i = 0; i < p.n_rows; i++)
        out[i] = whistle_of(s, &p.rows[i]);
    v->rows = out;
    v->n_rows = p.n_rows;
    if (p.next_cursor.n > 0)
        v->more = arena_printf(rq->a, "/staff/whistles?all=1&%s=" STR_FMT, by_caller ? "calling" : "called", STR_ARG(percent_encode(rq->a, p.next_cursor)));
    return ERR_OK;
}

enum err page_staff_whistles(struct request *rq, struct response *rs)
{
    static const struct staff_whistles_query first;
    const struct staff_whistles_query *q = rq->form_invalid ? &first : rq->form;
    struct view_staff_whistles v = {.all = q->all.n > 0, .called = {.title = MSG_staff_whistles_called, .none = MSG_staff_whistles_called_none},
                                    .calling = {.title = MSG_staff_whistles_calling, .none = MSG_staff_whistles_calling_none}};
    struct page pg;
    const struct say s = say_of(rq);
    if (rq->form_invalid)
        *rq->fault = (struct fault){0};
    enum err e = put_whistles(rq, &s, false, v.all, q->called, &v.called);
    if (e == ERR_OK)
        e = put_whistles(rq, &s, true, v.all, q->calling, &v.calling);
    if (e != ERR_OK)
        return e;
    staff_page(rq, rs, &pg, MSG_staff_nav_whistles);
    tmpl_staff_whistles(&rs->body, &pg, &v);
    return ERR_OK;
}
