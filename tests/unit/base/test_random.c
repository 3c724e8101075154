/* test_random.c - cgi/base/random.c: range, spread, and that two processes never share a stream. */
#include "base/random.h"
#include "unit.h"

static void test_below_stays_below_and_spreads(void **state)
{
    unsigned seen[7] = {0};
    (void)state;
    for (int i = 0; i < 7000; i++) {
        uint64_t v = random_below(7);
        assert_true(v < 7);
        seen[v]++;
    }
    for (int i = 0; i < 7; i++)
        assert_in_range(seen[i], 800, 1200); /* 1000 expected; 200 is more than six deviations */
    assert_true(random_below(1) == 0);
    for (int i = 0; i < 100; i++)
        assert_true(random_below(UINT64_C(1) << 63) < UINT64_C(1) << 63);
}

static void below_zero(void)
{
    random_below(0);
}

static void test_below_zero_aborts(void **state)
{
    (void)state;
    assert_true(unit_aborts(below_zero));
}

static void test_bytes_differ(void **state)
{
    unsigned char a[300] = {0}, b[300] = {0};
    unsigned zeros = 0;
    (void)state;
    random_bytes(a, sizeof a); /* more than the 256 the kernel gives for sure in one piece */
    random_bytes(b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
    for (size_t i = 0; i < sizeof a; i++)
        zeros += a[i] == 0;
    assert_true(zeros < 20);
    random_bytes(a, 0);
}

static void test_fork_does_not_repeat(void **state)
{
    int pipes[2];
    uint64_t child, parent;
    (void)state;
    random_u64();
    assert_int_equal(pipe(pipes), 0);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        uint64_t v = random_u64();
        _exit(write(pipes[1], &v, sizeof v) == sizeof v ? 0 : 1);
    }
    parent = random_u64();
    assert_int_equal(read(pipes[0], &child, sizeof child), sizeof child);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    assert_true(child != parent);
    close(pipes[0]);
    close(pipes[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_below_stays_below_and_spreads),
        cmocka_unit_test(test_below_zero_aborts),
        cmocka_unit_test(test_bytes_differ),
        cmocka_unit_test(test_fork_does_not_repeat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
