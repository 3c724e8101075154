/*
 * crypto.c - cryptography by libsodium: sealing of fields, keyed and plain hashes, constant-time compare.
 *
 * Contract: no key ever leaves guarded memory except into libsodium, and into app/token.c through keyring_jwt(). A
 * missing key is a mistake of ours: keyring_load refuses incomplete files, so every lookup here succeeds or aborts.
 * Must not know what is sealed or hashed for whom.
 */
#include "app/crypto.h"

#include <sodium.h>

#include "app/keyring.h"
#include "base/random.h"

enum { STATE_ALIGN = 64 };
_Static_assert(sizeof(crypto_generichash_state) + STATE_ALIGN <= sizeof(struct crypto_hasher), "hasher too small");
_Static_assert(_Alignof(crypto_generichash_state) <= STATE_ALIGN, "hasher badly aligned");
_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct crypto_sha256), "sha256 state too small");
_Static_assert(CRYPTO_KEY_BYTES == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key size");
_Static_assert(CRYPTO_SEAL_OVERHEAD == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES +
                                           crypto_aead_xchacha20poly1305_ietf_ABYTES, "overhead");

enum { NONCE_BYTES = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, WHERE_BYTES = 96 };

void crypto_init(void)
{
    BUG_ON(sodium_init() < 0);
}

/* ---- sealing -------------------------------------------------------------------------------------------------------- */

static size_t bound_data(char out[WHERE_BYTES], const char *where, uint64_t row)
{
    int n = snprintf(out, WHERE_BYTES, "%s|%llu", where, (unsigned long long)row);
    BUG_ON(n < 0 || n >= WHERE_BYTES);
    return (size_t)n;
}

uint8_t crypto_seal_key(const struct keyring *k)
{
    return (uint8_t)keyring_newest(k, KEY_ENCRYPT)->id;
}

struct sealed crypto_seal(const struct keyring *k, struct arena *a, struct str plain, const char *where, uint64_t row)
{
    const struct key *key = keyring_newest(k, KEY_ENCRYPT);
    unsigned char *out = arena_alloc(a, plain.n + CRYPTO_SEAL_OVERHEAD);
    char ad[WHERE_BYTES];
    size_t ad_n = bound_data(ad, where, row);
    unsigned long long n = 0;
    random_bytes(out, NONCE_BYTES);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE_BYTES, &n, (const unsigned char *)plain.p, plain.n,
                                               (const unsigned char *)ad, ad_n, NULL, out, key->bytes);
    return (struct sealed){(uint8_t)key->id, {(const char *)out, NONCE_BYTES + (size_t)n}};
}

enum err crypto_open(const struct keyring *k, struct arena *a, struct fault *f, uint8_t key_id, struct str bytes,
                     const char *where, uint64_t row, struct str *ret)
{
    const struct key *key = keyring_find(k, KEY_ENCRYPT, key_id);
    if (!key)
        return fault_set(f, ERR_INTERNAL, "CRYPTO_BROKEN", "%s: key %u is not in the key file", where, key_id);
    if (bytes.n < CRYPTO_SEAL_OVERHEAD)
        return fault_set(f, ERR_INTERNAL, "CRYPTO_BROKEN", "%s of row %llu is too short", where, (unsigned long long)row);
    const unsigned char *p = (const unsigned char *)bytes.p;
    unsigned char *out = arena_alloc(a, bytes.n - CRYPTO_SEAL_OVERHEAD + 1);
    char ad[WHERE_BYTES];
    size_t ad_n = bound_data(ad, where, row);
    unsigned long long n = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, &n, NULL, p + NONCE_BYTES, bytes.n - NONCE_BYTES,
                                                   (const unsigned char *)ad, ad_n, p, key->bytes) != 0)
        return fault_set(f, ERR_INTERNAL, "CRYPTO_BROKEN", "%s of row %llu does not open", where, (unsigned long long)row);
    *ret = (struct str){(const char *)out, (size_t)n};
    return ERR_OK;
}

/* ---- hashes --------------------------------------------------------------------------------------------------------- */

/* Not every compiler keeps an alignment of 64 on the stack (AddressSanitizer's stack has 32), so it is made here. */
static crypto_generichash_state *state_of(struct crypto_hasher *h)
{
    uintptr_t at = ((uintptr_t)h->room + STATE_ALIGN - 1) & ~(uintptr_t)(STATE_ALIGN - 1);
    return (crypto_generichash_state *)at;
}

void crypto_digest_start(struct crypto_hasher *h)
{
    crypto_generichash_init(state_of(h), NULL, 0, CRYPTO_HASH_BYTES);
}

void crypto_digest_put(struct crypto_hasher *h, struct str s)
{
    crypto_generichash_update(state_of(h), (const unsigned char *)s.p, s.n);
}

void crypto_digest_put_u64(struct crypto_hasher *h, uint64_t v)
{
    char b[8];
    for (int i = 7; i >= 0; i--, v >>= 8)
        b[i] = (char)(v & 0xff);
    crypto_digest_put(h, (struct str){b, sizeof b});
}

void crypto_digest_put_field(struct crypto_hasher *h, struct str s)
{
    crypto_digest_put_u64(h, s.n);
    crypto_digest_put(h, s);
}

void crypto_digest_end(struct crypto_hasher *h, uint8_t out[CRYPTO_HASH_BYTES])
{
    crypto_generichash_final(state_of(h), out, CRYPTO_HASH_BYTES);
}

