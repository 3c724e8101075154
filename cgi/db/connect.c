/*
 * connect.c - one connection: options, session, loss, and what a failure is called.
 *
 * The library's own reconnect stays off: it would drop prepared statements and transactions without a word.
 * Must not know statements by name, nor anything above this layer.
 */
#include <errmsg.h>
#include <errno.h>
#include <fcntl.h>
#include <ma_pvio.h>
#include <sys/socket.h>
#include <time.h>

#include "base/clock.h"
#include "base/random.h"
#include "db/internal.h"

/* Parameters bear the default collation of their character set, whatever the connection's; literals are given the same,
 * or comparing the two is an error. A column's own collation wins over both. */
static const char session[] = "SET SESSION "
    "sql_mode='STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION',"
    "time_zone='+00:00',tx_isolation='READ-COMMITTED',innodb_lock_wait_timeout=2,lock_wait_timeout=5,"
    "collation_connection='utf8mb4_general_ci',autocommit=1,max_statement_time=%d.%03d";

struct db *db_new(const struct db_config *c, const struct db_catalogue *role)
{
    struct db *db = calloc(1, sizeof *db);
    if (!db)
        return NULL;
    db->config = *c;
    db->role = role;
    db->prepared = calloc(role->n_all + 1u, sizeof *db->prepared);
    if (!db->prepared) {
        free(db);
        return NULL;
    }
    return db;
}

void db_free(struct db *db)
{
    if (!db)
        return;
    db_disconnect(db);
    free(db->prepared);
    free(db);
}

enum db_kind db_note_error(struct db *db, unsigned number, const char *text)
{
    db->error_number = number;
    snprintf(db->error_text, sizeof db->error_text, "%s", text);
    enum db_kind kind = db_kind_of(number);
    db->duplicate = kind == KIND_DUPLICATE;
    return kind;
}

static unsigned seconds(int ms)
{
    return ms <= 0 ? 0 : (unsigned)((ms + 999) / 1000);
}

static void set_options(MYSQL *my, const struct db_config *c)
{
    unsigned connect_s = seconds(c->connect_timeout_ms), read_s = seconds(c->read_timeout_ms);
    my_bool off = 0, on = 1;
    unsigned no = 0;
    char init[400];
    snprintf(init, sizeof init, session, c->max_statement_ms / 1000, c->max_statement_ms % 1000);
    if (connect_s)
        mysql_options(my, MYSQL_OPT_CONNECT_TIMEOUT, &connect_s);
    if (read_s) {
        mysql_options(my, MYSQL_OPT_READ_TIMEOUT, &read_s);
        mysql_options(my, MYSQL_OPT_WRITE_TIMEOUT, &read_s);
    }
    mysql_options(my, MYSQL_OPT_RECONNECT, &off);
    mysql_options(my, MYSQL_REPORT_DATA_TRUNCATION, &on);
    mysql_options(my, MYSQL_OPT_LOCAL_INFILE, &no);
    mysql_options(my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    mysql_options(my, MYSQL_INIT_COMMAND, init);
}

/*
 * Connector/C asks the socket first and waits afterwards, so that every answer costs it three calls of the system: recv,
 * poll, recv. One that waits in recv costs one. Its timeout is the socket's, and counts as the connection's loss as before.
 */
static ssize_t read_waiting(MARIADB_PVIO *pvio, uchar *to, size_t n)
{
    int fd = mysql_get_socket(pvio->mysql);
    ssize_t got;
    do
        got = recv(fd, to, n, 0);
    while (got < 0 && errno == EINTR);
    return got;
}

static bool wait_in_recv(MYSQL *my, int timeout_s)
{
    static PVIO_METHODS methods; /* theirs, with one of ours; the same for every connection of a process */
    int fd = mysql_get_socket(my), flags = fcntl(fd, F_GETFL);
    struct timeval limit = {.tv_sec = timeout_s};
    if (flags < 0 || fcntl(fd, F_SETFL, flags & ~O_NONBLOCK) != 0 ||
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) != 0)
        return false;
    methods = *my->net.pvio->methods;
    methods.read = read_waiting;
    my->net.pvio->methods = &methods;
    return true;
}

