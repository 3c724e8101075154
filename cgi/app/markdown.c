/*
 * markdown.c - the gate to cmark-gfm.
 *
 * Contract: markdown.h. It knows nothing of laws, articles or pages.
 */
#include "app/markdown.h"

#include <cmark-gfm.h>

#include "base/buf.h"
#include "base/utf8.h"

static void free_node(void *p)
{
    cmark_node_free(p);
}

static enum err parse(struct arena *a, struct str text, cmark_node **ret, struct fault *f)
{
    if (text.n > MARKDOWN_BYTES_MAX)
        return fault_set(f, ERR_TOO_LARGE, "TOO_LARGE", "markdown of %zu bytes", text.n);
    if (!utf8_valid(text))
        return fault_set(f, ERR_INVALID, "BAD_TEXT", "markdown is not valid UTF-8");
    cmark_node *doc = cmark_parse_document(text.p, text.n, CMARK_OPT_DEFAULT);
    if (!doc)
        return fault_set(f, ERR_INTERNAL, "INTERNAL", "markdown parser failed");
    arena_defer(a, free_node, doc);
    *ret = doc;
    return ERR_OK;
}

static struct safe_html render(struct arena *a, cmark_node *node)
{
    char *html = cmark_render_html(node, CMARK_OPT_DEFAULT, NULL);
    struct safe_html r = {arena_dup(a, str_from_c(html))};
    cmark_get_default_mem_allocator()->free(html);
    return r;
}

static struct str plain_text(struct arena *a, cmark_node *node)
{
    struct buf b;
    buf_init(&b, a, MARKDOWN_BYTES_MAX);
    cmark_iter *it = cmark_iter_new(node);
    cmark_event_type ev;
    while ((ev = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
        cmark_node *n = cmark_iter_get_node(it);
        cmark_node_type t = cmark_node_get_type(n);
        if (t == CMARK_NODE_TEXT || t == CMARK_NODE_CODE)
            buf_put(&b, str_from_c(cmark_node_get_literal(n)));
        else if (t == CMARK_NODE_SOFTBREAK || t == CMARK_NODE_LINEBREAK ||
                 (t == CMARK_NODE_PARAGRAPH && ev == CMARK_EVENT_EXIT && n != node))
            buf_putc(&b, ' ');
    }
    cmark_iter_free(it);
    return str_trim(buf_str(&b));
}

static enum md_kind kind_of(cmark_node *n)
{
    cmark_node_type t = cmark_node_get_type(n);
    if (t == CMARK_NODE_HEADING)
        return MD_HEADING;
    if (t == CMARK_NODE_PARAGRAPH)
        return MD_PARAGRAPH;
    return t == CMARK_NODE_BLOCK_QUOTE ? MD_QUOTE : MD_OTHER;
}

enum err markdown_blocks(struct arena *a, struct str text, const struct md_block **ret, size_t *ret_n, struct fault *f)
{
    cmark_node *doc;
    enum err e = parse(a, text, &doc, f);
    if (e)
        return e;
    size_t n = 0, i = 0;
    for (cmark_node *c = cmark_node_first_child(doc); c; c = cmark_node_next(c))
        n++;
    struct md_block *blocks = ARENA_ARRAY(a, struct md_block, n);
    for (cmark_node *c = cmark_node_first_child(doc); c; c = cmark_node_next(c), i++) {
        blocks[i].kind = kind_of(c);
        blocks[i].level = blocks[i].kind == MD_HEADING ? cmark_node_get_heading_level(c) : 0;
        blocks[i].text = plain_text(a, c);
        blocks[i].html = render(a, c);
    }
    *ret = blocks;
    *ret_n = n;
    return ERR_OK;
}
