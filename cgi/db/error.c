/*
 * error.c - error numbers of MariaDB and Connector/C, by what is to be done about them.
 *
 * A number that stands nowhere here is a fault of ours: it is logged with the server's words and not run again.
 */
#include <errmsg.h>
#include <mysqld_error.h>

#include "db/internal.h"

enum {
    E_SNAPSHOT = 1020,      /* ER_CHECKREAD: changed since the snapshot (innodb_snapshot_isolation) */
    E_WSREP = 1047,         /* Galera: the node is not ready for use */
    E_STATEMENT_TIME = 1969,
    E_KILLED_CONNECTION = 1927,
    E_IDLE_TRANSACTION = 4031,
};

enum db_kind db_kind_of(unsigned n)
{
    switch (n) {
    case 0:
        return KIND_NONE;
    case ER_DUP_ENTRY:
        return KIND_DUPLICATE;
    case ER_LOCK_WAIT_TIMEOUT:
    case ER_LOCK_DEADLOCK:
    case E_SNAPSHOT:
        return KIND_RETRY;
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST:
    case E_WSREP:
    case E_KILLED_CONNECTION:
    case E_IDLE_TRANSACTION:
    case ER_SERVER_SHUTDOWN:
    case ER_NEW_ABORTING_CONNECTION:
    case ER_ABORTING_CONNECTION:
    case ER_NET_READ_ERROR:
    case ER_NET_READ_INTERRUPTED:
    case ER_NET_ERROR_ON_WRITE:
    case ER_NET_WRITE_INTERRUPTED:
    case CR_MALFORMED_PACKET:
        return KIND_LOST;
    case ER_UNKNOWN_STMT_HANDLER:
    case ER_NEED_REPREPARE:
        return KIND_REPREPARE;
    case E_STATEMENT_TIME:
    case ER_QUERY_INTERRUPTED:
        return KIND_TIMEOUT;
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
    case ER_CON_COUNT_ERROR:
    case ER_TOO_MANY_USER_CONNECTIONS:
    case ER_USER_LIMIT_REACHED:
    case ER_OPTION_PREVENTS_STATEMENT: /* --read-only: a replica not yet promoted */
    case ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION:
    case ER_DISK_FULL:
    case ER_ERROR_ON_WRITE:
    case ER_ERROR_DURING_COMMIT:
    case ER_BINLOG_LOGGING_IMPOSSIBLE:
    case ER_RECORD_FILE_FULL:
    case ER_OUT_OF_RESOURCES:
    case ER_OUTOFMEMORY:
    case ER_CANT_CREATE_THREAD:
    case ER_TOO_MANY_CONCURRENT_TRXS:
        return KIND_DOWN;
    default:
        return KIND_FAULT;
    }
}
