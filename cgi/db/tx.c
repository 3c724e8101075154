/*
 * tx.c - transactions that are run again when the database asks for it.
 *
 * The beginning is sent with the first statement, not before: an act that is refused by its own checks costs no round
 * trip, and the beginning none of its own. Why it is autocommit=0 stands in later.c; a transaction of statements that can
 * all wait until its end is one command (block.c).
 */
#include <errmsg.h>

#include "base/clock.h"
#include "db/internal.h"

enum { CLOCK_KEPT_US = 1000000 };

static const char begin[] = "SET autocommit=0";
static const char commit[] = "SET autocommit=1"; /* commits what is open, and says so when it cannot */
static const char rollback[] = "ROLLBACK";
/* Exact to the microsecond: UNIX_TIMESTAMP of a DATETIME(6) is a decimal. */
static const char now[] = "SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)";

enum db_kind db_begin_if_due(struct db *db)
{
    if (db->tx != TX_LAZY)
        return KIND_NONE;
    enum db_kind kind = db_send_query(db, begin);
    if (kind == KIND_NONE)
        db->tx = TX_OPEN;
    return kind;
}

enum db_kind db_roll_back(struct db *db)
{
    enum db_kind kind = db->my && db->n_later ? db_settle(db) : KIND_NONE;
    db->n_kept = 0;
    if (!db->my || kind == KIND_LOST)
        return KIND_LOST;
    kind = db_query(db, rollback);
    return kind == KIND_NONE ? db_query(db, commit) : kind;
}

/* Asked outside of the transaction when it has not begun yet: a transaction that only writes is then one command. */
static enum db_kind ask_now(struct db *db, int64_t *ret_us)
{
    enum db_kind kind = db_connect(db);
    if (kind == KIND_NONE)
        kind = db_query(db, now);
    if (kind != KIND_NONE)
        return kind;
    MYSQL_RES *res = mysql_store_result(db->my);
    MYSQL_ROW row = res ? mysql_fetch_row(res) : NULL;
    bool ok = row && row[0] && parse_i64(str_from_c(row[0]), 1, INT64_MAX, ret_us);
    if (res)
        mysql_free_result(res);
    if (ok)
        return KIND_NONE;
    if (mysql_errno(db->my) != 0)
        return db_note_error(db, mysql_errno(db->my), mysql_error(db->my));
    return db_note_error(db, CR_UNKNOWN_ERROR, "the server gave no time");
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
        if (db->doomed != ERR_OK)
            return db->doomed;
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
        if (db->doomed != ERR_OK)
            return db->doomed;
        if (kind != KIND_LOST || db->tx != TX_NONE || attempt >= DB_RERUNS)
            return db_fault(db, kind, "clock");
    }
    db->has_now = db->tx != TX_NONE;
    db->now_us = *ret_us;
    db->clock_us = *ret_us;
    db->clock_asked_us = clock_monotonic_us();
    return ERR_OK;
}

enum err db_now_first(struct db *db, int64_t *ret_us)
{
    const int64_t since = clock_monotonic_us() - db->clock_asked_us;
    if (db->clock_asked_us == 0 || since > CLOCK_KEPT_US || db->has_now)
        return db_now(db, ret_us);
    if (db->tx == TX_BROKEN || db->doomed != ERR_OK)
        return db->tx == TX_BROKEN ? ERR_UNAVAILABLE : db->doomed;
    *ret_us = db->now_us = db->clock_us + since;
    db->has_now = db->tx != TX_NONE;
    return ERR_OK;
}

/* Commits; TX_BROKEN on return: it is to be run again. */
static enum err commit_it(struct db *db)
{
    enum db_kind kind = db->n_later ? db_settle(db) : KIND_NONE;
    if (db->doomed != ERR_OK)
        return db->doomed;
    if (kind == KIND_NONE) {
        db->count++;
        kind = db->n_kept ? db_commit_block(db) : db_query(db, commit);
    }
    if (kind == KIND_LOST)
        db_disconnect(db);
    if (kind == KIND_LOST || kind == KIND_RETRY)
        db->tx = TX_BROKEN;
    if (db->doomed != ERR_OK)
        return db->doomed;
    return kind == KIND_DUPLICATE ? ERR_CONFLICT : db_fault(db, kind, "commit");
}

/* Ends the transaction as fn wished. */
static enum err finish(struct db *db, enum err e)
{
    if (db->tx == TX_BROKEN && e == ERR_OK)
        e = ERR_UNAVAILABLE; /* fn hid a failure */
    if (db->doomed != ERR_OK && e == ERR_OK)
        e = db->doomed;
    if (e == ERR_OK && (db->tx == TX_OPEN || db->n_kept))
        e = commit_it(db);
    db->n_kept = 0;
    if (e == ERR_OK || db->tx == TX_LAZY)
        return e;
    enum db_tx was = db->tx;
    if (db->my && db_roll_back(db) != KIND_NONE)
        db_disconnect(db); /* the server rolls back what it no longer hears of */
    db->tx = was;
    return e;
}

enum err tx_run(struct db *db, enum err (*fn)(struct db *db, void *arg), void *arg)
{
    BUG_ON(!db->f || db->tx != TX_NONE); /* no request, or a transaction inside a transaction */
    struct fault before = *db->f;
    for (int attempt = 0;; attempt++) {
        db->tx = TX_LAZY;
        db->n_kept = 0;
        db->has_now = false;
        db->doomed = ERR_OK;
        enum err e = finish(db, fn(db, arg));
        bool again = db->tx == TX_BROKEN;
        db->tx = TX_NONE;
        db->has_now = false;
        db->doomed = ERR_OK;
        if (!again)
            return e;
        if (attempt >= DB_RERUNS || db_past_deadline(db))
            return db->f->err != ERR_OK ? db->f->err : fault_set(db->f, ERR_UNAVAILABLE, "UNAVAILABLE",
                                                                 "database: a transaction failed %d times", attempt + 1);
        *db->f = before;
        db_pause(attempt);
    }
}
