/* ratelimit: the shape of a bucket, keys apart, several processes at once, a full table, no table. */
#include "fake.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "web/ratelimit.h"

static struct ratelimit *r;
static int64_t now;

static int setup(void **state)
{
    (void)state;
    r = ratelimit_new(4096);
    now = clock_now_us();
    return r ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    ratelimit_free(r);
    return 0;
}

static bool take(const char *key, const struct limit *l, int *retry)
{
    return ratelimit_take(r, 1, str_from_c(key), l, now, retry);
}

static void test_burst_and_refill(void **state)
{
    static const struct limit l = {.every_ms = 2000, .burst = 3};
    int retry = 0;
    (void)state;
    for (int i = 0; i < 3; i++)
        assert_true(take("a", &l, &retry));
    assert_false(take("a", &l, &retry));
    assert_int_equal(retry, 2);
    now += 1999000;
    assert_false(take("a", &l, &retry));
    assert_int_equal(retry, 1);
    now += 1000;
    assert_true(take("a", &l, &retry));
    assert_false(take("a", &l, &retry));
    now += 3600 * US_PER_S; /* never more than a full bucket */
    for (int i = 0; i < 3; i++)
        assert_true(take("a", &l, &retry));
    assert_false(take("a", &l, &retry));
}

static void test_refusals_cost_nothing(void **state)
{
    static const struct limit l = {.every_ms = 1000, .burst = 1};
    int retry;
    (void)state;
    assert_true(take("a", &l, &retry));
    for (int i = 0; i < 100; i++)
        assert_false(take("a", &l, &retry));
    now += US_PER_S; /* hammering does not push the end away */
    assert_true(take("a", &l, &retry));
}

static void test_keys_and_spaces_apart(void **state)
{
    static const struct limit l = {.every_ms = 1000, .burst = 1},
                              closed = {.every_ms = 1000, .burst = 1, .closed = true};
    int retry;
    (void)state;
    assert_true(take("a", &l, &retry));
    assert_true(take("b", &l, &retry));
    assert_true(ratelimit_take(r, 2, STR("a"), &l, now, &retry));
    assert_true(ratelimit_take(r, 1, STR("a"), &closed, now, &retry));
    assert_false(ratelimit_take(r, 1, STR("a"), &closed, now, &retry));
}

static void test_give_and_none(void **state)
{
    static const struct limit l = {.every_ms = 1000, .burst = 2}, none = {0};
    int retry;
    (void)state;
    for (int i = 0; i < 10; i++) { /* given back, a take costs nothing */
        assert_true(take("a", &l, &retry));
        ratelimit_give(r, 1, STR("a"), &l, now);
    }
    assert_true(take("a", &l, &retry));
    assert_true(take("a", &l, &retry));
    assert_false(take("a", &l, &retry));
    ratelimit_give(r, 1, STR("a"), &l, now); /* one, not all */
    assert_true(take("a", &l, &retry));
    assert_false(take("a", &l, &retry));
    now += 10 * US_PER_S;
    ratelimit_give(r, 1, STR("a"), &l, now); /* a full bucket does not run over */
    ratelimit_give(r, 1, STR("c"), &l, now);
    assert_true(take("a", &l, &retry));
    assert_true(take("a", &l, &retry));
    assert_false(take("a", &l, &retry));
    ratelimit_give(NULL, 1, STR("a"), &l, now);
    for (int i = 0; i < 10; i++)
        assert_true(take("b", &none, &retry));
}

static void test_clock_set_back(void **state)
{
    static const struct limit l = {.every_ms = 1000, .burst = 2};
    int retry;
    (void)state;
    now += 86400 * US_PER_S;
    assert_true(take("a", &l, &retry));
    now -= 86000 * US_PER_S;
    assert_false(take("a", &l, &retry) && take("a", &l, &retry) && take("a", &l, &retry)); /* still a limit */
    now += 3 * US_PER_S;
    assert_true(ratelimit_take(r, 1, STR("b"), &l, now, &retry));
}

static void test_full_table(void **state)
{
    static const struct limit open = {.every_ms = 60000, .burst = 1},
                              closed = {.every_ms = 60000, .burst = 1, .closed = true};
    int retry = 0, refused = 0, free_rides = 0;
    (void)state;
    ratelimit_free(r);
    r = ratelimit_new(64);
    for (int i = 0; i < 1000; i++) {
        char key[16];
        snprintf(key, sizeof key, "k%d", i);
        assert_true(ratelimit_take(r, 1, str_from_c(key), &open, now, &retry)); /* filing goes on */
        free_rides += ratelimit_take(r, 1, str_from_c(key), &open, now, &retry);
    }
    assert_true(free_rides > 900);
    assert_true(
        ratelimit_take(r, 1, STR("code"), &closed, now, &retry)); /* the flood of reads did not close the codes */
    for (int i = 0; i < 1000; i++) {
        char key[16];
        snprintf(key, sizeof key, "k%d", i);
        refused += !ratelimit_take(r, 1, str_from_c(key), &closed, now, &retry);
    }
    assert_true(refused > 900); /* closed: nobody guesses for free */
    assert_true(retry >= 1);
}

static void test_no_table(void **state)
{
    static const struct limit open = {.every_ms = 1000, .burst = 1},
                              closed = {.every_ms = 1000, .burst = 1, .closed = true};
    int retry = 0;
    (void)state;
    assert_true(ratelimit_take(NULL, 1, STR("a"), &open, now, &retry));
    assert_true(ratelimit_take(NULL, 1, STR("a"), &open, now, &retry));
    assert_false(ratelimit_take(NULL, 1, STR("a"), &closed, now, &retry));
    assert_true(retry >= 1);
}

/* Four processes at one bucket: together they get what one would. */
static void test_processes_share(void **state)
{
    enum { PROCESSES = 4, TRIES = 2000, BURST = 100 };
    static const struct limit l = {.every_ms = 600000, .burst = BURST};
    int *taken = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), retry;
    pid_t pids[PROCESSES];
    (void)state;
    assert_true(taken != MAP_FAILED);
    for (int i = 0; i < PROCESSES; i++) {
        pids[i] = fork();
        if (pids[i] == 0) {
            for (int k = 0; k < TRIES; k++)
                if (ratelimit_take(r, 1, STR("shared"), &l, now, &retry))
                    __atomic_fetch_add(taken, 1, __ATOMIC_RELAXED);
            _exit(0);
        }
    }
    for (int i = 0; i < PROCESSES; i++)
        assert_int_equal(waitpid(pids[i], NULL, 0), pids[i]);
    assert_int_equal(*taken, BURST);
    munmap(taken, 4096);
}

int main(void)
{
#define T(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(test_burst_and_refill), T(test_refusals_cost_nothing), T(test_keys_and_spaces_apart),
        T(test_give_and_none),    T(test_clock_set_back),        T(test_full_table),
        T(test_no_table),         T(test_processes_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
