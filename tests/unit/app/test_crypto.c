/* test_crypto.c - the key file, sealing, blind index, hashes. */
#include "keys.h"

#include "app/keyring.h"
#include "base/hash.h"

static struct arena *a;
static struct keyring *keys;
static char path[] = "/tmp/suda-crypto-XXXXXX";

static void one_jwt(FILE *out)
{
    keys_line(out, "jwt", 1, 0, 0xa1);
}

static int open_all(void **state)
{
    char why[200];
    (void)state;
    close(mkstemp(path));
    keys_write(path, one_jwt);
    a = arena_new(1 << 20);
    keys = keyring_load(path, why, sizeof why);
    return keys ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    keyring_free(keys);
    arena_free(a);
    unlink(path);
    return 0;
}

/* ---- the file ---------------------------------------------------------------------------------------------------------------- */

static void made_and_read(void **state)
{
    char file[300], why[200];
    (void)state;
    snprintf(file, sizeof file, "%s.new", path);
    assert_true(keyring_create(file, 1000, why, sizeof why));
    struct stat st;
    assert_int_equal(0, stat(file, &st));
    assert_int_equal(0600, st.st_mode & 0777);
    struct keyring *k = keyring_load(file, why, sizeof why);
    assert_non_null(k);
    keyring_free(k);
    assert_false(keyring_create(file, 1000, why, sizeof why)); /* never over an old one */
    assert_int_equal(0, chmod(file, 0640));
    assert_null(keyring_load(file, why, sizeof why));
    assert_non_null(strstr(why, "0600"));
    unlink(file);
    assert_null(keyring_load(file, why, sizeof why));
}

static const char *bad_line;
static void add_bad(FILE *out)
{
    one_jwt(out);
    fprintf(out, "%s\n", bad_line);
}
static void no_jwt(FILE *out)
{
    (void)out;
}

static void bad_files_stop_the_start(void **state)
{
    static const struct {
        const char *line, *why;
    } bad[] = {
        {"encrypt 1 0 zz", "64 hex"},
        {"encrypt 2 0 00", "64 hex"},
        {"encrypt 2 0 0000000000000000000000000000000000000000000000000000000000000000", "zero"},
        {"encrypt 1 0 1111111111111111111111111111111111111111111111111111111111111111", "taken"},
        {"encrypt 0 0 1111111111111111111111111111111111111111111111111111111111111111", "1 to 255"},
        {"encrypt 256 0 1111111111111111111111111111111111111111111111111111111111111111", "1 to 255"},
        {"encrypt 2 x 1111111111111111111111111111111111111111111111111111111111111111", "UTC"},
        {"salt 2 0 1111111111111111111111111111111111111111111111111111111111111111", "purpose"},
        {"encrypt", "four words"},
        {"jwt 2 0 11111111111111111111111111111111", "64 hex"},
    };
    char file[300], why[200];
    (void)state;
    snprintf(file, sizeof file, "%s.bad", path);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        bad_line = bad[i].line;
        keys_write(file, add_bad);
        assert_null(keyring_load(file, why, sizeof why));
        if (!strstr(why, bad[i].why))
            fail_msg("%s: %s", bad[i].line, why);
    }
    keys_write(file, no_jwt);
    assert_null(keyring_load(file, why, sizeof why));
    assert_non_null(strstr(why, "jwt"));
    unlink(file);
}

/* ---- sealing ------------------------------------------------------------------------------------------------------------------- */

static void sealed_opens_in_its_place(void **state)
{
    struct str plain = STR("13800138000"), out;
    struct fault f = {0};
    (void)state;
    struct sealed s = crypto_seal(keys, a, plain, "contact|phone", 42), t = crypto_seal(keys, a, plain, "contact|phone", 42);
    assert_int_equal(plain.n + CRYPTO_SEAL_OVERHEAD, s.bytes.n);
    assert_false(str_eq(s.bytes, t.bytes)); /* a random nonce */
    assert_null(str_find(s.bytes, plain));
    assert_int_equal(ERR_OK, crypto_open(keys, a, &f, s.key_id, s.bytes, "contact|phone", 42, &out));
    assert_true(str_eq(plain, out));
    /* Another row, column or table; another key; any byte changed; cut. */
    assert_int_equal(ERR_INTERNAL, crypto_open(keys, a, &f, s.key_id, s.bytes, "contact|phone", 43, &out));
    assert_int_equal(ERR_INTERNAL, crypto_open(keys, a, &f, s.key_id, s.bytes, "contact|name", 42, &out));
    assert_int_equal(ERR_INTERNAL, crypto_open(keys, a, &f, s.key_id, s.bytes, "outbox|phone", 42, &out));
    assert_int_equal(ERR_INTERNAL, crypto_open(keys, a, &f, 9, s.bytes, "contact|phone", 42, &out));
    for (size_t i = 0; i < s.bytes.n; i++) {
        struct str copy = arena_dup(a, s.bytes);
        ((char *)(uintptr_t)copy.p)[i] ^= 1;
        assert_int_equal(ERR_INTERNAL, crypto_open(keys, a, &f, s.key_id, copy, "contact|phone", 42, &out));
        assert_int_equal(ERR_INTERNAL, crypto_open(keys, a, &f, s.key_id, str_slice(s.bytes, 0, i), "contact|phone", 42, &out));
    }
    s = crypto_seal(keys, a, STR_NONE, "contact|name", 1);
    assert_int_equal(ERR_OK, crypto_open(keys, a, &f, s.key_id, s.bytes, "contact|name", 1, &out));
    assert_int_equal(0, out.n);
}

