/* test_arena.c - cgi/base/arena.c: zeroed memory, caps, hooks, growing in place. */
#include "unit.h"

enum { CAP = 1 << 20 };

static void test_alloc_is_zeroed_and_aligned(void **state)
{
    struct arena *a = arena_new(CAP);
    (void)state;
    assert_non_null(a);
    for (int round = 0; round < 2; round++) {
        for (size_t n = 0; n < 300; n++) {
            char *p = arena_alloc(a, n);
            assert_int_equal((uintptr_t)p % 16, 0);
            for (size_t i = 0; i < n; i++)
                assert_int_equal(p[i], 0);
            memset(p, 0xff, n);
        }
        assert_true(arena_used(a) >= 300 * 299 / 2);
        arena_clear(a); /* the second round gets dirty memory */
        assert_int_equal(arena_used(a), 0);
    }
    assert_ptr_not_equal(arena_alloc(a, 0), arena_alloc(a, 0));
    arena_free(a);
    arena_free(NULL);
}

static void test_large_blocks(void **state)
{
    struct arena *a = arena_new(CAP);
    (void)state;
    char *p = arena_alloc(a, 500000);
    p[499999] = 'x';
    char *q = arena_alloc(a, 10);
    q[9] = 'y';
    assert_int_equal(p[499999], 'x');
    arena_free(a);
}

static void test_cap_jumps(void **state)
{
    struct arena *a = arena_new(1000);
    volatile int got = 0;
    jmp_buf jump;
    (void)state;
    arena_on_exhausted(a, &jump);
    if (setjmp(jump) == 0) {
        for (;;) {
            arena_alloc(a, 100);
            got++;
        }
    }
    assert_in_range(got, 7, 10);
    /* What is left can still be used, and after clearing all of it. */
    if (setjmp(jump) != 0)
        fail_msg("no room after arena_clear");
    arena_clear(a);
    arena_alloc(a, 900);
    arena_free(a);
}

static void test_overflow_jumps(void **state)
{
    struct arena *a = arena_new(SIZE_MAX);
    volatile int jumps = 0;
    volatile size_t huge = SIZE_MAX - 3; /* kept from the compiler, which would refuse it */
    jmp_buf jump;
    (void)state;
    arena_on_exhausted(a, &jump);
    if (setjmp(jump) == 0)
        arena_array(a, huge / 2, 3);
    else
        jumps++;
    if (setjmp(jump) == 0)
        arena_alloc(a, huge);
    else
        jumps++;
    assert_int_equal(jumps, 2);
    arena_free(a);
}

static void exhaust_without_handler(void)
{
    arena_alloc(arena_new(100), 1000);
}

static void test_no_handler_aborts(void **state)
{
    (void)state;
    assert_true(unit_aborts(exhaust_without_handler));
}

static char order[16];
static char *letter(char c)
{
    static char all[128];
    all[(int)c] = c;
    return &all[(int)c];
}


static void note(void *arg)
{
    size_t n = strlen(order);
    order[n] = *(const char *)arg;
    order[n + 1] = 0;
}

static struct arena *hook_arena;
static void note_and_add(void *arg)
{
    note(arg);
    arena_defer(hook_arena, note, letter('z'));
}

static void test_hooks_run_backwards(void **state)
{
    struct arena *a = hook_arena = arena_new(CAP);
    (void)state;
    order[0] = 0;
    arena_defer(a, note, letter('1'));
    arena_defer(a, note, letter('2'));
    arena_defer(a, note_and_add, letter('3'));
    arena_clear(a);
    assert_string_equal(order, "3z21");
    arena_clear(a); /* each once */
    assert_string_equal(order, "3z21");
    arena_defer(a, note, letter('f'));
    arena_free(a);
    assert_string_equal(order, "3z21f");
}

static void test_hook_without_room_runs_at_once(void **state)
{
    struct arena *a = arena_new(16);
    volatile bool jumped = false;
    jmp_buf jump;
    (void)state;
    order[0] = 0;
    arena_on_exhausted(a, &jump);
    if (setjmp(jump) == 0) {
        arena_defer(a, note, letter('1')); /* a hook takes more than the 16 bytes */
        fail_msg("did not jump");
    } else {
        jumped = true;
    }
    assert_true(jumped);
    assert_string_equal(order, "1");
    arena_free(a);
    assert_string_equal(order, "1");
}

static void test_extend(void **state)
{
    struct arena *a = arena_new(CAP);
    (void)state;
    char *p = arena_alloc(a, 10);
    memcpy(p, "0123456789", 10);
    p = arena_extend(a, p, 10, 1000);
    assert_non_null(p);
    assert_memory_equal(p, "0123456789", 10);
    memset(p + 10, 'x', 990); /* what is new may be written, and says nothing before */
    char *q = arena_alloc(a, 1);
    assert_true(q >= p + 1000);
    assert_null(arena_extend(a, p, 1000, 1001 + 64)); /* no longer the latest */
    assert_null(arena_extend(a, q, 1, (size_t)CAP * 2)); /* beyond the cap */
    assert_null(arena_extend(a, q, 1, SIZE_MAX));
    arena_free(a);
}

static void test_rewind(void **state)
{
    struct arena *a = arena_new(CAP);
    (void)state;
    order[0] = 0;
    char *kept = arena_alloc(a, 3);
    memcpy(kept, "ab", 3);
    arena_defer(a, note, letter('1'));
    const size_t before = arena_used(a);
    const struct arena_mark m = arena_mark(a);
    for (int i = 0; i < 1000; i++) { /* together far beyond the cap */
        memset(arena_alloc(a, CAP / 3), 'x', CAP / 3);
        const struct arena_mark inner = arena_mark(a);
        arena_alloc(a, CAP / 3);
        arena_rewind(a, &inner);
        arena_rewind(a, &m);
        assert_int_equal(arena_used(a), before);
    }
    assert_string_equal(kept, "ab");
    char *fresh = arena_alloc(a, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(fresh[i], 0);
    arena_defer(a, note, letter('2'));
    arena_rewind(a, &m);
    assert_string_equal(order, "2"); /* what was registered before the mark waits for the end */
    arena_free(a);
    assert_string_equal(order, "21");
}

static void test_texts(void **state)
{
    struct arena *a = arena_new(CAP);
    (void)state;
    char text[] = "abc";
    struct str copy = arena_dup(a, (struct str){text, 2});
    text[0] = 'x';
    assert_str(copy, "ab");
    assert_int_equal(copy.p[2], 0);
    assert_string_equal(arena_cstr(a, STR("word")), "word");
    assert_string_equal(arena_cstr(a, STR_NONE), "");
    assert_str(arena_printf(a, "%d-%s", 7, "x"), "7-x");
    struct str big = arena_printf(a, "%5000d", 1);
    assert_int_equal(big.n, 5000);
    assert_int_equal(big.p[5000], 0);
    assert_str(arena_concat(a, STR("ab"), STR("cd")), "abcd");
    assert_str(arena_concat(a, STR_NONE, STR_NONE), "");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alloc_is_zeroed_and_aligned),
        cmocka_unit_test(test_large_blocks),
        cmocka_unit_test(test_cap_jumps),
        cmocka_unit_test(test_overflow_jumps),
        cmocka_unit_test(test_no_handler_aborts),
        cmocka_unit_test(test_hooks_run_backwards),
        cmocka_unit_test(test_hook_without_room_runs_at_once),
        cmocka_unit_test(test_extend),
        cmocka_unit_test(test_rewind),
        cmocka_unit_test(test_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
