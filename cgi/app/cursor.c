/*
 * cursor.c - sealed positions of lists.
 *
 * Contract: cursor.h. Text form: base64url of version, list, 8 bytes of filter hash, two big-endian numbers, 8 bytes MAC.
 */
#include "app/cursor.h"

#include "app/crypto.h"
#include "base/hash.h"
#include "base/limits.h"

enum { VERSION = 1, FILTER_BYTES = 8, MAC_BYTES = 8, BODY_BYTES = 2 + FILTER_BYTES + 16, TOTAL_BYTES = BODY_BYTES + MAC_BYTES };

static void put_be(uint8_t *p, uint64_t v)
{
    for (int i = 7; i >= 0; i--, v >>= 8)
        p[i] = (uint8_t)v;
}

static uint64_t get_be(const uint8_t *p)
{
    uint64_t v = 0;
    for (int i = 0; i < 8; i++)
        v = v << 8 | p[i];
    return v;
}

static void put_filter(uint8_t *p, struct str filter)
{
    uint8_t hash[CRYPTO_HASH_BYTES];
    crypto_digest(filter, hash);
    memcpy(p, hash, FILTER_BYTES);
}

static void put_mac(const struct keyring *k, uint8_t raw[TOTAL_BYTES])
{
    uint8_t mac[CRYPTO_HASH_BYTES];
    struct str body = {(const char *)raw, BODY_BYTES};
    if (k)
        crypto_mac(k, KEY_CURSOR, "cursor", body, mac, sizeof mac);
    else
        crypto_digest(body, mac);
    memcpy(raw + BODY_BYTES, mac, MAC_BYTES);
}

struct str cursor_seal(const struct keyring *k, struct arena *a, enum cursor_list list, struct str filter, struct cursor at)
{
    uint8_t raw[TOTAL_BYTES] = {VERSION, (uint8_t)list};
    put_filter(raw + 2, filter);
    put_be(raw + 2 + FILTER_BYTES, (uint64_t)at.a);
    put_be(raw + 2 + FILTER_BYTES + 8, (uint64_t)at.b);
    put_mac(k, raw);
    return base64url_encode(a, (struct str){(const char *)raw, sizeof raw});
}

enum err cursor_open(const struct keyring *k, struct arena *a, enum cursor_list list, struct str filter, struct str text,
                     struct cursor *ret, bool *ret_given, struct fault *f)
{
    *ret = (struct cursor){0};
    *ret_given = text.n > 0;
    if (!text.n)
        return ERR_OK;
    struct str raw;
    uint8_t want[TOTAL_BYTES] = {VERSION, (uint8_t)list};
    if (text.n > LIMIT_CURSOR_CHARS || !base64url_decode(a, text, &raw) || raw.n != TOTAL_BYTES)
        return fault_set(f, ERR_INVALID, "CURSOR_INVALID", "cursor of %zu characters", text.n);
    put_filter(want + 2, filter);
    memcpy(want + 2 + FILTER_BYTES, raw.p + 2 + FILTER_BYTES, 16);
    put_mac(k, want);
    if (!crypto_equal(want, raw.p, TOTAL_BYTES))
        return fault_set(f, ERR_INVALID, "CURSOR_INVALID", "cursor of another list, filter or making");
    ret->a = (int64_t)get_be(want + 2 + FILTER_BYTES);
    ret->b = (int64_t)get_be(want + 2 + FILTER_BYTES + 8);
    return ERR_OK;
}
