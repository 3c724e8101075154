/*
 * slots.c - the workers as the master sees them: starting, watching and burying them.
 *
 * Every few milliseconds the master looks at the slots in shared memory: a request past its deadline and half of it
 * again has its worker killed; a worker that is busy for long is told to pass its waiting connections on (worker.c). A
 * worker that dies is replaced at once, unless it never became ready: then the waits grow.
 */
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "svc/internal.h"

#define DIED_YOUNG_US US_PER_S
#define YOUNG_DELAY_US (100 * INT64_C(1000))
#define BACKOFF_MAX_US (10 * US_PER_S)

int slots_count(const struct master *m, int state_a, int state_b)
{
    int n = 0;
    for (int i = 0; i < SVC_SLOTS; i++) {
        struct slot *s = &shared_slots()[i];
        int state = shared_load(&s->state);
        n += s->pid && s->generation == m->svc.generation && (state == state_a || state == state_b);
    }
    return n;
}

int slots_alive(void)
{
    int n = 0;
    for (int i = 0; i < SVC_SLOTS; i++)
        n += shared_slots()[i].pid != 0;
    return n;
}

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
    vault_before_fork();
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

void slots_fill(struct master *m)
{
    if (clock_monotonic_us() < m->spawn_not_before_us)
        return;
    while (slots_count(m, SLOT_STARTING, SLOT_READY) < m->svc.o->workers && spawn(m))
        ;
}

void slots_bury(struct master *m, int slot, int status)
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
    uint32_t active = shared_load(&s->active);
    vault_update(&m->svc);
    shared_slot_retire(s);
    vault_bereave(slot, active);
    vault_sweep(&m->svc, slot);
}

static void watch_slot(struct master *m, struct slot *s, int64_t now, bool others_idle)
{
    int64_t kill_at = shared_load(&s->kill_at_us), busy = shared_load(&s->busy_since_us);
    bool hangs = kill_at && now > kill_at;
    bool never_ready = shared_load(&s->state) == SLOT_STARTING && now - s->started_us > SVC_START_US;
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

void slots_watch(struct master *m, int64_t now)
{
    int idle = 0;
    for (int i = 0; i < SVC_SLOTS; i++) {
        struct slot *s = &shared_slots()[i];
        idle += shared_load(&s->state) == SLOT_READY && !shared_load(&s->busy_since_us);
    }
    for (int i = 0; i < SVC_SLOTS; i++)
        if (shared_slots()[i].pid)
            watch_slot(m, &shared_slots()[i], now, idle > 0);
    if (now - m->swept_us > US_PER_S) {
        m->swept_us = now;
        for (int i = 0; i < SVC_SLOTS; i++)
            if (!shared_slots()[i].pid)
                vault_sweep(&m->svc, i);
    }
}

/* SIGTERM to every worker, or to those of older generations; each once. */
void slots_drain(struct master *m, bool all)
{
    for (int i = 0; i < SVC_SLOTS; i++) {
        struct slot *s = &shared_slots()[i];
        if (!s->pid || s->drain_since_us || (!all && s->generation == m->svc.generation))
            continue;
        s->drain_since_us = clock_monotonic_us();
        kill(s->pid, SIGTERM);
    }
}
