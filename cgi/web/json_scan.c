/*
 * json_scan.c - one pass over a JSON text before json-c sees it.
 *
 * Even in strict mode json-c 0.16 accepts single quotes and NaN, keeps the last of two equal names, clamps large
 * integers, and keeps NUL; see json_scan.h for what is refused here.
 */
#include "web/json_scan.h"

struct scan {
    struct str s;
    size_t i;
    int depth, max_depth;
    size_t names;
};

static int hex4(struct str s, size_t at)
{
    int v = 0;
    if (at + 4 > s.n)
        return -1;
    for (size_t i = at; i < at + 4; i++) {
        char c = s.p[i];
        int d = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
        if (d < 0)
            return -1;
        v = v * 16 + d;
    }
    return v;
}

/* At the 'u' of an escape. */
static const char *scan_unicode(struct scan *t)
{
    int v = hex4(t->s, t->i + 1);
    if (v < 0)
        return "bad escape";
    if (v == 0)
        return "NUL";
    t->i += 4;
    if (v >= 0xdc00 && v <= 0xdfff)
        return "lone surrogate";
    if (v < 0xd800 || v > 0xdbff)
        return NULL;
    if (t->i + 2 >= t->s.n || t->s.p[t->i + 1] != '\\' || t->s.p[t->i + 2] != 'u')
        return "lone surrogate";
    v = hex4(t->s, t->i + 3);
    if (v < 0xdc00 || v > 0xdfff)
        return "lone surrogate";
    t->i += 6;
    return NULL;
}

/* At the opening quote; leaves i at the closing one. */
static const char *scan_string(struct scan *t)
{
    for (t->i++; t->i < t->s.n; t->i++) {
        unsigned char c = (unsigned char)t->s.p[t->i];
        if (c == '"')
            return NULL;
        if (c < 0x20)
            return "control character";
        if (c != '\\')
            continue;
        if (++t->i >= t->s.n)
            break;
        c = (unsigned char)t->s.p[t->i];
        if (c == 'u') {
            const char *why = scan_unicode(t);
            if (why)
                return why;
        } else if (!c || !strchr("\"\\/bfnrt", c)) {
            return "bad escape";
        }
    }
    return "open string";
}

static size_t digits_from(struct str s, size_t i)
{
    size_t n = 0;
    while (i + n < s.n && s.p[i + n] >= '0' && s.p[i + n] <= '9')
        n++;
    return n;
}

/* number = [ "-" ] int [ frac ] [ exp ] */
static const char *scan_number(struct scan *t)
{
    struct str s = t->s;
    size_t from = t->i, i = from + (s.p[from] == '-'), n = digits_from(s, i);
    bool whole = true;
    if (!n || (n > 1 && s.p[i] == '0'))
        return "number";
    i += n;
    if (i < s.n && s.p[i] == '.') {
        n = digits_from(s, i + 1);
        if (!n)
            return "number";
        i += 1 + n;
        whole = false;
    }
    if (i < s.n && (s.p[i] | 0x20) == 'e') {
        i++;
        if (i < s.n && (s.p[i] == '+' || s.p[i] == '-'))
            i++;
        n = digits_from(s, i);
        if (!n)
            return "number";
        i += n;
        whole = false;
    }
    int64_t v;
    if (i - from > 64 || (whole && !parse_i64(str_slice(s, from, i), INT64_MIN, INT64_MAX, &v)))
        return "number too large";
    t->i = i - 1;
    return NULL;
}

static const char *scan_word(struct scan *t)
{
    static const struct str words[] = {{"true", 4}, {"false", 5}, {"null", 4}};
    for (size_t k = 0; k < 3; k++)
        if (str_starts(str_slice(t->s, t->i, t->s.n), words[k])) {
            t->i += words[k].n - 1;
            return NULL;
        }
    return "word";
}

static const char *scan_token(struct scan *t)
{
    char c = t->s.p[t->i];
    switch (c) {
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case ',':
        return NULL;
    case ':':
        t->names++;
        return NULL;
    case '{':
    case '[':
        return ++t->depth > t->max_depth ? "depth" : NULL;
    case '}':
    case ']':
        t->depth--;
        return NULL;
    case '"':
        return scan_string(t);
    default:
        return c == '-' || (c >= '0' && c <= '9') ? scan_number(t) : scan_word(t);
    }
}

const char *json_scan(struct str text, int max_depth, size_t *ret_names)
{
    struct scan t = {.s = text, .max_depth = max_depth};
    for (; t.i < text.n; t.i++) {
        const char *why = scan_token(&t);
        if (why)
            return why;
    }
    *ret_names = t.names;
    return NULL;
}
