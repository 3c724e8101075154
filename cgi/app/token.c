/*
 * token.c - signing and checking JSON Web Tokens by libjwt, which checks the signature and nothing else.
 *
 * Contract: no libjwt object survives a call (an arena that is exhausted jumps away, so results are copied to the stack
 * first). Every rule of token.h has a test that fails without it. Must not know accounts or tickets.
 */
#include "app/token.h"

#include <jwt.h>

#include "base/hash.h"
#include "base/limits.h"

enum { LEEWAY_S = 60, SUBJECT_BYTES = 32, LIFE_MAX_S = 400 * 86400 };

struct kind_words {
    char prefix;
    const char *typ, *aud;
};
static const struct kind_words kinds[TOKEN_KIND_END] = {
    [TOKEN_ACCESS] = {'c', "access", "suda:api"},
    [TOKEN_TICKET] = {'t', "ticket", "suda:ticket"},
    [TOKEN_STAFF] = {'s', "staff", "suda:staff"},
    [TOKEN_SERVICE] = {'v', "service", "suda:service"},
};

/* ---- signing ---------------------------------------------------------------------------------------------------------- */

/* The newest key that existed at `at`; for moments before all keys, the oldest: so one moment has one key for ever. */
static const struct jwt_key *key_at(const struct keyring *k, int64_t at)
{
    const struct jwt_key *ring = NULL;
    size_t n = keyring_jwt(k, &ring);
    BUG_ON(n == 0);
    for (size_t i = 0; i < n; i++)
        if (ring[i].since <= at)
            return &ring[i];
    return &ring[n - 1];
}

static int fill(jwt_t *j, const struct jwt_key *key, const char *issuer, const struct token *t)
{
    const struct kind_words *w = &kinds[t->kind];
    char sub[SUBJECT_BYTES];
    snprintf(sub, sizeof sub, "%c:%llu", w->prefix, (unsigned long long)t->id);
    int bad = jwt_add_header(j, "kid", key->kid);
    bad |= jwt_add_grant(j, "iss", issuer) | jwt_add_grant(j, "aud", w->aud) | jwt_add_grant(j, "typ", w->typ);
    bad |= jwt_add_grant(j, "sub", sub) | jwt_add_grant_int(j, "iat", t->issued_s) | jwt_add_grant_int(j, "exp", t->expires_s);
    bad |= jwt_add_grant_int(j, "ep", (long)t->epoch);
    snprintf(sub, sizeof sub, "%llu", (unsigned long long)t->family);
    if (t->family)
        bad |= jwt_add_grant(j, "sid", sub);
    bad |= jwt_set_alg(j, JWT_ALG_HS256, key->key, (int)key->n);
    return bad;
}

struct str token_sign(const struct keyring *k, struct arena *a, const char *issuer, const struct token *t)
{
    const struct jwt_key *key = key_at(k, t->issued_s);
    jwt_t *j = NULL;
    char held[LIMIT_TOKEN_BYTES];
    BUG_ON(t->kind < TOKEN_ACCESS || t->kind >= TOKEN_KIND_END || key->n < LIMIT_KEY_MIN_BYTES);
    BUG_ON(jwt_new(&j) != 0 || fill(j, key, issuer, t) != 0);
    char *text = jwt_encode_str(j);
    jwt_free(j);
    BUG_ON(!text || strlen(text) >= sizeof held);
    size_t n = strlen(text);
    memcpy(held, text, n);
    free(text);
    return arena_dup(a, (struct str){held, n});
}

/* ---- checking --------------------------------------------------------------------------------------------------------- */

/* Three non-empty parts of base64url and nothing else, of bearable length; NUL-terminated copy in out. */
static bool is_compact(struct str text, char out[LIMIT_TOKEN_BYTES + 1])
{
    size_t dots = 0, part = 0;
    if (text.n == 0 || text.n > LIMIT_TOKEN_BYTES)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
        if (c == '.') {
            if (part == 0)
                return false;
            dots++;
            part = 0;
        } else if (!plain) {
            return false;
        } else {
            part++;
        }
    }
    memcpy(out, text.p, text.n);
    out[text.n] = 0;
    return dots == 2 && part > 0;
}

