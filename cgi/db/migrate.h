/*
 * migrate.h - the schema goes forward: numbered files, each applied once; and the grants that follow from it.
 *
 * A file is sql/schema/NNNN_name.sql. Table schema_migration remembers number, name, SHA-256 and time. MariaDB commits
 * each schema statement by itself, so a file that fails in the middle has done its first statements; write them so that
 * they may run again (IF NOT EXISTS), correct the file, and call again. A file once applied must not change.
 */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "db/admin.h"

struct db_migration_progress {
    int at, of;       /* the file at work, counted from 1, and how many the folder holds; numbers of files may have gaps */
    const char *name; /* NNNN_name.sql */
};

/*
 * Applies what is missing, in order. Only one migration runs at a time on a server (a named lock, waited for one
 * minute). Statements that meet a busy table give up after 2 s and are tried again, so that a migration never makes the
 * queries behind it wait long. *ret_applied counts the files applied now. said may be NULL.
 * Refuses: a changed file, a number that stands twice, a gap behind what is applied, a database newer than the folder.
 */
enum err db_migrate(struct db_admin *d, const char *folder,
                    void (*said)(void *arg, const struct db_migration_progress *p), void *arg, int *ret_applied) MUST_CHECK;

struct db_account {
    const char *user;     /* at localhost */
    const char *password; /* NULL: the account exists already and keeps its password */
    const char *grants;   /* text of gen/grants/<role>.sql: sql_grants_<role> */
    bool add;             /* takes nothing away: while programs of before still run */
};
/*
 * Makes the account when a password is given (needs the right to create users), gives it what its grants say, then
 * takes away whatever else it may do in this database: in this order, so that a running program loses nothing it needs; one
 * of an earlier version may need what no statement of this one asks for, which is what add is there for.
 * A grant is `GRANT word, ... ON `@DB@`.`table` TO '@USER@'@'localhost';`, nothing else is understood.
 */
enum err db_apply_grants(struct db_admin *d, const struct db_account *account) MUST_CHECK;

/* gen/sql_grants.c: the text for each role. */
extern const char sql_grants_citizen[], sql_grants_staff[], sql_grants_open[], sql_grants_worker[], sql_grants_ctl[];

/* ---- parts of it, for the tests ---------------------------------------------------------------------------------- */
struct sql_piece { /* one statement of a file, without its delimiter and the comments before it */
    struct str text;
    int line;
};
/* Takes the next statement off *rest; false at the end. Knows strings, quoted names, comments and lines
 * `DELIMITER xx`; *delimiter must be `;` at first. */
bool sql_next_piece(struct str *rest, int *line, struct str *delimiter, struct sql_piece *ret);

#endif
