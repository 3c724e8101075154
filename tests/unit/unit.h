/*
 * unit.h - what every unit test includes: cmocka, and a few helpers.
 *
 * Programs are one per source file; run them through scripts/run-unit.
 */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/err.h"

/* The text and its length are as expected; says both when not. */
#define assert_str(got, want) unit_assert_str((got), (want), __FILE__, __LINE__)
static inline void unit_assert_str(struct str got, const char *want, const char *file, int line)
{
    if (str_eq(got, str_from_c(want)))
        return;
    print_error("got  \"" STR_FMT "\" (%zu)\nwant \"%s\" (%zu)\n", STR_ARG(got), got.n, want, strlen(want));
    _fail(file, line);
}

/* True when fn ends the process with SIGABRT, as BUG_ON does; its own words are kept off the screen. */
static inline bool unit_aborts(void (*fn)(void))
{
    int status;
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct rlimit no_core = {0, 0};
        int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
        setrlimit(RLIMIT_CORE, &no_core);
        dup2(null, 2);
        signal(SIGABRT, SIG_DFL);
        fn();
        _exit(0);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

#endif
