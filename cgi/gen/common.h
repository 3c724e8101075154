/*
 * common.h - what the generators share: a list of complaints, files in and out, C string literals.
 *
 * Generators never stop at the first mistake of the whole input; they collect complaints as `path:line: what`, print
 * them together and write nothing. All memory is one arena, freed at the end.
 */
#ifndef GEN_COMMON_H
#define GEN_COMMON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum { GEN_ARENA_BYTES = 512 * 1024 * 1024, GEN_TEXT_BYTES = 64 * 1024 * 1024, GEN_ERRORS_MAX = 100 };

struct gen {
    struct arena *a;
    struct buf errors; /* "path:line: what\n", at most GEN_ERRORS_MAX of them */
    size_t n_errors;
};

struct gen_file { /* one output: a name inside the output folder */
    struct str name, text;
};
struct gen_files {
    struct gen_file *p;
    size_t n, cap;
};

void gen_init(struct gen *g, struct arena *a);
void gen_error(struct gen *g, struct str path, size_t line, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Grows an arena array for one more element: p = gen_grow(a, p, &cap, n, sizeof *p). */
void *gen_grow(struct arena *a, void *p, size_t *cap, size_t n, size_t size);
void gen_add_file(struct gen *g, struct gen_files *files, struct str name, struct str text);

bool gen_read(struct gen *g, const char *path, struct str *ret); /* a failure is a complaint */
/* Writes what changed, so that make rebuilds no more than it must, and removes files of the folder that begin with
 * `prefix` and end in ".c" but are no longer made. */
bool gen_write(struct gen *g, const char *dir, const struct gen_files *files, const char *prefix);
/* Names in a folder that end in `suffix`, sorted bytewise; not "." files. NULL suffix: all. */
bool gen_list(struct gen *g, const char *dir, const char *suffix, struct str **ret, size_t *ret_n);

/* A C literal with its quotes. Long text goes on at line ends with `indent` blanks before each further piece. */
void gen_c_literal(struct buf *b, struct str s, int indent);
bool gen_is_name(struct str s); /* [a-z_][a-z0-9_]* */

#endif
