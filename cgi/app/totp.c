/*
 * totp.c - codes of an authenticator.
 *
 * Contract: pure functions; see totp.h. Must not know where secrets are kept.
 */
#include "app/totp.h"

#include "app/crypto.h"
#include "base/buf.h"

/* ---- SHA-1 [RFC 3174], for HMAC alone -------------------------------------------------------------------------------- */

enum { BLOCK = 64, DIGEST = 20, MESSAGE_MAX = 64 };

static uint32_t rotate(uint32_t v, int n)
{
    return (v << n) | (v >> (32 - n));
}

static void sha1_block(uint32_t h[5], const uint8_t *p)
{
    static const uint32_t k[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};
    uint32_t w[80], a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 | (uint32_t)p[4 * i + 2] << 8 | p[4 * i + 3];
    for (int i = 16; i < 80; i++)
        w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 80; i++) {
        uint32_t f = i < 20 ? ((b & c) | (~b & d)) : i >= 40 && i < 60 ? ((b & c) | (b & d) | (c & d)) : (b ^ c ^ d);
        uint32_t t = rotate(a, 5) + f + e + w[i] + k[i / 20];
        e = d;
        d = c;
        c = rotate(b, 30);
        b = a;
        a = t;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
    explicit_bzero(w, sizeof w);
}

/* Of one key block and a short message: all that HMAC needs. */
static void sha1_after(const uint8_t pad[BLOCK], const uint8_t *message, size_t n, uint8_t out[DIGEST])
{
    uint32_t h[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    uint8_t last[BLOCK] = {0};
    uint64_t bits = (BLOCK + (uint64_t)n) * 8;
    memcpy(last, message, n);
    last[n] = 0x80;
    for (int i = 0; i < 8; i++)
        last[BLOCK - 1 - i] = (uint8_t)(bits >> (8 * i));
    sha1_block(h, pad);
    sha1_block(h, last);
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 4; j++)
            out[4 * i + j] = (uint8_t)(h[i] >> (24 - 8 * j));
}

/* Keys of up to a block, messages of up to 55 bytes. */
static void hmac_sha1(struct str key, const uint8_t *message, size_t n, uint8_t out[DIGEST])
{
    uint8_t pad[BLOCK], inner[DIGEST];
    BUG_ON(key.n > BLOCK || n > BLOCK - 9);
    for (int part = 0; part < 2; part++) {
        memset(pad, part ? 0x5c : 0x36, BLOCK);
        for (size_t i = 0; i < key.n; i++)
            pad[i] ^= (uint8_t)key.p[i];
        sha1_after(pad, part ? inner : message, part ? DIGEST : n, part ? out : inner);
    }
    explicit_bzero(pad, sizeof pad);
    explicit_bzero(inner, sizeof inner);
}

/* ---- codes ---------------------------------------------------------------------------------------------------------------- */

uint32_t totp_code(struct str secret, int64_t step)
{
    uint8_t counter[8], mac[DIGEST];
    for (int i = 0; i < 8; i++)
        counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
    hmac_sha1(secret, counter, sizeof counter, mac);
    size_t at = mac[DIGEST - 1] & 15; /* dynamic truncation [RFC 4226, 5.3] */
    uint32_t v = (uint32_t)(mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 | (uint32_t)mac[at + 2] << 8 | mac[at + 3];
    explicit_bzero(mac, sizeof mac);
    return v % 1000000;
}

static bool read_digits(struct str typed, uint8_t out[TOTP_DIGITS])
{
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        if (typed.p[i] == ' ')
            continue;
        if (typed.p[i] < '0' || typed.p[i] > '9' || n == TOTP_DIGITS)
            return false;
        out[n++] = (uint8_t)typed.p[i];
    }
    return n == TOTP_DIGITS;
}

bool totp_check(struct str secret, struct str typed, int64_t now_s, int64_t last_step, int64_t *ret_step)
{
    uint8_t digits[TOTP_DIGITS], want[TOTP_DIGITS];
    int64_t found = -1;
    if (!read_digits(typed, digits))
        return false;
    for (int64_t step = now_s / TOTP_STEP_S - TOTP_WINDOW; step <= now_s / TOTP_STEP_S + TOTP_WINDOW; step++) {
        uint32_t code = totp_code(secret, step);
        for (int i = TOTP_DIGITS - 1; i >= 0; i--, code /= 10)
            want[i] = (uint8_t)('0' + code % 10);
        if (crypto_equal(digits, want, TOTP_DIGITS) && step > last_step)
            found = step;
    }
    explicit_bzero(want, sizeof want);
    if (found < 0)
        return false;
    *ret_step = found;
    return true;
}

/* ---- as an authenticator takes it ------------------------------------------------------------------------------------------- */

struct str totp_base32(struct arena *a, struct str bytes, bool grouped)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; /* RFC 4648, without padding */
    struct buf b;
    uint32_t held = 0;
    int bits = 0;
    size_t n = 0;
    buf_init(&b, a, bytes.n * 2 + bytes.n / 2 + 8);
    for (size_t i = 0; i < bytes.n || bits > 0;) {
        if (bits < 5 && i < bytes.n) {
            held = held << 8 | (uint8_t)bytes.p[i++];
            bits += 8;
        } else if (bits < 5) {
            held <<= 5 - bits;
            bits = 5;
        }
        if (grouped && n > 0 && n % 4 == 0)
            buf_putc(&b, ' ');
        buf_putc(&b, letters[held >> (bits - 5) & 31]);
        bits -= 5;
        n++;
    }
    return buf_str(&b);
}

static void put_label(struct buf *b, struct str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (plain) {
            buf_putc(b, (char)c);
        } else {
            buf_putc(b, '%');
            buf_putc(b, hex[c >> 4]);
            buf_putc(b, hex[c & 15]);
        }
    }
}

struct str totp_uri(struct arena *a, struct str issuer, struct str login, struct str secret)
{
    enum { ROOM = 1000 };
    struct buf b;
    buf_init(&b, a, ROOM);
    buf_put(&b, STR("otpauth://totp/"));
    put_label(&b, issuer);
    buf_putc(&b, ':');
    put_label(&b, login);
    buf_put(&b, STR("?secret="));
    buf_put(&b, totp_base32(a, secret, false));
    buf_put(&b, STR("&issuer="));
    put_label(&b, issuer);
    buf_put(&b, STR("&algorithm=SHA1&digits=6&period=30"));
    return buf_str(&b);
}
