/*
 * knowledge.h - reading the knowledge base: shelves, search, articles, popular questions (Article 31: open to the public).
 *
 * Everything but feedback and misses reads the public views alone and so runs as role `open` (also `citizen`, for
 * suggestions while filing). Names and texts are Chinese; names of shelves and questions have an English form.
 */
#ifndef APP_KNOWLEDGE_H
#define APP_KNOWLEDGE_H

#include "base/arena.h"
#include "base/limits.h"
#include "db/db.h"

struct kb_shelf {
    struct str code, name, name_en;
    int64_t n_articles;
};
enum err knowledge_shelves(struct db *db, struct arena *a, const struct kb_shelf **ret, size_t *ret_n) MUST_CHECK;

struct kb_brief { /* an article in a list */
    int64_t id;
    struct str category, title, kind;
    int32_t version_day; /* YYYYMMDD, 0 = unknown */
};
/* All articles of a shelf by title order of the seed; at most 200. */
enum err knowledge_list(struct db *db, struct arena *a, struct str category, const struct kb_brief **ret, size_t *ret_n)
    MUST_CHECK;
/* The latest versions. */
enum err knowledge_recent(struct db *db, struct arena *a, size_t limit, const struct kb_brief **ret, size_t *ret_n) MUST_CHECK;
enum err knowledge_count(struct db *db, int64_t *ret_articles, int64_t *ret_sections) MUST_CHECK;

struct kb_question { /* what people ask, answered by one article of a law; most reported subjects of 30 days first */
    struct str question, question_en;
    int64_t article_id;
    struct str anchor;
};
enum err knowledge_questions(struct db *db, struct arena *a, int64_t now_us, size_t limit, const struct kb_question **ret,
                             size_t *ret_n) MUST_CHECK;

/* ---- search --------------------------------------------------------------------------------------------------------- */

struct kb_bit { /* a piece of text; hit: the searched words */
    struct str text;
    bool hit;
};
struct kb_part { /* a matching article of the law */
    struct str anchor, heading; /* "a12", "第十二条" */
    const struct kb_bit *bits;
    size_t n_bits;
};
struct kb_found {
    struct kb_brief article;
    const struct kb_bit *title;
    size_t n_title;
    const struct kb_part *parts; /* best first, at most KB_PARTS */
    size_t n_parts;
    size_t n_more;               /* further matching articles of this law inside the cap */
};
enum { KB_PAGE = 10, KB_PARTS = 3 };

struct kb_results {
    const struct kb_found *found;
    size_t n_found;
    int64_t n_articles;    /* documents in all pages */
    int64_t n_sections;    /* matching sections, capped */
    bool capped;           /* LIMIT_SEARCH_RESULTS was reached: "200 or more" */
    bool exact;            /* every hit contains the words as typed; false = ranked by likeness */
    struct str next_cursor; /* empty = last page */
};
/*
 * q: 1 to LIMIT_SEARCH_CHARS characters; text in double quotes is searched as it stands; blanks separate words that must
 * all occur; when nothing has them all, likeness decides. One character works. category may be empty. ERR_INVALID with
 * field q (REQUIRED, TOO_LONG, BAD_TEXT), or CURSOR_INVALID.
 */
enum err knowledge_search(struct db *db, struct arena *a, struct str q, struct str category, struct str cursor,
                          struct kb_results *ret, struct fault *f) MUST_CHECK;
/* Up to limit articles that may settle a demand, by likeness; for the filing pages and /suggest. */
enum err knowledge_suggest(struct db *db, struct arena *a, struct str text, size_t limit, struct kb_results *ret,
                           struct fault *f) MUST_CHECK;

/* ---- one article ---------------------------------------------------------------------------------------------------- */

struct kb_chapter {
    struct str anchor, text; /* "c2", "第二章 诉求办理" */
    int level;               /* 2 = first level */
};
struct kb_article {
    struct kb_brief brief;
    struct str history, source;
    int32_t review_day; /* 0 = none */
    struct safe_html html;
    const struct kb_chapter *chapters;
    size_t n_chapters;
    int64_t updated_at;
};
enum err knowledge_article(struct db *db, struct arena *a, int64_t id, struct kb_article *ret) MUST_CHECK;
/* As an address names it; ARTICLE_NOT_FOUND also for what is no number. */
enum err knowledge_article_at(struct db *db, struct arena *a, struct str id, struct kb_article *ret, struct fault *f) MUST_CHECK;
/* Others of the same shelf. */
enum err knowledge_related(struct db *db, struct arena *a, const struct kb_brief *of, size_t limit,
                           const struct kb_brief **ret, size_t *ret_n) MUST_CHECK;

/* ---- what readers tell us: role citizen ------------------------------------------------------------------------------ */

enum err knowledge_feedback(struct db *db, int64_t article_id, bool useful, struct str words, struct fault *f) MUST_CHECK;
/* A search without an answer; counted by its normalised words, in which numbers and mail addresses are masked, so that no
 * personal data stay. At most LIMIT_KB_MISSES rows: words that share a slot compete, and what is asked oftener stays. */
enum err knowledge_miss(struct db *db, struct arena *a, struct str q, struct fault *f) MUST_CHECK;

/* The words as they are kept: numbers of three digits or more become #, whatever stands between their digits, as do mail
 * addresses. q is in key form. */
struct str knowledge_mask(struct arena *a, struct str q);

#endif
