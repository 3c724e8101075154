/*
 * product.h - the product's statements, accounts and tables, as test_roles and test_reads see them.
 */
#ifndef TESTS_DB_PRODUCT_H
#define TESTS_DB_PRODUCT_H

#include "harness.h"

struct role {
    const char *user; /* suda_<user> */
    const struct db_catalogue *catalogue;
    const char *grants;
};
enum { ROLES = 5 };
extern const struct role roles[ROLES];

struct need { /* one line of gen/sql_tables.txt */
    char statement[64], table[64];
    unsigned privileges; /* 1 SELECT, 2 INSERT, 4 UPDATE, 8 DELETE */
};
extern struct need *needs;
extern size_t n_needs;

void product_migrate(void); /* brings the database to the schema of SQL_SCHEMA */
void product_apply_grants(const struct role *r);
void product_read_needs(void);
/* Prepares statements on a new connection of that account, whatever its role; NULL or what was refused. */
const char *product_refusal(const struct role *r, const struct db_stmt *const *statements, uint16_t n);
bool product_may_run(const struct role *r, const struct db_stmt *s);

#endif
