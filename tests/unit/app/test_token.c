/*
 * test_token.c - tokens against everything that is known to go wrong with them (dependencies: RFC 8725, libjwt 1.10).
 *
 * Forged tokens are signed here with the true key, so that only the rule under test can refuse them; each group begins
 * with a token that is good, which is its negative control.
 */
#include "keys.h"

#include <sodium.h>

#include "app/token.h"
#include "base/hash.h"
#include "base/limits.h"

static struct arena *a;
static struct keyring *keys;
static char path[] = "/tmp/suda-token-XXXXXX";
enum { NOW = 1800000000 };

static void jwt_lines(FILE *out)
{
    keys_line(out, "jwt", 1, 0, 0xa1);              /* previous */
    keys_line(out, "jwt", 2, NOW - 1000, 0xa2);     /* current */
    keys_line(out, "jwt", 3, NOW + 1000000, 0xa3);  /* next */
}

static int open_all(void **state)
{
    char why[200];
    (void)state;
    close(mkstemp(path));
    keys_write(path, jwt_lines);
    a = arena_new(1 << 20);
    keys = keyring_load(path, why, sizeof why);
    if (!keys)
        fail_msg("%s", why);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    keyring_free(keys);
    arena_free(a);
    unlink(path);
    return 0;
}

static struct str forge(const char *header, const char *payload, unsigned char key_byte)
{
    unsigned char key[32], mac[crypto_auth_hmacsha256_BYTES];
    memset(key, key_byte, sizeof key);
    struct str signed_part = arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(base64url_encode(a, str_from_c(header))),
                                          STR_ARG(base64url_encode(a, str_from_c(payload))));
    crypto_auth_hmacsha256_state s;
    crypto_auth_hmacsha256_init(&s, key, sizeof key);
    crypto_auth_hmacsha256_update(&s, (const unsigned char *)signed_part.p, signed_part.n);
    crypto_auth_hmacsha256_final(&s, mac);
    return arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(signed_part),
                        STR_ARG(base64url_encode(a, (struct str){(const char *)mac, sizeof mac})));
}

static enum err verify_as(enum token_kind kind, struct str text, const char **ret_reason)
{
    struct fault f = {0};
    struct token t = {.id = 77};
    enum err e = token_verify(keys, &f, "suda", kind, text, NOW, &t);
    if (e != ERR_OK)
        assert_int_equal(77, t.id); /* untouched on failure */
    /* The short way says the same of every text. */
    struct token_cache *fresh = token_cache_new();
    struct fault f2 = {0};
    struct token t2 = {.id = 77};
    assert_int_equal(e, token_verify_cached(fresh, keys, &f2, "suda", kind, text, NOW, &t2));
    token_cache_free(fresh);
    assert_true(t.id == t2.id && t.epoch == t2.epoch && t.family == t2.family && t.issued_s == t2.issued_s &&
                t.expires_s == t2.expires_s && t.kind == t2.kind);
    *ret_reason = f.reason;
    return e;
}

#define GOOD_HEADER "{\"alg\":\"HS256\",\"kid\":\"k2\",\"typ\":\"JWT\"}"
#define GOOD_PAYLOAD "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}"

static void assert_good(struct str text)
{
    const char *reason;
    if (verify_as(TOKEN_ACCESS, text, &reason) != ERR_OK)
        fail_msg("refused: %s: " STR_FMT, reason, STR_ARG(text));
}

static void assert_bad(struct str text)
{
    const char *reason;
    if (verify_as(TOKEN_ACCESS, text, &reason) != ERR_LOGIN)
        fail_msg("accepted: " STR_FMT, STR_ARG(text));
    assert_string_equal("TOKEN_INVALID", reason);
}

static void round_trip(void **state)
{
    (void)state;
    for (int kind = TOKEN_ACCESS; kind < TOKEN_KIND_END; kind++) {
        struct token in = {(enum token_kind)kind, UINT64_MAX - 5, 4000000000u, NOW, NOW + 900,
                           kind == TOKEN_ACCESS ? UINT64_MAX - 7 : 0}, out;
        struct fault f = {0};
        struct str text = token_sign(keys, a, "suda", &in), again = token_sign(keys, a, "suda", &in);
        assert_true(str_eq(text, again));
        assert_int_equal(ERR_OK, token_verify(keys, &f, "suda", in.kind, text, NOW, &out));
        assert_true(out.family == in.family && out.id == in.id && out.epoch == in.epoch && out.issued_s == in.issued_s && out.expires_s == in.expires_s);
        /* No kind passes for another, no issuer for another. */
        for (int other = TOKEN_ACCESS; other < TOKEN_KIND_END; other++)
            if (other != kind) {
                f = (struct fault){0};
                assert_int_equal(ERR_LOGIN, token_verify(keys, &f, "suda", (enum token_kind)other, text, NOW, &out));
            }
        f = (struct fault){0};
        assert_int_equal(ERR_LOGIN, token_verify(keys, &f, "other city", in.kind, text, NOW, &out));
    }
}

