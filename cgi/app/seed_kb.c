/*
 * seed_kb.c - the knowledge base: shelves, laws, questions.
 *
 * Contract: seed.h. A law is parsed by app/kb_parse, its words become tokens by app/bigram; one transaction each, so that
 * a reader sees a law whole, old or new. Ids are those of kb/index.csv: article n has sections n * 1000 + seq, seq 0 being
 * the document itself, which carries the words of its title.
 */
#include "app/bigram.h"
#include "app/kb_parse.h"
#include "app/normalise.h"
#include "app/seed_internal.h"
#include "base/utf8.h"
#include "gen/sql.h"

enum { SECTIONS_PER_ARTICLE = 1000, ARTICLE_ARENA_BYTES = 64 * 1024 * 1024, TOKENS_BYTES_MAX = 2 * 1024 * 1024 };

struct law {
    struct seed_work *w;
    struct arena *a; /* of this law alone */
    int64_t id;
    struct str category, title, kind, markdown, version;
    struct kb_doc doc;
    uint8_t checksum[SEED_CHECKSUM_BYTES];
    char name[24]; /* kb/<id> in seed_state */
};

static struct str tokens(struct law *l, struct str words)
{
    struct buf b;
    buf_init(&b, l->a, TOKENS_BYTES_MAX);
    bigram_index(&b, normalise_key(l->a, words));
    return buf_str(&b);
}

static enum err add_section(struct law *l, int32_t seq, const struct kb_section *s, struct str title_words)
{
    struct db *db = l->w->db;
    int64_t id = l->id * SECTIONS_PER_ARTICLE + seq;
    enum err e = q_kb_section_add(db, &(struct q_kb_section_add_in){.id = id, .article_id = l->id, .seq = seq,
        .anchor = s->anchor, .chapter = s->chapter, .heading = s->heading, .body = s->body});
    return e ? e : q_kb_search_add(db, &(struct q_kb_search_add_in){.section_id = id, .article_id = l->id,
        .category = l->category, .title_tokens = tokens(l, title_words), .body_tokens = tokens(l, s->body)});
}

static enum err add_sections(struct law *l)
{
    struct kb_section whole = {.heading = utf8_truncate(l->doc.title, 120)};
    enum err e = add_section(l, 0, &whole, l->doc.title);
    for (size_t i = 0; i < l->doc.n_sections && !e; i++) {
        const struct kb_section *s = &l->doc.sections[i];
        e = add_section(l, (int32_t)i + 1, s, arena_printf(l->a, STR_FMT " " STR_FMT, STR_ARG(s->chapter), STR_ARG(s->heading)));
    }
    return e;
}

static struct str chapter_lines(struct law *l)
{
    struct buf b;
    buf_init(&b, l->a, 65535);
    for (size_t i = 0; i < l->doc.n_headings; i++)
        buf_printf(&b, STR_FMT "\t%d\t" STR_FMT "\n", STR_ARG(l->doc.headings[i].anchor), l->doc.headings[i].level,
                   STR_ARG(l->doc.headings[i].text));
    return buf_str(&b);
}

static enum err put_law(struct db *db, void *arg)
{
    struct law *l = arg;
    size_t n;
    int64_t first = l->id * SECTIONS_PER_ARTICLE;
    enum err e = q_kb_article_put(db, &(struct q_kb_article_put_in){.id = l->id, .category = l->category,
        .title = l->doc.title, .kind = l->doc.kind, .version_day = l->doc.version_day, .has_version_day = true,
        .history = utf8_truncate(l->doc.history, 2000), .source = utf8_truncate(l->doc.source, 300),
        .markdown = l->markdown, .html = l->doc.html, .chapters = chapter_lines(l), .at = l->w->now}, &n);
    if (!e)
        e = q_kb_section_clear(db, &(struct q_kb_section_clear_in){.article_id = l->id}, &n);
    if (!e)
        e = q_kb_search_clear(db, &(struct q_kb_search_clear_in){.from = first, .to = first + SECTIONS_PER_ARTICLE - 1}, &n);
    if (!e)
        e = add_sections(l);
    return e ? e : seed_remember(db, l->name, l->checksum, l->w->now, l->doc.n_sections);
}

