/*
 * bigram.h - Chinese words for a full-text index that knows none: pairs of characters as hex tokens.
 *
 * A run of letters, digits and Han characters becomes one token for each pair of neighbours, "u" and four hex digits for
 * each of the two UTF-16 units, and one token of a single unit for the last of the run; so a single character is found by
 * prefix, and two runs never look adjacent. Tokens are ASCII, 5 or 9 characters long, and mean nothing to the server's
 * stop words, collations or operators. Text must be normalised first (app/normalise.h).
 */
#ifndef APP_BIGRAM_H
#define APP_BIGRAM_H

#include "base/buf.h"

/* Tokens separated by a blank. */
void bigram_index(struct buf *b, struct str normalised);

enum { BIGRAM_RUNS_MAX = 64 };
/* The runs of a query; at most BIGRAM_RUNS_MAX, the rest is left out. Points into the text. */
size_t bigram_runs(struct str normalised, struct str ret[BIGRAM_RUNS_MAX]);
/* Boolean expression that demands every run as a phrase: +"u.. u.." +u....* ; empty when there is no run. */
void bigram_phrase(struct buf *b, struct str normalised);
/* All pairs side by side, for ranking by likeness; a run of one character is left out unless it is the only one. */
void bigram_likeness(struct buf *b, struct str normalised);

#endif
