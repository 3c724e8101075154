/*
 * job_clocks.c - what time does: warnings, overdue, call-backs, closing; and rows whose time is over.
 *
 * The rules stand in app/clocks.c; here is only how often. Must not know states.
 */
#include "app/clocks.h"
#include "app/officer_view.h"
#include "app/supervise.h"
#include "app/urgent.h"
#include "app/visit.h"
#include "app/whistle.h"
#include "base/clock.h"
#include "base/log.h"
#include "prog/job.h"

enum { BATCH = 50 };
#define EXPIRE_EVERY_US (20 * US_PER_S)
#define UNITS_EVERY_US (60 * US_PER_S)

static enum err expire(struct job *j)
{
    static const char *const names[EXPIRE_KINDS] = {"session", "session_ticket", "draft",       "sms_code",
                                                    "refresh", "link",           "idempotency", "outbox",
                                                    "kb_miss"};
    for (int what = 0; what < EXPIRE_KINDS && !job_stopping(j); what++) {
        size_t n = 0;
        const enum err e = clocks_expire(&j->ctx, (enum expiring)what, &n);
        if (e != ERR_OK)
            return e;
        if (n > 0)
            log_line(LOG_INFO, "expired", "what", names[what], "rows", LOG_NUM(n), NULL);
        job_next_act(j);
    }
    return ERR_OK;
}

/* The things that wait for a moment of their own. */
static enum err others(struct job *j, bool *ret_more)
{
    static const struct {
        const char *name;
        enum err (*run)(struct ctx *c, size_t batch, size_t *ret_n);
    } all[] = {{"visits", visit_list_due}, {"supervisions", supervise_overdue}, {"raised", urgent_raise_due}, {"whistles", whistle_overdue}, {"unit_loads", officer_count_job}};
    for (size_t i = 0; i < sizeof all / sizeof *all && !job_stopping(j); i++) {
        size_t n = 0;
        enum err e = refdata_refresh(j->ref, &j->ctx);
        if (e == ERR_OK)
            e = all[i].run(&j->ctx, BATCH, &n);
        if (e != ERR_OK)
            return e;
        if (n > 0)
            log_line(LOG_INFO, "clocks", "what", all[i].name, "rows", LOG_NUM(n), NULL);
        *ret_more |= n == BATCH;
        job_next_act(j);
    }
    return ERR_OK;
}

static enum err turn(struct job *j, bool *ret_more)
{
    static int64_t expire_at, units_at;
    size_t looked_at = 0, closed = 0;
    enum err e = clocks_assignments(&j->ctx, BATCH, &looked_at);
    if (e != ERR_OK)
        return e;
    job_next_act(j);
    e = refdata_refresh(j->ref, &j->ctx);
    if (e == ERR_OK)
        e = clocks_close_unrated(&j->ctx, BATCH, &closed);
    if (e != ERR_OK)
        return e;
    if (looked_at + closed > 0)
        log_line(LOG_INFO, "clocks", "assignments", LOG_NUM(looked_at), "unrated", LOG_NUM(closed), NULL);
    *ret_more = looked_at == BATCH || closed == BATCH;
    job_next_act(j);
    if ((e = others(j, ret_more)) != ERR_OK)
        return e;
    if (job_due(&units_at, UNITS_EVERY_US) && (e = officer_count_units(&j->ctx)) != ERR_OK)
        return e;
    return job_due(&expire_at, EXPIRE_EVERY_US) ? expire(j) : ERR_OK;
}

const struct job_kind job_clocks = {.name = "clocks", .rest_ms = 2000, .ref_parts = REF_ALL, .turn = turn};