/*
 * libjwt takes the last of two members with one name, other readers the first. What we issue has neither blanks nor
 * escapes, so that a name written twice is found by its bytes.
 */
static bool names_once(struct str part, const char *const *names, size_t n_names)
{
    char text[LIMIT_TOKEN_BYTES];
    size_t n = 0;
    if (!crypto_unbase64url(part, text, sizeof text, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)text[i] <= ' ' || text[i] == '\\')
            return false;
    for (size_t i = 0; i < n_names; i++) {
        struct str rest = {text, n}, name = str_from_c(names[i]);
        const char *at = str_find(rest, name);
        if (at && str_find(str_slice(rest, (size_t)(at - text) + name.n, n), name))
            return false;
    }
    return true;
}

static bool members_once(struct str token)
{
    static const char *const header[] = {"\"alg\":", "\"kid\":", "\"typ\":"};
    static const char *const payload[] = {"\"iss\":", "\"aud\":", "\"typ\":", "\"sub\":",
                                          "\"iat\":", "\"nbf\":", "\"exp\":", "\"ep\":", "\"sid\":"};
    struct str head, body, rest;
    str_cut(token, '.', &head, &rest);
    str_cut(rest, '.', &body, &rest);
    return names_once(head, header, sizeof header / sizeof *header) && names_once(body, payload, sizeof payload / sizeof *payload);
}

static bool grant_is(jwt_t *j, const char *name, const char *want)
{
    const char *v = jwt_get_grant(j, name);
    return v && strcmp(v, want) == 0;
}

/* libjwt answers 0 or -1 for a claim that is absent or no integer; the JSON of the claim tells. */
static bool integer_claim(jwt_t *j, const char *name, int64_t min, int64_t *ret)
{
    char *json = jwt_get_grants_json(j, name);
    bool ok = json && parse_i64(str_from_c(json), min, INT64_MAX / 4, ret);
    if (json)
        free(json);
    return ok;
}

static bool has_claim(jwt_t *j, const char *name)
{
    char *json = jwt_get_grants_json(j, name);
    if (json)
        free(json);
    return json != NULL;
}

static bool read_subject(jwt_t *j, char prefix, uint64_t *ret)
{
    const char *sub = jwt_get_grant(j, "sub");
    return sub && sub[0] == prefix && sub[1] == ':' && sub[2] != '0' && parse_u64(str_from_c(sub + 2), 1, UINT64_MAX, ret);
}

/* Left out by kinds that have none; what stands there must be a number as we write it. */
static bool read_family(jwt_t *j, uint64_t *ret)
{
    const char *sid = jwt_get_grant(j, "sid");
    *ret = 0;
    return sid ? sid[0] != '0' && parse_u64(str_from_c(sid), 1, UINT64_MAX, ret) : !has_claim(j, "sid");
}

enum verdict { GOOD, BAD, EXPIRED };

static enum verdict judge_times(int64_t now_s, const struct token *t)
{
    if (t->issued_s > now_s + LEEWAY_S || t->expires_s <= t->issued_s || t->expires_s - t->issued_s > LIFE_MAX_S)
        return BAD;
    return t->expires_s + LEEWAY_S <= now_s ? EXPIRED : GOOD;
}

static enum verdict check_times(jwt_t *j, int64_t now_s, struct token *t)
{
    int64_t nbf = 0;
    if (!integer_claim(j, "iat", 1, &t->issued_s) || !integer_claim(j, "exp", 1, &t->expires_s))
        return BAD;
    if (has_claim(j, "nbf") && (!integer_claim(j, "nbf", 0, &nbf) || nbf > now_s + LEEWAY_S))
        return BAD;
    return judge_times(now_s, t);
}

