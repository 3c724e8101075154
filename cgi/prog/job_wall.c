/*
 * job_wall.c - keeps what supervisors and worklists count: marked demands at once, those that time has changed, and once a
 * night every number from its rows.
 *
 * A job of its own, because a rush of filings marks faster than clocks may wait for. Looking costs the database a fifth of what
 * filing does: while a rush lasts (wall_rush), each full batch is followed by a rest, for some minutes at most; who files goes
 * before who watches. Until then the wall, the figures of these days and the preview of an urgent mode are behind, and
 * wall_behind() says so. Must not know what is counted.
 */
#include "app/wall.h"
#include "base/clock.h"
#include "base/log.h"
#include "prog/job.h"

enum { BATCH = 1000 /* what wall_marked reads at once */, RIPE = 100 };
#define REST_US (2 * US_PER_S)
#define RESTS_US (180 * US_PER_S) /* a rush that lasts longer is looked at without rests */

static enum err recount(struct job *j)
{
    static int32_t day;
    size_t wrong = 0;
    if (!job_nightly(&day))
        return ERR_OK;
    const enum err e = wall_recount(&j->ctx, &wrong);
    if (e == ERR_OK)
        log_line(wrong ? LOG_WARN : LOG_INFO, "wall_recounted", "corrected", LOG_NUM(wrong), NULL);
    else
        day = clock_day_add(day, -1);
    return e;
}

/* *ret_more: there are marked demands left, and no rest is due before them. */
static enum err take(struct job *j, bool *ret_more)
{
    static int64_t next_at, rush_since; /* monotonic; 0 = no rush */
    const int64_t now = clock_monotonic_us();
    size_t taken = 0;
    bool rush = false;
    if (now < next_at)
        return ERR_OK;
    enum err e = wall_take(&j->ctx, BATCH, &taken);
    if (e == ERR_OK && taken == BATCH)
        e = wall_rush(&j->ctx, &rush);
    if (!rush)
        rush_since = 0;
    else if (rush_since == 0)
        rush_since = now;
    const bool rests = rush && now - rush_since < RESTS_US;
    next_at = rests ? clock_monotonic_us() + REST_US : 0;
    *ret_more = taken == BATCH && !rests;
    return e;
}

static enum err turn(struct job *j, bool *ret_more)
{
    size_t ripe = 0;
    enum err e = refdata_refresh(j->ref, &j->ctx);
    if (e == ERR_OK)
        e = take(j, ret_more);
    if (e != ERR_OK)
        return e;
    job_next_act(j);
    e = wall_ripen(&j->ctx, RIPE, &ripe);
    *ret_more = *ret_more || ripe == RIPE;
    if (e != ERR_OK || *ret_more)
        return e;
    job_next_act(j);
    return recount(j);
}

const struct job_kind job_wall = {.name = "wall", .rest_ms = 2000, .ref_parts = REF_ALL, .turn = turn};
