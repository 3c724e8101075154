/*
 * utf8.c - strict UTF-8.
 *
 * Contract: see utf8.h. utf8_valid is the only function that takes bytes of unknown origin; the others expect what it
 * has passed, but never read past the end of the string.
 */
#include "base/utf8.h"

#include "base/err.h"

/* Length of the sequence at p with n bytes left, 0 when it is not one. Table 3-7 of the Unicode standard. */
static size_t sequence(const unsigned char *p, size_t n)
{
    unsigned char c = p[0], low = 0x80, high = 0xbf;
    size_t len = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
    if (len < 2)
        return len;
    if (n < len)
        return 0;
    if (c == 0xe0)
        low = 0xa0; /* shorter form exists */
    else if (c == 0xed)
        high = 0x9f; /* surrogates */
    else if (c == 0xf0)
        low = 0x90;
    else if (c == 0xf4)
        high = 0x8f; /* past U+10FFFF */
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    return len;
}

bool utf8_valid(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    size_t i = 0;
    while (i < s.n) {
        uint64_t eight;
        if (s.n - i >= sizeof eight) {
            memcpy(&eight, p + i, sizeof eight);
            if (!(eight & UINT64_C(0x8080808080808080))) {
                i += sizeof eight;
                continue;
            }
        }
        size_t len = sequence(p + i, s.n - i);
        if (!len)
            return false;
        i += len;
    }
    return true;
}

size_t utf8_count(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

uint32_t utf8_next(struct str *s)
{
    static const unsigned char lead_bits[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    if (!s->n)
        return UINT32_MAX;
    const unsigned char *p = (const unsigned char *)s->p;
    size_t len = sequence(p, s->n);
    BUG_ON(!len);
    uint32_t c = p[0] & lead_bits[len];
    for (size_t i = 1; i < len; i++)
        c = c << 6 | (p[i] & 0x3f);
    s->p += len;
    s->n -= len;
    return c;
}

size_t utf8_put(uint32_t c, char out[4])
{
    BUG_ON(c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff));
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    for (size_t i = len - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)(lead[len] | c);
    return len;
}

/* Characters that hide or reorder what a reader sees, and controls that no text needs. */
static bool forbidden(uint32_t c, bool multiline)
{
    if (c < 0x20)
        return !(multiline && (c == '\t' || c == '\r' || c == '\n'));
    if (c >= 0x7f && c <= 0x9f)
        return true;
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

bool utf8_is_text(struct str s, bool multiline)
{
    if (!utf8_valid(s))
        return false;
    while (s.n)
        if (forbidden(utf8_next(&s), multiline))
            return false;
    return true;
}

struct str utf8_truncate(struct str s, size_t max_chars)
{
    struct str rest = s;
    while (rest.n && max_chars) {
        utf8_next(&rest);
        max_chars--;
    }
    return (struct str){s.p, s.n - rest.n};
}
