/*
 * prepare.c - a statement made ready on a connection, its buffers bound once.
 *
 * What the annotation promises is compared with what the server answers, here and not by a reader: number of
 * parameters, number, names and families of the columns.
 */
#include <errmsg.h>

#include "db/internal.h"

void db_unprepare(struct db *db, uint16_t index)
{
    struct db_prepared *p = db->prepared[index];
    if (!p)
        return;
    mysql_stmt_close(p->handle);
    free(p);
    db->prepared[index] = NULL;
}

static size_t text_room(const struct db_col *c)
{
    if (c->type != DB_T_TEXT && c->type != DB_T_BLOB)
        return 0;
    return c->max_bytes < CELL_TEXT_MAX ? c->max_bytes + 1u : CELL_TEXT_MAX;
}

static size_t aligned(size_t n)
{
    return (n + 15) & ~(size_t)15;
}

/* One block: the struct, binds, cells, lengths, nulls and errors, text. */
static struct db_prepared *allocate(const struct db_stmt *s)
{
    size_t at[7], n = 0, text = 0;
    for (uint16_t i = 0; i < s->n_out; i++)
        text += text_room(&s->out[i]);
    at[0] = n, n += aligned(sizeof(struct db_prepared));
    at[1] = n, n += aligned(s->n_bind * sizeof(MYSQL_BIND));
    at[2] = n, n += aligned(s->n_out * sizeof(MYSQL_BIND));
    at[3] = n, n += aligned(s->n_out * sizeof(union db_cell));
    at[4] = n, n += aligned(s->n_out * sizeof(unsigned long));
    at[5] = n, n += aligned(2u * s->n_out * sizeof(my_bool));
    at[6] = n, n += text;
    char *block = calloc(1, n);
    if (!block)
        return NULL;
    struct db_prepared *p = (void *)block;
    p->in = (void *)(block + at[1]);
    p->out = (void *)(block + at[2]);
    p->cells = (void *)(block + at[3]);
    p->lengths = (void *)(block + at[4]);
    p->nulls = (void *)(block + at[5]);
    p->errors = p->nulls + s->n_out;
    p->text = block + at[6];
    return p;
}

static enum enum_field_types wire_type(enum db_type t)
{
    switch (t) {
    case DB_T_I64:
    case DB_T_U64:
        return MYSQL_TYPE_LONGLONG;
    case DB_T_I32:
        return MYSQL_TYPE_LONG;
    case DB_T_BOOL:
        return MYSQL_TYPE_TINY;
    case DB_T_TEXT:
        return MYSQL_TYPE_STRING;
    case DB_T_BLOB:
        return MYSQL_TYPE_BLOB;
    case DB_T_DOUBLE:
        return MYSQL_TYPE_DOUBLE;
    }
    return MYSQL_TYPE_NULL;
}

void db_type_binds(MYSQL_BIND *b, const struct db_stmt *s)
{
    for (uint16_t i = 0; i < s->n_bind; i++) {
        const struct db_col *c = &s->in[s->bind[i]];
        b[i].buffer_type = wire_type(c->type);
        b[i].is_unsigned = c->type == DB_T_U64;
    }
}

static void set_binds(struct db_prepared *p, const struct db_stmt *s)
{
    char *text = p->text;
    db_type_binds(p->in, s);
    for (uint16_t i = 0; i < s->n_out; i++) {
        const struct db_col *c = &s->out[i];
        size_t room = text_room(c);
        p->out[i].buffer_type = wire_type(c->type);
        p->out[i].is_unsigned = c->type == DB_T_U64;
        p->out[i].buffer = room ? (void *)text : &p->cells[i];
        p->out[i].buffer_length = room;
        p->out[i].length = &p->lengths[i];
        p->out[i].is_null = &p->nulls[i];
        p->out[i].error = &p->errors[i];
        text += room;
    }
}

static bool family_fits(enum db_type t, enum enum_field_types field)
{
    bool text = t == DB_T_TEXT || t == DB_T_BLOB;
    switch (field) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_YEAR:
        return !text;
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL:
        return t == DB_T_I64 || t == DB_T_U64 || t == DB_T_I32 || t == DB_T_DOUBLE;
    case MYSQL_TYPE_FLOAT:
    case MYSQL_TYPE_DOUBLE:
        return t == DB_T_DOUBLE;
    case MYSQL_TYPE_NULL:
        return true;
    case MYSQL_TYPE_VARCHAR:
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_STRING:
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
    case MYSQL_TYPE_BLOB:
    case MYSQL_TYPE_ENUM:
    case MYSQL_TYPE_SET:
    case MYSQL_TYPE_JSON:
        return text;
    default:
        return false; /* dates, bits and geometry have no type of ours */
    }
}

/* The answer of the server against the annotation; says what differs. */
static enum db_kind check_shape(struct db *db, const struct db_stmt *s, MYSQL_STMT *h)
{
    char why[160];
    if (mysql_stmt_param_count(h) != s->n_bind || mysql_stmt_field_count(h) != s->n_out) {
        snprintf(why, sizeof why, "the server counts %lu parameters and %u columns, the annotation %u and %u",
                 mysql_stmt_param_count(h), mysql_stmt_field_count(h), s->n_bind, s->n_out);
        return db_note_error(db, CR_UNKNOWN_ERROR, why);
    }
    if (s->n_out == 0)
        return KIND_NONE;
    MYSQL_RES *meta = mysql_stmt_result_metadata(h);
    if (!meta)
        return db_note_error(db, mysql_stmt_errno(h), mysql_stmt_error(h));
    const MYSQL_FIELD *f = mysql_fetch_fields(meta);
    enum db_kind kind = KIND_NONE;
    for (uint16_t i = 0; i < s->n_out && kind == KIND_NONE; i++) {
        if (strcmp(f[i].name, s->out[i].name) != 0)
            snprintf(why, sizeof why, "column %d is called `%.60s`, the annotation says `%s`", i + 1, f[i].name,
                     s->out[i].name);
        else if (!family_fits(s->out[i].type, f[i].type))
            snprintf(why, sizeof why, "column `%s` has type %d of the server, which does not fit the annotation",
                     s->out[i].name, (int)f[i].type);
        else
            continue;
        kind = db_note_error(db, CR_UNKNOWN_ERROR, why);
    }
    mysql_free_result(meta);
    return kind;
}

enum db_kind db_prepare(struct db *db, const struct db_stmt *s, struct db_prepared **ret)
{
    if (db->prepared[s->index]) {
        *ret = db->prepared[s->index];
        return KIND_NONE;
    }
    MYSQL_STMT *h = mysql_stmt_init(db->my);
    struct db_prepared *p = allocate(s);
    enum db_kind kind = KIND_NONE;
    if (!h || !p)
        kind = db_note_error(db, CR_OUT_OF_MEMORY, "no memory for a statement");
    else if (mysql_stmt_prepare(h, s->sql, strlen(s->sql)) != 0)
        kind = db_note_error(db, mysql_stmt_errno(h), mysql_stmt_error(h));
    else
        kind = check_shape(db, s, h);
    if (kind == KIND_NONE) {
        set_binds(p, s);
        if (s->n_out && mysql_stmt_bind_result(h, p->out) != 0)
            kind = db_note_error(db, mysql_stmt_errno(h), mysql_stmt_error(h));
    }
    if (kind != KIND_NONE) {
        if (h)
            mysql_stmt_close(h);
        free(p);
        return kind;
    }
    p->handle = h;
    *ret = db->prepared[s->index] = p;
    return KIND_NONE;
}