static enum verdict check_claims(jwt_t *j, const struct jwt_key *key, const char *issuer, enum token_kind kind,
                                 int64_t now_s, struct token *t)
{
    const struct kind_words *w = &kinds[kind];
    const char *kid = jwt_get_header(j, "kid");
    int64_t epoch = 0;
    if (jwt_get_alg(j) != JWT_ALG_HS256 || !kid || strcmp(kid, key->kid) != 0)
        return BAD;
    if (!grant_is(j, "iss", issuer) || !grant_is(j, "aud", w->aud) || !grant_is(j, "typ", w->typ))
        return BAD;
    if (!read_subject(j, w->prefix, &t->id) || !integer_claim(j, "ep", 0, &epoch) || epoch > UINT32_MAX ||
        !read_family(j, &t->family))
        return BAD;
    t->kind = kind;
    t->epoch = (uint32_t)epoch;
    return check_times(j, now_s, t);
}

static enum verdict try_ring(const struct keyring *k, const char *issuer, enum token_kind kind, const char *text,
                             int64_t now_s, struct token *t)
{
    const struct jwt_key *ring = NULL;
    size_t n = keyring_jwt(k, &ring);
    for (size_t i = 0; i < n; i++) {
        jwt_t *j = NULL;
        BUG_ON(!ring[i].key || ring[i].n < LIMIT_KEY_MIN_BYTES); /* with no key libjwt would verify nothing */
        if (jwt_decode(&j, text, ring[i].key, (int)ring[i].n) != 0)
            continue;
        enum verdict v = check_claims(j, &ring[i], issuer, kind, now_s, t);
        jwt_free(j);
        return v;
    }
    return BAD;
}

enum err token_verify(const struct keyring *k, struct fault *f, const char *issuer, enum token_kind kind, struct str text,
                      int64_t now_s, struct token *ret)
{
    char copy[LIMIT_TOKEN_BYTES + 1];
    struct token t = {0};
    BUG_ON(kind < TOKEN_ACCESS || kind >= TOKEN_KIND_END);
    enum verdict v = is_compact(text, copy) && members_once(text) ? try_ring(k, issuer, kind, copy, now_s, &t) : BAD;
    if (v == EXPIRED)
        return fault_set(f, ERR_LOGIN, "TOKEN_EXPIRED", "a token of kind %s has expired", kinds[kind].typ);
    if (v == BAD)
        return fault_set(f, ERR_LOGIN, "TOKEN_INVALID", "not a good token of kind %s", kinds[kind].typ);
    *ret = t;
    return ERR_OK;
}

/* ---- the short way ------------------------------------------------------------------------------------------------------ */

/*
 * What token_sign writes has one spelling for each token: header and claims in one order, without blanks and escapes. A text
 * in that spelling under the right MAC is found good here, by the rules above and without building any JSON, in a tenth of
 * the time. Of anything else nothing is said here: the long way judges it.
 */
static bool take(struct str *s, struct str want)
{
    if (!str_starts(*s, want))
        return false;
    *s = str_slice(*s, want.n, s->n);
    return true;
}

static bool take_c(struct str *s, const char *want)
{
    return take(s, str_from_c(want));
}

/* Digits as they are written: no sign, no zero before others. */
static bool take_number(struct str *s, uint64_t min, uint64_t max, uint64_t *ret)
{
    size_t n = 0;
    while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
        n++;
    struct str digits = str_slice(*s, 0, n);
    *s = str_slice(*s, n, s->n);
    return n > 0 && (n == 1 || digits.p[0] != '0') && parse_u64(digits, min, max, ret);
}

static bool take_claims(struct str s, const char *issuer, const struct kind_words *w, struct token *t)
{
    const char prefix[] = {w->prefix, ':'};
    uint64_t epoch, expires, issued;
    bool good = take(&s, STR("{\"aud\":\"")) && take_c(&s, w->aud) && take(&s, STR("\",\"ep\":")) &&
                take_number(&s, 0, UINT32_MAX, &epoch) && take(&s, STR(",\"exp\":")) &&
                take_number(&s, 1, INT64_MAX / 4, &expires) && take(&s, STR(",\"iat\":")) &&
                take_number(&s, 1, INT64_MAX / 4, &issued) && take(&s, STR(",\"iss\":\"")) && take_c(&s, issuer);
    if (good && take(&s, STR("\",\"sid\":\"")))
        good = take_number(&s, 1, UINT64_MAX, &t->family);
    good = good && take(&s, STR("\",\"sub\":\"")) && take(&s, (struct str){prefix, sizeof prefix}) &&
           take_number(&s, 1, UINT64_MAX, &t->id) && take(&s, STR("\",\"typ\":\"")) && take_c(&s, w->typ) && str_eq(s, STR("\"}"));
    if (!good)
        return false;
    t->epoch = (uint32_t)epoch;
    t->expires_s = (int64_t)expires;
    t->issued_s = (int64_t)issued;
    return true;
}