/* Reads, compares and, when it changed, loads one law. ret_changed: it was loaded; ret_sections: of it. */
static enum err load_law(struct law *l, const char *path, bool *ret_changed, size_t *ret_sections)
{
    struct seed_work *w = l->w;
    bool loaded = false;
    enum err e = seed_read(w, path, &l->markdown);
    struct str parts[] = {l->markdown, l->category};
    if (!e)
        e = seed_is_loaded(w, l->name, parts, 2, l->checksum, &loaded);
    *ret_changed = false;
    *ret_sections = 0;
    if (e || loaded)
        return e;
    e = kb_parse(l->a, l->markdown, &l->doc, w->f);
    if (!e && !str_eq(l->doc.title, l->title))
        e = fault_set(w->f, ERR_INVALID, "BAD_SEED", "%s: title differs from the index", path);
    if (!e)
        e = tx_run(w->db, put_law, l);
    *ret_changed = true;
    *ret_sections = l->doc.n_sections;
    return e;
}

/* Each law has an arena of its own, so that 132 of them need no more memory than the longest. */
static enum err load_row(struct seed_work *w, const struct csv *c, bool *ret_changed, size_t *ret_sections)
{
    struct law l = {.w = w, .category = c->fields[1], .title = c->fields[3]};
    if (!parse_i64(c->fields[0], 1, 99999, &l.id) || !c->fields[1].n || str_find(c->fields[2], STR("/")))
        return seed_fault(w, "kb/index.csv", c, "id, category or file is wrong");
    snprintf(l.name, sizeof l.name, "kb/%lld", (long long)l.id);
    struct str name = arena_printf(w->a, "kb/" STR_FMT, STR_ARG(c->fields[2]));
    const char *path = seed_path(w->a, w->o->dir, name.p).p;
    struct arena *outer = w->a;
    l.a = w->a = arena_new(ARTICLE_ARENA_BYTES);
    BUG_ON(!l.a);
    enum err e = load_law(&l, path, ret_changed, ret_sections);
    w->a = outer;
    arena_free(l.a);
    return e;
}

/* ---- laws that are in the index no more --------------------------------------------------------------------------- */

enum { LAWS_MAX = 1000 };
struct index {
    int64_t ids[LAWS_MAX];
    size_t n;
};

static bool index_has(const struct index *x, int64_t id)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->ids[i] == id)
            return true;
    return false;
}

/* Superseded, not deleted: it is found and read no more, and is loaded anew when it comes back. */
static enum err retire_law(struct db *db, void *arg)
{
    struct law *l = arg;
    size_t n;
    int64_t first = l->id * SECTIONS_PER_ARTICLE;
    enum err e = q_kb_article_supersede(db, &(struct q_kb_article_supersede_in){.id = l->id, .at = l->w->now}, &n);
    if (!e)
        e = q_kb_search_clear(db, &(struct q_kb_search_clear_in){.from = first, .to = first + SECTIONS_PER_ARTICLE - 1}, &n);
    return e ? e : q_seed_state_forget(db, &(struct q_seed_state_forget_in){.name = str_from_c(l->name)}, &n);
}

static enum err retire_missing(struct seed_work *w, const struct index *x, size_t *ret_changed)
{
    const struct q_kb_article_seeded_row *rows;
    size_t n = 0;
    enum err e = q_kb_article_seeded(w->db, &rows, &n);
    for (size_t i = 0; i < n && !e; i++) {
        struct law l = {.w = w, .id = rows[i].id};
        if (index_has(x, l.id))
            continue;
        snprintf(l.name, sizeof l.name, "kb/%lld", (long long)l.id);
        e = tx_run(w->db, retire_law, &l);
        (*ret_changed)++;
    }
    return e;
}

static enum err load_index(struct seed_work *w, size_t *ret_laws, size_t *ret_changed)
{
    static const char *const columns[] = {"id", "category", "file", "title", "kind", "version_date", "articles"};
    struct str text;
    struct csv c;
    enum err e = seed_read(w, seed_path(w->a, w->o->dir, "kb/index.csv").p, &text);
    if (!e)
        e = seed_csv(w, "kb/index.csv", text, columns, 7, &c);
    struct index *seen = ARENA_NEW(w->a, struct index);
    int more = 0;
    while (!e && (more = csv_next(&c)) == 1) {
        bool changed = false;
        size_t sections = 0;
        if (seen->n == LAWS_MAX)
            return seed_fault(w, "kb/index.csv", &c, "more laws than can be kept apart");
        e = load_row(w, &c, &changed, &sections);
        if (!e && parse_i64(c.fields[0], 1, 99999, &seen->ids[seen->n]))
            seen->n++;
        (*ret_laws)++;
        *ret_changed += changed;
        if (!e && changed && w->o->said && *ret_laws % 20 == 0)
            w->o->said(w->o->arg, "laws so far", *ret_laws, *ret_changed);
    }
    if (!e && more < 0)
        e = seed_fault(w, "kb/index.csv", &c, c.why);
    return e ? e : retire_missing(w, seen, ret_changed);
}

