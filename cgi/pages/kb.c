/*
 * kb.c - the knowledge base as pages: shelves, search with excerpts down to the article of the law, reading.
 *
 * Contract: writes nothing (feedback, and the note that a search found nothing, go to another program). A search without
 * an answer says so and offers to ask.
 * Must not know how matching works.
 */
#include "pages/kb.h"

#include "app/knowledge.h"
#include "base/clock.h"
#include "base/limits.h"
#include "gen/tmpl.h"
#include "pages/join.h"
#include "pages/say.h"
#include "pages/view_kb.h"
#include "web/page.h"

enum { POPULAR = 8, RECENT = 6, RELATED = 6 };

struct kb_query {
    struct str q, category, cursor;
};
static const struct form_field query_fields[] = {
    {FORM_FIELD(struct kb_query, q, "q", FIELD_TEXT), .max = LIMIT_SEARCH_CHARS},
    {FORM_FIELD(struct kb_query, category, "category", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct kb_query, cursor, "cursor", FIELD_TEXT), .max = LIMIT_CURSOR_CHARS},
};
const struct form_spec kb_search_query = {FORM_SPEC("kb_search", struct kb_query, query_fields)};

/* ---- links ------------------------------------------------------------------------------------------------------ */

static struct str article_href(struct request *rq, int64_t id, struct str anchor)
{
    return arena_printf(rq->a, "/kb/%lld%s" STR_FMT, (long long)id, anchor.n > 0 ? "#" : "", STR_ARG(anchor));
}

static struct view_link *brief_links(struct request *rq, const struct kb_brief *b, size_t n)
{
    struct view_link *v = ARENA_ARRAY(rq->a, struct view_link, n > 0 ? n : 1);
    for (size_t i = 0; i < n; i++)
        v[i] = (struct view_link){.href = article_href(rq, b[i].id, STR_NONE), .text = b[i].title,
                                  .zh = rq->lang != LANG_ZH};
    return v;
}

static enum err put_shelves(struct request *rq, const struct view_kb_group **ret, size_t *ret_n)
{
    const struct kb_shelf *shelves;
    size_t n;
    struct say s = say_of(rq);
    enum err err = knowledge_shelves(join_of(rq)->db, rq->a, &shelves, &n);
    if (err != ERR_OK)
        return err;
    struct view_kb_group *g = ARENA_ARRAY(rq->a, struct view_kb_group, n > 0 ? n : 1);
    for (size_t i = 0; i < n; i++) {
        struct view_name name = say_name(&s, shelves[i].name, shelves[i].name_en);
        g[i] = (struct view_kb_group){.href = arena_concat(rq->a, STR("/kb/search?category="), shelves[i].code),
                                      .text = name.text, .count = shelves[i].n_articles, .zh = name.zh};
    }
    *ret = g;
    *ret_n = n;
    return ERR_OK;
}

/* ---- home ------------------------------------------------------------------------------------------------------- */

static enum err put_popular(struct request *rq, struct view_kb_home *v)
{
    const struct kb_question *q;
    size_t n;
    enum err err = knowledge_questions(join_of(rq)->db, rq->a, rq->now_us, POPULAR, &q, &n);
    if (err != ERR_OK)
        return err;
    struct view_link *l = ARENA_ARRAY(rq->a, struct view_link, n > 0 ? n : 1);
    for (size_t i = 0; i < n; i++) {
        bool en = rq->lang == LANG_EN && q[i].question_en.n > 0;
        l[i] = (struct view_link){.href = article_href(rq, q[i].article_id, q[i].anchor),
                                  .text = en ? q[i].question_en : q[i].question, .zh = rq->lang != LANG_ZH && !en};
    }
    v->popular = l;
    v->n_popular = n;
    return ERR_OK;
}

