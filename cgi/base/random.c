/*
 * random.c - bytes from the kernel.
 *
 * Some in advance, as a filing wants eight numbers and each would be a call of its own. They lie in a page that the kernel
 * empties in the child of a fork, and each thread has its own: a pool that were shared would hand out the same codes twice.
 * What was handed out is wiped. Where the kernel gives no such page there is no pool.
 */
#include "base/random.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/random.h>

#include "base/err.h"

enum { POOL_BYTES = 256, FROM_POOL_MAX = 32 };

struct pool {
    size_t left; /* of bytes, at their beginning; 0 in a page that is new or was emptied */
    unsigned char bytes[POOL_BYTES];
};

static struct pool *pool_get(void)
{
    static _Thread_local struct pool *pool;
    static _Thread_local bool asked;
    if (!asked) {
        void *page = mmap(NULL, sizeof *pool, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        asked = true;
        if (page != MAP_FAILED && madvise(page, sizeof *pool, MADV_WIPEONFORK) == 0)
            pool = page;
    }
    return pool;
}

static void from_kernel(void *p, size_t n)
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

void random_bytes(void *p, size_t n)
{
    struct pool *pool = n && n <= FROM_POOL_MAX ? pool_get() : NULL;
    if (!pool) {
        from_kernel(p, n);
        return;
    }
    if (pool->left < n) {
        from_kernel(pool->bytes, sizeof pool->bytes);
        pool->left = sizeof pool->bytes;
    }
    pool->left -= n;
    memcpy(p, pool->bytes + pool->left, n);
    explicit_bzero(pool->bytes + pool->left, n);
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
