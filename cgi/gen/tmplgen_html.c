/*
 * tmplgen_html.c - follows the literal text of a template as a browser would, so that every construct has a known
 * place.
 *
 * Contract: html_* in tmplgen.h. Stricter than HTML: attributes are quoted, every element is closed by its own end tag,
 * there is no inline script or style. What is left needs four ways of escaping. Must not know the constructs.
 */
#include "gen/tmplgen.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_char(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_' || c == '.';
}

static bool is_foreign(const struct tmpl *t)
{
    return t->h.open ? t->h.open->foreign : t->kind == KIND_SVG;
}

static struct str between(const char *p, const char *to)
{
    return (struct str){p, (size_t)(to - p)};
}

static void advance(struct tmpl *t, const char *to)
{
    for (; t->p < to; t->p++)
        t->line += *t->p == '\n';
}

static void write_to(struct tmpl *t, const char *to)
{
    node_text(t, between(t->p, to));
    advance(t, to);
}

static struct str name_at(const char *p, const char *to)
{
    const char *q = p;
    while (q < to && is_name_char(*q))
        q++;
    return between(p, q);
}

/* ---- white space ------------------------------------------------------------------------------------------------- */

/* Does the tag that begins at p (a '<') stand where white space before it cannot be seen? */
static bool is_block_tag(const struct tmpl *t, const char *p, const char *to)
{
    if (++p < to && *p == '/')
        p++;
    struct str name = name_at(p, to);
    return name.n && word_is_block(name, is_foreign(t));
}

/* A construct that gives no text, alone on its line: the line break before it goes, the one after it stays. */
static bool is_alone(const struct tmpl *t, const char *p)
{
    struct str rest = between(p, t->end), inside, after;
    const char *close = str_find(rest, STR("}}"));
    if (!close)
        return false;
    inside = str_trim(between(p + 2, close));
    if (!inside.n ||
        !(strchr("#/!", inside.p[0]) || str_eq(inside, STR("else")) || str_starts(inside, STR("else if "))))
        return false;
    after = between(close + 2, t->end);
    while (after.n && (*after.p == ' ' || *after.p == '\t' || *after.p == '\r'))
        after = str_slice(after, 1, after.n);
    return !after.n || *after.p == '\n';
}

static void feed_blanks(struct tmpl *t, const char *to, bool more)
{
    const char *q = t->p;
    bool newline = false;
    while (q < to && is_blank(*q))
        newline |= *q++ == '\n';
    if (t->h.open && t->h.open->keep) {
        write_to(t, q);
        return;
    }
    bool drop = t->h.eat;
    if (q < to)
        drop |= *q == '<' && is_block_tag(t, q, to);
    else
        drop |= !more || (newline && is_alone(t, q));
    if (!drop) {
        node_text(t, newline ? STR("\n") : STR(" "));
        t->h.eat = true;
    }
    advance(t, q);
}

/* ---- tags -------------------------------------------------------------------------------------------------------- */

static void close_element(struct tmpl *t, struct str name)
{
    struct open *o = t->h.open;
    if (!is_foreign(t) && word_is_void(name))
        tmpl_fail(t, t->line, "</" STR_FMT ">: this element has no end tag", STR_ARG(name));
    if (!o)
        tmpl_fail(t, t->line, "</" STR_FMT "> without its start tag", STR_ARG(name));
    if (!str_eq(o->name, name))
        tmpl_fail(t, t->line, "</" STR_FMT "> meets <" STR_FMT "> of " STR_FMT ":%zu", STR_ARG(name), STR_ARG(o->name),
                  STR_ARG(o->path), o->line);
    t->h.open = o->up;
    t->h.eat = word_is_block(name, is_foreign(t));
}

static void feed_end_tag(struct tmpl *t, const char *to)
{
    struct str name = name_at(t->p + 2, to);
    const char *q = name.p + name.n;
    while (q < to && is_blank(*q))
        q++;
    if (!name.n || q == to || *q != '>')
        tmpl_fail(t, t->line, "an end tag is </name>, without a construct in it");
    close_element(t, name);
    node_text(t, STR("</"));
    node_text(t, name);
    node_text(t, STR(">"));
    advance(t, q + 1);
}

