/*
 * fuzz_cookie.c - the Cookie header, and Accept-Language with it. First line = name, second = Accept-Language, rest =
 * Cookie.
 *
 * sources: cgi/base/[a-z]*.c cgi/web/{cookie,language}.c
 * covers: cgi/web/{cookie,language}.c
 */
#include "fuzz.h"
#include "web/cookie.h"
#include "web/language.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str name, accept, header, rest = {(const char *)data, size};
    enum lang lang = LANG_COUNT;
    str_cut(rest, '\n', &name, &rest);
    str_cut(rest, '\n', &accept, &header);
    struct str value = cookie_find(header, name);
    FUZZ_CHECK(cookie_value_ok(value));
    FUZZ_CHECK(!value.n || (value.p >= header.p && value.p + value.n <= header.p + header.n));
    FUZZ_CHECK(language_accepted(accept) < LANG_COUNT);
    FUZZ_CHECK(!language_of_tag(accept, &lang) || lang < LANG_COUNT);
    FUZZ_CHECK(language_tag(language_accepted(accept)).n > 0);
    return 0;
}
