/*
 * wall_read.c - reading the wall: numbers of city, units, districts, and the lists behind them.
 *
 * Contract: wall.h. Every statement is by index; nothing here counts tickets.
 */
#include "app/wall.h"

#include "gen/sql.h"

enum { DIM_CITY = 0, DIM_UNIT = 1 };

static enum err read_line(struct ctx *c, int dim, struct str code, struct wall_line *ret)
{
    const struct q_wall_of_row *r = NULL;
    size_t n = 0;
    struct q_wall_of_in in = {.dim = dim, .code = code};
    enum err e = q_wall_of(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    *ret = (struct wall_line){.code = code};
    for (size_t i = 0; i < n; i++)
        if (r[i].kind > 0 && r[i].kind < WALL_KIND_END)
            ret->n[r[i].kind] = r[i].n;
    return ERR_OK;
}

enum err wall_city(struct ctx *c, struct wall_line *ret)
{
    return read_line(c, DIM_CITY, STR_NONE, ret);
}

enum err wall_unit(struct ctx *c, struct str unit_code, struct wall_line *ret)
{
    return read_line(c, DIM_UNIT, unit_code, ret);
}

/* Rows of (code, kind, n), those of one code together, become lines. */
#define LINES(rows, n_rows, out, lines)                                                     \
    do {                                                                                    \
        (out) = ARENA_ARRAY(c->a, struct wall_line, (n_rows) ? (n_rows) : 1);               \
        for (size_t i = 0; i < (n_rows); i++) {                                             \
            if ((lines) == 0 || !str_eq((out)[(lines)-1].code, (rows)[i].code))             \
                (out)[(lines)++] = (struct wall_line){.code = (rows)[i].code};              \
            if ((rows)[i].kind > 0 && (rows)[i].kind < WALL_KIND_END)                       \
                (out)[(lines)-1].n[(rows)[i].kind] = (rows)[i].n;                           \
        }                                                                                   \
    } while (0)

/* At most 50 lines: an insertion sort. */
static void most_first(struct wall_line *l, size_t n, enum wall_kind kind)
{
    for (size_t i = 1; i < n; i++) {
        const struct wall_line x = l[i];
        size_t to = i;
        for (; to > 0 && (l[to - 1].n[kind] < x.n[kind] || (l[to - 1].n[kind] == x.n[kind] && str_cmp(l[to - 1].code, x.code) < 0)); to--)
            l[to] = l[to - 1];
        l[to] = x;
    }
}

enum err wall_units(struct ctx *c, enum wall_kind kind, const struct wall_line **ret, size_t *ret_n)
{
    const struct q_wall_units_top_row *r = NULL;
    struct wall_line *out = NULL;
    size_t n = 0, lines = 0;
    struct q_wall_units_top_in in = {.kind = (int32_t)kind};
    enum err e = q_wall_units_top(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    LINES(r, n, out, lines);
    most_first(out, lines, kind);
    *ret = out;
    *ret_n = lines;
    return ERR_OK;
}

enum err wall_areas(struct ctx *c, const struct wall_line **ret, size_t *ret_n)
{
    const struct q_wall_areas_row *r = NULL;
    struct wall_line *out = NULL;
    size_t n = 0, lines = 0;
    enum err e = q_wall_areas(c->db, &r, &n);
    if (e != ERR_OK)
        return e;
    LINES(r, n, out, lines);
    *ret = out;
    *ret_n = lines;
    return ERR_OK;
}

/* ---- lists ------------------------------------------------------------------------------------------------------------ */

#define TAKE(out, r)                                                                                                    \
    (out) = (struct wall_row){                                                                                          \
        .ticket_id = (r).ticket_id, .assignment_id = (r).assignment_id, .no = (r).ticket_no, .title = (r).title,        \
        .category_code = (r).category_code, .area_code = (r).area_code, .unit_code = (r).unit_code, .reported_unit = (r).reported_unit, \
        .state = (enum ticket_state)(r).state, .role = (enum role)(r).role, .round = (r).round, .since_at = (r).since_at, \
        .due_at = (r).due_at}
#define TAKE_ALL(rows, n)                                                                                               \
    do {                                                                                                                \
        out = ARENA_ARRAY(c->a, struct wall_row, (n) ? (n) : 1);                                                        \
        for (size_t i = 0; i < (n); i++)                                                                                \
            TAKE(out[i], (rows)[i]);                                                                                    \
    } while (0)

enum err wall_list(struct ctx *c, enum wall_kind kind, struct str unit_code, struct str district_code, struct wall_after after,
                   size_t limit, const struct wall_row **ret, size_t *ret_n, bool *ret_more)
{
    struct wall_row *out = NULL;
    enum err e;
    size_t n = 0;
    if (unit_code.n) {
        const struct q_wall_list_unit_row *r = NULL;
        e = q_wall_list_unit(c->db, &(struct q_wall_list_unit_in){.kind = (int32_t)kind, .unit_code = unit_code,
                             .since_at = after.since_at, .after_id = after.assignment_id}, &r, &n);
        TAKE_ALL(r, n);
    } else if (district_code.n) {
        const struct q_wall_list_area_row *r = NULL;
        e = q_wall_list_area(c->db, &(struct q_wall_list_area_in){.kind = (int32_t)kind, .district_code = district_code,
                             .since_at = after.since_at, .after_id = after.assignment_id}, &r, &n);
        TAKE_ALL(r, n);
    } else {
        const struct q_wall_list_city_row *r = NULL;
        e = q_wall_list_city(c->db, &(struct q_wall_list_city_in){.kind = (int32_t)kind, .since_at = after.since_at,
                             .after_id = after.assignment_id}, &r, &n);
        TAKE_ALL(r, n);
    }
    if (e != ERR_OK)
        return e;
    if (limit > WALL_LIST_ROWS)
        limit = WALL_LIST_ROWS;
    *ret_more = n > limit;
    *ret_n = n > limit ? limit : n;
    *ret = out;
    return ERR_OK;
}
