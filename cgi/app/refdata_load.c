/*
 * refdata_load.c - reading reference data from the database into a new generation, and when to look again.
 *
 * Contract: a half-read generation is never adopted. The arenas of generations end with exhaustion as an abort: their cap
 * is far above what a city has, so passing it is a mistake of ours. Rows of statements lie in the request arena and are
 * copied out.
 */
#include "app/normalise.h"
#include "app/refdata_private.h"
#include "app/urgent.h"
#include "gen/sql.h"

enum { PAGE_ROWS = 1000, ROWS_MAX = 200000 };

/* ---- generations -------------------------------------------------------------------------------------------------------- */

struct generation *generation_new(void)
{
    struct arena *a = arena_new(REFDATA_BYTES);
    if (!a)
        return NULL;
    struct generation *g = ARENA_NEW(a, struct generation);
    g->a = a;
    return g;
}

void generation_free(struct generation *g)
{
    if (g)
        arena_free(g->a);
}

static int by_parent_area(const void *x, const void *y)
{
    const struct area *a = *(const struct area *const *)x, *b = *(const struct area *const *)y;
    int c = str_cmp(a->parent, b->parent);
    return c ? c : str_cmp(a->code, b->code);
}

static int by_parent_category(const void *x, const void *y)
{
    const struct category *a = *(const struct category *const *)x, *b = *(const struct category *const *)y;
    int c = str_cmp(a->parent, b->parent);
    return c ? c : str_cmp(a->code, b->code);
}

static int by_category(const void *x, const void *y)
{
    return str_cmp((*(const struct rule *const *)x)->category_prefix, (*(const struct rule *const *)y)->category_prefix);
}

void generation_index_rules(struct generation *g, struct arena *a)
{
    g->rules_by_category = ARENA_ARRAY(a, const struct rule *, g->n_rules + 1);
    for (size_t i = 0; i < g->n_rules; i++)
        g->rules_by_category[i] = &g->rules[i];
    qsort(g->rules_by_category, g->n_rules, sizeof *g->rules_by_category, by_category);
}

static struct code_index index_codes(struct generation *g, const void *rows, size_t n, size_t size)
{
    size_t room = 2;
    while (room < n * 2)
        room *= 2;
    struct code_index x = {ARENA_ARRAY(g->a, uint32_t, room), room - 1};
    BUG_ON(n >= UINT32_MAX);
    for (size_t i = 0; i < n; i++) {
        size_t at = refdata_place(refdata_code(rows, size, i)) & x.mask;
        while (x.places[at])
            at = (at + 1) & x.mask;
        x.places[at] = (uint32_t)(i + 1);
    }
    return x;
}

static void index_areas(struct generation *g)
{
    g->area_index = index_codes(g, g->areas, g->n_areas, sizeof *g->areas);
    g->areas_by_parent = ARENA_ARRAY(g->a, const struct area *, g->n_areas + 1);
    g->area_keys_en = ARENA_ARRAY(g->a, struct str, g->n_areas + 1);
    for (size_t i = 0; i < g->n_areas; i++) {
        g->areas_by_parent[i] = &g->areas[i];
        g->area_keys_en[i] = normalise_key(g->a, g->areas[i].name_en);
        if (g->areas[i].level == AREA_DISTRICT && g->city_code.n == 0)
            g->city_code = g->areas[i].parent;
    }
    qsort(g->areas_by_parent, g->n_areas, sizeof *g->areas_by_parent, by_parent_area);
}

static void index_categories(struct generation *g)
{
    g->category_index = index_codes(g, g->categories, g->n_categories, sizeof *g->categories);
    g->categories_by_parent = ARENA_ARRAY(g->a, const struct category *, g->n_categories + 1);
    for (size_t i = 0; i < g->n_categories; i++)
        g->categories_by_parent[i] = &g->categories[i];
    qsort(g->categories_by_parent, g->n_categories, sizeof *g->categories_by_parent, by_parent_category);
}

