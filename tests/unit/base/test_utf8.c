/* test_utf8.c - cgi/base/utf8.c: every code point there and back, every kind of malformed byte refused. */
#include "base/utf8.h"
#include "unit.h"

static void test_every_character(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10ffff; c++) {
        char bytes[4];
        if (c == 0xd800)
            c = 0xe000;
        struct str s = {bytes, utf8_put(c, bytes)};
        size_t want = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        if (s.n != want || !utf8_valid(s) || utf8_count(s) != 1 || utf8_next(&s) != c || s.n != 0)
            fail_msg("U+%04X", c);
    }
}

static void test_malformed(void **state)
{
    static const struct str rows[] = {
        STR("\x80"), STR("\xbf"), STR("\xc0\x80"), STR("\xc1\xbf"), STR("\xc2"), STR("\xc2\x41"), STR("\xe0\x80\x80"),
        STR("\xe0\x9f\xbf"), STR("\xe4\xb8"), STR("\xe4\xb8\x41"), STR("\xed\xa0\x80"), STR("\xed\xbf\xbf"),
        STR("\xf0\x80\x80\x80"), STR("\xf0\x8f\xbf\xbf"), STR("\xf4\x90\x80\x80"), STR("\xf5\x80\x80\x80"), STR("\xff"),
        STR("\xfe"), STR("\xf0\x9f\x98"), STR("\xf8\x88\x80\x80\x80"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        /* At every offset to the eight bytes that are looked at together. */
        for (size_t lead = 0; lead < 20; lead++) {
            char text[64];
            memset(text, 'a', sizeof text);
            memcpy(text + lead, rows[i].p, rows[i].n);
            if (utf8_valid((struct str){text, lead + rows[i].n}))
                fail_msg("row %zu after %zu bytes", i, lead);
            if (utf8_valid((struct str){text, lead + rows[i].n + 20}))
                fail_msg("row %zu after %zu bytes, more behind", i, lead);
        }
    assert_true(utf8_valid(STR("")));
    assert_true(utf8_valid(STR("接诉即办 a\0b 😀")));
}

static void test_count_and_next(void **state)
{
    struct str s = STR("a诉é😀");
    (void)state;
    assert_int_equal(utf8_count(s), 4);
    assert_int_equal(utf8_next(&s), 'a');
    assert_int_equal(utf8_next(&s), 0x8bc9);
    assert_int_equal(utf8_next(&s), 0xe9);
    assert_int_equal(utf8_next(&s), 0x1f600);
    assert_true(utf8_next(&s) == UINT32_MAX);
    assert_int_equal(utf8_count(STR_NONE), 0);
}

static void put_surrogate(void)
{
    char out[4];
    utf8_put(0xd800, out);
}

static void next_of_garbage(void)
{
    struct str s = STR("\xff");
    utf8_next(&s);
}

static void test_misuse_aborts(void **state)
{
    (void)state;
    assert_true(unit_aborts(put_surrogate));
    assert_true(unit_aborts(next_of_garbage));
}

static void test_text(void **state)
{
    static const struct {
        struct str s;
        bool line, lines;
    } rows[] = {
        {STR("plain 文字 é 😀"), true, true},
        {STR(""), true, true},
        {STR("tab\t"), false, true},
        {STR("a\r\nb"), false, true},
        {STR("a\0b"), false, false},
        {STR("\x01"), false, false},
        {STR("\x1b[31m"), false, false},
        {STR("\x7f"), false, false},
        {STR("\xc2\x85"), false, false},         /* NEL, of C1 */
        {STR("\xc2\xa0"), true, true},           /* no-break space */
        {STR("\xe2\x80\xae" "evil"), false, false}, /* right-to-left override */
        {STR("\xe2\x81\xa6"), false, false},     /* isolate */
        {STR("\xe2\x80\x8f"), true, true},       /* right-to-left mark: no override */
        {STR("\xff"), false, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (utf8_is_text(rows[i].s, false) != rows[i].line || utf8_is_text(rows[i].s, true) != rows[i].lines)
            fail_msg("row %zu", i);
}

static void test_truncate(void **state)
{
    (void)state;
    assert_str(utf8_truncate(STR("接诉即办"), 2), "接诉");
    assert_str(utf8_truncate(STR("接诉"), 2), "接诉");
    assert_str(utf8_truncate(STR("接诉"), 99), "接诉");
    assert_str(utf8_truncate(STR("接诉"), 0), "");
    assert_str(utf8_truncate(STR_NONE, 5), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_character), cmocka_unit_test(test_malformed), cmocka_unit_test(test_count_and_next),
        cmocka_unit_test(test_misuse_aborts),   cmocka_unit_test(test_text),      cmocka_unit_test(test_truncate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
