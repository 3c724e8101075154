/*
 * test_password.c - which passwords are refused, and that a hash fits its own password alone.
 */
#include "unit.h"

#include "app/crypto.h"
#include "app/password.h"

static struct app_settings set;
static struct fault fault;
static struct ctx c;

static int open_all(void **state)
{
    (void)state;
    crypto_init();
    set = app_settings_default();
    set.argon2_mib = 8;
    set.argon2_passes = 1;
    c = (struct ctx){.a = arena_new(1 << 20), .set = &set, .fault = &fault};
    return c.a ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    arena_free(c.a);
    return 0;
}

static const char *judge(const char *password)
{
    const char *why = password_complaint(str_from_c(password), STR("li.ming"), STR("李明"));
    return why ? why : "good";
}

static void test_refused(void **state)
{
    static const struct {
        const char *password, *why;
    } rows[] = {
        {"", "PASSWORD_SHORT"},
        {"elevenchars", "PASSWORD_SHORT"},
        {"一二三四五六七八九十一", "PASSWORD_SHORT"},
        {"password2026", "PASSWORD_COMMON"},
        {"Password2026!", "PASSWORD_COMMON"},
        {"P@ssw0rd2026", "PASSWORD_COMMON"},
        {"qwertyuiop123", "PASSWORD_COMMON"},
        {"1qaz2wsx1qaz2wsx", "PASSWORD_COMMON"},
        {"123456789012", "PASSWORD_COMMON"},
        {"2026-11-22 12345", "PASSWORD_COMMON"},
        {"woaini13800138000", "PASSWORD_COMMON"},
        {"Beijing12345!", "PASSWORD_COMMON"},
        {"suda12345suda", "PASSWORD_COMMON"},
        {"jiesujiban2026", "PASSWORD_COMMON"},
        {"correcthorsebatterystaple", "PASSWORD_COMMON"},
        {"abababababab", "PASSWORD_COMMON"},
        {"zzzzzzzzzzzzzz", "PASSWORD_COMMON"},
        {"xk9!xk9!xk9!", "PASSWORD_COMMON"},
        {"li.ming12345", "PASSWORD_LIKE_LOGIN"},
        {"LI.MING-2026", "PASSWORD_LIKE_LOGIN"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(judge(rows[i].password), rows[i].why);
}

/* The control: long, and not of common words alone. No composition is asked for. */
static void test_good(void **state)
{
    static const char *const rows[] = {"tractor plum violin", "today a blue kettle sings", "一二三四五六七八九十甲乙", "kettle-89-fjord",
                                       "password kettle", "ghwmqzrtvxkp"};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(judge(rows[i]), "good");
    char long_one[PASSWORD_MAX_CHARS + 2];
    for (size_t i = 0; i < sizeof long_one; i++)
        long_one[i] = (char)('a' + i * 7 % 26);
    long_one[PASSWORD_MAX_CHARS + 1] = 0;
    assert_string_equal(judge(long_one), "TOO_LONG");
    long_one[PASSWORD_MAX_CHARS] = 0;
    assert_string_equal(judge(long_one), "good");
}

static void test_made(void **state)
{
    (void)state;
    struct str one = password_make(c.a), two = password_make(c.a);
    assert_int_equal(one.n, 19);
    assert_false(str_eq(one, two));
    for (int i = 0; i < 200; i++)
        assert_null(password_complaint(password_make(c.a), STR("li.ming"), STR("李明")));
}

static void test_hash(void **state)
{
    struct str hash, again;
    (void)state;
    assert_int_equal(password_hash(&c, STR("tractor plum violin"), &hash), ERR_OK);
    assert_int_equal(password_hash(&c, STR("tractor plum violin"), &again), ERR_OK);
    assert_true(str_starts(hash, STR("$argon2id$v=19$m=8192,t=1,p=1$")));
    assert_false(str_eq(hash, again)); /* salted */
    assert_true(password_fits(&c, hash, STR("tractor plum violin")));
    assert_false(password_fits(&c, hash, STR("tractor plum violins")));
    assert_false(password_fits(&c, hash, STR("")));
    assert_false(password_fits(&c, STR_NONE, STR("tractor plum violin")));
    assert_false(password_fits(&c, STR("$argon2id$nonsense"), STR("tractor plum violin")));
    assert_false(password_stale(&c, hash));
    set.argon2_passes = 2;
    assert_true(password_stale(&c, hash));
    set.argon2_passes = 1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_refused), cmocka_unit_test(test_good), cmocka_unit_test(test_made),
                                       cmocka_unit_test(test_hash)};
    return cmocka_run_group_tests(tests, open_all, close_all);
}
