/*
 * kb_parse.c - a law in Markdown becomes sections with anchors.
 *
 * Contract: kb_parse.h. It knows no database and no file.
 */
#include "app/kb_parse.h"

#include "app/markdown.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"

enum { HEADINGS_MAX = 400, SECTIONS_MAX = 999 };

struct work {
    struct arena *a;
    struct kb_doc *doc;
    struct kb_section *sections;
    size_t n_sections;
    struct kb_heading *headings;
    size_t n_headings;
    struct buf html, body; /* body: words of the section being read */
    struct str chapter;
    bool open;             /* a section is being read */
};

/* ---- numbers of articles -------------------------------------------------------------------------------------------- */

static int digit_of(uint32_t c)
{
    static const uint32_t digits[] = {0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
    for (int i = 0; i < 10; i++)
        if (digits[i] == c)
            return i;
    return c == 0x3007 ? 0 : -1;
}

static int unit_of(uint32_t c)
{
    return c == 0x5341 ? 10 : c == 0x767E ? 100 : c == 0x5343 ? 1000 : 0;
}

/* Reads 一千一百六十四 from the front; 0 = none. */
static int take_number(struct str *s)
{
    int total = 0, digit = -1;
    while (s->n) {
        struct str after = *s;
        uint32_t c = utf8_next(&after);
        int d = digit_of(c), u = unit_of(c);
        if (d < 0 && !u)
            break;
        if (u)
            total += (digit > 0 ? digit : 1) * u;
        digit = u ? -1 : d;
        *s = after;
    }
    return total + (digit > 0 ? digit : 0);
}

bool kb_article_number(struct str text, int *ret_number, int *ret_sub, size_t *ret_n)
{
    struct str s = text;
    if (utf8_next(&s) != 0x7B2C) /* 第 */
        return false;
    int number = take_number(&s), sub = 0;
    if (!number || utf8_next(&s) != 0x6761) /* 条 */
        return false;
    struct str after = s;
    if (after.n && utf8_next(&after) == 0x4E4B && (sub = take_number(&after)) > 0) /* 之 */
        s = after;
    else
        sub = 0;
    *ret_number = number;
    *ret_sub = sub;
    *ret_n = text.n - s.n;
    return true;
}

/* ---- front matter --------------------------------------------------------------------------------------------------- */

static bool take_line(struct str *s, struct str *ret)
{
    if (!s->n)
        return false;
    str_cut(*s, '\n', ret, s);
    *ret = str_trim(*ret);
    return true;
}

static bool parse_day(struct str s, int32_t *ret)
{
    uint64_t y, m, d;
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' || !parse_u64(str_slice(s, 0, 4), 1900, 2999, &y) ||
        !parse_u64(str_slice(s, 5, 7), 1, 12, &m) || !parse_u64(str_slice(s, 8, 10), 1, 31, &d))
        return false;
    int32_t day = (int32_t)(y * 10000 + m * 100 + d);
    if (!clock_day_valid(day))
        return false;
    *ret = day;
    return true;
}

static bool front_value(struct kb_doc *doc, struct str key, struct str value)
{
    if (str_eq_c(key, "title"))
        doc->title = value;
    else if (str_eq_c(key, "type"))
        doc->kind = value;
    else if (str_eq_c(key, "source"))
        doc->source = value;
    else if (str_eq_c(key, "version_date"))
        return parse_day(value, &doc->version_day);
    return true;
}

static enum err take_front(struct str *text, struct kb_doc *doc, struct fault *f)
{
    struct str line, key, value;
    if (!take_line(text, &line) || !str_eq_c(line, "---"))
        return fault_set(f, ERR_INVALID, "BAD_ARTICLE", "no front matter");
    while (take_line(text, &line) && !str_eq_c(line, "---"))
        if (!str_cut(line, ':', &key, &value) || !front_value(doc, str_trim(key), str_trim(value)))
            return fault_set(f, ERR_INVALID, "BAD_ARTICLE", "front matter: %.80s", "a line is not understood");
    if (!str_eq_c(line, "---") || !doc->title.n || !doc->kind.n || !doc->version_day)
        return fault_set(f, ERR_INVALID, "BAD_ARTICLE", "front matter lacks its end, title, type or version_date");
    return ERR_OK;
}

/* ---- body ----------------------------------------------------------------------------------------------------------- */

static void end_section(struct work *w)
{
    if (!w->open)
        return;
    w->sections[w->n_sections - 1].body = arena_dup(w->a, str_trim(buf_str(&w->body)));
    buf_clear(&w->body);
    w->open = false;
}

static void begin_section(struct work *w, struct str anchor, struct str heading)
{
    end_section(w);
    w->sections[w->n_sections++] = (struct kb_section){.anchor = anchor, .chapter = w->chapter, .heading = heading};
    w->open = true;
}

static void add_words(struct work *w, struct str words)
{
    if (w->body.n)
        buf_putc(&w->body, '\n');
    buf_put(&w->body, words);
}

