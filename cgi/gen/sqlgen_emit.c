/*
 * sqlgen_emit.c - writes what was understood: structs, functions, role tables, grants.
 *
 * Every text of a statement stands in an array of its own, so that the linker drops with a statement also its words:
 * a program contains the statements of its role table and of the functions it calls, and no others.
 */
#include "gen/sqlgen.h"

#define S(x) STR_ARG((x)->name)

static const char *c_type(enum sql_type t)
{
    switch (t) {
    case SQL_I64:
        return "int64_t ";
    case SQL_U64:
        return "uint64_t ";
    case SQL_I32:
        return "int32_t ";
    case SQL_BOOL:
        return "bool ";
    case SQL_DOUBLE:
        return "double ";
    case SQL_TEXT:
    case SQL_BLOB:
        return "struct str ";
    }
    return "";
}

static const char *db_type(enum sql_type t)
{
    static const char *const names[] = {[SQL_I64] = "DB_T_I64", [SQL_U64] = "DB_T_U64", [SQL_I32] = "DB_T_I32",
        [SQL_BOOL] = "DB_T_BOOL", [SQL_DOUBLE] = "DB_T_DOUBLE", [SQL_TEXT] = "DB_T_TEXT", [SQL_BLOB] = "DB_T_BLOB"};
    return names[t];
}

static void emit_struct(struct buf *o, const struct sql_stmt *s, const char *suffix, const struct sql_col *c, size_t n)
{
    buf_printf(o, "struct q_" STR_FMT "_%s {\n", S(s), suffix);
    for (size_t i = 0; i < n; i++) {
        buf_printf(o, "    %s" STR_FMT ";", c_type(c[i].type), S(&c[i]));
        if (c[i].nullable)
            buf_printf(o, "\n    bool has_" STR_FMT ";", S(&c[i]));
        if (c[i].max_bytes)
            buf_printf(o, " /* at most %u bytes */", c[i].max_bytes);
        buf_putc(o, '\n');
    }
    buf_put(o, STR("};\n"));
}

static bool returns_rows(const struct sql_stmt *s)
{
    return s->rows == SQL_ONE || s->rows == SQL_MANY;
}

static void emit_signature(struct buf *o, const struct sql_stmt *s)
{
    buf_printf(o, "enum err q_" STR_FMT "(struct db *db", S(s));
    if (s->n_in)
        buf_printf(o, ", const struct q_" STR_FMT "_in *in", S(s));
    if (returns_rows(s))
        buf_printf(o, ", const struct q_" STR_FMT "_row **ret", S(s));
    if (s->rows == SQL_MANY)
        buf_put(o, STR(", size_t *ret_n"));
    if (s->rows == SQL_CHANGE)
        buf_put(o, STR(", size_t *ret_changed"));
    buf_putc(o, ')');
}

void sqlgen_emit_header(const struct sqlgen *g, struct buf *o)
{
    buf_put(o, STR("/* sql.h - made by sqlgen from sql/query; do not edit. What a statement does stands there. */\n"
                   "#ifndef GEN_SQL_H\n#define GEN_SQL_H\n\n#include \"db/db.h\"\n"));
    for (size_t i = 0; i < g->n_stmts; i++) {
        const struct sql_stmt *s = g->stmts[i];
        buf_printf(o, "\n/* " STR_FMT ".sql:%d; run by", STR_ARG(s->aggregate), s->line);
        for (int r = 0; r < SQL_ROLES; r++)
            if (s->roles & (1u << r))
                buf_printf(o, " %s", sql_role_names[r]);
        if (s->rows == SQL_MANY)
            buf_printf(o, "; at most %u rows", s->max_rows);
        buf_put(o, STR(" */\n"));
        if (s->n_in)
            emit_struct(o, s, "in", s->in, s->n_in);
        if (s->n_out)
            emit_struct(o, s, "row", s->out, s->n_out);
        emit_signature(o, s);
        buf_put(o, STR(" MUST_CHECK;\n"));
    }
    buf_put(o, STR("\n#endif\n"));
}

/* A C string literal. Bytes above 0x7e, and a second ? in a row, go out as octal of three digits. */
static void emit_literal(struct buf *o, struct str s)
{
    buf_putc(o, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char ch = (unsigned char)s.p[i];
        if (i > 0 && i % 100 == 0)
            buf_put(o, STR("\"\n    \""));
        if (ch == '"' || ch == '\\')
            buf_printf(o, "\\%c", ch);
        else if (ch < ' ' || ch > 0x7e || (ch == '?' && i > 0 && s.p[i - 1] == '?'))
            buf_printf(o, "\\%03o", ch);
        else
            buf_putc(o, (char)ch);
    }
    buf_putc(o, '"');
}

