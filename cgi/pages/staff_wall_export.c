/*
 * staff_wall_export.c - a list of the wall as a file, sent page after page.
 *
 * Contract: needs a second factor and the password again. The audit has a row with the filter before the first byte is sent, and one
 * with the number of rows after the last. Memory is that of one page; settings.export_rows is the limit, and a file that was cut, or
 * that stopped, says so in its last line. The deadline of a request counts from page to page: a long file is no slow answer. Who sees no single demand (an analyst) gets no titles. Must not know what a row means.
 */
#include "app/audit.h"
#include "app/csv.h"
#include "app/ids.h"
#include "app/permission.h"
#include "base/clock.h"
#include "base/limits.h"
#include "pages/say.h"
#include "pages/staff_frame.h"
#include "pages/staff_wall.h"

/* One row less than a statement gives: the last one tells that there are more. */
enum { EXPORT_PAGE = WALL_LIST_ROWS - 1, EXPORT_PAGE_BYTES = KIB(256) };

struct export {
    struct request *rq;
    struct response *rs;
    const struct say *s;
    const struct wall_query *q;
    enum wall_kind kind;
    bool titles, cut, gone; /* gone: nobody reads any more */
    int64_t n;
};

/* ---- rows ------------------------------------------------------------------------------------------------------------------ */

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

/* One page of rows, sent and forgotten. */
static enum err put_page(struct export *x, struct wall_after *at, bool *ret_more)
{
    const struct wall_row *rows = NULL;
    const int64_t left = join_ctx(x->rq)->set->export_rows - x->n;
    struct actor who = join_actor(x->rq);
    struct buf out;
    size_t n = 0;
    const enum err e = wall_list_for(join_ctx(x->rq), &who, x->kind, x->q->unit, x->q->district, *at,
                                     left < EXPORT_PAGE ? (size_t)left : EXPORT_PAGE, &rows, &n, at, ret_more);
    if (e != ERR_OK)
        return e;
    buf_init(&out, x->rq->a, EXPORT_PAGE_BYTES);
    for (size_t i = 0; i < n; i++)
        put_row(x->s, &out, &rows[i], x->titles);
    BUG_ON(out.full);
    x->gone = !join_stream_put(x->rq, x->rs, buf_str(&out));
    x->n += (int64_t)n;
    return ERR_OK;
}

/* Page after page, each in the memory of the one before. */
static enum err put_rows(struct export *x)
{
    const int64_t most = join_ctx(x->rq)->set->export_rows;
    struct wall_after at = {0};
    bool more = true;
    enum err e = ERR_OK;
    while (e == ERR_OK && more && x->n < most && !x->gone) {
        const struct arena_mark m = arena_mark(x->rq->a);
        e = put_page(x, &at, &more);
        arena_rewind(x->rq->a, &m);
    }
    x->cut = more && x->n >= most;
    return e;
}

/* A line across the file, where it cannot be missed. */
static void put_remark(struct export *x, enum msg m)
{
    struct buf out;
    buf_init(&out, x->rq->a, KIB(2));
    csv_put_text(&out, SAY(x->s, m, {"n", say_grouped(x->s, x->n)}));
    csv_put_end(&out);
    x->gone = !join_stream_put(x->rq, x->rs, buf_str(&out));
}

static enum err note(struct export *x, struct str filter, const char *how)
{
    struct actor who = join_actor(x->rq);
    return audit_write(join_ctx(x->rq), &who, AUDIT_WALL_EXPORT, AUDIT_OF_WALL, 0,
                       arena_printf(x->rq->a, STR_FMT " n=%lld %s", STR_ARG(filter), (long long)x->n, how));
}

/* The head, then rows. From here on no error page is possible. */
static enum err send_all(struct export *x, struct str filter)
{
    struct buf head;
    response_download(x->rs, "text/csv; charset=utf-8",
                      arena_printf(x->rq->a, "%s-%d.csv", wall_kind_word(x->kind), (int)clock_local_day(x->rq->now_us)));
    buf_init(&head, x->rq->a, KIB(4));
    buf_put(&head, STR("\xef\xbb\xbf"));
    put_head(x->s, &head, x->titles);
    x->gone = !response_stream_begin(x->rq, x->rs) || !join_stream_put(x->rq, x->rs, buf_str(&head));
    const enum err e = put_rows(x);
    if (e != ERR_OK)
        put_remark(x, MSG_staff_csv_stopped);
    else if (x->cut)
        put_remark(x, MSG_staff_csv_cut);
    const enum err noted = note(x, filter, e != ERR_OK ? "stopped" : x->gone ? "broken off" : x->cut ? "cut" : "whole");
    return e == ERR_OK ? noted : e;
}

enum err page_staff_wall_export(struct request *rq, struct response *rs)
{
    struct export x = {.rq = rq, .rs = rs, .q = rq->form};
    struct actor who = join_actor(rq);
    bool sent = false;
    if (rq->form_invalid)
        return ERR_INVALID;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = permission_strong(join_ctx(rq), &who);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    (void)wall_kind_find(x.q->kind, &x.kind); /* a choice of the form: always found */
    const struct str filter = wall_query_text(rq->a, x.kind, x.q->unit, x.q->district);
    e = staff_confirm_first(rq, rs, arena_concat(rq->a, STR("/staff/wall/list?"), filter), &sent);
    if (e != ERR_OK || sent)
        return e;
    x.s = &s;
    x.titles = permission_has(&who, MAY_TICKET);
    e = wall_may_list(join_ctx(rq), &who, x.q->unit, x.q->district);
    if (e == ERR_OK)
        e = note(&x, filter, "begun");
    return e == ERR_OK ? send_all(&x, filter) : e;
}
