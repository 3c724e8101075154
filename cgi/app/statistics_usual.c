/*
 * statistics_usual.c - what a category usually takes, for the page of a demand.
 *
 * Contract: statistics.h. One place a category, found by a hash of its code; who comes later takes it. Must not know pages.
 */
#include "app/statistics.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/hash.h"
#include "gen/sql.h"

enum { PLACES = 1024 /* a power of two; there are some five hundred categories */, CODE_BYTES = 12, WINDOW_DAYS = 90, KEPT_S = 60 };

struct usual_cache {
    struct usual {
        char code[CODE_BYTES]; /* filled up with NUL; empty = free */
        int64_t replied, minutes, until_us;
    } at[PLACES];
};

struct usual_cache *usual_cache_new(void)
{
    return calloc(1, sizeof(struct usual_cache));
}

void usual_cache_free(struct usual_cache *t)
{
    free(t);
}

static enum err ask(struct db *db, struct str code, int64_t *ret_replied, int64_t *ret_minutes)
{
    const struct q_stat_median_of_row *r = NULL;
    enum err e = q_stat_median_of(db, &(struct q_stat_median_of_in){.days = WINDOW_DAYS, .dim = STAT_CATEGORY3, .code = code}, &r);
    *ret_replied = e == ERR_OK ? r->replied : 0;
    *ret_minutes = e == ERR_OK ? r->median : 0;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err statistics_usual(struct db *db, struct usual_cache *cache, struct str category_code, int64_t least, int64_t now_us,
                          int64_t *ret_minutes)
{
    char code[CODE_BYTES] = {0};
    if (category_code.n == 0 || category_code.n > sizeof code)
        return ERR_NOT_FOUND;
    memcpy(code, category_code.p, category_code.n);
    struct usual *x = &cache->at[hash_fnv1a(category_code) & (PLACES - 1)];
    const int64_t left = x->until_us - now_us; /* more than a minute: the clock was set back */
    if (memcmp(x->code, code, sizeof code) != 0 || left <= 0 || left > KEPT_S * US_PER_S) {
        struct usual got = {.until_us = now_us + KEPT_S * US_PER_S};
        memcpy(got.code, code, sizeof code);
        enum err e = ask(db, category_code, &got.replied, &got.minutes);
        if (e != ERR_OK)
            return e;
        *x = got;
    }
    *ret_minutes = x->minutes;
    return x->replied < least || x->replied == 0 ? ERR_NOT_FOUND : ERR_OK;
}
