/*
 * token.h - JSON Web Tokens of the API. The only gate to jwt.h.
 *
 * libjwt as packaged checks neither times nor audience, and with an empty key nothing at all; so every rule stands here
 * (RFC 8725; decisions 19): HS256 only, keys of at least 32 bytes, at most LIMIT_TOKEN_BYTES, the keys of the ring tried
 * in turn (never chosen by what an unverified token says), algorithm pinned, `kid` equal to the key that verified, own
 * `typ` and `aud` per kind, `iss`, `iat`, `nbf`, `exp` integers and checked with 60 s of leeway, subject well formed.
 * Header `typ` is always "JWT" (libjwt writes no other); the kind stands in the claim `typ`.
 *
 * Tokens are signed by the newest key whose `since` is not after `iat`: a token made again for the same moment is the
 * same token, also after the ring was turned.
 */
#ifndef APP_TOKEN_H
#define APP_TOKEN_H

#include "app/crypto.h"

enum token_kind { TOKEN_ACCESS = 1 /* c:<account> */, TOKEN_TICKET /* t:<ticket> */, TOKEN_STAFF /* s:<staff> */,
                  TOKEN_SERVICE /* v:<service> */, TOKEN_KIND_END };

struct token {
    enum token_kind kind;
    uint64_t id;        /* account, ticket, staff, service */
    uint32_t epoch;     /* compared with the object's own epoch in the object's own query */
    int64_t issued_s, expires_s;
    uint64_t family;    /* TOKEN_ACCESS, claim `sid`: of the refresh tokens it came with; ends with them. 0 = none */
};

/* issuer is settings.issuer. The text lives in a. */
struct str token_sign(const struct keyring *k, struct arena *a, const char *issuer, const struct token *t);
/* ERR_LOGIN (reason TOKEN_INVALID, or TOKEN_EXPIRED) and nothing in *ret when any rule is broken. */
enum err token_verify(const struct keyring *k, struct fault *f, const char *issuer, enum token_kind kind, struct str text,
                      int64_t now_s, struct token *ret) MUST_CHECK;

/*
 * Tokens that were found good are remembered by their hash, so that a client who asks again and again is not checked from
 * the start each time: the checks of token_verify cost more than reading a ticket. What is not remembered, but in the one
 * spelling that token_sign writes, is judged by a shorter way, of which the fuzzing shows that it says what token_verify
 * says. Times are looked at anew; the epoch is compared by the object's query as ever. One cache belongs to one key ring and one issuer, for their life. Its size is
 * fixed; a newer token takes an older one's place.
 */
struct token_cache;
struct token_cache *token_cache_new(void); /* NULL = no memory */
void token_cache_free(struct token_cache *t);
enum err token_verify_cached(struct token_cache *cache, const struct keyring *k, struct fault *f, const char *issuer,
                             enum token_kind kind, struct str text, int64_t now_s, struct token *ret) MUST_CHECK;

#endif
