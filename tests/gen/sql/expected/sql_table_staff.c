/* sql_table_staff.c - made by sqlgen: the statements that staff may run; do not edit. */
#include "sql.h"

extern const struct db_stmt q_subqueries_stmt;
extern const struct db_stmt q_all_types_stmt;

static const struct db_stmt *const statements[] = {
    &q_subqueries_stmt,
    &q_all_types_stmt,
    NULL,
};
const struct db_catalogue sql_catalogue_staff = {
    .role = (enum db_role)2,
    .role_name = "staff",
    .statements = statements,
    .n = 2,
    .n_all = 20,
};
