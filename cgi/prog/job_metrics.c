/*
 * job_metrics.c - once a minute: how much waits, how long, what is dead; as a line of the log and as metrics/worker.prom
 * below paths.var, in the text form that a node's collector picks up.
 *
 * Must not know how the queues are worked off.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/attachment.h"
#include "app/outbox.h"
#include "app/visit.h"
#include "app/wall.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "prog/job.h"

enum { TEXT_BYTES = 4096 };
#define EVERY_US (60 * US_PER_S)

static void gauge(struct buf *b, const char *name, const char *help, int64_t value)
{
    buf_printf(b, "# HELP %s %s\n# TYPE %s gauge\n%s %lld\n", name, help, name, name, (long long)value);
}

/* Whoever collects figures may read them, whatever the umask of the service. */
static bool write_aside(const char *aside, struct str text)
{
    const int fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0)
        return false;
    const bool good = fchmod(fd, 0644) == 0 && write(fd, text.p, text.n) == (ssize_t)text.n;
    return close(fd) == 0 && good;
}

static enum err write_file(struct job *j, struct str text)
{
    const char *path = arena_printf(j->ctx.a, "%s/metrics/worker.prom", j->conf->var_dir).p;
    const char *aside = arena_printf(j->ctx.a, "%s.%d", path, (int)getpid()).p;
    if (write_aside(aside, text) && rename(aside, path) == 0)
        return ERR_OK;
    const int why = errno;
    unlink(aside);
    return fault_set(&j->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "metrics file: %s", strerror(why));
}

static enum err turn(struct job *j, bool *ret_more)
{
    static int64_t at;
    struct outbox_state o;
    struct attachment_backlog u;
    struct visit_counts v;
    struct wall_behind w;
    struct buf b;
    *ret_more = false;
    if (!job_due(&at, EVERY_US))
        return ERR_OK;
    enum err e = outbox_state(&j->ctx, &o);
    if (e == ERR_OK)
        e = attachment_backlog(&j->ctx, &u);
    if (e == ERR_OK)
        e = visit_counts(&j->ctx, &v);
    if (e == ERR_OK)
        e = wall_behind(&j->ctx, &w);
    if (e == ERR_OK)
        e = refdata_refresh(j->ref, &j->ctx);
    if (e != ERR_OK) {
        at = 0;
        return e;
    }
    log_line(LOG_INFO, "worker_metrics", "outbox_waiting", LOG_NUM(o.waiting), "outbox_oldest_s",
             LOG_NUM(o.oldest_age_us / US_PER_S), "outbox_dead", LOG_NUM(o.dead), "files_waiting", LOG_NUM(u.waiting),
             "files_oldest_s", LOG_NUM(u.oldest_age_us / US_PER_S), NULL);
    buf_init(&b, j->ctx.a, TEXT_BYTES);
    gauge(&b, "suda_outbox_waiting", "Messages not delivered yet.", o.waiting);
    gauge(&b, "suda_outbox_oldest_seconds", "Age of the oldest of them.", o.oldest_age_us / US_PER_S);
    gauge(&b, "suda_outbox_dead", "Messages given up; sudactl outbox shows them.", o.dead);
    gauge(&b, "suda_files_waiting", "Photos, videos and voice notes not cleaned yet.", u.waiting);
    gauge(&b, "suda_files_oldest_seconds", "Age of the oldest of them.", u.oldest_age_us / US_PER_S);
    const int year = clock_civil(clock_now_us()).year;
    const bool good = calendar_judge(refdata_calendar(j->ctx.ref), year) == CALENDAR_GOOD;
    if (!good)
        log_line(LOG_ERROR, "calendar_not_good", "year", LOG_NUM(year), NULL);
    gauge(&b, "suda_calendar_good", "0: no trustworthy schedule of this year, working days are computed from weekends.", good);
    gauge(&b, "suda_visits_listed", "Citizens to be called back.", v.listed);
    gauge(&b, "suda_visits_oldest_seconds", "For how long the first of them waits.",
          v.oldest_call_at ? (clock_now_us() - v.oldest_call_at) / US_PER_S : 0);
    gauge(&b, "suda_wall_waiting", "Demands that moved and that wall and figures do not show so yet; 1000 = so many or more.", w.waiting);
    gauge(&b, "suda_worker_metrics_timestamp_seconds", "When these were taken.", clock_now_us() / US_PER_S);
    BUG_ON(b.full);
    return write_file(j, buf_str(&b));
}

const struct job_kind job_metrics = {.name = "metrics", .rest_ms = 1000, .ref_parts = REF_DISPATCH, .turn = turn};
