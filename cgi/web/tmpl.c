/*
 * tmpl.c - writes values into pages, escaped for their place.
 *
 * Contract: see tmpl.h. Plain runs are copied whole; a table tells which bytes end a run. Must not know templates: the
 * place of each value was decided when they were compiled.
 */
#include "web/tmpl.h"

#include "base/err.h"

/* ---- markup ------------------------------------------------------------------------------------------------------ */

enum { IN_TEXT = 1, IN_ATTR = 2 };
static const unsigned char special[256] = {
    ['&'] = IN_TEXT | IN_ATTR, ['<'] = IN_TEXT | IN_ATTR, ['>'] = IN_TEXT | IN_ATTR, ['"'] = IN_ATTR, ['\''] = IN_ATTR,
};

static struct str entity(char c)
{
    switch (c) {
    case '&':
        return STR("&amp;");
    case '<':
        return STR("&lt;");
    case '>':
        return STR("&gt;");
    case '"':
        return STR("&quot;");
    default:
        return STR("&#39;");
    }
}

static inline void put_escaped(struct buf *o, struct str v, unsigned char place)
{
    size_t from = 0;
    for (size_t i = 0; i < v.n; i++) {
        if (!(special[(unsigned char)v.p[i]] & place))
            continue;
        if (i > from)
            buf_put(o, (struct str){v.p + from, i - from});
        buf_put(o, entity(v.p[i]));
        from = i + 1;
    }
    if (v.n > from)
        buf_put(o, (struct str){v.p + from, v.n - from});
}

void tmpl_text_str(struct buf *o, struct str v)
{
    put_escaped(o, v, IN_TEXT);
}

void tmpl_attr_str(struct buf *o, struct str v)
{
    put_escaped(o, v, IN_TEXT | IN_ATTR);
}

void tmpl_text_html(struct buf *o, struct safe_html v)
{
    buf_put(o, v.s);
}

/* ---- addresses --------------------------------------------------------------------------------------------------- */

enum { URL_UNRESERVED = 1, URL_RESERVED = 2, URL_TEL = 4 };

static unsigned char url_class(unsigned char c)
{
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
        c == '_' || c == '~')
        return URL_UNRESERVED | URL_RESERVED | URL_TEL;
    if (c == '+' || c == '@')
        return URL_RESERVED | URL_TEL;
    return c && strchr(":/?#[]!$&()*,;=%", c) ? URL_RESERVED : 0;
}

static void put_url(struct buf *o, struct str v, unsigned char keep)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        if (c == '&' && (keep & URL_RESERVED))
            buf_put(o, STR("&amp;"));
        else if (url_class(c) & keep)
            buf_putc(o, (char)c);
        else
            buf_put(o, (struct str){(char[]){'%', digits[c >> 4], digits[c & 15]}, 3});
    }
}

/* A colon before any slash, question mark or hash ends a scheme. Everything else is relative to our own page: blanks
 * and controls, which a browser would skip while it looks for a scheme, are percent-encoded below. */
static bool scheme_allowed(struct str v)
{
    static const char *const allowed[] = {"http", "https", "tel", "mailto", "sms"};
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '/' || v.p[i] == '?' || v.p[i] == '#')
            return true;
        if (v.p[i] != ':')
            continue;
        for (size_t k = 0; k < sizeof allowed / sizeof allowed[0]; k++)
            if (str_eq_nocase(str_slice(v, 0, i), str_from_c(allowed[k])))
                return true;
        return false;
    }
    return true;
}

void tmpl_url_str(struct buf *o, struct str v)
{
    if (scheme_allowed(v))
        put_url(o, v, URL_RESERVED);
    else
        buf_put(o, STR("#blocked"));
}

void tmpl_url_part_str(struct buf *o, struct str v)
{
    put_url(o, v, URL_UNRESERVED);
}

void tmpl_url_tel_str(struct buf *o, struct str v)
{
    put_url(o, v, URL_TEL);
}

/* ---- numbers ----------------------------------------------------------------------------------------------------- */

void tmpl_put_bool(struct buf *o, bool v)
{
    buf_put(o, v ? STR("true") : STR("false"));
}

void tmpl_put_i64(struct buf *o, int64_t v)
{
    buf_put_i64(o, v);
}

void tmpl_put_u64(struct buf *o, uint64_t v)
{
    buf_put_u64(o, v);
}

static uint64_t magnitude(int64_t v)
{
    return v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
}

void tmpl_put_grouped(struct buf *o, struct num_grouped v)
{
    char text[32];
    size_t at = sizeof text, digits = 0;
    uint64_t u = magnitude(v.v);
    do {
        if (digits && digits % 3 == 0)
            text[--at] = ',';
        text[--at] = (char)('0' + u % 10);
        u /= 10;
        digits++;
    } while (u);
    if (v.v < 0)
        text[--at] = '-';
    buf_put(o, (struct str){text + at, sizeof text - at});
}

void tmpl_put_fixed(struct buf *o, struct num_fixed v)
{
    BUG_ON(v.decimals < 0 || v.decimals > 9);
    char text[32];
    size_t at = sizeof text;
    uint64_t u = magnitude(v.v);
    for (int i = 0; i < v.decimals; i++) {
        text[--at] = (char)('0' + u % 10);
        u /= 10;
    }
    if (v.decimals)
        text[--at] = '.';
    do {
        text[--at] = (char)('0' + u % 10);
        u /= 10;
    } while (u);
    if (v.v < 0)
        text[--at] = '-';
    buf_put(o, (struct str){text + at, sizeof text - at});
}
