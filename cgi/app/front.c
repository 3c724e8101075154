/*
 * front.c - the home page's readings, kept for some seconds.
 *
 * Contract: front.h. Must not know the page.
 */
#include "app/front.h"

#include <stdlib.h>

#include "base/clock.h"

enum { WORDS_BYTES = KIB(32) };

struct front_cache {
    struct arena *words; /* of the questions kept */
    struct front kept;
    int64_t until_us;    /* 0 = nothing is kept */
};

struct front_cache *front_cache_new(void)
{
    struct front_cache *x = calloc(1, sizeof *x);
    struct arena *words = arena_new(WORDS_BYTES);
    if (x == NULL || words == NULL) {
        free(x);
        arena_free(words);
        return NULL;
    }
    x->words = words;
    return x;
}

void front_cache_free(struct front_cache *x)
{
    if (x)
        arena_free(x->words);
    free(x);
}

static void keep(struct front_cache *x, const struct front *got, const struct kb_question *q, size_t n, int64_t now_us)
{
    arena_clear(x->words);
    x->kept = *got;
    for (size_t i = 0; i < n; i++)
        x->kept.questions[i] = (struct kb_question){arena_dup(x->words, q[i].question), arena_dup(x->words, q[i].question_en),
                                                    q[i].article_id, arena_dup(x->words, q[i].anchor)};
    x->kept.n_questions = n;
    x->until_us = now_us + FRONT_KEPT_S * US_PER_S;
}

enum err front_read(struct db *db, struct front_cache *x, struct arena *a, int64_t now_us, const struct front **ret)
{
    const int64_t left = x->until_us - now_us; /* more than is ever kept: the clock was set back */
    if (left <= 0 || left > FRONT_KEPT_S * US_PER_S) {
        struct front got = {0};
        const struct kb_question *q = NULL;
        size_t n = 0;
        bool demo = false; /* every page says so by itself */
        enum err e = statistics_yesterday(db, a, now_us, &got.day, &got.week_before, &demo);
        if (e == ERR_OK)
            e = knowledge_questions(db, a, now_us, FRONT_QUESTIONS, &q, &n);
        if (e != ERR_OK)
            return e;
        got.day.code = got.day.name = got.day.name_en = STR_NONE; /* they would point into what is gone by then */
        got.week_before.code = got.week_before.name = got.week_before.name_en = STR_NONE;
        keep(x, &got, q, n, now_us);
    }
    *ret = &x->kept;
    return ERR_OK;
}
