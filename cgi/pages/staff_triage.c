/*
 * staff_triage.c - what waits for a class and a unit, by due time, with the classes that its words suggest: one press sends it.
 *
 * Contract: a press names the version that was seen; whoever is later is told so and nothing is sent twice. Must not know dispatch
 * rules: who would get it is forecast by the domain.
 */
#include "app/cursor.h"
#include "app/ids.h"
#include "app/suggest.h"
#include "app/ticket_words.h"
#include "base/utf8.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff_desk.h"
#include "pages/view_staff_desk.h"

enum { PAGE_ROWS = TICKET_WORDS_MAX, GUESSES = 3, TEXT_CHARS = 120 };

/* ---- rows ------------------------------------------------------------------------------------------------------------------- */

/* The units that the guesses lead to stand beside them: what is pressed is known before it is pressed. */
static enum err put_guesses(struct request *rq, const struct say *s, const struct officer_item *t, struct str words,
                            struct view_triage_row *v)
{
    struct suggestion hits[GUESSES];
    const size_t n = suggest_categories(s->ref, s->a, words, GUESSES, hits);
    struct view_option *o = ARENA_ARRAY(s->a, struct view_option, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct category *c = hits[i].category;
        const struct view_name name = say_name(s, c->name, c->name_en);
        struct ticket_forecast f;
        enum err e = ticket_forecast(join_ctx(rq), c->code, t->area_code, &f);
        if (e != ERR_OK)
            return e;
        o[i] = (struct view_option){.value = c->code, .text = name.text, .zh = name.zh, .hint = say_unit(s, f.lead)};
    }
    v->guesses = o;
    v->n_guesses = n;
    return ERR_OK;
}

static enum err put_rows(struct request *rq, const struct say *s, const struct officer_item *items, size_t n,
                         struct view_staff_triage *v)
{
    struct view_triage_row *out = ARENA_ARRAY(s->a, struct view_triage_row, n + 1);
    uint64_t ids[PAGE_ROWS];
    struct str words[PAGE_ROWS];
    for (size_t i = 0; i < n; i++)
        ids[i] = items[i].ticket_id;
    enum err e = ticket_words(join_ctx(rq), ids, n, words);
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        const struct officer_item *t = &items[i];
        const struct str no = ticket_no_show(s->a, t->no), first = utf8_truncate(words[i], TEXT_CHARS);
        out[i] = (struct view_triage_row){
            .href = arena_concat(s->a, STR("/staff/t/"), no), .no = no, .title = t->title, .zh = s->lang != LANG_ZH,
            .text = first.n < words[i].n ? arena_concat(s->a, first, STR("…")) : first, .place = say_area(s, t->area_code),
            .kind = say_word(s, "kind", word(WORDS_KIND, (int)t->kind)), .left = say_left_short(s, t->due_at), .late = t->overdue,
            .fast = t->fast, .version = t->version, .filed_at = say_time(s, t->started_at), .due = say_time(s, t->due_at)};
        e = put_guesses(rq, s, t, words[i], &out[i]);
    }
    v->rows = out;
    v->n_rows = n;
    return e;
}

/* ---- pages ------------------------------------------------------------------------------------------------------------------- */

enum err staff_triage_read(struct request *rq, const struct staff_page_query *q, size_t limit, struct staff_triage_page *ret)
{
    struct ctx *c = join_ctx(rq);
    struct actor who = join_actor(rq);
    struct officer_key next;
    struct cursor at;
    bool given, more = false;
    *ret = (struct staff_triage_page){0};
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = cursor_open(c->keys, rq->a, CURSOR_TRIAGE, who.unit_code, q->cursor, &at, &given, rq->fault);
    if (e == ERR_OK)
        e = officer_triage(c, &who, (struct officer_key){at.a, (uint64_t)at.b}, limit, &ret->items, &ret->n_items, &next, &more);
    if (e == ERR_OK && more)
        ret->next_cursor = cursor_seal(c->keys, rq->a, CURSOR_TRIAGE, who.unit_code, (struct cursor){next.due, (int64_t)next.id});
    return e;
}

static enum err show(struct request *rq, struct response *rs, const struct staff_page_query *q, enum msg warning)
{
    struct view_staff_triage v = {.notice = {.text = warning, .bad = true}};
    struct staff_triage_page p;
    struct page pg;
    const struct say s = say_of(rq);
    enum err e = staff_triage_read(rq, q, PAGE_ROWS, &p);
    if (e == ERR_OK)
        e = put_rows(rq, &s, p.items, p.n_items, &v);
    if (e != ERR_OK)
        return e;
    v.pager.unfinished = p.next_cursor.n > 0 && p.n_items < PAGE_ROWS;
    if (p.next_cursor.n > 0)
        v.pager.next = arena_concat(rq->a, STR("/staff/triage?cursor="), percent_encode(rq->a, p.next_cursor));
    struct str done;
    if (ticket_no_parse(rq->a, q->done, &done)) {
        v.done = ticket_no_show(rq->a, done);
        v.done_href = arena_concat(rq->a, STR("/staff/t/"), v.done);
    }
    staff_page(rq, rs, &pg, MSG_staff_nav_triage);
    if (warning != MSG_NONE)
        response_status(rs, 409);
    tmpl_staff_triage(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_staff_triage(struct request *rq, struct response *rs)
{
    static const struct staff_page_query first;
    const struct staff_page_query *q = rq->form_invalid ? &first : rq->form;
    if (rq->form_invalid) /* an address typed by hand */
        *rq->fault = (struct fault){0};
    return show(rq, rs, q, MSG_NONE);
}

enum err page_staff_triage_post(struct request *rq, struct response *rs)
{
    static const struct staff_page_query first;
    const struct staff_triage_form *in = rq->form;
    struct actor who = join_actor(rq);
    const struct routing r = {.category_code = in->category_code};
    struct ticket_done done;
    enum err e = join_need_ref(rq);
    if (e != ERR_OK)
        return e;
    if (rq->form_invalid) /* our own buttons send whole forms */
        return fault_set(rq->fault, ERR_INVALID, "BAD_REQUEST", "no number, class or version");
    e = routing_dispatch(join_ctx(rq), &who, in->no, (uint32_t)in->version, &r, &done);
    if (e == ERR_CONFLICT) { /* somebody was faster: the list says what is left */
        *rq->fault = (struct fault){0};
        return show(rq, rs, &first, MSG_staff_triage_gone);
    }
    if (e != ERR_OK)
        return e;
    return response_redirect(rs, arena_concat(rq->a, STR("/staff/triage?done="), ticket_no_show(rq->a, done.no)));
}
