/* random.h - bytes from the kernel. Aborts when the kernel has none: nothing here may be guessable. Not for signal handlers. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H
#include <stddef.h>
#include <stdint.h>
void random_bytes(void *p, size_t n);
uint64_t random_u64(void);
uint64_t random_below(uint64_t n); /* uniform in [0,n) */
#endif
