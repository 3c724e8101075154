/*
 * staff_wall_list.c - the demands behind a number of the wall, and their export.
 *
 * Contract: who sees no single demand (an analyst) gets neither titles nor links, here and in the file. An export needs a second
 * factor, the password again, and leaves its filter and its number of rows in the audit before a byte is sent. Must not know
 * what a row means.
 */
#include "app/audit.h"
#include "app/csv.h"
#include "app/cursor.h"
#include "app/ids.h"
#include "app/permission.h"
#include "base/clock.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff_frame.h"
#include "pages/staff_wall.h"
#include "pages/view_staff_wall.h"

enum { PAGE_ROWS = 25, EXPORT_PAGE = 50, EXPORT_ROWS_MAX = 2000, EXPORT_BYTES_MAX = 4 << 20 };

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
    staff_page(rq, rs, &pg, MSG_staff_wall_list_title);
    tmpl_staff_wall_list(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- export ---------------------------------------------------------------------------------------------------------------- */

static struct str iso_minute(const struct say *s, int64_t at)
{
    return at > 0 ? say_time(s, at).iso : STR_NONE;
}

static void put_head(const struct say *s, struct buf *b, bool titles)
{
    static const enum msg heads[] = {MSG_staff_csv_no, MSG_staff_col_category, MSG_staff_csv_area, MSG_staff_col_unit, MSG_staff_col_role,
                                     MSG_staff_csv_round, MSG_staff_csv_since, MSG_staff_col_due};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        csv_put_text(b, msg_text(s->lang, heads[i]));
    if (titles)
        csv_put_text(b, msg_text(s->lang, MSG_staff_csv_title));
    csv_put_end(b);
}

static void put_row(const struct say *s, struct buf *b, const struct wall_row *r, bool titles)
{
    csv_put_text(b, ticket_no_show(s->a, r->no));
    csv_put_text(b, r->category_code.n > 0 ? refdata_category_path(s->ref, s->a, r->category_code, " › ") : STR_NONE);
    csv_put_text(b, say_area(s, r->area_code));
    csv_put_text(b, say_unit(s, r->unit_code));
    csv_put_text(b, say_word(s, "staff_role_of", word(WORDS_ROLE, (int)r->role)));
    csv_put_i64(b, r->round);
    csv_put_text(b, iso_minute(s, r->since_at));
    csv_put_text(b, iso_minute(s, r->due_at));
    if (titles)
        csv_put_text(b, r->title);
    csv_put_end(b);
}

/* Page after page into the body; says how many rows, and whether the limit was met. */
static enum err put_rows(struct request *rq, const struct say *s, struct buf *b, const struct wall_query *q, bool titles, int64_t *ret_n, bool *ret_cut)
{
    struct actor who = join_actor(rq);
    struct wall_after at = {0};
    enum wall_kind kind = 0;
    bool more = true;
    (void)wall_kind_find(q->kind, &kind); /* a choice of the form: always found */
    while (more && *ret_n < EXPORT_ROWS_MAX) {
        const struct wall_row *rows = NULL;
        size_t n = 0;
        const enum err e = wall_list_for(join_ctx(rq), &who, kind, q->unit, q->district, at, EXPORT_PAGE, &rows, &n, &at, &more);
        if (e != ERR_OK)
            return e;
        for (size_t i = 0; i < n; i++)
            put_row(s, b, &rows[i], titles);
        *ret_n += (int64_t)n;
    }
    *ret_cut = more;
    return ERR_OK;
}

enum err page_staff_wall_export(struct request *rq, struct response *rs)
{
    const struct wall_query *q = rq->form;
    struct actor who = join_actor(rq);
    struct ctx *c = join_ctx(rq);
    enum wall_kind kind = 0;
    int64_t n = 0;
    bool sent = false, cut = false;
    if (rq->form_invalid)
        return ERR_INVALID;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = permission_strong(c, &who);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    (void)wall_kind_find(q->kind, &kind);
    const struct str filter = wall_query_text(rq->a, kind, q->unit, q->district);
    e = staff_confirm_first(rq, rs, arena_concat(rq->a, STR("/staff/wall/list?"), filter), &sent);
    if (e != ERR_OK || sent)
        return e;
    const bool titles = permission_has(&who, MAY_TICKET);
    response_download(rs, "text/csv; charset=utf-8", arena_printf(rq->a, "%s-%d.csv", wall_kind_word(kind), (int)clock_local_day(rq->now_us)));
    struct buf out;
    buf_init(&out, rq->a, EXPORT_BYTES_MAX);
    put_head(&s, &out, titles);
    e = put_rows(rq, &s, &out, q, titles, &n, &cut);
    if (e == ERR_OK && cut) { /* said in the file itself, where it cannot be missed */
        csv_put_text(&out, SAY(&s, MSG_staff_csv_cut, {"n", say_grouped(&s, n)}));
        csv_put_end(&out);
    }
    buf_put(&rs->body, STR("\xef\xbb\xbf"));
    buf_put(&rs->body, buf_str(&out));
    return e == ERR_OK ? audit_write(c, &who, "wall_export", "wall", 0, arena_printf(rq->a, STR_FMT " n=%lld", STR_ARG(filter), (long long)n)) : e;
}
