/*
 * statistics.c - figures of a range, from the roll-ups.
 *
 * Contract: statistics.h. It reads views alone, counts nothing itself, and knows neither pages nor charts.
 */
#include "app/statistics.h"

#include "base/clock.h"
#include "gen/sql.h"

enum { RANGE_DAYS_MAX = 366, LONGEST_PROMISE_DAYS = 15 };

struct stat_range statistics_last_days(int64_t now_us, int days)
{
    int32_t yesterday = clock_day_add(clock_local_day(now_us), -1);
    return (struct stat_range){clock_day_add(yesterday, 1 - days), yesterday};
}

static bool parse_day(struct str s, int32_t *ret)
{
    char digits[8];
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '-' && s.n == 10 && (i == 4 || i == 7))
            continue;
        if (n == sizeof digits)
            return false;
        digits[n++] = s.p[i];
    }
    int64_t day;
    if (n != 8 || !parse_i64((struct str){digits, 8}, 19000101, 29991231, &day) || !clock_day_valid((int32_t)day))
        return false;
    *ret = (int32_t)day;
    return true;
}

enum err statistics_range(struct str from, struct str to, struct stat_range *ret, struct fault *f)
{
    struct stat_range r;
    if (!parse_day(from, &r.from))
        return fault_field(f, "from", "BAD_FORMAT");
    if (!parse_day(to, &r.to) || r.to < r.from)
        return fault_field(f, "to", "BAD_FORMAT");
    if (clock_day_diff(r.to, r.from) >= RANGE_DAYS_MAX)
        return fault_field(f, "to", "TOO_LONG");
    *ret = r;
    return ERR_OK;
}

int64_t statistics_share(int64_t part, int64_t whole)
{
    return whole > 0 ? (part * 2000 + whole) / (whole * 2) : -1;
}

static void add(struct stat_cell *sum, const struct stat_cell *c)
{
    sum->filed += c->filed;
    sum->diverted += c->diverted;
    sum->due += c->due;
    sum->in_time += c->in_time;
    sum->open += c->open;
}

static void note_age(struct stat_table *t, int64_t counted_at)
{
    if (!t->counted_at || counted_at < t->counted_at)
        t->counted_at = counted_at;
}

static void begin(struct stat_table *t, enum stat_dim dim, struct stat_range r, int64_t now_us)
{
    int32_t settled = clock_day_add(clock_local_day(now_us), -LONGEST_PROMISE_DAYS);
    *t = (struct stat_table){.range = r, .dim = dim, .provisional = r.to >= settled};
}

/* ---- medians of the windows the worker keeps ------------------------------------------------------------------------- */

static enum err read_medians(struct db *db, const struct stat_table *t, const struct q_stat_medians_row **ret, size_t *ret_n)
{
    int days = clock_day_diff(t->range.to, t->range.from) + 1;
    *ret = NULL;
    *ret_n = 0;
    if (t->dim == STAT_HOUR || (days != 7 && days != 30 && days != 90))
        return ERR_OK;
    struct q_stat_medians_in in = {.days = days, .dim = (int32_t)t->dim, .last_day = t->range.to};
    return q_stat_medians(db, &in, ret, ret_n);
}

static void set_median(struct stat_cell *c, const struct q_stat_medians_row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].code, c->code)) {
            c->has_median = true;
            c->median_minutes = rows[i].median;
        }
}

static enum err total_median(struct db *db, struct stat_table *t)
{
    const struct q_stat_medians_row *rows;
    size_t n;
    struct stat_table all = *t;
    all.dim = STAT_ALL;
    enum err e = read_medians(db, &all, &rows, &n);
    if (!e)
        set_median(&t->total, rows, n);
    return e;
}

/* ---- small cells ---------------------------------------------------------------------------------------------------- */

static void suppress_one_more(struct stat_cell *cells, size_t n)
{
    struct stat_cell *least = NULL;
    for (size_t i = 0; i < n; i++)
        if (!cells[i].suppressed && cells[i].filed && (!least || cells[i].filed < least->filed))
            least = &cells[i];
    if (least)
        least->suppressed = true;
}

/* Nothing is not a secret: an empty cell stays. A single suppressed cell could be had from the total by subtraction. */
static void suppress(struct stat_cell *cells, size_t n, int64_t threshold)
{
    size_t hidden = 0;
    for (size_t i = 0; i < n; i++) {
        cells[i].suppressed = cells[i].filed > 0 && cells[i].filed < threshold;
        hidden += cells[i].suppressed;
    }
    if (hidden == 1)
        suppress_one_more(cells, n);
}

/* ---- by day --------------------------------------------------------------------------------------------------------- */

static struct stat_cell series_cell(const struct q_stat_series_row *row)
{
    return (struct stat_cell){.day = row->day, .filed = row->filed, .diverted = row->diverted, .due = row->due,
        .in_time = row->in_time, .open = row->open, .has_median = row->has_median,
        .median_minutes = row->has_median ? row->median : 0};
}

enum err statistics_days(struct db *db, struct arena *a, struct stat_range r, int64_t now_us, int64_t threshold,
                         struct stat_table *ret)
{
    const struct q_stat_series_row *rows;
    size_t n, k = 0, n_days = (size_t)clock_day_diff(r.to, r.from) + 1;
    struct stat_table t;
    begin(&t, STAT_ALL, r, now_us);
    enum err e = q_stat_series(db, &(struct q_stat_series_in){.from = r.from, .to = r.to}, &rows, &n);
    if (e)
        return e;
    struct stat_cell *cells = ARENA_ARRAY(a, struct stat_cell, n_days);
    for (size_t i = 0; i < n_days; i++) {
        cells[i].day = clock_day_add(r.from, (int)i);
        if (k < n && rows[k].day == cells[i].day) {
            cells[i] = series_cell(&rows[k]);
            note_age(&t, rows[k].counted_at);
            t.demo |= rows[k].demo > 0;
            k++;
        }
        add(&t.total, &cells[i]);
    }
    suppress(cells, n_days, threshold);
    t.cells = cells;
    t.n_cells = n_days;
    *ret = t;
    return total_median(db, ret);
}