enum err page_kb_home(struct request *rq, struct response *rs)
{
    struct view_kb_home v = {0};
    const struct kb_brief *recent = NULL;
    struct page pg;
    int64_t sections;
    struct db *db = join_of(rq)->db;
    enum err err = knowledge_count(db, &v.articles, &sections);
    if (err == ERR_OK)
        err = put_shelves(rq, &v.groups, &v.n_groups);
    if (err == ERR_OK)
        err = put_popular(rq, &v);
    if (err == ERR_OK)
        err = knowledge_recent(db, rq->a, RECENT, &recent, &v.n_recent);
    if (err != ERR_OK)
        return err;
    v.recent = brief_links(rq, recent, v.n_recent);
    page_init(rq, &pg, NAV_KB, MSG_title_kb);
    response_html(rs);
    tmpl_open_kb_home(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- search ----------------------------------------------------------------------------------------------------- */

static struct str meta_of(const struct say *s, const struct kb_brief *b)
{
    if (b->version_day == 0)
        return b->kind;
    return arena_printf(s->a, STR_FMT " · " STR_FMT, STR_ARG(b->kind), STR_ARG(say_day(s, b->version_day).text));
}

static struct view_kb_result result_of(struct request *rq, const struct say *s, const struct kb_found *f)
{
    struct view_kb_part *parts = ARENA_ARRAY(rq->a, struct view_kb_part, f->n_parts > 0 ? f->n_parts : 1);
    for (size_t i = 0; i < f->n_parts; i++)
        parts[i] = (struct view_kb_part){.href = article_href(rq, f->article.id, f->parts[i].anchor),
                                         .label = f->parts[i].heading,
                                         .bits = f->parts[i].bits,
                                         .n_bits = f->parts[i].n_bits};
    return (struct view_kb_result){.href = article_href(rq, f->article.id, STR_NONE),
                                   .title = f->title, .n_title = f->n_title,
                                   .meta = meta_of(s, &f->article), .parts = parts, .n_parts = f->n_parts};
}

static struct str summary_of(const struct say *s, const struct kb_results *r)
{
    if (r->capped)
        return SAY(s, MSG_kb_found_many, {"n", say_int(s, LIMIT_SEARCH_RESULTS)});
    if (!r->exact)
        return msg_text(s->lang, MSG_kb_found_alike);
    return SAY(s, MSG_kb_found_sections, {"n", say_int(s, r->n_articles)}, {"sections", say_int(s, r->n_sections)});
}

static void put_results(struct request *rq, const struct kb_query *in, const struct kb_results *r, struct view_kb_search *v)
{
    struct say s = say_of(rq);
    struct view_kb_result *to = ARENA_ARRAY(rq->a, struct view_kb_result, r->n_found > 0 ? r->n_found : 1);
    for (size_t i = 0; i < r->n_found; i++)
        to[i] = result_of(rq, &s, &r->found[i]);
    v->results = to;
    v->n_results = r->n_found;
    v->summary = r->n_found > 0 ? summary_of(&s, r) : STR_NONE;
    if (r->next_cursor.n > 0)
        v->pager.next = arena_printf(rq->a, "/kb/search?q=" STR_FMT "&category=" STR_FMT "&cursor=" STR_FMT,
                                     STR_ARG(percent_encode(rq->a, in->q)), STR_ARG(in->category),
                                     STR_ARG(percent_encode(rq->a, r->next_cursor)));
}

/* A shelf without a question: its whole list. */
static enum err list_shelf(struct request *rq, struct str category, struct view_kb_search *v)
{
    const struct kb_brief *b;
    struct say s = say_of(rq);
    size_t n;
    enum err err = knowledge_list(join_of(rq)->db, rq->a, category, &b, &n);
    if (err != ERR_OK)
        return err;
    struct view_kb_result *to = ARENA_ARRAY(rq->a, struct view_kb_result, n > 0 ? n : 1);
    for (size_t i = 0; i < n; i++) {
        struct kb_bit *title = ARENA_NEW(rq->a, struct kb_bit);
        title->text = b[i].title;
        to[i] = (struct view_kb_result){.href = article_href(rq, b[i].id, STR_NONE), .title = title, .n_title = 1,
                                        .meta = meta_of(&s, &b[i])};
    }
    v->results = to;
    v->n_results = n;
    v->summary = SAY(&s, MSG_kb_found, {"n", say_int(&s, (int64_t)n)});
    return ERR_OK;
}

static enum err name_shelf(struct request *rq, struct str code, struct view_kb_search *v)
{
    const struct kb_shelf *shelves;
    struct say s = say_of(rq);
    size_t n;
    enum err err = knowledge_shelves(join_of(rq)->db, rq->a, &shelves, &n);
    for (size_t i = 0; err == ERR_OK && i < n; i++)
        if (str_eq(shelves[i].code, code)) {
            v->category = say_name(&s, shelves[i].name, shelves[i].name_en);
            v->category_code = code;
            return ERR_OK;
        }
    return err == ERR_OK ? fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", "no such shelf") : err;
}

static enum err offer_shelves(struct request *rq, struct view_kb_search *v)
{
    const struct view_kb_group *g;
    size_t n;
    enum err err = put_shelves(rq, &g, &n);
    if (err != ERR_OK)
        return err;
    struct view_link *l = ARENA_ARRAY(rq->a, struct view_link, n > 0 ? n : 1);
    for (size_t i = 0; i < n; i++)
        l[i] = (struct view_link){.href = g[i].href, .text = g[i].text, .zh = g[i].zh};
    v->other = l;
    v->n_other = n;
    return ERR_OK;
}

static enum err search(struct request *rq, const struct kb_query *in, struct view_kb_search *v)
{
    struct kb_results r = {0};
    if (in->q.n == 0)
        return in->category.n > 0 ? list_shelf(rq, in->category, v) : ERR_OK;
    enum err err = knowledge_search(join_of(rq)->db, rq->a, in->q, in->category, in->cursor, &r, rq->fault);
    if (err == ERR_OK)
        put_results(rq, in, &r, v);
    return err;
}

enum err page_kb_search(struct request *rq, struct response *rs)
{
    const struct kb_query *in = rq->form;
    struct view_kb_search v = {.asked = in->q.n > 0 || in->category.n > 0, .zh = rq->lang != LANG_ZH};
    struct page pg;
    enum err err = in->category.n > 0 && !rq->form_invalid ? name_shelf(rq, in->category, &v) : ERR_OK;
    if (err == ERR_OK && !rq->form_invalid)
        err = search(rq, in, &v);
    if (err != ERR_OK && (err != ERR_INVALID || rq->fault->n_fields == 0)) /* a place in the list that is no more is not "nothing found" */
        return err;
    if (err == ERR_OK && v.n_results == 0 && in->q.n > 0 && in->category.n == 0 && !rq->form_invalid &&
        response_unanswered(rq, rs, in->q))
        return ERR_OK;
    if (v.n_results == 0 && (err = offer_shelves(rq, &v)) != ERR_OK)
        return err;
    v.q = say_input(rq, "q", in->q);
    v.asked = v.asked && v.q.error.n == 0;
    page_init(rq, &pg, NAV_KB, MSG_title_kb_search);
    pg.noindex = true;
    pg.title_error = v.q.error.n > 0;
    response_html(rs);
    if (rq->fault->err == ERR_INVALID)
        response_status(rs, 422);
    tmpl_open_kb_search(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- reading ---------------------------------------------------------------------------------------------------- */

static void put_article(struct request *rq, const struct kb_article *art, struct view_kb_article *v)
{
    struct say s = say_of(rq);
    struct view_kb_chapter *c = ARENA_ARRAY(rq->a, struct view_kb_chapter, art->n_chapters > 0 ? art->n_chapters : 1);
    for (size_t i = 0; i < art->n_chapters; i++)
        c[i] = (struct view_kb_chapter){.href = arena_concat(rq->a, STR("#"), art->chapters[i].anchor),
                                        .text = art->chapters[i].text};
    *v = (struct view_kb_article){.id = say_int(&s, art->brief.id), .title = art->brief.title, .kind = art->brief.kind,
                                  .history = art->history, .source = art->source, .body = art->html, .chapters = c,
                                  .n_chapters = art->n_chapters, .zh = rq->lang != LANG_ZH};
    if (art->brief.version_day != 0)
        v->version_day = say_day(&s, art->brief.version_day);
    if (art->review_day != 0) {
        v->review_day = say_day(&s, art->review_day);
        v->expired = art->review_day < clock_local_day(rq->now_us);
    }
}

static enum err put_neighbours(struct request *rq, const struct kb_brief *of, struct view_kb_article *v)
{
    const struct kb_brief *related = NULL;
    struct view_kb_search shelf = {0};
    enum err err = knowledge_related(join_of(rq)->db, rq->a, of, RELATED, &related, &v->n_related);
    if (err == ERR_OK)
        err = name_shelf(rq, of->category, &shelf);
    if (err != ERR_OK)
        return err;
    v->related = brief_links(rq, related, v->n_related);
    v->category = shelf.category;
    v->category_href = arena_concat(rq->a, STR("/kb/search?category="), of->category);
    return ERR_OK;
}

enum err page_kb_article(struct request *rq, struct response *rs)
{
    struct view_kb_article v;
    struct kb_article art;
    struct page pg;
    enum err err = knowledge_article_at(join_of(rq)->db, rq->a, rq->path_args[0], &art, rq->fault);
    if (err != ERR_OK)
        return err;
    put_article(rq, &art, &v);
    err = put_neighbours(rq, &art.brief, &v);
    if (err != ERR_OK)
        return err;
    page_init(rq, &pg, NAV_KB, MSG_title_kb);
    pg.title = art.brief.title;
    response_html(rs);
    tmpl_open_kb_article(&rs->body, &pg, &v);
    return ERR_OK;
}
