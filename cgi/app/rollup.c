/*
 * rollup.c - counts days and windows.
 *
 * Contract: rollup.h. What is counted how stands in sql/query/stat.sql. A day is small enough for one transaction; the
 * figures of a dimension are replaced as a whole, so that a reader sees the old ones or the new ones.
 */
#include "app/rollup.h"

#include "app/statistics.h"
#include "base/clock.h"
#include "gen/sql.h"

enum { CHECK_DAYS = 366, MARKS_AT_ONCE = 500 /* LIMIT of stat_mark_list */, MARK_ROUNDS = 20 };
static const int windows[] = {7, 30, 90};

static enum err count_day(struct db *db, int32_t day)
{
    int64_t now;
    size_t n;
    enum err e = db_now(db, &now);
    for (int32_t dim = STAT_ALL; dim <= STAT_LEVEL && !e; dim++) {
        e = q_stat_day_clear(db, &(struct q_stat_day_clear_in){.dim = dim, .day = day}, &n);
        if (!e)
            e = q_stat_day_count(db, &(struct q_stat_day_count_in){.dim = dim, .day = day, .now = now}, &n);
    }
    return e;
}

static enum err day_tx(struct db *db, void *arg)
{
    return count_day(db, *(const int32_t *)arg);
}

enum err rollup_day(struct db *db, int32_t day)
{
    return tx_run(db, day_tx, &day);
}

/* Marks go before the count: what commits after they were read leaves its mark for the next round. On a day of many
 * demands all that wait are taken, because the count costs as much for one as for thousands. */
static enum err marked_tx(struct db *db, void *arg)
{
    const int32_t *day = arg;
    const struct q_stat_mark_list_row *marks;
    size_t n = MARKS_AT_ONCE, taken = 0;
    enum err e = ERR_OK;
    for (int i = 0; i < MARK_ROUNDS && n == MARKS_AT_ONCE && !e; i++) {
        e = q_stat_mark_list(db, &(struct q_stat_mark_list_in){.day = *day}, &marks, &n);
        for (size_t k = 0; k < n && !e; k++)
            e = q_stat_mark_take(db, &(struct q_stat_mark_take_in){.ticket_id = marks[k].ticket_id, .seq = marks[k].seq});
        taken += e ? 0 : n;
    }
    return e || !taken ? e : count_day(db, *day);
}

enum err rollup_marked(struct db *db, int32_t *ret_day)
{
    const struct q_stat_mark_day_row *row;
    enum err e = q_stat_mark_day(db, &row);
    *ret_day = 0;
    if (e)
        return e == ERR_NOT_FOUND ? ERR_OK : e;
    int32_t day = row->local_day;
    e = tx_run(db, marked_tx, &day);
    if (!e)
        *ret_day = day;
    return e;
}

struct window {
    int days;
    struct stat_range range;
    int64_t now;
};

static enum err window_tx(struct db *db, void *arg)
{
    const struct window *w = arg;
    size_t n;
    enum err e = ERR_OK;
    for (int32_t dim = STAT_ALL; dim <= STAT_LEVEL && !e; dim++) {
        if (dim == STAT_HOUR)
            continue;
        e = q_stat_window_clear(db, &(struct q_stat_window_clear_in){.days = w->days, .dim = dim}, &n);
        if (!e)
            e = q_stat_window_count(db, &(struct q_stat_window_count_in){.days = w->days, .dim = dim,
                .from = w->range.from, .to = w->range.to, .now = w->now}, &n);
    }
    return e;
}

enum err rollup_windows(struct db *db)
{
    int64_t now;
    enum err e = db_now(db, &now);
    for (size_t i = 0; i < sizeof windows / sizeof *windows && !e; i++) {
        struct window w = {windows[i], statistics_last_days(now, windows[i]), now};
        e = tx_run(db, window_tx, &w);
    }
    return e;
}

enum err rollup_range(struct db *db, int32_t from, int32_t to, void (*said)(void *arg, int32_t day), void *arg)
{
    const struct q_stat_days_between_row *rows;
    size_t n;
    enum err e = q_stat_days_between(db, &(struct q_stat_days_between_in){.from = from, .to = to}, &rows, &n);
    for (size_t i = 0; i < n && !e; i++) {
        e = rollup_day(db, rows[i].day);
        if (!e && said)
            said(arg, rows[i].day);
    }
    return e;
}

enum err rollup_recent(struct db *db)
{
    int64_t now;
    enum err e = db_now(db, &now);
    if (e)
        return e;
    int32_t today = clock_local_day(now);
    e = rollup_range(db, clock_day_add(today, -ROLLUP_RECENT_DAYS), today, NULL, NULL);
    return e ? e : rollup_windows(db);
}

enum err rollup_check(struct db *db, size_t *ret_wrong)
{
    const struct q_stat_days_wrong_row *rows;
    int64_t now;
    size_t n = 0;
    enum err e = db_now(db, &now);
    if (e)
        return e;
    int32_t today = clock_local_day(now);
    struct q_stat_days_wrong_in in = {.from = clock_day_add(today, -CHECK_DAYS), .to = clock_day_add(today, -1)};
    e = q_stat_days_wrong(db, &in, &rows, &n);
    for (size_t i = 0; i < n && !e; i++)
        e = rollup_day(db, rows[i].day);
    *ret_wrong = e ? 0 : n;
    return e;
}