static void expires(void **state)
{
    (void)state;
    struct token in = {TOKEN_ACCESS, 5, 1, NOW - 1000, NOW - 100, 0}, out;
    struct fault f = {0};
    struct str text = token_sign(keys, a, "suda", &in);
    assert_int_equal(ERR_LOGIN, token_verify(keys, &f, "suda", TOKEN_ACCESS, text, NOW, &out));
    assert_string_equal("TOKEN_EXPIRED", f.reason);
    f = (struct fault){0};
    assert_int_equal(ERR_OK, token_verify(keys, &f, "suda", TOKEN_ACCESS, text, NOW - 100 + 59, &out)); /* leeway */
}

static void the_ring_turns(void **state)
{
    (void)state;
    struct token old = {TOKEN_TICKET, 5, 1, NOW - 5000, NOW + 5000, 0}, now = {TOKEN_TICKET, 5, 1, NOW - 500, NOW + 5000, 0}, out;
    struct fault f = {0};
    struct str by_old = token_sign(keys, a, "suda", &old), by_now = token_sign(keys, a, "suda", &now), head;
    struct str rest = STR_NONE, raw = STR_NONE;
    assert_true(str_cut(by_old, '.', &head, &rest) && base64url_decode(a, head, &raw));
    assert_non_null(str_find(raw, STR("\"k1\"")));
    assert_true(str_cut(by_now, '.', &head, &rest) && base64url_decode(a, head, &raw));
    assert_non_null(str_find(raw, STR("\"k2\"")));
    assert_int_equal(ERR_OK, token_verify(keys, &f, "suda", TOKEN_TICKET, by_old, NOW, &out));
    assert_int_equal(ERR_OK, token_verify(keys, &f, "suda", TOKEN_TICKET, by_now, NOW, &out));
    assert_good(forge("{\"alg\":\"HS256\",\"kid\":\"k3\",\"typ\":\"JWT\"}", GOOD_PAYLOAD, 0xa3)); /* of a host that turned first */
}

static void algorithms(void **state)
{
    (void)state;
    assert_good(forge(GOOD_HEADER, GOOD_PAYLOAD, 0xa2));
    struct str payload = base64url_encode(a, str_from_c(GOOD_PAYLOAD));
    const char *const none[] = {"{\"alg\":\"none\",\"kid\":\"k2\",\"typ\":\"JWT\"}", "{\"alg\":\"None\",\"kid\":\"k2\"}",
                                "{\"typ\":\"JWT\",\"kid\":\"k2\"}"};
    for (size_t i = 0; i < 3; i++) {
        struct str h = base64url_encode(a, str_from_c(none[i]));
        assert_bad(arena_printf(a, STR_FMT "." STR_FMT ".", STR_ARG(h), STR_ARG(payload)));
        assert_bad(arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(h), STR_ARG(payload)));
        assert_bad(arena_printf(a, STR_FMT "." STR_FMT ".AAAA", STR_ARG(h), STR_ARG(payload)));
    }
    /* Right MAC, wrong name: key confusion, and a longer hash than is issued. */
    assert_bad(forge("{\"alg\":\"RS256\",\"kid\":\"k2\",\"typ\":\"JWT\"}", GOOD_PAYLOAD, 0xa2));
    assert_bad(forge("{\"alg\":\"ES256\",\"kid\":\"k2\",\"typ\":\"JWT\"}", GOOD_PAYLOAD, 0xa2));
    assert_bad(forge("{\"alg\":\"HS512\",\"kid\":\"k2\",\"typ\":\"JWT\"}", GOOD_PAYLOAD, 0xa2));
    assert_bad(forge("{\"alg\":\"HS256\",\"alg\":\"none\",\"kid\":\"k2\"}", GOOD_PAYLOAD, 0xa2));
    assert_bad(forge("{\"alg\":\"none\",\"alg\":\"HS256\",\"kid\":\"k2\"}", GOOD_PAYLOAD, 0xa2));
}

