/*
 * wall_scope.c - the wall for readers whose rights end at a unit, an area or a class.
 *
 * Contract: wall.h. Lists and their units are asked against the rights, rows one by one with the object; nobody of a unit that a
 * secret informer reported meets that demand here.
 */
#include "app/permission.h"
#include "app/wall.h"
#include "gen/sql.h"

enum { UNITS_SHOWN = 50, WINDOWS = 3 };

static bool has_unit(const struct str *codes, size_t n, struct str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(codes[i], code))
            return true;
    return false;
}

static bool may_list(struct ctx *c, const struct actor *who, struct str unit, struct str district)
{
    const struct str *codes = NULL;
    size_t n = 0;
    bool all = false;
    if (unit.n == 0)
        return permission_may(c, who, MAY_WALL, STR_NONE, district, STR_NONE);
    permission_units(c, who, MAY_WALL, &all, &codes, &n);
    return all || has_unit(codes, n, unit);
}

static bool may_see(struct ctx *c, const struct actor *who, const struct wall_row *r)
{
    const struct permission_ticket t = {.area_code = r->area_code, .category_code = r->category_code, .units = &r->unit_code, .n_units = 1,
                                        .against_unit = r->reported_unit};
    const bool ok = permission_ticket(c, who, MAY_WALL, &t) == ERR_OK;
    if (!ok)
        fault_clear(c->fault);
    return ok;
}

enum err wall_may_list(struct ctx *c, const struct actor *who, struct str unit_code, struct str district_code)
{
    return may_list(c, who, unit_code, district_code) ? ERR_OK
                                                      : fault_set(c->fault, ERR_NOT_FOUND, "NOT_FOUND", "outside of the reader's scope");
}

enum err wall_list_for(struct ctx *c, const struct actor *who, enum wall_kind kind, struct str unit_code, struct str district_code,
                       struct wall_after after, size_t limit, const struct wall_row **ret, size_t *ret_n, struct wall_after *ret_next,
                       bool *ret_more)
{
    struct wall_row *out = ARENA_ARRAY(c->a, struct wall_row, limit + 1);
    size_t kept = 0;
    bool more = true, full = false;
    enum err e = wall_may_list(c, who, unit_code, district_code);
    if (e != ERR_OK)
        return e;
    for (int i = 0; i < WINDOWS && more && !full; i++) {
        const struct wall_row *rows = NULL;
        size_t n = 0;
        e = wall_list(c, kind, unit_code, district_code, after, WALL_LIST_ROWS, &rows, &n, &more);
        if (e != ERR_OK)
            return e;
        for (size_t k = 0; k < n && !full; k++) {
            const bool ok = may_see(c, who, &rows[k]);
            full = ok && kept == limit; /* one more than fits: there is another page */
            if (full)
                break;
            after = (struct wall_after){rows[k].since_at, rows[k].assignment_id};
            if (ok)
                out[kept++] = rows[k];
        }
    }
    *ret_next = after;
    *ret_more = more || full;
    *ret = out;
    *ret_n = kept;
    return ERR_OK;
}

enum err wall_units_for(struct ctx *c, const struct actor *who, enum wall_kind kind, const struct wall_line **ret, size_t *ret_n)
{
    const struct q_wall_units_kind_row *r = NULL;
    const struct str *codes = NULL;
    size_t n = 0, n_codes = 0, kept = 0;
    bool all = false;
    struct q_wall_units_kind_in in = {.kind = (int32_t)kind};
    permission_units(c, who, MAY_WALL, &all, &codes, &n_codes);
    enum err e = q_wall_units_kind(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct wall_line *out = ARENA_ARRAY(c->a, struct wall_line, UNITS_SHOWN);
    for (size_t i = 0; i < n && kept < UNITS_SHOWN; i++) {
        if (!all && !has_unit(codes, n_codes, r[i].code))
            continue;
        out[kept] = (struct wall_line){.code = r[i].code};
        out[kept++].n[kind] = r[i].n;
    }
    *ret = out;
    *ret_n = kept;
    return ERR_OK;
}

enum err wall_behind(struct ctx *c, struct wall_behind *ret)
{
    const struct q_wall_behind_row *r = NULL;
    size_t n = 0;
    const enum err e = q_wall_behind(c->db, &r, &n);
    if (e != ERR_OK)
        return e;
    *ret = (struct wall_behind){0};
    for (size_t i = 0; i < n; i++)
        if (r[i].what == 0)
            ret->waiting++;
        else
            ret->since = r[i].at;
    return ERR_OK;
}
