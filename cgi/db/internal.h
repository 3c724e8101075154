/*
 * internal.h - what the files of this layer share. Nobody outside db includes it.
 */
#ifndef DB_INTERNAL_H
#define DB_INTERNAL_H

#include <mysql.h>

#include "db/db.h"

/* What an error number of server or client library means for us. */
enum db_kind {
    KIND_NONE,
    KIND_DUPLICATE,
    KIND_RETRY,     /* deadlock, lock wait, snapshot conflict: the transaction is to be run again */
    KIND_LOST,      /* the connection is gone, or of no more use */
    KIND_REPREPARE, /* only the prepared statement is gone */
    KIND_TIMEOUT,   /* the statement was stopped for its time */
    KIND_DOWN,      /* the server refuses for now: full, read-only, not there */
    KIND_FAULT,     /* ours */
};
enum db_kind db_kind_of(unsigned error_number);

enum db_tx { TX_NONE, TX_LAZY /* nothing sent yet */, TX_OPEN, TX_BROKEN /* to be run again */ };

enum { DB_RERUNS = 3, CELL_TEXT_MAX = 4096, LATER_MAX = 32, KEPT_MAX = 32, BLOCKS_MAX = 32 };

union db_cell { /* where the library puts a fixed-size value */
    int64_t i64;
    uint64_t u64;
    int32_t i32;
    int8_t flag;
    double number;
};

/* A statement as prepared on the present connection, with the buffers bound to it. One allocation beside the handle. */
struct db_prepared {
    MYSQL_STMT *handle;
    MYSQL_BIND *in, *out;
    union db_cell *cells;
    unsigned long *lengths;
    my_bool *nulls, *errors;
    char *text; /* of the short text columns, one after the other */
};

struct db_kept { /* a statement not yet sent, with its values in the arena */
    const struct db_stmt *s;
    const void *in;
};
struct db_block; /* block.c */

struct db {
    struct db_config config;
    const struct db_catalogue *role;
    MYSQL *my; /* NULL = not connected */
    struct db_prepared **prepared; /* by statement index */
    struct arena *a;
    struct fault *f;
    int64_t deadline_us;
    enum db_tx tx;
    bool has_now, duplicate;
    int64_t now_us;
    int64_t clock_us, clock_asked_us; /* last answer of the server's clock, and when by our monotonic one; 0 = none on this connection */
    const char *later[LATER_MAX]; /* names of what was sent and whose reply is still to be read */
    int n_later;
    struct db_kept kept[KEPT_MAX];
    int n_kept;
    struct db_block *blocks[BLOCKS_MAX];
    unsigned next_block;
    enum err doomed; /* a statement sent before has failed: the transaction ends with this */
    MYSQL_STMT *reading; /* its result is stored; a jump out of the handler leaves it so */
    int count;
    int64_t time_us;
    unsigned error_number;
    char error_text[200];
};

/* connect.c */
enum db_kind db_connect(struct db *db);
void db_disconnect(struct db *db);
enum db_kind db_query(struct db *db, const char *sql); /* text protocol, without result */
enum db_kind db_note_error(struct db *db, unsigned number, const char *text);
/* The fault for a kind; `what` is a statement's name or an act. */
enum err db_fault(struct db *db, enum db_kind kind, const char *what);
bool db_past_deadline(const struct db *db);
void db_pause(int attempt);

/* prepare.c: *ret stays valid until the connection goes. */
enum db_kind db_prepare(struct db *db, const struct db_stmt *s, struct db_prepared **ret);
void db_unprepare(struct db *db, uint16_t index);
void db_type_binds(MYSQL_BIND *b, const struct db_stmt *s);

/* exec.c */
void db_bind_values(MYSQL_BIND *b, const struct db_stmt *s, const void *in);
enum db_kind db_send_kept(struct db *db); /* one by one, without waiting; a failure ends the transaction */

/* block.c: statements kept until the transaction ends, then sent with its COMMIT. */
void db_keep(struct db *db, const struct db_stmt *s, const void *in);
enum db_kind db_commit_block(struct db *db);
void db_forget_blocks(struct db *db);

/* later.c: sending without waiting. All but LOST leave the connection in step. */
enum db_kind db_send(struct db *db, struct db_prepared *p, const char *name);
enum db_kind db_send_query(struct db *db, const char *sql); /* sql must stay: it is the name in messages */
enum db_kind db_settle(struct db *db); /* reads all replies; the first failure */
/* The transaction cannot be committed any more: to be run again, or doomed. */
enum db_kind db_doom(struct db *db, enum db_kind kind);
enum db_kind db_settle_with_last(struct db *db, size_t *ret_changed);

/* tx.c */
enum db_kind db_begin_if_due(struct db *db); /* sends, does not wait */
enum db_kind db_roll_back(struct db *db);

#endif
