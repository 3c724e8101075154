/*
 * hash.c - hex, base64url without padding, FNV-1a.
 *
 * Contract: see hash.h. Nothing here is for secrets: tables are indexed by the data, timing differs.
 */
#include "base/hash.h"

#include "base/err.h"

uint64_t hash_fnv1a(struct str s)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
    return h;
}

struct str hex_encode(struct arena *a, struct str bytes)
{
    static const char digit[] = "0123456789abcdef";
    BUG_ON(bytes.n > SIZE_MAX / 4);
    char *p = arena_alloc(a, bytes.n * 2 + 1);
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned char c = (unsigned char)bytes.p[i];
        p[2 * i] = digit[c >> 4];
        p[2 * i + 1] = digit[c & 15];
    }
    return (struct str){p, bytes.n * 2};
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

bool hex_decode(struct arena *a, struct str text, struct str *ret)
{
    if (text.n % 2)
        return false;
    char *p = arena_alloc(a, text.n / 2 + 1);
    for (size_t i = 0; i < text.n / 2; i++) {
        int high = hex_value(text.p[2 * i]), low = hex_value(text.p[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        p[i] = (char)(high << 4 | low);
    }
    *ret = (struct str){p, text.n / 2};
    return true;
}

static const char base64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

struct str base64url_encode(struct arena *a, struct str bytes)
{
    BUG_ON(bytes.n > SIZE_MAX / 4);
    char *p = arena_alloc(a, bytes.n / 3 * 4 + 5);
    size_t n = 0;
    uint32_t bits = 0;
    unsigned have = 0;
    for (size_t i = 0; i < bytes.n; i++) {
        bits = bits << 8 | (unsigned char)bytes.p[i];
        for (have += 8; have >= 6; have -= 6)
            p[n++] = base64[bits >> (have - 6) & 63];
    }
    if (have)
        p[n++] = base64[bits << (6 - have) & 63];
    return (struct str){p, n};
}

static int base64_value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

bool base64url_decode_to(struct str text, char *out, size_t cap, size_t *ret_n)
{
    size_t n = 0;
    uint32_t bits = 0;
    unsigned have = 0;
    if (text.n % 4 == 1 || cap < text.n / 4 * 3 + 2)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        int v = base64_value(text.p[i]);
        if (v < 0)
            return false;
        bits = bits << 6 | (uint32_t)v;
        have += 6;
        if (have >= 8) {
            have -= 8;
            out[n++] = (char)(bits >> have & 255);
        }
    }
    *ret_n = n;
    /* Left-over bits must be zero, else one value would have several spellings. */
    return (bits & ((1U << have) - 1)) == 0;
}

bool base64url_decode(struct arena *a, struct str text, struct str *ret)
{
    size_t cap = text.n / 4 * 3 + 3, n;
    char *p = arena_alloc(a, cap);
    if (!base64url_decode_to(text, p, cap, &n))
        return false;
    *ret = (struct str){p, n};
    return true;
}
