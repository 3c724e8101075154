/*
 * statistics_file.c - a table of figures as CSV and JSON.
 *
 * Contract: statistics.h. Column names are English and never change; a suppressed number is empty with flag `c`, a row
 * whose promises may still run carries `p` (the shorthand of official statistics). JSON is written by hand here, because
 * every text in it comes from our own reference data and is escaped by one function.
 */
#include "app/csv.h"
#include "app/statistics.h"
#include "base/clock.h"

static const char *const key_column[] = {[STAT_ALL] = "day", [STAT_DISTRICT] = "district", [STAT_CATEGORY1] = "category",
    [STAT_CATEGORY3] = "category", [STAT_CHANNEL] = "channel", [STAT_KIND] = "kind", [STAT_HOUR] = "hour",
    [STAT_LEVEL] = "level"};

static bool has_names(const struct stat_table *t)
{
    return t->dim == STAT_DISTRICT || t->dim == STAT_CATEGORY1 || t->dim == STAT_CATEGORY3;
}

enum { DAY_BYTES = 40 };

static struct str day_text(char out[DAY_BYTES], int32_t day)
{
    snprintf(out, DAY_BYTES, "%04d-%02d-%02d", day / 10000, day / 100 % 100, day % 100);
    return str_from_c(out);
}

static const char *flag_of(const struct stat_table *t, const struct stat_cell *c)
{
    return c->suppressed ? "c" : t->provisional ? "p" : "";
}

/* ---- CSV ------------------------------------------------------------------------------------------------------------ */

static void csv_head(struct buf *b, const struct stat_table *t)
{
    static const char *const numbers[] = {"filed", "diverted", "due", "in_time", "open", "reply_minutes_median", "flag"};
    csv_put_text(b, str_from_c(key_column[t->dim]));
    if (has_names(t)) {
        csv_put_text(b, STR("name"));
        csv_put_text(b, STR("name_en"));
    }
    if (t->dim == STAT_DISTRICT)
        csv_put_text(b, STR("population"));
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        csv_put_text(b, str_from_c(numbers[i]));
    csv_put_end(b);
}

static void csv_numbers(struct buf *b, const struct stat_cell *c)
{
    const int64_t numbers[] = {c->filed, c->diverted, c->due, c->in_time, c->open};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (c->suppressed)
            csv_put_empty(b);
        else
            csv_put_i64(b, numbers[i]);
    if (c->suppressed || !c->has_median)
        csv_put_empty(b);
    else
        csv_put_i64(b, c->median_minutes);
}

void statistics_csv(struct buf *b, const struct stat_table *t)
{
    char day[DAY_BYTES];
    csv_head(b, t);
    for (size_t i = 0; i < t->n_cells; i++) {
        const struct stat_cell *c = &t->cells[i];
        csv_put_text(b, t->dim == STAT_ALL ? day_text(day, c->day) : c->code);
        if (has_names(t)) {
            csv_put_text(b, c->name);
            csv_put_text(b, c->name_en);
        }
        if (t->dim == STAT_DISTRICT)
            csv_put_i64(b, c->population);
        csv_numbers(b, c);
        csv_put_text(b, str_from_c(flag_of(t, c)));
        csv_put_end(b);
    }
}

/* ---- JSON ----------------------------------------------------------------------------------------------------------- */

static void json_text(struct buf *b, struct str s)
{
    buf_putc(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 || c == '"' || c == '\\' || c == '<')
            buf_printf(b, "\\u%04x", c);
        else
            buf_putc(b, s.p[i]);
    }
    buf_putc(b, '"');
}

static void json_key(struct buf *b, const char *key)
{
    buf_printf(b, ",\"%s\":", key);
}

static void json_number(struct buf *b, const char *key, int64_t v, bool known)
{
    json_key(b, key);
    if (known)
        buf_put_i64(b, v);
    else
        buf_put(b, STR("null"));
}

static void json_numbers(struct buf *b, const struct stat_cell *c)
{
    bool known = !c->suppressed;
    json_number(b, "filed", c->filed, known);
    json_number(b, "diverted", c->diverted, known);
    json_number(b, "due", c->due, known);
    json_number(b, "in_time", c->in_time, known);
    json_number(b, "open", c->open, known);
    json_number(b, "reply_minutes_median", c->median_minutes, known && c->has_median);
}

static void json_cell(struct buf *b, const struct stat_table *t, const struct stat_cell *c)
{
    char day[DAY_BYTES];
    buf_printf(b, "{\"%s\":", key_column[t->dim]);
    json_text(b, t->dim == STAT_ALL ? day_text(day, c->day) : c->code);
    if (has_names(t)) {
        json_key(b, "name");
        json_text(b, c->name);
        json_key(b, "name_en");
        if (c->name_en.n)
            json_text(b, c->name_en);
        else
            buf_put(b, STR("null"));
    }
    if (t->dim == STAT_DISTRICT)
        json_number(b, "population", c->population, c->population > 0);
    json_numbers(b, c);
    json_key(b, "flag");
    json_text(b, str_from_c(flag_of(t, c)));
    buf_putc(b, '}');
}

void statistics_json(struct buf *b, const struct stat_table *t)
{
    char day[DAY_BYTES];
    buf_put(b, STR("{\"from\":"));
    json_text(b, day_text(day, t->range.from));
    json_key(b, "to");
    json_text(b, day_text(day, t->range.to));
    json_key(b, "as_of");
    if (t->counted_at)
        json_text(b, clock_rfc3339(b->a, t->counted_at));
    else
        buf_put(b, STR("null"));
    json_key(b, "demo");
    buf_put(b, t->demo ? STR("true") : STR("false"));
    json_key(b, "provisional");
    buf_put(b, t->provisional ? STR("true") : STR("false"));
    buf_put(b, STR(",\"total\":{\"dim\":"));
    json_text(b, str_from_c(key_column[t->dim]));
    json_numbers(b, &t->total);
    buf_put(b, STR("},\"items\":["));
    for (size_t i = 0; i < t->n_cells; i++) {
        if (i)
            buf_putc(b, ',');
        json_cell(b, t, &t->cells[i]);
    }
    buf_put(b, STR("]}\n"));
}
