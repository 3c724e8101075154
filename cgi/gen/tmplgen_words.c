/*
 * tmplgen_words.c - what the template compiler knows about the names of HTML and SVG.
 *
 * Contract: see tmplgen.h. Tables only; must not know templates.
 */
#include "base/utf8.h"
#include "gen/tmplgen.h"

static bool in(const char *const *list, struct str s)
{
    for (; *list; list++)
        if (str_eq_c(s, *list))
            return true;
    return false;
}

bool word_is_void(struct str tag)
{
    static const char *const list[] = {"area", "base", "br",    "col",    "embed", "hr",  "img", "input",
                                       "link", "meta", "param", "source", "track", "wbr", NULL};
    return in(list, tag);
}

bool word_is_block(struct str tag, bool foreign)
{
    static const char *const blocks[] = {
        "html",       "head",       "body",     "title",  "meta",     "link",    "base",     "script",  "style",
        "main",       "header",     "footer",   "nav",    "section",  "article", "aside",    "div",     "p",
        "ul",         "ol",         "li",       "dl",     "dt",       "dd",      "h1",       "h2",      "h3",
        "h4",         "h5",         "h6",       "hgroup", "table",    "caption", "thead",    "tbody",   "tfoot",
        "tr",         "td",         "th",       "col",    "colgroup", "form",    "fieldset", "legend",  "figure",
        "figcaption", "blockquote", "hr",       "pre",    "details",  "summary", "template", "address", "search",
        "dialog",     "option",     "optgroup", "br",     "source",   "track",   NULL};
    /* In SVG, white space shows inside text only. */
    static const char *const inline_svg[] = {"text", "tspan", "textPath", "a", "svg", "math", "mi", "mo", "mn", NULL};
    return foreign ? !in(inline_svg, tag) : in(blocks, tag);
}

bool word_is_url_attr(struct str attr)
{
    static const char *const list[] = {"href",       "src",        "action", "formaction", "cite",
                                       "poster",     "xlink:href", "data",   "ping",       "manifest",
                                       "background", "longdesc",   "usemap", "icon",       NULL};
    return in(list, attr);
}

bool word_is_rcdata(struct str tag)
{
    return str_eq_c(tag, "title") || str_eq_c(tag, "textarea");
}

/* Elements whose content is not parsed as HTML, that load foreign content, or that move every link of the page. */
bool word_is_refused_tag(struct str tag)
{
    static const char *const list[] = {"xmp",    "plaintext", "noembed", "noframes", "listing", "base", "embed",
                                       "object", "applet",    "frame",   "frameset", "marquee", NULL};
    return in(list, tag);
}

bool word_is_animation(struct str tag)
{
    static const char *const list[] = {"animate", "set", "animateTransform", "animateMotion", NULL};
    return in(list, tag);
}

bool word_has_letters(struct str s)
{
    while (s.n) {
        uint32_t c = utf8_next(&s);
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000)
            return true;
        if (c == '&') { /* an entity is no word */
            struct str name, rest;
            if (str_cut(s, ';', &name, &rest) && name.n < 12 && !str_find(name, STR(" ")))
                s = rest;
        }
    }
    return false;
}

struct str word_lower(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 32) : s.p[i];
    return (struct str){p, s.n};
}
