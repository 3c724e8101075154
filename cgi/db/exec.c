/*
 * exec.c - runs one statement: values in, rows out into the request arena.
 *
 * No allocation of its own on the way: binds live with the prepared statement, rows in the arena. The arena may jump
 * out of here when it is exhausted; db->reading then tells db_end_request what to tidy.
 */
#include <errmsg.h>

#include "base/clock.h"
#include "db/internal.h"

static const char *at(const void *base, uint32_t offset)
{
    return (const char *)base + offset;
}

/* A value longer than its annotation is a check forgotten by the caller. */
static enum err check_input(struct db *db, const struct db_stmt *s, const void *in)
{
    for (uint16_t i = 0; i < s->n_in; i++) {
        const struct db_col *c = &s->in[i];
        if (c->max_bytes == 0 || (c->nullable && !*(const bool *)at(in, c->has_offset)))
            continue;
        const struct str *t = (const void *)at(in, c->offset);
        if (t->n > c->max_bytes)
            return fault_set(db->f, ERR_INTERNAL, "INTERNAL", "database: %s: parameter %s has %zu bytes, at most %u",
                             s->name, c->name, t->n, c->max_bytes);
    }
    return ERR_OK;
}

void db_bind_values(MYSQL_BIND *binds, const struct db_stmt *s, const void *in)
{
    static my_bool yes = 1;
    for (uint16_t i = 0; i < s->n_bind; i++) {
        const struct db_col *c = &s->in[s->bind[i]];
        MYSQL_BIND *b = &binds[i];
        const char *value = at(in, c->offset);
        b->is_null = c->nullable && !*(const bool *)at(in, c->has_offset) ? &yes : NULL;
        if (c->type == DB_T_TEXT || c->type == DB_T_BLOB) {
            const struct str *t = (const void *)value;
            b->buffer = (void *)(uintptr_t)(t->p ? t->p : "");
            b->buffer_length = t->n;
            b->length = NULL;
        } else {
            b->buffer = (void *)(uintptr_t)value;
        }
    }
}

/* Text into the arena: from the bound buffer when it fitted there, else straight from the packet. */
static enum db_kind take_text(struct db *db, struct db_prepared *p, const struct db_stmt *s, uint16_t i, struct str *to)
{
    const struct db_col *c = &s->out[i];
    size_t n = p->lengths[i];
    char why[120];
    if (n > c->max_bytes) {
        snprintf(why, sizeof why, "column %s has %zu bytes, at most %u", c->name, n, c->max_bytes);
        return db_note_error(db, CR_UNKNOWN_ERROR, why);
    }
    char *copy = arena_alloc(db->a, n + 1);
    if (n <= p->out[i].buffer_length) {
        memcpy(copy, p->out[i].buffer, n);
    } else {
        unsigned long whole = 0;
        my_bool cut = 0;
        MYSQL_BIND b = {.buffer_type = MYSQL_TYPE_BLOB, .buffer = copy, .buffer_length = n, .length = &whole, .error = &cut};
        if (mysql_stmt_fetch_column(p->handle, &b, i, 0) != 0 || cut || whole != n)
            return db_note_error(db, CR_UNKNOWN_ERROR, "a long column could not be read whole");
    }
    *to = (struct str){copy, n};
    return KIND_NONE;
}

static enum db_kind take_value(struct db *db, struct db_prepared *p, const struct db_stmt *s, uint16_t i, char *row)
{
    const struct db_col *c = &s->out[i];
    char *to = row + c->offset, why[100];
    if (p->nulls[i]) {
        if (c->nullable)
            return KIND_NONE; /* the row is zeroed: has_x is false */
        snprintf(why, sizeof why, "column %s is NULL, the annotation has no `?`", c->name);
        return db_note_error(db, CR_UNKNOWN_ERROR, why);
    }
    if (c->nullable)
        *(bool *)(row + c->has_offset) = true;
    if (c->type == DB_T_TEXT || c->type == DB_T_BLOB)
        return take_text(db, p, s, i, (struct str *)(void *)to);
    if (p->errors[i]) {
        snprintf(why, sizeof why, "column %s does not fit its type", c->name);
        return db_note_error(db, CR_UNKNOWN_ERROR, why);
    }
    switch (c->type) {
    case DB_T_I64:
    case DB_T_U64:
    case DB_T_DOUBLE:
        memcpy(to, &p->cells[i], 8);
        break;
    case DB_T_I32:
        memcpy(to, &p->cells[i], 4);
        break;
    case DB_T_BOOL:
        *(bool *)to = p->cells[i].flag != 0;
        break;
    case DB_T_TEXT:
    case DB_T_BLOB:
        break;
    }
    return KIND_NONE;
}

