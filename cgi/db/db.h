/*
 * db.h - one connection to MariaDB, its prepared statements, and transactions.
 *
 * The only part that knows mysql.h. Statements come from sql/query through sqlgen as q_<name>() functions (gen/sql.h);
 * nobody writes SQL in C. A connection belongs to one process and one thread. It reconnects by itself between acts,
 * never inside a transaction: there the whole function given to tx_run is run again.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/arena.h"
#include "base/err.h"

/* Roles are database accounts; a statement names those that may run it, and grants are made from that. */
enum db_role { DB_CITIZEN = 1, DB_STAFF = 2, DB_OPEN = 4, DB_WORKER = 8, DB_CTL = 16 };

struct db_config {
    const char *socket, *user, *password, *database;
    int connect_timeout_ms, read_timeout_ms, max_statement_ms;
};

struct db;
struct db_catalogue; /* the statements of one role, made by sqlgen; a program links the one it runs as */
extern const struct db_catalogue sql_catalogue_citizen, sql_catalogue_staff, sql_catalogue_open, sql_catalogue_worker,
    sql_catalogue_ctl;

/* Opens lazily: db_new never talks to the server. The strings must outlive it. A statement that is not in the
 * catalogue is a mistake of ours and aborts, whatever the server would say. */
struct db *db_new(const struct db_config *c, const struct db_catalogue *role);
void db_free(struct db *db);

/*
 * Called by the request loop before and after each request. db_begin_request sets where faults are described and the
 * deadline (monotonic us, 0 = none) after which statements are refused with ERR_UNAVAILABLE; db_end_request rolls back
 * whatever a jump out of the handler left open.
 */
void db_begin_request(struct db *db, struct arena *a, struct fault *f, int64_t deadline_us);
void db_prolong(struct db *db, int64_t deadline_us); /* a later deadline, for an answer that goes out piece by piece */
void db_end_request(struct db *db);

enum err db_ping(struct db *db) MUST_CHECK;
/* Refuses (ERR_INTERNAL, detail says which) a server whose settings differ from those the product relies on:
 * flush_log_at_trx_commit, sync_binlog, snapshot isolation, strict mode, utf8mb4, UTC. */
enum err db_check_server(struct db *db, bool durable) MUST_CHECK;
/* Prepares every statement of this role; detail names the first that fails. */
enum err db_check_statements(struct db *db) MUST_CHECK;

/* Microseconds since 1970 UTC by the database clock; inside tx_run the same value for the whole transaction. */
enum err db_now(struct db *db, int64_t *ret_us) MUST_CHECK;
/* The same without a round trip when this connection has asked within a second: that answer, moved on by our monotonic clock. For
 * an act that follows on no other, as it may be off by what two clocks drift in a second. Inside tx_run db_now then says the same. */
enum err db_now_first(struct db *db, int64_t *ret_us) MUST_CHECK;

/*
 * Runs fn in a READ COMMITTED transaction: commits on ERR_OK, rolls back on anything else. On deadlock, lock wait,
 * snapshot conflict (1213, 1205, 1020) or a lost connection, COMMIT included, the whole of fn is run again, at most
 * three times with jitter; fn must therefore take its identity from its input (a key or a version). After a lost COMMIT
 * fn runs again and must recognise its own finished act. Not reentrant.
 */
enum err tx_run(struct db *db, enum err (*fn)(struct db *db, void *arg), void *arg) MUST_CHECK;

/* True when the last statement failed on a duplicate key (1062), which the caller may treat as an answer. */
bool db_was_duplicate(const struct db *db);
/* How many statements ran since db_begin_request, and their time: for the log line. */
int db_statement_count(const struct db *db);
int64_t db_time_us(const struct db *db);

/*
 * What a q_<name>() answers, beside ERR_OK. The first three are answers rather than faults: nothing is described in
 * the request's fault, because the caller knows what the absence means.
 *   ERR_NOT_FOUND    `rows: one` and there is none
 *   ERR_CONFLICT     `rows: change=1` and not exactly one row changed (a row set to the values it has counts as none)
 *   ERR_CONFLICT     a duplicate key; db_was_duplicate() is true. Inside tx_run only that statement is undone
 *   ERR_UNAVAILABLE  the server is away, too slow, or a lock was not to be had (reason DB_DOWN, DB_BUSY, DB_TIMEOUT)
 *   ERR_INTERNAL     ours: a refused privilege, a value over its declared size, NULL where none was declared
 * A statement with `rows: later` is kept inside tx_run, its values copied into the arena, and sent with what comes next;
 * those at the end of a transaction go as one command with COMMIT. When it fails, a later statement or the end of
 * the transaction says so, and nothing of the transaction stays; a duplicate key then counts as an id drawn twice, and fn
 * is run again.
 * Outside tx_run a read is run again on a lost connection; a change is run again only when it surely did not happen.
 */

/* Rows the server has read for this connection so far (the sum of Handler_read_*): the tests hold statements to their
 * bounds with it. Asking costs some rows itself, the same number each time. */
enum err db_rows_read(struct db *db, uint64_t *ret) MUST_CHECK;

/* ---- used by generated code only ------------------------------------------------------------------------------- */
enum db_type { DB_T_I64, DB_T_U64, DB_T_I32, DB_T_BOOL, DB_T_TEXT, DB_T_BLOB, DB_T_DOUBLE };
struct db_col { /* where a value sits in the row or input struct */
    const char *name;
    enum db_type type;
    bool nullable;       /* then a bool has_<name> stands at has_offset */
    uint32_t offset, has_offset, max_bytes; /* max_bytes of text and blob */
};
struct db_stmt {
    uint16_t index;      /* among all statements of all roles */
    const char *name, *sql;
    unsigned roles;      /* enum db_role, or-ed */
    const struct db_col *in, *out;
    const uint16_t *bind; /* the n-th ? takes in[bind[n]] */
    uint16_t n_in, n_out, n_bind;
    uint32_t row_bytes;
    uint32_t max_rows;   /* more rows than this is a bug of ours: the statement carries LIMIT */
    uint32_t reads;      /* bound on rows read per call, checked by tests; 0 = unbounded job statement */
    bool returns_rows, one_row, exactly_one_change, writes, later;
};
struct db_catalogue {
    enum db_role role;
    const char *role_name;
    const struct db_stmt *const *statements; /* ends with NULL */
    uint16_t n, n_all; /* n_all: statements of all roles, one more than the highest index */
};

/* Rows land in the request arena; ret_rows is NULL for statements without rows, then *ret_n counts the rows changed. */
enum err db_exec(struct db *db, const struct db_stmt *s, const void *in, void **ret_rows, size_t *ret_n) MUST_CHECK;

#endif
