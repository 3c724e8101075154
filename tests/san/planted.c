/*
 * planted.c - one mistake of each kind that the sanitizers are there for: planted overflow|stack|leak|arithmetic.
 *
 * Built with the flags of the product; each must end the program and be told in the report. It knows nothing of the product.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static volatile char *kept;

static int overflow(void)
{
    volatile char *p = calloc(1, 4);
    volatile int past = 4;
    return p ? p[past] : 0;
}

/* Apart, because the compiler would see through it and refuse. */
__attribute__((noinline)) static void keep(volatile char *p)
{
    kept = p;
}
__attribute__((noinline)) static void leave(void)
{
    volatile char here[16] = "gone";
    keep(here);
}
static int stack(void)
{
    leave();
    return kept[0];
}

__attribute__((noinline)) static int leak(void)
{
    int n = 0;
    for (int i = 0; i < 100; i++) { /* a register may still hold the last */
        volatile char *p = malloc(10);
        n += p ? p[0] = 0 : 1;
    }
    return n;
}

static int arithmetic(void)
{
    volatile int32_t most = INT32_MAX;
    most += 1;
    return most == 0;
}

int main(int argc, char **argv)
{
    const char *what = argc == 2 ? argv[1] : "";
    if (strcmp(what, "overflow") == 0)
        return overflow();
    if (strcmp(what, "stack") == 0)
        return stack();
    if (strcmp(what, "leak") == 0)
        return leak();
    if (strcmp(what, "arithmetic") == 0)
        return arithmetic();
    if (strcmp(what, "nothing") == 0)
        return 0;
    fprintf(stderr, "usage: planted overflow|stack|leak|arithmetic|nothing\n");
    return 2;
}
