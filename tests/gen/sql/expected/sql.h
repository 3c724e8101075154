/* sql.h - made by sqlgen from sql/query; do not edit. What a statement does stands there. */
#ifndef GEN_SQL_H
#define GEN_SQL_H

#include "db/db.h"

/* tables.sql:8; run by citizen; at most 5 rows */
struct q_joins_row {
    uint64_t id;
};
enum err q_joins(struct db *db, const struct q_joins_row **ret, size_t *ret_n) MUST_CHECK;

/* tables.sql:16; run by staff; at most 5 rows */
struct q_subqueries_row {
    uint64_t id;
    int64_t n;
    bool has_n;
};
enum err q_subqueries(struct db *db, const struct q_subqueries_row **ret, size_t *ret_n) MUST_CHECK;

/* tables.sql:24; run by open; at most 5 rows */
struct q_with_names_row {
    uint64_t id;
};
enum err q_with_names(struct db *db, const struct q_with_names_row **ret, size_t *ret_n) MUST_CHECK;

/* tables.sql:32; run by open; at most 5 rows */
struct q_unions_row {
    uint64_t id;
};
enum err q_unions(struct db *db, const struct q_unions_row **ret, size_t *ret_n) MUST_CHECK;

/* tables.sql:40; run by open; at most 5 rows */
struct q_table_function_in {
    struct str list; /* at most 100 bytes */
};
struct q_table_function_row {
    uint64_t id;
};
enum err q_table_function(struct db *db, const struct q_table_function_in *in, const struct q_table_function_row **ret, size_t *ret_n) MUST_CHECK;

/* tables.sql:47; run by worker */
struct q_insert_values_in {
    uint64_t id;
};
enum err q_insert_values(struct db *db, const struct q_insert_values_in *in, size_t *ret_changed) MUST_CHECK;

/* tables.sql:54; run by worker */
struct q_insert_select_in {
    uint64_t id;
};
enum err q_insert_select(struct db *db, const struct q_insert_select_in *in) MUST_CHECK;

/* tables.sql:62; run by worker */
struct q_insert_set_in {
    uint64_t id;
};
struct q_insert_set_row {
    uint64_t id;
};
enum err q_insert_set(struct db *db, const struct q_insert_set_in *in, const struct q_insert_set_row **ret) MUST_CHECK;

/* tables.sql:69; run by worker */
struct q_replace_row_in {
    uint64_t id;
};
enum err q_replace_row(struct db *db, const struct q_replace_row_in *in, size_t *ret_changed) MUST_CHECK;

/* tables.sql:76; run by ctl */
struct q_update_one_in {
    uint64_t id;
};
enum err q_update_one(struct db *db, const struct q_update_one_in *in, size_t *ret_changed) MUST_CHECK;

/* tables.sql:83; run by ctl */
struct q_update_several_in {
    uint64_t id;
};
enum err q_update_several(struct db *db, const struct q_update_several_in *in, size_t *ret_changed) MUST_CHECK;

/* tables.sql:90; run by ctl */
struct q_delete_rows_in {
    int64_t at;
};
enum err q_delete_rows(struct db *db, const struct q_delete_rows_in *in, size_t *ret_changed) MUST_CHECK;

/* tables.sql:97; run by worker */
struct q_delete_joined_in {
    struct str ids; /* at most 100 bytes */
};
enum err q_delete_joined(struct db *db, const struct q_delete_joined_in *in) MUST_CHECK;

/* tables.sql:105; run by worker; at most 10 rows */
struct q_delete_returning_in {
    uint64_t id;
};
struct q_delete_returning_row {
    uint64_t id;
};
enum err q_delete_returning(struct db *db, const struct q_delete_returning_in *in, const struct q_delete_returning_row **ret, size_t *ret_n) MUST_CHECK;

/* tables.sql:113; run by worker */
struct q_lock_row_in {
    uint64_t id;
};
struct q_lock_row_row {
    uint64_t id;
};
enum err q_lock_row(struct db *db, const struct q_lock_row_in *in, const struct q_lock_row_row **ret) MUST_CHECK;

/* tables.sql:120; run by worker */
struct q_nobody_waits_in {
    uint64_t id;
};
enum err q_nobody_waits(struct db *db, const struct q_nobody_waits_in *in) MUST_CHECK;

/* types.sql:12; run by citizen staff open worker ctl */
struct q_all_types_in {
    int64_t a;
    uint64_t b;
    int32_t c;
    bool d;
    double e;
    struct str f; /* at most 10 bytes */
    struct str g; /* at most 20 bytes */
    int64_t an;
    bool has_an;
    uint64_t bn;
    bool has_bn;
    int32_t cn;
    bool has_cn;
    bool dn;
    bool has_dn;
    double en;
    bool has_en;
    struct str fn;
    bool has_fn; /* at most 10 bytes */
    struct str gn;
    bool has_gn; /* at most 20 bytes */
};
struct q_all_types_row {
    int64_t a;
    uint64_t b;
    int32_t c;
    bool d;
    double e;
    struct str f; /* at most 10 bytes */
    struct str g; /* at most 20 bytes */
    int64_t an;
    bool has_an;
    uint64_t bn;
    bool has_bn;
    int32_t cn;
    bool has_cn;
    bool dn;
    bool has_dn;
    double en;
    bool has_en;
    struct str fn;
    bool has_fn; /* at most 10 bytes */
    struct str gn;
    bool has_gn; /* at most 20 bytes */
};
enum err q_all_types(struct db *db, const struct q_all_types_in *in, const struct q_all_types_row **ret) MUST_CHECK;

/* types.sql:20; run by open */
struct q_no_parameters_row {
    int64_t n;
};
enum err q_no_parameters(struct db *db, const struct q_no_parameters_row **ret) MUST_CHECK;

/* types.sql:28; run by citizen; at most 7 rows */
struct q_repeated_in {
    int64_t x;
    struct str y; /* at most 9 bytes */
};
struct q_repeated_row {
    uint64_t id;
};
enum err q_repeated(struct db *db, const struct q_repeated_in *in, const struct q_repeated_row **ret, size_t *ret_n) MUST_CHECK;

/* types.sql:38; run by citizen; at most 50 rows */
struct q_limit_by_parameter_in {
    int64_t top;
};
struct q_limit_by_parameter_row {
    uint64_t id;
};
enum err q_limit_by_parameter(struct db *db, const struct q_limit_by_parameter_in *in, const struct q_limit_by_parameter_row **ret, size_t *ret_n) MUST_CHECK;

#endif
