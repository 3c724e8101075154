/*
 * knowledge_search.c - words into ranked articles of laws.
 *
 * Contract: knowledge.h. First every word must occur as typed; when nothing has them all, pairs of characters rank by
 * likeness. Results are those of one statement of at most LIMIT_SEARCH_RESULTS sections; a cursor is a position among the
 * laws found in it, so a page costs the same wherever it lies.
 */
#include "app/bigram.h"
#include "app/cursor.h"
#include "app/knowledge.h"
#include "app/knowledge_mark.h"
#include "app/normalise.h"
#include "base/utf8.h"
#include "gen/sql.h"

enum { SECTIONS_PER_ARTICLE = 1000, WORDS_BYTES = 12000, EXCERPT_CHARS = 110, TITLE_CHARS = 200, TITLE_WEIGHT = 4,
       MORE_SECTIONS_PERCENT = 5 };

struct doc { /* one law among the results */
    int64_t id;
    double score, best; /* best: of its sections */
    int64_t parts[KB_PARTS];
    size_t n_parts, n_sections;
};
struct search {
    struct db *db;
    struct arena *a;
    struct str query; /* normalised */
    bool exact;
    struct doc docs[LIMIT_SEARCH_RESULTS];
    size_t n_docs, n_rows, n_sections;
};

/* ---- words ---------------------------------------------------------------------------------------------------------- */

/* What a question is dressed in: says nothing about its subject. Longer ones first. */
static const char *const dress[] = {"有什么规定", "应该怎么办", "怎么办理", "怎么处理", "能不能", "是不是", "可不可以", "有没有",
    "为什么", "怎么办", "找哪里", "找谁", "怎么样", "怎么", "怎样", "如何", "什么", "请问", "哪里", "哪个", "多少", "是否", "可以",
    "应该", "我家", "我们", "别人", "有人", "一直", "没有", "吗", "呢", "我", "的"};

static struct str undress(struct arena *a, struct str s)
{
    struct buf b;
    buf_init(&b, a, s.n + 1);
    while (s.n) {
        size_t i = 0, n = sizeof dress / sizeof *dress;
        while (i < n && !str_starts(s, str_from_c(dress[i])))
            i++;
        if (i < n) {
            buf_putc(&b, ' ');
            s = str_slice(s, strlen(dress[i]), s.n);
            continue;
        }
        struct str rest = s;
        utf8_next(&rest);
        buf_put(&b, str_slice(s, 0, s.n - rest.n));
        s = rest;
    }
    return str_trim(buf_str(&b));
}

static bool is_quoted(struct str q)
{
    return q.n > 2 && ((str_starts(q, STR("\"")) && str_ends(q, STR("\""))) || (str_starts(q, STR("“")) && str_ends(q, STR("”"))));
}

/* ---- asking --------------------------------------------------------------------------------------------------------- */

static struct doc *doc_of(struct search *s, int64_t id)
{
    for (size_t i = 0; i < s->n_docs; i++)
        if (s->docs[i].id == id)
            return &s->docs[i];
    s->docs[s->n_docs] = (struct doc){.id = id};
    return &s->docs[s->n_docs++];
}

/* Rows come best first, so the first sections of a law are its best. */
static void add_row(struct search *s, const struct q_kb_find_row *row)
{
    struct doc *d = doc_of(s, row->article_id);
    double score = TITLE_WEIGHT * row->in_title + row->in_body;
    if (row->section_id % SECTIONS_PER_ARTICLE == 0) {
        d->score += score;
        return;
    }
    if (d->n_parts < KB_PARTS)
        d->parts[d->n_parts++] = row->section_id;
    if (!d->n_sections || score > d->best)
        d->best = score;
    d->n_sections++;
    s->n_sections++;
}

static int by_score(const void *x, const void *y)
{
    const struct doc *a = x, *b = y;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

static enum err find(struct search *s, struct str words, struct str category)
{
    const struct q_kb_find_row *rows;
    s->n_docs = s->n_sections = s->n_rows = 0;
    if (!words.n)
        return ERR_OK;
    enum err e = q_kb_find(s->db, &(struct q_kb_find_in){.words = words, .category = category}, &rows, &s->n_rows);
    if (e)
        return e;
    for (size_t i = 0; i < s->n_rows; i++)
        add_row(s, &rows[i]);
    for (size_t i = 0; i < s->n_docs; i++) {
        struct doc *d = &s->docs[i];
        size_t more = d->n_sections > 10 ? 10 : d->n_sections;
        d->score += d->best * (100 + MORE_SECTIONS_PERCENT * (double)more) / 100;
    }
    qsort(s->docs, s->n_docs, sizeof *s->docs, by_score);
    return ERR_OK;
}

/* What laws call the things that people name: "欠薪" also looks for "拖欠 工资". *ret_n: how many words were known. */
static enum err add_formal(struct search *s, size_t *ret_n)
{
    const struct q_kb_formal_row *rows;
    enum err e = q_kb_formal(s->db, &(struct q_kb_formal_in){.q = s->query}, &rows, ret_n);
    if (e)
        return e;
    struct buf b;
    buf_init(&b, s->a, WORDS_BYTES);
    buf_put(&b, s->query);
    for (size_t i = 0; i < *ret_n; i++) {
        buf_putc(&b, ' ');
        buf_put(&b, rows[i].formal);
    }
    if (!b.full)
        s->query = buf_str(&b);
    return ERR_OK;
}

static bool is_common(struct str token, const struct q_kb_commons_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].token, token))
            return true;
    return false;
}