static void a_true_hs512_is_refused(void **state)
{
    unsigned char key[32], mac[crypto_auth_hmacsha512_BYTES];
    (void)state;
    memset(key, 0xa2, sizeof key);
    struct str part = arena_printf(a, STR_FMT "." STR_FMT,
                                   STR_ARG(base64url_encode(a, STR("{\"alg\":\"HS512\",\"kid\":\"k2\",\"typ\":\"JWT\"}"))),
                                   STR_ARG(base64url_encode(a, str_from_c(GOOD_PAYLOAD))));
    crypto_auth_hmacsha512_state s;
    crypto_auth_hmacsha512_init(&s, key, sizeof key);
    crypto_auth_hmacsha512_update(&s, (const unsigned char *)part.p, part.n);
    crypto_auth_hmacsha512_final(&s, mac);
    assert_bad(arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(part),
                            STR_ARG(base64url_encode(a, (struct str){(const char *)mac, sizeof mac}))));
}

static void keys_and_names(void **state)
{
    (void)state;
    assert_bad(forge(GOOD_HEADER, GOOD_PAYLOAD, 0x00)); /* an empty key */
    assert_bad(forge(GOOD_HEADER, GOOD_PAYLOAD, 0x11)); /* a key of another use */
    assert_bad(forge("{\"alg\":\"HS256\",\"typ\":\"JWT\"}", GOOD_PAYLOAD, 0xa2)); /* no kid */
    assert_bad(forge("{\"alg\":\"HS256\",\"kid\":\"k9\",\"typ\":\"JWT\"}", GOOD_PAYLOAD, 0xa2)); /* unknown */
    assert_bad(forge("{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"JWT\"}", GOOD_PAYLOAD, 0xa2)); /* another's */
    assert_bad(forge("{\"alg\":\"HS256\",\"kid\":2,\"typ\":\"JWT\"}", GOOD_PAYLOAD, 0xa2));
}

static void form(void **state)
{
    (void)state;
    struct str good = forge(GOOD_HEADER, GOOD_PAYLOAD, 0xa2);
    static const char *const tails[] = {"=", "==", ".", ".x", "\n", " ", "!", "A", "&"};
    assert_good(good);
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        assert_bad(arena_concat(a, good, str_from_c(tails[i])));
    assert_bad(arena_concat(a, STR(" "), good));
    assert_bad(arena_concat(a, STR("."), good));
    assert_bad(arena_concat(a, good, (struct str){"\0", 1}));
    assert_bad(STR_NONE);
    assert_bad(STR(".."));
    assert_bad(STR("a.b.c"));
    char *longer = arena_alloc(a, LIMIT_TOKEN_BYTES + 10);
    memset(longer, 'A', LIMIT_TOKEN_BYTES + 9);
    longer[10] = longer[20] = '.';
    assert_bad((struct str){longer, LIMIT_TOKEN_BYTES + 1});
    assert_bad((struct str){longer, LIMIT_TOKEN_BYTES});
    /* Any flipped byte. */
    for (size_t i = 0; i < good.n; i++) {
        struct str copy = arena_dup(a, good);
        char *p = (char *)(uintptr_t)copy.p;
        p[i] = p[i] == 'A' ? 'B' : 'A';
        const char *reason;
        enum err e = verify_as(TOKEN_ACCESS, copy, &reason);
        /* The last characters of base64url carry unused bits; a change there may leave the same bytes. */
        if (e == ERR_OK && i + 1 < good.n)
            fail_msg("accepted with byte %zu changed", i);
    }
}

