/* sql_tables.c - made by sqlgen from sql/query/tables.sql; do not edit. */
#include "sql.h"

static const char q_joins_name[] = "joins";
static const char q_joins_sql[] =
    "SELECT j1.id FROM j1 AS a INNER JOIN j2 b USE INDEX (x) ON a.id = b.id LEFT JOIN (j3 c CROSS JOIN j4"
    ") ON c.id = b.id, j5, (j6) NATURAL JOIN j7 STRAIGHT_JOIN j8 PARTITION (p0, p1) z WHERE EXTRACT(DAY F"
    "ROM a.at) = 1 AND TRIM(BOTH 'x' FROM b.y) = '' LIMIT 5";
static const struct db_col q_joins_row_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_joins_row, id)},
};
extern const struct db_stmt q_joins_stmt;
const struct db_stmt q_joins_stmt = {
    .index = 0,
    .name = q_joins_name,
    .sql = q_joins_sql,
    .roles = 0 | 1,
    .out = q_joins_row_cols,
    .n_out = 1,
    .row_bytes = sizeof(struct q_joins_row),
    .max_rows = 5,
    .reads = 50,
    .returns_rows = true,
    .one_row = false,
    .exactly_one_change = false,
    .writes = false,
    .later = false,
};
enum err q_joins(struct db *db, const struct q_joins_row **ret, size_t *ret_n)
{
    void *rows;
    size_t n;
    enum err e = db_exec(db, &q_joins_stmt, NULL, &rows, &n);
    if (e != ERR_OK)
        return e;
    *ret = rows;
    *ret_n = n;
    return ERR_OK;
}

static const char q_subqueries_name[] = "subqueries";
static const char q_subqueries_sql[] =
    "SELECT s1.id, (SELECT MAX(n) FROM s2 WHERE s2.id = s1.id) AS n FROM s1 JOIN (SELECT id FROM s3 UNION"
    " ALL SELECT id FROM s4) d ON d.id = s1.id WHERE EXISTS (SELECT 1 FROM s5) AND s1.id IN (SELECT id FR"
    "OM s6 WHERE id NOT IN ((SELECT id FROM s7))) ORDER BY id LIMIT 5";
static const struct db_col q_subqueries_row_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_subqueries_row, id)},
    {.name = "n", .type = DB_T_I64, .offset = offsetof(struct q_subqueries_row, n),
     .nullable = true, .has_offset = offsetof(struct q_subqueries_row, has_n)},
};
extern const struct db_stmt q_subqueries_stmt;
const struct db_stmt q_subqueries_stmt = {
    .index = 1,
    .name = q_subqueries_name,
    .sql = q_subqueries_sql,
    .roles = 0 | 2,
    .out = q_subqueries_row_cols,
    .n_out = 2,
    .row_bytes = sizeof(struct q_subqueries_row),
    .max_rows = 5,
    .reads = 50,
    .returns_rows = true,
    .one_row = false,
    .exactly_one_change = false,
    .writes = false,
    .later = false,
};
enum err q_subqueries(struct db *db, const struct q_subqueries_row **ret, size_t *ret_n)
{
    void *rows;
    size_t n;
    enum err e = db_exec(db, &q_subqueries_stmt, NULL, &rows, &n);
    if (e != ERR_OK)
        return e;
    *ret = rows;
    *ret_n = n;
    return ERR_OK;
}

static const char q_with_names_name[] = "with_names";
static const char q_with_names_sql[] =
    "WITH RECURSIVE up (id, parent) AS (SELECT id, parent FROM w1 UNION ALL SELECT w2.id, w2.parent FROM "
    "w2 JOIN up ON up.parent = w2.id), two AS (SELECT id FROM up) SELECT two.id FROM two, w3 WHERE two.id"
    " = w3.id LIMIT 5";
static const struct db_col q_with_names_row_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_with_names_row, id)},
};
extern const struct db_stmt q_with_names_stmt;
const struct db_stmt q_with_names_stmt = {
    .index = 2,
    .name = q_with_names_name,
    .sql = q_with_names_sql,
    .roles = 0 | 4,
    .out = q_with_names_row_cols,
    .n_out = 1,
    .row_bytes = sizeof(struct q_with_names_row),
    .max_rows = 5,
    .reads = 50,
    .returns_rows = true,
    .one_row = false,
    .exactly_one_change = false,
    .writes = false,
    .later = false,
};
enum err q_with_names(struct db *db, const struct q_with_names_row **ret, size_t *ret_n)
{
    void *rows;
    size_t n;
    enum err e = db_exec(db, &q_with_names_stmt, NULL, &rows, &n);
    if (e != ERR_OK)
        return e;
    *ret = rows;
    *ret_n = n;
    return ERR_OK;
}

