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

const char *const staff_supervise_states[] = {"open", "overdue", "answered", NULL};
static const struct form_field query_fields[] = {
    {FORM_FIELD(struct staff_supervise_query, state, "state", FIELD_CHOICE), .choices = staff_supervise_states},
    {FORM_FIELD(struct staff_supervise_query, cursor, "cursor", FIELD_TEXT), .max = LIMIT_CURSOR_CHARS},
};
const struct form_spec staff_supervise_query = {FORM_SPEC("staff_supervise", struct staff_supervise_query, query_fields)};

static const enum supervise_state states[TABS] = {SUPERVISE_OPEN, SUPERVISE_OVERDUE, SUPERVISE_ANSWERED};

struct str staff_supervise_ground(enum supervise_ground g)
{
    static const char *const grounds[] = {"", "late", "bounces", "reopening", "hand"};
    return str_from_c(grounds[g]);
}

struct str staff_supervise_level(enum supervise_level l)
{
    static const char *const levels[] = {"", "unit", "district", "city"};
    return str_from_c(levels[l]);
}

static struct view_supervision row_of(const struct say *s, const struct supervise_row *r, bool titles)
{
    const struct str no = ticket_no_show(s->a, r->no);
    struct view_supervision v = {.no = no, .unit = say_unit(s, r->unit_code), .by = say_unit(s, r->by_unit), .zh = s->lang != LANG_ZH,
                                 .ground = say_word(s, "supervise.ground", staff_supervise_ground(r->ground)),
                                 .level = say_word(s, "supervise.level", staff_supervise_level(r->level)), .due = say_time(s, r->due_at),
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
        t[i] = (struct view_supervise_tab){.href = arena_printf(s->a, "/staff/supervise?state=%s", staff_supervise_states[i]),
                                           .label = msg_text(s->lang, labels[i]), .current = i == chosen};
    v->tabs = t;
    v->n_tabs = TABS;
}

enum err staff_supervise_read(struct request *rq, const struct staff_supervise_query *q, size_t limit, struct staff_supervise_page *ret)
{
    struct actor who = join_actor(rq);
    struct ctx *c = join_ctx(rq);
    struct cursor at = {0};
    bool given, more = false;
    *ret = (struct staff_supervise_page){.titles = permission_has(&who, MAY_TICKET)};
    enum err e = join_need_ref(rq);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < TABS; i++)
        if (str_eq_c(q->state, staff_supervise_states[i]))
            ret->tab = i;
    ret->city = permission_may(c, &who, MAY_WALL, STR_NONE, STR_NONE, STR_NONE);
    const struct str filter = str_from_c(staff_supervise_states[ret->tab]);
    e = cursor_open(c->keys, rq->a, CURSOR_SUPERVISIONS, filter, q->cursor, &at, &given, rq->fault);
    struct supervise_after after = {at.a, (uint64_t)at.b};
    if (e == ERR_OK)
        e = supervise_list(c, &who, ret->city ? STR_NONE : who.unit_code, states[ret->tab], after, limit, &ret->rows, &ret->n_rows, &after, &more);
    if (e == ERR_OK && more)
        ret->next_cursor = cursor_seal(c->keys, rq->a, CURSOR_SUPERVISIONS, filter, (struct cursor){after.due_at, (int64_t)after.id});
    return e;
}

enum err page_staff_supervise(struct request *rq, struct response *rs)
{
    static const struct staff_supervise_query nothing;
    const struct staff_supervise_query *q = rq->form != NULL && !rq->form_invalid ? rq->form : &nothing;
    struct view_staff_supervise v = {0};
    struct actor who = join_actor(rq);
    struct staff_supervise_page p;
    struct page pg;
    *rq->fault = (struct fault){0}; /* an address typed by hand: the first page */
    const enum err e = staff_supervise_read(rq, q, PAGE_ROWS, &p);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    struct view_supervision *out = ARENA_ARRAY(rq->a, struct view_supervision, p.n_rows + 1);
    for (size_t i = 0; i < p.n_rows; i++)
        out[i] = row_of(&s, &p.rows[i], p.titles);
    v.rows = out;
    v.n_rows = p.n_rows;
    v.scope = p.city ? msg_text(rq->lang, MSG_staff_scope_city) : staff_unit_name(rq, who.unit_code);
    v.scope_zh = !p.city && rq->lang == LANG_EN && staff_unit_is_zh(rq, who.unit_code);
    put_tabs(&s, p.tab, &v);
    if (p.next_cursor.n > 0)
        v.pager.next = arena_printf(rq->a, "/staff/supervise?state=%s&cursor=" STR_FMT, staff_supervise_states[p.tab],
                                    STR_ARG(percent_encode(rq->a, p.next_cursor)));
    staff_page(rq, rs, &pg, MSG_staff_supervise_title);
    tmpl_staff_supervise(&rs->body, &pg, &v);
    return ERR_OK;
}
