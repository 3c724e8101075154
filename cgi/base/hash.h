/* hash.h - encodings and a non-cryptographic hash. Cryptography lives in app/crypto. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/arena.h"

uint64_t hash_fnv1a(struct str s);
struct str hex_encode(struct arena *a, struct str bytes);            /* lower case */
bool hex_decode(struct arena *a, struct str text, struct str *ret);  /* either case */
struct str base64url_encode(struct arena *a, struct str bytes);      /* no padding */
bool base64url_decode(struct arena *a, struct str text, struct str *ret);
/* The same into the caller's memory: at most text.n / 4 * 3 + 2 bytes, in out when cap is enough; false when not. */
bool base64url_decode_to(struct str text, char *out, size_t cap, size_t *ret_n);

#endif
