/*
 * job_figures.c - keeps the roll-ups that statistics pages read.
 *
 * Marked days at once, the last days every hour because promises expire by themselves, every day of the year once a night.
 * A day is counted as a whole, so a count takes the longer the more is filed; the job then rests in proportion, and takes a
 * twentieth of a core at most when filing needs the machine. Figures are then up to a minute old, and what is filed in a rush is
 * in them when the wall has looked at it (job_wall.c).
 */
#include "app/rollup.h"
#include "base/clock.h"
#include "base/log.h"
#include "prog/job.h"

enum { REST_SHARE = 19 };
#define REST_MAX_US (60 * US_PER_S)

static enum err check_nightly(struct job *j)
{
    static int32_t day;
    size_t wrong = 0;
    if (!job_nightly(&day))
        return ERR_OK;
    const enum err e = rollup_check(j->ctx.db, &wrong);
    if (e == ERR_OK)
        log_line(wrong ? LOG_WARN : LOG_INFO, "figures_checked", "days_corrected", LOG_NUM(wrong), NULL);
    else
        day = clock_day_add(day, -1);
    return e;
}

/* A day that is counted within a moment costs nothing worth sparing: many days after each other are not delayed. */
static enum err count_marked(struct job *j, bool *ret_more)
{
    static int64_t next_at;
    enum { MOMENT_US = 20000 };
    int32_t day = 0;
    const int64_t began = clock_monotonic_us();
    if (began < next_at)
        return ERR_OK;
    const enum err e = rollup_marked(&j->ctx, &day);
    const int64_t spent = clock_monotonic_us() - began;
    if (spent > MOMENT_US)
        next_at = began + spent + (spent * REST_SHARE < REST_MAX_US ? spent * REST_SHARE : REST_MAX_US);
    *ret_more = e == ERR_OK && day != 0 && spent <= MOMENT_US;
    return e;
}

static enum err turn(struct job *j, bool *ret_more)
{
    static int64_t recent_at;
    enum err e = count_marked(j, ret_more);
    if (e != ERR_OK || *ret_more)
        return e;
    job_next_act(j);
    if (job_due(&recent_at, US_PER_HOUR) && (e = rollup_recent(j->ctx.db)) != ERR_OK) {
        recent_at = 0;
        return e;
    }
    job_next_act(j);
    return check_nightly(j);
}

const struct job_kind job_figures = {.name = "figures", .rest_ms = 1000, .turn = turn};
