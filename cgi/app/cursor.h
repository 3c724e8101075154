/*
 * cursor.h - where a list goes on: opaque to the reader, sealed against change.
 *
 * A cursor names its version, its list, a hash of the filter in force, and up to two numbers: the key of the last row, or
 * the position inside a capped search result. An 8-byte MAC over all of it makes a cursor of another list, another
 * filter or a forged one the same thing: ERR_INVALID, CURSOR_INVALID (decision 5). A program without secrets (open) gives
 * no keyring: its lists are public, so that the seal need only catch mistakes.
 */
#ifndef APP_CURSOR_H
#define APP_CURSOR_H

#include "base/arena.h"
#include "base/err.h"

struct keyring;

enum cursor_list {
    CURSOR_KB_SEARCH = 1,
    CURSOR_MY_TICKETS,
    CURSOR_PUBLIC_TICKETS,
    CURSOR_EVENTS,
    CURSOR_WORK,
    CURSOR_TRIAGE,
    CURSOR_RETURNS,
    CURSOR_WHISTLES,
    CURSOR_WALL,
    CURSOR_SUPERVISIONS,
    CURSOR_VISITS,
    CURSOR_RULES,
    CURSOR_EXTENSIONS,
};

struct cursor {
    int64_t a, b;
};

/* filter: whatever selects the rows (area, category, query ...), joined by the caller; it is hashed, not carried. */
struct str cursor_seal(const struct keyring *k, struct arena *a, enum cursor_list list, struct str filter, struct cursor at);
/* An empty text is the beginning: *ret is zero and *ret_given false. */
enum err cursor_open(const struct keyring *k, struct arena *a, enum cursor_list list, struct str filter, struct str text,
                     struct cursor *ret, bool *ret_given, struct fault *f) MUST_CHECK;

#endif
