/*
 * admin.h - the owner's side of the database: migrations, accounts and grants, bulk loading.
 *
 * For sudactl and the tests; the programs that serve requests never link it. Here SQL is plain text, because schema
 * statements cannot be prepared ahead of the schema. Values still go by parameter, never into the text.
 * Faults are described in the struct fault given to db_admin_open; a second fault needs fault_clear() first.
 */
#ifndef DB_ADMIN_H
#define DB_ADMIN_H

#include "db/db.h"

struct db_admin;

/* Connects at once. NULL with the fault described. c's strings are not needed afterwards. */
struct db_admin *db_admin_open(const struct db_config *c, struct fault *f);
void db_admin_close(struct db_admin *d); /* NULL is fine; rolls back what is open */
const char *db_admin_database(const struct db_admin *d);

/* One statement; its rows, if any, are dropped. ret_changed may be NULL. */
enum err db_admin_run(struct db_admin *d, const char *sql, size_t *ret_changed) MUST_CHECK;
/* The same with text values for each `?`; a value whose p is NULL is NULL. */
enum err db_admin_run_with(struct db_admin *d, const char *sql, const struct str *values, size_t n, size_t *ret_changed)
    MUST_CHECK;
/* Calls row for each row, cells as text (p NULL for NULL), until it answers other than ERR_OK. Rows are streamed, so
 * row must not use d. */
enum err db_admin_each(struct db_admin *d, const char *sql, enum err (*row)(void *arg, const struct str *cells, size_t n),
                       void *arg) MUST_CHECK;
/* The number in the first column of the first row; ERR_NOT_FOUND when there is no row or it is NULL. */
enum err db_admin_number(struct db_admin *d, const char *sql, int64_t *ret) MUST_CHECK;
/* MariaDB's number of the last failed statement: for callers that expect one. 0 after success. */
unsigned db_admin_errno(const struct db_admin *d);

/*
 * Bulk loading: rows are gathered and sent some thousand at a time as one array insert.
 * Every value of a row is given in the order of the columns, then db_bulk_row(). Text is copied. Between db_bulk_open
 * and db_bulk_close the connection serves nothing else but further bulks.
 *
 *     struct db_bulk *b = db_bulk_open(d, "area", cols, n, DB_BULK_PLAIN);
 *     db_bulk_text(b, code); db_bulk_i64(b, level); ... if ((e = db_bulk_row(b)) != ERR_OK) ...
 *     e = db_bulk_close(b);
 */
enum db_bulk_mode {
    DB_BULK_PLAIN,   /* a duplicate key is a fault */
    DB_BULK_IGNORE,  /* rows that exist already stay as they are */
    DB_BULK_REPLACE, /* and here the new row wins */
};
struct db_bulk_col {
    const char *name;
    enum db_type type;
};
struct db_bulk;

/* NULL with the fault described. cols must outlive the bulk. */
struct db_bulk *db_bulk_open(struct db_admin *d, const char *table, const struct db_bulk_col *cols, size_t n,
                             enum db_bulk_mode mode);
void db_bulk_i64(struct db_bulk *b, int64_t v); /* also for i32 and bool columns */
void db_bulk_u64(struct db_bulk *b, uint64_t v);
void db_bulk_double(struct db_bulk *b, double v);
void db_bulk_text(struct db_bulk *b, struct str v); /* text and blob */
void db_bulk_null(struct db_bulk *b);
enum err db_bulk_row(struct db_bulk *b) MUST_CHECK;
/* Sends what is left and frees b, also after a fault. Rows sent before a fault stay unless the caller opened a
 * transaction with db_admin_run and rolls it back. */
enum err db_bulk_close(struct db_bulk *b) MUST_CHECK;

#endif
