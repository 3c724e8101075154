/*
 * common_out.c - complaints, files and literals for the generators.
 *
 * Contract: see common.h. Must not know what is generated.
 */
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <unistd.h>

#include "gen/common.h"

enum { PIECE = 90 }; /* bytes of a literal after which it goes on in the next line */

void gen_init(struct gen *g, struct arena *a)
{
    *g = (struct gen){.a = a};
    buf_init(&g->errors, a, GEN_TEXT_BYTES);
}

void gen_error(struct gen *g, struct str path, size_t line, const char *fmt, ...)
{
    if (g->n_errors++ >= GEN_ERRORS_MAX)
        return;
    char text[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    buf_put(&g->errors, path);
    if (line)
        buf_printf(&g->errors, ":%zu", line);
    buf_printf(&g->errors, ": %s\n", text);
}

void *gen_grow(struct arena *a, void *p, size_t *cap, size_t n, size_t size)
{
    if (n < *cap)
        return p;
    size_t more = *cap ? *cap * 2 : 16;
    void *q = arena_array(a, more, size);
    if (n)
        memcpy(q, p, n * size);
    *cap = more;
    return q;
}

void gen_add_file(struct gen *g, struct gen_files *files, struct str name, struct str text)
{
    files->p = gen_grow(g->a, files->p, &files->cap, files->n, sizeof *files->p);
    files->p[files->n++] = (struct gen_file){name, text};
}

/* The bytes of a file; false with errno when it cannot be read. */
static bool slurp(struct arena *a, const char *path, struct str *ret)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return false;
    struct buf b;
    buf_init(&b, a, GEN_TEXT_BYTES);
    char block[16384];
    size_t n;
    while ((n = fread(block, 1, sizeof block, f)) > 0)
        buf_put(&b, (struct str){block, n});
    bool ok = !ferror(f) && !b.full;
    fclose(f);
    if (ok)
        *ret = buf_str(&b);
    return ok;
}

bool gen_read(struct gen *g, const char *path, struct str *ret)
{
    errno = 0;
    if (slurp(g->a, path, ret))
        return true;
    gen_error(g, str_from_c(path), 0, "cannot be read: %s", errno ? strerror(errno) : "too large");
    return false;
}

static bool write_one(struct gen *g, const char *path, struct str text)
{
    struct str old;
    if (slurp(g->a, path, &old) && str_eq(old, text))
        return true;
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(text.p, 1, text.n, f) == text.n;
    if (f && fclose(f) != 0)
        ok = false;
    if (!ok)
        gen_error(g, str_from_c(path), 0, "cannot be written: %s", strerror(errno));
    return ok;
}

static bool is_made(const struct gen_files *files, struct str name)
{
    for (size_t i = 0; i < files->n; i++)
        if (str_eq(files->p[i].name, name))
            return true;
    return false;
}

/* A template that was removed must not stay in the library. */
static bool remove_stale(struct gen *g, const char *dir, const struct gen_files *files, const char *prefix)
{
    struct str *names;
    size_t n;
    if (!gen_list(g, dir, ".c", &names, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!str_starts(names[i], str_from_c(prefix)) || is_made(files, names[i]))
            continue;
        struct str path = arena_printf(g->a, "%s/" STR_FMT, dir, STR_ARG(names[i]));
        if (unlink(arena_cstr(g->a, path)) != 0)
            gen_error(g, path, 0, "cannot be removed: %s", strerror(errno));
    }
    return g->n_errors == 0;
}

bool gen_write(struct gen *g, const char *dir, const struct gen_files *files, const char *prefix)
{
    for (size_t i = 0; i < files->n; i++) {
        struct str path = arena_printf(g->a, "%s/" STR_FMT, dir, STR_ARG(files->p[i].name));
        if (!write_one(g, arena_cstr(g->a, path), files->p[i].text))
            return false;
    }
    return !prefix || remove_stale(g, dir, files, prefix);
}

static int by_bytes(const void *x, const void *y)
{
    return str_cmp(*(const struct str *)x, *(const struct str *)y);
}

bool gen_list(struct gen *g, const char *dir, const char *suffix, struct str **ret, size_t *ret_n)
{
    DIR *d = opendir(dir);
    if (!d) {
        gen_error(g, str_from_c(dir), 0, "cannot be listed: %s", strerror(errno));
        return false;
    }
    struct str *names = NULL;
    size_t n = 0, cap = 0;
    const struct dirent *e;
    while ((e = readdir(d))) {
        struct str name = str_from_c(e->d_name);
        if (name.p[0] == '.' || (suffix && !str_ends(name, str_from_c(suffix))))
            continue;
        names = gen_grow(g->a, names, &cap, n, sizeof *names);
        names[n++] = arena_dup(g->a, name);
    }
    closedir(d);
    if (n > 1)
        qsort(names, n, sizeof *names, by_bytes);
    *ret = names;
    *ret_n = n;
    return true;
}

/* Marks that change the direction of text would hide what a source line says, and compilers refuse them. */
static bool is_bidi(struct str s)
{
    if (s.n < 2)
        return false;
    const unsigned char *u = (const unsigned char *)s.p;
    if (u[0] == 0xD8 && u[1] == 0x9C)
        return true;
    if (s.n < 3 || u[0] != 0xE2)
        return false;
    return (u[1] == 0x80 && (u[2] == 0x8E || u[2] == 0x8F || (u[2] >= 0xA8 && u[2] <= 0xAE))) ||
           (u[1] == 0x81 && u[2] >= 0xA6 && u[2] <= 0xA9);
}

void gen_c_literal(struct buf *b, struct str s, int indent)
{
    buf_putc(b, '"');
    size_t escape = 0; /* bytes of a bidi mark still to be written as octal */
    size_t from = 0;   /* where the present piece began */
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (is_bidi(str_slice(s, i, s.n)))
            escape = c == 0xD8 ? 2 : 3;
        if (c == '"' || c == '\\')
            buf_printf(b, "\\%c", c);
        else if (c == '\n')
            buf_put(b, STR("\\n"));
        else if (c == '?') /* no trigraph can arise */
            buf_put(b, i && s.p[i - 1] == '?' ? STR("\\?") : STR("?"));
        else if (c < 0x20 || c == 0x7F || escape)
            buf_printf(b, "\\%03o", c);
        else
            buf_putc(b, (char)c);
        if (escape)
            escape--;
        if (i + 1 < s.n && (c == '\n' || (i - from >= PIECE && (s.p[i + 1] == '<' || s.p[i + 1] == ' ')))) {
            buf_printf(b, "\"\n%*s\"", indent, "");
            from = i + 1;
        }
    }
    buf_putc(b, '"');
}

bool gen_is_name(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || c == '_' || (i && c >= '0' && c <= '9')))
            return false;
    }
    return s.n > 0;
}
