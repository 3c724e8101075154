/*
 * ctl_run.c - sudactl verify, outbox, stats: what keeps a running installation honest.
 */
#include "app/checkpoint.h"
#include "app/event.h"
#include "app/outbox.h"
#include "app/rollup.h"
#include "app/whistle.h"
#include "base/clock.h"
#include "prog/ctl.h"

/* ---- verify --------------------------------------------------------------------------------------------------------- */

static void report_bad(void *arg, uint64_t ticket_id, const struct event_verdict *v)
{
    (void)arg;
    printf("ticket %llu: event %u does not fit (%s)\n", (unsigned long long)ticket_id, v->bad_seq, v->why);
}

static enum ctl_exit verify_checkpoints(struct ctl *c, bool chains_good)
{
    struct checkpoint_verdict v;
    ctl_next_act(c);
    enum err e = checkpoint_verify(&c->ctx, &v);
    if (e)
        return ctl_failed(c, e, "reading the checkpoints");
    printf("%llu checkpoints, %llu heads", (unsigned long long)v.n_checkpoints, (unsigned long long)v.n_leaves);
    if (v.n_bad)
        printf(": %llu do not fit (%s), the first is of ticket %llu", (unsigned long long)v.n_bad, v.why ? v.why : "?",
               (unsigned long long)v.first_bad_ticket);
    printf("\n%s\n", chains_good && !v.n_bad ? "all good" : "NOT GOOD");
    return chains_good && !v.n_bad ? CTL_OK : CTL_FAILED;
}

static enum ctl_exit run_verify(struct ctl *c, int argc, char **argv)
{
    static const struct ctl_option none[] = {{0}};
    struct event_verify_sum sum;
    if (!ctl_options(c, none, &argc, argv) || argc != 1)
        return ctl_usage(c, "it takes no argument");
    enum err e = event_verify_all(&c->ctx, report_bad, NULL, &sum);
    if (e)
        return ctl_failed(c, e, "reading the events");
    printf("%llu tickets, %llu events: %llu chains broken, %llu events without a ticket\n", (unsigned long long)sum.n_tickets,
           (unsigned long long)sum.n_events, (unsigned long long)sum.n_bad, (unsigned long long)sum.n_orphans);
    if (sum.n_uncommitted)
        printf("%llu tickets were filed before the chain covered title, text and address: of these it says nothing\n",
               (unsigned long long)sum.n_uncommitted);
    return verify_checkpoints(c, !sum.n_bad && !sum.n_orphans);
}

/* ---- outbox --------------------------------------------------------------------------------------------------------- */

static enum ctl_exit show_outbox(struct ctl *c)
{
    struct outbox_state s;
    enum err e = outbox_state(&c->ctx, &s);
    if (e)
        return ctl_failed(c, e, "reading the outbox");
    printf("%lld waiting, the oldest for %lld s\n%lld dead\n", (long long)s.waiting, (long long)(s.oldest_age_us / US_PER_S),
           (long long)s.dead);
    return CTL_OK;
}

static enum ctl_exit run_outbox(struct ctl *c, int argc, char **argv)
{
    static const struct ctl_option none[] = {{0}};
    if (!ctl_options(c, none, &argc, argv))
        return CTL_USAGE;
    if (argc == 1 || (argc == 2 && strcmp(argv[1], "list") == 0))
        return show_outbox(c);
    if (argc != 2 || strcmp(argv[1], "retry") != 0)
        return ctl_usage(c, "say list or retry");
    size_t n;
    enum err e = outbox_revive(&c->ctx, &n);
    if (e)
        return ctl_failed(c, e, "reviving dead messages");
    printf("%zu dead messages wait again\n", n);
    return CTL_OK;
}

/* ---- stats ---------------------------------------------------------------------------------------------------------- */

static void said_day(void *arg, int32_t day)
{
    size_t *n = arg;
    if (++*n % 30 == 0)
        ctl_say("counted up to %d", day);
}

static enum ctl_exit recount(struct ctl *c, int64_t from, int64_t to)
{
    size_t n = 0;
    enum err e = rollup_range(c->db, (int32_t)from, (int32_t)to, said_day, &n);
    if (!e)
        e = rollup_windows(c->db);
    if (e)
        return ctl_failed(c, e, "counting");
    printf("%zu days counted\n", n);
    return CTL_OK;
}

static enum ctl_exit check_days(struct ctl *c)
{
    size_t n;
    enum err e = rollup_check(c->db, &n);
    if (e)
        return ctl_failed(c, e, "checking");
    printf("%zu days did not agree with their tickets%s\n", n, n ? " and were counted anew" : "");
    return CTL_OK;
}

/* What both sides of whistles did [T 33], a line a unit: CSV for whoever scores. */
static enum ctl_exit show_whistles(struct ctl *c, int64_t from, int64_t to)
{
    const struct whistle_score *s = NULL;
    size_t n = 0;
    enum err e = whistle_scores(&c->ctx, clock_day_start_us((int32_t)from), clock_day_start_us(clock_day_add((int32_t)to, 1)), &s, &n);
    if (e)
        return ctl_failed(c, e, "reading the whistles");
    printf("unit,called_others,was_called,came,came_in_time,delivered,delivered_in_time,minutes_to_come\n");
    for (size_t i = 0; i < n; i++)
        printf(STR_FMT ",%lld,%lld,%lld,%lld,%lld,%lld,%lld\n", STR_ARG(s[i].unit_code), (long long)s[i].called, (long long)s[i].was_called,
               (long long)s[i].came, (long long)s[i].came_in_time, (long long)s[i].delivered, (long long)s[i].delivered_in_time,
               (long long)s[i].report_minutes_sum);
    return CTL_OK;
}

static enum ctl_exit run_stats(struct ctl *c, int argc, char **argv)
{
    int32_t today = clock_local_day(c->ctx.wall_us);
    int64_t from = clock_day_add(today, -366), to = today;
    const struct ctl_option options[] = {{.name = "from", .number = &from, .min = 20000101, .max = 29991231},
                                         {.name = "to", .number = &to, .min = 20000101, .max = 29991231}, {0}};
    if (!ctl_options(c, options, &argc, argv))
        return CTL_USAGE;
    if (argc == 2 && strcmp(argv[1], "check") == 0)
        return check_days(c);
    const bool whistles = argc == 2 && strcmp(argv[1], "whistles") == 0;
    if (argc != 2 || !(whistles || strcmp(argv[1], "recount") == 0) || !clock_day_valid((int32_t)from) || !clock_day_valid((int32_t)to))
        return ctl_usage(c, "say recount, check or whistles, and days that exist");
    return whistles ? show_whistles(c, from, to) : recount(c, from, to);
}

const struct ctl_command ctl_run_commands[] = {
    {"verify", "", "Checks every event chain and every checkpoint",
     "Prints what does not fit; exit code 1 when anything does not.\n", CTL_CONFIG | CTL_DB | CTL_KEYS, run_verify},
    {"outbox", "[list | retry]", "Shows what waits to be sent, or lets dead messages wait again", NULL,
     CTL_CONFIG | CTL_DB | CTL_KEYS, run_outbox},
    {"stats", "recount | whistles [--from DAY] [--to DAY] | check",
     "Counts published figures anew, or those that do not agree; or what both sides of whistles did, as CSV",
     "  --from, --to   YYYYMMDD; default: the last year\n", CTL_CONFIG | CTL_DB, run_stats},
    {0},
};
