/*
 * multipart_header.c - Content-Disposition and Content-Type of a part [RFC 7578, section 4; RFC 2183].
 *
 * Contract: see multipart_header.h. Names arrive as browsers write them: UTF-8, with %22 %0D %0A for the three
 * characters that cannot stand in quotes. A file name is display text; folders in front of it are dropped.
 */
#include "web/multipart_header.h"

#include "base/limits.h"
#include "base/utf8.h"

static struct str skip_blanks(struct str s)
{
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = str_slice(s, 1, s.n);
    return s;
}

/* At the opening quote. A backslash stands for the quote or backslash after it, else for itself (paths of old Windows
 * browsers). */
static bool quoted(struct arena *a, struct str *s, struct str *ret)
{
    char *out = arena_alloc(a, s->n);
    size_t n = 0;
    for (size_t i = 1; i < s->n; i++) {
        char c = s->p[i];
        if (c == '"') {
            *ret = (struct str){out, n};
            *s = str_slice(*s, i + 1, s->n);
            return true;
        }
        if (c == '\\' && i + 1 < s->n && (s->p[i + 1] == '"' || s->p[i + 1] == '\\'))
            c = s->p[++i];
        out[n++] = c;
    }
    return false;
}

bool header_param(struct arena *a, struct str text, struct str *ret_key, struct str *ret_value, struct str *ret_rest)
{
    struct str rest = skip_blanks(text);
    *ret_rest = rest;
    if (!rest.n || rest.p[0] != ';')
        return false;
    rest = skip_blanks(str_slice(rest, 1, rest.n));
    if (!rest.n) { /* a semicolon at the end is common and harmless */
        *ret_rest = STR_NONE;
        return false;
    }
    struct str key;
    if (!str_cut(rest, '=', &key, &rest) || !key.n || memchr(key.p, ';', key.n))
        return false;
    *ret_key = str_trim(key);
    rest = skip_blanks(rest);
    if (rest.n && rest.p[0] == '"') {
        if (!quoted(a, &rest, ret_value))
            return false;
    } else {
        size_t n = 0;
        while (n < rest.n && rest.p[n] != ';')
            n++;
        *ret_value = str_trim(str_slice(rest, 0, n));
        rest = str_slice(rest, n, rest.n);
    }
    *ret_rest = rest;
    return true;
}

static struct str undo_browser_escapes(struct arena *a, struct str s)
{
    static const struct {
        struct str code;
        char c;
    } codes[] = {{{"%22", 3}, '"'}, {{"%0D", 3}, '\r'}, {{"%0A", 3}, '\n'}};
    char *out = arena_alloc(a, s.n ? s.n : 1);
    size_t n = 0;
    while (s.n) {
        size_t k = 0;
        while (k < 3 && !str_starts(s, codes[k].code))
            k++;
        out[n++] = k < 3 ? codes[k].c : s.p[0];
        s = str_slice(s, k < 3 ? 3 : 1, s.n);
    }
    return (struct str){out, n};
}

static struct str display_name(struct arena *a, struct str s)
{
    s = undo_browser_escapes(a, s);
    for (size_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == '/' || s.p[i - 1] == '\\') {
            s = str_slice(s, i, s.n);
            break;
        }
    if (!utf8_is_text(s, false))
        return STR("?");
    while (s.n > LIMIT_FILENAME_BYTES)
        s = utf8_truncate(s, utf8_count(s) - 1 - (s.n - LIMIT_FILENAME_BYTES) / 4);
    return s;
}

static bool disposition(struct arena *a, struct str value, struct part_header *ret)
{
    struct str key, v, rest = value;
    size_t n = 0;
    bool named = false;
    while (n < rest.n && rest.p[n] != ';' && rest.p[n] != ' ')
        n++;
    if (!str_eq_nocase(str_slice(rest, 0, n), STR("form-data")))
        return false;
    rest = str_slice(rest, n, rest.n);
    while (header_param(a, rest, &key, &v, &rest)) {
        if (str_eq_nocase(key, STR("name"))) {
            ret->name = undo_browser_escapes(a, v);
            named = true;
        } else if (str_eq_nocase(key, STR("filename"))) {
            ret->filename = display_name(a, v);
            ret->is_file = true;
        }
    }
    return named && !rest.n && ret->name.n && ret->name.n <= LIMIT_FILENAME_BYTES && utf8_is_text(ret->name, false);
}

/* What is no short visible ASCII is not worth repeating. */
static bool is_media_type(struct str v)
{
    for (size_t i = 0; i < v.n; i++)
        if (v.p[i] < 0x20 || v.p[i] > 0x7e)
            return false;
    return v.n <= 100;
}

static bool plain_encoding(struct str v)
{
    return str_eq_nocase(v, STR("7bit")) || str_eq_nocase(v, STR("8bit")) || str_eq_nocase(v, STR("binary"));
}

bool part_header_parse(struct arena *a, struct str text, struct part_header *ret)
{
    struct str line, key, value;
    bool has_disposition = false;
    *ret = (struct part_header){STR_NONE, STR_NONE, STR_NONE, false};
    while (text.n) {
        str_cut(text, '\n', &line, &text);
        if (line.n && line.p[line.n - 1] == '\r')
            line.n--;
        if (memchr(line.p, '\r', line.n) || memchr(line.p, 0, line.n) || !str_cut(line, ':', &key, &value))
            return false; /* folded lines, too: nobody sends them */
        value = str_trim(value);
        if (str_eq_nocase(key, STR("content-disposition"))) {
            if (has_disposition || !disposition(a, value, ret))
                return false;
            has_disposition = true;
        } else if (str_eq_nocase(key, STR("content-type"))) {
            ret->content_type = is_media_type(value) ? arena_dup(a, value) : STR_NONE;
        } else if (str_eq_nocase(key, STR("content-transfer-encoding")) && !plain_encoding(value)) {
            return false;
        }
    }
    return has_disposition;
}
