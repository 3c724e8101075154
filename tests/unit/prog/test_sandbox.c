/*
 * test_sandbox.c - a program in the sandbox sees the files it was given and no others; the control without the rule sees
 * them all.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "prog/job_sandbox.h"

static char folder[200], ours[300], other[300], made[300];

static void put_file(char path[300], const char *name, const char *words)
{
    snprintf(path, 300, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(words, f);
    assert_int_equal(0, fclose(f));
}

static int open_folder(void **state)
{
    const char *t = getenv("TEST_TMP");
    (void)state;
    snprintf(folder, sizeof folder, "%s/sandbox.XXXXXX", t ? t : "/tmp");
    assert_non_null(mkdtemp(folder));
    put_file(ours, "ours", "given");
    put_file(other, "other", "a stranger's");
    put_file(made, "made", "");
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    unlink(ours);
    unlink(other);
    unlink(made);
    return rmdir(folder);
}

static enum sandbox_end run(const char *program, const char *from, const char *to, bool confined, char said[SANDBOX_SAID_BYTES])
{
    const char *const env[] = {"LC_ALL=C", NULL};
    const char *const argv[] = {program, from, to, NULL};
    const char *const reads[] = {SANDBOX_LIBRARIES, program, ours, NULL}, *const writes[] = {made, NULL};
    const struct sandbox_task t = {.argv = argv, .program = program, .env = env, .wall_s = 20, .cpu_s = 10,
                                   .memory_bytes = (size_t)1 << 30, .file_bytes = (size_t)1 << 20,
                                   .reads = confined ? reads : NULL, .writes = confined ? writes : NULL};
    return sandbox_run(&t, said);
}

static void reads_what_it_was_given(void **state)
{
    char said[SANDBOX_SAID_BYTES];
    (void)state;
    assert_int_equal(SANDBOX_DONE, run("/bin/cat", ours, NULL, true, said));
    assert_string_equal("given", said);
    assert_int_equal(SANDBOX_DONE, run("/bin/cp", ours, made, true, said));
}

static void reads_and_writes_nothing_else(void **state)
{
    char said[SANDBOX_SAID_BYTES];
    (void)state;
    if (!sandbox_can_confine_files())
        skip();
    const char *const closed[] = {other, "/etc/passwd", "/proc/self/environ", "/proc/version"};
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
        assert_int_equal(SANDBOX_FAILED, run("/bin/cat", closed[i], NULL, true, said));
        assert_string_equal("", said);
    }
    assert_int_equal(SANDBOX_FAILED, run("/bin/ls", folder, NULL, true, said));
    assert_int_equal(SANDBOX_FAILED, run("/bin/cp", ours, other, true, said)); /* writing over another's */
    assert_int_equal(SANDBOX_FAILED, run("/bin/cp", ours, folder, true, said)); /* over itself, or a new name */
    char fresh[320];
    snprintf(fresh, sizeof fresh, "%s/fresh", folder);
    assert_int_equal(SANDBOX_FAILED, run("/bin/cp", ours, fresh, true, said));
    assert_int_equal(-1, access(fresh, F_OK));
}

static void without_the_rule_it_sees_all(void **state)
{
    char said[SANDBOX_SAID_BYTES];
    (void)state;
    assert_int_equal(SANDBOX_DONE, run("/bin/cat", other, NULL, false, said));
    assert_string_equal("a stranger's", said);
    assert_int_equal(SANDBOX_DONE, run("/bin/cat", "/etc/passwd", NULL, false, said));
    assert_int_equal(SANDBOX_DONE, run("/bin/cp", ours, other, false, said));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_was_given),
        cmocka_unit_test(reads_and_writes_nothing_else),
        cmocka_unit_test(without_the_rule_it_sees_all),
    };
    return cmocka_run_group_tests(tests, open_folder, close_folder);
}
