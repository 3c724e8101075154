/*
 * random.c - bytes from the kernel.
 *
 * No pool of our own: a pool would be copied by fork, and two workers would hand out the same codes.
 */
#include "base/random.h"

#include <errno.h>
#include <sys/random.h>

#include "base/err.h"

void random_bytes(void *p, size_t n)
{
    char *at = p;
    while (n) {
        ssize_t got = getrandom(at, n, 0);
        if (got < 0 && errno == EINTR)
            continue;
        BUG_ON(got <= 0);
        at += got;
        n -= (size_t)got;
    }
}

uint64_t random_u64(void)
{
    uint64_t v;
    random_bytes(&v, sizeof v);
    return v;
}

uint64_t random_below(uint64_t n)
{
    BUG_ON(n == 0);
    /* Values under 2^64 mod n are thrown away, so that each remainder is equally likely. */
    uint64_t least = (0 - n) % n, v;
    do
        v = random_u64();
    while (v < least);
    return v % n;
}
