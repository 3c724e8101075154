/*
 * staff_work.c - the worklist: what a unit owes, by what is due next.
 *
 * Contract: filters stay in the address; pages go by key; counts come from the worker's roll-up, with their age. Must not know
 * which units a person may see: the domain refuses the others.
 */
#include "app/ids.h"
#include "app/officer_view.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff_frame.h"
#include "pages/staff_work.h"
#include "pages/view_staff_work.h"

enum { PAGE_ROWS = 25, UNITS_OFFERED = 400 };

/* ---- what the filters offer ---------------------------------------------------------------------------------------------- */

static void offer_words(const struct say *s, const char *area, const char *const *words, struct str chosen, const struct view_option **ret,
                        size_t *ret_n)
{
    size_t n = 0;
    while (words[n] != NULL)
        n++;
    struct view_option *o = ARENA_ARRAY(s->a, struct view_option, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct str w = str_from_c(words[i]);
        o[i] = (struct view_option){.value = w, .text = say_word(s, area, w), .chosen = str_eq(w, chosen)};
    }
    *ret = o;
    *ret_n = n;
}

static void offer_units(const struct request *rq, const struct say *s, struct str chosen, struct view_staff_work *v)
{
    struct actor who = join_actor(rq);
    const struct str *codes = NULL;
    size_t n = 0;
    bool all = false;
    permission_units(join_ctx(rq), &who, MAY_WORK, &all, &codes, &n);
    if (all || n < 2 || n > UNITS_OFFERED)
        return; /* the whole city is looked at on the wall */
    struct view_option *o = ARENA_ARRAY(s->a, struct view_option, n);
    for (size_t i = 0; i < n; i++)
        o[i] = (struct view_option){.value = codes[i], .text = say_unit(s, codes[i]), .zh = s->lang != LANG_ZH, .chosen = str_eq(codes[i], chosen)};
    v->units = o;
    v->n_units = n;
}

static void offer_places(const struct say *s, const struct staff_work_query *q, struct view_staff_work *v)
{
    const struct area *const *districts = NULL;
    const struct category *const *tops = NULL;
    const size_t nd = refdata_area_children(s->ref, STR_NONE, &districts), nt = refdata_category_children(s->ref, STR_NONE, &tops);
    struct view_option *d = ARENA_ARRAY(s->a, struct view_option, nd + 1), *t = ARENA_ARRAY(s->a, struct view_option, nt + 1);
    for (size_t i = 0; i < nd; i++) {
        const struct view_name name = say_name(s, districts[i]->name, districts[i]->name_en);
        d[i] = (struct view_option){.value = districts[i]->code, .text = name.text, .zh = name.zh, .chosen = str_eq(districts[i]->code, q->area)};
    }
    for (size_t i = 0; i < nt; i++) {
        const struct view_name name = say_name(s, tops[i]->name, tops[i]->name_en);
        t[i] = (struct view_option){.value = tops[i]->code, .text = name.text, .zh = name.zh, .chosen = str_eq(tops[i]->code, q->category)};
    }
    v->areas = d;
    v->n_areas = nd;
    v->categories = t;
    v->n_categories = nt;
}

/* ---- rows and counts ------------------------------------------------------------------------------------------------------- */

static void put_items(const struct say *s, const struct officer_item *from, size_t n, struct view_staff_work *v)
{
    struct view_staff_item *out = ARENA_ARRAY(s->a, struct view_staff_item, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct officer_item *t = &from[i];
        const struct str no = ticket_no_show(s->a, t->no);
        out[i] = (struct view_staff_item){.href = arena_concat(s->a, STR("/staff/t/"), no), .no = no, .title = t->title, .zh = s->lang != LANG_ZH,
                                          .category = t->category_code.n > 0 ? say_category(s, t->category_code) : msg_text(s->lang, MSG_fact_unsure),
                                          .place = say_area(s, t->area_code), .unit = say_unit(s, t->unit_code),
                                          .role = say_word(s, "staff_role_of", word(WORDS_ROLE, (int)t->role)),
                                          .state = say_word(s, "staff_assignment", word(WORDS_ASSIGNMENT, (int)t->assignment)),
                                          .due = say_time(s, t->due_at), .late = t->overdue, .warned = t->warned, .paused = t->paused_at > 0,
                                          .urges = t->urge_count, .round = t->round > 1 ? t->round : 0, .fast = t->fast};
        out[i].left = t->paused_at > 0 ? msg_text(s->lang, MSG_staff_paused) : t->due_at > 0 ? say_left_short(s, t->due_at) : STR_NONE;
    }
    v->items = out;
    v->n_items = n;
}

