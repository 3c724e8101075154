/*
 * demo_chance.c - a small generator of numbers (splitmix64) for the demo: not secret, but the same on every machine.
 *
 * Contract: demo_private.h. It must never be used for anything that may not be guessed.
 */
#include "app/demo_private.h"

uint64_t chance_u64(struct chance *r)
{
    uint64_t z = (r->state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

struct chance chance_of(uint64_t a, uint64_t b)
{
    struct chance r = {a * UINT64_C(0xD1342543DE82EF95) ^ (b + 1) * UINT64_C(0xA0761D6478BD642F)};
    chance_u64(&r);
    return r;
}

uint64_t chance_below(struct chance *r, uint64_t n)
{
    return (uint64_t)(((unsigned __int128)chance_u64(r) * n) >> 64);
}

bool chance_is(struct chance *r, int per_mille)
{
    return chance_below(r, 1000) < (uint64_t)per_mille;
}

double chance_unit(struct chance *r)
{
    return (double)(chance_u64(r) >> 11) * 0x1.0p-53;
}

int64_t chance_between(struct chance *r, int64_t from, int64_t to)
{
    return to <= from ? from : from + (int64_t)chance_below(r, (uint64_t)(to - from) + 1);
}

size_t chance_weighted(struct chance *r, const int64_t *cumulated, size_t n)
{
    int64_t x = (int64_t)chance_below(r, (uint64_t)cumulated[n - 1]);
    size_t low = 0, high = n - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (cumulated[middle] > x)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void chance_bytes(struct chance *r, void *p, size_t n)
{
    uint8_t *to = p;
    for (size_t i = 0; i < n; i++)
        to[i] = (uint8_t)(chance_u64(r) >> 56);
}
