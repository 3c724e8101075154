/*
 * sqlgen.h - from annotated SQL to typed C: the parts of the generator.
 *
 * sqlgen_parse reads one file of statements, sqlgen_scan understands one statement (parameters, tables, privileges),
 * sqlgen_emit_* write C and grants. Everything lives in one arena until the program ends. Mistakes of the author are
 * collected as `file:line: sentence` in `errors`; nothing is written when there is one.
 */
#ifndef GEN_SQLGEN_H
#define GEN_SQLGEN_H

#include "base/arena.h"
#include "base/buf.h"

enum { SQL_ROLES = 5, SQL_COLS_MAX = 64, SQL_BINDS_MAX = 256, SQL_TABLES_MAX = 32, SQL_NAME_MAX = 60 };

/* As in enum db_role: citizen, staff, open, worker, ctl are bits 0 to 4. */
extern const char *const sql_role_names[SQL_ROLES];
enum { ROLE_OPEN = 4, ROLE_JOB = 8 | 16 };

enum sql_type { SQL_I64, SQL_U64, SQL_I32, SQL_BOOL, SQL_DOUBLE, SQL_TEXT, SQL_BLOB };
enum sql_rows { SQL_ONE, SQL_MANY, SQL_CHANGE, SQL_CHANGE_ONE, SQL_LATER };
enum { PRIV_SELECT = 1, PRIV_INSERT = 2, PRIV_UPDATE = 4, PRIV_DELETE = 8 };

struct sql_col {
    struct str name;
    enum sql_type type;
    bool nullable, used;
    uint32_t max_bytes; /* text and blob */
};

struct sql_table {
    struct str name, alias;
    unsigned privileges;
    bool is_cte;
};

struct sql_stmt {
    struct str file, aggregate, name, sql; /* sql as the server gets it, with ? */
    int line;
    unsigned roles;
    struct sql_col in[SQL_COLS_MAX], out[SQL_COLS_MAX];
    size_t n_in, n_out;
    uint16_t bind[SQL_BINDS_MAX]; /* the n-th ? takes in[bind[n]] */
    size_t n_bind;
    struct sql_table tables[SQL_TABLES_MAX];
    size_t n_tables;
    enum sql_rows rows;
    uint32_t max_rows, reads; /* reads 0 = job */
    bool has_rows, has_reads, writes, returning;
};

struct sql_token;
struct sqlgen {
    struct arena *a;
    struct sql_token *tokens; /* of the statement at hand */
    struct sql_stmt **stmts;
    size_t n_stmts, cap_stmts;
    struct str aggregates[256];
    size_t n_aggregates;
    struct buf errors;
    int n_errors;
};

void sqlgen_init(struct sqlgen *g, struct arena *a);
void sqlgen_error(struct sqlgen *g, struct str file, int line, const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* `file` is named in messages; its base name without .sql is the aggregate. False when there was an error. */
bool sqlgen_parse(struct sqlgen *g, struct str file, struct str text);

/* Reads one statement from text up to and including its `;`. Fills sql, bind, tables; *ret_used counts the bytes. */
bool sqlgen_scan(struct sqlgen *g, struct sql_stmt *s, struct str text, size_t *ret_used);

/* The analysis behind sqlgen_scan, over the tokens of one statement. */
enum sql_token_kind { TOK_WORD, TOK_QUOTED, TOK_PARAM, TOK_STRING, TOK_NUMBER, TOK_PUNCT };
struct sql_token {
    enum sql_token_kind kind;
    struct str text;
    int line;
    size_t match; /* of ( : the index of its ) */
};
bool sqlgen_tables(struct sqlgen *g, struct sql_stmt *s, const struct sql_token *t, size_t n);

void sqlgen_emit_header(const struct sqlgen *g, struct buf *o);
void sqlgen_emit_aggregate(const struct sqlgen *g, struct str aggregate, struct buf *o);
void sqlgen_emit_role(const struct sqlgen *g, int role, struct buf *o);
/* extra = text of sql/grants/<role>.sql, may be empty. */
void sqlgen_emit_grants(const struct sqlgen *g, int role, struct str extra, struct buf *o);
/* The same text as a C array sql_grants_<role>, for the program that applies it. */
void sqlgen_emit_grants_text(int role, struct str text, struct buf *o);
/* sql_tables.txt, for the tests: `statement table privileges` a line, privileges as PRIV_ bits. */
void sqlgen_emit_tables(const struct sqlgen *g, struct buf *o);

#endif
