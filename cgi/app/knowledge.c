/*
 * knowledge.c - shelves, lists, articles, questions, feedback.
 *
 * Contract: knowledge.h. Searching stands in knowledge_search.c.
 */
#include "app/knowledge.h"

#include "app/crypto.h"
#include "app/ids.h"
#include "app/normalise.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "gen/sql.h"

/* Rows of different statements have the same columns but are different types. */
#define BRIEFS(a, rows, n, out)                                                                                        \
    do {                                                                                                               \
        struct kb_brief *to_ = ARENA_ARRAY(a, struct kb_brief, (n) + 1);                                               \
        for (size_t i_ = 0; i_ < (n); i_++)                                                                            \
            to_[i_] = (struct kb_brief){(rows)[i_].id, (rows)[i_].category, (rows)[i_].title, (rows)[i_].kind,         \
                                        (rows)[i_].has_version_day ? (rows)[i_].version_day : 0};                      \
        *(out) = to_;                                                                                                  \
    } while (0)

enum err knowledge_shelves(struct db *db, struct arena *a, const struct kb_shelf **ret, size_t *ret_n)
{
    const struct q_kb_shelves_row *rows;
    enum err e = q_kb_shelves(db, &rows, ret_n);
    if (e)
        return e;
    struct kb_shelf *out = ARENA_ARRAY(a, struct kb_shelf, *ret_n + 1);
    for (size_t i = 0; i < *ret_n; i++)
        out[i] = (struct kb_shelf){rows[i].code, rows[i].name, rows[i].name_en, rows[i].n_articles};
    *ret = out;
    return ERR_OK;
}

enum err knowledge_list(struct db *db, struct arena *a, struct str category, const struct kb_brief **ret, size_t *ret_n)
{
    const struct q_kb_list_row *rows;
    enum err e = q_kb_list(db, &(struct q_kb_list_in){.category = category}, &rows, ret_n);
    if (!e)
        BRIEFS(a, rows, *ret_n, ret);
    return e;
}

enum err knowledge_recent(struct db *db, struct arena *a, size_t limit, const struct kb_brief **ret, size_t *ret_n)
{
    const struct q_kb_recent_row *rows;
    enum err e = q_kb_recent(db, &(struct q_kb_recent_in){.limit = (int64_t)limit}, &rows, ret_n);
    if (!e)
        BRIEFS(a, rows, *ret_n, ret);
    return e;
}

enum err knowledge_related(struct db *db, struct arena *a, const struct kb_brief *of, size_t limit,
                           const struct kb_brief **ret, size_t *ret_n)
{
    const struct q_kb_related_row *rows;
    struct q_kb_related_in in = {.category = of->category, .id = of->id, .limit = (int64_t)limit};
    enum err e = q_kb_related(db, &in, &rows, ret_n);
    if (!e)
        BRIEFS(a, rows, *ret_n, ret);
    return e;
}

enum err knowledge_count(struct db *db, int64_t *ret_articles, int64_t *ret_sections)
{
    const struct q_kb_count_row *row;
    enum err e = q_kb_count(db, &row);
    if (e)
        return e;
    *ret_articles = row->n_articles;
    *ret_sections = row->n_sections;
    return ERR_OK;
}

enum err knowledge_questions(struct db *db, struct arena *a, int64_t now_us, size_t limit, const struct kb_question **ret,
                             size_t *ret_n)
{
    enum { DAYS = 30 };
    const struct q_kb_questions_row *rows;
    struct q_kb_questions_in in = {.since = clock_day_add(clock_local_day(now_us), -DAYS), .limit = (int64_t)limit};
    enum err e = q_kb_questions(db, &in, &rows, ret_n);
    if (e)
        return e;
    struct kb_question *out = ARENA_ARRAY(a, struct kb_question, *ret_n + 1);
    for (size_t i = 0; i < *ret_n; i++)
        out[i] = (struct kb_question){rows[i].question, rows[i].question_en, rows[i].article_id, rows[i].anchor};
    *ret = out;
    return ERR_OK;
}

/* ---- one article ---------------------------------------------------------------------------------------------------- */

/* Lines "anchor TAB level TAB heading", as app/seed_kb.c writes them. */
static void read_chapters(struct arena *a, struct str lines, struct kb_article *ret)
{
    size_t n = 0;
    for (size_t i = 0; i < lines.n; i++)
        n += lines.p[i] == '\n';
    struct kb_chapter *out = ARENA_ARRAY(a, struct kb_chapter, n + 1);
    ret->chapters = out;
    ret->n_chapters = 0;
    struct str line, level;
    while (lines.n && ret->n_chapters < n) {
        str_cut(lines, '\n', &line, &lines);
        struct kb_chapter *c = &out[ret->n_chapters];
        int64_t number;
        if (!str_cut(line, '\t', &c->anchor, &line) || !str_cut(line, '\t', &level, &c->text) ||
            !parse_i64(level, 1, 6, &number))
            continue;
        c->level = (int)number;
        ret->n_chapters++;
    }
}

enum err knowledge_article(struct db *db, struct arena *a, int64_t id, struct kb_article *ret)
{
    const struct q_kb_article_row *row;
    enum err e = q_kb_article(db, &(struct q_kb_article_in){.id = id}, &row);
    if (e)
        return e;
    *ret = (struct kb_article){
        .brief = {row->id, row->category, row->title, row->kind, row->has_version_day ? row->version_day : 0},
        .history = row->history, .source = row->source, .review_day = row->has_review_day ? row->review_day : 0,
        .html = {row->html}, .updated_at = row->updated_at};
    read_chapters(a, row->chapters, ret);
    return ERR_OK;
}

enum err knowledge_article_at(struct db *db, struct arena *a, struct str id, struct kb_article *ret, struct fault *f)
{
    int64_t n = 0;
    const enum err e = parse_i64(id, 1, INT32_MAX, &n) ? knowledge_article(db, a, n, ret) : ERR_NOT_FOUND;
    return e == ERR_NOT_FOUND ? fault_set(f, ERR_NOT_FOUND, "ARTICLE_NOT_FOUND", "no such article") : e;
}

/* ---- what readers tell us ------------------------------------------------------------------------------------------- */

enum err knowledge_feedback(struct db *db, int64_t article_id, bool useful, struct str words, struct fault *f)
{
    if (!utf8_valid(words) || !utf8_is_text(words, true))
        return fault_field(f, "words", "BAD_TEXT");
    if (utf8_count(words) > LIMIT_FEEDBACK_CHARS)
        return fault_field(f, "words", "TOO_LONG");
    int64_t now;
    enum err e = db_now(db, &now);
    if (!e)
        e = q_kb_feedback_add(db, &(struct q_kb_feedback_add_in){.id = id_new(now), .article_id = article_id,
                                                                 .useful = useful, .words = words, .at = now});
    return e == ERR_CONFLICT ? fault_set(f, ERR_NOT_FOUND, "ARTICLE_NOT_FOUND", "feedback for an unknown article") : e;
}