static void index_units(struct generation *g)
{
    g->unit_index = index_codes(g, g->units, g->n_units, sizeof *g->units);
    g->city_units = ARENA_ARRAY(g->a, const struct unit *, g->n_units + 1);
    for (size_t i = 0; i < g->n_units; i++) {
        const struct unit *u = &g->units[i];
        if (str_eq_c(u->kind, "hotline_center"))
            g->hotline = u;
        if (u->bureau_kind.n == 0 && !str_starts(u->code, STR("ST")))
            g->city_units[g->n_city_units++] = u;
    }
}

void generation_index(struct generation *g)
{
    index_areas(g);
    index_categories(g);
    index_units(g);
    generation_index_rules(g, g->a);
}

void refdata_adopt(struct refdata *r, struct generation *g)
{
    generation_free(r->before);
    r->before = r->now;
    r->now = g;
    r->loaded = true;
}

struct refdata *refdata_new(unsigned parts)
{
    struct refdata *r = calloc(1, sizeof *r);
    struct generation *g = generation_new();
    if (!r || !g) {
        free(r);
        generation_free(g);
        return NULL;
    }
    generation_index(g);
    r->parts = parts;
    r->now = g;
    return r;
}

void refdata_free(struct refdata *r)
{
    if (!r)
        return;
    generation_free(r->now);
    generation_free(r->before);
    free(r);
}

bool refdata_fill(struct refdata *r, const struct refdata_rows *rows)
{
    struct generation *g = generation_new();
    if (!g)
        return false;
    g->areas = rows->areas;
    g->n_areas = rows->n_areas;
    g->categories = rows->categories;
    g->n_categories = rows->n_categories;
    g->units = rows->units;
    g->n_units = rows->n_units;
    g->rules = rows->rules;
    g->n_rules = rows->n_rules;
    g->calendar = (struct calendar){rows->days, rows->n_days};
    g->version = r->now->version + 1;
    generation_index(g);
    refdata_adopt(r, g);
    return true;
}

/* ---- reading -------------------------------------------------------------------------------------------------------------- */

/* Doubles an array of the generation when it is full. */
static void *grow(struct arena *a, void *old, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return old;
    size_t more = *cap ? *cap * 2 : PAGE_ROWS;
    BUG_ON(more > ROWS_MAX * 2);
    void *p = arena_array(a, more, size);
    if (n)
        memcpy(p, old, n * size);
    *cap = more;
    return p;
}

static enum err load_areas(struct ctx *c, struct generation *g)
{
    struct area *out = NULL;
    size_t n = 0, cap = 0, got = PAGE_ROWS;
    while (got == PAGE_ROWS) {
        const struct q_ref_areas_row *row = NULL;
        struct q_ref_areas_in in = {.after = n ? out[n - 1].code : STR_NONE};
        enum err e = q_ref_areas(c->db, &in, &row, &got);
        if (e != ERR_OK)
            return e;
        for (size_t i = 0; i < got; i++) {
            out = grow(g->a, out, n, &cap, sizeof *out);
            out[n++] = (struct area){
                .code = arena_dup(g->a, row[i].code), .parent = arena_dup(g->a, row[i].parent),
                .name = arena_dup(g->a, row[i].name), .name_en = arena_dup(g->a, row[i].name_en),
                .kind = arena_dup(g->a, row[i].kind), .level = row[i].level, .is_zone = row[i].is_zone,
                .population = row[i].population, .tile_x = row[i].tile_x, .tile_y = row[i].tile_y};
        }
    }
    g->areas = out;
    g->n_areas = n;
    return ERR_OK;
}