/* ---- by code -------------------------------------------------------------------------------------------------------- */

static enum err name_districts(struct db *db, struct arena *a, struct stat_table *t, struct stat_cell **ret)
{
    const struct q_stat_districts_row *rows;
    size_t n;
    enum err e = q_stat_districts(db, &rows, &n);
    if (e)
        return e;
    struct stat_cell *cells = ARENA_ARRAY(a, struct stat_cell, n + 1);
    for (size_t i = 0; i < n; i++) {
        cells[i].code = rows[i].code;
        for (size_t k = 0; k < t->n_cells; k++)
            if (str_eq(t->cells[k].code, rows[i].code))
                cells[i] = t->cells[k];
        cells[i].name = rows[i].name;
        cells[i].name_en = rows[i].has_name_en ? rows[i].name_en : STR_NONE;
        cells[i].population = rows[i].has_population ? rows[i].population : 0;
        cells[i].tile_x = rows[i].has_tile_x ? rows[i].tile_x : -1;
        cells[i].tile_y = rows[i].has_tile_y ? rows[i].tile_y : -1;
    }
    t->n_cells = n;
    *ret = cells;
    return ERR_OK;
}

static enum err name_categories(struct db *db, struct stat_table *t, struct stat_cell *cells)
{
    const struct q_stat_categories_row *rows;
    size_t n;
    enum err e = q_stat_categories(db, &(struct q_stat_categories_in){.level = t->dim == STAT_CATEGORY1 ? 1 : 3}, &rows, &n);
    for (size_t i = 0; i < t->n_cells && !e; i++)
        for (size_t k = 0; k < n; k++)
            if (str_eq(cells[i].code, rows[k].code)) {
                cells[i].name = rows[k].name;
                cells[i].name_en = rows[k].has_name_en ? rows[k].name_en : STR_NONE;
            }
    return e;
}

static int most_first(const void *x, const void *y)
{
    const struct stat_cell *a = x, *b = y;
    return a->filed != b->filed ? (a->filed > b->filed ? -1 : 1) : str_cmp(a->code, b->code);
}

static struct stat_cell code_cell(const struct q_stat_by_code_row *row)
{
    return (struct stat_cell){.code = row->code, .filed = row->filed, .diverted = row->diverted, .due = row->due,
                              .in_time = row->in_time, .open = row->open, .tile_x = -1, .tile_y = -1};
}

static enum err read_codes(struct db *db, struct arena *a, struct stat_table *t, struct stat_cell **ret)
{
    const struct q_stat_by_code_row *rows;
    const struct q_stat_medians_row *medians;
    size_t n, n_medians;
    struct q_stat_by_code_in in = {.dim = (int32_t)t->dim, .from = t->range.from, .to = t->range.to};
    enum err e = q_stat_by_code(db, &in, &rows, &n);
    if (!e)
        e = read_medians(db, t, &medians, &n_medians);
    if (e)
        return e;
    struct stat_cell *cells = ARENA_ARRAY(a, struct stat_cell, n + 1);
    for (size_t i = 0; i < n; i++) {
        cells[i] = code_cell(&rows[i]);
        set_median(&cells[i], medians, n_medians);
        add(&t->total, &cells[i]);
        note_age(t, rows[i].counted_at);
        t->demo |= rows[i].demo > 0;
    }
    t->cells = *ret = cells;
    t->n_cells = n;
    return ERR_OK;
}

enum err statistics_by(struct db *db, struct arena *a, enum stat_dim dim, struct stat_range r, int64_t now_us,
                       int64_t threshold, struct stat_table *ret)
{
    struct stat_table t;
    struct stat_cell *cells;
    begin(&t, dim, r, now_us);
    enum err e = read_codes(db, a, &t, &cells);
    if (!e && dim == STAT_DISTRICT)
        e = name_districts(db, a, &t, &cells);
    if (!e && (dim == STAT_CATEGORY1 || dim == STAT_CATEGORY3))
        e = name_categories(db, &t, cells);
    if (!e)
        e = total_median(db, &t);
    if (e)
        return e;
    suppress(cells, t.n_cells, threshold);
    if (dim != STAT_HOUR)
        qsort(cells, t.n_cells, sizeof *cells, most_first);
    t.cells = cells;
    *ret = t;
    return ERR_OK;
}

enum err statistics_yesterday(struct db *db, struct arena *a, int64_t now_us, struct stat_cell *ret_day,
                              struct stat_cell *ret_week_before, bool *ret_demo)
{
    struct stat_table t;
    enum { WINDOW = 30, WEEK = 7 };
    enum err e = statistics_days(db, a, statistics_last_days(now_us, WINDOW), now_us, 0, &t);
    if (e)
        return e;
    *ret_week_before = t.cells[WINDOW - 1 - WEEK];
    *ret_day = t.cells[WINDOW - 1];
    ret_day->has_median = t.total.has_median;
    ret_day->median_minutes = t.total.median_minutes;
    *ret_demo = t.demo;
    return ERR_OK;
}
