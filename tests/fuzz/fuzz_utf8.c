/*
 * fuzz_utf8.c - UTF-8 against a second, slower reading of the standard, and what must hold for every valid text.
 *
 * sources: cgi/base/[a-z]*.c
 * covers: cgi/base/utf8.c
 */
#include "fuzz.h"

/* Unicode 15, table 3-7, byte by byte. 0 = ill-formed. */
static size_t well_formed(const uint8_t *p, size_t n)
{
    static const struct {
        uint8_t first_low, first_high, second_low, second_high;
        size_t length;
    } rows[] = {{0x00, 0x7f, 0, 0, 1},       {0xc2, 0xdf, 0x80, 0xbf, 2}, {0xe0, 0xe0, 0xa0, 0xbf, 3},
                {0xe1, 0xec, 0x80, 0xbf, 3}, {0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
                {0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4}, {0xf4, 0xf4, 0x80, 0x8f, 4}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        if (p[0] < rows[r].first_low || p[0] > rows[r].first_high)
            continue;
        if (rows[r].length > n || (rows[r].length > 1 && (p[1] < rows[r].second_low || p[1] > rows[r].second_high)))
            return 0;
        for (size_t i = 2; i < rows[r].length; i++)
            if (p[i] < 0x80 || p[i] > 0xbf)
                return 0;
        return rows[r].length;
    }
    return 0;
}

static void check_valid(struct str s, size_t chars)
{
    FUZZ_CHECK(utf8_count(s) == chars);
    struct str rest = s;
    for (size_t i = 0; i < chars; i++) {
        struct str before = rest;
        char back[4];
        uint32_t c = utf8_next(&rest);
        size_t n = utf8_put(c, back);
        FUZZ_CHECK(n == before.n - rest.n && memcmp(back, before.p, n) == 0);
    }
    FUZZ_CHECK(rest.n == 0 && utf8_next(&rest) == UINT32_C(0xffffffff));
    struct str cut = utf8_truncate(s, chars / 2);
    FUZZ_CHECK(utf8_valid(cut) && utf8_count(cut) == chars / 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = {(const char *)data, size};
    size_t chars = 0;
    bool valid = true;
    for (size_t i = 0; i < size && valid; chars++) {
        size_t n = well_formed(data + i, size - i);
        valid = n > 0;
        i += n;
    }
    FUZZ_CHECK(utf8_valid(s) == valid);
    if (valid)
        check_valid(s, chars);
    bool one = utf8_is_text(s, false), many = utf8_is_text(s, true);
    FUZZ_CHECK(!many || valid);
    FUZZ_CHECK(!one || (many && !memchr(data, '\n', size) && !memchr(data, 0, size)));
    return 0;
}
