/*
 * staff_supervise.c - supervisions: who owes an account, by when, and what was answered.
 *
 * Contract: who sees the city reads all of them, everybody else those of the own unit. Starting and answering one are acts on the
 * demand's page. Must not know the ladder.
 */
#include "app/cursor.h"
#include "app/ids.h"
#include "app/permission.h"
#include "app/supervise.h"
#include "base/limits.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff_frame.h"
#include "pages/staff_wall.h"
#include "pages/view_staff_wall.h"

enum { PAGE_ROWS = 25, TABS = 3 };

struct supervise_query {
    struct str state, cursor;
};
static const char *const state_words[] = {"open", "overdue", "answered", NULL};
static const struct form_field query_fields[] = {
    {FORM_FIELD(struct supervise_query, state, "state", FIELD_CHOICE), .choices = state_words},
    {FORM_FIELD(struct supervise_query, cursor, "cursor", FIELD_TEXT), .max = LIMIT_CURSOR_CHARS},
};
const struct form_spec staff_supervise_query = {FORM_SPEC("staff_supervise", struct supervise_query, query_fields)};

static const enum supervise_state states[TABS] = {SUPERVISE_OPEN, SUPERVISE_OVERDUE, SUPERVISE_ANSWERED};

static struct view_supervision row_of(const struct say *s, const struct supervise_row *r, bool titles)
{
    static const char *const grounds[] = {"", "late", "bounces", "reopening", "hand"}, *const levels[] = {"", "unit", "district", "city"};
    const struct str no = ticket_no_show(s->a, r->no);
    struct view_supervision v = {.no = no, .unit = say_unit(s, r->unit_code), .by = say_unit(s, r->by_unit), .zh = s->lang != LANG_ZH,
                                 .ground = say_word(s, "supervise.ground", str_from_c(grounds[r->ground])),
                                 .level = say_word(s, "supervise.level", str_from_c(levels[r->level])), .due = say_time(s, r->due_at),
                                 .answered = say_time(s, r->answered_at), .done = r->answered_at > 0};
    if (!v.done) {
        v.left = say_left_short(s, r->due_at);
        v.late = r->due_at <= s->now_us;
    }
    if (titles) {
        v.title = r->title;
        v.href = arena_concat(s->a, STR("/staff/t/"), no);
    }
    return v;
}

static void put_tabs(const struct say *s, size_t chosen, struct view_staff_supervise *v)
{
    static const enum msg labels[TABS] = {MSG_staff_supervise_open, MSG_staff_supervise_overdue, MSG_staff_supervise_answered};
    struct view_supervise_tab *t = ARENA_ARRAY(s->a, struct view_supervise_tab, TABS);
    for (size_t i = 0; i < TABS; i++)
        t[i] = (struct view_supervise_tab){.href = arena_printf(s->a, "/staff/supervise?state=%s", state_words[i]),
                                           .label = msg_text(s->lang, labels[i]), .current = i == chosen};
    v->tabs = t;
    v->n_tabs = TABS;
}

enum err page_staff_supervise(struct request *rq, struct response *rs)
{
    static const struct supervise_query nothing;
    const struct supervise_query *q = rq->form != NULL && !rq->form_invalid ? rq->form : &nothing;
    const struct supervise_row *rows = NULL;
    struct actor who = join_actor(rq);
    struct ctx *c = join_ctx(rq);
    struct view_staff_supervise v = {0};
    struct cursor at = {0};
    struct page pg;
    size_t tab = 0, n = 0;
    bool given, more = false;
    *rq->fault = (struct fault){0}; /* an address typed by hand: the first page */
    enum err e = join_need_ref(rq);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    for (size_t i = 0; i < TABS; i++)
        if (str_eq_c(q->state, state_words[i]))
            tab = i;
    const bool city = permission_may(c, &who, MAY_WALL, STR_NONE, STR_NONE, STR_NONE);
    const struct str filter = str_from_c(state_words[tab]);
    e = cursor_open(c->keys, rq->a, CURSOR_SUPERVISIONS, filter, q->cursor, &at, &given, rq->fault);
    const struct supervise_after after = {at.a, (uint64_t)at.b};
    if (e == ERR_OK)
        e = city ? supervise_all(c, states[tab], after, PAGE_ROWS, &rows, &n, &more)
                 : supervise_of_unit(c, who.unit_code, states[tab], after, PAGE_ROWS, &rows, &n, &more);
    if (e != ERR_OK)
        return e;
    struct view_supervision *out = ARENA_ARRAY(rq->a, struct view_supervision, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = row_of(&s, &rows[i], permission_has(&who, MAY_TICKET));
    v.rows = out;
    v.n_rows = n;
    v.scope = city ? msg_text(rq->lang, MSG_staff_scope_city) : staff_unit_name(rq, who.unit_code);
    v.scope_zh = !city && rq->lang == LANG_EN && staff_unit_is_zh(rq, who.unit_code);
    put_tabs(&s, tab, &v);
    if (more) {
        const struct cursor next = {rows[n - 1].due_at, (int64_t)rows[n - 1].id};
        v.pager.next = arena_printf(rq->a, "/staff/supervise?state=" STR_FMT "&cursor=" STR_FMT, STR_ARG(filter),
                                    STR_ARG(percent_encode(rq->a, cursor_seal(c->keys, rq->a, CURSOR_SUPERVISIONS, filter, next))));
    }
    staff_page(rq, rs, &pg, MSG_staff_supervise_title);
    tmpl_staff_supervise(&rs->body, &pg, &v);
    return ERR_OK;
}