static const char q_unions_name[] = "unions";
static const char q_unions_sql[] =
    "(SELECT id FROM u1 ORDER BY id LIMIT 3) UNION ALL (SELECT id FROM u2 LIMIT 2) LIMIT 5";
static const struct db_col q_unions_row_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_unions_row, id)},
};
extern const struct db_stmt q_unions_stmt;
const struct db_stmt q_unions_stmt = {
    .index = 3,
    .name = q_unions_name,
    .sql = q_unions_sql,
    .roles = 0 | 4,
    .out = q_unions_row_cols,
    .n_out = 1,
    .row_bytes = sizeof(struct q_unions_row),
    .max_rows = 5,
    .reads = 50,
    .returns_rows = true,
    .one_row = false,
    .exactly_one_change = false,
    .writes = false,
    .later = false,
};
enum err q_unions(struct db *db, const struct q_unions_row **ret, size_t *ret_n)
{
    void *rows;
    size_t n;
    enum err e = db_exec(db, &q_unions_stmt, NULL, &rows, &n);
    if (e != ERR_OK)
        return e;
    *ret = rows;
    *ret_n = n;
    return ERR_OK;
}

static const char q_table_function_name[] = "table_function";
static const char q_table_function_sql[] =
    "SELECT f1.id FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$')) AS l JOIN f1 ON f1.id = l.id LI"
    "MIT 5";
static const struct db_col q_table_function_in_cols[] = {
    {.name = "list", .type = DB_T_TEXT, .offset = offsetof(struct q_table_function_in, list), .max_bytes = 100},
};
static const struct db_col q_table_function_row_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_table_function_row, id)},
};
static const uint16_t q_table_function_bind[] = {0};
extern const struct db_stmt q_table_function_stmt;
const struct db_stmt q_table_function_stmt = {
    .index = 4,
    .name = q_table_function_name,
    .sql = q_table_function_sql,
    .roles = 0 | 4,
    .in = q_table_function_in_cols,
    .n_in = 1,
    .bind = q_table_function_bind,
    .n_bind = 1,
    .out = q_table_function_row_cols,
    .n_out = 1,
    .row_bytes = sizeof(struct q_table_function_row),
    .max_rows = 5,
    .reads = 50,
    .returns_rows = true,
    .one_row = false,
    .exactly_one_change = false,
    .writes = false,
    .later = false,
};
enum err q_table_function(struct db *db, const struct q_table_function_in *in, const struct q_table_function_row **ret, size_t *ret_n)
{
    void *rows;
    size_t n;
    enum err e = db_exec(db, &q_table_function_stmt, in, &rows, &n);
    if (e != ERR_OK)
        return e;
    *ret = rows;
    *ret_n = n;
    return ERR_OK;
}

static const char q_insert_values_name[] = "insert_values";
static const char q_insert_values_sql[] =
    "INSERT IGNORE INTO i1 (id, at) VALUES (?, (SELECT MAX(at) FROM i2))";
static const struct db_col q_insert_values_in_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_insert_values_in, id)},
};
static const uint16_t q_insert_values_bind[] = {0};
extern const struct db_stmt q_insert_values_stmt;
const struct db_stmt q_insert_values_stmt = {
    .index = 5,
    .name = q_insert_values_name,
    .sql = q_insert_values_sql,
    .roles = 0 | 8,
    .in = q_insert_values_in_cols,
    .n_in = 1,
    .bind = q_insert_values_bind,
    .n_bind = 1,
    .max_rows = 1,
    .reads = 1,
    .returns_rows = false,
    .one_row = false,
    .exactly_one_change = false,
    .writes = true,
    .later = false,
};
enum err q_insert_values(struct db *db, const struct q_insert_values_in *in, size_t *ret_changed)
{
    size_t n;
    enum err e = db_exec(db, &q_insert_values_stmt, in, NULL, &n);
    if (e != ERR_OK)
        return e;
    *ret_changed = n;
    return ERR_OK;
}