enum db_kind db_connect(struct db *db)
{
    if (db->my)
        return KIND_NONE;
    const struct db_config *c = &db->config;
    MYSQL *my = mysql_init(NULL);
    if (!my)
        return db_note_error(db, CR_OUT_OF_MEMORY, "no memory for a connection");
    set_options(my, c);
    if (mysql_real_connect(my, NULL, c->user, c->password, c->database, 0, c->socket, 0) &&
        wait_in_recv(my, (int)seconds(c->read_timeout_ms))) {
        db->my = my;
        return KIND_NONE;
    }
    enum db_kind kind = mysql_errno(my) ? db_note_error(db, mysql_errno(my), mysql_error(my))
                                        : db_note_error(db, CR_SOCKET_CREATE_ERROR, "the socket takes no options");
    mysql_close(my);
    return kind == KIND_LOST ? KIND_DOWN : kind;
}

void db_disconnect(struct db *db)
{
    for (uint16_t i = 0; i < db->role->n_all; i++)
        db_unprepare(db, i);
    db_forget_blocks(db);
    if (db->my)
        mysql_close(db->my);
    db->my = NULL;
    db->reading = NULL;
    db->n_later = 0;
    db->clock_asked_us = 0;
}

enum db_kind db_query(struct db *db, const char *sql)
{
    enum db_kind kind = db->n_later ? db_settle(db) : KIND_NONE;
    if (kind != KIND_NONE || mysql_real_query(db->my, sql, strlen(sql)) == 0)
        return kind;
    return db_note_error(db, mysql_errno(db->my), mysql_error(db->my));
}

enum err db_fault(struct db *db, enum db_kind kind, const char *what)
{
    const char *word = "down";
    switch (kind) {
    case KIND_NONE:
        return ERR_OK;
    case KIND_DUPLICATE:
        return ERR_CONFLICT;
    case KIND_FAULT:
    case KIND_REPREPARE:
        return fault_set(db->f, ERR_INTERNAL, "INTERNAL", "database: %s: %u %s", what, db->error_number, db->error_text);
    case KIND_RETRY:
        word = "busy";
        break;
    case KIND_TIMEOUT:
        word = "timeout";
        break;
    case KIND_LOST:
    case KIND_DOWN:
        break;
    }
    return fault_set(db->f, ERR_UNAVAILABLE, "UNAVAILABLE", "database %s: %s: %u %s", word, what, db->error_number,
                     db->error_text);
}

bool db_past_deadline(const struct db *db)
{
    return db->deadline_us > 0 && clock_monotonic_us() > db->deadline_us;
}

/* 5 to 10 ms, then twice as long, then four times: apart from those we collided with. */
void db_pause(int attempt)
{
    uint64_t us = (5000 + random_below(5000)) << (attempt < 4 ? attempt : 4);
    struct timespec t = {.tv_sec = (time_t)(us / 1000000), .tv_nsec = (long)(us % 1000000) * 1000};
    (void)nanosleep(&t, NULL);
}

void db_begin_request(struct db *db, struct arena *a, struct fault *f, int64_t deadline_us)
{
    db->a = a;
    db->f = f;
    db->deadline_us = deadline_us;
    db->count = 0;
    db->time_us = 0;
    db->duplicate = false;
}

void db_prolong(struct db *db, int64_t deadline_us)
{
    db->deadline_us = deadline_us;
}

void db_end_request(struct db *db)
{
    if (db->reading)
        (void)mysql_stmt_free_result(db->reading);
    db->reading = NULL;
    if ((db->tx == TX_OPEN || db->tx == TX_BROKEN) && db_roll_back(db) != KIND_NONE)
        db_disconnect(db);
    db->tx = TX_NONE;
    db->n_kept = 0;
    db->has_now = false;
    db->doomed = ERR_OK;
    db->a = NULL;
    db->f = NULL;
    db->deadline_us = 0;
}

enum err db_ping(struct db *db)
{
    enum db_kind kind = db_connect(db);
    if (kind == KIND_NONE && mysql_ping(db->my) != 0) {
        (void)db_note_error(db, mysql_errno(db->my), mysql_error(db->my));
        db_disconnect(db);
        kind = db_connect(db);
    }
    return db_fault(db, kind, "ping");
}

bool db_was_duplicate(const struct db *db)
{
    return db->duplicate;
}

int db_statement_count(const struct db *db)
{
    return db->count;
}

int64_t db_time_us(const struct db *db)
{
    return db->time_us;
}
