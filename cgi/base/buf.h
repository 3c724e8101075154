/*
 * buf.h - growing bytes in an arena, with a mandatory limit.
 *
 * A write past the limit sets `full` and is dropped whole; nothing after it is written either. The writer checks once,
 * at the end: `if (b.full) ...`.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"

struct buf {
    struct arena *a;
    char *p;
    size_t n, cap, limit;
    bool full;
};

void buf_init(struct buf *b, struct arena *a, size_t limit_bytes);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_put_u64(struct buf *b, uint64_t v);
void buf_put_i64(struct buf *b, int64_t v);
void buf_clear(struct buf *b);
char *buf_grow(struct buf *b, size_t n); /* for buf_reserve */

/* Room for n more bytes at b->p + b->n, or NULL (then full is set). The caller adds to b->n. These three are asked some
 * hundred times for one answer, so that the common case stands here. */
static inline char *buf_reserve(struct buf *b, size_t n)
{
    return __builtin_expect(b->p && !b->full && n <= b->cap - b->n, true) ? b->p + b->n : buf_grow(b, n);
}
static inline void buf_put(struct buf *b, struct str s)
{
    char *p = buf_reserve(b, s.n);
    if (!p || s.n == 0)
        return;
    memcpy(p, s.p, s.n);
    b->n += s.n;
}
static inline void buf_putc(struct buf *b, char c)
{
    char *p = buf_reserve(b, 1);
    if (!p)
        return;
    *p = c;
    b->n++;
}
struct str buf_str(const struct buf *b);

#endif