static const char q_insert_select_name[] = "insert_select";
static const char q_insert_select_sql[] =
    "INSERT INTO i3 (id) SELECT id FROM i4 WHERE id = ? ON DUPLICATE KEY UPDATE n = n + 1, m = VALUES(m)";
static const struct db_col q_insert_select_in_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_insert_select_in, id)},
};
static const uint16_t q_insert_select_bind[] = {0};
extern const struct db_stmt q_insert_select_stmt;
const struct db_stmt q_insert_select_stmt = {
    .index = 6,
    .name = q_insert_select_name,
    .sql = q_insert_select_sql,
    .roles = 0 | 8,
    .in = q_insert_select_in_cols,
    .n_in = 1,
    .bind = q_insert_select_bind,
    .n_bind = 1,
    .max_rows = 1,
    .reads = 9,
    .returns_rows = false,
    .one_row = false,
    .exactly_one_change = true,
    .writes = true,
    .later = false,
};
enum err q_insert_select(struct db *db, const struct q_insert_select_in *in)
{
    size_t n;
    enum err e = db_exec(db, &q_insert_select_stmt, in, NULL, &n);
    return e;
}

static const char q_insert_set_name[] = "insert_set";
static const char q_insert_set_sql[] =
    "INSERT INTO i5 SET id = ? RETURNING id";
static const struct db_col q_insert_set_in_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_insert_set_in, id)},
};
static const struct db_col q_insert_set_row_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_insert_set_row, id)},
};
static const uint16_t q_insert_set_bind[] = {0};
extern const struct db_stmt q_insert_set_stmt;
const struct db_stmt q_insert_set_stmt = {
    .index = 7,
    .name = q_insert_set_name,
    .sql = q_insert_set_sql,
    .roles = 0 | 8,
    .in = q_insert_set_in_cols,
    .n_in = 1,
    .bind = q_insert_set_bind,
    .n_bind = 1,
    .out = q_insert_set_row_cols,
    .n_out = 1,
    .row_bytes = sizeof(struct q_insert_set_row),
    .max_rows = 1,
    .reads = 1,
    .returns_rows = true,
    .one_row = true,
    .exactly_one_change = false,
    .writes = true,
    .later = false,
};
enum err q_insert_set(struct db *db, const struct q_insert_set_in *in, const struct q_insert_set_row **ret)
{
    void *rows;
    size_t n;
    enum err e = db_exec(db, &q_insert_set_stmt, in, &rows, &n);
    if (e != ERR_OK)
        return e;
    *ret = rows;
    return ERR_OK;
}

static const char q_replace_row_name[] = "replace_row";
static const char q_replace_row_sql[] =
    "REPLACE INTO r1 (id) VALUES (?)";
static const struct db_col q_replace_row_in_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_replace_row_in, id)},
};
static const uint16_t q_replace_row_bind[] = {0};
extern const struct db_stmt q_replace_row_stmt;
const struct db_stmt q_replace_row_stmt = {
    .index = 8,
    .name = q_replace_row_name,
    .sql = q_replace_row_sql,
    .roles = 0 | 8,
    .in = q_replace_row_in_cols,
    .n_in = 1,
    .bind = q_replace_row_bind,
    .n_bind = 1,
    .max_rows = 1,
    .reads = 2,
    .returns_rows = false,
    .one_row = false,
    .exactly_one_change = false,
    .writes = true,
    .later = false,
};
enum err q_replace_row(struct db *db, const struct q_replace_row_in *in, size_t *ret_changed)
{
    size_t n;
    enum err e = db_exec(db, &q_replace_row_stmt, in, NULL, &n);
    if (e != ERR_OK)
        return e;
    *ret_changed = n;
    return ERR_OK;
}

static const char q_update_one_name[] = "update_one";
static const char q_update_one_sql[] =
    "UPDATE IGNORE p1 SET n = (SELECT COUNT(*) FROM p2), m = IF(n > 1, 2, 3) WHERE id = ? ORDER BY id LIM"
    "IT 10";
