/*
 * tmplgen_place.c - what the present place means for constructs: which escaping, what may stand there, how branches
 * meet.
 *
 * Contract: html_* in tmplgen.h; tmplgen_html.c moves the place through literal text. Must not know the tree.
 */
#include "gen/tmplgen.h"

const char *html_put(struct tmpl *t, size_t line)
{
    struct html *h = &t->h;
    switch (h->place) {
    case PLACE_PLAIN:
        return "tmpl_plain";
    case PLACE_TEXT:
        h->eat = false;
        return "tmpl_text";
    case PLACE_RCDATA:
        h->eat = false;
        return "tmpl_rcdata";
    case PLACE_RAW:
        tmpl_fail(t, line, "a construct inside <" STR_FMT ">", STR_ARG(h->tag));
    case PLACE_TAG:
        tmpl_fail(t, line, "a value in the tag <" STR_FMT "> outside quotes; only {{#if}} around whole attributes may",
                  STR_ARG(h->tag));
    case PLACE_ATTR:
        break;
    }
    if (h->attr_kind == ATTR_LITERAL)
        tmpl_fail(t, line, "no construct may stand in the attribute " STR_FMT, STR_ARG(h->attr));
    if (str_eq_c(h->tag, "meta") && str_eq_c(h->attr, "content")) {
        if (h->has_equiv)
            tmpl_fail(t, line, "http-equiv beside a content that is not literal");
        h->live_content = true;
    }
    if (h->attr_kind == ATTR_PLAIN)
        return "tmpl_attr";
    const char *put = !h->url_begun ? "tmpl_url" : h->url_tel ? "tmpl_url_tel" : "tmpl_url_part";
    h->url_begun = true;
    return put;
}

void html_need_text(struct tmpl *t, size_t line, const char *what)
{
    if (t->h.place != PLACE_TEXT && t->h.place != PLACE_PLAIN)
        tmpl_fail(t, line, "%s may stand between tags only", what);
}

static bool same_open(const struct open *a, const struct open *b)
{
    while (a != b) {
        if (!a || !b || a->depth != b->depth || !str_eq(a->name, b->name))
            return false;
        a = a->up;
        b = b->up;
    }
    return true;
}

static struct str top_name(const struct open *o)
{
    return o ? o->name : STR("nothing");
}

void html_merge(struct tmpl *t, const struct html *other, size_t line, const char *what)
{
    struct html *h = &t->h;
    bool in_tag = h->place == PLACE_TAG || h->place == PLACE_ATTR;
    if (h->place != other->place || (in_tag && h->tag.p != other->tag.p) ||
        (h->place == PLACE_ATTR && (h->quote != other->quote || !str_eq(h->attr, other->attr))))
        tmpl_fail(t, line, "the branches of {{%s}} end in different places (text, tag, attribute)", what);
    if (!same_open(h->open, other->open))
        tmpl_fail(t, line, "the branches of {{%s}} leave different elements open: <" STR_FMT "> and <" STR_FMT ">",
                  what, STR_ARG(top_name(h->open)), STR_ARG(top_name(other->open)));
    h->eat &= other->eat;
    h->blank &= other->blank;
    h->has_src &= other->has_src;
    h->has_equiv |= other->has_equiv;
    h->live_content |= other->live_content;
    h->url_begun |= other->url_begun;
    h->url_tel &= other->url_tel;
    if (h->has_equiv && h->live_content)
        tmpl_fail(t, line, "http-equiv beside a content that is not literal");
}

void html_end(struct tmpl *t)
{
    if (t->h.place == PLACE_TAG || t->h.place == PLACE_ATTR)
        tmpl_fail(t, t->h.tag_line, "the tag <" STR_FMT "> is never finished", STR_ARG(t->h.tag));
    bool head = str_eq_c(t->name, "head") || str_ends(t->name, STR("_head"));
    struct open *o = t->h.open;
    bool own = o && str_eq(o->path, t->path);
    if (o && (!head || t->h.place != PLACE_TEXT))
        tmpl_fail(t, own ? o->line : t->line, "<" STR_FMT "> of " STR_FMT ":%zu is never closed", STR_ARG(o->name),
                  STR_ARG(o->path), o->line);
    t->left = t->h.open;
}

static void escape_markup(struct buf *b, struct str s, bool quotes)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '&')
            buf_put(b, STR("&amp;"));
        else if (c == '<')
            buf_put(b, STR("&lt;"));
        else if (c == '>')
            buf_put(b, STR("&gt;"));
        else if (c == '"' && quotes)
            buf_put(b, STR("&quot;"));
        else if (c == '\'' && quotes)
            buf_put(b, STR("&#39;"));
        else
            buf_putc(b, c);
    }
}

static void escape_url(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~", c));
        if (plain)
            buf_putc(b, (char)c);
        else
            buf_printf(b, "%%%02X", c);
    }
}

void html_escape(struct tmpl *t, struct buf *b, struct str s)
{
    if (t->h.place == PLACE_PLAIN)
        buf_put(b, s);
    else if (t->h.place == PLACE_ATTR && t->h.attr_kind == ATTR_URL)
        escape_url(b, s);
    else
        escape_markup(b, s, t->h.place == PLACE_ATTR);
}
