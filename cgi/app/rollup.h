/*
 * rollup.h - keeps the figures: called by the worker, safe to run twice and beside itself.
 *
 * A filing and an act mark their ticket (ticket.unwalled); the transaction that takes this mark away, the look for the wall,
 * marks the local days of what it met (day_mark), and here those marks are taken and the day counted anew in one transaction.
 * So whatever moved after the last count stands marked one way or the other, and a ticket that commits late brings its mark
 * with it [decisions 14]. Days change by themselves as promises expire, so the last days are counted again every hour, and a
 * nightly check compares every day.
 */
#ifndef APP_ROLLUP_H
#define APP_ROLLUP_H

#include "app/ctx.h"

enum { ROLLUP_RECENT_DAYS = 20 };

/* Marks these days, each once, in the transaction under way: one that takes away the marks of n tickets of them, at most 1000. It
 * only adds rows, and so never waits for a count. Puts days in order. */
enum err rollup_mark(struct ctx *c, int32_t *days, size_t n) MUST_CHECK;
/* One marked day, the one that waits longest. *ret_day = 0: nothing was marked. Call again until then. */
enum err rollup_marked(struct ctx *c, int32_t *ret_day) MUST_CHECK;
/* One day, every dimension, from the tickets. */
enum err rollup_day(struct db *db, int32_t day) MUST_CHECK;
/* The last ROLLUP_RECENT_DAYS days and the medians of the windows; a job of seconds. */
enum err rollup_recent(struct db *db) MUST_CHECK;
/* Medians of the last 7, 30 and 90 whole days. */
enum err rollup_windows(struct db *db) MUST_CHECK;
/* Days of the last year whose figures do not agree with the tickets are counted again; says how many there were. */
enum err rollup_check(struct db *db, size_t *ret_wrong) MUST_CHECK;
/* All days of a range; said is called after each and may be NULL. */
enum err rollup_range(struct db *db, int32_t from, int32_t to, void (*said)(void *arg, int32_t day), void *arg) MUST_CHECK;

#endif
