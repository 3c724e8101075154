/*
 * kb.c - reading the knowledge base over JSON.
 *
 * Contract: excerpts come as pieces with a mark on the searched words, never as markup. Writes nothing. Must not know how
 * matching works.
 */
#include "api/kb.h"

#include "app/knowledge.h"
#include "base/limits.h"
#include "pages/join.h"
#include "pages/say.h"
#include "web/envelope.h"
#include "web/json.h"

struct kb_query_in {
    struct str q, category, cursor;
};
static const struct form_field query_fields[] = {
    {FORM_FIELD(struct kb_query_in, q, "q", FIELD_TEXT), .required = true, .max = LIMIT_SEARCH_CHARS},
    {FORM_FIELD(struct kb_query_in, category, "category", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct kb_query_in, cursor, "cursor", FIELD_TEXT), .max = LIMIT_CURSOR_CHARS},
};
const struct form_spec api_kb_query = {FORM_SPEC("api_kb", struct kb_query_in, query_fields)};

static void put_id(struct json *w, struct arena *a, int64_t id)
{
    json_put_str(w, "id", arena_printf(a, "%lld", (long long)id));
}

static void put_day(struct json *w, const struct say *s, int32_t day)
{
    if (day == 0)
        json_null(w);
    else
        json_str(w, say_day(s, day).iso);
}

static void put_brief(struct json *w, const struct say *s, const struct kb_brief *b)
{
    put_id(w, s->a, b->id);
    json_put_str(w, "category", b->category);
    json_put_str(w, "title", b->title);
    json_put_str(w, "kind", b->kind);
    json_key(w, "version_day");
    put_day(w, s, b->version_day);
}

enum err api_kb_categories(struct request *rq, struct response *rs)
{
    const struct kb_shelf *shelves;
    struct json w;
    size_t n;
    enum err err = knowledge_shelves(join_of(rq)->db, rq->a, &shelves, &n);
    if (err != ERR_OK)
        return err;
    envelope_list(rq, rs, &w);
    for (size_t i = 0; i < n; i++) {
        json_open_object(&w);
        json_put_str(&w, "code", shelves[i].code);
        json_put_str(&w, "name", shelves[i].name);
        json_put_str(&w, "name_en", shelves[i].name_en);
        json_put_i64(&w, "articles", shelves[i].n_articles);
        json_close(&w);
    }
    return envelope_list_close(rq, rs, &w, STR_NONE);
}

/* ---- search ----------------------------------------------------------------------------------------------------- */

static void put_part(struct json *w, const struct kb_part *p)
{
    json_open_object(w);
    json_put_str(w, "anchor", p->anchor);
    json_put_str(w, "heading", p->heading);
    json_key(w, "excerpt");
    json_open_array(w);
    for (size_t i = 0; i < p->n_bits; i++) {
        json_open_object(w);
        json_put_str(w, "text", p->bits[i].text);
        json_put_bool(w, "hit", p->bits[i].hit);
        json_close(w);
    }
    json_close(w);
    json_close(w);
}

static void put_found(struct json *w, const struct say *s, const struct kb_found *f)
{
    json_open_object(w);
    put_brief(w, s, &f->article);
    json_key(w, "parts");
    json_open_array(w);
    for (size_t i = 0; i < f->n_parts; i++)
        put_part(w, &f->parts[i]);
    json_close(w);
    json_put_i64(w, "more_parts", (int64_t)f->n_more);
    json_close(w);
}

enum err api_kb_search(struct request *rq, struct response *rs)
{
    const struct kb_query_in *in = rq->form;
    struct say s = say_of(rq);
    struct kb_results r = {0};
    struct json w;
    enum err err = knowledge_search(join_of(rq)->db, rq->a, in->q, in->category, in->cursor, &r, rq->fault);
    if (err != ERR_OK)
        return err;
    if (r.n_articles == 0 && in->category.n == 0 && response_unanswered(rq, rs, in->q))
        return ERR_OK;
    envelope_list(rq, rs, &w);
    for (size_t i = 0; i < r.n_found; i++)
        put_found(&w, &s, &r.found[i]);
    json_close(&w);
    json_put_i64(&w, "articles", r.n_articles);
    json_put_i64(&w, "sections", r.n_sections);
    json_put_bool(&w, "exact", r.exact);
    json_put_bool(&w, "capped", r.capped);
    envelope_put_next(&w, r.next_cursor);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

/* ---- one article ------------------------------------------------------------------------------------------------ */

static void put_chapters(struct json *w, const struct kb_article *art)
{
    json_key(w, "chapters");
    json_open_array(w);
    for (size_t i = 0; i < art->n_chapters; i++) {
        json_open_object(w);
        json_put_str(w, "anchor", art->chapters[i].anchor);
        json_put_str(w, "text", art->chapters[i].text);
        json_put_i64(w, "level", art->chapters[i].level);
        json_close(w);
    }
    json_close(w);
}

enum err api_kb_article(struct request *rq, struct response *rs)
{
    struct say s = say_of(rq);
    struct kb_article art;
    struct json w;
    enum err err = knowledge_article_at(join_of(rq)->db, rq->a, rq->path_args[0], &art, rq->fault);
    if (err != ERR_OK)
        return err;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    put_brief(&w, &s, &art.brief);
    json_put_str(&w, "history", art.history);
    json_put_str(&w, "source", art.source);
    json_key(&w, "review_day");
    put_day(&w, &s, art.review_day);
    put_chapters(&w, &art);
    json_put_str(&w, "html", art.html.s);
    json_put_time(&w, "updated_at", art.updated_at);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}
