/*
 * suggest.h - which category a text may belong to, by the keywords of the catalogue in memory. Pure.
 *
 * Score of an item of the third level: for each keyword found, twice its length in characters; for its own name, three
 * times; and three for each pair of neighbouring characters that text and item share, so that "施工，噪声很大" finds
 * "夜间施工噪声" although nobody writes it so. English words count by the English name of the group above, for items have
 * none. Items that share one pair alone are offered only when there is nothing better, and at most three. The best come
 * first, at most max. No hit: none.
 */
#ifndef APP_SUGGEST_H
#define APP_SUGGEST_H

#include "app/refdata.h"

struct suggestion {
    const struct category *category;
    int score;
};
size_t suggest_categories(const struct refdata *r, struct arena *a, struct str text, size_t max, struct suggestion *ret);

#endif