void crypto_digest(struct str s, uint8_t out[CRYPTO_HASH_BYTES])
{
    crypto_generichash(out, CRYPTO_HASH_BYTES, (const unsigned char *)s.p, s.n, NULL, 0);
}

void crypto_sha256_start(struct crypto_sha256 *h)
{
    crypto_hash_sha256_init((crypto_hash_sha256_state *)(void *)h->state);
}

void crypto_sha256_put(struct crypto_sha256 *h, const void *p, size_t n)
{
    crypto_hash_sha256_update((crypto_hash_sha256_state *)(void *)h->state, p, n);
}

void crypto_sha256_end(struct crypto_sha256 *h, uint8_t out[32])
{
    crypto_hash_sha256_final((crypto_hash_sha256_state *)(void *)h->state, out);
}

void crypto_hmac_sha256(const uint8_t *key, size_t n, struct str data, uint8_t out[CRYPTO_HMAC_BYTES])
{
    crypto_auth_hmacsha256_state s;
    crypto_auth_hmacsha256_init(&s, key, n);
    crypto_auth_hmacsha256_update(&s, (const unsigned char *)data.p, data.n);
    crypto_auth_hmacsha256_final(&s, out);
    sodium_memzero(&s, sizeof s);
}

/* The label ends with its NUL, so that label and data never run together. */
void crypto_mac(const struct keyring *k, enum key_use use, const char *label, struct str data, uint8_t *out, size_t n)
{
    const struct key *key = keyring_newest(k, use);
    struct crypto_hasher h;
    crypto_generichash_state *s = state_of(&h);
    BUG_ON(n < crypto_generichash_BYTES_MIN || n > crypto_generichash_BYTES_MAX);
    crypto_generichash_init(s, key->bytes, sizeof key->bytes, n);
    crypto_generichash_update(s, (const unsigned char *)label, strlen(label) + 1);
    crypto_generichash_update(s, (const unsigned char *)data.p, data.n);
    crypto_generichash_final(s, out, n);
    sodium_memzero(&h, sizeof h);
}

void crypto_token_hash(const struct keyring *k, const char *label, struct str secret, uint8_t out[32])
{
    crypto_mac(k, KEY_HASH, label, secret, out, 32);
}

void crypto_blind(const struct keyring *k, struct str normalised, uint8_t out[CRYPTO_BIDX_BYTES])
{
    crypto_mac(k, KEY_BLIND, "phone", normalised, out, CRYPTO_BIDX_BYTES);
}

bool crypto_equal(const void *a, const void *b, size_t n)
{
    return sodium_memcmp(a, b, n) == 0;
}

void crypto_wipe(void *p, size_t n)
{
    sodium_memzero(p, n);
}

void crypto_random(void *p, size_t n)
{
    random_bytes(p, n);
}

struct str crypto_random_text(struct arena *a, size_t n_bytes)
{
    unsigned char *raw = arena_alloc(a, n_bytes);
    size_t cap = sodium_base64_ENCODED_LEN(n_bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *out = arena_alloc(a, cap);
    random_bytes(raw, n_bytes);
    sodium_bin2base64(out, cap, raw, n_bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    sodium_memzero(raw, n_bytes);
    return (struct str){out, strlen(out)};
}

bool crypto_unbase64url(struct str text, char *out, size_t cap, size_t *ret_n)
{
    const char *end = NULL;
    return sodium_base642bin((unsigned char *)out, cap, text.p, text.n, NULL, ret_n, &end,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 && end == text.p + text.n;
}

/* ---- guarded memory, for app/keyring.c -------------------------------------------------------------------------------- */

void *crypto_guarded(size_t n)
{
    return sodium_malloc(n);
}

void crypto_guarded_free(void *p)
{
    sodium_free(p);
}

void crypto_guarded_seal(void *p)
{
    sodium_mprotect_readonly(p);
}

/* ---- passwords ---------------------------------------------------------------------------------------------------------- */

_Static_assert((int)CRYPTO_PASSWORD_CHARS == (int)crypto_pwhash_STRBYTES, "room for a password hash");

bool crypto_password_hash(struct str password, struct crypto_cost cost, char out[CRYPTO_PASSWORD_CHARS])
{
    return crypto_pwhash_str_alg(out, password.p, password.n, (unsigned long long)cost.passes, (size_t)cost.mib * 1024 * 1024,
                                 crypto_pwhash_ALG_ARGON2ID13) == 0;
}

static bool hash_text(struct str hash, char out[CRYPTO_PASSWORD_CHARS])
{
    if (hash.n == 0 || hash.n >= CRYPTO_PASSWORD_CHARS)
        return false;
    memset(out, 0, CRYPTO_PASSWORD_CHARS);
    memcpy(out, hash.p, hash.n);
    return true;
}

bool crypto_password_fits(struct str hash, struct str password)
{
    char text[CRYPTO_PASSWORD_CHARS];
    return hash_text(hash, text) && crypto_pwhash_str_verify(text, password.p, password.n) == 0;
}

bool crypto_password_stale(struct str hash, struct crypto_cost cost)
{
    char text[CRYPTO_PASSWORD_CHARS];
    return !hash_text(hash, text) || crypto_pwhash_str_needs_rehash(text, (unsigned long long)cost.passes,
                                                                    (size_t)cost.mib * 1024 * 1024) != 0;
}
