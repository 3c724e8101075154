/*
 * front.h - what everybody reads on the home page: how the city answered yesterday, and what people ask.
 *
 * Kept by a process for some seconds: it is the page that most people open, what it shows moves once an hour, and to find what is
 * asked most reads a month of figures.
 */
#ifndef APP_FRONT_H
#define APP_FRONT_H

#include "app/knowledge.h"
#include "app/statistics.h"

enum { FRONT_QUESTIONS = 6, FRONT_KEPT_S = 10 };

struct front {
    struct stat_cell day, week_before; /* statistics_yesterday(), without code and names */
    struct kb_question questions[FRONT_QUESTIONS];
    size_t n_questions;
};
struct front_cache;
struct front_cache *front_cache_new(void); /* NULL = no memory */
void front_cache_free(struct front_cache *x);

/* *ret lives until the next call. a: for what reading needs. */
enum err front_read(struct db *db, struct front_cache *x, struct arena *a, int64_t now_us, const struct front **ret) MUST_CHECK;

#endif
