/*
 * percent.c - percent-encoding [RFC 3986, section 2.1], once and never twice.
 *
 * Contract: see request.h. Input without an escape is returned as it stands, without a copy. Must not know what the
 * text is for: control characters other than NUL are judged by whoever uses it.
 */
#include "base/utf8.h"
#include "web/request.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Length of the front part that needs no work. */
static size_t plain_prefix(struct str in, bool plus_is_blank)
{
    size_t i = 0;
    while (i < in.n && in.p[i] != '%' && !(plus_is_blank && in.p[i] == '+'))
        i++;
    return i;
}

static bool decode_into(char *out, size_t *ret_n, struct str in, size_t from, bool plus_is_blank)
{
    size_t n = from;
    for (size_t i = from; i < in.n; i++) {
        if (in.p[i] == '%') {
            int hi = i + 2 < in.n ? hex_value(in.p[i + 1]) : -1;
            int lo = hi >= 0 ? hex_value(in.p[i + 2]) : -1;
            if (lo < 0)
                return false;
            out[n++] = (char)(hi << 4 | lo);
            i += 2;
        } else {
            out[n++] = plus_is_blank && in.p[i] == '+' ? ' ' : in.p[i];
        }
    }
    *ret_n = n;
    return true;
}

bool percent_decode(struct arena *a, struct str in, bool plus_is_blank, struct str *ret)
{
    struct str out = in;
    size_t plain = plain_prefix(in, plus_is_blank);
    if (plain < in.n) {
        char *p = arena_alloc(a, in.n);
        memcpy(p, in.p, plain);
        if (!decode_into(p, &out.n, in, plain, plus_is_blank))
            return false;
        out.p = p;
    }
    if (memchr(out.p, 0, out.n) || !utf8_valid(out))
        return false;
    *ret = out;
    return true;
}

static bool unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

struct str percent_encode(struct arena *a, struct str in)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out = arena_array(a, in.n ? in.n : 1, 3);
    size_t n = 0;
    for (size_t i = 0; i < in.n; i++) {
        unsigned char c = (unsigned char)in.p[i];
        if (unreserved((char)c)) {
            out[n++] = (char)c;
        } else {
            out[n++] = '%';
            out[n++] = digits[c >> 4];
            out[n++] = digits[c & 15];
        }
    }
    return (struct str){out, n};
}

/* A browser joins "x/../y" and "x/%2e%2e/y" before it asks, so that the path would lead elsewhere than it says. */
static bool plain_segment(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '%')
            continue;
        const int hi = i + 2 < s.n ? hex_value(s.p[i + 1]) : -1, lo = hi >= 0 ? hex_value(s.p[i + 2]) : -1;
        const int byte = lo < 0 ? 0 : hi << 4 | lo;
        if (byte <= ' ' || byte == 0x7f || byte == '.' || byte == '/' || byte == '\\' || byte == '%')
            return false;
    }
    return !str_eq_c(s, ".") && !str_eq_c(s, "..");
}

bool percent_plain_path(struct str address, struct str under)
{
    struct str rest = address, segment;
    if (!str_starts(address, under) || !str_starts(address, STR("/")))
        return false;
    for (size_t i = 0; i < address.n; i++)
        if ((unsigned char)address.p[i] <= ' ' || (unsigned char)address.p[i] >= 0x7f || address.p[i] == '\\')
            return false;
    for (size_t i = 0; i < address.n && rest.n == address.n; i++)
        if (address.p[i] == '?' || address.p[i] == '#')
            rest.n = i;
    rest = str_slice(rest, 1, rest.n);
    while (rest.n > 0) { /* the last segment may be empty: "/staff/" */
        str_cut(rest, '/', &segment, &rest);
        if (segment.n == 0 || !plain_segment(segment))
            return false;
    }
    return true;
}
