/*
 * ratelimit.h - token buckets shared by all workers of a program.
 *
 * A bucket is one 64-bit word in memory mapped before the fork: 24 bits of a keyed hash and the time at which the bucket
 * will be full again (the virtual scheduling form of a token bucket). One compare-and-swap takes a token; no lock, and no
 * worker that dies can leave one behind. Words whose time has passed are free. When all words a key may use are taken by
 * others, a bucket that fails open lets the request through (filing must never stop), one that fails closed does not
 * (codes must never be guessable); the two kinds live in separate halves, so a flood of reads cannot close the codes.
 */
#ifndef WEB_RATELIMIT_H
#define WEB_RATELIMIT_H

#include "base/str.h"

struct ratelimit;

struct limit {
    uint32_t every_ms; /* one token comes back in this time; 0 = no limit */
    uint32_t burst;    /* tokens of a full bucket, >= 1 */
    bool closed;       /* fails closed */
};

/* slots is rounded up to a power of two. NULL when the system refuses: every bucket then fails open or closed. */
struct ratelimit *ratelimit_new(size_t slots);
void ratelimit_free(struct ratelimit *r);
/* space keeps different uses of the same key apart (enum bucket for routes; 100 and above for others). True = go on.
 * now_us is the wall clock. On false ret_retry_after_s is at least 1. */
bool ratelimit_take(struct ratelimit *r, unsigned space, struct str key, const struct limit *l, int64_t now_us,
                    int *ret_retry_after_s);
/* Puts one token back: what counts failures takes before it knows, so that parallel tries do not get more, and gives back
 * when there was none. Only after a take that passed. */
void ratelimit_give(struct ratelimit *r, unsigned space, struct str key, const struct limit *l, int64_t now_us);

#endif
