/*
 * bare_tx.c - the calibration of filing: four INSERTs and a COMMIT straight over Connector/C, nothing else.
 *
 * usage: bare_tx SOCKET USER PASSWORD CONNECTIONS SECONDS
 * Makes the database suda_bench with four tables shaped as ticket, event, outbox and idempotency of the first days of the
 * product (a body of about 1 KB, two unique keys), runs one thread a connection with prepared statements, and prints
 *   rate N p50_us N p99_us N errors N
 * Figures of the benchmark are printed as shares of this one, so it is kept as it is. Durability is the server's.
 */
#include <mysql.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/random.h"
#include "base/str.h"

enum { CONNECTIONS_MAX = 128, SAMPLES_MAX = 1 << 18, BODY = 1000 };

static const char *const tables[] = {
    "DROP DATABASE IF EXISTS suda_bench",
    "CREATE DATABASE suda_bench CHARACTER SET utf8mb4",
    "CREATE TABLE suda_bench.ticket (id BIGINT UNSIGNED PRIMARY KEY, no CHAR(16) NOT NULL UNIQUE, kind TINYINT NOT NULL,"
    " area VARCHAR(12) NOT NULL, category VARCHAR(6) NOT NULL, title VARCHAR(100) NOT NULL, body TEXT NOT NULL,"
    " created_at BIGINT NOT NULL, KEY by_area (area, id)) ENGINE=InnoDB",
    "CREATE TABLE suda_bench.event (ticket_id BIGINT UNSIGNED, seq INT, at BIGINT NOT NULL, code SMALLINT NOT NULL,"
    " params VARCHAR(1000) NOT NULL, hash BINARY(32) NOT NULL, PRIMARY KEY (ticket_id, seq)) ENGINE=InnoDB",
    "CREATE TABLE suda_bench.outbox (id BIGINT UNSIGNED PRIMARY KEY, state TINYINT NOT NULL, next_at BIGINT NOT NULL,"
    " payload VARBINARY(2000) NOT NULL, KEY by_work (state, next_at)) ENGINE=InnoDB",
    "CREATE TABLE suda_bench.idempotency (key_hash BINARY(32) PRIMARY KEY, request_hash BINARY(32) NOT NULL,"
    " ticket_id BIGINT UNSIGNED NOT NULL, created_at BIGINT NOT NULL, KEY by_age (created_at)) ENGINE=InnoDB",
};
static const char *const inserts[] = {
    "INSERT INTO suda_bench.idempotency VALUES (?, ?, ?, ?)",
    "INSERT INTO suda_bench.ticket VALUES (?, ?, 3, '110105025', '050201', 'title', ?, ?)",
    "INSERT INTO suda_bench.event VALUES (?, 1, ?, 1, 'channel=miniprogram', ?)",
    "INSERT INTO suda_bench.outbox VALUES (?, 1, ?, 'ticket=1&event=received')",
};

struct worker {
    pthread_t thread;
    uint32_t *samples;
    size_t n;
    uint64_t errors;
};
static const char *socket_path, *user, *password;
static atomic_bool stop;

static void die(MYSQL *m, const char *what)
{
    fprintf(stderr, "bare_tx: %s: %s\n", what, mysql_error(m));
    exit(1);
}

static MYSQL *open_connection(void)
{
    MYSQL *m = mysql_init(NULL);
    if (m == NULL || !mysql_real_connect(m, NULL, user, password, NULL, 0, socket_path, 0))
        die(m, "connect");
    return m;
}

static void bind_bytes(MYSQL_BIND *b, void *p, unsigned long n)
{
    *b = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_STRING, .buffer = p, .buffer_length = n};
}

static void bind_u64(MYSQL_BIND *b, uint64_t *v)
{
    *b = (MYSQL_BIND){.buffer_type = MYSQL_TYPE_LONGLONG, .buffer = v, .is_unsigned = 1};
}

struct row {
    uint64_t id, at;
    char hash[32], no[16], body[BODY];
};

