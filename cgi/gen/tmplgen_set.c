/*
 * tmplgen_set.c - all templates of a build: names, order, cycles, output files.
 *
 * Contract: tmplgen_compile in tmplgen.h. Heads come before the rest, since what they leave open is the ground on which
 * their pages stand. Must not know files.
 */
#include <stdarg.h>

#include "base/utf8.h"
#include "gen/tmplgen.h"

void tmpl_fail(struct tmpl *t, size_t line, const char *fmt, ...)
{
    char text[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    struct str s = str_from_c(text);
    while (!utf8_valid(s)) /* a character may have been cut at the end */
        s.n--;
    gen_error(t->g, t->path, line, STR_FMT, STR_ARG(s));
    t->failed = true;
    longjmp(t->fail, 1);
}

struct tmpl *tmpl_lookup(struct tmpl_set *set, struct str full)
{
    for (size_t i = 0; i < set->n; i++)
        if (str_eq(set->p[i].full, full))
            return &set->p[i];
    return NULL;
}

/* "templates/citizen/track.html" into dir, name, kind. */
static bool read_name(struct tmpl *t)
{
    struct str s = t->path;
    static const struct {
        const char *suffix;
        enum tmpl_kind kind;
    } kinds[] = {{".html", KIND_HTML}, {".svg", KIND_SVG}, {".txt", KIND_TXT}};
    for (size_t i = 0; i < 3; i++)
        if (str_ends(s, str_from_c(kinds[i].suffix))) {
            t->kind = kinds[i].kind;
            s.n -= strlen(kinds[i].suffix);
            size_t name = s.n, dir;
            while (name && s.p[name - 1] != '/')
                name--;
            for (dir = name ? name - 1 : 0; dir && s.p[dir - 1] != '/';)
                dir--;
            t->name = str_slice(s, name, s.n);
            t->dir = name ? str_slice(s, dir, name - 1) : STR_NONE;
            t->full = str_slice(s, dir, s.n);
            return gen_is_name(t->name) && gen_is_name(t->dir);
        }
    return false;
}

static bool is_header(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || strchr("_./-", s.p[i])))
            return false;
    return str_ends(s, STR(".h"));
}

/* {{!view struct view_x pages/view_x.h}} or {{!view none}} */
static bool read_view(struct tmpl *t)
{
    struct str line, rest, name;
    if (!str_starts(t->text, STR("{{!view ")))
        return false;
    const char *close = str_find(t->text, STR("}}"));
    if (!close)
        return false;
    line = str_trim((struct str){t->text.p + 8, (size_t)(close - t->text.p - 8)});
    if (str_eq(line, STR("none")))
        return true;
    if (!str_starts(line, STR("struct ")))
        return false;
    bool more = str_cut(str_trim(str_slice(line, 7, line.n)), ' ', &name, &rest);
    rest = str_trim(rest);
    if (!gen_is_name(name) || (more && !is_header(rest)))
        return false;
    t->view = arena_concat(t->g->a, STR("struct "), name);
    t->header = rest;
    return true;
}

static void begin_one(struct tmpl *t)
{
    if (!read_name(t)) {
        gen_error(t->g, t->path, 0, "a template is <dir>/<name>.html, .svg or .txt with names of a-z 0-9 _");
        t->failed = true;
    } else if (!utf8_valid(t->text) || (t->text.n && memchr(t->text.p, 0, t->text.n))) {
        gen_error(t->g, t->path, 0, "not UTF-8 text");
        t->failed = true;
    } else if (!read_view(t)) {
        gen_error(t->g, t->path, 1, "the first line is {{!view struct name header.h}} or {{!view none}}");
        t->failed = true;
    }
}

static bool is_head(const struct tmpl *t)
{
    return str_eq_c(t->name, "head") || str_ends(t->name, STR("_head"));
}

static void parse_one(struct tmpl *t)
{
    if (t->failed)
        return;
    if (setjmp(t->fail) == 0)
        parse_template(t);
}

/* A partial that reaches itself would never end: views hold their parts by value. */
static bool has_cycle(struct tmpl_set *set, struct tmpl *t)
{
    if (t->busy || t->acyclic)
        return t->busy;
    t->busy = true;
    for (const struct ref *r = t->refs; r; r = r->next) {
        struct tmpl *part = tmpl_lookup(set, r->name);
        if (part && !part->failed && has_cycle(set, part)) {
            if (!t->failed)
                gen_error(t->g, t->path, r->line, "{{>" STR_FMT "}} comes back to itself", STR_ARG(r->name));
            t->failed = true;
        }
    }
    t->busy = false;
    t->acyclic = true;
    return false;
}

static int by_path(const void *x, const void *y)
{
    const struct tmpl *a = x, *b = y;
    int d = str_cmp(a->full, b->full);
    return d ? d : str_cmp(a->path, b->path);
}

static void check_names(struct tmpl_set *set)
{
    for (size_t i = 1; i < set->n; i++) {
        struct str x = emit_function_name(set->g->a, &set->p[i]);
        for (size_t k = 0; k < i; k++)
            if (!set->p[i].failed && !set->p[k].failed && str_eq(x, emit_function_name(set->g->a, &set->p[k])))
                gen_error(set->g, set->p[i].path, 0, "makes the same function as " STR_FMT, STR_ARG(set->p[k].path));
    }
}

static void emit_all(struct tmpl_set *set, struct gen_files *ret)
{
    gen_add_file(set->g, ret, STR("tmpl.h"), emit_header(set->g, set));
    for (size_t i = 0; i < set->n; i++) {
        struct str name = emit_function_name(set->g->a, &set->p[i]);
        gen_add_file(set->g, ret, arena_concat(set->g->a, name, STR(".c")), emit_source(set->g, &set->p[i]));
    }
}

bool tmplgen_compile(struct gen *g, const struct catalogue *messages, const struct tmpl_source *sources, size_t n,
                     struct gen_files *ret)
{
    struct tmpl_set set = {.g = g, .messages = messages, .p = ARENA_ARRAY(g->a, struct tmpl, n + 1), .n = n};
    for (size_t i = 0; i < n; i++) {
        set.p[i] =
            (struct tmpl){.g = g, .messages = messages, .set = &set, .path = sources[i].path, .text = sources[i].text};
        begin_one(&set.p[i]);
    }
    if (n > 1)
        qsort(set.p, n, sizeof *set.p, by_path);
    check_names(&set);
    for (size_t i = 0; i < n; i++)
        if (is_head(&set.p[i]))
            parse_one(&set.p[i]);
    for (size_t i = 0; i < n; i++)
        if (!is_head(&set.p[i]))
            parse_one(&set.p[i]);
    for (size_t i = 0; i < n && g->n_errors == 0; i++)
        has_cycle(&set, &set.p[i]);
    if (g->n_errors == 0)
        emit_all(&set, ret);
    return g->n_errors == 0;
}
