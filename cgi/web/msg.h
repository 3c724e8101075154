/*
 * msg.h - the words of the interface, by key and language.
 *
 * msggen makes enum msg and the tables below from templates/messages; templates reach most messages at build time and
 * these functions serve the rest: keys chosen at run time, problem pages, SMS, JSON. A key used in stored events is
 * never deleted.
 */
#ifndef WEB_MSG_H
#define WEB_MSG_H

#include "base/buf.h"
#include "gen/msg.h" /* enum msg { MSG_NONE, MSG_area_key, ..., MSG_COUNT } */
#include "web/lang.h"

struct msg_arg {
    const char *name; /* as between the braces */
    struct str text;  /* plain; a count is given in digits, so that {n|demand|demands} can choose */
};

/* The text of a message without placeholders; of one that has some, BUG_ON. MSG_NONE is empty. Static memory. */
struct str msg_text(enum lang lang, enum msg m);
/* Plain text, not escaped, in the arena. A placeholder without an argument is shown as {name}: visible, but no reason to fail;
 * arguments come from checked forms, so more than MSG_FORMAT_BYTES is a mistake of ours. */
enum { MSG_FORMAT_BYTES = 1024 * 1024 };
struct str msg_format(struct arena *a, enum lang lang, enum msg m, const struct msg_arg *args, size_t n);
/* The same for a message chosen at run time, whose arguments cost something: each is asked for by name when it is met.
 * find returns false when there is none. */
struct str msg_format_by(struct arena *a, enum lang lang, enum msg m,
                         bool (*find)(const void *of, struct str name, struct str *ret), const void *of);
bool msg_has_args(enum msg m);
enum msg msg_find(struct str key); /* MSG_NONE when unknown */
struct str msg_key(enum msg m);    /* "area.key"; empty for MSG_NONE */

/* Made by msggen. Both are indexed by enum msg; msg_keys is sorted bytewise from index 1. */
extern const struct str msg_keys[MSG_COUNT];
extern const struct str msg_texts[LANG_COUNT][MSG_COUNT];

#endif