static void claims(void **state)
{
    (void)state;
    static const char *const bad[] = {
        /* exp */
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":\"1800000900\",\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900.5,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":99999999999,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":-1,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":null,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\" :1800000900,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"\\u0065xp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        /* iat, nbf */
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000100,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"nbf\":1800000100,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"nbf\":\"0\",\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        /* iss, aud, typ */
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"sudb\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:ticket\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":[\"suda:api\"],\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"ticket\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\"}",
        /* sub, ep */
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"t:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:0\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:05\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5 \",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:18446744073709551616\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":5,\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":-1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":4294967296,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        /* sid */
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sid\":12,\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sid\":\"\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sid\":\"0\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sid\":\"012\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sid\":\"12 \",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sid\":null,\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sid\":\"18446744073709551616\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sid\":\"1\",\"sid\":\"2\",\"sub\":\"c:5\",\"typ\":\"access\"}",
        /* no object, trailing text */
        "[]", "5", "\"x\"", "", GOOD_PAYLOAD "x", GOOD_PAYLOAD GOOD_PAYLOAD,
    };
    assert_good(forge(GOOD_HEADER, GOOD_PAYLOAD, 0xa2));
    assert_good(forge(GOOD_HEADER, "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sid\":\"12\",\"sub\":\"c:5\",\"typ\":\"access\"}", 0xa2));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_bad(forge(GOOD_HEADER, bad[i], 0xa2));
}

/* What is remembered passes no other kind and no later time, and what was refused is not remembered. */
static void remembered(void **state)
{
    (void)state;
    struct token_cache *c = token_cache_new();
    struct token in = {TOKEN_TICKET, 5, 7, NOW - 10, NOW + 900, 0}, out;
    struct fault f = {0};
    struct str text = token_sign(keys, a, "suda", &in), bad = forge(GOOD_HEADER, GOOD_PAYLOAD, 0xee);
    for (int i = 0; i < 3; i++) {
        memset(&out, 0, sizeof out);
        assert_int_equal(ERR_OK, token_verify_cached(c, keys, &f, "suda", TOKEN_TICKET, text, NOW, &out));
        assert_true(out.kind == TOKEN_TICKET && out.id == 5 && out.epoch == 7 && out.expires_s == NOW + 900);
        f = (struct fault){0};
        assert_int_equal(ERR_LOGIN, token_verify_cached(c, keys, &f, "suda", TOKEN_ACCESS, text, NOW, &out));
        f = (struct fault){0};
        assert_int_equal(ERR_LOGIN, token_verify_cached(c, keys, &f, "suda", TOKEN_ACCESS, bad, NOW, &out));
        f = (struct fault){0};
        assert_int_equal(ERR_LOGIN, token_verify_cached(c, keys, &f, "suda", TOKEN_TICKET, text, NOW + 2000, &out));
        assert_string_equal("TOKEN_EXPIRED", f.reason);
        f = (struct fault){0};
        assert_int_equal(ERR_LOGIN, token_verify_cached(c, keys, &f, "suda", TOKEN_TICKET, text, NOW - 500, &out));
        f = (struct fault){0};
    }
    /* More tokens than places: each is still what it is. */
    for (int round = 0; round < 2; round++)
        for (uint64_t id = 1; id <= 3000; id++) {
            struct arena *one = arena_new(1 << 16);
            struct token t = {TOKEN_TICKET, id, (uint32_t)id, NOW - 10, NOW + 900, 0};
            assert_int_equal(ERR_OK, token_verify_cached(c, keys, &f, "suda", TOKEN_TICKET, token_sign(keys, one, "suda", &t), NOW, &out));
            assert_true(out.id == id && out.epoch == (uint32_t)id);
            arena_free(one);
        }
    token_cache_free(c);
}

static struct str part_of(struct str token, int n)
{
    struct str part = STR_NONE, raw = STR_NONE;
    for (int i = 0; i <= n; i++)
        str_cut(token, '.', &part, &token);
    assert_true(base64url_decode(a, part, &raw));
    return raw;
}

/* The short way knows one spelling, which must be that of the library; else every token would take the long way. */
static void spelling(void **state)
{
    (void)state;
    struct token t = {TOKEN_ACCESS, 5, 1, NOW, NOW + 900, 0};
    assert_true(str_eq_c(part_of(token_sign(keys, a, "suda", &t), 0), GOOD_HEADER));
    assert_true(str_eq_c(part_of(token_sign(keys, a, "suda", &t), 1), GOOD_PAYLOAD));
    t.family = 12;
    assert_true(str_eq_c(part_of(token_sign(keys, a, "suda", &t), 1),
                         "{\"aud\":\"suda:api\",\"ep\":1,\"exp\":1800000900,\"iat\":1800000000,\"iss\":\"suda\",\"sid\":\"12\",\"sub\":\"c:5\",\"typ\":\"access\"}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trip), cmocka_unit_test(expires), cmocka_unit_test(the_ring_turns), cmocka_unit_test(algorithms),
        cmocka_unit_test(a_true_hs512_is_refused), cmocka_unit_test(keys_and_names), cmocka_unit_test(form), cmocka_unit_test(claims),
        cmocka_unit_test(remembered), cmocka_unit_test(spelling),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
