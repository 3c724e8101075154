/*
 * master.c - svc_run: starts the workers, watches them, replaces and stops them.
 *
 * All signals are blocked and taken one by one with sigtimedwait, so there is no handler and no race. Every few
 * milliseconds the master looks at the slots in shared memory: a request past its deadline and half of it again has its
 * worker killed; a worker that is busy for long is told to pass its waiting connections on (worker.c). After a reload
 * two generations live side by side until all workers of the new one are ready; then the old one drains.
 *
 * Must not know FastCGI, nor touch the application: only workers call into it.
 */
#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "svc/internal.h"

#define TICK_BUSY_US (20 * INT64_C(1000))
#define TICK_IDLE_US (200 * INT64_C(1000))
#define START_LIMIT_US (30 * US_PER_S)  /* worker_init, and the check before a reload */
#define DIED_YOUNG_US US_PER_S
#define YOUNG_DELAY_US (100 * INT64_C(1000))
#define BACKOFF_MAX_US (10 * US_PER_S)

struct master {
    struct svc svc;
    sigset_t signals, before;
    bool reload_wanted, announced, two_generations;
    int preflight; /* pid of the check, 0 = none */
    int failures;  /* starts in a row that never became ready */
    int64_t preflight_since_us, spawn_not_before_us, stop_since_us, swept_us, watchdog_us, fed_us;
    int64_t *deaths, *kills;
};

static bool check_options(const struct svc_options *o, char *why, size_t why_size)
{
    struct {
        const char *what;
        int value, min, max;
    } bounds[] = {
        {"workers", o->workers, 1, SVC_WORKERS_MAX},
        {"kept_connections", o->kept_connections, 0, SVC_KEPT_MAX},
        {"backlog", o->backlog, 1, 65535},
        {"request_deadline_ms", o->request_deadline_ms, 10, 3600 * 1000},
        {"requests_per_worker", o->requests_per_worker, 1, INT32_MAX},
        {"drain_ms", o->drain_ms, 10, 3600 * 1000},
    };
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++)
        if (bounds[i].value < bounds[i].min || bounds[i].value > bounds[i].max) {
            snprintf(why, why_size, "%s is %d, allowed are %d to %d", bounds[i].what, bounds[i].value, bounds[i].min,
                     bounds[i].max);
            return false;
        }
    if (!o->name || !o->handle) {
        snprintf(why, why_size, "name and handle must be set");
        return false;
    }
    return true;
}

static int counted(const struct master *m, int state_a, int state_b)
{
    int n = 0;
    for (int i = 0; i < SVC_SLOTS; i++) {
        struct slot *s = &shared_slots()[i];
        int state = shared_load(&s->state);
        n += s->pid && s->generation == m->svc.generation && (state == state_a || state == state_b);
    }
    return n;
}

/* ---- starting ------------------------------------------------------------------------------------------------------ */

static bool spawn(struct master *m)
{
    int slot = 0;
    while (slot < SVC_SLOTS && shared_slots()[slot].pid)
        slot++;
    if (slot == SVC_SLOTS)
        return false;
    struct slot *s = &shared_slots()[slot];
    s->generation = m->svc.generation;
    s->started_us = clock_monotonic_us();
    shared_store(&s->state, SLOT_STARTING);
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        worker_run(&m->svc, slot);
    if (pid < 0) {
        log_line(LOG_ERROR, "fork_failed", "why", strerror(errno), NULL);
        shared_store(&s->state, SLOT_FREE);
        m->spawn_not_before_us = s->started_us + US_PER_S;
        return false;
    }
    shared_store(&s->pid, pid);
    return true;
}

static void fill_up(struct master *m)
{
    if (clock_monotonic_us() < m->spawn_not_before_us)
        return;
    while (counted(m, SLOT_STARTING, SLOT_READY) < m->svc.o->workers && spawn(m))
        ;
}

/* ---- deaths -------------------------------------------------------------------------------------------------------- */

/* Connections sent to a worker that is gone go to another. */
static void sweep_inbox(struct master *m, int slot)
{
    int fd;
    while ((fd = conns_receive(m->svc.inbox[slot][0])) >= 0) {
        conns_send(&m->svc, slot, fd, false, SVC_KEPT_MAX);
        close(fd);
    }
}

