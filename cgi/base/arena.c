/*
 * arena.c - memory that lives as long as one request.
 *
 * Blocks are chained; the first one survives arena_clear, so a worker settles on the memory of an ordinary request.
 * Contract: see arena.h. Must not know what is stored in it. Under AddressSanitizer the unused rest of every block is
 * poisoned, so that a write past an allocation is found as if each were a malloc of its own.
 */
#include "base/arena.h"

#include <stdarg.h>

#include "base/err.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#ifndef __clang__
/* Poisoning takes a const pointer to memory that nobody has written yet, which is its purpose. */
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#define POISON(p, n) __asan_poison_memory_region((p), (n))
#define UNPOISON(p, n) __asan_unpoison_memory_region((p), (n))
#define GAP 16 /* never used, so stays poisoned: catches the first bytes past an allocation */
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define GAP 0
#endif

enum { ALIGN = 16, FIRST_BLOCK = 96 * 1024, /* an ordinary request fits */ MORE_BLOCK = 64 * 1024 };

struct block {
    struct block *next;
    size_t size, used;
    size_t unused_; /* keeps bytes[] 16-aligned */
    char bytes[];
};

struct hook {
    struct hook *next;
    void (*fn)(void *);
    void *arg;
};

struct arena {
    struct block *first, *now;
    struct hook *hooks;
    jmp_buf *exhausted;
    size_t cap, used;
};

static struct block *block_new(size_t size)
{
    struct block *b = malloc(sizeof *b + size);
    if (!b)
        return NULL;
    *b = (struct block){.size = size};
    POISON(b->bytes, size);
    return b;
}

static void block_free(struct block *b)
{
    UNPOISON(b->bytes, b->size);
    free(b);
}

struct arena *arena_new(size_t cap_bytes)
{
    struct arena *a = malloc(sizeof *a);
    struct block *b = block_new(FIRST_BLOCK);
    if (!a || !b) {
        free(a);
        if (b)
            block_free(b);
        return NULL;
    }
    *a = (struct arena){.first = b, .now = b, .cap = cap_bytes};
    return a;
}

void arena_on_exhausted(struct arena *a, jmp_buf *jump)
{
    a->exhausted = jump;
}

static void exhausted(struct arena *a) __attribute__((noreturn));
static void exhausted(struct arena *a)
{
    if (!a->exhausted)
        bug(__FILE__, __LINE__, "arena exhausted and no handler set");
    longjmp(*a->exhausted, 1);
}

/* NULL when the cap or the system refuses; the memory is not zeroed. */
static void *take(struct arena *a, size_t n)
{
    size_t want;
    if (__builtin_add_overflow(n, (size_t)(ALIGN - 1 + GAP), &want))
        return NULL;
    want &= ~(size_t)(ALIGN - 1);
    if (want > a->cap - a->used)
        return NULL;
    if (want > a->now->size - a->now->used) {
        struct block *b = block_new(want > MORE_BLOCK ? want : MORE_BLOCK);
        if (!b)
            return NULL;
        a->now->next = b;
        a->now = b;
    }
    void *p = a->now->bytes + a->now->used;
    a->now->used += want;
    a->used += want;
    UNPOISON(p, n);
    return p;
}

void *arena_bytes(struct arena *a, size_t n)
{
    /* Zero bytes still get an address of their own. */
    void *p = take(a, n ? n : 1);
    if (!p)
        exhausted(a);
    return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
    return memset(arena_bytes(a, n), 0, n);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes))
        exhausted(a);
    return arena_alloc(a, bytes);
}

void *arena_extend(struct arena *a, void *p, size_t old_n, size_t new_n)
{
    struct block *b = a->now;
    size_t had = (old_n + ALIGN - 1 + GAP) & ~(size_t)(ALIGN - 1), want;
    if (old_n == 0 || had > b->used || (char *)p != b->bytes + b->used - had)
        return NULL;
    if (__builtin_add_overflow(new_n, (size_t)(ALIGN - 1 + GAP), &want))
        return NULL;
    want &= ~(size_t)(ALIGN - 1);
    if (want < had || want - had > b->size - b->used || want - had > a->cap - a->used)
        return NULL;
    b->used += want - had;
    a->used += want - had;
    UNPOISON(p, new_n);
    return p;
}

void arena_defer(struct arena *a, void (*fn)(void *), void *arg)
{
    struct hook *h = take(a, sizeof *h);
    if (!h) {
        /* The caller has handed over its resource; nobody else would release it. */
        fn(arg);
        exhausted(a);
    }
    *h = (struct hook){a->hooks, fn, arg};
    a->hooks = h;
}

struct arena_mark arena_mark(const struct arena *a)
{
    return (struct arena_mark){.block = a->now, .hooks = a->hooks, .block_used = a->now->used, .used = a->used};
}

void arena_rewind(struct arena *a, const struct arena_mark *m)
{
    while (a->hooks && a->hooks != m->hooks) {
        /* Taken off first: a hook may allocate, or register another one. */
        struct hook h = *a->hooks;
        a->hooks = h.next;
        h.fn(h.arg);
    }
    struct block *keep = m->block;
    for (struct block *b = keep->next, *next; b; b = next) {
        next = b->next;
        block_free(b);
    }
    keep->next = NULL;
    keep->used = m->block_used;
    POISON(keep->bytes + keep->used, keep->size - keep->used);
    a->now = keep;
    a->used = m->used;
}

void arena_clear(struct arena *a)
{
    arena_rewind(a, &(struct arena_mark){.block = a->first});
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    arena_clear(a);
    block_free(a->first);
    free(a);
}

size_t arena_used(const struct arena *a)
{
    return a->used;
}

const char *arena_cstr(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    return p;
}

struct str arena_dup(struct arena *a, struct str s)
{
    return (struct str){arena_cstr(a, s), s.n};
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    BUG_ON(n < 0);
    char *p = arena_alloc(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (struct str){p, (size_t)n};
}

struct str arena_concat(struct arena *a, struct str x, struct str y)
{
    size_t n;
    if (__builtin_add_overflow(x.n, y.n, &n) || n == SIZE_MAX)
        exhausted(a);
    char *p = arena_alloc(a, n + 1);
    if (x.n)
        memcpy(p, x.p, x.n);
    if (y.n)
        memcpy(p + x.n, y.p, y.n);
    return (struct str){p, n};
}