static void emit_cols(struct buf *o, const struct sql_stmt *s, const char *kind, const struct sql_col *c, size_t n)
{
    if (n == 0)
        return;
    buf_printf(o, "static const struct db_col q_" STR_FMT "_%s_cols[] = {\n", S(s), kind);
    for (size_t i = 0; i < n; i++) {
        buf_printf(o, "    {.name = \"" STR_FMT "\", .type = %s, .offset = offsetof(struct q_" STR_FMT "_%s, " STR_FMT ")",
                   S(&c[i]), db_type(c[i].type), S(s), kind, S(&c[i]));
        if (c[i].nullable)
            buf_printf(o, ",\n     .nullable = true, .has_offset = offsetof(struct q_" STR_FMT "_%s, has_" STR_FMT ")",
                       S(s), kind, S(&c[i]));
        if (c[i].max_bytes)
            buf_printf(o, ", .max_bytes = %u", c[i].max_bytes);
        buf_put(o, STR("},\n"));
    }
    buf_put(o, STR("};\n"));
}

static void emit_descriptor(struct buf *o, const struct sql_stmt *s, size_t index)
{
    buf_printf(o, "const struct db_stmt q_" STR_FMT "_stmt = {\n    .index = %zu,\n    .name = q_" STR_FMT "_name,\n"
               "    .sql = q_" STR_FMT "_sql,\n    .roles = 0", S(s), index, S(s), S(s));
    for (int r = 0; r < SQL_ROLES; r++)
        if (s->roles & (1u << r))
            buf_printf(o, " | %d", 1 << r);
    if (s->n_in)
        buf_printf(o, ",\n    .in = q_" STR_FMT "_in_cols,\n    .n_in = %zu,\n    .bind = q_" STR_FMT "_bind,\n    .n_bind = %zu",
                   S(s), s->n_in, S(s), s->n_bind);
    if (s->n_out)
        buf_printf(o, ",\n    .out = q_" STR_FMT "_row_cols,\n    .n_out = %zu,\n    .row_bytes = sizeof(struct q_" STR_FMT "_row)",
                   S(s), s->n_out, S(s));
    buf_printf(o, ",\n    .max_rows = %u,\n    .reads = %u,\n    .returns_rows = %s,\n    .one_row = %s,\n"
               "    .exactly_one_change = %s,\n    .writes = %s,\n"
               "    .later = %s,\n};\n",
               s->max_rows, s->reads, returns_rows(s) ? "true" : "false", s->rows == SQL_ONE ? "true" : "false",
               s->rows == SQL_CHANGE_ONE ? "true" : "false", s->writes ? "true" : "false",
               s->rows == SQL_LATER ? "true" : "false");
}

static void emit_function(struct buf *o, const struct sql_stmt *s)
{
    emit_signature(o, s);
    buf_put(o, STR("\n{\n"));
    if (returns_rows(s))
        buf_put(o, STR("    void *rows;\n"));
    buf_printf(o, "    size_t n;\n    enum err e = db_exec(db, &q_" STR_FMT "_stmt, %s, %s, &n);\n", S(s),
               s->n_in ? "in" : "NULL", returns_rows(s) ? "&rows" : "NULL");
    bool plain = s->rows == SQL_CHANGE_ONE || s->rows == SQL_LATER;
    if (!plain)
        buf_put(o, STR("    if (e != ERR_OK)\n        return e;\n"));
    if (returns_rows(s))
        buf_put(o, STR("    *ret = rows;\n"));
    if (s->rows == SQL_MANY)
        buf_put(o, STR("    *ret_n = n;\n"));
    if (s->rows == SQL_CHANGE)
        buf_put(o, STR("    *ret_changed = n;\n"));
    buf_printf(o, "    return %s;\n}\n", plain ? "e" : "ERR_OK");
}

void sqlgen_emit_aggregate(const struct sqlgen *g, struct str aggregate, struct buf *o)
{
    buf_printf(o, "/* sql_" STR_FMT ".c - made by sqlgen from sql/query/" STR_FMT ".sql; do not edit. */\n"
               "#include \"sql.h\"\n", STR_ARG(aggregate), STR_ARG(aggregate));
    for (size_t i = 0; i < g->n_stmts; i++) {
        const struct sql_stmt *s = g->stmts[i];
        if (!str_eq(s->aggregate, aggregate))
            continue;
        buf_printf(o, "\nstatic const char q_" STR_FMT "_name[] = \"" STR_FMT "\";\nstatic const char q_" STR_FMT
                   "_sql[] =\n    ", S(s), S(s), S(s));
        emit_literal(o, s->sql);
        buf_put(o, STR(";\n"));
        emit_cols(o, s, "in", s->in, s->n_in);
        emit_cols(o, s, "row", s->out, s->n_out);
        if (s->n_bind) {
            buf_printf(o, "static const uint16_t q_" STR_FMT "_bind[] = {", S(s));
            for (size_t k = 0; k < s->n_bind; k++)
                buf_printf(o, "%s%u", k ? ", " : "", s->bind[k]);
            buf_put(o, STR("};\n"));
        }
        buf_printf(o, "extern const struct db_stmt q_" STR_FMT "_stmt;\n", S(s));
        emit_descriptor(o, s, i);
        emit_function(o, s);
    }
}

