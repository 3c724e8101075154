/* sql_empty.c - made by sqlgen from sql/query/empty.sql; do not edit. */
#include "sql.h"
