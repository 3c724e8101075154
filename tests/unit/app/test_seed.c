/* test_seed.c - cgi/app/seed_apply.c: which versions are closed and opened. The loader itself is tested in tests/data. */
#include "app/seed_internal.h"
#include "unit.h"

enum { ROWS = 8 };
static struct seed_current now_there[ROWS];
static size_t n_there;
static char log_text[400];
static enum err answer; /* of put */

static enum err current(struct db *db, struct arena *a, const struct seed_current **ret, size_t *ret_n)
{
    (void)db;
    (void)a;
    *ret = now_there;
    *ret_n = n_there;
    return ERR_OK;
}

static void note(const char *what, struct str code, int32_t day)
{
    size_t n = strlen(log_text);
    snprintf(log_text + n, sizeof log_text - n, "%s " STR_FMT " %d; ", what, STR_ARG(code), day);
}

static enum err close_it(struct db *db, struct str code, int32_t day)
{
    (void)db;
    note("close", code, day);
    return ERR_OK;
}

static enum err put_it(struct db *db, void *in, int32_t day)
{
    (void)db;
    note("put", *(const struct str *)in, day);
    return answer;
}

static const struct seed_table table = {current, close_it, put_it};

static enum err apply(struct arena *a, const char *const *pairs, size_t n, size_t *changed, struct fault *f)
{
    struct seed_work w = {.a = a, .f = f, .today = 20261122};
    struct seed_row *rows = ARENA_ARRAY(a, struct seed_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct str *code = ARENA_NEW(a, struct str);
        *code = str_from_c(pairs[2 * i]);
        rows[i] = (struct seed_row){*code, str_from_c(pairs[2 * i + 1]), code};
    }
    log_text[0] = 0;
    *f = (struct fault){0};
    return seed_apply(&w, &table, rows, n, changed);
}

static void there(const char *const *pairs, size_t n)
{
    n_there = n;
    for (size_t i = 0; i < n; i++)
        now_there[i] = (struct seed_current){str_from_c(pairs[2 * i]), str_from_c(pairs[2 * i + 1])};
}

static int setup(void **state)
{
    *state = arena_new(1 << 20);
    answer = ERR_OK;
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static void test_first_load(void **state)
{
    static const char *const rows[] = {"b", "2", "a", "1"};
    size_t changed;
    struct fault f;
    there(NULL, 0);
    assert_int_equal(apply(*state, rows, 2, &changed, &f), ERR_OK);
    assert_string_equal(log_text, "put a 20190101; put b 20190101; ");
    assert_int_equal(changed, 2);
}

static void test_changes(void **state)
{
    static const char *const old[] = {"d", "4", "a", "1", "c", "3", "b", "2"};
    static const char *const rows[] = {"a", "1", "b", "two", "d", "4", "e", "5"};
    size_t changed;
    struct fault f;
    there(old, 4);
    assert_int_equal(apply(*state, rows, 4, &changed, &f), ERR_OK);
    assert_string_equal(log_text, "close b 20261122; put b 20261122; close c 20261122; put e 20261122; ");
    assert_int_equal(changed, 3);
    there(rows, 4);
    assert_int_equal(apply(*state, rows, 4, &changed, &f), ERR_OK);
    assert_string_equal(log_text, "");
    assert_int_equal(changed, 0);
}

static void test_twice(void **state)
{
    static const char *const rows[] = {"a", "1", "b", "2", "a", "3"};
    size_t changed;
    struct fault f;
    there(NULL, 0);
    assert_int_equal(apply(*state, rows, 3, &changed, &f), ERR_INVALID);
    assert_string_equal(log_text, "");
    assert_non_null(strstr(f.detail, "a stands twice"));
}

static void test_a_fault_ends_it(void **state)
{
    static const char *const rows[] = {"a", "1", "b", "2"};
    size_t changed;
    struct fault f;
    there(NULL, 0);
    answer = ERR_UNAVAILABLE;
    assert_int_equal(apply(*state, rows, 2, &changed, &f), ERR_UNAVAILABLE);
    assert_string_equal(log_text, "put a 20190101; ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_first_load, setup, teardown),
        cmocka_unit_test_setup_teardown(test_changes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_twice, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_fault_ends_it, setup, teardown),
    };
    return cmocka_run_group_tests_name("seed", tests, NULL, NULL);
}
