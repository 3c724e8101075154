/*
 * bulk.c - many rows in few round trips: array binding of a prepared INSERT.
 *
 * Values are gathered by column. Text goes into one growing buffer, kept as offsets until the array is sent, because
 * the buffer moves. A batch is sent when it has ROWS rows or BYTES bytes, below the server's max_allowed_packet.
 */
#include <errmsg.h>

#include "db/admin_internal.h"

enum { ROWS = 2000, BYTES = 4 << 20, COLS = 40 };

struct column {
    char indicator[ROWS];
    union {
        int64_t i64[ROWS];
        double number[ROWS];
        size_t offset[ROWS];
        char *text[ROWS];
    };
    unsigned long length[ROWS];
};

struct db_bulk {
    struct db_admin *d;
    const struct db_bulk_col *cols;
    size_t n_cols, at; /* at: the column of the next value */
    unsigned rows;
    MYSQL_STMT *handle;
    struct column *c;
    char *text;
    size_t n_text, cap_text;
    enum err failed;
};

static enum err stmt_failed(struct db_bulk *b)
{
    enum db_kind kind = db_note_error(b->d->db, mysql_stmt_errno(b->handle), mysql_stmt_error(b->handle));
    return b->failed = db_fault(b->d->db, kind, "bulk load");
}

static bool append(char *to, size_t size, const char *what)
{
    size_t n = strlen(to);
    int wrote = snprintf(to + n, size - n, "%s", what);
    return wrote >= 0 && (size_t)wrote < size - n;
}

/* Names come from our own code, never from a user; back ticks guard against reserved words. */
static bool insert_text(char *sql, size_t size, const char *table, const struct db_bulk_col *cols, size_t n,
                        enum db_bulk_mode mode)
{
    static const char *const verbs[] = {"INSERT INTO `", "INSERT IGNORE INTO `", "REPLACE INTO `"};
    sql[0] = '\0';
    bool ok = append(sql, size, verbs[mode]) && append(sql, size, table) && append(sql, size, "` (");
    for (size_t i = 0; i < n; i++)
        ok = ok && append(sql, size, i ? ", `" : "`") && append(sql, size, cols[i].name) && append(sql, size, "`");
    ok = ok && append(sql, size, ") VALUES (");
    for (size_t i = 0; i < n; i++)
        ok = ok && append(sql, size, i ? ", ?" : "?");
    return ok && append(sql, size, ")");
}

static void bulk_free(struct db_bulk *b)
{
    if (b->handle)
        mysql_stmt_close(b->handle);
    free(b->c);
    free(b->text);
    free(b);
}

struct db_bulk *db_bulk_open(struct db_admin *d, const char *table, const struct db_bulk_col *cols, size_t n,
                             enum db_bulk_mode mode)
{
    char sql[2000];
    BUG_ON(n == 0 || n > COLS || !insert_text(sql, sizeof sql, table, cols, n, mode));
    struct db_bulk *b = calloc(1, sizeof *b);
    if (b) {
        *b = (struct db_bulk){.d = d, .cols = cols, .n_cols = n};
        b->c = calloc(n, sizeof *b->c);
        b->handle = d->db->my ? mysql_stmt_init(d->db->my) : NULL;
    }
    if (!b || !b->c || !b->handle) {
        (void)fault_set(d->db->f, ERR_INTERNAL, "INTERNAL", "bulk load: no memory or no connection");
    } else if (mysql_stmt_prepare(b->handle, sql, strlen(sql)) != 0) {
        (void)stmt_failed(b);
    } else {
        return b;
    }
    if (b)
        bulk_free(b);
    return NULL;
}

static struct column *next_cell(struct db_bulk *b, char indicator)
{
    BUG_ON(b->at >= b->n_cols);
    struct column *c = &b->c[b->at++];
    c->indicator[b->rows] = indicator;
    return c;
}

void db_bulk_i64(struct db_bulk *b, int64_t v)
{
    next_cell(b, STMT_INDICATOR_NONE)->i64[b->rows] = v;
}

void db_bulk_u64(struct db_bulk *b, uint64_t v)
{
    next_cell(b, STMT_INDICATOR_NONE)->i64[b->rows] = (int64_t)v;
}

void db_bulk_double(struct db_bulk *b, double v)
{
    next_cell(b, STMT_INDICATOR_NONE)->number[b->rows] = v;
}

void db_bulk_null(struct db_bulk *b)
{
    next_cell(b, STMT_INDICATOR_NULL);
}

void db_bulk_text(struct db_bulk *b, struct str v)
{
    struct column *c = next_cell(b, STMT_INDICATOR_NONE);
    if (b->n_text + v.n + 1 > b->cap_text) {
        size_t cap = (b->n_text + v.n + 1) * 2;
        char *wider = realloc(b->text, cap);
        if (!wider) {
            b->failed = fault_set(b->d->db->f, ERR_INTERNAL, "INTERNAL", "bulk load: no memory");
            c->indicator[b->rows] = STMT_INDICATOR_NULL;
            return;
        }
        b->text = wider;
        b->cap_text = cap;
    }
    if (v.n)
        memcpy(b->text + b->n_text, v.p, v.n);
    c->offset[b->rows] = b->n_text;
    c->length[b->rows] = v.n;
    b->n_text += v.n;
}

static bool is_text(enum db_type t)
{
    return t == DB_T_TEXT || t == DB_T_BLOB;
}

static void bind_column(struct db_bulk *b, size_t i, MYSQL_BIND *to)
{
    struct column *c = &b->c[i];
    enum db_type t = b->cols[i].type;
    *to = (MYSQL_BIND){.u.indicator = c->indicator, .length = c->length};
    if (is_text(t)) {
        for (unsigned r = 0; r < b->rows; r++)
            c->text[r] = c->indicator[r] == STMT_INDICATOR_NULL ? NULL : b->text + c->offset[r];
        to->buffer_type = t == DB_T_TEXT ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
        to->buffer = (void *)c->text;
        return;
    }
    to->buffer_type = t == DB_T_DOUBLE ? MYSQL_TYPE_DOUBLE : MYSQL_TYPE_LONGLONG;
    to->is_unsigned = t == DB_T_U64;
    to->buffer = c->i64;
}

static enum err send_rows(struct db_bulk *b)
{
    MYSQL_BIND binds[COLS];
    if (b->rows == 0 || b->failed != ERR_OK)
        return b->failed;
    for (size_t i = 0; i < b->n_cols; i++)
        bind_column(b, i, &binds[i]);
    if (mysql_stmt_attr_set(b->handle, STMT_ATTR_ARRAY_SIZE, &b->rows) != 0 ||
        mysql_stmt_bind_param(b->handle, binds) != 0 || mysql_stmt_execute(b->handle) != 0)
        return stmt_failed(b);
    b->rows = 0;
    b->n_text = 0;
    return ERR_OK;
}

enum err db_bulk_row(struct db_bulk *b)
{
    BUG_ON(b->at != b->n_cols);
    b->at = 0;
    b->rows++;
    if (b->rows == ROWS || b->n_text >= BYTES)
        return send_rows(b);
    return b->failed;
}

enum err db_bulk_close(struct db_bulk *b)
{
    BUG_ON(b->at != 0 && b->failed == ERR_OK);
    enum err e = send_rows(b);
    bulk_free(b);
    return e;
}
