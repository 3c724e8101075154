/* harness.c - see harness.h. */
#include "harness.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *need(const char *name)
{
    const char *v = getenv(name);
    if (!v || !*v) {
        fprintf(stderr, "%s is not set: run tests/db/run\n", name);
        exit(2);
    }
    return v;
}

struct db_config harness_config(const char *user)
{
    static const char *const names[] = {"suda_owner", "suda_citizen", "suda_staff", "suda_open", "suda_worker", "suda_ctl"};
    const char *full = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i] + 5, user) == 0)
            full = names[i];
    return (struct db_config){.socket = need("DB_SOCKET"), .user = full, .password = "test", .database = need("DB_NAME"),
                              .connect_timeout_ms = 2000, .read_timeout_ms = 10000, .max_statement_ms = 5000};
}

struct conn *conn_open_with(struct db_config config, const struct db_catalogue *role)
{
    struct conn *c = calloc(1, sizeof *c);
    assert_non_null(c);
    c->a = arena_new((size_t)8 << 20);
    c->db = db_new(&config, role);
    assert_non_null(c->a);
    assert_non_null(c->db);
    db_begin_request(c->db, c->a, &c->f, 0);
    return c;
}

struct conn *conn_open(const char *user, const struct db_catalogue *role)
{
    return conn_open_with(harness_config(user), role);
}

void conn_close(struct conn *c)
{
    db_end_request(c->db);
    db_free(c->db);
    arena_free(c->a);
    free(c);
}

void conn_reset(struct conn *c)
{
    db_end_request(c->db);
    arena_clear(c->a);
    c->f = (struct fault){0};
    db_begin_request(c->db, c->a, &c->f, 0);
}

static struct fault admin_fault;

struct db_admin *harness_admin(void)
{
    static struct db_admin *d;
    if (!d) {
        struct db_config c = harness_config("owner");
        c.max_statement_ms = 0;
        d = db_admin_open(&c, &admin_fault);
        if (!d)
            fail_msg("%s", admin_fault.detail);
    }
    return d;
}

static void check(enum err e)
{
    if (e != ERR_OK) {
        char text[sizeof admin_fault.detail];
        snprintf(text, sizeof text, "%s", admin_fault.detail);
        admin_fault = (struct fault){0};
        fail_msg("%s", text);
    }
}

void admin_run(const char *fmt, ...)
{
    char sql[2000];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(sql, sizeof sql, fmt, ap);
    va_end(ap);
    check(db_admin_run(harness_admin(), sql, NULL));
}

int64_t admin_number(const char *fmt, ...)
{
    char sql[2000];
    int64_t n = 0;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(sql, sizeof sql, fmt, ap);
    va_end(ap);
    check(db_admin_number(harness_admin(), sql, &n));
    return n;
}

void harness_tables(void)
{
    static const char *const roles[] = {"citizen", "open", "worker"};
    admin_run("CREATE TABLE IF NOT EXISTS sample (id BIGINT UNSIGNED NOT NULL PRIMARY KEY, i BIGINT NULL, small INT NULL,"
              " flag TINYINT NULL, number DOUBLE NULL, words VARCHAR(100) NULL, bytes MEDIUMBLOB NULL) ENGINE=InnoDB");
    admin_run("CREATE TABLE IF NOT EXISTS digit (n INT NOT NULL PRIMARY KEY) ENGINE=InnoDB");
    admin_run("DELETE FROM sample");
    admin_run("INSERT IGNORE INTO digit VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        admin_run("GRANT SELECT, INSERT, UPDATE, DELETE ON sample TO 'suda_%s'@'localhost'", roles[i]);
        admin_run("GRANT SELECT ON digit TO 'suda_%s'@'localhost'", roles[i]);
    }
}

void harness_kill(const char *user, uint64_t id)
{
    struct fault f = {0};
    struct db_config c = harness_config(user);
    char sql[60];
    struct db_admin *d = db_admin_open(&c, &f);
    assert_non_null(d);
    snprintf(sql, sizeof sql, "KILL %llu", (unsigned long long)id);
    if (db_admin_run(d, sql, NULL) != ERR_OK) {
        fprintf(stderr, "%s: %s\n", sql, f.detail);
        abort(); /* may run in a thread, where cmocka cannot fail a test */
    }
    db_admin_close(d);
    for (int i = 0; i < 200; i++) { /* the server ends a connection some moments after it was told to */
        if (admin_number("SELECT COUNT(*) FROM information_schema.processlist WHERE id = %llu", (unsigned long long)id) == 0)
            return;
        usleep(10000);
    }
    fail_msg("the connection was not ended");
}

bool harness_aborts(void (*fn)(void *arg), void *arg)
{
    int status = 0;
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int quiet = open("/dev/null", O_WRONLY);
        dup2(quiet, STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        fn(arg);
        _exit(0);
    }
    assert_int_equal(child, waitpid(child, &status, 0));
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}