static const struct db_col q_update_one_in_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_update_one_in, id)},
};
static const uint16_t q_update_one_bind[] = {0};
extern const struct db_stmt q_update_one_stmt;
const struct db_stmt q_update_one_stmt = {
    .index = 9,
    .name = q_update_one_name,
    .sql = q_update_one_sql,
    .roles = 0 | 16,
    .in = q_update_one_in_cols,
    .n_in = 1,
    .bind = q_update_one_bind,
    .n_bind = 1,
    .max_rows = 1,
    .reads = 2,
    .returns_rows = false,
    .one_row = false,
    .exactly_one_change = false,
    .writes = true,
    .later = false,
};
enum err q_update_one(struct db *db, const struct q_update_one_in *in, size_t *ret_changed)
{
    size_t n;
    enum err e = db_exec(db, &q_update_one_stmt, in, NULL, &n);
    if (e != ERR_OK)
        return e;
    *ret_changed = n;
    return ERR_OK;
}

static const char q_update_several_name[] = "update_several";
static const char q_update_several_sql[] =
    "UPDATE p3 x JOIN p4 AS y ON y.id = x.id JOIN (SELECT id FROM p5) z ON z.id = x.id SET x.n = y.n + CO"
    "ALESCE(y.m, 0), y.m = 0 WHERE x.id = ?";
static const struct db_col q_update_several_in_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_update_several_in, id)},
};
static const uint16_t q_update_several_bind[] = {0};
extern const struct db_stmt q_update_several_stmt;
const struct db_stmt q_update_several_stmt = {
    .index = 10,
    .name = q_update_several_name,
    .sql = q_update_several_sql,
    .roles = 0 | 16,
    .in = q_update_several_in_cols,
    .n_in = 1,
    .bind = q_update_several_bind,
    .n_bind = 1,
    .max_rows = 1,
    .reads = 0,
    .returns_rows = false,
    .one_row = false,
    .exactly_one_change = false,
    .writes = true,
    .later = false,
};
enum err q_update_several(struct db *db, const struct q_update_several_in *in, size_t *ret_changed)
{
    size_t n;
    enum err e = db_exec(db, &q_update_several_stmt, in, NULL, &n);
    if (e != ERR_OK)
        return e;
    *ret_changed = n;
    return ERR_OK;
}

static const char q_delete_rows_name[] = "delete_rows";
static const char q_delete_rows_sql[] =
    "DELETE FROM d1 WHERE at < ? AND NOT EXISTS (SELECT 1 FROM d2 WHERE d2.id = d1.id) LIMIT 500";
static const struct db_col q_delete_rows_in_cols[] = {
    {.name = "at", .type = DB_T_I64, .offset = offsetof(struct q_delete_rows_in, at)},
};
static const uint16_t q_delete_rows_bind[] = {0};
extern const struct db_stmt q_delete_rows_stmt;
const struct db_stmt q_delete_rows_stmt = {
    .index = 11,
    .name = q_delete_rows_name,
    .sql = q_delete_rows_sql,
    .roles = 0 | 16,
    .in = q_delete_rows_in_cols,
    .n_in = 1,
    .bind = q_delete_rows_bind,
    .n_bind = 1,
    .max_rows = 1,
    .reads = 0,
    .returns_rows = false,
    .one_row = false,
    .exactly_one_change = false,
    .writes = true,
    .later = false,
};
enum err q_delete_rows(struct db *db, const struct q_delete_rows_in *in, size_t *ret_changed)
{
    size_t n;
    enum err e = db_exec(db, &q_delete_rows_stmt, in, NULL, &n);
    if (e != ERR_OK)
        return e;
    *ret_changed = n;
    return ERR_OK;
}

static const char q_delete_joined_name[] = "delete_joined";
static const char q_delete_joined_sql[] =
    "DELETE x FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) j STRAIGHT_JOIN d4 x ON x."
    "id = j.id LEFT JOIN d5 y ON y.id = x.id WHERE y.id IS NULL";
static const struct db_col q_delete_joined_in_cols[] = {
    {.name = "ids", .type = DB_T_TEXT, .offset = offsetof(struct q_delete_joined_in, ids), .max_bytes = 100},
};
static const uint16_t q_delete_joined_bind[] = {0};
extern const struct db_stmt q_delete_joined_stmt;
const struct db_stmt q_delete_joined_stmt = {
    .index = 12,
    .name = q_delete_joined_name,
    .sql = q_delete_joined_sql,
    .roles = 0 | 8,
    .in = q_delete_joined_in_cols,
    .n_in = 1,
    .bind = q_delete_joined_bind,
    .n_bind = 1,
    .max_rows = 1,
    .reads = 5,
    .returns_rows = false,
    .one_row = false,
    .exactly_one_change = false,
    .writes = true,
    .later = true,
};
enum err q_delete_joined(struct db *db, const struct q_delete_joined_in *in)
{
    size_t n;
    enum err e = db_exec(db, &q_delete_joined_stmt, in, NULL, &n);
    return e;
}