static bool one_transaction(MYSQL *m, MYSQL_STMT *s[4], MYSQL_BIND b[4][4], struct row *r)
{
    random_bytes(r->hash, sizeof r->hash);
    r->id = random_u64() >> 1;
    r->at = (uint64_t)clock_now_us();
    for (size_t i = 0; i < sizeof r->no; i++)
        r->no[i] = (char)('0' + (unsigned char)r->hash[i] % 10);
    for (size_t i = 0; i < 4; i++)
        if (mysql_stmt_bind_param(s[i], b[i]) || mysql_stmt_execute(s[i])) {
            mysql_rollback(m);
            return false;
        }
    return mysql_commit(m) == 0;
}

static void *run(void *arg)
{
    struct worker *w = arg;
    MYSQL *m = open_connection();
    MYSQL_STMT *s[4];
    MYSQL_BIND b[4][4];
    static _Thread_local struct row r;
    mysql_autocommit(m, 0);
    memset(r.body, 'x', sizeof r.body);
    for (size_t i = 0; i < 4; i++)
        if ((s[i] = mysql_stmt_init(m)) == NULL || mysql_stmt_prepare(s[i], inserts[i], strlen(inserts[i])))
            die(m, "prepare");
    bind_bytes(&b[0][0], r.hash, 32), bind_bytes(&b[0][1], r.hash, 32), bind_u64(&b[0][2], &r.id), bind_u64(&b[0][3], &r.at);
    bind_u64(&b[1][0], &r.id), bind_bytes(&b[1][1], r.no, 16), bind_bytes(&b[1][2], r.body, BODY), bind_u64(&b[1][3], &r.at);
    bind_u64(&b[2][0], &r.id), bind_u64(&b[2][1], &r.at), bind_bytes(&b[2][2], r.hash, 32);
    bind_u64(&b[3][0], &r.id), bind_u64(&b[3][1], &r.at);
    while (!atomic_load(&stop)) {
        int64_t began = clock_monotonic_us();
        if (!one_transaction(m, s, b, &r))
            w->errors++;
        else if (w->n < SAMPLES_MAX)
            w->samples[w->n++] = (uint32_t)(clock_monotonic_us() - began);
    }
    for (size_t i = 0; i < 4; i++)
        mysql_stmt_close(s[i]);
    mysql_close(m);
    return NULL;
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static void report(const struct worker *w, size_t n, int64_t took_us)
{
    size_t total = 0;
    uint64_t errors = 0;
    for (size_t i = 0; i < n; i++) {
        total += w[i].n;
        errors += w[i].errors;
    }
    uint32_t *all = calloc(total + 1, sizeof *all);
    if (all == NULL)
        exit(1);
    size_t at = 0;
    for (size_t i = 0; i < n; at += w[i].n, i++)
        memcpy(all + at, w[i].samples, w[i].n * sizeof *all);
    qsort(all, total, sizeof *all, by_value);
    printf("rate %lld p50_us %u p99_us %u errors %llu\n", (long long)((int64_t)total * US_PER_S / took_us),
           total ? all[total / 2] : 0, total ? all[total * 99 / 100] : 0, (unsigned long long)errors);
    free(all);
}

int main(int argc, char **argv)
{
    static struct worker workers[CONNECTIONS_MAX];
    uint64_t n, seconds;
    if (argc != 6 || !parse_u64(str_from_c(argv[4]), 1, CONNECTIONS_MAX, &n) || !parse_u64(str_from_c(argv[5]), 1, 600, &seconds)) {
        fprintf(stderr, "usage: bare_tx SOCKET USER PASSWORD CONNECTIONS SECONDS\n");
        return 2;
    }
    socket_path = argv[1], user = argv[2], password = argv[3];
    mysql_library_init(0, NULL, NULL);
    MYSQL *m = open_connection();
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        if (mysql_query(m, tables[i]))
            die(m, tables[i]);
    for (size_t i = 0; i < n; i++)
        if ((workers[i].samples = calloc(SAMPLES_MAX, sizeof(uint32_t))) == NULL ||
            pthread_create(&workers[i].thread, NULL, run, &workers[i]) != 0)
            return 1;
    int64_t began = clock_monotonic_us();
    sleep((unsigned)seconds);
    atomic_store(&stop, true);
    for (size_t i = 0; i < n; i++)
        pthread_join(workers[i].thread, NULL);
    report(workers, n, clock_monotonic_us() - began);
    mysql_query(m, "DROP DATABASE suda_bench");
    mysql_close(m);
    mysql_library_end();
    return 0;
}
