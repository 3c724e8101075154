/*
 * fuzz_token.c - JSON Web Tokens: as they come, and with header and claims of any kind under a true signature.
 *
 * First byte: the low two bits choose the kind, bit 2 the key that signs, bit 3 whether the rest is a finished token or
 * two lines, header and claims, to be signed here.
 *
 * sources: cgi/base/[a-z]*.c cgi/app/{token,keyring,crypto}.c
 * covers: cgi/app/token.c
 */
#include <sodium.h>

#include "app/keyring.h"
#include "app/token.h"
#include "base/hash.h"
#include "fuzz.h"

enum { NOW_S = 1795313645, LEEWAY_S = 60 };
#define ISSUER "https://suda.example"

static const uint8_t keys[2][32] = {"0123456789abcdef0123456789abcde", "fedcba9876543210fedcba987654321"};

static const struct keyring *ring(void)
{
    static struct keyring k;
    if (!k.n_jwt) {
        for (size_t i = 0; i < 2; i++) {
            snprintf(k.kids[i], KID_CHARS, "k%zu", 2 - i);
            k.jwt[i] = (struct jwt_key){.kid = k.kids[i], .key = keys[i], .n = 32, .since = 1000 - (int64_t)i * 500};
        }
        k.n_jwt = 2;
    }
    return &k;
}

static struct str sign_front(struct arena *a, struct str front, const uint8_t key[32])
{
    uint8_t mac[crypto_auth_hmacsha256_BYTES];
    crypto_auth_hmacsha256(mac, (const uint8_t *)front.p, front.n, key);
    return base64url_encode(a, (struct str){(const char *)mac, sizeof mac});
}

static struct str signed_token(struct arena *a, struct str input, const uint8_t key[32])
{
    struct str header, claims;
    str_cut(input, '\n', &header, &claims);
    struct str head = base64url_encode(a, header), body = base64url_encode(a, claims);
    struct str front = arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(head), STR_ARG(body));
    struct str tail = sign_front(a, front, key);
    return arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(front), STR_ARG(tail));
}

/* Nothing is accepted that HMAC-SHA-256 with a key of the ring did not sign, whatever its header says. */
static void check_accepted(struct arena *a, struct str text, enum token_kind kind, const struct token *t)
{
    size_t end = text.n;
    while (end && text.p[end - 1] != '.')
        end--;
    FUZZ_CHECK(end > 1);
    struct str front = str_slice(text, 0, end - 1), tail = str_slice(text, end, text.n);
    FUZZ_CHECK(str_eq(tail, sign_front(a, front, keys[0])) || str_eq(tail, sign_front(a, front, keys[1])));
    FUZZ_CHECK(t->kind == kind && t->id > 0);
    FUZZ_CHECK(t->issued_s > 0 && t->issued_s <= NOW_S + LEEWAY_S && t->expires_s > NOW_S - LEEWAY_S);
}

static void check_round_trip(struct arena *a, const struct token *t)
{
    struct fault f = {0};
    struct token back;
    struct str text = token_sign(ring(), a, ISSUER, t);
    FUZZ_CHECK(token_verify(ring(), &f, ISSUER, t->kind, text, NOW_S, &back) == ERR_OK);
    FUZZ_CHECK(back.id == t->id && back.epoch == t->epoch && back.expires_s == t->expires_s);
    enum token_kind other = t->kind == TOKEN_ACCESS ? TOKEN_TICKET : TOKEN_ACCESS;
    FUZZ_CHECK(token_verify(ring(), &f, ISSUER, other, text, NOW_S, &back) == ERR_LOGIN);
    FUZZ_CHECK(token_verify(ring(), &f, "https://other", t->kind, text, NOW_S, &back) == ERR_LOGIN);
}

/* What remembers good tokens says of every text what the long way says: asked first (then by the short way), asked again, asked when the token has
 * ended, and asked for another kind. One cache for all inputs, so that they meet in its places. */
static void check_cached(struct str text, enum token_kind kind, enum err want, const struct token *t)
{
    static struct token_cache *cache;
    if (!cache)
        cache = token_cache_new();
    for (int i = 0; i < 2; i++) {
        struct fault f = {0};
        struct token got = {.kind = TOKEN_KIND_END, .id = 42};
        FUZZ_CHECK(token_verify_cached(cache, ring(), &f, ISSUER, kind, text, NOW_S, &got) == want);
        FUZZ_CHECK(want != ERR_OK || (got.kind == t->kind && got.id == t->id && got.epoch == t->epoch &&
                                      got.expires_s == t->expires_s && got.issued_s == t->issued_s && got.family == t->family));
    }
    if (want != ERR_OK)
        return;
    struct fault f = {0};
    struct token got;
    enum token_kind other = kind == TOKEN_ACCESS ? TOKEN_TICKET : TOKEN_ACCESS;
    FUZZ_CHECK(token_verify_cached(cache, ring(), &f, ISSUER, other, text, NOW_S, &got) == ERR_LOGIN);
    FUZZ_CHECK(token_verify_cached(cache, ring(), &f, ISSUER, kind, text, t->expires_s + LEEWAY_S, &got) == ERR_LOGIN);
    FUZZ_CHECK(token_verify_cached(cache, ring(), &f, ISSUER, kind, text, NOW_S, &got) == ERR_OK);
}

static void one(struct arena *a, struct str input)
{
    struct fault f = {0};
    struct token t = {.kind = TOKEN_KIND_END, .id = 42};
    if (!input.n)
        return;
    unsigned control = (unsigned char)input.p[0];
    enum token_kind kind = (enum token_kind)(TOKEN_ACCESS + (control & 3));
    struct str text = str_slice(input, 1, input.n);
    if (control & 8)
        text = signed_token(a, text, keys[control >> 2 & 1]);
    enum err err = token_verify(ring(), &f, ISSUER, kind, text, NOW_S, &t);
    if (err == ERR_OK) {
        check_accepted(a, text, kind, &t);
        check_round_trip(a, &t);
        check_cached(text, kind, err, &t);
    } else {
        FUZZ_CHECK(err == ERR_LOGIN && t.kind == TOKEN_KIND_END && t.id == 42); /* nothing in *ret */
        check_cached(text, kind, err, &t);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_with_arena(data, size, one);
    return 0;
}
