/*
 * fuzz.h - what the harnesses share. A harness names in its first comment the files it is built from (`sources:`) and
 * those of them that it must reach (`covers:`), both as shell patterns; tests/fuzz/run reads them.
 */
#ifndef TEST_FUZZ_H
#define TEST_FUZZ_H

#include <setjmp.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/limits.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A broken promise of the parser stops the run with a stack. */
#define FUZZ_CHECK(cond) ((cond) ? (void)0 : __builtin_trap())

/* Runs fn on the input with an arena of its own; an input that fills it is no finding. */
static inline void fuzz_with_arena(const uint8_t *data, size_t size, void (*fn)(struct arena *a, struct str input))
{
    struct arena *a = arena_new(LIMIT_REQUEST_MEMORY_BYTES);
    jmp_buf full;
    if (!a)
        return;
    if (setjmp(full) == 0) {
        arena_on_exhausted(a, &full);
        fn(a, (struct str){(const char *)data, size});
    }
    arena_free(a);
}

static inline bool fuzz_is_clean(struct str s)
{
    return utf8_valid(s) && !(s.n && memchr(s.p, 0, s.n));
}

#endif
