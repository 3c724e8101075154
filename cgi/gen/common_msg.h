/*
 * common_msg.h - the catalogue of messages, read by msggen (tables) and tmplgen (constants inside pages).
 *
 * A file holds lines `key.with.dots = text`. `#` at the start of a line makes a comment. A line ending in `\` goes on
 * at the first non-blank of the next one. `\n` is a line break, `\\` a backslash. `{name}` stands for an argument,
 * `{n|demand|demands}` for the first form when n is 1, else the second. There is no other brace.
 */
#ifndef GEN_COMMON_MSG_H
#define GEN_COMMON_MSG_H

#include "gen/common.h"

enum { GEN_LANGS = 2, MSG_NAMES_MAX = 8 };
struct gen_lang {
    const char *dir;      /* folder under templates/messages */
    const char *constant; /* of enum lang in web/lang.h, in its order */
};
extern const struct gen_lang gen_langs[GEN_LANGS];

enum msg_part_kind { PART_TEXT, PART_ARG, PART_CHOICE };
struct msg_part {
    enum msg_part_kind kind;
    struct str text;      /* PART_TEXT */
    struct str name;      /* PART_ARG, PART_CHOICE */
    struct str one, many; /* PART_CHOICE */
};

struct msg_def {
    struct str key;
    struct str text[GEN_LANGS]; /* with its placeholders, escapes undone */
    struct str names[MSG_NAMES_MAX];
    size_t n_names; /* distinct, sorted; the same in every language */
};

struct msg_entry { /* one line as read */
    struct str key, text, path;
    size_t line, lang;
};
struct catalogue {
    struct msg_entry *entries;
    size_t n_entries, cap_entries;
    struct msg_def *defs; /* sorted by key */
    size_t n;
};

/* Reads one file's text. Mistakes are complaints in g. */
void catalogue_read(struct gen *g, struct catalogue *c, size_t lang, struct str path, struct str text);
/* After the last file: sorts, and complains of duplicates, missing translations and placeholders that differ. */
bool catalogue_finish(struct gen *g, struct catalogue *c);
/* All of <dir>/<lang>/<area>.msg, and catalogue_finish. */
bool catalogue_load(struct gen *g, struct catalogue *c, const char *dir);
const struct msg_def *catalogue_find(const struct catalogue *c, struct str key); /* NULL = unknown */
/* Cuts a text (one that catalogue_finish has accepted) into parts. Returns their number. */
size_t msg_parts(struct arena *a, struct str text, struct msg_part **ret);
struct str msg_constant(struct arena *a, struct str key); /* MSG_key_with_dots */

#endif
