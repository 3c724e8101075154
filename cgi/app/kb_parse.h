/*
 * kb_parse.h - a law in Markdown becomes an article: front matter, chapters, articles of the law, HTML with anchors.
 *
 * The text begins with front matter between lines of "---" (title, type, version_date YYYY-MM-DD, source), then a heading
 * of level 1, a quotation with the history, headings of level 2 and below for parts, chapters and sections, and
 * paragraphs. A paragraph that begins with 第…条 opens an article of the law; what follows belongs to it until the next
 * article or heading. Other Markdown articles are accepted as well: without 第…条 each heading makes a section.
 */
#ifndef APP_KB_PARSE_H
#define APP_KB_PARSE_H

#include "base/arena.h"
#include "base/err.h"

struct kb_section { /* one article of the law, or what stands before the first; its words without the heading */
    struct str anchor, chapter, heading, body;
};
struct kb_heading {
    struct str anchor, text;
    int level;
};
struct kb_doc {
    struct str title, kind, source, history;
    int32_t version_day; /* YYYYMMDD */
    struct str html;     /* safe: made by app/markdown and our own anchors */
    const struct kb_section *sections;
    size_t n_sections;
    const struct kb_heading *headings;
    size_t n_headings;
};

/* ERR_INVALID with a detail that names what is missing. Everything lands in the arena. */
enum err kb_parse(struct arena *a, struct str markdown, struct kb_doc *ret, struct fault *f) MUST_CHECK;

/* 第一百二十三条 -> 123, 之二 -> sub 2; false when the text does not begin so. ret_n = bytes of the label. */
bool kb_article_number(struct str text, int *ret_number, int *ret_sub, size_t *ret_n);

#endif