/* Leaves out the pairs that stand nearly everywhere, unless nothing else was asked. */
static enum err drop_common(struct search *s, struct str *tokens)
{
    const struct q_kb_commons_row *rows;
    size_t n;
    struct buf b;
    struct str rest = *tokens, token;
    buf_init(&b, s->a, WORDS_BYTES);
    enum err e = q_kb_commons(s->db, &rows, &n);
    while (!e && rest.n) {
        str_cut(rest, ' ', &token, &rest);
        if (is_common(token, rows, n))
            continue;
        if (b.n)
            buf_putc(&b, ' ');
        buf_put(&b, token);
    }
    if (!e && b.n)
        *tokens = buf_str(&b);
    return e;
}

static enum err find_likeness(struct search *s, struct str category)
{
    struct buf b;
    size_t n;
    buf_init(&b, s->a, WORDS_BYTES);
    enum err e = add_formal(s, &n);
    if (e)
        return e;
    struct str bare = undress(s->a, s->query);
    if (bare.n)
        s->query = bare;
    bigram_likeness(&b, s->query);
    struct str tokens = b.full ? STR_NONE : buf_str(&b);
    s->exact = false;
    e = drop_common(s, &tokens);
    return e ? e : find(s, tokens, category);
}

/* A word of everyday speech that stands in one or two laws by chance is better looked for by what laws call it. */
static enum err is_everyday(struct search *s, bool *ret)
{
    enum { FEW = 3 };
    const struct q_kb_formal_row *rows;
    size_t n = 0;
    *ret = !s->n_docs;
    if (*ret || s->n_docs >= FEW)
        return ERR_OK;
    enum err e = q_kb_formal(s->db, &(struct q_kb_formal_in){.q = s->query}, &rows, &n);
    *ret = n > 0;
    return e;
}

static enum err find_exact(struct search *s, struct str category)
{
    struct buf b;
    buf_init(&b, s->a, WORDS_BYTES);
    bigram_phrase(&b, s->query);
    s->exact = true;
    return find(s, b.full ? STR_NONE : buf_str(&b), category);
}

/* ---- showing -------------------------------------------------------------------------------------------------------- */

static enum err read_briefs(struct search *s, const struct doc *docs, size_t n, const struct q_kb_briefs_row **ret, size_t *ret_n)
{
    struct q_kb_briefs_in in = {0};
    int64_t *const slots[KB_PAGE] = {&in.i0, &in.i1, &in.i2, &in.i3, &in.i4, &in.i5, &in.i6, &in.i7, &in.i8, &in.i9};
    for (size_t i = 0; i < n; i++)
        *slots[i] = docs[i].id;
    return q_kb_briefs(s->db, &in, ret, ret_n);
}

static enum err read_parts(struct search *s, const struct doc *docs, size_t n, const struct q_kb_parts_row **ret, size_t *ret_n)
{
    struct q_kb_parts_in in = {0};
    int64_t *const slots[KB_PAGE * KB_PARTS] = {
        &in.i0, &in.i1, &in.i2, &in.i3, &in.i4, &in.i5, &in.i6, &in.i7, &in.i8, &in.i9,
        &in.i10, &in.i11, &in.i12, &in.i13, &in.i14, &in.i15, &in.i16, &in.i17, &in.i18, &in.i19,
        &in.i20, &in.i21, &in.i22, &in.i23, &in.i24, &in.i25, &in.i26, &in.i27, &in.i28, &in.i29};
    size_t used = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < docs[i].n_parts; k++)
            *slots[used++] = docs[i].parts[k];
    return q_kb_parts(s->db, &in, ret, ret_n);
}