static const char q_delete_returning_name[] = "delete_returning";
static const char q_delete_returning_sql[] =
    "DELETE FROM d3 WHERE id < ? ORDER BY id LIMIT 10 RETURNING id";
static const struct db_col q_delete_returning_in_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_delete_returning_in, id)},
};
static const struct db_col q_delete_returning_row_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_delete_returning_row, id)},
};
static const uint16_t q_delete_returning_bind[] = {0};
extern const struct db_stmt q_delete_returning_stmt;
const struct db_stmt q_delete_returning_stmt = {
    .index = 13,
    .name = q_delete_returning_name,
    .sql = q_delete_returning_sql,
    .roles = 0 | 8,
    .in = q_delete_returning_in_cols,
    .n_in = 1,
    .bind = q_delete_returning_bind,
    .n_bind = 1,
    .out = q_delete_returning_row_cols,
    .n_out = 1,
    .row_bytes = sizeof(struct q_delete_returning_row),
    .max_rows = 10,
    .reads = 10,
    .returns_rows = true,
    .one_row = false,
    .exactly_one_change = false,
    .writes = true,
    .later = false,
};
enum err q_delete_returning(struct db *db, const struct q_delete_returning_in *in, const struct q_delete_returning_row **ret, size_t *ret_n)
{
    void *rows;
    size_t n;
    enum err e = db_exec(db, &q_delete_returning_stmt, in, &rows, &n);
    if (e != ERR_OK)
        return e;
    *ret = rows;
    *ret_n = n;
    return ERR_OK;
}

static const char q_lock_row_name[] = "lock_row";
static const char q_lock_row_sql[] =
    "SELECT id FROM l1 WHERE id = ? FOR UPDATE SKIP LOCKED";
static const struct db_col q_lock_row_in_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_lock_row_in, id)},
};
static const struct db_col q_lock_row_row_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_lock_row_row, id)},
};
static const uint16_t q_lock_row_bind[] = {0};
extern const struct db_stmt q_lock_row_stmt;
const struct db_stmt q_lock_row_stmt = {
    .index = 14,
    .name = q_lock_row_name,
    .sql = q_lock_row_sql,
    .roles = 0 | 8,
    .in = q_lock_row_in_cols,
    .n_in = 1,
    .bind = q_lock_row_bind,
    .n_bind = 1,
    .out = q_lock_row_row_cols,
    .n_out = 1,
    .row_bytes = sizeof(struct q_lock_row_row),
    .max_rows = 1,
    .reads = 1,
    .returns_rows = true,
    .one_row = true,
    .exactly_one_change = false,
    .writes = true,
    .later = false,
};
enum err q_lock_row(struct db *db, const struct q_lock_row_in *in, const struct q_lock_row_row **ret)
{
    void *rows;
    size_t n;
    enum err e = db_exec(db, &q_lock_row_stmt, in, &rows, &n);
    if (e != ERR_OK)
        return e;
    *ret = rows;
    return ERR_OK;
}

static const char q_nobody_waits_name[] = "nobody_waits";
static const char q_nobody_waits_sql[] =
    "INSERT INTO n1 (id) VALUES (?)";
static const struct db_col q_nobody_waits_in_cols[] = {
    {.name = "id", .type = DB_T_U64, .offset = offsetof(struct q_nobody_waits_in, id)},
};
static const uint16_t q_nobody_waits_bind[] = {0};
extern const struct db_stmt q_nobody_waits_stmt;
const struct db_stmt q_nobody_waits_stmt = {
    .index = 15,
    .name = q_nobody_waits_name,
    .sql = q_nobody_waits_sql,
    .roles = 0 | 8,
    .in = q_nobody_waits_in_cols,
    .n_in = 1,
    .bind = q_nobody_waits_bind,
    .n_bind = 1,
    .max_rows = 1,
    .reads = 1,
    .returns_rows = false,
    .one_row = false,
    .exactly_one_change = false,
    .writes = true,
    .later = true,
};
enum err q_nobody_waits(struct db *db, const struct q_nobody_waits_in *in)
{
    size_t n;
    enum err e = db_exec(db, &q_nobody_waits_stmt, in, NULL, &n);
    return e;
}
