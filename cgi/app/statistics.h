/*
 * statistics.h - published figures, read from the roll-ups (role open; also citizen for the home page).
 *
 * A figure is about the cohort filed on the days of a range. `due` counts demands whose promise has expired or that were
 * answered; `in_time` those answered within the promise; so the share is in_time / due, and an unanswered overdue demand
 * counts against it. Diverted (Article 11) and withdrawn demands are not due. Medians of a range exist for the windows
 * that the worker keeps (7, 30, 90 days); a median cannot be made from medians.
 */
#ifndef APP_STATISTICS_H
#define APP_STATISTICS_H

#include "base/buf.h"
#include "db/db.h"

enum stat_dim {
    STAT_ALL = 1,
    STAT_DISTRICT,
    STAT_CATEGORY1,
    STAT_CATEGORY3,
    STAT_CHANNEL,
    STAT_KIND,
    STAT_HOUR,
    STAT_LEVEL,
};

struct stat_range { /* local days YYYYMMDD, both inclusive */
    int32_t from, to;
};
/* The last n whole days before today. */
struct stat_range statistics_last_days(int64_t now_us, int days);
/* ERR_INVALID with field from or to: BAD_FORMAT, or TOO_LONG (more than 366 days). */
enum err statistics_range(struct str from, struct str to, struct stat_range *ret, struct fault *f) MUST_CHECK;

struct stat_cell {
    int32_t day;             /* of a series, else 0 */
    struct str code;         /* district, category, channel number ...; empty for STAT_ALL */
    struct str name, name_en; /* of areas and categories; the page words channels, kinds, hours, levels */
    int64_t filed, diverted, due, in_time, open;
    bool has_median;
    int64_t median_minutes;
    int64_t population;      /* districts, else 0 */
    int tile_x, tile_y;      /* districts */
    bool suppressed;         /* fewer than the threshold: numbers must not be shown; flag `c` in files */
};
struct stat_table {
    struct stat_range range;
    enum stat_dim dim;
    struct stat_cell total;
    const struct stat_cell *cells;
    size_t n_cells;
    int64_t counted_at;      /* oldest count in it, 0 = no data */
    bool demo;               /* demo demands are among them: show the watermark */
    bool provisional;        /* promises given on the last days may still run (15 days is the longest) */
};

/* One cell for each day of the range, days without a demand included; a day below the threshold is suppressed. */
enum err statistics_days(struct db *db, struct arena *a, struct stat_range r, int64_t now_us, int64_t threshold,
                         struct stat_table *ret) MUST_CHECK;
/* One cell for each code with a demand in the range (districts: all sixteen), most first. Cells below the threshold are
 * suppressed, and when only one is, the next smallest too, so that the total does not give it away. */
enum err statistics_by(struct db *db, struct arena *a, enum stat_dim dim, struct stat_range r, int64_t now_us,
                       int64_t threshold, struct stat_table *ret) MUST_CHECK;
/* Half of the answered demands of a category (last level) took at most so many minutes, over the last 90 days.
 * ERR_NOT_FOUND when fewer than `least` were answered: too few to say. Kept by this process for a minute: every page of a demand
 * asks, and figures of ninety days do not move faster. */
struct usual_cache;
struct usual_cache *usual_cache_new(void); /* NULL = no memory */
void usual_cache_free(struct usual_cache *t);
enum err statistics_usual(struct db *db, struct usual_cache *cache, struct str category_code, int64_t least, int64_t now_us,
                          int64_t *ret_minutes) MUST_CHECK;
/* Yesterday, and the same weekday a week before, for the home page. The median is that of the last 30 days: of yesterday's
 * demands only the quick ones are answered today. */
enum err statistics_yesterday(struct db *db, struct arena *a, int64_t now_us, struct stat_cell *ret_day,
                              struct stat_cell *ret_week_before, bool *ret_demo) MUST_CHECK;

/* The table as a file. CSV by RFC 4180, header row in English, suppressed numbers empty with flag `c`, provisional `p`. */
void statistics_csv(struct buf *b, const struct stat_table *t);
void statistics_json(struct buf *b, const struct stat_table *t);
/* Share in tenths of a per cent, rounded half up; -1 when nothing is due. */
int64_t statistics_share(int64_t part, int64_t whole);

#endif
