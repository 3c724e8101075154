/*
 * job_frame.c - the life of one job's process: connection, turns, rests, faults, the end.
 *
 * Contract: job.h. Signals stay blocked as the master left them; SIGTERM is taken between the pieces of a batch, so what
 * is under way is finished. Must not know any job.
 */
#include "prog/job.h"

#include <signal.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"

enum { ARENA_BYTES = MIB(64), WAIT_FIRST_MS = 500, WAIT_MAX_MS = 10000, MS_PER_S = 1000, NS_PER_MS = 1000000 };

/* Waits for SIGTERM, at most so long. */
static void rest(struct job *j, int ms)
{
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    const struct timespec t = {ms / MS_PER_S, (long)(ms % MS_PER_S) * NS_PER_MS};
    if (sigtimedwait(&term, NULL, &t) == SIGTERM)
        j->stop = true;
}

bool job_stopping(struct job *j)
{
    if (!j->stop)
        rest(j, 0);
    return j->stop;
}

void job_next_act(struct job *j)
{
    db_end_request(j->ctx.db);
    arena_clear(j->ctx.a);
    fault_clear(&j->fault);
    db_begin_request(j->ctx.db, j->ctx.a, &j->fault, 0);
    j->ctx.wall_us = clock_now_us();
}

bool job_due(int64_t *at, int64_t every_us)
{
    const int64_t now = clock_monotonic_us();
    if (*at > now)
        return false;
    *at = now + every_us;
    return true;
}

bool job_nightly(int32_t *day)
{
    enum { NIGHT_HOUR = 3 };
    const int64_t now = clock_now_us();
    const int32_t today = clock_local_day(now);
    const bool night = clock_civil(now).hour >= NIGHT_HOUR;
    if (*day == 0)
        *day = night ? today : clock_day_add(today, -1);
    if (*day == today || !night)
        return false;
    *day = today;
    return true;
}

void job_failpoint(const char *name)
{
    const char *wanted = getenv("SUDA_FAILPOINT");
    if (wanted == NULL || strcmp(wanted, name) != 0)
        return;
    log_line(LOG_WARN, "failpoint", "name", name, NULL);
    kill(getpid(), SIGKILL);
}

static bool open_job(struct job *j)
{
    struct arena *a = arena_new(ARENA_BYTES);
    struct db *db = db_new(&j->conf->db, &sql_catalogue_worker);
    if (a == NULL || db == NULL)
        return false;
    j->ctx = (struct ctx){.a = a, .db = db, .fault = &j->fault, .set = &j->conf->set, .keys = j->conf->keys};
    if (j->kind->ref_parts != 0 && (j->ref = refdata_new(j->kind->ref_parts)) == NULL)
        return false;
    db_begin_request(db, a, &j->fault, 0);
    return j->kind->open == NULL || j->kind->open(j);
}

static void close_job(struct job *j)
{
    db_end_request(j->ctx.db);
    db_free(j->ctx.db);
    refdata_free(j->ref);
    arena_free(j->ctx.a);
}

static enum err turn(struct job *j, bool *ret_more)
{
    enum err e = j->ref != NULL ? refdata_refresh(j->ref, &j->ctx) : ERR_OK;
    *ret_more = false;
    return e == ERR_OK ? j->kind->turn(j, ret_more) : e;
}

/* The first of a row of failures is told, and the end of the row; in between the same would be said every few seconds. */
static void tell(const struct job *j, enum err e, int failures)
{
    const char *what = j->fault.detail[0] ? j->fault.detail : j->fault.reason;
    if (e != ERR_OK && failures == 1)
        log_line(e == ERR_UNAVAILABLE ? LOG_WARN : LOG_ERROR, "job_waits", "job", j->kind->name, "why", what ? what : "", NULL);
    else if (e == ERR_OK && failures > 0)
        log_line(LOG_INFO, "job_resumes", "job", j->kind->name, "failures", LOG_NUM(failures), NULL);
}

int job_run(const struct worker_conf *conf, const struct job_kind *kind)
{
    struct job j = {.conf = conf, .kind = kind};
    int failures = 0, wait_ms = WAIT_FIRST_MS;
    if (!open_job(&j)) {
        log_line(LOG_ERROR, "job_does_not_start", "job", kind->name, NULL);
        return EXIT_FAILURE;
    }
    while (!job_stopping(&j)) {
        bool more = false;
        job_next_act(&j);
        enum err e = turn(&j, &more);
        if (e == ERR_OK) {
            tell(&j, e, failures);
            failures = 0;
            wait_ms = WAIT_FIRST_MS;
            if (!more)
                rest(&j, kind->rest_ms);
            continue;
        }
        tell(&j, e, ++failures);
        rest(&j, wait_ms);
        wait_ms = wait_ms * 2 < WAIT_MAX_MS ? wait_ms * 2 : WAIT_MAX_MS;
    }
    close_job(&j);
    return EXIT_SUCCESS;
}