static void second_key(FILE *out)
{
    one_jwt(out);
    keys_line(out, "encrypt", 2, 500, 0x77);
}

static void a_new_key_seals_the_old_still_opens(void **state)
{
    char file[300], why[200];
    struct fault f = {0};
    struct str out;
    (void)state;
    struct sealed old = crypto_seal(keys, a, STR("x"), "t|c", 1);
    snprintf(file, sizeof file, "%s.two", path);
    keys_write(file, second_key);
    struct keyring *k = keyring_load(file, why, sizeof why);
    assert_non_null(k);
    assert_int_equal(2, crypto_seal_key(k));
    assert_int_equal(ERR_OK, crypto_open(k, a, &f, old.key_id, old.bytes, "t|c", 1, &out));
    keyring_free(k);
    unlink(file);
}

/* ---- hashes --------------------------------------------------------------------------------------------------------------------- */

static void hashes_are_the_standard_ones(void **state)
{
    uint8_t h[32];
    struct crypto_sha256 s;
    (void)state;
    crypto_digest(STR("abc"), h); /* BLAKE2b-256, as b2sum -l 256 says */
    assert_str(hex_encode(a, (struct str){(const char *)h, 32}), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    crypto_sha256_start(&s);
    crypto_sha256_put(&s, "ab", 2);
    crypto_sha256_put(&s, "c", 1);
    crypto_sha256_end(&s, h);
    assert_str(hex_encode(a, (struct str){(const char *)h, 32}), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void fields_never_run_together(void **state)
{
    struct crypto_hasher h;
    uint8_t x[32], y[32];
    (void)state;
    crypto_digest_start(&h);
    crypto_digest_put_field(&h, STR("ab"));
    crypto_digest_put_field(&h, STR("c"));
    crypto_digest_end(&h, x);
    crypto_digest_start(&h);
    crypto_digest_put_field(&h, STR("a"));
    crypto_digest_put_field(&h, STR("bc"));
    crypto_digest_end(&h, y);
    assert_memory_not_equal(x, y, 32);
}

static void macs_differ_by_use_and_label(void **state)
{
    uint8_t x[32], y[32];
    (void)state;
    crypto_mac(keys, KEY_HASH, "session", STR("secret"), x, 32);
    crypto_mac(keys, KEY_HASH, "session", STR("secret"), y, 32);
    assert_true(crypto_equal(x, y, 32));
    crypto_mac(keys, KEY_HASH, "refresh", STR("secret"), y, 32);
    assert_false(crypto_equal(x, y, 32));
    crypto_mac(keys, KEY_MISC, "session", STR("secret"), y, 32);
    assert_false(crypto_equal(x, y, 32));
    crypto_blind(keys, STR("13800138000"), x);
    crypto_blind(keys, STR("13800138001"), y);
    assert_false(crypto_equal(x, y, CRYPTO_BIDX_BYTES));
    crypto_blind(keys, STR("13800138000"), y);
    assert_true(crypto_equal(x, y, CRYPTO_BIDX_BYTES));
}

static void base64url_is_strict(void **state)
{
    char out[8];
    size_t n = 0;
    (void)state;
    assert_true(crypto_unbase64url(STR("YWJj"), out, sizeof out, &n) && n == 3 && memcmp(out, "abc", 3) == 0);
    assert_false(crypto_unbase64url(STR("YWJj="), out, sizeof out, &n));
    assert_false(crypto_unbase64url(STR("YW+j"), out, sizeof out, &n));
    assert_false(crypto_unbase64url(STR("YWJjYWJjYWJjYWJj"), out, sizeof out, &n)); /* too long */
    assert_int_equal(22, crypto_random_text(a, 16).n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(made_and_read), cmocka_unit_test(bad_files_stop_the_start), cmocka_unit_test(sealed_opens_in_its_place),
        cmocka_unit_test(a_new_key_seals_the_old_still_opens), cmocka_unit_test(hashes_are_the_standard_ones),
        cmocka_unit_test(fields_never_run_together), cmocka_unit_test(macs_differ_by_use_and_label),
        cmocka_unit_test(base64url_is_strict),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