void sqlgen_emit_role(const struct sqlgen *g, int role, struct buf *o)
{
    size_t n = 0;
    const char *name = sql_role_names[role];
    buf_printf(o, "/* sql_table_%s.c - made by sqlgen: the statements that %s may run; do not edit. */\n#include \"sql.h\"\n\n",
               name, name);
    for (size_t i = 0; i < g->n_stmts; i++)
        if (g->stmts[i]->roles & (1u << role)) {
            buf_printf(o, "extern const struct db_stmt q_" STR_FMT "_stmt;\n", S(g->stmts[i]));
            n++;
        }
    buf_put(o, STR("\nstatic const struct db_stmt *const statements[] = {\n"));
    for (size_t i = 0; i < g->n_stmts; i++)
        if (g->stmts[i]->roles & (1u << role))
            buf_printf(o, "    &q_" STR_FMT "_stmt,\n", S(g->stmts[i]));
    buf_printf(o, "    NULL,\n};\nconst struct db_catalogue sql_catalogue_%s = {\n    .role = (enum db_role)%d,\n"
               "    .role_name = \"%s\",\n    .statements = statements,\n    .n = %zu,\n    .n_all = %zu,\n};\n",
               name, 1 << role, name, n, g->n_stmts);
}

static void emit_grant(struct buf *o, struct str table, unsigned privileges)
{
    static const char *const words[] = {"SELECT", "INSERT", "UPDATE", "DELETE"};
    const char *comma = "";
    buf_put(o, STR("GRANT "));
    for (unsigned i = 0; i < 4; i++)
        if (privileges & (1u << i)) {
            buf_printf(o, "%s%s", comma, words[i]);
            comma = ", ";
        }
    buf_printf(o, " ON `@DB@`.`" STR_FMT "` TO '@USER@'@'localhost';\n", STR_ARG(table));
}

void sqlgen_emit_grants(const struct sqlgen *g, int role, struct str extra, struct buf *o)
{
    struct sql_table *all = ARENA_ARRAY(g->a, struct sql_table, g->n_stmts * SQL_TABLES_MAX + 1);
    size_t n = 0;
    buf_printf(o, "-- What %s may do; made by sqlgen from sql/query and sql/grants/%s.sql.\n", sql_role_names[role],
               sql_role_names[role]);
    for (size_t i = 0; i < g->n_stmts; i++)
        for (size_t k = 0; (g->stmts[i]->roles & (1u << role)) && k < g->stmts[i]->n_tables; k++) {
            const struct sql_table *t = &g->stmts[i]->tables[k];
            size_t at = 0;
            if (t->privileges == 0)
                continue;
            while (at < n && str_cmp(all[at].name, t->name) < 0)
                at++;
            if (at == n || !str_eq(all[at].name, t->name)) {
                memmove(&all[at + 1], &all[at], (n - at) * sizeof *all);
                all[at] = (struct sql_table){.name = t->name};
                n++;
            }
            all[at].privileges |= t->privileges;
        }
    for (size_t i = 0; i < n; i++)
        emit_grant(o, all[i].name, all[i].privileges);
    buf_put(o, extra);
}

void sqlgen_emit_grants_text(int role, struct str text, struct buf *o)
{
    buf_printf(o, "extern const char sql_grants_%s[];\nconst char sql_grants_%s[] =\n    ", sql_role_names[role],
               sql_role_names[role]);
    emit_literal(o, text);
    buf_put(o, STR(";\n"));
}

void sqlgen_emit_tables(const struct sqlgen *g, struct buf *o)
{
    for (size_t i = 0; i < g->n_stmts; i++)
        for (size_t k = 0; k < g->stmts[i]->n_tables; k++) {
            const struct sql_table *t = &g->stmts[i]->tables[k];
            if (t->privileges)
                buf_printf(o, STR_FMT " " STR_FMT " %u\n", S(g->stmts[i]), S(t), t->privileges);
        }
}
