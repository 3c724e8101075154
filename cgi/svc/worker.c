/*
 * worker.c - one worker process: wait, accept, serve, and know when to go.
 *
 * One thread, one request at a time. SIGTERM and SIGUSR2 are blocked except while waiting and while the application
 * works (request.c blocks them again around what the library writes). SIGTERM = finish and leave; SIGUSR2 = the
 * master has seen that this request takes long: pass the waiting connections to workers that are free.
 *
 * A worker leaves after requests_per_worker requests (give or take an eighth, so that they do not all leave at once),
 * when it has grown by SVC_GROWTH_BYTES, when told to, and when its master is gone.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "base/random.h"
#include "svc/internal.h"

enum { EVENTS = 16, HOUSEKEEPING_MS = 500, PASS_ON_MS = 10, GROWTH_EVERY = 256 };

/* AddressSanitizer keeps freed memory back, so that growth means nothing there. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#define SANITIZED __has_feature(address_sanitizer)
#else
#define SANITIZED 0
#endif

struct worker {
    struct svc *svc;
    struct slot *slot;
    struct svc_request *rq;
    void *state;
    int64_t served, most, measure_at, baseline_bytes;
    bool at_once; /* the request at hand was there while another was served */
    bool leave;
    struct conns conns;
};

/* One worker a process; the signal handlers need to find it. */
static struct worker self;
static volatile sig_atomic_t told_to_stop, in_handler;
static volatile unsigned drain_alarm_s;

static void on_term(int signo)
{
    (void)signo;
    told_to_stop = 1;
    /* Without a master nobody would end a handler that hangs: SIGALRM keeps its deadly default. */
    alarm(drain_alarm_s);
}

static void on_rescue(int signo)
{
    int saved = errno;
    (void)signo;
    if (in_handler)
        conns_hand_over(&self.conns, true);
    errno = saved;
}

static void set_signals(void)
{
    static const int ignored[] = {SIGPIPE, SIGHUP, SIGINT, SIGUSR1};
    struct sigaction ignore = {.sa_handler = SIG_IGN}, normal = {.sa_handler = SIG_DFL};
    struct sigaction term = {.sa_handler = on_term, .sa_flags = SA_RESTART};
    struct sigaction rescue = {.sa_handler = on_rescue, .sa_flags = SA_RESTART};
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGUSR2);
    sigaddset(&term.sa_mask, SIGUSR2);
    sigaddset(&rescue.sa_mask, SIGTERM);
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        sigaction(ignored[i], &ignore, NULL);
    sigaction(SIGCHLD, &normal, NULL);
    sigaction(SIGALRM, &normal, NULL);
    sigaction(SIGTERM, &term, NULL);
    sigaction(SIGUSR2, &rescue, NULL);
    BUG_ON(sigprocmask(SIG_SETMASK, &held, NULL) != 0);
}

static int64_t resident_bytes(void)
{
    char text[128];
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    struct str size, resident, rest;
    uint64_t pages;
    if (n <= 0)
        return 0;
    str_cut((struct str){text, (size_t)n}, ' ', &size, &rest);
    str_cut(rest, ' ', &resident, &rest);
    return parse_u64(resident, 0, INT32_MAX, &pages) ? (int64_t)pages * sysconf(_SC_PAGESIZE) : 0;
}

static bool master_gone(void)
{
    return getppid() != self.svc->master_pid;
}

static void set_title(const char *name, int slot)
{
    char title[16];
    snprintf(title, sizeof title, "%.10s:%d", name, slot);
    prctl(PR_SET_NAME, title);
}

static void start(struct svc *svc, int slot)
{
    const struct svc_options *o = svc->o;
    self = (struct worker){.svc = svc, .slot = &shared_slots()[slot]};
    vault_after_fork();
    drain_alarm_s = (unsigned)(o->drain_ms / 1000 + 2);
    set_signals();
    /* The death of the master counts as SIGTERM; it may have died before the prctl. */
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (master_gone())
        exit(0);
    set_title(o->name, slot);
    self.most = o->requests_per_worker;
    if (self.most > 8)
        self.most += (int64_t)random_below((uint64_t)self.most / 4) - self.most / 8;
    self.rq = request_new();
    if (!self.rq || !conns_init(&self.conns, svc, slot)) {
        log_line(LOG_ERROR, "worker_start_failed", "why", strerror(errno), NULL);
        exit(1);
    }
    self.state = o->worker_init ? o->worker_init(o->arg) : o->arg;
    if (o->worker_init && !self.state) {
        log_line(LOG_ERROR, "worker_init_failed", NULL);
        exit(1);
    }
    self.baseline_bytes = resident_bytes();
    conns_listen(&self.conns, true);
    shared_store(&self.slot->state, SLOT_READY);
}

/* A request has so long from now; the master has half as much again. */
static int64_t allow_time(int64_t now)
{
    const int64_t all = self.svc->o->request_deadline_ms * INT64_C(1000);
    shared_store(&self.slot->kill_at_us, now + all + all / 2);
    return now + all;
}

int64_t svc_prolong(struct svc_request *rq)
{
    const int64_t deadline = allow_time(clock_monotonic_us());
    request_prolong(rq, deadline);
    return deadline;
}