static enum err load_categories(struct ctx *c, struct generation *g)
{
    struct category *out = NULL;
    size_t n = 0, cap = 0, got = PAGE_ROWS;
    while (got == PAGE_ROWS) {
        const struct q_ref_categories_row *row = NULL;
        struct q_ref_categories_in in = {.after = n ? out[n - 1].code : STR_NONE};
        enum err e = q_ref_categories(c->db, &in, &row, &got);
        if (e != ERR_OK)
            return e;
        for (size_t i = 0; i < got; i++) {
            out = grow(g->a, out, n, &cap, sizeof *out);
            out[n++] = (struct category){
                .code = arena_dup(g->a, row[i].code), .parent = arena_dup(g->a, row[i].parent),
                .name = arena_dup(g->a, row[i].name), .name_en = arena_dup(g->a, row[i].name_en),
                .seven_have = arena_dup(g->a, row[i].seven_have), .five_quality = arena_dup(g->a, row[i].five_quality),
                .keywords = arena_dup(g->a, row[i].keywords), .level = row[i].level,
                .response_level = row[i].response_level, .lead_kind = row[i].lead_kind,
                .lead_ref = arena_dup(g->a, row[i].lead_ref)};
        }
    }
    g->categories = out;
    g->n_categories = n;
    return ERR_OK;
}

static enum err load_units(struct ctx *c, struct generation *g)
{
    struct unit *out = NULL;
    size_t n = 0, cap = 0, got = PAGE_ROWS;
    while (got == PAGE_ROWS) {
        const struct q_ref_units_row *row = NULL;
        struct q_ref_units_in in = {.after = n ? out[n - 1].code : STR_NONE};
        enum err e = q_ref_units(c->db, &in, &row, &got);
        if (e != ERR_OK)
            return e;
        for (size_t i = 0; i < got; i++) {
            out = grow(g->a, out, n, &cap, sizeof *out);
            out[n++] = (struct unit){
                .code = arena_dup(g->a, row[i].code), .name = arena_dup(g->a, row[i].name),
                .name_en = arena_dup(g->a, row[i].name_en), .short_name = arena_dup(g->a, row[i].short_name),
                .kind = arena_dup(g->a, row[i].kind), .parent = arena_dup(g->a, row[i].parent),
                .area_code = arena_dup(g->a, row[i].area_code), .bureau_kind = arena_dup(g->a, row[i].bureau_kind)};
        }
    }
    g->units = out;
    g->n_units = n;
    return ERR_OK;
}

static struct rule rule_copy(struct arena *a, struct rule r)
{
    r.category_prefix = arena_dup(a, r.category_prefix);
    r.area_prefix = arena_dup(a, r.area_prefix);
    r.lead_ref = arena_dup(a, r.lead_ref);
    r.co_refs = arena_dup(a, r.co_refs);
    return r;
}

#define RULE_OF(r)                                                                                                     \
    (struct rule){.id = (uint32_t)(r).id, .category_prefix = (r).category_prefix, .area_prefix = (r).area_prefix,      \
                  .lead_ref = (r).lead_ref, .co_refs = (r).co_refs, .lead_kind = (r).lead_kind,                        \
                  .response_level = (r).response_level, .working_days = (r).working_days,                              \
                  .copy_district = (r).copy_district}

/* The rules of the seeds, or of the published set that stands over them. */
static enum err load_rules(struct ctx *c, struct generation *g)
{
    const struct q_rule_set_in_force_row *set = NULL;
    struct rule *out = NULL;
    size_t n = 0, cap = 0, got = PAGE_ROWS;
    enum err e = q_rule_set_in_force(c->db, &set);
    if (e != ERR_OK)
        return e;
    g->rule_set = (uint32_t)set->id;
    while (got == PAGE_ROWS) {
        const struct q_ref_rules_row *seed = NULL;
        const struct q_ref_set_rules_row *row = NULL;
        struct q_ref_rules_in seed_in = {.after = n ? out[n - 1].id : 0};
        struct q_ref_set_rules_in in = {.set_id = set->id, .after = n ? out[n - 1].id : 0};
        e = set->id ? q_ref_set_rules(c->db, &in, &row, &got) : q_ref_rules(c->db, &seed_in, &seed, &got);
        if (e != ERR_OK)
            return e;
        for (size_t i = 0; i < got; i++) {
            out = grow(g->a, out, n, &cap, sizeof *out);
            out[n++] = rule_copy(g->a, set->id ? RULE_OF(row[i]) : RULE_OF(seed[i]));
        }
    }
    g->rules = out;
    g->n_rules = n;
    return ERR_OK;
}

