/*
 * tx.c - transactions that are run again when the database asks for it.
 *
 * START TRANSACTION is sent with the first statement, not before: an act that is refused by its own checks costs no
 * round trip. The clock of the database rides on it when the act asks for the time first.
 */
#include <errmsg.h>

#include "db/internal.h"

/* Exact to the microsecond: UNIX_TIMESTAMP of a DATETIME(6) is a decimal. */
#define NOW_SQL "SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)"
static const char now_alone[] = NOW_SQL;
static const char now_with_begin[] = "BEGIN NOT ATOMIC START TRANSACTION; " NOW_SQL "; END";

enum db_kind db_begin_if_due(struct db *db)
{
    if (db->tx != TX_LAZY)
        return KIND_NONE;
    enum db_kind kind = db_query(db, "START TRANSACTION");
    if (kind == KIND_NONE)
        db->tx = TX_OPEN;
    return kind;
}

/* Reads the one number and whatever results follow it. */
static enum db_kind read_now(struct db *db, int64_t *ret_us)
{
    MYSQL_RES *res = mysql_store_result(db->my);
    MYSQL_ROW row = res ? mysql_fetch_row(res) : NULL;
    bool ok = row && row[0] && parse_i64(str_from_c(row[0]), 1, INT64_MAX, ret_us);
    if (res)
        mysql_free_result(res);
    int more = mysql_next_result(db->my);
    if (more > 0 || mysql_errno(db->my) != 0)
        return db_note_error(db, mysql_errno(db->my), mysql_error(db->my));
    return ok ? KIND_NONE : db_note_error(db, CR_UNKNOWN_ERROR, "the server gave no time");
}

static enum db_kind ask_now(struct db *db, int64_t *ret_us)
{
    enum db_kind kind = db_connect(db);
    bool begin = db->tx == TX_LAZY;
    if (kind == KIND_NONE)
        kind = db_query(db, begin ? now_with_begin : now_alone);
    if (kind == KIND_NONE && begin)
        db->tx = TX_OPEN;
    if (kind == KIND_NONE)
        kind = read_now(db, ret_us);
    return kind;
}

enum err db_now(struct db *db, int64_t *ret_us)
{
    if (db->tx != TX_NONE && db->has_now) {
        *ret_us = db->now_us;
        return ERR_OK;
    }
    for (int attempt = 0;; attempt++) {
        if (db->tx == TX_BROKEN)
            return ERR_UNAVAILABLE;
        if (db_past_deadline(db))
            return fault_set(db->f, ERR_UNAVAILABLE, "UNAVAILABLE", "deadline before the clock");
        enum db_kind kind = ask_now(db, ret_us);
        db->count++;
        if (kind == KIND_NONE)
            break;
        if (kind == KIND_LOST)
            db_disconnect(db);
        if (kind == KIND_LOST && db->tx != TX_NONE)
            db->tx = TX_BROKEN;
        if (kind != KIND_LOST || db->tx != TX_NONE || attempt >= DB_RERUNS)
            return db_fault(db, kind, "clock");
    }
    db->has_now = db->tx != TX_NONE;
    db->now_us = *ret_us;
    return ERR_OK;
}

/* Ends the transaction as fn wished. TX_BROKEN on return: it is to be run again. */
static enum err finish(struct db *db, enum err e)
{
    if (db->tx != TX_OPEN)
        return db->tx == TX_BROKEN && e == ERR_OK ? ERR_UNAVAILABLE : e;
    if (e != ERR_OK) {
        if (db_query(db, "ROLLBACK") != KIND_NONE)
            db_disconnect(db); /* the server rolls back what it no longer hears of */
        return e;
    }
    db->count++;
    enum db_kind kind = db_query(db, "COMMIT");
    if (kind == KIND_LOST)
        db_disconnect(db);
    if (kind == KIND_LOST || kind == KIND_RETRY)
        db->tx = TX_BROKEN;
    return kind == KIND_DUPLICATE ? ERR_CONFLICT : db_fault(db, kind, "commit");
}

static void roll_back_broken(struct db *db)
{
    if (db->my && db_query(db, "ROLLBACK") != KIND_NONE)
        db_disconnect(db);
}

enum err tx_run(struct db *db, enum err (*fn)(struct db *db, void *arg), void *arg)
{
    BUG_ON(db->tx != TX_NONE); /* a transaction inside a transaction */
    struct fault before = *db->f;
    for (int attempt = 0;; attempt++) {
        db->tx = TX_LAZY;
        db->has_now = false;
        enum err e = finish(db, fn(db, arg));
        bool again = db->tx == TX_BROKEN;
        if (again)
            roll_back_broken(db);
        db->tx = TX_NONE;
        db->has_now = false;
        if (!again)
            return e;
        if (attempt >= DB_RERUNS || db_past_deadline(db))
            return db->f->err != ERR_OK ? db->f->err : fault_set(db->f, ERR_UNAVAILABLE, "UNAVAILABLE",
                                                                 "database: a transaction failed %d times", attempt + 1);
        *db->f = before;
        db_pause(attempt);
    }
}
