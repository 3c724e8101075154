/* sql_types.c - made by sqlgen from sql/query/types.sql; do not edit. */
#include "sql.h"

static const char q_all_types_name[] = "all_types";
static const char q_all_types_sql[] =
    "SELECT ? AS a, ? AS b, ? AS c, ? AS d, ? AS e, ? AS f, ? AS g, ? AS an, ? AS bn, ? AS cn, ? AS dn, ?"
    " AS en, ? AS fn, ? AS gn FROM DUAL";
static const struct db_col q_all_types_in_cols[] = {
    {.name = "a", .type = DB_T_I64, .offset = offsetof(struct q_all_types_in, a)},
    {.name = "b", .type = DB_T_U64, .offset = offsetof(struct q_all_types_in, b)},
    {.name = "c", .type = DB_T_I32, .offset = offsetof(struct q_all_types_in, c)},
    {.name = "d", .type = DB_T_BOOL, .offset = offsetof(struct q_all_types_in, d)},
    {.name = "e", .type = DB_T_DOUBLE, .offset = offsetof(struct q_all_types_in, e)},
    {.name = "f", .type = DB_T_TEXT, .offset = offsetof(struct q_all_types_in, f), .max_bytes = 10},
    {.name = "g", .type = DB_T_BLOB, .offset = offsetof(struct q_all_types_in, g), .max_bytes = 20},
    {.name = "an", .type = DB_T_I64, .offset = offsetof(struct q_all_types_in, an),
     .nullable = true, .has_offset = offsetof(struct q_all_types_in, has_an)},
    {.name = "bn", .type = DB_T_U64, .offset = offsetof(struct q_all_types_in, bn),
     .nullable = true, .has_offset = offsetof(struct q_all_types_in, has_bn)},
    {.name = "cn", .type = DB_T_I32, .offset = offsetof(struct q_all_types_in, cn),
     .nullable = true, .has_offset = offsetof(struct q_all_types_in, has_cn)},
    {.name = "dn", .type = DB_T_BOOL, .offset = offsetof(struct q_all_types_in, dn),
     .nullable = true, .has_offset = offsetof(struct q_all_types_in, has_dn)},
    {.name = "en", .type = DB_T_DOUBLE, .offset = offsetof(struct q_all_types_in, en),
     .nullable = true, .has_offset = offsetof(struct q_all_types_in, has_en)},
    {.name = "fn", .type = DB_T_TEXT, .offset = offsetof(struct q_all_types_in, fn),
     .nullable = true, .has_offset = offsetof(struct q_all_types_in, has_fn), .max_bytes = 10},
    {.name = "gn", .type = DB_T_BLOB, .offset = offsetof(struct q_all_types_in, gn),
     .nullable = true, .has_offset = offsetof(struct q_all_types_in, has_gn), .max_bytes = 20},
};
static const struct db_col q_all_types_row_cols[] = {
    {.name = "a", .type = DB_T_I64, .offset = offsetof(struct q_all_types_row, a)},
    {.name = "b", .type = DB_T_U64, .offset = offsetof(struct q_all_types_row, b)},
    {.name = "c", .type = DB_T_I32, .offset = offsetof(struct q_all_types_row, c)},
    {.name = "d", .type = DB_T_BOOL, .offset = offsetof(struct q_all_types_row, d)},
    {.name = "e", .type = DB_T_DOUBLE, .offset = offsetof(struct q_all_types_row, e)},
    {.name = "f", .type = DB_T_TEXT, .offset = offsetof(struct q_all_types_row, f), .max_bytes = 10},
    {.name = "g", .type = DB_T_BLOB, .offset = offsetof(struct q_all_types_row, g), .max_bytes = 20},
    {.name = "an", .type = DB_T_I64, .offset = offsetof(struct q_all_types_row, an),
     .nullable = true, .has_offset = offsetof(struct q_all_types_row, has_an)},
    {.name = "bn", .type = DB_T_U64, .offset = offsetof(struct q_all_types_row, bn),
     .nullable = true, .has_offset = offsetof(struct q_all_types_row, has_bn)},
    {.name = "cn", .type = DB_T_I32, .offset = offsetof(struct q_all_types_row, cn),
     .nullable = true, .has_offset = offsetof(struct q_all_types_row, has_cn)},
    {.name = "dn", .type = DB_T_BOOL, .offset = offsetof(struct q_all_types_row, dn),
     .nullable = true, .has_offset = offsetof(struct q_all_types_row, has_dn)},
    {.name = "en", .type = DB_T_DOUBLE, .offset = offsetof(struct q_all_types_row, en),
     .nullable = true, .has_offset = offsetof(struct q_all_types_row, has_en)},
    {.name = "fn", .type = DB_T_TEXT, .offset = offsetof(struct q_all_types_row, fn),
     .nullable = true, .has_offset = offsetof(struct q_all_types_row, has_fn), .max_bytes = 10},
    {.name = "gn", .type = DB_T_BLOB, .offset = offsetof(struct q_all_types_row, gn),
     .nullable = true, .has_offset = offsetof(struct q_all_types_row, has_gn), .max_bytes = 20},
};
static const uint16_t q_all_types_bind[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
extern const struct db_stmt q_all_types_stmt;
const struct db_stmt q_all_types_stmt = {
    .index = 16,
    .name = q_all_types_name,
    .sql = q_all_types_sql,
    .roles = 0 | 1 | 2 | 4 | 8 | 16,
    .in = q_all_types_in_cols,
    .n_in = 14,
    .bind = q_all_types_bind,
    .n_bind = 14,
    .out = q_all_types_row_cols,
    .n_out = 14,
    .row_bytes = sizeof(struct q_all_types_row),
    .max_rows = 1,
    .reads = 1,
    .returns_rows = true,
    .one_row = true,
    .exactly_one_change = false,
    .writes = false,
    .later = false,
};
enum err q_all_types(struct db *db, const struct q_all_types_in *in, const struct q_all_types_row **ret)
{
    void *rows;
    size_t n;
    enum err e = db_exec(db, &q_all_types_stmt, in, &rows, &n);
    if (e != ERR_OK)
        return e;
    *ret = rows;
    return ERR_OK;
}

static const char q_no_parameters_name[] = "no_parameters";
static const char q_no_parameters_sql[] =
    "SELECT COUNT(*) AS n FROM small";
static const struct db_col q_no_parameters_row_cols[] = {
    {.name = "n", .type = DB_T_I64, .offset = offsetof(struct q_no_parameters_row, n)},
};
extern const struct db_stmt q_no_parameters_stmt;
const struct db_stmt q_no_parameters_stmt = {
    .index = 17,
    .name = q_no_parameters_name,
    .sql = q_no_parameters_sql,
    .roles = 0 | 4,
    .out = q_no_parameters_row_cols,
    .n_out = 1,
    .row_bytes = sizeof(struct q_no_parameters_row),
    .max_rows = 1,
    .reads = 10,
    .returns_rows = true,
    .one_row = true,
    .exactly_one_change = false,
    .writes = false,
    .later = false,
};
enum err q_no_parameters(struct db *db, const struct q_no_parameters_row **ret)
{
    void *rows;
    size_t n;
    enum err e = db_exec(db, &q_no_parameters_stmt, NULL, &rows, &n);
    if (e != ERR_OK)
        return e;
    *ret = rows;
    return ERR_OK;
}

static const char q_repeated_name[] = "repeated";
static const char q_repeated_sql[] =
    "SELECT id FROM t WHERE (a = ? OR b = ?) AND c = ? AND d <> ':x ?' AND e <> \"it's \\\"?\\\" :y\" AND `odd`"
    "`name :x` = 1 AND f = 'a\\'b''c' AND g > ? ORDER BY id LIMIT 7";
static const struct db_col q_repeated_in_cols[] = {
    {.name = "x", .type = DB_T_I64, .offset = offsetof(struct q_repeated_in, x)},
    {.name = "y", .type = DB_T_TEXT, .offset = offsetof(struct q_repeated_in, y), .max_bytes = 9},
};
static const struct db_col q_repeated_row_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_repeated_row, id)},
};
static const uint16_t q_repeated_bind[] = {0, 0, 1, 0};
extern const struct db_stmt q_repeated_stmt;
const struct db_stmt q_repeated_stmt = {
    .index = 18,
    .name = q_repeated_name,
    .sql = q_repeated_sql,
    .roles = 0 | 1,
    .in = q_repeated_in_cols,
    .n_in = 2,
    .bind = q_repeated_bind,
    .n_bind = 4,
    .out = q_repeated_row_cols,
    .n_out = 1,
    .row_bytes = sizeof(struct q_repeated_row),
    .max_rows = 7,
    .reads = 20,
    .returns_rows = true,
    .one_row = false,
    .exactly_one_change = false,
    .writes = false,
    .later = false,
};
enum err q_repeated(struct db *db, const struct q_repeated_in *in, const struct q_repeated_row **ret, size_t *ret_n)
{
    void *rows;
    size_t n;
    enum err e = db_exec(db, &q_repeated_stmt, in, &rows, &n);
    if (e != ERR_OK)
        return e;
    *ret = rows;
    *ret_n = n;
    return ERR_OK;
}

