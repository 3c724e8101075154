/*
 * ids.c - making, showing and forgivingly reading the names of things. Knows no table and no clock.
 */
#include "app/ids.h"

#include <pthread.h>

#include "app/crypto.h"
#include "app/normalise.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/random.h"

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum { ID_RANDOM_BITS = 22, TICKET_DIGITS = 13, DAY_DIGITS = 6 };

/* ---- ids -------------------------------------------------------------------------------------------------------------- */

/* The first of a millisecond is drawn below this, so that a thousand may follow it before the next one begins. */
#define FIRST_BELOW ((UINT64_C(1) << ID_RANDOM_BITS) - (UINT64_C(1) << 16))

static _Thread_local uint64_t last_id;

/* The child of a fork begins anew: its parent's next ids are near the last one. */
static void forget_last(void)
{
    last_id = 0;
}

static void watch_forks(void)
{
    BUG_ON(pthread_atfork(NULL, NULL, forget_last) != 0);
}

uint64_t id_new(int64_t wall_us)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, watch_forks);
    const uint64_t floor = id_floor(wall_us);
    const bool follows = (last_id - floor) >> ID_RANDOM_BITS == 0; /* made in this very millisecond */
    last_id = follows ? last_id + 1 + random_below(64) : floor | random_below(FIRST_BELOW);
    return last_id;
}

uint64_t id_floor(int64_t us)
{
    return us <= 0 ? 0 : (uint64_t)(us / 1000) << ID_RANDOM_BITS;
}

int64_t id_time_us(uint64_t id)
{
    return (int64_t)(id >> ID_RANDOM_BITS) * 1000;
}

struct str id_text(struct arena *a, uint64_t id)
{
    char room[STR_DIGITS];
    return arena_dup(a, str_of_u64(room, id));
}

struct str id_list(struct arena *a, const uint64_t *ids, size_t n)
{
    struct buf b;
    buf_init(&b, a, 2 + n * STR_DIGITS);
    buf_putc(&b, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_putc(&b, ',');
        buf_put_u64(&b, ids[i]);
    }
    buf_putc(&b, ']');
    BUG_ON(b.full);
    return buf_str(&b);
}

bool id_parse(struct str s, uint64_t *ret)
{
    return parse_u64(s, 1, UINT64_MAX, ret);
}

/* ---- ticket numbers ----------------------------------------------------------------------------------------------------- */

/* ISO 7064 MOD 11,10 over decimal digits. */
static char check_digit(const char *digits, size_t n)
{
    int p = 10;
    for (size_t i = 0; i < n; i++) {
        int s = (p + (digits[i] - '0')) % 10;
        p = (s == 0 ? 10 : s) * 2 % 11;
    }
    return (char)('0' + (11 - p) % 10);
}

/* The last n digits of a number. */
static void put_digits(char *out, size_t n, uint32_t v)
{
    for (; n > 0; v /= 10)
        out[--n] = (char)('0' + v % 10);
}

struct str ticket_no_make(struct arena *a, int32_t local_day, uint32_t number)
{
    char *out = arena_alloc(a, TICKET_NO_CHARS + 1);
    memcpy(out, "SD", 2);
    put_digits(out + 2, DAY_DIGITS, (uint32_t)local_day);
    put_digits(out + 2 + DAY_DIGITS, TICKET_DIGITS - DAY_DIGITS, number);
    out[TICKET_NO_CHARS - 1] = check_digit(out + 2, TICKET_DIGITS);
    return (struct str){out, TICKET_NO_CHARS};
}

struct str ticket_no_random(struct arena *a, int32_t local_day)
{
    return ticket_no_make(a, local_day, (uint32_t)random_below(10000000));
}

struct str ticket_no_show(struct arena *a, struct str no)
{
    if (no.n != TICKET_NO_CHARS)
        return no;
    return arena_printf(a, "%.2s-%.6s-%.7s-%.1s", no.p, no.p + 2, no.p + 8, no.p + 15);
}

/* Upper case, without what people put between groups. False when more than max characters remain. */
static bool squeeze(struct arena *a, struct str typed, char *out, size_t max, size_t *ret_n)
{
    struct str key = typed.n <= 8 * max ? normalise_dashes(a, normalise_key(a, typed)) : typed;
    size_t n = 0;
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        if (c == ' ' || c == '-' || c == '_')
            continue;
        if (n == max)
            return false;
        out[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    *ret_n = n;
    return true;
}

bool ticket_no_parse(struct arena *a, struct str typed, struct str *ret)
{
    char no[TICKET_NO_CHARS];
    size_t n = 0;
    if (!squeeze(a, typed, no, sizeof no, &n) || n != TICKET_NO_CHARS || no[0] != 'S' || no[1] != 'D')
        return false;
    for (size_t i = 2; i < TICKET_NO_CHARS; i++)
        if (no[i] < '0' || no[i] > '9')
            return false;
    if (check_digit(no + 2, TICKET_DIGITS) != no[TICKET_NO_CHARS - 1])
        return false;
    *ret = arena_dup(a, (struct str){no, TICKET_NO_CHARS});
    return true;
}

/* ---- codes -------------------------------------------------------------------------------------------------------------- */

static void to_crockford(const uint8_t *bytes, char *out, size_t n_chars)
{
    unsigned held = 0;
    int bits = 0;
    for (size_t i = 0; i < n_chars; i++) {
        if (bits < 5) {
            held = held << 8 | *bytes++;
            bits += 8;
        }
        out[i] = crockford[held >> (bits - 5) & 31];
        bits -= 5;
        held &= (1u << bits) - 1;
    }
}

struct str public_id_random(struct arena *a)
{
    uint8_t raw[PUBLIC_ID_CHARS * 5 / 8];
    char *out = arena_alloc(a, PUBLIC_ID_CHARS + 1);
    crypto_random(raw, sizeof raw);
    to_crockford(raw, out, PUBLIC_ID_CHARS);
    return (struct str){out, PUBLIC_ID_CHARS};
}

struct str query_code_make(const struct keyring *k, struct arena *a, uint64_t ticket_id, uint8_t epoch)
{
    uint8_t mac[16];
    char in[9];
    for (int i = 7; i >= 0; i--, ticket_id >>= 8)
        in[i] = (char)(ticket_id & 0xff);
    in[8] = (char)epoch;
    crypto_mac(k, KEY_CODE, "query", (struct str){in, sizeof in}, mac, sizeof mac);
    char *out = arena_alloc(a, QUERY_CODE_CHARS + 1);
    to_crockford(mac, out, QUERY_CODE_CHARS);
    crypto_wipe(mac, sizeof mac);
    return (struct str){out, QUERY_CODE_CHARS};
}

struct str query_code_show(struct arena *a, struct str code)
{
    return code.n == QUERY_CODE_CHARS ? arena_printf(a, "%.4s %.4s", code.p, code.p + 4) : code;
}

bool query_code_parse(struct arena *a, struct str typed, struct str *ret)
{
    char code[QUERY_CODE_CHARS];
    size_t n = 0;
    if (!squeeze(a, typed, code, sizeof code, &n) || n != QUERY_CODE_CHARS)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (code[i] == 'I' || code[i] == 'L')
            code[i] = '1';
        if (code[i] == 'O')
            code[i] = '0';
        if (!memchr(crockford, code[i], sizeof crockford - 1))
            return false;
    }
    *ret = arena_dup(a, (struct str){code, QUERY_CODE_CHARS});
    return true;
}