static void serve(int place)
{
    struct conn *k = &self.conns.at[place];
    const struct svc_options *o = self.svc->o;
    const int64_t now = clock_monotonic_us(), deadline = allow_time(now);
    enum request_left left = REQUEST_GONE;
    bool posts = false;
    k->active = true;
    k->waited = self.at_once;
    shared_store(&self.slot->active, k->serial);
    shared_store(&self.slot->busy_since_us, now);
    if (request_begin(self.rq, k->fd, deadline)) {
        in_handler = 1;
        o->handle(self.state, self.rq);
        in_handler = 0;
        posts = request_is_post(self.rq);
        left = request_end(self.rq);
        self.served++;
        shared_store(&self.slot->requests, self.served);
    }
    shared_store(&self.slot->active, 0);
    shared_store(&self.slot->busy_since_us, 0);
    shared_store(&self.slot->kill_at_us, 0);
    if (self.served >= self.most)
        self.leave = true;
    if (left == REQUEST_KEEP && o->kept_connections > 0 && !shared_load(shared_stopping())) {
        conns_keep(&self.conns, place, posts);
        return;
    }
    /* What the library has closed, the kernel has dropped from the epoll set. */
    k->watched = k->watched && left != REQUEST_GONE;
    conns_forget(&self.conns, place, left != REQUEST_GONE);
}

static void on_ready(struct epoll_event *e)
{
    int place = (int)(e->data.u64 & UINT32_MAX);
    struct conn *k = &self.conns.at[place];
    if (k->fd < 0 || k->serial != (uint32_t)(e->data.u64 >> 32))
        return; /* gone since the event was collected */
    if (e->events & (EPOLLHUP | EPOLLERR))
        conns_forget(&self.conns, place, true); /* nobody would read the answer */
    else
        serve(place);
}

static void accept_one(void)
{
    int place = conns_accept(&self.conns);
    if (place < 0)
        return;
    if (conns_has_data(&self.conns, place))
        serve(place);
    else
        conns_watch(&self.conns, place);
}

static void wait_and_serve(int timeout_ms, const sigset_t *open)
{
    struct epoll_event events[EVENTS];
    const int64_t began = clock_monotonic_us();
    int n = epoll_pwait(self.conns.epoll, events, EVENTS, timeout_ms, open);
    self.at_once = clock_monotonic_us() - began < SVC_WAITED_US;
    for (int i = 0; i < n && !self.leave; i++) {
        if (events[i].data.u64 == CONNS_LISTENER)
            accept_one();
        else if (events[i].data.u64 == CONNS_INBOX)
            conns_adopt(&self.conns);
        else
            on_ready(&events[i]);
        self.at_once = true; /* whatever comes after it has been there before */
    }
}

static void housekeeping(int64_t *last_us)
{
    int64_t now = clock_monotonic_us();
    if (self.served >= self.measure_at) {
        int64_t grown = resident_bytes() - self.baseline_bytes;
        self.measure_at = self.served + GROWTH_EVERY;
        if (grown > SVC_GROWTH_BYTES && !SANITIZED) {
            log_line(LOG_WARN, "worker_grown", "bytes", LOG_NUM(grown), NULL);
            self.leave = true;
        }
    }
    if (now - *last_us < HOUSEKEEPING_MS * INT64_C(1000))
        return;
    *last_us = now;
    conns_expire(&self.conns, now);
    if (self.conns.n_held < SVC_PLACES)
        conns_listen(&self.conns, true);
    if (master_gone())
        self.leave = true;
}

/*
 * Connections go to other workers; when there is none yet, the master is woken to start one, and what comes meanwhile is
 * answered here.
 */
static void pass_on(const sigset_t *open, int64_t until)
{
    if (self.svc->master_pid == getppid())
        kill(self.svc->master_pid, SIGUSR1);
    while (self.conns.n_held > 0 && !shared_load(shared_stopping()) && !master_gone() && clock_monotonic_us() < until) {
        conns_hand_over(&self.conns, false);
        self.leave = false;
        if (self.conns.n_held > 0)
            wait_and_serve(PASS_ON_MS, open);
    }
}

/* What was sent before is still answered. */
static void end_with_service(const sigset_t *open, int64_t until)
{
    for (int64_t before = -1; before != self.served && clock_monotonic_us() < until;) {
        before = self.served;
        self.leave = false;
        wait_and_serve(0, open);
    }
    conns_close_all(&self.conns);
}

static void finish(const sigset_t *open)
{
    int64_t until = clock_monotonic_us() + self.svc->o->drain_ms * INT64_C(1000) / 2;
    shared_store(&self.slot->state, SLOT_DRAINING);
    conns_listen(&self.conns, false);
    conns_adopt(&self.conns);
    pass_on(open, until);
    if (shared_load(shared_stopping()) || master_gone())
        end_with_service(open, until);
    /* Else nothing is closed here: what found no taker the master gives to another, and what was sent to the inbox since (its
     * sender took this worker for a ready one) it finds there. To adopt that now would be to close it. */
    if (self.svc->o->worker_exit)
        self.svc->o->worker_exit(self.state);
    request_free(self.rq);
}

void worker_run(struct svc *svc, int slot)
{
    sigset_t open;
    int64_t last_us = 0;
    sigemptyset(&open);
    start(svc, slot);
    while (!self.leave && !told_to_stop) {
        wait_and_serve(HOUSEKEEPING_MS, &open);
        housekeeping(&last_us);
    }
    finish(&open);
    exit(0);
}