static const char q_limit_by_parameter_name[] = "limit_by_parameter";
static const char q_limit_by_parameter_sql[] =
    "SELECT id FROM t WHERE label = '\345\214\227\344\272\254' ORDER BY id LIMIT ?";
static const struct db_col q_limit_by_parameter_in_cols[] = {
    {.name = "top", .type = DB_T_I64, .offset = offsetof(struct q_limit_by_parameter_in, top)},
};
static const struct db_col q_limit_by_parameter_row_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_limit_by_parameter_row, id)},
};
static const uint16_t q_limit_by_parameter_bind[] = {0};
extern const struct db_stmt q_limit_by_parameter_stmt;
const struct db_stmt q_limit_by_parameter_stmt = {
    .index = 19,
    .name = q_limit_by_parameter_name,
    .sql = q_limit_by_parameter_sql,
    .roles = 0 | 1,
    .in = q_limit_by_parameter_in_cols,
    .n_in = 1,
    .bind = q_limit_by_parameter_bind,
    .n_bind = 1,
    .out = q_limit_by_parameter_row_cols,
    .n_out = 1,
    .row_bytes = sizeof(struct q_limit_by_parameter_row),
    .max_rows = 50,
    .reads = 60,
    .returns_rows = true,
    .one_row = false,
    .exactly_one_change = false,
    .writes = false,
    .later = false,
};
enum err q_limit_by_parameter(struct db *db, const struct q_limit_by_parameter_in *in, const struct q_limit_by_parameter_row **ret, size_t *ret_n)
{
    void *rows;
    size_t n;
    enum err e = db_exec(db, &q_limit_by_parameter_stmt, in, &rows, &n);
    if (e != ERR_OK)
        return e;
    *ret = rows;
    *ret_n = n;
    return ERR_OK;
}