static void show_parts(struct search *s, const struct doc *d, const struct q_kb_parts_row *rows, size_t n, struct kb_found *ret)
{
    struct kb_part *parts = ARENA_ARRAY(s->a, struct kb_part, KB_PARTS);
    for (size_t k = 0; k < d->n_parts; k++)
        for (size_t i = 0; i < n; i++)
            if (rows[i].id == d->parts[k]) {
                struct kb_part *p = &parts[ret->n_parts++];
                p->anchor = rows[i].anchor;
                p->heading = rows[i].heading;
                knowledge_mark(s->a, rows[i].body, s->query, !s->exact, EXCERPT_CHARS, &p->bits, &p->n_bits);
            }
    ret->parts = parts;
    ret->n_more = d->n_sections - d->n_parts;
}

static void show_doc(struct search *s, const struct doc *d, const struct q_kb_briefs_row *b, struct kb_found *ret)
{
    ret->article = (struct kb_brief){b->id, b->category, b->title, b->kind, b->has_version_day ? b->version_day : 0};
    knowledge_mark(s->a, b->title, s->query, !s->exact, TITLE_CHARS, &ret->title, &ret->n_title);
    (void)d;
}

/* A law that went between the two statements is left out. */
static enum err show(struct search *s, size_t from, size_t limit, struct kb_results *ret)
{
    size_t n = s->n_docs > from ? s->n_docs - from : 0, n_briefs, n_parts;
    if (n > limit)
        n = limit;
    const struct doc *docs = s->docs + from;
    const struct q_kb_briefs_row *briefs;
    const struct q_kb_parts_row *parts;
    struct kb_found *found = ARENA_ARRAY(s->a, struct kb_found, n + 1);
    *ret = (struct kb_results){.found = found, .n_articles = (int64_t)s->n_docs, .n_sections = (int64_t)s->n_sections,
                               .capped = s->n_rows >= LIMIT_SEARCH_RESULTS, .exact = s->exact};
    if (!n)
        return ERR_OK;
    enum err e = read_briefs(s, docs, n, &briefs, &n_briefs);
    if (!e)
        e = read_parts(s, docs, n, &parts, &n_parts);
    for (size_t i = 0; i < n && !e; i++)
        for (size_t k = 0; k < n_briefs; k++)
            if (briefs[k].id == docs[i].id) {
                show_doc(s, &docs[i], &briefs[k], &found[ret->n_found]);
                show_parts(s, &docs[i], parts, n_parts, &found[ret->n_found++]);
            }
    return e;
}

/* ---- the two ways in ------------------------------------------------------------------------------------------------ */

static enum err check_words(struct str *q, size_t max, struct fault *f)
{
    *q = str_trim(*q);
    if (!q->n)
        return fault_field(f, "q", "REQUIRED");
    if (!utf8_valid(*q) || !utf8_is_text(*q, true))
        return fault_field(f, "q", "BAD_TEXT");
    return utf8_count(*q) > max ? fault_field(f, "q", "TOO_LONG") : ERR_OK;
}

enum err knowledge_search(struct db *db, struct arena *a, struct str q, struct str category, struct str cursor,
                          struct kb_results *ret, struct fault *f)
{
    enum err e = check_words(&q, LIMIT_SEARCH_CHARS, f);
    if (e)
        return e;
    struct search *s = ARENA_NEW(a, struct search);
    s->db = db;
    s->a = a;
    s->query = normalise_key(a, q);
    struct str filter = arena_printf(a, STR_FMT "\n" STR_FMT, STR_ARG(category), STR_ARG(s->query));
    struct cursor at;
    bool given;
    e = cursor_open(NULL, a, CURSOR_KB_SEARCH, filter, cursor, &at, &given, f);
    if (!e && (at.a < 0 || at.a > LIMIT_SEARCH_RESULTS))
        e = fault_set(f, ERR_INVALID, "CURSOR_INVALID", "position outside the cap");
    if (!e)
        e = find_exact(s, category);
    bool everyday = false;
    if (!e && !is_quoted(q))
        e = is_everyday(s, &everyday);
    if (!e && everyday)
        e = find_likeness(s, category);
    if (!e)
        e = show(s, (size_t)at.a, KB_PAGE, ret);
    if (!e && (size_t)at.a + KB_PAGE < s->n_docs)
        ret->next_cursor = cursor_seal(NULL, a, CURSOR_KB_SEARCH, filter, (struct cursor){.a = at.a + KB_PAGE});
    return e;
}

enum err knowledge_suggest(struct db *db, struct arena *a, struct str text, size_t limit, struct kb_results *ret,
                           struct fault *f)
{
    if (utf8_valid(text))
        text = utf8_truncate(text, LIMIT_SUGGEST_CHARS);
    enum err e = check_words(&text, LIMIT_SUGGEST_CHARS, f);
    if (e)
        return e;
    struct search *s = ARENA_NEW(a, struct search);
    s->db = db;
    s->a = a;
    s->query = normalise_key(a, text);
    e = find_likeness(s, STR_NONE);
    return e ? e : show(s, 0, limit < KB_PAGE ? limit : KB_PAGE, ret);
}