/*
 * Names of columns are looked at when a statement is prepared, and never again. The server sends them once; but where it
 * leaves them out, the library copies what it has of them, six texts a column, before every result. It copies none where
 * it has none.
 */
static void forget_names(MYSQL_STMT *h)
{
    if (h->field_count == 0 || !h->fields || !h->fields[0].name)
        return;
    for (unsigned i = 0; i < h->field_count; i++) {
        MYSQL_FIELD *f = &h->fields[i];
        f->name = f->org_name = f->table = f->org_table = f->db = f->catalog = f->def = NULL;
        f->name_length = f->org_name_length = f->table_length = f->org_table_length = f->db_length = f->catalog_length = f->def_length = 0;
    }
}

static enum db_kind read_rows(struct db *db, struct db_prepared *p, const struct db_stmt *s, void **ret_rows, size_t *ret_n)
{
    if (mysql_stmt_store_result(p->handle) != 0)
        return db_note_error(db, mysql_stmt_errno(p->handle), mysql_stmt_error(p->handle));
    db->reading = p->handle;
    size_t n = mysql_stmt_num_rows(p->handle);
    enum db_kind kind = KIND_NONE;
    if (n > s->max_rows)
        kind = db_note_error(db, CR_UNKNOWN_ERROR, "more rows than the statement may have");
    char *rows = kind == KIND_NONE ? arena_array(db->a, n ? n : 1, s->row_bytes) : NULL;
    for (size_t r = 0; r < n && kind == KIND_NONE; r++) {
        int status = mysql_stmt_fetch(p->handle);
        if (status != 0 && status != MYSQL_DATA_TRUNCATED)
            kind = db_note_error(db, mysql_stmt_errno(p->handle), mysql_stmt_error(p->handle));
        for (uint16_t i = 0; i < s->n_out && kind == KIND_NONE; i++)
            kind = take_value(db, p, s, i, rows + r * s->row_bytes);
    }
    (void)mysql_stmt_free_result(p->handle);
    db->reading = NULL;
    forget_names(p->handle);
    *ret_rows = rows;
    *ret_n = n;
    return kind;
}

/* Prepared, with its values. To prepare, and to read rows, whatever was sent before must be answered first. */
static enum db_kind make_ready(struct db *db, const struct db_stmt *s, const void *in, struct db_prepared **ret)
{
    enum db_kind kind = db_begin_if_due(db);
    if (kind == KIND_NONE && db->n_later && (s->returns_rows || !db->prepared[s->index]))
        kind = db_settle(db);
    if (kind == KIND_NONE)
        kind = db_prepare(db, s, ret);
    if (kind != KIND_NONE || !s->n_bind)
        return kind;
    db_bind_values((*ret)->in, s, in);
    if (mysql_stmt_bind_param((*ret)->handle, (*ret)->in) != 0)
        return db_note_error(db, mysql_stmt_errno((*ret)->handle), mysql_stmt_error((*ret)->handle));
    return KIND_NONE;
}

enum db_kind db_send_kept(struct db *db)
{
    enum db_kind kind = KIND_NONE;
    int n = db->n_kept;
    db->n_kept = 0;
    for (int i = 0; i < n && kind == KIND_NONE; i++) {
        struct db_prepared *p = NULL;
        kind = make_ready(db, db->kept[i].s, db->kept[i].in, &p);
        if (kind == KIND_NONE)
            kind = db_send(db, p, db->kept[i].s->name);
    }
    if (kind == KIND_NONE || kind == KIND_LOST || db->tx == TX_BROKEN || db->doomed != ERR_OK)
        return kind;
    return db_doom(db, kind);
}

