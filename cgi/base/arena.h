/*
 * arena.h - memory that lives as long as one request.
 *
 * arena_alloc never returns NULL: when the cap is reached or the system refuses, it jumps to the handler set with
 * arena_on_exhausted (the request loop sets one and answers 503), or aborts when none is set. Hooks registered with
 * arena_defer run in reverse order at arena_clear and arena_free.
 *
 * A loop over many pieces of which none is needed after its turn takes an arena_mark before and goes back to it after each:
 * what was allocated since is gone, hooks registered since have run.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <setjmp.h>

#include "base/str.h"

struct arena;

struct arena *arena_new(size_t cap_bytes); /* NULL only when the system refuses the first page */
void arena_on_exhausted(struct arena *a, jmp_buf *jump); /* NULL = abort */
void arena_clear(struct arena *a); /* runs hooks, keeps the first block */
void arena_free(struct arena *a);  /* NULL is fine */
size_t arena_used(const struct arena *a);
struct arena_mark { /* opaque; marks nest */
    void *block, *hooks;
    size_t block_used, used;
};
struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, const struct arena_mark *m);

void *arena_alloc(struct arena *a, size_t n) __attribute__((returns_nonnull, malloc, alloc_size(2))); /* zeroed, 16-aligned */
#define ARENA_NEW(a, T) ((T *)arena_alloc((a), sizeof(T)))
#define ARENA_ARRAY(a, T, n) ((T *)arena_array((a), (n), sizeof(T)))
void *arena_array(struct arena *a, size_t n, size_t size) __attribute__((returns_nonnull)); /* overflow = exhausted */
/* When no room is left for the hook, fn runs at once, before the jump. */
void arena_defer(struct arena *a, void (*fn)(void *), void *arg);
/* The same, but the bytes are whatever was there before: for whoever writes them before anybody reads them. */
void *arena_bytes(struct arena *a, size_t n) __attribute__((returns_nonnull, malloc, alloc_size(2)));
/* Grows the latest allocation where it lies and returns it; NULL = it is not the latest, or there is no room. New bytes
 * are as those of arena_bytes. */
void *arena_extend(struct arena *a, void *p, size_t old_n, size_t new_n);

struct str arena_dup(struct arena *a, struct str s);       /* copy, NUL after it */
const char *arena_cstr(struct arena *a, struct str s);     /* same, as C string */
struct str arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct str arena_concat(struct arena *a, struct str x, struct str y);

#endif
