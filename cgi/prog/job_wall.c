/*
 * job_wall.c - keeps what supervisors and worklists count: marked demands at once, those that time has changed, and once a
 * night every number from its rows.
 *
 * A job of its own, because a rush of filings marks faster than clocks may wait for. While it lasts every batch is followed by a
 * rest: looking costs the database a fifth of what filing does, and what is filed waits on the wall for some minutes without harm,
 * while who files waits for the machine. Must not know what is counted.
 */
#include "app/wall.h"
#include "base/clock.h"
#include "base/log.h"
#include "prog/job.h"

enum { BATCH = 1000 /* what wall_marked reads at once */, RIPE = 100 };

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

static enum err turn(struct job *j, bool *ret_more)
{
    size_t taken = 0, ripe = 0;
    bool rush = false;
    enum err e = refdata_refresh(j->ref, &j->ctx);
    if (e == ERR_OK)
        e = wall_take(&j->ctx, BATCH, &taken);
    if (e == ERR_OK && taken == BATCH)
        e = wall_rush(&j->ctx, &rush);
    if (e != ERR_OK)
        return e;
    job_next_act(j);
    e = wall_ripen(&j->ctx, RIPE, &ripe);
    *ret_more = (taken == BATCH && !rush) || ripe == RIPE;
    if (e != ERR_OK || *ret_more)
        return e;
    job_next_act(j);
    return recount(j);
}

const struct job_kind job_wall = {.name = "wall", .rest_ms = 2000, .ref_parts = REF_ALL, .turn = turn};
