/* ticket_words.h - the words of some demands at once, for lists of the staff: scope is asked before. */
#ifndef APP_TICKET_WORDS_H
#define APP_TICKET_WORDS_H

#include "app/ctx.h"

enum { TICKET_WORDS_MAX = 10, TICKET_WORDS_CHARS = 500 };
/* ret[i]: the first characters of what the filer of ids[i] wrote; empty when there is nothing. n <= TICKET_WORDS_MAX. */
enum err ticket_words(struct ctx *c, const uint64_t *ids, size_t n, struct str *ret) MUST_CHECK;

#endif