static enum err load_calendar(struct ctx *c, struct generation *g)
{
    struct calendar_day *out = NULL;
    size_t n = 0, cap = 0, got = PAGE_ROWS;
    while (got == PAGE_ROWS) {
        const struct q_ref_calendar_row *row = NULL;
        struct q_ref_calendar_in in = {.after = n ? out[n - 1].day : 0};
        enum err e = q_ref_calendar(c->db, &in, &row, &got);
        if (e != ERR_OK)
            return e;
        for (size_t i = 0; i < got; i++) {
            out = grow(g->a, out, n, &cap, sizeof *out);
            out[n++] = (struct calendar_day){row[i].day, row[i].is_working};
        }
    }
    g->calendar = (struct calendar){out, n};
    return ERR_OK;
}

static enum err load_urgent(struct ctx *c, struct generation *g)
{
    const struct q_ref_urgent_row *row = NULL;
    size_t n = 0;
    int64_t now = 0;
    enum err e = db_now(c->db, &now);
    struct q_ref_urgent_in in = {.now = now};
    if (e == ERR_OK)
        e = q_ref_urgent(c->db, &in, &row, &n);
    if (e != ERR_OK)
        return e;
    struct urgent_mode *out = ARENA_ARRAY(g->a, struct urgent_mode, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct urgent_mode){
            .id = row[i].id, .version = row[i].version, .name = arena_dup(g->a, row[i].name),
            .reason = arena_dup(g->a, row[i].reason), .categories = arena_dup(g->a, row[i].categories),
            .areas = arena_dup(g->a, row[i].areas), .level = row[i].level, .starts_at = row[i].starts_at,
            .ends_at = row[i].ends_at, .notice_zh = arena_dup(g->a, row[i].notice_zh),
            .notice_en = arena_dup(g->a, row[i].notice_en)};
    g->modes = out;
    g->n_modes = n;
    return ERR_OK;
}

static enum err load_all(struct refdata *r, struct ctx *c, struct generation *g)
{
    enum err e = ERR_OK;
    if (r->parts & REF_AREAS)
        e = load_areas(c, g);
    if (e == ERR_OK && (r->parts & REF_CATEGORIES))
        e = load_categories(c, g);
    if (e == ERR_OK && (r->parts & REF_UNITS))
        e = load_units(c, g);
    if (e == ERR_OK && (r->parts & REF_DISPATCH))
        e = load_rules(c, g);
    if (e == ERR_OK && (r->parts & REF_DISPATCH))
        e = load_calendar(c, g);
    if (e == ERR_OK)
        e = load_urgent(c, g);
    if (e == ERR_OK)
        generation_index(g);
    return e;
}

static enum err load_if_changed(struct refdata *r, struct ctx *c)
{
    const struct q_ref_version_row *v = NULL;
    enum err e = q_ref_version(c->db, &v);
    if (e != ERR_OK)
        return e;
    if (r->loaded && v->loaded_at == r->now->version && v->n == r->now->n_seed_rows)
        return ERR_OK;
    struct generation *g = generation_new();
    if (!g)
        return fault_set(c->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "no memory for reference data");
    g->version = v->loaded_at;
    g->n_seed_rows = v->n;
    e = load_all(r, c, g);
    if (e == ERR_OK)
        refdata_adopt(r, g);
    else
        generation_free(g);
    return e;
}

enum err refdata_refresh(struct refdata *r, struct ctx *c)
{
    int64_t now = clock_monotonic_us();
    enum err e = ERR_OK;
    if (!r->loaded || now - r->checked_us >= c->set->refdata_check_seconds * US_PER_S) {
        e = load_if_changed(r, c);
        if (e != ERR_OK && r->loaded) {
            fault_clear(c->fault); /* what we have is good enough; the next request looks again */
            e = ERR_OK;
        }
        r->checked_us = now;
    }
    c->ref = r;
    return e;
}