/* The key whose own header this is; NULL = none. */
static const struct jwt_key *key_of_header(const struct keyring *k, struct str header)
{
    const struct jwt_key *ring = NULL;
    size_t n = keyring_jwt(k, &ring);
    for (size_t i = 0; i < n; i++) {
        struct str s = header;
        if (take(&s, STR("{\"alg\":\"HS256\",\"kid\":\"")) && take_c(&s, ring[i].kid) && str_eq(s, STR("\",\"typ\":\"JWT\"}")))
            return &ring[i];
    }
    return NULL;
}

static bool good_at_once(const struct keyring *k, const char *issuer, enum token_kind kind, struct str text, int64_t now_s,
                         struct token *ret)
{
    char raw[LIMIT_TOKEN_BYTES];
    uint8_t mac[CRYPTO_HMAC_BYTES];
    struct str head, body, tail;
    size_t n;
    if (text.n > LIMIT_TOKEN_BYTES || !str_cut(text, '.', &head, &tail) || !str_cut(tail, '.', &body, &tail) ||
        !base64url_decode_to(head, raw, sizeof raw, &n))
        return false;
    const struct jwt_key *key = key_of_header(k, (struct str){raw, n});
    if (!key)
        return false;
    BUG_ON(!key->key || key->n < LIMIT_KEY_MIN_BYTES);
    crypto_hmac_sha256(key->key, key->n, (struct str){text.p, head.n + 1 + body.n}, mac);
    if (!base64url_decode_to(tail, raw, sizeof raw, &n) || n != sizeof mac || !crypto_equal(raw, mac, sizeof mac))
        return false;
    struct token t = {.kind = kind};
    if (!base64url_decode_to(body, raw, sizeof raw, &n) || !take_claims((struct str){raw, n}, issuer, &kinds[kind], &t) ||
        judge_times(now_s, &t) != GOOD)
        return false;
    *ret = t;
    return true;
}

/* ---- remembering -------------------------------------------------------------------------------------------------------- */

enum { CACHE_PLACES = 8192 /* a power of two */ };

struct token_cache {
    struct known {
        uint8_t hash[32]; /* of kind and text */
        struct token token; /* kind 0 = free */
    } at[CACHE_PLACES];
};

struct token_cache *token_cache_new(void)
{
    return calloc(1, sizeof(struct token_cache));
}

void token_cache_free(struct token_cache *t)
{
    free(t);
}

enum err token_verify_cached(struct token_cache *cache, const struct keyring *k, struct fault *f, const char *issuer,
                             enum token_kind kind, struct str text, int64_t now_s, struct token *ret)
{
    uint8_t hash[32];
    uint32_t place;
    struct crypto_hasher h;
    BUG_ON(kind < TOKEN_ACCESS || kind >= TOKEN_KIND_END);
    crypto_digest_start(&h);
    crypto_digest_put_u64(&h, (uint64_t)kind);
    crypto_digest_put(&h, text);
    crypto_digest_end(&h, hash);
    memcpy(&place, hash, sizeof place);
    struct known *x = &cache->at[place & (CACHE_PLACES - 1)];
    if (x->token.kind == kind && crypto_equal(x->hash, hash, sizeof hash) && x->token.expires_s + LEEWAY_S > now_s &&
        x->token.issued_s <= now_s + LEEWAY_S) {
        *ret = x->token;
        return ERR_OK;
    }
    enum err e = good_at_once(k, issuer, kind, text, now_s, ret) ? ERR_OK : token_verify(k, f, issuer, kind, text, now_s, ret);
    if (e == ERR_OK) {
        memcpy(x->hash, hash, sizeof hash);
        x->token = *ret;
    }
    return e;
}
