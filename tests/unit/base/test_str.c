/* test_str.c - cgi/base/str.c: comparing, cutting, numbers. */
#include "unit.h"

static void test_equal_and_order(void **state)
{
    (void)state;
    assert_true(str_eq(STR("ab"), STR("ab")));
    assert_false(str_eq(STR("ab"), STR("abc")));
    assert_true(str_eq(STR_NONE, (struct str){NULL, 0}));
    assert_true(str_eq(STR("a\0b"), (struct str){"a\0b", 3}));
    assert_false(str_eq(STR("a\0b"), STR("a\0c")));
    assert_true(str_cmp(STR("a"), STR("b")) < 0);
    assert_true(str_cmp(STR("b"), STR("a")) > 0);
    assert_true(str_cmp(STR("a"), STR("ab")) < 0);
    assert_true(str_cmp(STR("ab"), STR("a")) > 0);
    assert_true(str_cmp(STR("\xff"), STR("a")) > 0); /* bytes, not signed characters */
    assert_int_equal(str_cmp(STR_NONE, (struct str){NULL, 0}), 0);
    assert_true(str_eq_nocase(STR("Content-TYPE"), STR("content-type")));
    assert_false(str_eq_nocase(STR("a"), STR("ab")));
    assert_false(str_eq_nocase(STR("@"), STR("`"))); /* differ by the same bit as letters do */
    assert_true(str_starts(STR("abc"), STR("ab")) && str_starts(STR("abc"), STR_NONE));
    assert_false(str_starts(STR("a"), STR("ab")));
    assert_true(str_ends(STR("abc"), STR("bc")) && str_ends(STR("abc"), STR_NONE));
    assert_false(str_ends(STR("c"), STR("bc")));
    assert_str(str_from_c(NULL), "");
}

static void test_secret(void **state)
{
    (void)state;
    assert_true(str_eq_secret(STR("topsecret"), STR("topsecret")));
    assert_true(str_eq_secret(STR_NONE, STR_NONE));
    assert_false(str_eq_secret(STR("topsecret"), STR("topsecreT")));
    assert_false(str_eq_secret(STR("Topsecret"), STR("topsecret")));
    assert_false(str_eq_secret(STR("topsecret"), STR("topsecre")));
}

static void test_trim_and_slice(void **state)
{
    (void)state;
    assert_str(str_trim(STR(" \t\r\n\v\fa b\n ")), "a b");
    assert_str(str_trim(STR("   ")), "");
    assert_str(str_trim(STR_NONE), "");
    assert_str(str_slice(STR("abcdef"), 1, 3), "bc");
    assert_str(str_slice(STR("abc"), 1, 99), "bc");
    assert_str(str_slice(STR("abc"), 3, 3), "");
    assert_str(str_slice(STR("abc"), 9, 2), "");
}

static void test_cut_and_find(void **state)
{
    struct str head, tail;
    (void)state;
    assert_true(str_cut(STR("a=b=c"), '=', &head, &tail));
    assert_str(head, "a");
    assert_str(tail, "b=c");
    assert_true(str_cut(STR("a="), '=', &head, &tail));
    assert_str(tail, "");
    assert_false(str_cut(STR("abc"), '=', &head, &tail));
    assert_str(head, "abc");
    assert_str(tail, "");
    assert_false(str_cut(STR_NONE, '=', &head, &tail));
    /* The outputs may be the input. */
    struct str s = STR("x,y");
    assert_true(str_cut(s, ',', &head, &s));
    assert_str(s, "y");

    struct str hay = STR("one two");
    assert_ptr_equal(str_find(hay, STR("two")), hay.p + 4);
    assert_ptr_equal(str_find(hay, STR_NONE), hay.p);
    assert_null(str_find(hay, STR("three")));
    assert_null(str_find(STR("ab"), STR("abc")));
}

static void test_numbers(void **state)
{
    static const struct {
        const char *text;
        int64_t min, max;
        bool good;
        int64_t value;
    } rows[] = {
        {"0", 0, 9, true, 0},
        {"007", 0, 9, true, 7},
        {"10", 0, 9, false, 0},
        {"-1", 0, 9, false, 0},
        {"-1", -1, 9, true, -1},
        {"-0", 0, 9, true, 0},
        {"", 0, 9, false, 0},
        {"-", -9, 9, false, 0},
        {"+1", 0, 9, false, 0},
        {" 1", 0, 9, false, 0},
        {"1 ", 0, 9, false, 0},
        {"1x", 0, 9, false, 0},
        {"--1", -9, 9, false, 0},
        {"9223372036854775807", INT64_MIN, INT64_MAX, true, INT64_MAX},
        {"9223372036854775808", INT64_MIN, INT64_MAX, false, 0},
        {"-9223372036854775808", INT64_MIN, INT64_MAX, true, INT64_MIN},
        {"-9223372036854775809", INT64_MIN, INT64_MAX, false, 0},
        {"99999999999999999999999", INT64_MIN, INT64_MAX, false, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t v = 77;
        bool good = parse_i64(str_from_c(rows[i].text), rows[i].min, rows[i].max, &v);
        if (good != rows[i].good || v != (good ? rows[i].value : 77))
            fail_msg("row %zu: \"%s\"", i, rows[i].text);
    }
    uint64_t u = 77;
    assert_true(parse_u64(STR("18446744073709551615"), 0, UINT64_MAX, &u));
    assert_true(u == UINT64_MAX);
    u = 77;
    assert_false(parse_u64(STR("18446744073709551616"), 0, UINT64_MAX, &u));
    assert_false(parse_u64(STR("-1"), 0, UINT64_MAX, &u));
    assert_false(parse_u64(STR("4"), 5, 9, &u));
    assert_true(u == 77);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_equal_and_order), cmocka_unit_test(test_secret), cmocka_unit_test(test_trim_and_slice),
        cmocka_unit_test(test_cut_and_find),    cmocka_unit_test(test_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
