/*
 * msggen.c - templates/messages to gen/msg.h (enum msg) and gen/msg.c (the tables behind web/msg.h).
 *
 *   msggen -o <folder> <messages folder>
 *
 * Output depends on the messages alone: constants follow their keys in byte order. Must not know templates.
 */
#include <unistd.h>

#include "gen/common_msg.h"

#define EDITED "/* generated from templates/messages \xe2\x80\x93 do not edit */\n"

static struct str make_header(struct gen *g, const struct catalogue *c)
{
    struct buf b;
    buf_init(&b, g->a, GEN_TEXT_BYTES);
    buf_put(&b, STR(EDITED "#ifndef GEN_MSG_H\n#define GEN_MSG_H\n\nenum msg {\n    MSG_NONE,\n"));
    for (size_t i = 0; i < c->n; i++)
        buf_printf(&b, "    " STR_FMT ",\n", STR_ARG(msg_constant(g->a, c->defs[i].key)));
    buf_put(&b, STR("    MSG_COUNT\n};\n\n#endif\n"));
    return buf_str(&b);
}

static void put_str(struct buf *b, struct str s, int indent)
{
    buf_putc(b, '{');
    gen_c_literal(b, s, indent + 1);
    buf_printf(b, ", %zu},\n", s.n);
}

static struct str make_tables(struct gen *g, const struct catalogue *c)
{
    struct buf b;
    buf_init(&b, g->a, GEN_TEXT_BYTES);
    buf_put(&b, STR(EDITED "#include \"web/msg.h\"\n\nconst struct str msg_keys[MSG_COUNT] = {\n    {\"\", 0},\n"));
    for (size_t i = 0; i < c->n; i++) {
        buf_put(&b, STR("    "));
        put_str(&b, c->defs[i].key, 4);
    }
    buf_put(&b, STR("};\n\nconst struct str msg_texts[LANG_COUNT][MSG_COUNT] = {\n"));
    for (size_t l = 0; l < GEN_LANGS; l++) {
        buf_printf(&b, "    [%s] = {\n        {\"\", 0},\n", gen_langs[l].constant);
        for (size_t i = 0; i < c->n; i++) {
            buf_printf(&b, "        [" STR_FMT "] = ", STR_ARG(msg_constant(g->a, c->defs[i].key)));
            put_str(&b, c->defs[i].text[l], 12);
        }
        buf_put(&b, STR("    },\n"));
    }
    buf_put(&b, STR("};\n"));
    return buf_str(&b);
}

static bool run(struct gen *g, const char *out, const char *messages)
{
    struct catalogue c = {0};
    if (!catalogue_load(g, &c, messages))
        return false;
    struct gen_files files = {0};
    gen_add_file(g, &files, STR("msg.h"), make_header(g, &c));
    gen_add_file(g, &files, STR("msg.c"), make_tables(g, &c));
    return gen_write(g, out, &files, NULL);
}

int main(int argc, char **argv)
{
    const char *out = NULL;
    int opt;
    while ((opt = getopt(argc, argv, "o:")) != -1)
        if (opt == 'o')
            out = optarg;
    if (!out || optind + 1 != argc) {
        fprintf(stderr, "usage: msggen -o folder messages-folder\n");
        return 2;
    }
    struct arena *a = arena_new(GEN_ARENA_BYTES);
    if (!a)
        return 1;
    struct gen g;
    gen_init(&g, a);
    bool ok = run(&g, out, argv[optind]);
    fwrite(g.errors.p ? g.errors.p : "", 1, g.errors.n, stderr);
    arena_free(a);
    return ok ? 0 : 1;
}
