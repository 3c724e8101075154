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

static int score_item(struct str text, const struct category *c)
{
    int score = score_keywords(text, c->keywords);
    if (c->name.n > 0 && str_find(text, c->name))
        score += 3 * (int)utf8_count(c->name);
    return score;
}

size_t suggest_categories(const struct refdata *r, struct arena *a, struct str text, size_t max, struct suggestion *ret)
{
    const struct category *all = NULL;
    size_t n_all = refdata_categories(r, &all), n = 0;
    struct str key = normalise_key(a, text);
    for (size_t i = 0; i < n_all; i++) {
        int score = all[i].level == 3 ? score_item(key, &all[i]) : 0;
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
    return n;
}
