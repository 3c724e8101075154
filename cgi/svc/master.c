/*
 * master.c - svc_run: starts the workers, watches them, replaces and stops them.
 *
 * All signals are blocked and taken one by one with sigtimedwait, so there is no handler and no race. SIGUSR1 comes from
 * a worker that is about to leave: it only ends the waiting. After a reload two generations live side by side until all
 * workers of the new one are ready; then the old one drains.
 *
 * Must not know FastCGI, nor touch the application: only workers call into it.
 */
#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "svc/internal.h"

enum { DESCRIPTORS = 8192 };

#define TICK_BUSY_US (20 * INT64_C(1000))
#define TICK_IDLE_US (200 * INT64_C(1000))

static bool check_options(const struct svc_options *o, char *why, size_t why_size)
{
    struct {
        const char *what;
        int value, min, max;
    } bounds[] = {
        {"workers", o->workers, 1, SVC_WORKERS_MAX},
        {"kept_connections", o->kept_connections, 0, SVC_KEPT_MAX},
        {"gatherers", o->gatherers, 0, SVC_WORKERS_MAX},
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

static void preflight_done(struct master *m, int status)
{
    m->preflight = 0;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        bool restart = WIFEXITED(status) && WEXITSTATUS(status) == RELOAD_NEEDS_RESTART;
        log_line(LOG_ERROR, "reload_refused", "why",
                 restart ? "this version can only be taken up by a restart"
                         : "the new program or configuration does not start", NULL);
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
                slots_bury(m, i, status);
    }
    if (checked) /* last, as it may not return */
        preflight_done(m, check_status);
}

/* ---- one turn of the loop ------------------------------------------------------------------------------------------ */

static void watch_preflight(struct master *m, int64_t now)
{
    if (m->preflight && now - m->preflight_since_us > SVC_START_US) {
        kill(m->preflight, SIGKILL);
        m->preflight_since_us = now;
    }
}

static void announce(struct master *m)
{
    if (slots_count(m, SLOT_READY, SLOT_READY) < m->svc.o->workers)
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
        slots_drain(m, false);
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
        slots_drain(m, true);
    } else if (signo == SIGHUP) {
        m->reload_wanted = true;
    }
}

static void loop(struct master *m)
{
    while (!m->stop_since_us || slots_alive()) {
        take_signal(m);
        reap(m);
        int64_t now = clock_monotonic_us();
        vault_update(&m->svc);
        vault_settle(&m->svc);
        slots_watch(m, now);
        watch_preflight(m, now);
        if (m->watchdog_us && now - m->fed_us >= m->watchdog_us) {
            m->fed_us = now;
            notify_send("WATCHDOG=1");
        }
        if (m->stop_since_us)
            continue;
        slots_fill(m);
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
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, svc->vault) == 0;
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

static void raise_descriptor_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max < DESCRIPTORS ? limit.rlim_max : DESCRIPTORS;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

static void set_signals(struct master *m)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN}, normal = {.sa_handler = SIG_DFL};
    static const int taken[] = {SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGUSR1};
    sigemptyset(&m->signals);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        sigaddset(&m->signals, taken[i]);
        sigaction(taken[i], &normal, NULL);
    }
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGUSR2, &ignore, NULL);
    BUG_ON(sigprocmask(SIG_SETMASK, &m->signals, &m->before) != 0);
}

static void clean_up(struct master *m)
{
    for (size_t i = 0; i < SVC_SLOTS; i++) {
        close(m->svc.inbox[i][0]);
        close(m->svc.inbox[i][1]);
    }
    vault_update(&m->svc);
    vault_empty();
    close(m->svc.vault[0]);
    close(m->svc.vault[1]);
    close(m->svc.listener);
    if (m->svc.own_socket)
        unlink(m->svc.o->socket_path);
    shared_store(shared_stopping(), 0);
    /* What is still pending, a worker's SIGUSR1 for one, would end the process when it is let through. */
    const struct timespec at_once = {0, 0};
    while (sigtimedwait(&m->signals, NULL, &at_once) > 0)
        ;
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
        return reload_preflight_code();
    reload_remember();
    set_signals(&m);
    raise_descriptor_limit();
    shared_name(o->name);
    if (!open_all(&m, why, sizeof why)) {
        log_line(LOG_ERROR, "svc_start_failed", "why", why, NULL);
        return 1;
    }
    m.svc.generation = *shared_generation() + 1;
    shared_store(shared_generation(), m.svc.generation);
    m.two_generations = slots_alive() > 0;
    m.watchdog_us = notify_watchdog_us();
    m.deaths = svc_counter("suda_svc_worker_deaths_total");
    m.kills = svc_counter("suda_svc_worker_kills_total");
    BUG_ON(!m.deaths || !m.kills);
    loop(&m);
    clean_up(&m);
    log_line(LOG_INFO, "svc_stopped", NULL);
    return 0;
}
