/*
 * public.c - published demands.
 *
 * Contract: shows the redacted copy alone; an unpublished demand and a missing one are the same 404. Pages go by key. Must
 * not know the demand's own words.
 */
#include "pages/public.h"

#include "app/ticket_state.h"
#include "app/words.h"
#include "base/limits.h"
#include "gen/tmpl.h"
#include "pages/join.h"
#include "pages/published.h"
#include "pages/say.h"
#include "pages/view_public.h"
#include "web/page.h"

enum { FACTS = 5 };

/* ---- the list --------------------------------------------------------------------------------------------------- */

static struct view_public_row row_of(struct request *rq, const struct say *s, const struct public_ticket *t)
{
    return (struct view_public_row){.href = arena_concat(rq->a, STR("/public/"), t->public_id), .title = t->title,
                                    .zh = rq->lang != LANG_ZH, .kind = say_word(s, "kind", word(WORDS_KIND, (int)t->kind)),
                                    .category = say_category(s, t->category_code), .place = say_area(s, t->street_code),
                                    .status = say_word(s, "status", word(WORDS_STATUS, (int)t->state)),
                                    .filed_day = say_day(s, t->local_day), .joined = t->n_joined,
                                    .done = ticket_state_final(t->state)};
}

static void put_choices(struct request *rq, const struct say *s, const struct published_query *in, struct view_public_list *v)
{
    const struct refdata *ref = join_of(rq)->ref;
    const struct area *const *areas;
    const struct category *const *top;
    v->n_areas = refdata_area_children(ref, STR_NONE, &areas);
    v->n_categories = refdata_category_children(ref, STR_NONE, &top);
    struct view_option *a = ARENA_ARRAY(rq->a, struct view_option, v->n_areas + 1);
    struct view_option *c = ARENA_ARRAY(rq->a, struct view_option, v->n_categories + 1);
    for (size_t i = 0; i < v->n_areas; i++) {
        struct view_name name = say_name(s, areas[i]->name, areas[i]->name_en);
        a[i] = (struct view_option){.value = areas[i]->code, .text = name.text, .zh = name.zh,
                                    .chosen = str_eq(areas[i]->code, in->area)};
    }
    for (size_t i = 0; i < v->n_categories; i++) {
        struct view_name name = say_name(s, top[i]->name, top[i]->name_en);
        c[i] = (struct view_option){.value = top[i]->code, .text = name.text, .zh = name.zh,
                                    .chosen = str_eq(top[i]->code, in->category)};
    }
    v->areas = a;
    v->categories = c;
}

enum err page_public_list(struct request *rq, struct response *rs)
{
    const struct published_query *in = rq->form;
    struct say s = say_of(rq);
    struct view_public_list v = {.filtered = in->area.n > 0 || in->category.n > 0 || in->cursor.n > 0};
    struct published_page p;
    struct page pg;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK && rq->form_invalid)
        err = ERR_INVALID;
    if (err == ERR_OK)
        err = published_load(rq, in, &p);
    if (err != ERR_OK)
        return err;
    struct view_public_row *rows = ARENA_ARRAY(rq->a, struct view_public_row, p.n_rows > 0 ? p.n_rows : 1);
    for (size_t i = 0; i < p.n_rows; i++)
        rows[i] = row_of(rq, &s, &p.rows[i]);
    v.rows = rows;
    v.n_rows = p.n_rows;
    put_choices(rq, &s, in, &v);
    if (p.next_cursor.n > 0)
        v.pager.next = arena_printf(rq->a, "/public?area=" STR_FMT "&category=" STR_FMT "&cursor=" STR_FMT,
                                    STR_ARG(in->area), STR_ARG(in->category), STR_ARG(percent_encode(rq->a, p.next_cursor)));
    page_init(rq, &pg, NAV_CASES, MSG_title_public);
    response_html(rs);
    tmpl_open_public_list(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- one -------------------------------------------------------------------------------------------------------- */

static struct view_facts facts_of(const struct say *s, const struct public_ticket *t)
{
    struct view_fact *f = ARENA_ARRAY(s->a, struct view_fact, FACTS);
    bool zh = s->lang != LANG_ZH;
    f[0] = (struct view_fact){.label = MSG_fact_kind, .text = say_word(s, "kind", word(WORDS_KIND, (int)t->kind))};
    f[1] = (struct view_fact){.label = MSG_fact_category, .text = say_category(s, t->category_code), .zh = zh};
    f[2] = (struct view_fact){.label = MSG_fact_place, .text = say_area(s, t->street_code), .zh = zh};
    f[3] = (struct view_fact){.label = MSG_fact_filed, .text = say_day(s, t->local_day).text};
    f[4] = (struct view_fact){.label = MSG_fact_status,
                              .text = say_word(s, "status", word(WORDS_STATUS, (int)t->state))};
    return (struct view_facts){f, FACTS};
}

enum err page_public_ticket(struct request *rq, struct response *rs)
{
    struct public_ticket t;
    struct say s = say_of(rq);
    struct page pg;
    enum err err = join_need_ref(rq);
    if (err == ERR_OK)
        err = ticket_public_one(join_ctx(rq), rq->path_args[0], &t);
    if (err == ERR_NOT_FOUND) { /* the words of that reason are for who holds a number and a code */
        fault_clear(rq->fault);
        return fault_set(rq->fault, err, "NOT_FOUND", "not published");
    }
    if (err != ERR_OK)
        return err;
    struct view_public_ticket v = {.id = t.public_id, .title = t.title, .text = t.body, .zh = rq->lang != LANG_ZH,
                                   .facts = facts_of(&s, &t), .reply = t.reply, .reply_by = say_unit(&s, t.reply_unit),
                                   .progress = say_progress(&s, t.state, false), .joined = t.n_joined,
                                   .can_join = !ticket_state_final(t.state)};
    if (t.reply_day != 0)
        v.reply_day = say_day(&s, t.reply_day);
    page_init(rq, &pg, NAV_CASES, MSG_title_public);
    pg.title = t.title;
    pg.demo = t.is_demo;
    response_html(rs);
    tmpl_open_public_ticket(&rs->body, &pg, &v);
    return ERR_OK;
}