/* One try. *ret_sent tells whether the server may have run the statement. */
static enum db_kind try_once(struct db *db, const struct db_stmt *s, const void *in, void **ret_rows, size_t *ret_n,
                             bool *ret_sent)
{
    struct db_prepared *p = NULL;
    enum db_kind kind = db_connect(db);
    *ret_sent = false;
    if (kind == KIND_NONE && db->n_kept)
        kind = db_send_kept(db);
    if (kind == KIND_NONE)
        kind = make_ready(db, s, in, &p);
    if (kind != KIND_NONE)
        return kind;
    if (db->tx == TX_OPEN && !s->returns_rows) {
        kind = db_send(db, p, s->name);
        *ret_n = 0;
        return kind == KIND_NONE ? db_settle_with_last(db, ret_n) : kind;
    }
    if (mysql_stmt_execute(p->handle) != 0) {
        unsigned number = mysql_stmt_errno(p->handle);
        *ret_sent = number != CR_SERVER_GONE_ERROR;
        return db_note_error(db, number, mysql_stmt_error(p->handle));
    }
    *ret_sent = true;
    if (s->returns_rows)
        return read_rows(db, p, s, ret_rows, ret_n);
    *ret_n = (size_t)mysql_stmt_affected_rows(p->handle);
    return KIND_NONE;
}

/* Tidies after a failed try and says whether to try again at this level. */
static bool try_again(struct db *db, const struct db_stmt *s, enum db_kind kind, bool sent, int64_t spent_us, int attempt)
{
    if (kind == KIND_LOST)
        db_disconnect(db);
    if (kind == KIND_REPREPARE)
        db_unprepare(db, s->index);
    bool transient = kind == KIND_LOST || kind == KIND_RETRY;
    if (db->tx != TX_NONE) {
        if (transient)
            db->tx = TX_BROKEN;
        return kind == KIND_REPREPARE && db->tx == TX_OPEN && attempt < DB_RERUNS;
    }
    if (attempt >= DB_RERUNS || db_past_deadline(db))
        return false;
    if (kind == KIND_LOST) /* an answer that did not come in time will not come sooner the next time */
        return (!s->writes || !sent) && spent_us < (int64_t)db->config.read_timeout_ms * 900;
    return kind == KIND_RETRY || kind == KIND_REPREPARE;
}

static enum err settle(const struct db_stmt *s, size_t n)
{
    if (s->one_row && n == 0)
        return ERR_NOT_FOUND;
    if (s->exactly_one_change && n != 1)
        return ERR_CONFLICT;
    return ERR_OK;
}

enum err db_exec(struct db *db, const struct db_stmt *s, const void *in, void **ret_rows, size_t *ret_n)
{
    BUG_ON(!db->a); /* db_begin_request was forgotten */
    BUG_ON(!(s->roles & db->role->role));
    enum err e = check_input(db, s, in);
    if (e != ERR_OK)
        return e;
    for (int attempt = 0;; attempt++) {
        db->duplicate = false;
        if (db->tx == TX_BROKEN)
            return ERR_UNAVAILABLE;
        if (db->doomed != ERR_OK)
            return db->doomed;
        if (db_past_deadline(db))
            return fault_set(db->f, ERR_UNAVAILABLE, "UNAVAILABLE", "deadline before %s", s->name);
        if (s->later && db->tx != TX_NONE && db->n_kept < KEPT_MAX) {
            db_keep(db, s, in);
            db->count++;
            return ERR_OK;
        }
        bool sent = false;
        int64_t start = clock_monotonic_us();
        enum db_kind kind = try_once(db, s, in, ret_rows, ret_n, &sent);
        int64_t spent = clock_monotonic_us() - start;
        db->count++;
        db->time_us += spent;
        if (kind == KIND_NONE)
            return s->later ? ERR_OK : settle(s, *ret_n);
        if (!try_again(db, s, kind, sent, spent, attempt))
            return db->doomed != ERR_OK ? db->doomed : db_fault(db, kind, s->name);
        if (kind == KIND_RETRY || attempt > 0)
            db_pause(attempt);
    }
}
