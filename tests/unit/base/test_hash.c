/* test_hash.c - cgi/base/hash.c: published test vectors, round trips, refusals. */
#include "base/hash.h"
#include "base/random.h"
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

static void test_fnv1a(void **state)
{
    (void)state;
    assert_true(hash_fnv1a(STR_NONE) == UINT64_C(0xcbf29ce484222325));
    assert_true(hash_fnv1a(STR("a")) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(hash_fnv1a(STR("foobar")) == UINT64_C(0x85944171f73967e8));
}

static void test_hex(void **state)
{
    struct str s = STR("untouched");
    assert_str(hex_encode(*state, STR("\x00\x7f\xff")), "007fff");
    assert_str(hex_encode(*state, STR_NONE), "");
    assert_true(hex_decode(*state, STR("007FfF"), &s));
    assert_true(str_eq(s, STR("\x00\x7f\xff")));
    assert_true(hex_decode(*state, STR_NONE, &s));
    assert_int_equal(s.n, 0);
    s = STR("untouched");
    assert_false(hex_decode(*state, STR("0"), &s));
    assert_false(hex_decode(*state, STR("0g"), &s));
    assert_false(hex_decode(*state, STR(" 0"), &s));
    assert_str(s, "untouched");
}

/* RFC 4648, section 10, with the padding left out. */
static void test_base64url_vectors(void **state)
{
    static const char *const rows[][2] = {{"", ""},           {"f", "Zg"},         {"fo", "Zm8"},          {"foo", "Zm9v"},
                                          {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str back;
        assert_str(base64url_encode(*state, str_from_c(rows[i][0])), rows[i][1]);
        assert_true(base64url_decode(*state, str_from_c(rows[i][1]), &back));
        assert_str(back, rows[i][0]);
    }
    assert_str(base64url_encode(*state, STR("\xfb\xff\xfe")), "-__-");
}

static void test_base64url_refuses(void **state)
{
    static const char *const bad[] = {"A", "AAAAA", "Zg==", "Zg+", "Zg/", "Zh", "Zm9", "Z g", "Zg\n"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct str s = STR("untouched");
        if (base64url_decode(*state, str_from_c(bad[i]), &s))
            fail_msg("\"%s\" was taken", bad[i]);
        assert_str(s, "untouched");
    }
}

static void test_round_trips(void **state)
{
    for (size_t n = 0; n < 200; n++) {
        char bytes[200];
        struct str back, s = {bytes, n};
        random_bytes(bytes, n);
        assert_true(base64url_decode(*state, base64url_encode(*state, s), &back) && str_eq(back, s));
        assert_true(hex_decode(*state, hex_encode(*state, s), &back) && str_eq(back, s));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fnv1a),
        cmocka_unit_test_setup_teardown(test_hex, setup, teardown),
        cmocka_unit_test_setup_teardown(test_base64url_vectors, setup, teardown),
        cmocka_unit_test_setup_teardown(test_base64url_refuses, setup, teardown),
        cmocka_unit_test_setup_teardown(test_round_trips, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