static void feed_start_tag(struct tmpl *t, const char *to)
{
    struct str name = name_at(t->p + 1, to);
    if (!is_foreign(t) && !str_eq(name, word_lower(t->g->a, name)))
        tmpl_fail(t, t->line, "<" STR_FMT ">: HTML elements are written in lower case", STR_ARG(name));
    if (word_is_refused_tag(name))
        tmpl_fail(t, t->line, "<" STR_FMT "> is not used here: see tmplgen_words.c", STR_ARG(name));
    t->h.place = PLACE_TAG;
    t->h.tag = name;
    t->h.tag_line = t->line;
    t->h.blank = t->h.has_src = t->h.has_equiv = t->h.live_content = false;
    write_to(t, name.p + name.n);
}

static void feed_declaration(struct tmpl *t, const char *to, bool more)
{
    struct str rest = between(t->p, to);
    const char *close;
    if (str_starts(rest, STR("<!--"))) {
        close = str_find(str_slice(rest, 4, rest.n), STR("-->"));
        if (!close)
            tmpl_fail(t, t->line, more ? "a construct inside an HTML comment" : "an HTML comment is never closed");
        advance(t, close + 3);
        return;
    }
    bool doctype = t->kind == KIND_HTML && str_eq_nocase(str_slice(rest, 0, 9), STR("<!doctype"));
    bool xml = t->kind == KIND_SVG && str_starts(rest, STR("<?xml"));
    close = str_find(rest, STR(">"));
    if (!(doctype || xml) || !close)
        tmpl_fail(t, t->line, "only <!doctype html> (HTML), <?xml ...?> (SVG) and comments may begin like this");
    write_to(t, close + 1);
    t->h.eat = true;
}

static void feed_markup(struct tmpl *t, const char *to, bool more)
{
    char next = t->p + 1 < to ? t->p[1] : 0;
    if (next == '/')
        feed_end_tag(t, to);
    else if (is_letter(next))
        feed_start_tag(t, to);
    else if (next == '!' || next == '?')
        feed_declaration(t, to, more);
    else
        tmpl_fail(t, t->line, "a bare < in the text: write &lt;");
}

static void open_element(struct tmpl *t, bool foreign)
{
    struct str tag = t->h.tag;
    struct open *o = ARENA_NEW(t->g->a, struct open);
    *o = (struct open){.up = t->h.open, .name = tag, .path = t->path, .line = t->h.tag_line};
    o->depth = o->up ? o->up->depth + 1 : 1;
    if (o->depth > TMPL_OPEN_MAX)
        tmpl_fail(t, t->line, "more than %d elements inside each other", TMPL_OPEN_MAX);
    o->foreign = foreign && !str_eq_c(tag, "foreignObject");
    o->keep = (o->up && o->up->keep) || (!foreign && (str_eq_c(tag, "pre") || str_eq_c(tag, "textarea")));
    t->h.open = o;
    if (str_eq_c(tag, "script") || str_eq_c(tag, "style") || str_eq_c(tag, "iframe"))
        t->h.place = PLACE_RAW;
    else if (!foreign && word_is_rcdata(tag))
        t->h.place = PLACE_RCDATA;
    if (str_eq_c(tag, "script") && !t->h.has_src)
        tmpl_fail(t, t->line, "a script without src: the content security policy would not run it");
    if (str_eq_c(tag, "style") && t->kind != KIND_SVG)
        tmpl_fail(t, t->line, "<style>: the content security policy would not apply it; use the stylesheet");
}

static void finish_tag(struct tmpl *t, bool self, const char *to, bool more)
{
    struct str tag = t->h.tag;
    bool foreign = is_foreign(t) || str_eq_c(tag, "svg") || str_eq_c(tag, "math");
    bool is_void = !foreign && word_is_void(tag);
    if (self && !foreign && !is_void)
        tmpl_fail(t, t->line, "<" STR_FMT "/> does not close an HTML element: write </" STR_FMT ">", STR_ARG(tag),
                  STR_ARG(tag));
    node_text(t, self && foreign ? STR("/>") : STR(">"));
    advance(t, t->p + (self ? 2 : 1));
    t->h.place = PLACE_TEXT;
    t->h.eat = word_is_block(tag, foreign);
    if (is_void || (self && foreign))
        return;
    open_element(t, foreign);
    t->h.eat |= str_eq_c(tag, "svg");
    /* A browser drops the first line break of these; one more keeps that of a value. */
    if (!foreign && (str_eq_c(tag, "textarea") || str_eq_c(tag, "pre")) && t->p == to && more)
        node_text(t, STR("\n"));
}

