/* utf8.h - strict UTF-8: shortest form, no surrogates, <= U+10FFFF. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H
#include "base/str.h"
bool utf8_valid(struct str s);
size_t utf8_count(struct str s); /* characters of a valid string */
/* Next character of a valid string; advances *s. 0xFFFFFFFF at the end. */
uint32_t utf8_next(struct str *s);
size_t utf8_put(uint32_t c, char out[4]); /* bytes written */
/* Valid, without NUL, C0 (tab, CR, LF allowed when multiline) and DEL, C1, and bidi overrides. */
bool utf8_is_text(struct str s, bool multiline);
struct str utf8_truncate(struct str s, size_t max_chars);
#endif