static void worker_died(struct master *m, int slot, int status)
{
    struct slot *s = &shared_slots()[slot];
    int64_t now = clock_monotonic_us(), age = now - s->started_us;
    bool was_ready = shared_load(&s->state) != SLOT_STARTING, well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!well) {
        __atomic_fetch_add(m->deaths, 1, __ATOMIC_RELAXED);
        log_line(LOG_ERROR, "worker_died", "worker", LOG_NUM(s->pid), WIFSIGNALED(status) ? "signal" : "status",
                 LOG_NUM(WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status)), "age_ms", LOG_NUM(age / 1000),
                 NULL);
    }
    /* One that starts but falls over its requests is only slowed down a little: they must not take the service away. */
    if (!was_ready) {
        int64_t wait = YOUNG_DELAY_US << (m->failures < 7 ? m->failures : 7);
        m->failures++;
        m->spawn_not_before_us = now + (wait > BACKOFF_MAX_US ? BACKOFF_MAX_US : wait);
    } else if (!well && age < DIED_YOUNG_US) {
        m->spawn_not_before_us = now + YOUNG_DELAY_US;
    }
    shared_slot_retire(s);
    sweep_inbox(m, slot);
}

static void preflight_done(struct master *m, int status)
{
    m->preflight = 0;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        log_line(LOG_ERROR, "reload_refused", "why", "the new program or configuration does not start", NULL);
        notify_send("READY=1");
        return;
    }
    reload_exec(&m->svc);
}

static void reap(struct master *m)
{
    int status, checked = 0, check_status = 0;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid == m->preflight) {
            checked = pid;
            check_status = status;
        }
        for (int i = 0; i < SVC_SLOTS; i++)
            if (shared_slots()[i].pid == pid)
                worker_died(m, i, status);
    }
    if (checked) /* last, as it may not return */
        preflight_done(m, check_status);
}

/* ---- watching ------------------------------------------------------------------------------------------------------ */

static void watch_slot(struct master *m, struct slot *s, int64_t now, bool others_idle)
{
    int64_t kill_at = shared_load(&s->kill_at_us), busy = shared_load(&s->busy_since_us);
    bool hangs = kill_at && now > kill_at;
    bool never_ready = shared_load(&s->state) == SLOT_STARTING && now - s->started_us > START_LIMIT_US;
    bool drains_long = s->drain_since_us && now - s->drain_since_us > m->svc.o->drain_ms * INT64_C(1000);
    if (hangs || never_ready || drains_long) {
        log_line(LOG_ERROR, "worker_killed", "worker", LOG_NUM(s->pid), "why",
                 hangs ? "request_deadline" : never_ready ? "start" : "drain", NULL);
        __atomic_fetch_add(m->kills, 1, __ATOMIC_RELAXED);
        kill(s->pid, SIGKILL);
        shared_store(&s->kill_at_us, 0);
        s->drain_since_us = 0;
        s->started_us = now;
    } else if (busy && now - busy > SVC_RESCUE_US && others_idle && shared_load(&s->held) > 1) {
        kill(s->pid, SIGUSR2);
    }
}

static void watch_workers(struct master *m, int64_t now)
{
    int idle = 0;
    for (int i = 0; i < SVC_SLOTS; i++) {
        struct slot *s = &shared_slots()[i];
        idle += shared_load(&s->state) == SLOT_READY && !shared_load(&s->busy_since_us);
    }
    for (int i = 0; i < SVC_SLOTS; i++)
        if (shared_slots()[i].pid)
            watch_slot(m, &shared_slots()[i], now, idle > 0);
    if (m->preflight && now - m->preflight_since_us > START_LIMIT_US) {
        kill(m->preflight, SIGKILL);
        m->preflight_since_us = now;
    }
    if (now - m->swept_us > US_PER_S) {
        m->swept_us = now;
        for (int i = 0; i < SVC_SLOTS; i++)
            if (!shared_slots()[i].pid)
                sweep_inbox(m, i);
    }
}

/* SIGTERM to every worker, or to those of older generations; each once. */
static void drain(struct master *m, bool all)
{
    for (int i = 0; i < SVC_SLOTS; i++) {
        struct slot *s = &shared_slots()[i];
        if (!s->pid || s->drain_since_us || (!all && s->generation == m->svc.generation))
            continue;
        s->drain_since_us = clock_monotonic_us();
        kill(s->pid, SIGTERM);
    }
}

static void announce(struct master *m)
{
    if (counted(m, SLOT_READY, SLOT_READY) < m->svc.o->workers)
        return;
    m->failures = 0;
    if (!m->announced) {
        m->announced = true;
        log_line(LOG_INFO, "svc_ready", "generation", LOG_NUM(m->svc.generation), "workers",
                 LOG_NUM(m->svc.o->workers), NULL);
        notify_send("READY=1");
    }
    if (m->two_generations) {
        m->two_generations = false;
        drain(m, false);
    }
}

static void begin_reload(struct master *m)
{
    m->reload_wanted = false;
    m->preflight_since_us = clock_monotonic_us();
    char text[64];
    snprintf(text, sizeof text, "RELOADING=1\nMONOTONIC_USEC=%lld", (long long)m->preflight_since_us);
    notify_send(text);
    m->preflight = reload_preflight();
    if (m->preflight < 0) {
        log_line(LOG_ERROR, "fork_failed", "why", strerror(errno), NULL);
        m->preflight = 0;
    }
}

