/*
 * buf.c - growing bytes in an arena, with a mandatory limit.
 *
 * Contract: see buf.h. Growth doubles; in the common case of one writer at the end of the arena it happens in place.
 */
#include "base/buf.h"

#include <stdarg.h>

#include "base/err.h"

enum { FIRST_ROOM = 256 };

void buf_init(struct buf *b, struct arena *a, size_t limit_bytes)
{
    *b = (struct buf){.a = a, .limit = limit_bytes};
}

char *buf_grow(struct buf *b, size_t n)
{
    size_t want;
    if (b->full || __builtin_add_overflow(b->n, n, &want) || want > b->limit) {
        b->full = true;
        return NULL;
    }
    if (want > b->cap || !b->p) {
        size_t cap = b->cap < FIRST_ROOM ? FIRST_ROOM : b->cap > SIZE_MAX / 2 ? SIZE_MAX : b->cap * 2;
        if (cap > b->limit)
            cap = b->limit;
        if (cap < want)
            cap = want;
        if (!b->p || !arena_extend(b->a, b->p, b->cap, cap)) {
            char *p = arena_bytes(b->a, cap);
            if (b->n)
                memcpy(p, b->p, b->n);
            b->p = p;
        }
        b->cap = cap;
    }
    return b->p + b->n;
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    char small[256];
    va_start(ap, fmt);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    BUG_ON(n < 0);
    if ((size_t)n < sizeof small) {
        buf_put(b, (struct str){small, (size_t)n});
        return;
    }
    /* vsnprintf ends with a NUL, so the text is made beside the buffer: the limit need not leave a byte for it. */
    char *p = arena_alloc(b->a, (size_t)n + 1);
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    buf_put(b, (struct str){p, (size_t)n});
}

void buf_put_u64(struct buf *b, uint64_t v)
{
    char room[STR_DIGITS];
    buf_put(b, str_of_u64(room, v));
}

void buf_put_i64(struct buf *b, int64_t v)
{
    char room[STR_DIGITS];
    buf_put(b, str_of_i64(room, v));
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->full = false;
}

struct str buf_str(const struct buf *b)
{
    return (struct str){b->p ? b->p : "", b->n};
}
