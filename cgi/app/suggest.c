/*
 * suggest.c - scoring the catalogue's items against a text. Pure; the catalogue is in memory.
 */
#include "app/suggest.h"

#include "app/normalise.h"
#include "base/utf8.h"

/* Twice the length of each keyword that occurs; a keyword counts once. */
static int score_keywords(struct str text, struct str keywords)
{
    int score = 0;
    while (keywords.n > 0) {
        struct str word_;
        str_cut(keywords, ';', &word_, &keywords);
        word_ = str_trim(word_);
        if (word_.n > 0 && str_find(text, word_))
            score += 2 * (int)utf8_count(word_);
    }
    return score;
}

/* The pairs of a text as a set of bits; two pairs may share a bit, which costs a wrong point now and then, no more. */
enum { PAIR_BITS = 1 << 16, PAIR_POINTS = 3, SCORE_MIN = 2 * PAIR_POINTS, GUESSES_MAX = 3 };
struct pairs {
    uint64_t bit[PAIR_BITS / 64];
};

static uint32_t pair_of(uint32_t a, uint32_t b)
{
    return (a * 31 + b * 7919) % PAIR_BITS;
}

static void pairs_add(struct pairs *p, uint32_t pair)
{
    p->bit[pair / 64] |= UINT64_C(1) << (pair % 64);
}

static bool pairs_has(const struct pairs *p, uint32_t pair)
{
    return (p->bit[pair / 64] >> (pair % 64)) & 1;
}

/* The next two neighbouring Chinese characters; false at the end. */
static bool next_pair(struct str *rest, uint32_t *before, uint32_t *ret)
{
    while (rest->n > 0) {
        uint32_t ch = utf8_next(rest), was = *before;
        *before = ch;
        if (was >= 0x3400 && ch >= 0x3400 && was < 0xff00 && ch < 0xff00) {
            *ret = pair_of(was, ch);
            return true;
        }
    }
    return false;
}

/* Shared pairs of an item, each counted once. */
static int score_pairs(const struct pairs *text, const struct category *c)
{
    uint32_t seen[64];
    size_t n_seen = 0;
    const struct str writings[] = {c->name, c->keywords};
    for (size_t w = 0; w < sizeof writings / sizeof writings[0]; w++) {
        struct str rest = writings[w];
        uint32_t before = 0, pair;
        while (n_seen < sizeof seen / sizeof seen[0] && next_pair(&rest, &before, &pair)) {
            bool twice = !pairs_has(text, pair);
            for (size_t i = 0; !twice && i < n_seen; i++)
                twice = seen[i] == pair;
            if (!twice)
                seen[n_seen++] = pair;
        }
    }
    return PAIR_POINTS * (int)n_seen;
}

/* The next run of ASCII letters, of at least four: shorter English words say little. False at the end. */
static bool next_word(struct str *rest, struct str *ret)
{
    enum { LETTERS_MIN = 4 };
    while (rest->n > 0) {
        size_t n = 0;
        while (n < rest->n && ((rest->p[n] | 32) >= 'a' && (rest->p[n] | 32) <= 'z'))
            n++;
        *ret = str_slice(*rest, 0, n);
        *rest = str_slice(*rest, n > 0 ? n : 1, rest->n);
        if (n >= LETTERS_MIN)
            return true;
    }
    return false;
}

/* Equal but for the end: "lift" and "lifts", "heat" and "heating". */
static bool same_stem(struct str x, struct str y)
{
    enum { ENDING_MAX = 3 };
    struct str shorter = x.n < y.n ? x : y, longer = x.n < y.n ? y : x;
    return longer.n - shorter.n <= ENDING_MAX && str_eq_nocase(str_slice(longer, 0, shorter.n), shorter);
}

/* Items have Chinese names alone; an English reader finds them by the English name of the group above. */
static int score_english(struct str text, struct str name_en)
{
    struct str name_word, text_word;
    int score = 0;
    while (next_word(&name_en, &name_word)) {
        struct str rest = text;
        bool found = false;
        while (!found && next_word(&rest, &text_word))
            found = same_stem(name_word, text_word);
        score += found ? 2 * (int)name_word.n : 0;
    }
    return score;
}

static int score_item(struct str text, const struct pairs *pairs, const struct category *c)
{
    int score = score_keywords(text, c->keywords) + score_pairs(pairs, c);
    if (c->name.n > 0 && str_find(text, c->name))
        score += 3 * (int)utf8_count(c->name);
    return score;
}

size_t suggest_categories(const struct refdata *r, struct arena *a, struct str text, size_t max, struct suggestion *ret)
{
    const struct category *all = NULL;
    size_t n_all = refdata_categories(r, &all), n = 0;
    struct str key = normalise_key(a, text), rest = key;
    struct pairs *pairs = ARENA_NEW(a, struct pairs);
    uint32_t before = 0, pair;
    while (next_pair(&rest, &before, &pair))
        pairs_add(pairs, pair);
    for (size_t i = 0; i < n_all; i++) {
        const struct category *group = all[i].level == 3 ? refdata_category(r, all[i].parent) : NULL;
        int score = all[i].level == 3 ? score_item(key, pairs, &all[i]) : 0;
        if (group != NULL)
            score += score_english(key, group->name_en);
        size_t at = n;
        if (score == 0)
            continue;
        while (at > 0 && ret[at - 1].score < score)
            at--;
        if (at == max)
            continue;
        if (n < max)
            n++;
        memmove(&ret[at + 1], &ret[at], (n - at - 1) * sizeof *ret);
        ret[at] = (struct suggestion){&all[i], score};
    }
    if (n > 0 && ret[0].score < SCORE_MIN) /* a single pair: a guess, and few of them */
        return n < GUESSES_MAX ? n : GUESSES_MAX;
    while (n > 0 && ret[n - 1].score < SCORE_MIN)
        n--;
    return n;
}
