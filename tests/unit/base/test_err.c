/* test_err.c - cgi/base/err.c: the first fault stays, fields collect, mistakes of ours abort. */
#include "unit.h"

static void test_first_stays(void **state)
{
    struct fault f = {0};
    (void)state;
    assert_int_equal(fault_set(&f, ERR_CONFLICT, "VERSION", "row %d", 7), ERR_CONFLICT);
    assert_int_equal(fault_set(&f, ERR_INTERNAL, "OTHER", NULL), ERR_CONFLICT);
    assert_int_equal(f.err, ERR_CONFLICT);
    assert_string_equal(f.reason, "VERSION");
    assert_string_equal(f.detail, "row 7");
    /* A field does not turn a conflict into something the caller can correct. */
    assert_int_equal(fault_field(&f, "title", "REQUIRED"), ERR_CONFLICT);
    assert_int_equal(f.n_fields, 0);
    fault_clear(&f);
    assert_int_equal(f.err, ERR_OK);
    assert_int_equal(fault_set(&f, ERR_DENIED, "X", NULL), ERR_DENIED);
    assert_string_equal(f.detail, "");
}

static void test_fields_collect(void **state)
{
    struct fault f = {0};
    (void)state;
    for (int i = 0; i < FAULT_FIELDS_MAX + 5; i++)
        assert_int_equal(fault_field(&f, i ? "more" : "title", i ? "TOO_LONG" : "REQUIRED"), ERR_INVALID);
    assert_int_equal(f.err, ERR_INVALID);
    assert_string_equal(f.reason, "INVALID_INPUT");
    assert_int_equal(f.n_fields, FAULT_FIELDS_MAX);
    assert_string_equal(f.fields[0].field, "title");
    assert_string_equal(f.fields[0].reason, "REQUIRED");
    assert_string_equal(f.fields[FAULT_FIELDS_MAX - 1].reason, "TOO_LONG");
}

static void test_detail_is_cut(void **state)
{
    struct fault f = {0};
    (void)state;
    fault_set(&f, ERR_INTERNAL, "X", "%500d", 1);
    assert_int_equal(strlen(f.detail), sizeof f.detail - 1);
}

static void test_nobody_asks(void **state)
{
    (void)state;
    assert_int_equal(fault_set(NULL, ERR_DENIED, "X", NULL), ERR_DENIED);
    assert_int_equal(fault_field(NULL, "a", "B"), ERR_INVALID);
}

static void broken(void)
{
    BUG_ON(1 + 1 == 2);
}

static void whole(void)
{
    BUG_ON(1 + 1 == 3);
}

static void test_bug_on(void **state)
{
    (void)state;
    assert_true(unit_aborts(broken));
    assert_false(unit_aborts(whole));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_stays), cmocka_unit_test(test_fields_collect), cmocka_unit_test(test_detail_is_cut),
        cmocka_unit_test(test_nobody_asks), cmocka_unit_test(test_bug_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
