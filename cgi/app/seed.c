/*
 * seed.c - loads the seeds: checksums, transactions, order.
 *
 * Contract: seed.h. What a file means is said in seed_rows.c and seed_kb.c, how versions change in seed_apply.c.
 */
#include <errno.h>
#include <sys/stat.h>

#include "app/crypto.h"
#include "app/seed_internal.h"
#include "base/clock.h"
#include "gen/sql.h"

/* Part of every checksum: raised when the loader makes something else from the same file. */
static const char LOADER[] = "seed loader 2";

struct str seed_path(struct arena *a, const char *dir, const char *name)
{
    return arena_printf(a, "%s/%s", dir, name);
}

static enum err read_open(struct seed_work *w, const char *path, FILE *h, struct str *ret)
{
    struct stat st;
    if (fstat(fileno(h), &st) || !S_ISREG(st.st_mode) || st.st_size > SEED_FILE_BYTES_MAX)
        return fault_set(w->f, ERR_INVALID, "BAD_SEED", "%s is not a file of at most 8 MiB", path);
    char *p = arena_alloc(w->a, (size_t)st.st_size + 1);
    size_t n = fread(p, 1, (size_t)st.st_size, h);
    if (ferror(h) || n != (size_t)st.st_size)
        return fault_set(w->f, ERR_UNAVAILABLE, "BAD_SEED", "%s cannot be read", path);
    *ret = (struct str){p, n};
    return ERR_OK;
}

enum err seed_read(struct seed_work *w, const char *path, struct str *ret)
{
    FILE *h = fopen(path, "re");
    if (!h)
        return fault_set(w->f, ERR_NOT_FOUND, "BAD_SEED", "%s: %s", path, strerror(errno));
    enum err e = read_open(w, path, h, ret);
    fclose(h);
    return e;
}

