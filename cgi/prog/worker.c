/*
 * worker.c - the worker: a master that forks one process for each job, replaces those that die, reloads and stops.
 *
 * worker --config FILE [--check]. The only program with a way out to other machines, and the only one that decodes
 * pictures and films. SIGTERM: jobs finish what they are at, at most DRAIN_MAX_MS, then are killed; whatever they held is
 * leased and comes back. SIGHUP: the program and its configuration are tried in a second process first, then executed in
 * the master's place. Must not know what the jobs do.
 */
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/crypto.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/version.h"
#include "prog/job.h"
#include "prog/job_clean.h"
#include "prog/job_config.h"
#include "svc/notify.h"

enum { EXIT_USAGE = 2, DRAIN_MAX_MS = 15000, BACKOFF_FIRST_MS = 100, BACKOFF_MAX_MS = 30000, LIVED_MS = 10000,
       TICK_NS = 100 * 1000 * 1000, TITLE_BYTES = 16, US_PER_MS = 1000 };
static const char preflight_mark[] = "SUDA_WORKER_PREFLIGHT";

static const struct job_kind *const job_kinds[] = {&job_outbox, &job_files, &job_clocks, &job_figures, &job_checkpoint,
                                                   &job_metrics, &job_wall};
enum { KINDS = sizeof job_kinds / sizeof *job_kinds };

struct child {
    pid_t pid;              /* 0 = not running */
    int64_t started_us, start_at_us;
    int backoff_ms;
};
struct master {
    struct worker_conf conf;
    char exe[PATH_MAX];     /* as it was called: a new program in its place is found there */
    char **argv;
    struct child children[KINDS];
    pid_t preflight;        /* 0 = none */
    int64_t stop_us, fed_us, watchdog_us; /* stop_us: when the children were told to end, 0 = not */
    bool again;             /* executed anew once the children have ended */
    sigset_t signals, before;
};

/* ---- children ------------------------------------------------------------------------------------------------------- */

static void child_main(struct master *m, size_t i)
{
    const pid_t parent = getppid();
    char title[TITLE_BYTES];
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(EXIT_FAILURE);
    snprintf(title, sizeof title, "worker:%s", job_kinds[i]->name);
    prctl(PR_SET_NAME, title);
    exit(job_run(&m->conf, job_kinds[i]));
}

static void start_child(struct master *m, size_t i)
{
    struct child *c = &m->children[i];
    const pid_t pid = fork();
    if (pid == 0)
        child_main(m, i);
    c->started_us = clock_monotonic_us();
    if (pid > 0)
        c->pid = pid;
    else {
        log_line(LOG_ERROR, "fork_failed", "why", strerror(errno), NULL);
        c->start_at_us = c->started_us + BACKOFF_MAX_MS * US_PER_MS;
    }
}

static void bury_child(struct master *m, size_t i, int status)
{
    struct child *c = &m->children[i];
    const int64_t now = clock_monotonic_us();
    c->pid = 0;
    if (m->stop_us != 0)
        return;
    if (now - c->started_us > LIVED_MS * US_PER_MS || c->backoff_ms == 0)
        c->backoff_ms = BACKOFF_FIRST_MS;
    else if ((c->backoff_ms *= 2) > BACKOFF_MAX_MS)
        c->backoff_ms = BACKOFF_MAX_MS;
    c->start_at_us = now + c->backoff_ms * US_PER_MS;
    log_line(LOG_ERROR, "job_died", "job", job_kinds[i]->name, WIFSIGNALED(status) ? "signal" : "exit",
             LOG_NUM(WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status)), "again_in_ms", LOG_NUM(c->backoff_ms), NULL);
}

static void tell_children(struct master *m, int signo)
{
    for (size_t i = 0; i < KINDS; i++)
        if (m->children[i].pid != 0)
            kill(m->children[i].pid, signo);
}

static bool any_child(const struct master *m)
{
    for (size_t i = 0; i < KINDS; i++)
        if (m->children[i].pid != 0)
            return true;
    return false;
}

/* ---- stopping and reloading ----------------------------------------------------------------------------------------- */

static void begin_stop(struct master *m)
{
    if (m->stop_us == 0) {
        m->stop_us = clock_monotonic_us();
        tell_children(m, SIGTERM);
    }
}

static void begin_preflight(struct master *m)
{
    if (m->preflight != 0 || m->stop_us != 0)
        return;
    char told[64];
    snprintf(told, sizeof told, "RELOADING=1\nMONOTONIC_USEC=%lld", (long long)clock_monotonic_us());
    notify_send(told);
    m->preflight = fork();
    if (m->preflight == 0) {
        sigprocmask(SIG_SETMASK, &m->before, NULL);
        if (setenv(preflight_mark, "1", 1) == 0)
            execv(m->exe, m->argv);
        _exit(EXIT_FAILURE);
    }
    if (m->preflight < 0) {
        log_line(LOG_ERROR, "fork_failed", "why", strerror(errno), NULL);
        m->preflight = 0;
    }
}

static void end_preflight(struct master *m, int status)
{
    m->preflight = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
        m->again = true;
        begin_stop(m);
        return;
    }
    log_line(LOG_ERROR, "reload_refused", "why", "the new program or configuration does not start", NULL);
    notify_send("READY=1");
}

