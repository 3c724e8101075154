/* sql_table_worker.c - made by sqlgen: the statements that worker may run; do not edit. */
#include "sql.h"

extern const struct db_stmt q_insert_values_stmt;
extern const struct db_stmt q_insert_select_stmt;
extern const struct db_stmt q_insert_set_stmt;
extern const struct db_stmt q_replace_row_stmt;
extern const struct db_stmt q_delete_joined_stmt;
extern const struct db_stmt q_delete_returning_stmt;
extern const struct db_stmt q_lock_row_stmt;
extern const struct db_stmt q_nobody_waits_stmt;
extern const struct db_stmt q_all_types_stmt;

static const struct db_stmt *const statements[] = {
    &q_insert_values_stmt,
    &q_insert_select_stmt,
    &q_insert_set_stmt,
    &q_replace_row_stmt,
    &q_delete_joined_stmt,
    &q_delete_returning_stmt,
    &q_lock_row_stmt,
    &q_nobody_waits_stmt,
    &q_all_types_stmt,
    NULL,
};
const struct db_catalogue sql_catalogue_worker = {
    .role = (enum db_role)8,
    .role_name = "worker",
    .statements = statements,
    .n = 9,
    .n_all = 20,
};
