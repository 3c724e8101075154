/* test_buf.c - cgi/base/buf.c: growing, limits, numbers. */
#include "base/buf.h"
#include "unit.h"

static int setup(void **state)
{
    *state = arena_new(1 << 22);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static void test_grows(void **state)
{
    struct buf b;
    buf_init(&b, *state, 1000000);
    assert_str(buf_str(&b), "");
    for (int i = 0; i < 100000; i++) {
        if (i % 1000 == 0)
            arena_alloc(*state, 8); /* so that growing in place fails now and then */
        buf_putc(&b, (char)('a' + i % 26));
    }
    assert_false(b.full);
    assert_int_equal(b.n, 100000);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(b.p[i], 'a' + i % 26);
}

static void test_limit_is_exact(void **state)
{
    struct buf b;
    buf_init(&b, *state, 4);
    buf_put(&b, STR("abcd"));
    assert_false(b.full);
    buf_put(&b, STR_NONE);
    assert_false(b.full);
    buf_putc(&b, 'e');
    assert_true(b.full);
    assert_str(buf_str(&b), "abcd");
    buf_clear(&b);
    assert_false(b.full);
    buf_put(&b, STR("abc"));
    buf_put(&b, STR("de")); /* dropped whole */
    assert_true(b.full);
    assert_str(buf_str(&b), "abc");
    buf_putc(&b, 'f'); /* nothing after it either */
    assert_str(buf_str(&b), "abc");
}

static void test_printf(void **state)
{
    struct buf b;
    buf_init(&b, *state, 1000);
    buf_printf(&b, "%s %d", "x", 5);
    buf_printf(&b, "%300d", 1); /* longer than the buffer on the stack */
    assert_int_equal(b.n, 303);
    assert_memory_equal(b.p, "x 5   ", 6);
    assert_int_equal(b.p[302], '1');
    buf_init(&b, *state, 3);
    buf_printf(&b, "abc"); /* needs no room for a NUL */
    assert_false(b.full);
    buf_init(&b, *state, 300);
    buf_printf(&b, "%300d", 1);
    assert_false(b.full);
    buf_init(&b, *state, 299);
    buf_printf(&b, "%300d", 1);
    assert_true(b.full);
    assert_int_equal(b.n, 0);
}

static void test_numbers(void **state)
{
    struct buf b;
    buf_init(&b, *state, 1000);
    buf_put_u64(&b, 0);
    buf_putc(&b, ' ');
    buf_put_u64(&b, UINT64_MAX);
    buf_putc(&b, ' ');
    buf_put_i64(&b, INT64_MIN);
    buf_putc(&b, ' ');
    buf_put_i64(&b, -7);
    buf_putc(&b, ' ');
    buf_put_i64(&b, INT64_MAX);
    assert_str(buf_str(&b), "0 18446744073709551615 -9223372036854775808 -7 9223372036854775807");
}

static void test_reserve(void **state)
{
    struct buf b;
    buf_init(&b, *state, 10);
    char *p = buf_reserve(&b, 10);
    assert_non_null(p);
    memcpy(p, "0123456789", 10);
    b.n += 10;
    assert_null(buf_reserve(&b, 1));
    assert_true(b.full);
    assert_str(buf_str(&b), "0123456789");
    buf_init(&b, *state, SIZE_MAX);
    buf_putc(&b, 'x');
    assert_null(buf_reserve(&b, SIZE_MAX)); /* the sum would wrap */
    assert_true(b.full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_grows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_limit_is_exact, setup, teardown),
        cmocka_unit_test_setup_teardown(test_printf, setup, teardown),
        cmocka_unit_test_setup_teardown(test_numbers, setup, teardown),
        cmocka_unit_test_setup_teardown(test_reserve, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
