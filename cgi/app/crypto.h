/*
 * crypto.h - the keyring and all cryptography. The only gate to sodium.h.
 *
 * The key file is made by `make run` in development and by the operator in production (sudactl keys), mode 0600, and is
 * backed up apart from the database. Its lines are "<purpose> <id> <since> <64 hex digits>"; '#' begins a comment. Keys
 * live in guarded memory and are wiped at exit. Every call aborts on a missing key: a program without its key must not
 * have started (keyring_load refuses an incomplete file).
 *
 * Personal data: XChaCha20-Poly1305 with a random nonce; the text "table|column|row" is bound in, so that a ciphertext
 * moved to another row is refused [decisions 10]. Blind index: keyed BLAKE2b-128 of the normalised value. All else is
 * keyed BLAKE2b with a key per purpose and a label per use.
 */
#ifndef APP_CRYPTO_H
#define APP_CRYPTO_H

#include "base/arena.h"
#include "base/err.h"

struct keyring;

enum { CRYPTO_KEY_BYTES = 32, CRYPTO_HASH_BYTES = 32, CRYPTO_BIDX_BYTES = 16, CRYPTO_SEAL_OVERHEAD = 24 + 16 };

enum key_use {
    KEY_ENCRYPT,     /* several; the newest seals, all open; id 1..255 stands beside the ciphertext */
    KEY_BLIND,       /* blind index of phones */
    KEY_CODE,        /* query codes */
    KEY_HASH,        /* hashes of bearer secrets in the database: sessions, refresh tokens, links, upload ids */
    KEY_SMS,         /* SMS codes */
    KEY_CHECKPOINT,  /* MAC of chain checkpoints */
    KEY_CURSOR,      /* MAC of list cursors */
    KEY_MISC,        /* whatever web needs: masks, rate-bucket hashing */
    KEY_JWT,         /* current, previous, next: app/token.h */
    KEY_USES
};

/* Once per process before anything else; aborts when libsodium cannot start. Repeated calls are free. */
void crypto_init(void);

/* Writes a new key file with one key of each purpose (O_EXCL, 0600, fsync). false: why says so. */
bool keyring_create(const char *path, int64_t now_s, char *why, size_t why_size);
/* NULL when the file is missing, readable by others, incomplete, or a key is shorter than 32 bytes; why says which. */
struct keyring *keyring_load(const char *path, char *why, size_t why_size);
void keyring_free(struct keyring *k);

/* Opening and sealing a field. The row id binds too; where = "contact|phone". */
struct sealed {
    uint8_t key_id;
    struct str bytes; /* nonce ‖ ciphertext ‖ tag */
};
struct sealed crypto_seal(const struct keyring *k, struct arena *a, struct str plain, const char *where, uint64_t row);
/* Several columns of one row share key_id, so sealing with a given key must be possible. */
uint8_t crypto_seal_key(const struct keyring *k);
/* ERR_INTERNAL (CRYPTO_BROKEN) when the key is unknown or the bytes were changed or moved. */
enum err crypto_open(const struct keyring *k, struct arena *a, struct fault *f, uint8_t key_id, struct str bytes,
                     const char *where, uint64_t row, struct str *ret) MUST_CHECK;

/* BLAKE2b-256 without a key: idempotency hashes, commitments, chain. */
struct crypto_hasher { /* must not be copied: the state sits on a 64-byte boundary inside */
    _Alignas(16) unsigned char room[384 + 64];
};
void crypto_digest_start(struct crypto_hasher *h);
void crypto_digest_put(struct crypto_hasher *h, struct str s);      /* bytes as they are */
void crypto_digest_put_u64(struct crypto_hasher *h, uint64_t v);    /* 8 bytes, big endian */
void crypto_digest_put_field(struct crypto_hasher *h, struct str s); /* length, then bytes: no two inputs run together */
void crypto_digest_end(struct crypto_hasher *h, uint8_t out[CRYPTO_HASH_BYTES]);
void crypto_digest(struct str s, uint8_t out[CRYPTO_HASH_BYTES]);

/* SHA-256, for files: what the API shows and others can recompute. */
struct crypto_sha256 {
    _Alignas(8) unsigned char state[128];
};
void crypto_sha256_start(struct crypto_sha256 *h);
void crypto_sha256_put(struct crypto_sha256 *h, const void *p, size_t n);
void crypto_sha256_end(struct crypto_sha256 *h, uint8_t out[32]);

/* HMAC-SHA-256 [RFC 2104], for app/token.c alone. */
enum { CRYPTO_HMAC_BYTES = 32 };
void crypto_hmac_sha256(const uint8_t *key, size_t n, struct str data, uint8_t out[CRYPTO_HMAC_BYTES]);

/* Keyed BLAKE2b over label ‖ 0 ‖ data; n is 16..64. */
void crypto_mac(const struct keyring *k, enum key_use use, const char *label, struct str data, uint8_t *out, size_t n);
/* crypto_mac with KEY_HASH into 32 bytes: how a bearer secret is found in a table that, stolen, opens nothing. */
void crypto_token_hash(const struct keyring *k, const char *label, struct str secret, uint8_t out[32]);
/* Blind index of a normalised phone (KEY_BLIND). */
void crypto_blind(const struct keyring *k, struct str normalised, uint8_t out[CRYPTO_BIDX_BYTES]);

/* Passwords: argon2id [RFC 9106]. The text names its cost, so that it can be raised. False: the memory was refused. */
enum { CRYPTO_PASSWORD_CHARS = 128 };
struct crypto_cost {
    int mib, passes;
};
bool crypto_password_hash(struct str password, struct crypto_cost cost, char out[CRYPTO_PASSWORD_CHARS]) MUST_CHECK;
/* Takes as long for a wrong password as for the right one. False also when the hash is not one, or memory was refused. */
bool crypto_password_fits(struct str hash, struct str password);
bool crypto_password_stale(struct str hash, struct crypto_cost cost); /* made with another cost */

bool crypto_equal(const void *a, const void *b, size_t n); /* constant time */
void crypto_wipe(void *p, size_t n);
void crypto_random(void *p, size_t n);
struct str crypto_random_text(struct arena *a, size_t n_bytes); /* base64url of n random bytes */
/* base64url without padding, into the caller's memory. False: not that, or too long. */
bool crypto_unbase64url(struct str text, char *out, size_t cap, size_t *ret_n);

/* The token ring, for app/token.c alone: keys newest first; since in UTC seconds. */
struct jwt_key {
    const char *kid;
    int64_t since;
    const uint8_t *key;
    size_t n;
};
size_t keyring_jwt(const struct keyring *k, const struct jwt_key **ret);

#endif
