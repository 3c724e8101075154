/*
 * fuzz_tmplgen.c - the template compiler and the message reader on arbitrary text.
 *
 * The input is several files in one: a line `=== path` begins each. `zh-CN` and `en` are message files, everything else
 * is a template. Besides not crashing, a build that passes must obey what pages rely on: no output without its comment,
 * and every string literal of the generated C closed on its line, so that a template can never write C.
 *
 * sources: cgi/base/[a-z]*.c cgi/gen/common_[a-z]*.c cgi/gen/tmplgen_[a-z]*.c
 * covers: cgi/gen/tmplgen_[a-z]*.c cgi/gen/common_msg.c
 */
#include "gen/tmplgen.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SOURCES_MAX = 16, ARENA_BYTES = 128 * 1024 * 1024 };

/* Cuts the next section off *rest. */
static bool next_section(struct str *rest, struct str *ret_path, struct str *ret_text)
{
    if (!str_starts(*rest, STR("=== ")))
        return false;
    struct str body;
    str_cut(str_slice(*rest, 4, rest->n), '\n', ret_path, &body);
    const char *next = str_find(body, STR("\n=== "));
    size_t n = next ? (size_t)(next - body.p) + 1 : body.n;
    *ret_text = str_slice(body, 0, n);
    *rest = str_slice(body, n, body.n);
    return true;
}

/* Each line of C has an even number of quotes that are not escaped or character constants; none are generated. */
static void check_literals(struct str c)
{
    bool inside = false;
    for (size_t i = 0; i < c.n; i++) {
        if (inside && c.p[i] == '\\')
            i++;
        else if (c.p[i] == '"')
            inside = !inside;
        else if (c.p[i] == '\n' && inside)
            __builtin_trap();
    }
    if (inside)
        __builtin_trap();
}

static void check_outputs(const struct gen *g, const struct gen_files *files)
{
    if (g->n_errors)
        __builtin_trap();
    for (size_t i = 0; i < files->n; i++) {
        struct str text = files->p[i].text, head, body;
        str_cut(text, '\n', &head, &body);
        if (!str_starts(head, STR("/* generated from ")) || !str_ends(head, STR("do not edit */")))
            __builtin_trap();
        check_literals(body);
    }
}

static void compile(struct arena *a, struct str input)
{
    struct gen g;
    gen_init(&g, a);
    struct catalogue c = {0};
    struct tmpl_source sources[SOURCES_MAX];
    struct gen_files files = {0};
    size_t n = 0;
    struct str path, text;
    while (next_section(&input, &path, &text)) {
        bool message = false;
        for (size_t l = 0; l < GEN_LANGS; l++)
            if (str_eq_c(path, gen_langs[l].dir)) {
                catalogue_read(&g, &c, l, path, text);
                message = true;
            }
        if (!message && n < SOURCES_MAX)
            sources[n++] = (struct tmpl_source){path, text};
    }
    if (!catalogue_finish(&g, &c)) { /* the templates are read all the same, without messages */
        gen_init(&g, a);
        c = (struct catalogue){0};
        catalogue_finish(&g, &c);
    }
    bool ok = tmplgen_compile(&g, &c, sources, n, &files);
    if (ok)
        check_outputs(&g, &files);
    else if (!g.n_errors || !g.errors.n || files.n)
        __builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(ARENA_BYTES);
    jmp_buf full;
    if (!a)
        return 0;
    /* Where memory ends depends on the allocator's growth, not on the parser. */
    if (setjmp(full) == 0) {
        arena_on_exhausted(a, &full);
        compile(a, (struct str){(const char *)data, size});
    }
    arena_free(a);
    return 0;
}
