/* sql_table_ctl.c - made by sqlgen: the statements that ctl may run; do not edit. */
#include "sql.h"

extern const struct db_stmt q_update_one_stmt;
extern const struct db_stmt q_update_several_stmt;
extern const struct db_stmt q_delete_rows_stmt;
extern const struct db_stmt q_all_types_stmt;

static const struct db_stmt *const statements[] = {
    &q_update_one_stmt,
    &q_update_several_stmt,
    &q_delete_rows_stmt,
    &q_all_types_stmt,
    NULL,
};
const struct db_catalogue sql_catalogue_ctl = {
    .role = (enum db_role)16,
    .role_name = "ctl",
    .statements = statements,
    .n = 4,
    .n_all = 20,
};
