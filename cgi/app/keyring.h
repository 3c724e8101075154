/*
 * keyring.h - the keys themselves, for crypto.c, keyring.c and token.c only; everyone else holds an opaque pointer.
 */
#ifndef APP_KEYRING_H
#define APP_KEYRING_H

#include "app/crypto.h"

enum { KEYRING_KEYS_MAX = 64, KEYRING_FILE_BYTES = 16 * 1024, KID_CHARS = 8 };

struct key {
    enum key_use use;
    unsigned id;      /* 1..255, unique within its use */
    int64_t since;    /* UTC seconds */
    uint8_t bytes[CRYPTO_KEY_BYTES];
};
struct keyring {
    size_t n_keys, n_jwt;
    struct key keys[KEYRING_KEYS_MAX]; /* by use, newest first */
    struct jwt_key jwt[KEYRING_KEYS_MAX];
    char kids[KEYRING_KEYS_MAX][KID_CHARS];
};

const struct key *keyring_newest(const struct keyring *k, enum key_use use); /* aborts when there is none */
const struct key *keyring_find(const struct keyring *k, enum key_use use, unsigned id);

/* Memory between guard pages, locked, wiped when freed. NULL when the system refuses. */
void *crypto_guarded(size_t n);
void crypto_guarded_free(void *p);
void crypto_guarded_seal(void *p); /* read only from here on */

#endif
