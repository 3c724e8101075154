/*
 * block.c - the statements at the end of a transaction and its COMMIT as one command.
 *
 * A statement marked `rows: later` is kept with its values instead of being sent. When the transaction ends, all that is
 * kept goes out as one prepared `BEGIN NOT ATOMIC ...; COMMIT; END`: one packet, one reply, and the server goes from
 * statement to statement without us. Whatever must be answered earlier sends what is kept before it, one by one (later.c).
 * Blocks are prepared once for each row of statements and stay with the connection, at most BLOCKS_MAX of them.
 *
 * The server leaves a block at the first statement that fails, so nothing behind it runs and nothing was committed; the
 * transaction is still open then and is rolled back by its frame. Which statement it was only its message tells.
 */
#include <errmsg.h>

#include "base/buf.h"
#include "db/internal.h"

enum { SQL_BYTES = 64 * 1024 };

struct db_block {
    MYSQL_STMT *handle;
    const struct db_stmt *parts[KEPT_MAX];
    int n_parts;
    bool begins; /* the transaction begins here as well */
    unsigned n_bind;
    MYSQL_BIND in[]; /* of all parts, one after the other */
};

static size_t value_bytes(enum db_type t)
{
    switch (t) {
    case DB_T_I64:
    case DB_T_U64:
    case DB_T_DOUBLE:
        return 8;
    case DB_T_I32:
        return 4;
    case DB_T_BOOL:
        return sizeof(bool);
    case DB_T_TEXT:
    case DB_T_BLOB:
        return sizeof(struct str);
    }
    return 0;
}

/* The values are copied, as the caller's may be gone before they are sent. */
void db_keep(struct db *db, const struct db_stmt *s, const void *in)
{
    size_t size = 0, text = 0;
    for (uint16_t i = 0; i < s->n_in; i++) {
        const struct db_col *c = &s->in[i];
        const size_t end = c->offset + value_bytes(c->type), has = c->nullable ? c->has_offset + sizeof(bool) : 0;
        size = end > size ? end : size;
        size = has > size ? has : size;
        if (c->type == DB_T_TEXT || c->type == DB_T_BLOB)
            text += ((const struct str *)(const void *)((const char *)in + c->offset))->n;
    }
    char *copy = arena_alloc(db->a, size + text + 1), *to = copy + size;
    if (size)
        memcpy(copy, in, size);
    for (uint16_t i = 0; i < s->n_in; i++) {
        const struct db_col *c = &s->in[i];
        if (c->type != DB_T_TEXT && c->type != DB_T_BLOB)
            continue;
        struct str *t = (void *)(copy + c->offset);
        if (t->n)
            memcpy(to, t->p, t->n);
        t->p = to;
        to += t->n;
    }
    db->kept[db->n_kept++] = (struct db_kept){s, copy};
}

static bool is_block_of(const struct db_block *b, const struct db *db, bool begins)
{
    if (!b || b->n_parts != db->n_kept || b->begins != begins)
        return false;
    for (int i = 0; i < b->n_parts; i++)
        if (b->parts[i] != db->kept[i].s)
            return false;
    return true;
}

static struct db_block *block_new(const struct db *db, bool begins)
{
    unsigned n = 0;
    for (int i = 0; i < db->n_kept; i++)
        n += db->kept[i].s->n_bind;
    struct db_block *b = calloc(1, sizeof *b + n * sizeof b->in[0]);
    if (!b)
        return NULL;
    b->begins = begins;
    for (int i = 0; i < db->n_kept; i++) {
        const struct db_stmt *s = b->parts[b->n_parts++] = db->kept[i].s;
        db_type_binds(b->in + b->n_bind, s);
        b->n_bind += s->n_bind;
    }
    return b;
}

/* `SET autocommit=1` commits a transaction that was begun by `SET autocommit=0`. */
static struct str block_sql(struct db *db, bool begins)
{
    struct buf sql;
    buf_init(&sql, db->a, SQL_BYTES);
    buf_put(&sql, begins ? STR("BEGIN NOT ATOMIC START TRANSACTION; ") : STR("BEGIN NOT ATOMIC "));
    for (int i = 0; i < db->n_kept; i++) {
        buf_put(&sql, str_from_c(db->kept[i].s->sql));
        buf_put(&sql, STR("; "));
    }
    buf_put(&sql, begins ? STR("COMMIT; END") : STR("SET autocommit=1; END"));
    BUG_ON(sql.full);
    return buf_str(&sql);
}

static void block_free(struct db_block *b)
{
    if (!b)
        return;
    if (b->handle)
        mysql_stmt_close(b->handle);
    free(b);
}

void db_forget_blocks(struct db *db)
{
    for (int i = 0; i < BLOCKS_MAX; i++) {
        block_free(db->blocks[i]);
        db->blocks[i] = NULL;
    }
}

static enum db_kind block_ready(struct db *db, bool begins, struct db_block **ret)
{
    for (int i = 0; i < BLOCKS_MAX; i++)
        if (is_block_of(db->blocks[i], db, begins)) {
            *ret = db->blocks[i];
            return KIND_NONE;
        }
    struct db_block *b = block_new(db, begins);
    enum db_kind kind = KIND_NONE;
    const struct str sql = block_sql(db, begins);
    if (!b || !(b->handle = mysql_stmt_init(db->my)))
        kind = db_note_error(db, CR_OUT_OF_MEMORY, "no memory for a statement");
    else if (mysql_stmt_prepare(b->handle, sql.p, sql.n) != 0)
        kind = db_note_error(db, mysql_stmt_errno(b->handle), mysql_stmt_error(b->handle));
    else if (mysql_stmt_param_count(b->handle) != b->n_bind)
        kind = db_note_error(db, CR_UNKNOWN_ERROR, "the server counts other parameters than the annotations");
    if (kind != KIND_NONE) {
        block_free(b);
        return kind;
    }
    struct db_block **place = &db->blocks[db->next_block++ % BLOCKS_MAX];
    block_free(*place);
    *ret = *place = b;
    return KIND_NONE;
}

/* The names go before the words of the server, which know the key but not the statement. */
static enum db_kind block_failed(struct db *db, const struct db_block *b)
{
    char text[sizeof db->error_text];
    size_t n = 0;
    for (int i = 0; i < b->n_parts && n < 60; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%.40s", i ? "," : "", b->parts[i]->name);
    snprintf(text + n, sizeof text - n, ": %.90s", mysql_stmt_error(b->handle));
    return db_note_error(db, mysql_stmt_errno(b->handle), text);
}

enum db_kind db_commit_block(struct db *db)
{
    struct db_block *b = NULL;
    const bool begins = db->tx == TX_LAZY;
    enum db_kind kind = db_connect(db);
    if (kind == KIND_NONE)
        kind = block_ready(db, begins, &b);
    if (kind == KIND_NONE) {
        MYSQL_BIND *bind = b->in;
        for (int i = 0; i < db->n_kept; i++) {
            db_bind_values(bind, db->kept[i].s, db->kept[i].in);
            bind += db->kept[i].s->n_bind;
        }
        db->tx = TX_OPEN; /* whatever comes, the server may have begun */
        if (mysql_stmt_bind_param(b->handle, b->in) != 0 || mysql_stmt_execute(b->handle) != 0)
            kind = block_failed(db, b);
    }
    db->n_kept = 0;
    return kind == KIND_NONE || kind == KIND_LOST ? kind : db_doom(db, kind);
}
