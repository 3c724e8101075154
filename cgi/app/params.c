/*
 * params.c - name=value lines. Everything but unreserved ASCII (RFC 3986) is percent-encoded, in upper case, so that one
 * list of values has one text. Malformed escapes cannot arise: only this file writes the text.
 */
#include "app/params.h"

static bool is_plain(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.' ||
           c == '~';
}

void params_put(struct buf *b, const char *name, struct str value)
{
    static const char hex[] = "0123456789ABCDEF";
    if (b->n > 0)
        buf_putc(b, '&');
    buf_put(b, str_from_c(name));
    buf_putc(b, '=');
    size_t from = 0;
    for (size_t i = 0; i < value.n; i++) {
        if (is_plain(value.p[i]))
            continue;
        unsigned char c = (unsigned char)value.p[i];
        buf_put(b, (struct str){value.p + from, i - from});
        buf_put(b, (struct str){(char[]){'%', hex[c >> 4], hex[c & 15]}, 3});
        from = i + 1;
    }
    buf_put(b, (struct str){value.p + from, value.n - from});
}

void params_put_i64(struct buf *b, const char *name, int64_t value)
{
    char room[STR_DIGITS];
    params_put(b, name, str_of_i64(room, value));
}

static int hex_value(char c)
{
    return c <= '9' ? c - '0' : c - 'A' + 10;
}

static struct str decode(struct arena *a, struct str v)
{
    if (v.n == 0 || !memchr(v.p, '%', v.n))
        return v;
    char *out = arena_alloc(a, v.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '%' && i + 2 < v.n) {
            out[n++] = (char)(hex_value(v.p[i + 1]) << 4 | hex_value(v.p[i + 2]));
            i += 2;
        } else {
            out[n++] = v.p[i];
        }
    }
    return (struct str){out, n};
}

static bool next_raw(struct str *rest, struct str *ret_name, struct str *ret_value)
{
    struct str pair;
    if (rest->n == 0)
        return false;
    str_cut(*rest, '&', &pair, rest);
    str_cut(pair, '=', ret_name, ret_value);
    return true;
}

static struct str find_raw(struct str params, const char *name)
{
    struct str n, v;
    while (next_raw(&params, &n, &v))
        if (str_eq_c(n, name))
            return v;
    return STR_NONE;
}

struct str params_get(struct arena *a, struct str params, const char *name)
{
    return decode(a, find_raw(params, name));
}

int64_t params_get_i64(struct str params, const char *name, int64_t otherwise)
{
    int64_t v = otherwise;
    return parse_i64(find_raw(params, name), INT64_MIN, INT64_MAX, &v) ? v : otherwise;
}

bool params_next(struct arena *a, struct str *rest, struct str *ret_name, struct str *ret_value)
{
    if (!next_raw(rest, ret_name, ret_value))
        return false;
    *ret_value = decode(a, *ret_value);
    return true;
}