static void execute_again(struct master *m)
{
    log_line(LOG_INFO, "worker_reloads", NULL);
    sigprocmask(SIG_SETMASK, &m->before, NULL);
    execv(m->exe, m->argv);
    log_line(LOG_ERROR, "reload_failed", "why", strerror(errno), NULL);
}

/* ---- the loop ------------------------------------------------------------------------------------------------------- */

static void take_signal(struct master *m)
{
    const struct timespec tick = {0, TICK_NS};
    const int signo = sigtimedwait(&m->signals, NULL, &tick);
    if (signo == SIGHUP)
        begin_preflight(m);
    if (signo == SIGTERM || signo == SIGINT) {
        m->again = false;
        log_line(LOG_INFO, "worker_stop", NULL);
        notify_send("STOPPING=1");
        begin_stop(m);
    }
}

static void reap(struct master *m)
{
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
        if (pid == m->preflight)
            end_preflight(m, status);
        for (size_t i = 0; i < KINDS; i++)
            if (m->children[i].pid == pid)
                bury_child(m, i, status);
    }
}

static void start_due(struct master *m, int64_t now)
{
    for (size_t i = 0; i < KINDS; i++)
        if (m->children[i].pid == 0 && m->children[i].start_at_us <= now)
            start_child(m, i);
}

static void kill_late(struct master *m, int64_t now)
{
    if (now - m->stop_us > m->conf.drain_ms * (int64_t)US_PER_MS)
        tell_children(m, SIGKILL);
}

static void loop(struct master *m)
{
    while (m->stop_us == 0 || any_child(m)) {
        const int64_t now = clock_monotonic_us();
        if (m->stop_us == 0)
            start_due(m, now);
        else
            kill_late(m, now);
        take_signal(m);
        reap(m);
        if (m->watchdog_us != 0 && now - m->fed_us >= m->watchdog_us) {
            m->fed_us = now;
            notify_send("WATCHDOG=1");
        }
    }
}

static void set_signals(struct master *m)
{
    static const int taken[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD};
    const struct sigaction normal = {.sa_handler = SIG_DFL}, ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&m->signals);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        sigaddset(&m->signals, taken[i]);
        sigaction(taken[i], &normal, NULL);
    }
    sigaction(SIGPIPE, &ignore, NULL);
    BUG_ON(sigprocmask(SIG_BLOCK, &m->signals, &m->before) != 0);
}

static int serve(struct master *m)
{
    set_signals(m);
    m->watchdog_us = notify_watchdog_us();
    log_line(LOG_INFO, "worker_ready", "jobs", LOG_NUM(KINDS), NULL);
    notify_send("READY=1");
    loop(m);
    if (m->again)
        execute_again(m);
    else
        log_line(LOG_INFO, "worker_stopped", NULL);
    keyring_free(m->conf.keys);
    return m->again ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* ---- start ---------------------------------------------------------------------------------------------------------- */

static int complain(const char *what)
{
    fprintf(stderr, "worker: %s\n", what);
    return EXIT_USAGE;
}

/* What --check does beyond loading: the server's settings, and every statement of the role. */
static int check_server(const struct worker_conf *c)
{
    struct arena *a = arena_new(LIMIT_REQUEST_MEMORY_BYTES);
    struct db *db = db_new(&c->db, &sql_catalogue_worker);
    struct fault f = {0};
    enum err e = ERR_UNAVAILABLE;
    if (a != NULL && db != NULL) {
        db_begin_request(db, a, &f, 0);
        e = db_check_server(db, c->durable);
        if (e == ERR_OK)
            e = db_check_statements(db);
        db_end_request(db);
    }
    if (e != ERR_OK)
        fprintf(stderr, "worker: %s\n", f.detail[0] ? f.detail : "the database cannot be asked");
    db_free(db);
    arena_free(a);
    return e == ERR_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

static bool remember_program(struct master *m, char **argv)
{
    const ssize_t n = readlink("/proc/self/exe", m->exe, sizeof m->exe - 1);
    m->exe[n > 0 ? n : 0] = 0;
    m->argv = argv;
    return n > 0;
}

static const struct option options[] = {{"config", required_argument, NULL, 'c'}, {"check", no_argument, NULL, 'k'},
                                        {"version", no_argument, NULL, 'v'},      {0}};

int main(int argc, char **argv)
{
    static struct master m;
    const char *config = NULL;
    bool check = false;
    char why[600];
    if (argc == 2 && strcmp(argv[1], CLEAN_PHOTO_WORD) == 0)
        return clean_photo_main();
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == 'c')
            config = optarg;
        else if (o == 'k')
            check = true;
        else if (o == 'v')
            return printf("worker %s\n", SUDA_VERSION), 0;
        else
            return EXIT_USAGE;
    }
    if (config == NULL)
        return complain("--config FILE is missing");
    const bool preflight = getenv(preflight_mark) != NULL;
    log_setup("worker", LOG_INFO);
    crypto_init();
    if (!remember_program(&m, argv) || !worker_config_load(&m.conf, config, why, sizeof why))
        return complain(m.exe[0] ? why : "/proc is not mounted");
    if (m.conf.drain_ms > DRAIN_MAX_MS)
        m.conf.drain_ms = DRAIN_MAX_MS;
    if (preflight)
        return EXIT_SUCCESS;
    return check ? check_server(&m.conf) : serve(&m);
}
