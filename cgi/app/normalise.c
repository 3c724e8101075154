/*
 * normalise.c - NFKC and case folding by utf8proc, and telephone numbers. Knows nothing of who asks.
 */
#include "app/normalise.h"

#include <utf8proc.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"

static bool is_ascii_key(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80 || s.p[i] < 0x20 || s.p[i] == 0x7f)
            return false;
    return true;
}

/* Collapses blanks of any kind in place, lowers ASCII, trims. */
static struct str collapse(char *p, size_t n)
{
    size_t out = 0;
    bool blank = true; /* so that leading ones vanish */
    for (size_t i = 0; i < n; i++) {
        char c = p[i];
        bool is_blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (is_blank && blank)
            continue;
        p[out++] = is_blank ? ' ' : (c >= 'A' && c <= 'Z') ? (char)(c - 'A' + 'a') : c;
        blank = is_blank;
    }
    if (out > 0 && p[out - 1] == ' ')
        out--;
    return (struct str){p, out};
}

struct str normalise_key(struct arena *a, struct str s)
{
    if (is_ascii_key(s)) {
        struct str copy = arena_dup(a, s);
        return collapse((char *)(uintptr_t)copy.p, copy.n);
    }
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n, &mapped,
                                      UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                          UTF8PROC_IGNORE);
    if (n < 0) /* not UTF-8: the caller promised otherwise, so nothing matches it */
        return STR_NONE;
    char *out = arena_alloc(a, (size_t)n + 1);
    memcpy(out, mapped, (size_t)n);
    free(mapped);
    return collapse(out, (size_t)n);
}

/* ---- telephones ---------------------------------------------------------------------------------------------------------- */

static bool is_mobile(const char *d, size_t n)
{
    return n == 11 && d[0] == '1' && d[1] >= '3';
}

/* Digits of a key form; a leading + is told apart. False on anything that does not belong into a number. */
static bool read_digits(struct str key, char *out, size_t cap, size_t *ret_n, bool *ret_plus)
{
    size_t n = 0;
    *ret_plus = key.n > 0 && key.p[0] == '+';
    for (size_t i = *ret_plus ? 1 : 0; i < key.n; i++) {
        char c = key.p[i];
        if (c == ' ' || c == '-' || c == '(' || c == ')' || c == '.')
            continue;
        if (c < '0' || c > '9' || n == cap)
            return false;
        out[n++] = c;
    }
    *ret_n = n;
    return n > 0;
}

struct str normalise_dashes(struct arena *a, struct str key)
{
    struct buf b;
    buf_init(&b, a, key.n + 1);
    for (struct str rest = key; rest.n > 0;) {
        struct str before = rest;
        uint32_t c = utf8_next(&rest);
        if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
            buf_putc(&b, '-');
        else
            buf_put(&b, (struct str){before.p, before.n - rest.n});
    }
    return buf_str(&b);
}

bool normalise_phone(struct arena *a, struct str typed, struct str *ret)
{
    char d[20];
    size_t n = 0;
    bool plus = false;
    if (typed.n > LIMIT_PHONE_CHARS * LIMIT_UTF8_BYTES || !utf8_valid(typed) ||
        !read_digits(normalise_dashes(a, normalise_key(a, typed)), d, sizeof d, &n, &plus))
        return false;
    const char *p = d;
    if (!plus && n > 4 && memcmp(p, "0086", 4) == 0) {
        p += 4;
        n -= 4;
    } else if (n > 2 && memcmp(p, "86", 2) == 0 && (plus || is_mobile(p + 2, n - 2))) {
        p += 2;
        n -= 2;
        plus = false;
    } else if (plus) {
        if (n < 7 || n > LIMIT_PHONE_DIGITS || p[0] == '0')
            return false;
        *ret = arena_printf(a, "+%.*s", (int)n, p);
        return true;
    }
    /* A Beijing number without its area code is not completed: it could be of any city. */
    bool land_line = p[0] == '0' && n >= 10 && n <= 12;
    if (!is_mobile(p, n) && !land_line)
        return false;
    *ret = arena_dup(a, (struct str){p, n});
    return true;
}

bool normalise_phone_is_mobile(struct str s)
{
    return (s.n > 0 && s.p[0] == '+') || is_mobile(s.p, s.n);
}

struct str normalise_phone_mask(struct arena *a, struct str s)
{
    if (s.n < 7)
        return STR("****");
    return arena_printf(a, "%.3s****%.4s", s.p, s.p + s.n - 4);
}