/* ---- attributes -------------------------------------------------------------------------------------------------- */

static enum attr_kind kind_of(const struct tmpl *t, struct str attr)
{
    static const char *const literal[] = {"srcset", "imagesrcset", "http-equiv", "is", "sandbox", "nonce", NULL};
    static const char *const moving[] = {"attributename", "to", "from", "by", "values", NULL};
    for (const char *const *l = literal; *l; l++)
        if (str_eq_c(attr, *l))
            return ATTR_LITERAL;
    for (const char *const *m = moving; *m && word_is_animation(t->h.tag); m++)
        if (str_eq_c(attr, *m))
            return ATTR_LITERAL;
    return word_is_url_attr(attr) ? ATTR_URL : ATTR_PLAIN;
}

static void check_attr(struct tmpl *t, struct str attr)
{
    if (str_starts(attr, STR("on")))
        tmpl_fail(t, t->line, STR_FMT ": the content security policy would not run it", STR_ARG(attr));
    if (str_eq_c(attr, "style"))
        tmpl_fail(t, t->line, "style: the content security policy would not apply it; use a class");
    if (str_eq_c(attr, "srcdoc"))
        tmpl_fail(t, t->line, "srcdoc is a page inside an attribute; give it its own address");
    t->h.has_src |= str_eq_c(attr, "src");
    t->h.has_equiv |= str_eq_c(attr, "http-equiv") && str_eq_c(t->h.tag, "meta");
    if (t->h.has_equiv && t->h.live_content)
        tmpl_fail(t, t->line, "http-equiv beside a content that is not literal");
}

static void feed_attr_name(struct tmpl *t, const char *to, bool more)
{
    struct str name = name_at(t->p, to);
    if (!name.n)
        tmpl_fail(t, t->line, "%c cannot stand in a tag", *t->p);
    if (!t->h.blank)
        tmpl_fail(t, t->line, "a blank must come before the attribute " STR_FMT, STR_ARG(name));
    struct str attr = word_lower(t->g->a, name);
    check_attr(t, attr);
    node_text(t, STR(" "));
    write_to(t, name.p + name.n);
    t->h.blank = false;
    if (t->p == to || *t->p != '=')
        return;
    if (t->p + 1 == to || (t->p[1] != '"' && t->p[1] != '\''))
        tmpl_fail(t, t->line, "the value of " STR_FMT " must be in quotes%s", STR_ARG(name),
                  more && t->p + 1 == to ? ", the construct too" : "");
    t->h.quote = t->p[1];
    write_to(t, t->p + 2);
    t->h.place = PLACE_ATTR;
    t->h.attr = attr;
    t->h.attr_kind = kind_of(t, attr);
    t->h.url_begun = t->h.url_tel = false;
}

static void feed_tag(struct tmpl *t, const char *to, bool more)
{
    if (is_blank(*t->p)) {
        t->h.blank = true;
        advance(t, t->p + 1);
    } else if (*t->p == '>') {
        finish_tag(t, false, to, more);
    } else if (*t->p == '/' && t->p + 1 < to && t->p[1] == '>') {
        finish_tag(t, true, to, more);
    } else {
        feed_attr_name(t, to, more);
    }
}

static const char *scheme_of(struct str url, struct str *ret)
{
    for (size_t i = 0; i < url.n && !strchr("/?#", url.p[i]); i++)
        if (url.p[i] == ':') {
            *ret = str_slice(url, 0, i);
            return url.p + i + 1;
        }
    return NULL;
}

void html_check_url(struct tmpl *t, struct str url)
{
    struct str scheme;
    if (!scheme_of(url, &scheme))
        return;
    bool phone = str_eq_c(scheme, "tel") || str_eq_c(scheme, "mailto") || str_eq_c(scheme, "sms");
    if (!phone && !str_eq_c(scheme, "http") && !str_eq_c(scheme, "https"))
        tmpl_fail(t, t->line, "an address that begins with " STR_FMT ":", STR_ARG(scheme));
    t->h.url_tel = phone && !str_find(url, STR("?"));
}

