/*
 * str.c - text as pointer and length: comparing, cutting, numbers.
 *
 * Contract: no function allocates or keeps a pointer; results point into the arguments. Knows nothing of encodings.
 */
#include "base/str.h"

#include <limits.h>

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && (suffix.n == 0 || memcmp(s.p + s.n - suffix.n, suffix.p, suffix.n) == 0);
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    if (c)
        return c < 0 ? -1 : 1;
    return a.n < b.n ? -1 : a.n > b.n;
}

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\v' || c == '\f';
}

struct str str_trim(struct str s)
{
    while (s.n && is_blank(s.p[0])) {
        s.p++;
        s.n--;
    }
    while (s.n && is_blank(s.p[s.n - 1]))
        s.n--;
    return s;
}

struct str str_slice(struct str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from >= to)
        return STR_NONE;
    return (struct str){s.p + from, to - from};
}

struct str str_of_u64(char room[STR_DIGITS], uint64_t v)
{
    size_t at = STR_DIGITS;
    do {
        room[--at] = (char)('0' + v % 10);
        v /= 10;
    } while (v);
    return (struct str){room + at, STR_DIGITS - at};
}

struct str str_of_i64(char room[STR_DIGITS], int64_t v)
{
    struct str s = str_of_u64(room, v < 0 ? 0 - (uint64_t)v : (uint64_t)v);
    if (v >= 0)
        return s;
    char *sign = room + (STR_DIGITS - s.n - 1);
    *sign = '-';
    return (struct str){sign, s.n + 1};
}

bool str_cut(struct str s, char sep, struct str *ret_head, struct str *ret_tail)
{
    const char *at = s.n ? memchr(s.p, sep, s.n) : NULL;
    if (!at) {
        *ret_head = s;
        *ret_tail = STR_NONE;
        return false;
    }
    size_t head = (size_t)(at - s.p);
    *ret_head = (struct str){s.p, head};
    *ret_tail = (struct str){at + 1, s.n - head - 1};
    return true;
}

const char *str_find(struct str hay, struct str needle)
{
    if (needle.n == 0)
        return hay.p;
    return hay.n < needle.n ? NULL : memmem(hay.p, hay.n, needle.p, needle.n);
}

bool str_eq_secret(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    /* volatile keeps the compiler from leaving the loop at the first difference. */
    volatile unsigned char diff = 0;
    for (size_t i = 0; i < a.n; i++)
        diff = (unsigned char)(diff | (unsigned char)(a.p[i] ^ b.p[i]));
    return diff == 0;
}

static bool digits_u64(struct str s, uint64_t *ret)
{
    uint64_t v = 0;
    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        if (__builtin_mul_overflow(v, UINT64_C(10), &v) || __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v))
            return false;
    }
    *ret = v;
    return true;
}

bool parse_u64(struct str s, uint64_t min, uint64_t max, uint64_t *ret)
{
    uint64_t v;
    if (!digits_u64(s, &v) || v < min || v > max)
        return false;
    *ret = v;
    return true;
}

bool parse_i64(struct str s, int64_t min, int64_t max, int64_t *ret)
{
    bool minus = s.n && s.p[0] == '-';
    uint64_t v;
    if (!digits_u64(minus ? str_slice(s, 1, s.n) : s, &v))
        return false;
    if (v > (uint64_t)INT64_MAX + (minus ? 1 : 0))
        return false;
    /* Unsigned negation, so that INT64_MIN needs no signed overflow. */
    int64_t i = (int64_t)(minus ? 0 - v : v);
    if (i < min || i > max)
        return false;
    *ret = i;
    return true;
}
