/*
 * fuzz_sqlgen.c - the reader of statements on arbitrary text.
 *
 * Besides not crashing: a file that is refused says why, and a file that passes gives C whose string literals are closed
 * on their lines, SQL with one ? for each bound parameter, and for role open nothing but SELECT.
 *
 * sources: cgi/base/[a-z]*.c cgi/gen/common_[a-z]*.c cgi/gen/sqlgen_[a-z]*.c
 * covers: cgi/gen/sqlgen_{parse,scan}.c
 */
#include "gen/sqlgen.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_BYTES = 64 << 20, OUTPUT_MAX = 8 << 20 };

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

/* ? outside strings and quoted names. */
static size_t question_marks(struct str sql)
{
    size_t n = 0;
    char quote = 0;
    for (size_t i = 0; i < sql.n; i++) {
        char c = sql.p[i];
        if (quote && c == '\\' && quote != '`')
            i++;
        else if (quote)
            quote = c == quote ? 0 : quote;
        else if (c == '\'' || c == '"' || c == '`')
            quote = c;
        else
            n += c == '?';
    }
    return n;
}

static void check_statement(const struct sql_stmt *s)
{
    if (question_marks(s->sql) != s->n_bind)
        __builtin_trap();
    for (size_t i = 0; i < s->n_bind; i++)
        if (s->bind[i] >= s->n_in)
            __builtin_trap();
    for (size_t i = 0; i < s->n_tables; i++)
        if ((s->roles & ROLE_OPEN) && s->tables[i].privileges & ~(unsigned)PRIV_SELECT)
            __builtin_trap();
}

static void check_outputs(const struct sqlgen *g)
{
    struct buf o;
    for (size_t i = 0; i < g->n_stmts; i++)
        check_statement(g->stmts[i]);
    buf_init(&o, g->a, OUTPUT_MAX);
    sqlgen_emit_header(g, &o);
    for (size_t i = 0; i < g->n_aggregates; i++)
        sqlgen_emit_aggregate(g, g->aggregates[i], &o);
    for (int r = 0; r < SQL_ROLES; r++) {
        struct buf grants;
        buf_init(&grants, g->a, OUTPUT_MAX);
        sqlgen_emit_role(g, r, &o);
        sqlgen_emit_grants(g, r, STR("GRANT \"x\\\";\n"), &grants);
        sqlgen_emit_grants_text(r, buf_str(&grants), &o);
    }
    if (!o.full)
        check_literals(buf_str(&o));
    buf_clear(&o);
    sqlgen_emit_tables(g, &o);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(ARENA_BYTES);
    jmp_buf jump;
    if (!a)
        return 0;
    if (setjmp(jump) == 0) {
        struct sqlgen g;
        arena_on_exhausted(a, &jump);
        sqlgen_init(&g, a);
        bool ok = sqlgen_parse(&g, STR("query/fuzz.sql"), (struct str){(const char *)data, size});
        if (ok != (g.n_errors == 0) || ok != (g.errors.n == 0))
            __builtin_trap();
        if (ok)
            check_outputs(&g);
    }
    arena_free(a);
    return 0;
}
