/* test_cursor.c - cgi/app/cursor.c: a cursor opens only where it was made. */
#include "app/cursor.h"
#include "app/crypto.h"
#include "unit.h"

static char key_path[] = "/tmp/suda-cursor-XXXXXX";
static struct keyring *keys;

static int setup(void **state)
{
    char why[300];
    crypto_init();
    int fd = mkstemp(key_path);
    if (fd < 0 || close(fd) || unlink(key_path) || !keyring_create(key_path, 1700000000, why, sizeof why))
        return -1;
    keys = keyring_load(key_path, why, sizeof why);
    unlink(key_path);
    *state = arena_new(1 << 20);
    return *state && keys ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    keyring_free(keys);
    return 0;
}

static enum err open_it(struct arena *a, enum cursor_list list, const char *filter, struct str text, struct cursor *ret,
                        bool *given, struct fault *f)
{
    *f = (struct fault){0};
    return cursor_open(keys, a, list, str_from_c(filter), text, ret, given, f);
}

static void test_round_trip(void **state)
{
    static const struct cursor rows[] = {{0, 0}, {1, -1}, {INT64_MAX, INT64_MIN}, {7412281402982400000, 42}};
    struct cursor got;
    struct fault f;
    bool given;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str s = cursor_seal(keys, *state, CURSOR_MY_TICKETS, STR("f"), rows[i]);
        assert_int_equal(open_it(*state, CURSOR_MY_TICKETS, "f", s, &got, &given, &f), ERR_OK);
        assert_true(given && got.a == rows[i].a && got.b == rows[i].b);
    }
}

static void test_empty_is_the_beginning(void **state)
{
    struct cursor got = {7, 7};
    struct fault f;
    bool given = true;
    assert_int_equal(open_it(*state, CURSOR_EVENTS, "f", STR_NONE, &got, &given, &f), ERR_OK);
    assert_true(!given && got.a == 0 && got.b == 0);
}

static void refused(struct arena *a, enum cursor_list list, const char *filter, struct str text)
{
    struct cursor got;
    struct fault f;
    bool given;
    assert_int_equal(open_it(a, list, filter, text, &got, &given, &f), ERR_INVALID);
    assert_string_equal(f.reason, "CURSOR_INVALID");
}

static void test_other_list_filter_or_making(void **state)
{
    struct str s = cursor_seal(keys, *state, CURSOR_KB_SEARCH, STR("q"), (struct cursor){10, 0});
    refused(*state, CURSOR_EVENTS, "q", s);
    refused(*state, CURSOR_KB_SEARCH, "r", s);
    refused(*state, CURSOR_KB_SEARCH, "q", cursor_seal(NULL, *state, CURSOR_KB_SEARCH, STR("q"), (struct cursor){10, 0}));
    refused(*state, CURSOR_KB_SEARCH, "q", STR("!"));
    refused(*state, CURSOR_KB_SEARCH, "q", str_slice(s, 0, s.n - 1));
}

/* Every single character changed: none opens. */
static void test_forged(void **state)
{
    struct str s = cursor_seal(keys, *state, CURSOR_KB_SEARCH, STR("q"), (struct cursor){10, 0});
    for (size_t i = 0; i < s.n; i++) {
        struct str copy = arena_dup(*state, s);
        char *p = (char *)(uintptr_t)copy.p;
        p[i] = p[i] == 'A' ? 'B' : 'A';
        refused(*state, CURSOR_KB_SEARCH, "q", copy);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_empty_is_the_beginning),
        cmocka_unit_test(test_other_list_filter_or_making),
        cmocka_unit_test(test_forged),
    };
    return cmocka_run_group_tests_name("cursor", tests, setup, teardown);
}
