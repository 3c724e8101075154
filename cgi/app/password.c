/*
 * password.c - judging, making and comparing passwords of the staff.
 *
 * Contract: see password.h. The list below is our own choice of what is tried first: the front ranks of every published
 * list that reach twelve characters once years and the usual tails are added, and the words of this product and city.
 */
#include "app/password.h"

#include "app/crypto.h"
#include "base/utf8.h"

/* Lower case. A password that consists of these alone, digits, and signs is refused: password2026!, beijing12345. */
static const char *const common[] = {
    "password", "passwort", "passw0rd", "p@ssw0rd", "p@ssword", "pass", "word", "qwertyuiop", "qwerty", "qwertz", "azerty",
    "asdfghjkl", "asdfgh", "asdf", "zxcvbnm", "zxcvbn", "zxcv", "1qaz2wsx", "1q2w3e4r", "qazwsx", "q1w2e3r4", "letmein",
    "welcome", "admin", "administrator", "root", "user", "guest", "test", "demo", "login", "changeme", "change", "secret",
    "default", "master", "super", "superman", "batman", "dragon", "monkey", "shadow", "sunshine", "princess", "football",
    "baseball", "iloveyou", "iloveu", "loveyou", "love", "trustno1", "whatever", "freedom", "hello", "computer", "internet",
    "samsung", "google", "chrome", "michael", "charlie", "abc", "abcd", "abcdef", "abcdefg", "abcdefgh", "abcdefghijkl", "xyz",
    "aaa", "woaini", "woaiwojia", "wodemima", "mima", "nihao", "zhang", "wang", "wangwang", "asd", "qwe", "zaq", "suda",
    "susong", "jiesu", "jiesujiban", "jsjb", "shimin", "rexian", "fuwu", "gongdan", "tousu", "paidan", "huifang", "beijing",
    "peking", "china", "zhongguo", "chaoyang", "haidian", "dongcheng", "xicheng", "fengtai", "tongzhou", "hotline",
    "complaint", "citizen", "portal", "staff", "officer", "street", "district", "government", "gov", "zhengfu", "spring",
    "summer", "autumn", "winter", "january", "october", "december", "monday", "friday", "correcthorsebatterystaple",
    "correct", "horse", "battery", "staple", "thisisapassword", "this", "is", "my", "the", "a", "i"};

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_letter(char c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || (unsigned char)c >= 0x80;
}

static size_t matches(struct str s, size_t at, const char *word)
{
    size_t n = strlen(word);
    if (at + n > s.n)
        return 0;
    for (size_t i = 0; i < n; i++)
        if (lower(s.p[at + i]) != word[i])
            return 0;
    return n;
}

/* True when common words, digits and signs alone reach the end from here; reach[i] = the rest from i is made of them. */
static bool is_common(struct str s)
{
    bool reach[PASSWORD_MAX_CHARS * 4 + 1] = {0};
    if (s.n > PASSWORD_MAX_CHARS * 4)
        return false;
    reach[s.n] = true;
    for (size_t at = s.n; at-- > 0;) {
        reach[at] = !is_letter(s.p[at]) && reach[at + 1];
        for (size_t w = 0; !reach[at] && w < sizeof common / sizeof *common; w++) {
            size_t n = matches(s, at, common[w]);
            reach[at] = n > 0 && reach[at + n];
        }
    }
    return reach[0];
}

/* abababab..., aaaaaaa..., 123123123...: the password is its own first 1 to 4 bytes again and again. */
static bool is_repeated(struct str s)
{
    for (size_t run = 1; run <= 4; run++) {
        size_t i = run;
        while (i < s.n && s.p[i] == s.p[i - run])
            i++;
        if (i == s.n)
            return true;
    }
    return false;
}

/* True when it holds the word, and little else. */
static bool is_like(struct str s, struct str word)
{
    enum { ELSE_CHARS = 6, WORD_MIN = 3 };
    if (word.n < WORD_MIN || word.n > s.n || s.n - word.n > ELSE_CHARS)
        return false;
    for (size_t at = 0; at + word.n <= s.n; at++)
        if (str_eq_nocase(str_slice(s, at, at + word.n), word))
            return true;
    return false;
}

const char *password_complaint(struct str password, struct str login, struct str name)
{
    size_t chars = utf8_count(password);
    if (chars < PASSWORD_MIN_CHARS)
        return "PASSWORD_SHORT";
    if (chars > PASSWORD_MAX_CHARS)
        return "TOO_LONG";
    if (is_like(password, login) || is_like(password, name))
        return "PASSWORD_LIKE_LOGIN";
    return is_common(password) || is_repeated(password) ? "PASSWORD_COMMON" : NULL;
}

enum err password_check(struct ctx *c, const char *field, struct str password, struct str login, struct str name)
{
    const char *why = password_complaint(password, login, name);
    return why != NULL ? fault_field(c->fault, field, why) : ERR_OK;
}

struct str password_make(struct arena *a)
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789"; /* 31: neither l, i, o, nor 0, 1 */
    enum { GROUPS = 4, GROUP = 4, FAIR = 248 };
    char out[GROUPS * (GROUP + 1)];
    size_t n = 0;
    for (int i = 0; i < GROUPS * GROUP;) {
        uint8_t r;
        crypto_random(&r, 1);
        if (r >= FAIR) /* 8 x 31: above it the first letters would come more often */
            continue;
        if (i > 0 && i % GROUP == 0)
            out[n++] = '-';
        out[n++] = letters[r % 31];
        i++;
    }
    struct str made = arena_dup(a, (struct str){out, n});
    explicit_bzero(out, sizeof out);
    return made;
}

static struct crypto_cost cost(const struct ctx *c)
{
    return (struct crypto_cost){c->set->argon2_mib, c->set->argon2_passes};
}

enum err password_hash(struct ctx *c, struct str password, struct str *ret)
{
    char text[CRYPTO_PASSWORD_CHARS];
    if (!crypto_password_hash(password, cost(c), text))
        return fault_set(c->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "no memory for a password computation");
    *ret = arena_dup(c->a, str_from_c(text));
    return ERR_OK;
}

/* One a process, of a password that nobody knows. */
static struct str nobodys(struct ctx *c)
{
    static char text[CRYPTO_PASSWORD_CHARS];
    uint8_t secret[32];
    if (text[0] == 0) {
        crypto_random(secret, sizeof secret);
        if (!crypto_password_hash((struct str){(const char *)secret, sizeof secret}, cost(c), text))
            text[0] = 0;
    }
    return str_from_c(text);
}

bool password_fits(struct ctx *c, struct str hash, struct str password)
{
    struct str other = nobodys(c); /* made in any case, so that the first absent login of a process takes no longer */
    bool fits = crypto_password_fits(hash.n > 0 ? hash : other, password);
    return fits && hash.n > 0;
}

bool password_stale(const struct ctx *c, struct str hash)
{
    return crypto_password_stale(hash, cost(c));
}
