/* seed_internal.h - what the files of the seed loader share. Nobody else includes it. */
#ifndef APP_SEED_INTERNAL_H
#define APP_SEED_INTERNAL_H

#include "app/csv.h"
#include "app/seed.h"

enum { SEED_CHECKSUM_BYTES = 32, SEED_FILE_BYTES_MAX = 8 * 1024 * 1024 };

struct seed_work {
    struct db *db;
    struct arena *a;
    struct fault *f;
    const struct seed_options *o;
    int32_t today;
    int64_t now;
};

/* One row of a versioned table: its key, its content as the `current` statement writes it, and the input of `put`. */
struct seed_row {
    struct str code, body;
    void *in;
};
struct seed_current {
    struct str code, body;
};
struct seed_table {
    enum err (*current)(struct db *db, struct arena *a, const struct seed_current **ret, size_t *ret_n);
    enum err (*close)(struct db *db, struct str code, int32_t day);
    enum err (*put)(struct db *db, void *in, int32_t day);
};

/* Compares, closes, opens. ret_changed counts both. Inside a transaction. */
enum err seed_apply(struct seed_work *w, const struct seed_table *t, struct seed_row *rows, size_t n, size_t *ret_changed)
    MUST_CHECK;

enum err seed_read(struct seed_work *w, const char *path, struct str *ret) MUST_CHECK;
struct str seed_path(struct arena *a, const char *dir, const char *name); /* NUL-terminated */
/* Checksum over the texts that a part is made from; true when it is what seed_state holds. */
enum err seed_is_loaded(struct seed_work *w, const char *name, const struct str *texts, size_t n,
                        uint8_t checksum[SEED_CHECKSUM_BYTES], bool *ret) MUST_CHECK;
enum err seed_remember(struct db *db, const char *name, const uint8_t checksum[SEED_CHECKSUM_BYTES], int64_t at,
                       size_t n_rows) MUST_CHECK;

/* CSV with columns that must be there in this order. ERR_INVALID names the file and line. */
enum err seed_csv(struct seed_work *w, const char *name, struct str text, const char *const *columns, size_t n,
                  struct csv *ret) MUST_CHECK;
enum err seed_fault(struct seed_work *w, const char *name, const struct csv *c, const char *what);

/* seed_rows.c: the tables made from files. */
enum seed_text { TEXT_AREA, TEXT_COMMUNITY, TEXT_CATEGORY, TEXT_CATEGORY_EN, TEXT_UNIT, TEXT_BUREAU, TEXT_RULE, TEXT_COUNT };
struct seed_rows {
    struct seed_row *rows;
    size_t n;
};
extern const struct seed_table seed_areas, seed_categories, seed_units, seed_rules;
enum err seed_read_areas(struct seed_work *w, const struct str *texts, struct seed_rows *ret) MUST_CHECK;
enum err seed_read_categories(struct seed_work *w, const struct str *texts, struct seed_rows *ret) MUST_CHECK;
enum err seed_read_units(struct seed_work *w, const struct str *texts, struct seed_rows *ret) MUST_CHECK;
enum err seed_read_rules(struct seed_work *w, const struct str *texts, struct seed_rows *ret) MUST_CHECK;

/* seed_common.c: which pairs of characters tell nothing; in a transaction. */
enum err seed_common_tokens(struct seed_work *w) MUST_CHECK;

enum err seed_calendar_text(struct seed_work *w, struct str text, const char *name, size_t *ret_rows) MUST_CHECK;

/* Wording that replies start from. */
enum err seed_load_templates(struct seed_work *w);

#endif
