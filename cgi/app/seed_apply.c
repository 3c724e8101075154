/*
 * seed_apply.c - versions of a row: what changed is closed and opened, what stayed is left alone.
 *
 * Contract: seed_internal.h. It knows neither the columns nor the files of a table.
 */
#include "app/seed_internal.h"

static int by_code(const void *x, const void *y)
{
    return str_cmp(((const struct seed_row *)x)->code, ((const struct seed_row *)y)->code);
}

static int current_by_code(const void *x, const void *y)
{
    return str_cmp(((const struct seed_current *)x)->code, ((const struct seed_current *)y)->code);
}

static enum err check_twice(struct seed_work *w, const struct seed_row *rows, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (str_eq(rows[i - 1].code, rows[i].code))
            return fault_set(w->f, ERR_INVALID, "BAD_SEED", "code " STR_FMT " stands twice", STR_ARG(rows[i].code));
    return ERR_OK;
}

/* Walks both sorted lists side by side. */
enum err seed_apply(struct seed_work *w, const struct seed_table *t, struct seed_row *rows, size_t n, size_t *ret_changed)
{
    const struct seed_current *read;
    size_t n_old, i = 0, k = 0, changed = 0;
    enum err e = t->current(w->db, w->a, &read, &n_old);
    if (e)
        return e;
    struct seed_current *old = ARENA_ARRAY(w->a, struct seed_current, n_old + 1);
    if (n_old)
        memcpy(old, read, n_old * sizeof *old);
    qsort(old, n_old, sizeof *old, current_by_code);
    qsort(rows, n, sizeof *rows, by_code);
    int32_t day = n_old ? w->today : SEED_FIRST_DAY;
    e = check_twice(w, rows, n);
    while (!e && (i < n || k < n_old)) {
        int c = i == n ? 1 : k == n_old ? -1 : str_cmp(rows[i].code, old[k].code);
        if (c == 0 && str_eq(rows[i].body, old[k].body)) {
            i++;
            k++;
            continue;
        }
        changed++;
        if (c >= 0)
            e = t->close(w->db, old[k++].code, day);
        if (!e && c <= 0)
            e = t->put(w->db, rows[i++].in, day);
    }
    *ret_changed = changed;
    return e;
}