/* Words that a reader would see belong in the messages. */
static void check_attr_words(struct tmpl *t, struct str v)
{
    static const char *const shown[] = {"alt", "title", "placeholder", "label", "aria-label", "aria-description", NULL};
    bool words = false;
    for (const char *const *s = shown; *s && !words; s++)
        words = str_eq_c(t->h.attr, *s) && word_has_letters(v);
    for (size_t i = 0; i < v.n && !words; i++)
        words = (unsigned char)v.p[i] >= 0xE3 && word_has_letters(v);
    if (words)
        tmpl_fail(t, t->line, "words belong in templates/messages: \"" STR_FMT "\"", STR_ARG(v));
}

static void feed_attr(struct tmpl *t, const char *to)
{
    const char *q = t->p;
    while (q < to && *q != t->h.quote)
        q++;
    struct str v = between(t->p, q);
    if (t->h.attr_kind == ATTR_URL && v.n && !t->h.url_begun) {
        html_check_url(t, v);
        t->h.url_begun = true;
    }
    check_attr_words(t, v);
    write_to(t, q);
    if (q < to) {
        write_to(t, q + 1);
        t->h.place = PLACE_TAG;
    }
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

static void feed_word(struct tmpl *t, const char *to)
{
    const char *q = t->p;
    while (q < to && *q != '<' && !is_blank(*q))
        q++;
    struct str word = between(t->p, q);
    if (word_has_letters(word))
        tmpl_fail(t, t->line, "words belong in templates/messages: \"" STR_FMT "\"", STR_ARG(word));
    write_to(t, q);
    t->h.eat = false;
}

static bool at_end_tag(const struct tmpl *t, const char *to)
{
    struct str rest = between(t->p, to);
    return str_starts(rest, STR("</")) && str_eq(name_at(t->p + 2, to), t->h.tag);
}

static void feed_text(struct tmpl *t, const char *to, bool more)
{
    bool rcdata = t->h.place == PLACE_RCDATA;
    if (is_blank(*t->p)) {
        feed_blanks(t, to, more);
    } else if (*t->p != '<') {
        feed_word(t, to);
    } else {
        if (rcdata && !at_end_tag(t, to))
            tmpl_fail(t, t->line, "inside <" STR_FMT "> only text may stand", STR_ARG(t->h.tag));
        t->h.place = PLACE_TEXT;
        feed_markup(t, to, more);
    }
}

static void feed_raw(struct tmpl *t, const char *to, bool more)
{
    const char *q = t->p;
    while (t->p < to && !at_end_tag(t, to))
        t->p++;
    struct str raw = between(q, t->p);
    if (t->p == to && more)
        tmpl_fail(t, t->line, "a construct inside <" STR_FMT ">", STR_ARG(t->h.tag));
    bool style = str_eq_c(t->h.tag, "style");
    if (!style && str_trim(raw).n)
        tmpl_fail(t, t->line, "<" STR_FMT "> must be empty here", STR_ARG(t->h.tag));
    t->p = q;
    if (style)
        write_to(t, q + raw.n);
    advance(t, q + raw.n);
    if (t->p < to) {
        t->h.place = PLACE_TEXT;
        feed_end_tag(t, to);
    }
}

/* ---- what the parser calls --------------------------------------------------------------------------------------- */

void html_begin(struct tmpl *t)
{
    t->h = (struct html){.place = t->kind == KIND_TXT ? PLACE_PLAIN : PLACE_TEXT, .eat = true};
}

static void feed_plain(struct tmpl *t, const char *to)
{
    struct str s = between(t->p, to);
    if (word_has_letters(s))
        tmpl_fail(t, t->line, "words belong in templates/messages: \"" STR_FMT "\"", STR_ARG(str_trim(s)));
    write_to(t, to);
}

void html_feed(struct tmpl *t, const char *to, bool more)
{
    while (t->p < to)
        switch (t->h.place) {
        case PLACE_TEXT:
        case PLACE_RCDATA:
            feed_text(t, to, more);
            break;
        case PLACE_TAG:
            feed_tag(t, to, more);
            break;
        case PLACE_ATTR:
            feed_attr(t, to);
            break;
        case PLACE_RAW:
            feed_raw(t, to, more);
            break;
        case PLACE_PLAIN:
            feed_plain(t, to);
            break;
        }
}
