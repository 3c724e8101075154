/* sql_table_open.c - made by sqlgen: the statements that open may run; do not edit. */
#include "sql.h"

extern const struct db_stmt q_with_names_stmt;
extern const struct db_stmt q_unions_stmt;
extern const struct db_stmt q_table_function_stmt;
extern const struct db_stmt q_all_types_stmt;
extern const struct db_stmt q_no_parameters_stmt;

static const struct db_stmt *const statements[] = {
    &q_with_names_stmt,
    &q_unions_stmt,
    &q_table_function_stmt,
    &q_all_types_stmt,
    &q_no_parameters_stmt,
    NULL,
};
const struct db_catalogue sql_catalogue_open = {
    .role = (enum db_role)4,
    .role_name = "open",
    .statements = statements,
    .n = 5,
    .n_all = 20,
};
