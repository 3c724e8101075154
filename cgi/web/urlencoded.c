/*
 * urlencoded.c - query strings and application/x-www-form-urlencoded bodies into pairs.
 *
 * Contract: see form.h. '&' separates, '=' cuts at its first place, '+' is a blank, everything is percent-decoded once.
 * Must not know which fields a form has.
 */
#include "base/limits.h"
#include "web/form.h"
#include "web/request.h"

static size_t count_pairs(struct str text)
{
    size_t n = 1;
    for (const char *p = text.p, *end = text.p + text.n; (p = memchr(p, '&', (size_t)(end - p))); p++)
        n++;
    return n;
}

enum err urlencoded_parse(struct arena *a, struct fault *f, struct str text, struct form_pairs *ret)
{
    struct str piece, name, value;
    *ret = (struct form_pairs){0};
    if (!text.n)
        return ERR_OK;
    size_t most = count_pairs(text), n = 0;
    if (most > LIMIT_FORM_PAIRS)
        return fault_set(f, ERR_INVALID, "TOO_MANY_FIELDS", "%zu pairs", most);
    struct form_pair *pairs = ARENA_ARRAY(a, struct form_pair, most);
    while (text.n) {
        str_cut(text, '&', &piece, &text);
        if (!piece.n)
            continue;
        str_cut(piece, '=', &name, &value);
        if (!percent_decode(a, name, true, &pairs[n].name) || !percent_decode(a, value, true, &pairs[n].value))
            return fault_set(f, ERR_INVALID, "BAD_REQUEST", "bad escape or encoding in a form");
        n++;
    }
    *ret = (struct form_pairs){pairs, n};
    return ERR_OK;
}
