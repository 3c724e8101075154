/*
 * harness.h - what the tests of the database layer share: connections, a table to play with, SQL behind the layer's back.
 *
 * DB_SOCKET names the server (scripts/testdb), DB_NAME the database, which the tests may fill and empty as they like.
 */
#ifndef TESTS_DB_HARNESS_H
#define TESTS_DB_HARNESS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/admin.h"
#include "db/db.h"

struct conn {
    struct db *db;
    struct arena *a;
    struct fault f;
};

struct db_config harness_config(const char *user); /* user: "citizen" for suda_citizen */
struct conn *conn_open(const char *user, const struct db_catalogue *role);
struct conn *conn_open_with(struct db_config c, const struct db_catalogue *role);
void conn_close(struct conn *c);
/* A fresh request on the connection: empty arena, no fault, no deadline. */
void conn_reset(struct conn *c);

struct db_admin *harness_admin(void); /* the owner; one for the program */
void admin_run(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
int64_t admin_number(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void harness_tables(void); /* makes or empties the tables of query/runtime.sql */
/* Ends a connection of the given account by its id, as that account. */
void harness_kill(const char *user, uint64_t id);
/* Runs fn in a child process; true when it was ended by SIGABRT (BUG_ON). */
bool harness_aborts(void (*fn)(void *arg), void *arg);

#define assert_err(want, got) assert_int_equal((int)(want), (int)(got))

#endif
