/*
 * refdata.c - reference data in memory: generations, look-up by code, names.
 *
 * Contract: rows of a generation are sorted by code (the order of the database, bytewise) and never move. Loading stands
 * in refdata_load.c. Must not know how the rows are used.
 */
#include "app/refdata_private.h"

#include "app/normalise.h"
#include "base/hash.h"

/* First index whose key is not below `key`; base has n elements of `size` bytes with a struct str at `offset`. */
static size_t lower_bound(const void *base, size_t n, size_t size, size_t offset, struct str key)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        struct str at;
        memcpy(&at, (const char *)base + mid * size + offset, sizeof at);
        if (str_cmp(at, key) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

_Static_assert(offsetof(struct area, code) == 0 && offsetof(struct category, code) == 0 && offsetof(struct unit, code) == 0,
               "refdata_code reads the code at the beginning of a row");

struct str refdata_code(const void *rows, size_t size, size_t i)
{
    struct str code;
    memcpy(&code, (const char *)rows + i * size, sizeof code);
    return code;
}

size_t refdata_place(struct str code)
{
    uint64_t h = hash_fnv1a(code);
    return (size_t)(h ^ h >> 32);
}

static const void *find(const struct code_index *x, const void *rows, size_t size, struct str code)
{
    for (size_t at = refdata_place(code) & x->mask; x->places[at]; at = (at + 1) & x->mask)
        if (str_eq(refdata_code(rows, size, x->places[at] - 1), code))
            return (const char *)rows + (x->places[at] - 1) * size;
    return NULL;
}

const struct area *refdata_area(const struct refdata *r, struct str code)
{
    const struct generation *g = r->now;
    return find(&g->area_index, g->areas, sizeof *g->areas, code);
}

const struct category *refdata_category(const struct refdata *r, struct str code)
{
    const struct generation *g = r->now;
    return find(&g->category_index, g->categories, sizeof *g->categories, code);
}

const struct unit *refdata_unit(const struct refdata *r, struct str code)
{
    const struct generation *g = r->now;
    return find(&g->unit_index, g->units, sizeof *g->units, code);
}

/* ---- units by what they are ------------------------------------------------------------------------------------------- */

const struct unit *refdata_unit_short(const struct refdata *r, struct str short_name)
{
    const struct generation *g = r->now;
    for (size_t i = 0; i < g->n_city_units; i++)
        if (str_eq(g->city_units[i]->short_name, short_name))
            return g->city_units[i];
    return NULL;
}

static const struct unit *unit_with_prefix(const struct refdata *r, const char *prefix, struct str code)
{
    char buf[32];
    int n = snprintf(buf, sizeof buf, "%s" STR_FMT, prefix, STR_ARG(code));
    return n > 0 && (size_t)n < sizeof buf ? refdata_unit(r, (struct str){buf, (size_t)n}) : NULL;
}

const struct unit *refdata_unit_named(const struct refdata *r, struct str typed)
{
    const struct unit *all = NULL;
    const size_t n = refdata_units(r, &all);
    const struct unit *u = typed.n > 0 ? refdata_unit(r, typed) : NULL;
    for (size_t i = 0; u == NULL && typed.n > 0 && i < n; i++)
        if (str_eq(all[i].name, typed) || str_eq(all[i].short_name, typed))
            u = &all[i];
    return u;
}

const struct unit *refdata_street_office(const struct refdata *r, struct str street_code)
{
    return unit_with_prefix(r, "ST", street_code);
}

const struct unit *refdata_bureau(const struct refdata *r, struct str district_code, struct str bureau_kind)
{
    const struct generation *g = r->now;
    char prefix[32];
    int n = snprintf(prefix, sizeof prefix, "DB" STR_FMT, STR_ARG(district_code));
    if (n <= 0 || (size_t)n >= sizeof prefix || bureau_kind.n == 0)
        return NULL;
    struct str key = {prefix, (size_t)n};
    for (size_t i = lower_bound(g->units, g->n_units, sizeof(struct unit), offsetof(struct unit, code), key);
         i < g->n_units && str_starts(g->units[i].code, key); i++)
        if (str_eq(g->units[i].bureau_kind, bureau_kind))
            return &g->units[i];
    return NULL;
}

const struct unit *refdata_district_government(const struct refdata *r, struct str district_code)
{
    return unit_with_prefix(r, "BJ", district_code);
}

const struct unit *refdata_hotline_centre(const struct refdata *r)
{
    return r->now->hotline;
}

/* ---- children and lists ------------------------------------------------------------------------------------------------- */


/* Pointers sorted by (parent, code): the children of one parent lie side by side. */
static size_t children(const void *const *by_parent, size_t n, size_t offset, struct str parent, const void *const **ret)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        struct str at;
        memcpy(&at, (const char *)by_parent[mid] + offset, sizeof at);
        if (str_cmp(at, parent) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    *ret = by_parent + lo;
    size_t end = lo;
    for (; end < n; end++) {
        struct str at;
        memcpy(&at, (const char *)by_parent[end] + offset, sizeof at);
        if (!str_eq(at, parent))
            break;
    }
    return end - lo;
}

size_t refdata_area_children(const struct refdata *r, struct str parent, const struct area *const **ret)
{
    const struct generation *g = r->now;
    const void *const *found = NULL;
    struct str key = parent.n ? parent : g->city_code;
    size_t n = children((const void *const *)g->areas_by_parent, g->n_areas, offsetof(struct area, parent), key, &found);
    *ret = (const struct area *const *)found;
    return n;
}

size_t refdata_category_children(const struct refdata *r, struct str parent, const struct category *const **ret)
{
    const struct generation *g = r->now;
    const void *const *found = NULL;
    size_t n = children((const void *const *)g->categories_by_parent, g->n_categories, offsetof(struct category, parent),
                        parent, &found);
    *ret = (const struct category *const *)found;
    return n;
}

size_t refdata_rules_for(const struct refdata *r, struct str category_prefix, const struct rule *const **ret)
{
    const struct generation *g = r->now;
    const void *const *found = NULL;
    size_t n = children((const void *const *)g->rules_by_category, g->n_rules, offsetof(struct rule, category_prefix),
                        category_prefix, &found);
    *ret = (const struct rule *const *)found;
    return n;
}

size_t refdata_areas(const struct refdata *r, const struct area **ret)
{
    *ret = r->now->areas;
    return r->now->n_areas;
}

size_t refdata_categories(const struct refdata *r, const struct category **ret)
{
    *ret = r->now->categories;
    return r->now->n_categories;
}

size_t refdata_units(const struct refdata *r, const struct unit **ret)
{
    *ret = r->now->units;
    return r->now->n_units;
}

uint32_t refdata_rule_set(const struct refdata *r)
{
    return r->now->rule_set;
}

const struct calendar *refdata_calendar(const struct refdata *r)
{
    return &r->now->calendar;
}

int64_t refdata_version(const struct refdata *r)
{
    return r->now->version;
}

/* ---- names ---------------------------------------------------------------------------------------------------------------- */

enum { PATH_STEPS = 4 };

static struct str join_path(struct arena *a, const struct str *names, size_t n, const char *separator)
{
    struct buf b;
    buf_init(&b, a, 2000);
    for (size_t i = n; i-- > 0;) {
        if (b.n > 0)
            buf_put(&b, str_from_c(separator));
        buf_put(&b, names[i]);
    }
    return buf_str(&b);
}

struct str refdata_area_path(const struct refdata *r, struct arena *a, struct str code, const char *separator)
{
    struct str names[PATH_STEPS];
    size_t n = 0;
    for (const struct area *x = refdata_area(r, code); x && n < PATH_STEPS; x = refdata_area(r, x->parent))
        names[n++] = x->name;
    return join_path(a, names, n, separator);
}

struct str refdata_category_path(const struct refdata *r, struct arena *a, struct str code, const char *separator)
{
    struct str names[PATH_STEPS];
    size_t n = 0;
    for (const struct category *x = refdata_category(r, code); x && n < PATH_STEPS;
         x = x->parent.n ? refdata_category(r, x->parent) : NULL)
        names[n++] = x->name;
    return join_path(a, names, n, separator);
}

size_t refdata_area_find(const struct refdata *r, struct arena *a, struct str words, size_t max, const struct area ***ret)
{
    const struct generation *g = r->now;
    const struct area **out = ARENA_ARRAY(a, const struct area *, max ? max : 1);
    struct str key = normalise_key(a, words);
    size_t n = 0;
    *ret = out;
    if (key.n == 0)
        return 0;
    for (int level = AREA_DISTRICT; level <= AREA_COMMUNITY; level++)
        for (size_t i = 0; i < g->n_areas && n < max; i++)
            if (g->areas[i].level == level && (str_find(g->areas[i].name, key) || str_find(g->area_keys_en[i], key)))
                out[n++] = &g->areas[i];
    return n;
}