static void take_signal(struct master *m)
{
    bool busy = !m->announced || m->two_generations || m->stop_since_us;
    for (int i = 0; i < SVC_SLOTS && !busy; i++)
        busy = shared_load(&shared_slots()[i].busy_since_us) != 0;
    struct timespec wait = {0, (busy ? TICK_BUSY_US : TICK_IDLE_US) * 1000};
    int signo = sigtimedwait(&m->signals, NULL, &wait);
    if ((signo == SIGTERM || signo == SIGINT) && !m->stop_since_us) {
        m->stop_since_us = clock_monotonic_us();
        log_line(LOG_INFO, "svc_stop", NULL);
        notify_send("STOPPING=1");
        shared_store(shared_stopping(), 1);
        drain(m, true);
    } else if (signo == SIGHUP) {
        m->reload_wanted = true;
    }
}

static int alive(void)
{
    int n = 0;
    for (int i = 0; i < SVC_SLOTS; i++)
        n += shared_slots()[i].pid != 0;
    return n;
}

static void loop(struct master *m)
{
    while (!m->stop_since_us || alive()) {
        take_signal(m);
        reap(m);
        int64_t now = clock_monotonic_us();
        watch_workers(m, now);
        if (m->watchdog_us && now - m->fed_us >= m->watchdog_us) {
            m->fed_us = now;
            notify_send("WATCHDOG=1");
        }
        if (m->stop_since_us)
            continue;
        fill_up(m);
        announce(m);
        if (m->reload_wanted && !m->preflight && !m->two_generations)
            begin_reload(m);
    }
}

/* ---- svc_run ------------------------------------------------------------------------------------------------------- */

static bool make_inboxes(struct svc *svc)
{
    for (size_t i = 0; i < SVC_SLOTS; i++)
        if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, svc->inbox[i]) != 0)
            return false;
    return true;
}

static bool open_all(struct master *m, char *why, size_t why_size)
{
    const struct svc_options *o = m->svc.o;
    bool inherited = reload_inherited(&m->svc);
    if (!inherited && !make_inboxes(&m->svc)) {
        snprintf(why, why_size, "socketpair: %s", strerror(errno));
        return false;
    }
    int old = inherited ? m->svc.listener : -1;
    m->svc.listener = inherited ? listener_inherit(old, o->socket_path) : -1;
    if (m->svc.listener < 0) {
        m->svc.listener = listener_open(o->socket_path, o->socket_mode, o->backlog, why, why_size);
        if (old >= 0)
            close(old); /* the path has changed; the old generation still serves it until it drains */
    }
    m->svc.own_socket = o->socket_path && *o->socket_path;
    return m->svc.listener >= 0;
}

static void set_signals(struct master *m)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, normal = {.sa_handler = SIG_DFL};
    static const int taken[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD};
    sigemptyset(&m->signals);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        sigaddset(&m->signals, taken[i]);
        sigaction(taken[i], &normal, NULL);
    }
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGUSR1, &ignore, NULL);
    sigaction(SIGUSR2, &ignore, NULL);
    BUG_ON(sigprocmask(SIG_SETMASK, &m->signals, &m->before) != 0);
}

static void clean_up(struct master *m)
{
    for (size_t i = 0; i < SVC_SLOTS; i++) {
        close(m->svc.inbox[i][0]);
        close(m->svc.inbox[i][1]);
    }
    close(m->svc.listener);
    if (m->svc.own_socket)
        unlink(m->svc.o->socket_path);
    shared_store(shared_stopping(), 0);
    sigprocmask(SIG_SETMASK, &m->before, NULL);
}

int svc_run(const struct svc_options *o)
{
    char why[256];
    struct master m = {.svc = {.o = o, .master_pid = getpid()}};
    if (!check_options(o, why, sizeof why)) {
        log_line(LOG_ERROR, "svc_options_wrong", "why", why, NULL);
        return 2;
    }
    if (reload_is_preflight())
        return 0;
    reload_remember();
    set_signals(&m);
    shared_name(o->name);
    if (!open_all(&m, why, sizeof why)) {
        log_line(LOG_ERROR, "svc_start_failed", "why", why, NULL);
        return 1;
    }
    m.svc.generation = *shared_generation() + 1;
    shared_store(shared_generation(), m.svc.generation);
    m.two_generations = alive() > 0;
    m.watchdog_us = notify_watchdog_us();
    m.deaths = svc_counter("suda_svc_worker_deaths_total");
    m.kills = svc_counter("suda_svc_worker_kills_total");
    BUG_ON(!m.deaths || !m.kills);
    loop(&m);
    clean_up(&m);
    log_line(LOG_INFO, "svc_stopped", NULL);
    return 0;
}
