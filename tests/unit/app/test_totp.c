/*
 * test_totp.c - codes of authenticators against the vectors of RFC 4226 (appendix D), RFC 6238 (appendix B) and RFC 4648.
 */
#include "unit.h"

#include "app/crypto.h"
#include "app/totp.h"

static const struct str secret = {"12345678901234567890", 20};
static struct arena *a;

static int open_all(void **state)
{
    (void)state;
    crypto_init();
    a = arena_new(1 << 20);
    return a ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static void test_hotp(void **state)
{
    static const uint32_t want[] = {755224, 287082, 359152, 969429, 338314, 254676, 287922, 162583, 399871, 520489};
    (void)state;
    for (int i = 0; i < 10; i++)
        assert_int_equal(totp_code(secret, i), want[i]);
}

static void test_totp(void **state)
{
    static const struct {
        int64_t at;
        uint32_t code; /* the last six of the RFC's eight digits */
    } want[] = {{59, 287082},         {1111111109, 81804},  {1111111111, 50471},
                {1234567890, 5924},   {2000000000, 279037}, {20000000000, 353130}};
    (void)state;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        assert_int_equal(totp_code(secret, want[i].at / TOTP_STEP_S), want[i].code);
}

static void test_check(void **state)
{
    int64_t step = 0;
    (void)state;
    assert_true(totp_check(secret, STR("005924"), 1234567890, 0, &step));
    assert_int_equal(step, 1234567890 / 30);
    /* once: neither this step nor one before it is good again */
    assert_false(totp_check(secret, STR("005924"), 1234567890, step, &step));
    assert_true(totp_check(secret, STR("005 924"), 1234567890, 0, &step));
    /* one step early or late, no more */
    assert_true(totp_check(secret, STR("005924"), 1234567890 + 30, 0, &step));
    assert_true(totp_check(secret, STR("005924"), 1234567890 - 30, 0, &step));
    assert_false(totp_check(secret, STR("005924"), 1234567890 + 60, 0, &step));
    assert_false(totp_check(secret, STR("005924"), 1234567890 - 60, 0, &step));
    static const char *const bad[] = {"", "5924", "00592", "0059245", "00592a", "-05924", "005925", "００５９２４"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(totp_check(secret, str_from_c(bad[i]), 1234567890, 0, &step));
}

static void test_text(void **state)
{
    (void)state;
    assert_str(totp_base32(a, STR(""), false), "");
    assert_str(totp_base32(a, STR("f"), false), "MY");
    assert_str(totp_base32(a, STR("fo"), false), "MZXQ");
    assert_str(totp_base32(a, STR("foo"), false), "MZXW6");
    assert_str(totp_base32(a, STR("foob"), false), "MZXW6YQ");
    assert_str(totp_base32(a, STR("fooba"), false), "MZXW6YTB");
    assert_str(totp_base32(a, STR("foobar"), false), "MZXW6YTBOI");
    assert_str(totp_base32(a, secret, true), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
    assert_str(totp_uri(a, STR("某市"), STR("li.ming"), STR("foobar")),
               "otpauth://totp/%E6%9F%90%E5%B8%82:li.ming?secret=MZXW6YTBOI&issuer=%E6%9F%90%E5%B8%82&algorithm=SHA1&digits=6&period=30");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_hotp), cmocka_unit_test(test_totp), cmocka_unit_test(test_check),
                                       cmocka_unit_test(test_text)};
    return cmocka_run_group_tests(tests, open_all, close_all);
}
