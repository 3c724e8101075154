/*
 * str.h - text as pointer and length. Not NUL-terminated unless a function says so; never owns its bytes.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *p;
    size_t n;
};

/* Trusted HTML, made only by the Markdown renderer and by generated templates. */
struct safe_html {
    struct str s;
};

#define STR(lit) ((struct str){"" lit, sizeof(lit) - 1})
#define STR_NONE ((struct str){"", 0})
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).n, (s).p

static inline struct str str_from_c(const char *c)
{
    return (struct str){c ? c : "", c ? strlen(c) : 0};
}
static inline bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
static inline bool str_eq_c(struct str a, const char *c)
{
    return str_eq(a, str_from_c(c));
}
static inline bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}
bool str_ends(struct str s, struct str suffix);
int str_cmp(struct str a, struct str b); /* bytewise, as memcmp */
bool str_eq_nocase(struct str a, struct str b); /* ASCII only */
struct str str_trim(struct str s); /* ASCII blanks at both ends */
struct str str_slice(struct str s, size_t from, size_t to); /* clamped */
/* Cuts at the first sep: head before it, tail after it. False (head = s, tail empty) when there is none. */
bool str_cut(struct str s, char sep, struct str *ret_head, struct str *ret_tail);
const char *str_find(struct str hay, struct str needle); /* NULL = absent */
/* Equal length and content, in time that depends on the length only. For secrets. */
bool str_eq_secret(struct str a, struct str b);

/* The digits of a number, at the end of room; printf costs ten times as much. */
enum { STR_DIGITS = 21 };
struct str str_of_u64(char room[STR_DIGITS], uint64_t v);
struct str str_of_i64(char room[STR_DIGITS], int64_t v);

/* Whole input must be digits within [min,max]; else false and ret untouched. */
bool parse_u64(struct str s, uint64_t min, uint64_t max, uint64_t *ret);
bool parse_i64(struct str s, int64_t min, int64_t max, int64_t *ret);

#endif
