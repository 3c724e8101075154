/*
 * staff_wall_list.c - the demands behind a number of the wall.
 *
 * Contract: who sees no single demand (an analyst) gets neither titles nor links. Must not know what a row means.
 */
#include "app/cursor.h"
#include "app/ids.h"
#include "app/permission.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff_frame.h"
#include "pages/staff_wall.h"
#include "pages/view_staff_wall.h"

enum { PAGE_ROWS = 25 };

static struct view_wall_row row_of(const struct say *s, const struct wall_row *r, bool titles)
{
    const struct str no = ticket_no_show(s->a, r->no);
    struct view_wall_row v = {.no = no, .zh = s->lang != LANG_ZH, .place = say_area(s, r->area_code), .unit = say_unit(s, r->unit_code),
                              .category = r->category_code.n > 0 ? say_category(s, r->category_code) : msg_text(s->lang, MSG_fact_unsure),
                              .role = say_word(s, "staff_role_of", word(WORDS_ROLE, (int)r->role)), .since = say_time(s, r->since_at),
                              .due = say_time(s, r->due_at), .late = r->due_at > 0 && r->due_at <= s->now_us, .round = r->round > 1 ? r->round : 0};
    if (r->due_at > 0)
        v.left = say_left_short(s, r->due_at);
    if (titles) {
        v.title = r->title;
        v.href = arena_concat(s->a, STR("/staff/t/"), no);
    }
    return v;
}

static void say_scope(const struct request *rq, const struct say *s, const struct wall_query *q, struct view_staff_wall_list *v)
{
    const struct area *a = refdata_area(s->ref, q->district);
    v->scope = msg_text(s->lang, MSG_staff_scope_city);
    if (q->unit.n > 0) {
        v->scope = staff_unit_name(rq, q->unit);
        v->scope_zh = rq->lang == LANG_EN && staff_unit_is_zh(rq, q->unit);
    } else if (a != NULL) {
        const struct view_name name = say_name(s, a->name, a->name_en);
        v->scope = name.text;
        v->scope_zh = name.zh;
    }
}

enum err staff_wall_list_read(struct request *rq, const struct wall_query *q, size_t limit, struct staff_wall_page *ret)
{
    struct actor who = join_actor(rq);
    struct ctx *c = join_ctx(rq);
    struct wall_after next = {0};
    struct cursor at = {0};
    bool given, more = false;
    *ret = (struct staff_wall_page){.titles = permission_has(&who, MAY_TICKET)};
    enum err e = join_need_ref(rq);
    if (e != ERR_OK)
        return e;
    (void)wall_kind_find(q->kind, &ret->kind); /* a choice of the form: always found */
    ret->filter = wall_query_text(rq->a, ret->kind, q->unit, q->district);
    e = cursor_open(c->keys, rq->a, CURSOR_WALL, ret->filter, q->cursor, &at, &given, rq->fault);
    if (e == ERR_OK)
        e = wall_list_for(c, &who, ret->kind, q->unit, q->district, (struct wall_after){at.a, (uint64_t)at.b}, limit, &ret->rows, &ret->n_rows,
                          &next, &more);
    if (e == ERR_OK && more)
        ret->next_cursor = cursor_seal(c->keys, rq->a, CURSOR_WALL, ret->filter, (struct cursor){next.since_at, (int64_t)next.assignment_id});
    return e;
}

enum err page_staff_wall_list(struct request *rq, struct response *rs)
{
    const struct wall_query *q = rq->form;
    struct actor who = join_actor(rq);
    struct view_staff_wall_list v = {0};
    struct staff_wall_page p;
    struct page pg;
    if (rq->form_invalid) { /* an address typed by hand */
        *rq->fault = (struct fault){0};
        return response_redirect(rs, STR("/staff/wall"));
    }
    const enum err e = staff_wall_list_read(rq, q, PAGE_ROWS, &p);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    v.titles = p.titles;
    v.may_export = permission_has(&who, MAY_EXPORT);
    v.export_rows = (struct num_grouped){join_ctx(rq)->set->export_rows};
    v.n_rows = p.n_rows;
    struct view_wall_row *out = ARENA_ARRAY(rq->a, struct view_wall_row, p.n_rows + 1);
    for (size_t i = 0; i < p.n_rows; i++)
        out[i] = row_of(&s, &p.rows[i], p.titles);
    v.rows = out;
    v.kind = say_word(&s, "wall.kind", q->kind);
    v.about = say_word(&s, "wall.about", q->kind);
    v.back = arena_concat(rq->a, STR("/staff/wall?kind="), q->kind);
    v.kind_word = q->kind;
    v.unit = q->unit;
    v.district = q->district;
    say_scope(rq, &s, q, &v);
    v.pager.unfinished = p.next_cursor.n > 0 && v.n_rows < PAGE_ROWS;
    if (p.next_cursor.n > 0)
        v.pager.next = arena_printf(rq->a, "/staff/wall/list?" STR_FMT "&cursor=" STR_FMT, STR_ARG(p.filter), STR_ARG(percent_encode(rq->a, p.next_cursor)));
    staff_page(rq, rs, &pg, MSG_staff_nav_wall);
    staff_page_about(rq, &pg, v.kind);
    tmpl_staff_wall_list(&rs->body, &pg, &v);
    return ERR_OK;
}