static enum err put_counts(struct request *rq, const struct staff_work_query *q, struct view_staff_work *v)
{
    struct officer_counts n;
    struct actor who = join_actor(rq);
    enum err e = officer_counts(join_ctx(rq), &who, q->unit, &n);
    if (e != ERR_OK)
        return e;
    const struct {
        enum msg label;
        int64_t n;
        const char *state, *due, *role;
        bool bad;
    } all[] = {{MSG_staff_count_open, n.open, "", "", "", false},        {MSG_staff_count_unsigned, n.unsigned_, "sent", "", "", false},
               {MSG_staff_count_today, n.due_today, "", "today", "", false}, {MSG_staff_count_late, n.overdue, "", "late", "", true},
               {MSG_staff_count_whistles, n.whistles, "", "", "whistle", false}, {MSG_staff_copies, n.copies, "", "", "copy", false}};
    enum { COUNTS = sizeof all / sizeof all[0] };
    const size_t shown = n.copies > 0 ? COUNTS : COUNTS - 1; /* districts alone have copies */
    struct view_staff_count *out = ARENA_ARRAY(rq->a, struct view_staff_count, COUNTS);
    for (size_t i = 0; i < shown; i++) {
        const struct staff_work_query to = {.unit = q->unit, .role = str_from_c(all[i].role), .state = str_from_c(all[i].state),
                                            .due = str_from_c(all[i].due)};
        const struct str query = staff_work_query_text(rq->a, &to);
        out[i] = (struct view_staff_count){.href = query.n > 0 ? arena_concat(rq->a, STR("/staff/work?"), query) : STR("/staff/work"),
                                           .label = all[i].label, .n = {all[i].n}, .bad = all[i].bad && all[i].n > 0,
                                           .current = str_eq(query, staff_work_query_text(rq->a, q))};
    }
    v->counts = out;
    v->n_counts = shown;
    if (n.counted_at > 0) {
        const struct say s = say_of(rq);
        v->counted = say_time(&s, n.counted_at);
    }
    return ERR_OK;
}

/* ---- the page -------------------------------------------------------------------------------------------------------------------- */

enum err page_staff_work(struct request *rq, struct response *rs)
{
    const struct staff_work_query *q = rq->form;
    static const struct staff_work_query nothing;
    struct view_staff_work v = {0};
    struct actor who = join_actor(rq);
    struct staff_work_page p;
    struct page pg;
    enum err e = join_need_ref(rq);
    if (e != ERR_OK)
        return e;
    if (rq->form_invalid) { /* an address typed by hand: the list without filters */
        *rq->fault = (struct fault){0};
        q = &nothing;
    }
    const struct say s = say_of(rq);
    e = staff_work_read(rq, &who, q, PAGE_ROWS, &p);
    if (e == ERR_OK)
        e = put_counts(rq, q, &v);
    if (e != ERR_OK)
        return e;
    v.unit = staff_unit_name(rq, q->unit.n > 0 ? q->unit : who.unit_code);
    v.unit_zh = rq->lang != LANG_ZH;
    v.filtered = p.query.n > 0;
    put_items(&s, p.items, p.n_items, &v);
    offer_words(&s, "staff_role_of", staff_work_roles, q->role, &v.roles, &v.n_roles);
    offer_words(&s, "staff_assignment", staff_work_states, q->state, &v.states, &v.n_states);
    offer_words(&s, "staff_due", staff_work_dues, q->due, &v.dues, &v.n_dues);
    offer_units(rq, &s, q->unit, &v);
    offer_places(&s, q, &v);
    v.pager.unfinished = p.unfinished;
    if (p.next_cursor.n > 0)
        v.pager.next = arena_printf(rq->a, "/staff/work?" STR_FMT "%scursor=" STR_FMT, STR_ARG(p.query), p.query.n > 0 ? "&" : "",
                                    STR_ARG(percent_encode(rq->a, p.next_cursor)));
    staff_page(rq, rs, &pg, MSG_staff_nav_work);
    tmpl_staff_work(&rs->body, &pg, &v);
    return ERR_OK;
}

/* A number typed into the search of the frame leads to its page, which says whether there is such a demand. */
enum err page_staff_find(struct request *rq, struct response *rs)
{
    struct str no;
    if (!ticket_no_parse(rq->a, request_query(rq, "no"), &no))
        return fault_set(rq->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "not a ticket number");
    return response_redirect(rs, arena_concat(rq->a, STR("/staff/t/"), ticket_no_show(rq->a, no)));
}