static enum err load_shelves(struct seed_work *w)
{
    static const char *const columns[] = {"code", "position", "name", "name_en"};
    struct str text;
    struct csv c;
    enum err e = seed_read(w, seed_path(w->a, w->o->dir, "kb_category.csv").p, &text);
    if (!e)
        e = seed_csv(w, "kb_category.csv", text, columns, 4, &c);
    int more = 0;
    while (!e && (more = csv_next(&c)) == 1) {
        int64_t position;
        size_t n;
        if (!parse_i64(c.fields[1], 1, 999, &position))
            return seed_fault(w, "kb_category.csv", &c, "the position is not a number");
        e = q_kb_category_put(w->db, &(struct q_kb_category_put_in){.code = c.fields[0], .position = (int32_t)position,
            .name = c.fields[2], .name_en = c.fields[3]}, &n);
    }
    return e ? e : more < 0 ? seed_fault(w, "kb_category.csv", &c, c.why) : ERR_OK;
}

static enum err put_question(struct seed_work *w, const struct csv *c)
{
    int64_t id, article;
    if (!parse_i64(c->fields[0], 1, 9999, &id) || !parse_i64(c->fields[3], 1, 99999, &article))
        return seed_fault(w, "kb_question.csv", c, "id or article is not a number");
    enum err e = q_kb_question_put(w->db, &(struct q_kb_question_put_in){.id = id, .question = c->fields[1],
        .question_en = c->fields[2], .article_id = article, .anchor = c->fields[4], .category_code = c->fields[5]});
    return e == ERR_CONFLICT ? seed_fault(w, "kb_question.csv", c, "there is no such article of a law") : e;
}

static enum err load_questions(struct db *db, void *arg)
{
    static const char *const columns[] = {"id", "question", "question_en", "article", "anchor", "category"};
    struct seed_work *w = arg;
    struct str text;
    struct csv c;
    size_t n;
    enum err e = seed_read(w, seed_path(w->a, w->o->dir, "kb_question.csv").p, &text);
    if (!e)
        e = seed_csv(w, "kb_question.csv", text, columns, 6, &c);
    if (!e)
        e = q_kb_question_clear(db, &n);
    int more = 0;
    while (!e && (more = csv_next(&c)) == 1)
        e = put_question(w, &c);
    return e ? e : more < 0 ? seed_fault(w, "kb_question.csv", &c, c.why) : ERR_OK;
}

static enum err load_synonyms(struct db *db, void *arg)
{
    static const char *const columns[] = {"word", "formal"};
    struct seed_work *w = arg;
    struct str text;
    struct csv c;
    size_t n;
    enum err e = seed_read(w, seed_path(w->a, w->o->dir, "kb_synonym.csv").p, &text);
    if (!e)
        e = seed_csv(w, "kb_synonym.csv", text, columns, 2, &c);
    if (!e)
        e = q_kb_synonym_clear(db, &n);
    int more = 0;
    while (!e && (more = csv_next(&c)) == 1) {
        e = q_kb_synonym_put(db, &(struct q_kb_synonym_put_in){.word = normalise_key(w->a, c.fields[0]), .formal = c.fields[1]});
        if (e == ERR_CONFLICT)
            e = seed_fault(w, "kb_synonym.csv", &c, "the word stands twice");
    }
    return e ? e : more < 0 ? seed_fault(w, "kb_synonym.csv", &c, c.why) : ERR_OK;
}

static enum err count_tokens(struct db *db, void *arg)
{
    (void)db;
    return seed_common_tokens(arg);
}

enum err seed_load_kb(struct db *db, struct arena *a, const struct seed_options *o, struct fault *f)
{
    struct seed_work w = {.db = db, .a = a, .f = f, .o = o};
    size_t laws = 0, changed = 0, n;
    enum err e = db_now(db, &w.now);
    if (!e)
        e = load_shelves(&w);
    if (!e)
        e = load_index(&w, &laws, &changed);
    if (!e)
        e = q_kb_category_recount(db, &n);
    if (!e)
        e = tx_run(db, load_questions, &w);
    if (!e)
        e = tx_run(db, load_synonyms, &w);
    if (!e && (changed || o->force))
        e = tx_run(db, count_tokens, &w);
    if (!e && o->said)
        o->said(o->arg, "laws", laws, changed);
    return e;
}
