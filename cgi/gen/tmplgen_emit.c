/*
 * tmplgen_emit.c - the tree as C.
 *
 * Contract: emit_* in tmplgen.h. Constants that differ by language become tables; #line sends the
 * compiler's complaints about a field to the template's line. Must not know templates' syntax or HTML.
 */
#include <stdarg.h>

#include "gen/tmplgen.h"

struct emitter {
    struct gen *g;
    const struct tmpl *t;
    struct buf tables, code;
    size_t n_tables;
    int depth;
    bool lang; /* the variable lang is used */
};

static void emit_block(struct emitter *e, const struct block *b);

static void put(struct emitter *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void put(struct emitter *e, const char *fmt, ...)
{
    char small[4096];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    if (n < 0 || (size_t)n >= sizeof small) {
        gen_error(e->g, e->t->path, 0, "a name is too long");
        return;
    }
    buf_printf(&e->code, "%*s", e->depth * 4, "");
    buf_put(&e->code, (struct str){small, (size_t)n});
}

static void emit_line(struct emitter *e, size_t line)
{
    buf_printf(&e->code, "#line %zu ", line);
    gen_c_literal(&e->code, e->t->path, 0);
    buf_putc(&e->code, '\n');
}

static void emit_text(struct emitter *e, const struct node *n)
{
    bool varies = false;
    for (size_t l = 1; l < GEN_LANGS; l++)
        varies |= !str_eq(buf_str(&n->text[l]), buf_str(&n->text[0]));
    if (!varies) {
        put(e, "buf_put(o, STR(");
        gen_c_literal(&e->code, buf_str(&n->text[0]), e->depth * 4 + 15);
        buf_put(&e->code, STR("));\n"));
        return;
    }
    e->lang = true;
    size_t id = ++e->n_tables;
    buf_printf(&e->tables, "    static const struct str text_%zu[LANG_COUNT] = {\n", id);
    for (size_t l = 0; l < GEN_LANGS; l++) {
        buf_printf(&e->tables, "        [%s] = {", gen_langs[l].constant);
        gen_c_literal(&e->tables, buf_str(&n->text[l]), 12);
        buf_printf(&e->tables, ", %zu},\n", n->text[l].n);
    }
    buf_put(&e->tables, STR("    };\n"));
    put(e, "buf_put(o, text_%zu[lang]);\n", id);
}

static void emit_nested(struct emitter *e, const struct block *b)
{
    e->depth++;
    emit_block(e, b);
    e->depth--;
}

static void emit_if(struct emitter *e, const struct node *n)
{
    for (const struct arm *a = n->arms; a; a = a->next) {
        bool first = a == n->arms;
        if (a->cond.n) {
            if (first)
                emit_line(e, a->line);
            put(e, "%sif (" STR_FMT ") {\n", first ? "" : "} else ", STR_ARG(a->cond));
        } else {
            put(e, "} else {\n");
        }
        emit_nested(e, &a->body);
    }
    put(e, "}\n");
}

static void emit_each(struct emitter *e, const struct node *n)
{
    struct str x = n->name;
    emit_line(e, n->line);
    put(e,
        "for (size_t i_" STR_FMT " = 0, n_" STR_FMT " = " STR_FMT "; i_" STR_FMT " < n_" STR_FMT "; i_" STR_FMT
        "++) {\n",
        STR_ARG(x), STR_ARG(x), STR_ARG(n->count), STR_ARG(x), STR_ARG(x), STR_ARG(x));
    e->depth++;
    emit_line(e, n->line);
    put(e, "const __typeof__(*" STR_FMT ") *l_" STR_FMT " = &" STR_FMT "[i_" STR_FMT "];\n", STR_ARG(n->expr),
        STR_ARG(x), STR_ARG(n->expr), STR_ARG(x));
    put(e, "(void)l_" STR_FMT ";\n", STR_ARG(x));
    e->depth--;
    emit_nested(e, &n->body);
    put(e, "}\n");
    if (n->other.first) {
        put(e, "if (!" STR_FMT ") {\n", STR_ARG(n->count));
        emit_nested(e, &n->other);
        put(e, "}\n");
    }
}

static void emit_with(struct emitter *e, const struct node *n)
{
    emit_line(e, n->line);
    put(e, "if (" STR_FMT ") {\n", STR_ARG(n->expr));
    e->depth++;
    emit_line(e, n->line);
    put(e, "const __typeof__(*" STR_FMT ") *l_" STR_FMT " = " STR_FMT ";\n", STR_ARG(n->expr), STR_ARG(n->name),
        STR_ARG(n->expr));
    put(e, "(void)l_" STR_FMT ";\n", STR_ARG(n->name));
    e->depth--;
    emit_nested(e, &n->body);
    if (n->other.first) {
        put(e, "} else {\n");
        emit_nested(e, &n->other);
    }
    put(e, "}\n");
}

static void emit_langs(struct emitter *e, const struct node *n)
{
    e->lang = true;
    for (size_t l = GEN_LANGS; l-- > 1;) {
        put(e, "%sif (lang == %s) {\n", l == GEN_LANGS - 1 ? "" : "} else ", gen_langs[l].constant);
        emit_nested(e, &n->lang[l]);
    }
    put(e, "} else {\n");
    emit_nested(e, &n->lang[0]);
    put(e, "}\n");
}

static void emit_block(struct emitter *e, const struct block *b)
{
    for (const struct node *n = b->first; n; n = n->next)
        switch (n->kind) {
        case NODE_TEXT:
            emit_text(e, n);
            break;
        case NODE_VALUE:
            emit_line(e, n->line);
            put(e, "%s(o, " STR_FMT ");\n", n->put, STR_ARG(n->expr));
            break;
        case NODE_IF:
            emit_if(e, n);
            break;
        case NODE_EACH:
            emit_each(e, n);
            break;
        case NODE_WITH:
            emit_with(e, n);
            break;
        case NODE_PARTIAL:
            emit_line(e, n->line);
            put(e, STR_FMT "(o, pg%s" STR_FMT ");\n", STR_ARG(n->name), n->expr.n ? ", " : "", STR_ARG(n->expr));
            break;
        case NODE_LANGS:
            emit_langs(e, n);
            break;
        }
}

struct str emit_function_name(struct arena *a, const struct tmpl *t)
{
    return arena_printf(a, "tmpl_" STR_FMT "_" STR_FMT, STR_ARG(t->dir), STR_ARG(t->name));
}

static void put_signature(struct buf *b, struct arena *a, const struct tmpl *t)
{
    buf_printf(b, "void " STR_FMT "(struct buf *o, const struct page *pg", STR_ARG(emit_function_name(a, t)));
    if (t->view.n)
        buf_printf(b, ", const " STR_FMT " *v", STR_ARG(t->view));
    buf_put(b, STR(")"));
}

struct str emit_source(struct gen *g, const struct tmpl *t)
{
    struct emitter e = {.g = g, .t = t, .depth = 1, .lang = t->uses_lang};
    struct buf b;
    buf_init(&e.tables, g->a, GEN_TEXT_BYTES);
    buf_init(&e.code, g->a, GEN_TEXT_BYTES);
    buf_init(&b, g->a, GEN_TEXT_BYTES);
    emit_block(&e, &t->body);
    buf_printf(&b, "/* generated from " STR_FMT " \xe2\x80\x93 do not edit */\n#include \"gen/tmpl.h\"\n",
               STR_ARG(t->path));
    if (t->header.n)
        buf_printf(&b, "#include \"" STR_FMT "\"\n", STR_ARG(t->header));
    buf_put(&b, STR("#include \"web/tmpl.h\"\n\n"));
    put_signature(&b, g->a, t);
    buf_put(&b, STR("\n{\n"));
    buf_put(&b, buf_str(&e.tables));
    if (e.lang)
        buf_put(&b, STR("    const enum lang lang = tmpl_lang(pg);\n"));
    else if (!t->uses_page)
        buf_put(&b, STR("    (void)pg;\n"));
    if (t->view.n && !t->uses_view)
        buf_put(&b, STR("    (void)v;\n"));
    if (!t->body.first)
        buf_put(&b, STR("    (void)o;\n"));
    buf_put(&b, buf_str(&e.code));
    buf_put(&b, STR("}\n"));
    return buf_str(&b);
}

struct str emit_header(struct gen *g, const struct tmpl_set *set)
{
    struct buf b;
    buf_init(&b, g->a, GEN_TEXT_BYTES);
    buf_put(&b,
            STR("/* generated from templates \xe2\x80\x93 do not edit */\n#ifndef GEN_TMPL_H\n#define GEN_TMPL_H\n\n"
                "#include \"base/buf.h\"\n#include \"web/view.h\"\n\n"));
    for (size_t i = 0; i < set->n; i++) {
        size_t k = 0;
        while (k < i && !str_eq(set->p[k].view, set->p[i].view))
            k++;
        if (k == i && set->p[i].view.n)
            buf_printf(&b, STR_FMT ";\n", STR_ARG(set->p[i].view));
    }
    buf_putc(&b, '\n');
    for (size_t i = 0; i < set->n; i++) {
        put_signature(&b, g->a, &set->p[i]);
        buf_put(&b, STR(";\n"));
    }
    buf_put(&b, STR("\n#endif\n"));
    return buf_str(&b);
}