enum err seed_is_loaded(struct seed_work *w, const char *name, const struct str *texts, size_t n,
                        uint8_t checksum[SEED_CHECKSUM_BYTES], bool *ret)
{
    struct crypto_hasher h;
    crypto_digest_start(&h);
    crypto_digest_put_field(&h, str_from_c(LOADER));
    for (size_t i = 0; i < n; i++)
        crypto_digest_put_field(&h, texts[i]);
    crypto_digest_end(&h, checksum);
    const struct q_seed_state_get_row *row;
    enum err e = q_seed_state_get(w->db, &(struct q_seed_state_get_in){.name = str_from_c(name)}, &row);
    *ret = !e && !w->o->force && str_eq(row->checksum, (struct str){(const char *)checksum, SEED_CHECKSUM_BYTES});
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err seed_remember(struct db *db, const char *name, const uint8_t checksum[SEED_CHECKSUM_BYTES], int64_t at, size_t n_rows)
{
    size_t n;
    return q_seed_state_put(db, &(struct q_seed_state_put_in){.name = str_from_c(name), .at = at, .n_rows = (int64_t)n_rows,
        .checksum = {(const char *)checksum, SEED_CHECKSUM_BYTES}}, &n);
}

enum err seed_fault(struct seed_work *w, const char *name, const struct csv *c, const char *what)
{
    return what == c->why ? fault_set(w->f, ERR_INVALID, "BAD_SEED", "%s %s", name, c->why)
                          : fault_set(w->f, ERR_INVALID, "BAD_SEED", "%s line %zu: %s", name, c->line, what);
}

enum err seed_csv(struct seed_work *w, const char *name, struct str text, const char *const *columns, size_t n,
                  struct csv *ret)
{
    if (!csv_open(ret, w->a, text))
        return seed_fault(w, name, ret, ret->why);
    bool ok = ret->n_columns == n;
    for (size_t i = 0; i < n && ok; i++)
        ok = str_eq_c(ret->columns[i], columns[i]);
    return ok ? ERR_OK : seed_fault(w, name, ret, "the columns are not the expected ones");
}

/* ---- the versioned tables ------------------------------------------------------------------------------------------- */

static const char *const files[TEXT_COUNT] = {"area.csv", "community.csv", "category.csv", "category_en.csv", "unit.csv",
                                              "bureau.csv", "dispatch_rule.csv"};

struct part {
    const char *name; /* in seed_state */
    const struct seed_table *table;
    enum err (*read)(struct seed_work *w, const struct str *texts, struct seed_rows *ret);
    unsigned from;    /* bits of enum seed_text: the files it is made from */
};
static const struct part parts[] = {
    {"areas", &seed_areas, seed_read_areas, 1u << TEXT_AREA | 1u << TEXT_COMMUNITY},
    {"categories", &seed_categories, seed_read_categories, 1u << TEXT_CATEGORY | 1u << TEXT_CATEGORY_EN},
    {"units", &seed_units, seed_read_units, 1u << TEXT_UNIT | 1u << TEXT_BUREAU | 1u << TEXT_AREA | 1u << TEXT_COMMUNITY},
    {"rules", &seed_rules, seed_read_rules, 1u << TEXT_RULE},
};

struct part_tx {
    struct seed_work *w;
    const struct part *part;
    struct seed_rows rows;
    const uint8_t *checksum;
    size_t changed;
};

static enum err load_part_tx(struct db *db, void *arg)
{
    struct part_tx *t = arg;
    enum err e = seed_apply(t->w, t->part->table, t->rows.rows, t->rows.n, &t->changed);
    return e ? e : seed_remember(db, t->part->name, t->checksum, t->w->now, t->rows.n);
}

static enum err load_part(struct seed_work *w, const struct part *p, const struct str *texts)
{
    struct str used[TEXT_COUNT];
    size_t n = 0;
    for (unsigned i = 0; i < TEXT_COUNT; i++)
        if (p->from & 1u << i)
            used[n++] = texts[i];
    uint8_t checksum[SEED_CHECKSUM_BYTES];
    struct part_tx t = {.w = w, .part = p, .checksum = checksum};
    bool loaded;
    enum err e = seed_is_loaded(w, p->name, used, n, checksum, &loaded);
    if (!e && !loaded)
        e = p->read(w, texts, &t.rows);
    if (!e && !loaded)
        e = tx_run(w->db, load_part_tx, &t);
    if (!e && w->o->said)
        w->o->said(w->o->arg, p->name, t.rows.n, t.changed);
    return e;
}

/* ---- holidays ------------------------------------------------------------------------------------------------------- */

static enum err read_day(struct seed_work *w, const char *name, const struct csv *c, struct q_calendar_put_in *in)
{
    int64_t day, working;
    if (!parse_i64(c->fields[0], 20000101, 29991231, &day) || !clock_day_valid((int32_t)day) ||
        !parse_i64(c->fields[1], 0, 1, &working) || !c->fields[2].n || !c->fields[3].n)
        return seed_fault(w, name, c, "day, flag, name or source is wrong");
    *in = (struct q_calendar_put_in){.day = (int32_t)day, .is_working = working != 0, .name = c->fields[2], .source = c->fields[3]};
    return ERR_OK;
}

/* A file replaces every year it speaks of, whole. */
enum err seed_calendar_text(struct seed_work *w, struct str text, const char *name, size_t *ret_rows)
{
    static const char *const columns[] = {"day", "is_working", "name", "source"};
    struct csv c;
    enum err e = seed_csv(w, name, text, columns, 4, &c);
    int more = 0, year = 0;
    size_t n = 0;
    while (!e && (more = csv_next(&c)) == 1) {
        struct q_calendar_put_in in;
        size_t gone;
        e = read_day(w, name, &c, &in);
        if (!e && in.day / 10000 < year)
            e = seed_fault(w, name, &c, "years must rise");
        if (!e && in.day / 10000 > year) {
            year = in.day / 10000;
            e = q_calendar_clear_year(w->db, &(struct q_calendar_clear_year_in){.from = year * 10000, .to = year * 10000 + 9999}, &gone);
        }
        if (!e)
            e = q_calendar_put(w->db, &in);
        if (e == ERR_CONFLICT)
            e = seed_fault(w, name, &c, "the day stands twice");
        n++;
    }
    *ret_rows = n;
    return e ? e : more < 0 ? seed_fault(w, name, &c, c.why) : ERR_OK;
}

struct calendar_tx {
    struct seed_work *w;
    struct str text;
    const char *name;
    const uint8_t *checksum; /* NULL = not part of the seeds */
    size_t n;
};

static enum err load_calendar_tx(struct db *db, void *arg)
{
    struct calendar_tx *t = arg;
    enum err e = seed_calendar_text(t->w, t->text, t->name, &t->n);
    return e || !t->checksum ? e : seed_remember(db, "calendar", t->checksum, t->w->now, t->n);
}

static enum err load_calendar(struct seed_work *w)
{
    uint8_t checksum[SEED_CHECKSUM_BYTES];
    struct calendar_tx t = {.w = w, .name = "calendar.csv", .checksum = checksum};
    bool loaded = false;
    enum err e = seed_read(w, seed_path(w->a, w->o->dir, "calendar.csv").p, &t.text);
    if (!e)
        e = seed_is_loaded(w, "calendar", &t.text, 1, checksum, &loaded);
    if (!e && !loaded)
        e = tx_run(w->db, load_calendar_tx, &t);
    if (!e && w->o->said)
        w->o->said(w->o->arg, "calendar", t.n, loaded ? 0 : t.n);
    return e;
}

static enum err begin(struct seed_work *w, struct db *db, struct arena *a, const struct seed_options *o, struct fault *f)
{
    *w = (struct seed_work){.db = db, .a = a, .f = f, .o = o};
    crypto_init();
    enum err e = db_now(db, &w->now);
    w->today = clock_local_day(w->now);
    return e;
}

enum err seed_load_calendar(struct db *db, struct arena *a, const char *path, size_t *ret_rows, struct fault *f)
{
    static const struct seed_options none = {0};
    struct seed_work w;
    uint8_t checksum[32];
    struct calendar_tx t = {.w = &w, .name = path, .checksum = checksum};
    enum err e = begin(&w, db, a, &none, f);
    if (!e)
        e = seed_read(&w, path, &t.text);
    if (!e) /* remembered under another sum than the seed's: every process reads anew, and a later seed is compared */
        crypto_digest(t.text, checksum);
    if (!e)
        e = tx_run(db, load_calendar_tx, &t);
    *ret_rows = t.n;
    return e;
}

enum err seed_load(struct db *db, struct arena *a, const struct seed_options *o, struct fault *f)
{
    struct seed_work w;
    struct str texts[TEXT_COUNT];
    enum err e = begin(&w, db, a, o, f);
    for (size_t i = 0; i < TEXT_COUNT && !e; i++)
        e = seed_read(&w, seed_path(a, o->dir, files[i]).p, &texts[i]);
    for (size_t i = 0; i < sizeof parts / sizeof *parts && !e; i++)
        e = load_part(&w, &parts[i], texts);
    if (!e)
        e = load_calendar(&w);
    if (!e)
        e = seed_load_templates(&w);
    return e ? e : seed_load_kb(db, a, o, f);
}
