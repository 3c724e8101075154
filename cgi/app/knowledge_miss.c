/*
 * knowledge_miss.c - what was searched without an answer: what people ask for and nobody has written yet.
 *
 * Contract: knowledge.h. A log of words, not of people: neither who asked nor numbers by which one could be found. Its size
 * is fixed: the hash of the words names one of LIMIT_KB_MISSES slots, and in a full table the rare make room for the frequent.
 */
#include "app/crypto.h"
#include "app/knowledge.h"
#include "app/normalise.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "gen/sql.h"

enum { DIGITS_MIN = 3, SPOKEN_MIN = 7, GAP_MAX = 2 };

_Static_assert((LIMIT_KB_MISSES & (LIMIT_KB_MISSES - 1)) == 0 && LIMIT_KB_MISSES <= 65536, "a slot is some bits of two bytes");

/* ---- masking -------------------------------------------------------------------------------------------------------- */

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* "one three eight ..." in words. */
static bool is_spoken(uint32_t c)
{
    static const uint32_t spoken[] = {0x3007, 0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5E7A};
    for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++)
        if (c == spoken[i])
            return true;
    return false;
}

static bool is_gap(uint32_t c)
{
    return c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')' || c == '*' || c == 0xB7 || c == 0x2014;
}

static bool is_mail(uint32_t c)
{
    return c == '@' || c == '.' || c == '_' || c == '-' || c == '+' || c == '%' || is_digit(c) || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

/* A number at the beginning of s: its bytes, 0 = none that must go. Digits may have up to two separators between them. */
static size_t number_at(struct str s)
{
    struct str rest = s;
    size_t digits = 0, spoken = 0, gap = 0, end = 0;
    while (rest.n > 0 && gap <= GAP_MAX) {
        uint32_t c = utf8_next(&rest);
        if (is_digit(c) || is_spoken(c)) {
            digits += is_digit(c);
            spoken++;
            gap = 0;
            end = s.n - rest.n;
        } else if (end > 0 && is_gap(c)) {
            gap++;
        } else {
            break;
        }
    }
    return digits >= DIGITS_MIN || spoken >= SPOKEN_MIN ? end : 0;
}

static size_t mail_at(struct str s)
{
    struct str rest = s;
    bool at = false;
    size_t end = 0;
    while (rest.n > 0) {
        uint32_t c = utf8_next(&rest);
        if (!is_mail(c))
            break;
        at = at || (c == '@' && end > 0);
        end = s.n - rest.n;
    }
    return at ? end : 0;
}

struct str knowledge_mask(struct arena *a, struct str q)
{
    struct buf b;
    bool in_word = false; /* of letters: an address begins at its first */
    buf_init(&b, a, q.n + 1);
    while (q.n > 0) {
        size_t n = in_word ? 0 : mail_at(q);
        if (n == 0)
            n = number_at(q);
        if (n > 0) {
            buf_putc(&b, '#');
            q = str_slice(q, n, q.n);
            in_word = false;
            continue;
        }
        struct str rest = q;
        in_word = is_mail(utf8_next(&rest));
        buf_put(&b, str_slice(q, 0, q.n - rest.n));
        q = rest;
    }
    return buf_str(&b);
}

/* ---- counting ------------------------------------------------------------------------------------------------------- */

enum err knowledge_miss(struct db *db, struct arena *a, struct str q, struct fault *f)
{
    q = str_trim(q);
    if (!q.n)
        return fault_field(f, "q", "REQUIRED");
    if (!utf8_valid(q) || !utf8_is_text(q, false))
        return fault_field(f, "q", "BAD_TEXT");
    if (utf8_count(q) > LIMIT_SEARCH_CHARS)
        return fault_field(f, "q", "TOO_LONG");
    uint8_t hash[CRYPTO_HASH_BYTES], slot[16] = {0};
    struct str key = utf8_truncate(knowledge_mask(a, normalise_key(a, q)), LIMIT_SEARCH_CHARS);
    crypto_digest(key, hash);
    const unsigned at = ((unsigned)hash[0] << 8 | hash[1]) & (LIMIT_KB_MISSES - 1);
    slot[0] = (uint8_t)(at >> 8);
    slot[1] = (uint8_t)at;
    int64_t now;
    size_t n;
    enum err e = db_now(db, &now);
    return e ? e : q_kb_miss_add(db, &(struct q_kb_miss_add_in){.slot = {(const char *)slot, 16}, .query = key, .at = now}, &n);
}
