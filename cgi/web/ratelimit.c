/*
 * ratelimit.c - token buckets shared by all workers of a program.
 *
 * Contract: see ratelimit.h. The clock of a bucket is the moment at which it will be full again ("theoretical arrival
 * time" of the generic cell rate algorithm), in milliseconds since the table was made. Must not know what is limited.
 */
#include "web/ratelimit.h"

#include <sys/mman.h>

#include "base/clock.h"
#include "base/random.h"

enum { WINDOW = 16 /* words a key may use: two cache lines */, TRIES = 64, TIME_BITS = 40 };
#define TIME_MASK ((UINT64_C(1) << TIME_BITS) - 1)

struct ratelimit {
    uint64_t key[2];
    int64_t epoch_ms;
    size_t windows; /* in each half, a power of two */
    size_t map_bytes;
    uint64_t *half[2]; /* open, closed */
};

struct ratelimit *ratelimit_new(size_t slots)
{
    size_t windows = 1;
    while (windows * WINDOW * 2 < slots)
        windows *= 2;
    size_t half_bytes = windows * WINDOW * sizeof(uint64_t);
    struct ratelimit *r = malloc(sizeof *r);
    void *map = mmap(NULL, 2 * half_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (!r || map == MAP_FAILED) {
        if (map != MAP_FAILED)
            munmap(map, 2 * half_bytes);
        free(r);
        return NULL;
    }
    *r = (struct ratelimit){.windows = windows, .map_bytes = 2 * half_bytes};
    r->half[0] = map;
    r->half[1] = r->half[0] + windows * WINDOW;
    r->epoch_ms = clock_now_us() / 1000 - 1;
    random_bytes(r->key, sizeof r->key);
    return r;
}

void ratelimit_free(struct ratelimit *r)
{
    if (!r)
        return;
    munmap(r->half[0], r->map_bytes);
    free(r);
}

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

static void mix(uint64_t v[4])
{
    v[0] += v[1];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[0] = rotate(v[0], 32);
    v[2] += v[3];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[2] = rotate(v[2], 32);
}

/* SipHash-1-3 (Aumasson, Bernstein): nobody outside can choose keys that meet in one window. */
static uint64_t keyed_hash(const struct ratelimit *r, unsigned space, struct str s)
{
    uint64_t v[4] = {r->key[0] ^ UINT64_C(0x736f6d6570736575), r->key[1] ^ UINT64_C(0x646f72616e646f6d),
                     r->key[0] ^ UINT64_C(0x6c7967656e657261), r->key[1] ^ UINT64_C(0x7465646279746573)};
    uint64_t m = (uint64_t)space << 32 | (uint32_t)s.n;
    v[3] ^= m;
    mix(v);
    v[0] ^= m;
    while (s.n) {
        size_t n = s.n < 8 ? s.n : 8;
        m = 0;
        memcpy(&m, s.p, n);
        v[3] ^= m;
        mix(v);
        v[0] ^= m;
        s = (struct str){s.p + n, s.n - n};
    }
    v[2] ^= 0xff;
    mix(v);
    mix(v);
    mix(v);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/* The word of this print, else a free one, else NULL. */
static uint64_t *find_word(uint64_t *window, uint64_t print, uint64_t now, uint64_t *ret_seen)
{
    uint64_t *free_word = NULL, free_seen = 0;
    for (int i = 0; i < WINDOW; i++) {
        uint64_t seen = __atomic_load_n(&window[i], __ATOMIC_RELAXED);
        if (seen && seen >> TIME_BITS == print) {
            *ret_seen = seen;
            return &window[i];
        }
        if (!free_word && (!seen || (seen & TIME_MASK) <= now)) {
            free_word = &window[i];
            free_seen = seen;
        }
    }
    *ret_seen = free_seen;
    return free_word;
}

static bool refuse(int *ret_retry_after_s, uint64_t wait_ms)
{
    uint64_t s = (wait_ms + 999) / 1000;
    *ret_retry_after_s = s < 1 ? 1 : s > 86400 ? 86400 : (int)s;
    return false;
}

static bool cannot_know(const struct limit *l, int *ret_retry_after_s)
{
    return l->closed ? refuse(ret_retry_after_s, 5000) : true;
}

/* Where the bucket of this key may stand. */
static uint64_t *window_of(const struct ratelimit *r, unsigned space, struct str key, const struct limit *l, uint64_t *ret_print)
{
    uint64_t h = keyed_hash(r, space, key);
    *ret_print = (h >> TIME_BITS) | 1;
    return r->half[l->closed] + (h & (r->windows - 1)) * WINDOW;
}

static uint64_t now_of(const struct ratelimit *r, int64_t now_us)
{
    int64_t since = now_us / 1000 - r->epoch_ms;
    return since < 1 ? 1 : (uint64_t)since & TIME_MASK;
}

bool ratelimit_take(struct ratelimit *r, unsigned space, struct str key, const struct limit *l, int64_t now_us,
                    int *ret_retry_after_s)
{
    if (!l->every_ms)
        return true;
    if (!r)
        return cannot_know(l, ret_retry_after_s);
    uint64_t print, seen, *window = window_of(r, space, key, l, &print), now = now_of(r, now_us);
    uint64_t depth = (uint64_t)l->every_ms * (l->burst ? l->burst : 1);
    for (int i = 0; i < TRIES; i++) {
        uint64_t *word = find_word(window, print, now, &seen);
        if (!word)
            break;
        uint64_t full_at = seen >> TIME_BITS == print ? seen & TIME_MASK : 0;
        if (full_at > now + depth) /* the wall clock was set back */
            full_at = now + depth;
        uint64_t next = (full_at > now ? full_at : now) + l->every_ms;
        if (next - now > depth)
            return refuse(ret_retry_after_s, next - now - depth);
        uint64_t want = print << TIME_BITS | (next & TIME_MASK);
        if (__atomic_compare_exchange_n(word, &seen, want, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
            return true;
    }
    return cannot_know(l, ret_retry_after_s);
}

void ratelimit_give(struct ratelimit *r, unsigned space, struct str key, const struct limit *l, int64_t now_us)
{
    if (!l->every_ms || !r)
        return;
    uint64_t print, seen, *window = window_of(r, space, key, l, &print), now = now_of(r, now_us);
    for (int i = 0; i < TRIES; i++) {
        uint64_t *word = find_word(window, print, now, &seen);
        if (!word || seen >> TIME_BITS != print || (seen & TIME_MASK) <= now)
            return; /* full again by itself */
        uint64_t back = (seen & TIME_MASK) - l->every_ms;
        uint64_t want = print << TIME_BITS | (back > now ? back : now);
        if (__atomic_compare_exchange_n(word, &seen, want, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
            return;
    }
}
