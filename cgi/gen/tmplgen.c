/*
 * tmplgen.c - templates to C: gen/tmpl.h and gen/tmpl_<dir>_<name>.c.
 *
 *   tmplgen -o <folder> -m <messages folder> <dir>/<name>.html ...
 *
 * The syntax stands in cgi/README.md, the parts in tmplgen.h. Must not know how templates are compiled.
 */
#include <unistd.h>

#include "gen/tmplgen.h"

static bool run(struct gen *g, const char *out, const char *messages, char **paths, size_t n)
{
    struct catalogue c = {0};
    struct gen_files files = {0};
    struct tmpl_source *sources = ARENA_ARRAY(g->a, struct tmpl_source, n + 1);
    if (!catalogue_load(g, &c, messages))
        return false;
    for (size_t i = 0; i < n; i++) {
        sources[i].path = str_from_c(paths[i]);
        if (!gen_read(g, paths[i], &sources[i].text))
            return false;
    }
    return tmplgen_compile(g, &c, sources, n, &files) && gen_write(g, out, &files, "tmpl_");
}

int main(int argc, char **argv)
{
    const char *out = NULL, *messages = NULL;
    int opt;
    while ((opt = getopt(argc, argv, "o:m:")) != -1) {
        if (opt == 'o')
            out = optarg;
        else if (opt == 'm')
            messages = optarg;
    }
    if (!out || !messages) {
        fprintf(stderr, "usage: tmplgen -o folder -m messages-folder template ...\n");
        return 2;
    }
    struct arena *a = arena_new(GEN_ARENA_BYTES);
    if (!a)
        return 1;
    struct gen g;
    gen_init(&g, a);
    bool ok = run(&g, out, messages, argv + optind, (size_t)(argc - optind));
    fwrite(g.errors.p ? g.errors.p : "", 1, g.errors.n, stderr);
    arena_free(a);
    return ok ? 0 : 1;
}
