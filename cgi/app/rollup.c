/*
 * rollup.c - counts days and windows.
 *
 * Contract: rollup.h. What is counted how stands in sql/query/stat.sql. A day is small enough for one transaction; the
 * figures of a dimension are replaced as a whole, so that a reader sees the old ones or the new ones.
 */
#include "app/rollup.h"

#include "app/ids.h"
#include "app/statistics.h"
#include "base/buf.h"
#include "base/clock.h"
#include "gen/sql.h"

enum { CHECK_DAYS = 366, MARKS_AT_ONCE = 500 /* LIMIT of day_mark_list */, MARK_ROUNDS = 20, MARK_ROW_BYTES = 40 };
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

/* ---- marks ------------------------------------------------------------------------------------------------------------ */

static int by_day(const void *x, const void *y)
{
    const int32_t a = *(const int32_t *)x, b = *(const int32_t *)y;
    return (a > b) - (a < b);
}

enum err rollup_mark(struct ctx *c, int32_t *days, size_t n)
{
    struct buf b;
    int64_t now = 0;
    enum err e = n ? db_now(c->db, &now) : ERR_OK;
    if (e || !n)
        return e;
    qsort(days, n, sizeof *days, by_day);
    buf_init(&b, c->a, 2 + n * MARK_ROW_BYTES);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || days[i] != days[i - 1])
            buf_printf(&b, "%c[%llu,%d]", i ? ',' : '[', (unsigned long long)id_new(now), days[i]);
    buf_putc(&b, ']');
    BUG_ON(b.full);
    return q_day_mark_put(c->db, &(struct q_day_mark_put_in){.rows = buf_str(&b)});
}

struct marked {
    struct ctx *c;
    int32_t day;
};

static enum err take_marks(const struct marked *m, const struct q_day_mark_list_row *marks, size_t n)
{
    uint64_t ids[MARKS_AT_ONCE];
    for (size_t i = 0; i < n; i++)
        ids[i] = marks[i].id;
    return n ? q_day_mark_take(m->c->db, &(struct q_day_mark_take_in){.ids = id_list(m->c->a, ids, n)}) : ERR_OK;
}

/* Marks go before the count: what commits after they were read leaves its mark for the next round. On a day of many
 * demands all that wait are taken, because the count costs as much for one as for thousands. */
static enum err marked_tx(struct db *db, void *arg)
{
    const struct marked *m = arg;
    const struct q_day_mark_list_row *marks;
    size_t n = MARKS_AT_ONCE, taken = 0;
    enum err e = ERR_OK;
    for (int i = 0; i < MARK_ROUNDS && n == MARKS_AT_ONCE && !e; i++) {
        e = q_day_mark_list(db, &(struct q_day_mark_list_in){.day = m->day}, &marks, &n);
        if (!e)
            e = take_marks(m, marks, n);
        taken += e ? 0 : n;
    }
    return e || !taken ? e : count_day(db, m->day);
}

enum err rollup_marked(struct ctx *c, int32_t *ret_day)
{
    const struct q_day_mark_first_row *row;
    enum err e = q_day_mark_first(c->db, &row);
    *ret_day = 0;
    if (e)
        return e == ERR_NOT_FOUND ? ERR_OK : e;
    struct marked m = {.c = c, .day = row->local_day};
    e = tx_run(c->db, marked_tx, &m);
    if (!e)
        *ret_day = m.day;
    return e;
}

/* ---- windows, ranges, checks ------------------------------------------------------------------------------------------- */

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