/* The rendered block with an id put into its opening tag. */
static void put_with_id(struct work *w, struct str html, struct str id)
{
    const char *end = html.n ? memchr(html.p, '>', html.n) : NULL;
    if (!end || html.p[0] != '<') {
        buf_put(&w->html, html);
        return;
    }
    size_t at = (size_t)(end - html.p);
    buf_put(&w->html, str_slice(html, 0, at));
    buf_put(&w->html, STR(" id=\""));
    buf_put(&w->html, id);
    buf_put(&w->html, STR("\""));
    buf_put(&w->html, str_slice(html, at, html.n));
}

/* <p id="a12"><strong>第十二条</strong> words</p>: the label is the first text of the rendered paragraph. */
static void put_article(struct work *w, struct str html, struct str id, size_t label_n)
{
    struct str open = STR("<p>");
    if (!str_starts(html, open) || html.n < open.n + label_n) {
        put_with_id(w, html, id);
        return;
    }
    buf_put(&w->html, STR("<p id=\""));
    buf_put(&w->html, id);
    buf_put(&w->html, STR("\"><strong>"));
    buf_put(&w->html, str_slice(html, open.n, open.n + label_n));
    buf_put(&w->html, STR("</strong>"));
    buf_put(&w->html, str_slice(html, open.n + label_n, html.n));
}

static bool anchor_taken(const struct work *w, struct str anchor)
{
    for (size_t i = 0; i < w->n_sections; i++)
        if (str_eq(w->sections[i].anchor, anchor))
            return true;
    return false;
}

static struct str article_anchor(struct work *w, int number, int sub)
{
    struct str id = sub ? arena_printf(w->a, "a%d-%d", number, sub) : arena_printf(w->a, "a%d", number);
    for (int again = 2; anchor_taken(w, id); again++)
        id = arena_printf(w->a, "a%dx%d", number, again);
    return id;
}

static enum err read_paragraph(struct work *w, const struct md_block *b, struct fault *f)
{
    int number, sub;
    size_t n;
    if (!kb_article_number(b->text, &number, &sub, &n)) {
        if (!w->open)
            begin_section(w, arena_printf(w->a, "p%zu", w->n_sections), STR_NONE);
        add_words(w, b->text);
        buf_put(&w->html, b->html.s);
        return ERR_OK;
    }
    if (w->n_sections >= SECTIONS_MAX)
        return fault_set(f, ERR_TOO_LARGE, "TOO_LARGE", "more than %d articles", SECTIONS_MAX);
    struct str id = article_anchor(w, number, sub);
    begin_section(w, id, arena_dup(w->a, str_slice(b->text, 0, n)));
    add_words(w, str_trim(str_slice(b->text, n, b->text.n)));
    put_article(w, b->html.s, id, n);
    return ERR_OK;
}

static enum err read_heading(struct work *w, const struct md_block *b, struct fault *f)
{
    if (b->level == 1) /* the title; pages draw it themselves */
        return ERR_OK;
    if (w->n_headings >= HEADINGS_MAX)
        return fault_set(f, ERR_TOO_LARGE, "TOO_LARGE", "more than %d headings", HEADINGS_MAX);
    end_section(w);
    struct str id = arena_printf(w->a, "c%zu", w->n_headings + 1);
    w->headings[w->n_headings++] = (struct kb_heading){.anchor = id, .text = b->text, .level = b->level};
    w->chapter = b->text;
    put_with_id(w, b->html.s, id);
    return ERR_OK;
}

static enum err read_block(struct work *w, const struct md_block *b, struct fault *f)
{
    switch (b->kind) {
    case MD_HEADING:
        return read_heading(w, b, f);
    case MD_QUOTE:
        if (!w->doc->history.n && !w->n_sections) {
            w->doc->history = b->text;
            return ERR_OK;
        }
        break;
    case MD_PARAGRAPH:
        return read_paragraph(w, b, f);
    case MD_OTHER:
        break;
    }
    if (w->open)
        add_words(w, b->text);
    buf_put(&w->html, b->html.s);
    return ERR_OK;
}

enum err kb_parse(struct arena *a, struct str markdown, struct kb_doc *ret, struct fault *f)
{
    struct kb_doc doc = {0};
    const struct md_block *blocks;
    size_t n;
    enum err e = take_front(&markdown, &doc, f);
    if (!e)
        e = markdown_blocks(a, markdown, &blocks, &n, f);
    if (e)
        return e;
    struct work w = {.a = a, .doc = &doc};
    w.sections = ARENA_ARRAY(a, struct kb_section, SECTIONS_MAX + 1);
    w.headings = ARENA_ARRAY(a, struct kb_heading, HEADINGS_MAX);
    buf_init(&w.html, a, 2 * MARKDOWN_BYTES_MAX);
    buf_init(&w.body, a, MARKDOWN_BYTES_MAX);
    for (size_t i = 0; i < n && !e; i++)
        e = read_block(&w, &blocks[i], f);
    if (e)
        return e;
    end_section(&w);
    if (!w.n_sections)
        return fault_set(f, ERR_INVALID, "BAD_ARTICLE", "no text");
    doc.html = buf_str(&w.html);
    doc.sections = w.sections;
    doc.n_sections = w.n_sections;
    doc.headings = w.headings;
    doc.n_headings = w.n_headings;
    *ret = doc;
    return w.html.full ? fault_set(f, ERR_TOO_LARGE, "TOO_LARGE", "html too long") : ERR_OK;
}
