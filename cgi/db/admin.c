/*
 * admin.c - plain-text statements over the owner's connection.
 *
 * Contract: admin.h. Never runs a statement again by itself: its callers know whether that is safe.
 */
#include <errmsg.h>

#include "db/admin_internal.h"

struct db_admin *db_admin_open(const struct db_config *c, struct fault *f)
{
    static const struct db_catalogue nothing;
    struct db_admin *d = calloc(1, sizeof *d);
    struct db *db = d ? db_new(c, &nothing) : NULL;
    if (!db) {
        free(d);
        (void)fault_set(f, ERR_INTERNAL, "INTERNAL", "no memory for a connection");
        return NULL;
    }
    d->db = db;
    db->f = f;
    snprintf(d->database, sizeof d->database, "%s", c->database ? c->database : "");
    enum db_kind kind = db_connect(db);
    if (kind != KIND_NONE) {
        (void)db_fault(db, kind, "connect");
        db_admin_close(d);
        return NULL;
    }
    return d;
}

void db_admin_close(struct db_admin *d)
{
    if (!d)
        return;
    db_free(d->db);
    free(d);
}

const char *db_admin_database(const struct db_admin *d)
{
    return d->database;
}

unsigned db_admin_errno(const struct db_admin *d)
{
    return d->db->error_number;
}

/* The first words of a statement, for messages. */
static enum err failed(struct db_admin *d, enum db_kind kind, const char *sql)
{
    char head[48];
    snprintf(head, sizeof head, "%s", sql);
    for (char *p = head; *p; p++)
        if (*p == '\n')
            *p = ' ';
    return db_fault(d->db, kind, head);
}

static enum db_kind last_error(struct db_admin *d)
{
    return db_note_error(d->db, mysql_errno(d->db->my), mysql_error(d->db->my));
}

static enum db_kind ready(struct db_admin *d)
{
    d->db->error_number = 0;
    return d->db->my ? KIND_NONE : db_note_error(d->db, CR_SERVER_GONE_ERROR, "the connection is lost");
}

enum err db_admin_run(struct db_admin *d, const char *sql, size_t *ret_changed)
{
    enum db_kind kind = ready(d);
    if (kind == KIND_NONE)
        kind = db_query(d->db, sql);
    if (kind != KIND_NONE)
        return failed(d, kind, sql);
    size_t changed = 0;
    for (int more = 0; more == 0; more = mysql_next_result(d->db->my)) {
        MYSQL_RES *res = mysql_store_result(d->db->my);
        if (res)
            mysql_free_result(res);
        else if (mysql_errno(d->db->my) == 0)
            changed = (size_t)mysql_affected_rows(d->db->my);
    }
    if (mysql_errno(d->db->my) != 0)
        return failed(d, last_error(d), sql);
    if (ret_changed)
        *ret_changed = changed;
    return ERR_OK;
}

enum err db_admin_run_with(struct db_admin *d, const char *sql, const struct str *values, size_t n, size_t *ret_changed)
{
    static my_bool yes = 1;
    MYSQL_BIND binds[32] = {0};
    BUG_ON(n > sizeof binds / sizeof *binds);
    enum db_kind kind = ready(d);
    MYSQL_STMT *h = kind == KIND_NONE ? mysql_stmt_init(d->db->my) : NULL;
    if (kind == KIND_NONE && !h)
        kind = db_note_error(d->db, CR_OUT_OF_MEMORY, "no memory for a statement");
    for (size_t i = 0; i < n; i++)
        binds[i] = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING, .buffer = (void *)(uintptr_t)values[i].p,
                                .buffer_length = values[i].n, .is_null = values[i].p ? NULL : &yes};
    if (kind == KIND_NONE && mysql_stmt_prepare(h, sql, strlen(sql)) != 0)
        kind = db_note_error(d->db, mysql_stmt_errno(h), mysql_stmt_error(h));
    if (kind == KIND_NONE)
        BUG_ON(mysql_stmt_param_count(h) != n);
    if (kind == KIND_NONE && ((n && mysql_stmt_bind_param(h, binds) != 0) || mysql_stmt_execute(h) != 0 ||
                              (mysql_stmt_field_count(h) && mysql_stmt_store_result(h) != 0)))
        kind = db_note_error(d->db, mysql_stmt_errno(h), mysql_stmt_error(h));
    if (kind == KIND_NONE && ret_changed)
        *ret_changed = (size_t)mysql_stmt_affected_rows(h);
    if (h)
        mysql_stmt_close(h);
    return kind == KIND_NONE ? ERR_OK : failed(d, kind, sql);
}

enum err db_admin_each(struct db_admin *d, const char *sql, enum err (*row)(void *arg, const struct str *cells, size_t n),
                       void *arg)
{
    enum { CELLS_MAX = 64 };
    struct str cells[CELLS_MAX];
    enum err e = ERR_OK;
    enum db_kind kind = ready(d);
    if (kind == KIND_NONE)
        kind = db_query(d->db, sql);
    MYSQL_RES *res = kind == KIND_NONE ? mysql_use_result(d->db->my) : NULL;
    if (kind == KIND_NONE && !res)
        kind = last_error(d);
    if (kind != KIND_NONE)
        return failed(d, kind, sql);
    size_t n = mysql_num_fields(res);
    BUG_ON(n > CELLS_MAX);
    for (MYSQL_ROW r; e == ERR_OK && (r = mysql_fetch_row(res));) {
        const unsigned long *lengths = mysql_fetch_lengths(res);
        for (size_t i = 0; i < n; i++)
            cells[i] = (struct str){r[i], r[i] ? lengths[i] : 0};
        e = row(arg, cells, n);
    }
    if (e == ERR_OK && mysql_errno(d->db->my) != 0)
        e = failed(d, last_error(d), sql);
    mysql_free_result(res);
    return e;
}

static enum err take_number(void *arg, const struct str *cells, size_t n)
{
    struct {
        bool seen;
        int64_t v;
    } *to = arg;
    if (n == 0 || to->seen || !cells[0].p)
        return ERR_OK;
    to->seen = parse_i64(cells[0], INT64_MIN, INT64_MAX, &to->v);
    return ERR_OK;
}

enum err db_admin_number(struct db_admin *d, const char *sql, int64_t *ret)
{
    struct {
        bool seen;
        int64_t v;
    } got = {false, 0};
    enum err e = db_admin_each(d, sql, take_number, &got);
    if (e != ERR_OK)
        return e;
    if (!got.seen)
        return ERR_NOT_FOUND;
    *ret = got.v;
    return ERR_OK;
}
