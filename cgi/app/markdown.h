/*
 * markdown.h - Markdown to HTML, the only caller of cmark-gfm.
 *
 * Safe mode: raw HTML is left out, links to javascript: and data: are emptied. Rendering happens when an article is
 * saved, never in a request. Text is limited to MARKDOWN_BYTES_MAX, because the packaged version has inputs of quadratic
 * cost.
 */
#ifndef APP_MARKDOWN_H
#define APP_MARKDOWN_H

#include "base/arena.h"
#include "base/err.h"

enum { MARKDOWN_BYTES_MAX = 1024 * 1024 };

enum md_kind { MD_HEADING, MD_PARAGRAPH, MD_QUOTE, MD_OTHER };

struct md_block { /* one block of the top level */
    enum md_kind kind;
    int level;        /* of a heading, 1..6 */
    struct str text;  /* words without markup; lines of a paragraph joined by a blank */
    struct safe_html html;
};

/* ERR_INVALID: not UTF-8; ERR_TOO_LARGE. */
enum err markdown_blocks(struct arena *a, struct str text, const struct md_block **ret, size_t *ret_n,
                         struct fault *f) MUST_CHECK;

#endif
