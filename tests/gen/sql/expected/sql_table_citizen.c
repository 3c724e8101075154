/* sql_table_citizen.c - made by sqlgen: the statements that citizen may run; do not edit. */
#include "sql.h"

extern const struct db_stmt q_joins_stmt;
extern const struct db_stmt q_all_types_stmt;
extern const struct db_stmt q_repeated_stmt;
extern const struct db_stmt q_limit_by_parameter_stmt;

static const struct db_stmt *const statements[] = {
    &q_joins_stmt,
    &q_all_types_stmt,
    &q_repeated_stmt,
    &q_limit_by_parameter_stmt,
    NULL,
};
const struct db_catalogue sql_catalogue_citizen = {
    .role = (enum db_role)1,
    .role_name = "citizen",
    .statements = statements,
    .n = 4,
    .n_all = 20,
};
