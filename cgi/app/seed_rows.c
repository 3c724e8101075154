/*
 * seed_rows.c - CSV files become rows of areas, catalogue, units and rules.
 *
 * Contract: seed_internal.h. The body of a row is written exactly as the `current` statement of its table writes it, so
 * that a comparison of texts finds a change. Upper catalogue levels, street offices and district bureaus are made here.
 */
#include "app/seed_internal.h"
#include "gen/sql.h"

#define TABLE(name, query)                                                                                             \
    static enum err name##_current(struct db *db, struct arena *a, const struct seed_current **ret, size_t *ret_n)     \
    {                                                                                                                  \
        const struct q_seed_##query##_current_row *rows;                                                               \
        enum err e = q_seed_##query##_current(db, &rows, ret_n);                                                       \
        if (e)                                                                                                         \
            return e;                                                                                                  \
        struct seed_current *out = ARENA_ARRAY(a, struct seed_current, *ret_n + 1);                                    \
        for (size_t i = 0; i < *ret_n; i++)                                                                            \
            out[i] = (struct seed_current){rows[i].code, rows[i].body};                                                \
        *ret = out;                                                                                                    \
        return ERR_OK;                                                                                                 \
    }                                                                                                                  \
    static enum err name##_close(struct db *db, struct str code, int32_t day)                                          \
    {                                                                                                                  \
        size_t n;                                                                                                      \
        return q_seed_##query##_close(db, &(struct q_seed_##query##_close_in){.code = code, .day = day}, &n);          \
    }                                                                                                                  \
    static enum err name##_put(struct db *db, void *in, int32_t day)                                                   \
    {                                                                                                                  \
        struct q_seed_##query##_put_in *p = in;                                                                        \
        size_t n;                                                                                                      \
        p->day = day;                                                                                                  \
        return q_seed_##query##_put(db, p, &n);                                                                        \
    }                                                                                                                  \
    const struct seed_table name = {name##_current, name##_close, name##_put}

TABLE(seed_areas, area);
TABLE(seed_categories, category);
TABLE(seed_units, unit);
TABLE(seed_rules, rule);

/* ---- rows ----------------------------------------------------------------------------------------------------------- */

struct list { /* grows in the arena */
    struct arena *a;
    struct seed_row *rows;
    size_t n, cap;
};

static void add(struct list *l, struct str code, struct str body, void *in)
{
    if (l->n == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : 512;
        struct seed_row *more = ARENA_ARRAY(l->a, struct seed_row, cap);
        if (l->n)
            memcpy(more, l->rows, l->n * sizeof *more);
        l->rows = more;
        l->cap = cap;
    }
    l->rows[l->n++] = (struct seed_row){code, body, in};
}

static bool number_or_empty(struct str s, int64_t max, int64_t *ret, bool *ret_given)
{
    *ret_given = s.n > 0;
    return !s.n || parse_i64(s, 0, max, ret);
}

static void put_area(struct list *l, struct q_seed_area_put_in *in)
{
    struct arena *a = l->a;
    struct str pop = in->has_population ? arena_printf(a, "%lld", (long long)in->population) : STR_NONE;
    struct str x = in->has_tile_x ? arena_printf(a, "%d", in->tile_x) : STR_NONE;
    struct str y = in->has_tile_y ? arena_printf(a, "%d", in->tile_y) : STR_NONE;
    struct str body = arena_printf(a, "%d|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|%d|" STR_FMT "|" STR_FMT "|" STR_FMT,
                                   in->level, STR_ARG(in->parent), STR_ARG(in->name), STR_ARG(in->name_en),
                                   STR_ARG(in->kind), in->is_zone ? 1 : 0, STR_ARG(pop), STR_ARG(x), STR_ARG(y));
    add(l, in->code, body, in);
}

static enum err read_divisions(struct seed_work *w, struct str text, struct list *l)
{
    static const char *const columns[] = {"code", "level", "parent", "name", "name_en", "kind", "is_zone", "population",
                                          "tile_x", "tile_y"};
    struct csv c;
    enum err e = seed_csv(w, "area.csv", text, columns, 10, &c);
    int more;
    while (!e && (more = csv_next(&c)) == 1) {
        struct q_seed_area_put_in *in = ARENA_NEW(w->a, struct q_seed_area_put_in);
        int64_t level = 0, zone = 0, pop = 0, x = 0, y = 0;
        bool ok = parse_i64(c.fields[1], 1, 2, &level) && parse_i64(c.fields[6], 0, 1, &zone) &&
                  number_or_empty(c.fields[7], 99999999, &pop, &in->has_population) &&
                  number_or_empty(c.fields[8], 9, &x, &in->has_tile_x) && number_or_empty(c.fields[9], 9, &y, &in->has_tile_y);
        if (!ok || c.fields[0].n != (level == 1 ? 6u : 9u) || !str_starts(c.fields[0], level == 1 ? STR("11") : c.fields[2]))
            return seed_fault(w, "area.csv", &c, "level, parent or a number is wrong");
        in->code = c.fields[0];
        in->level = (int32_t)level;
        in->parent = c.fields[2];
        in->name = c.fields[3];
        in->name_en = c.fields[4];
        in->has_name_en = c.fields[4].n > 0;
        in->kind = c.fields[5];
        in->is_zone = zone != 0;
        in->population = pop;
        in->tile_x = (int32_t)x;
        in->tile_y = (int32_t)y;
        put_area(l, in);
    }
    return e ? e : more < 0 ? seed_fault(w, "area.csv", &c, c.why) : ERR_OK;
}

enum err seed_read_areas(struct seed_work *w, const struct str *texts, struct seed_rows *ret)
{
    static const char *const columns[] = {"code", "parent", "name", "kind"};
    struct list l = {.a = w->a};
    struct csv c;
    enum err e = read_divisions(w, texts[TEXT_AREA], &l);
    if (!e)
        e = seed_csv(w, "community.csv", texts[TEXT_COMMUNITY], columns, 4, &c);
    int more;
    while (!e && (more = csv_next(&c)) == 1) {
        if (c.fields[0].n != 12 || c.fields[1].n != 9 || !str_starts(c.fields[0], c.fields[1]))
            return seed_fault(w, "community.csv", &c, "the code does not lie below its parent");
        struct q_seed_area_put_in *in = ARENA_NEW(w->a, struct q_seed_area_put_in);
        in->code = c.fields[0];
        in->level = 3;
        in->parent = c.fields[1];
        in->name = c.fields[2];
        in->kind = c.fields[3];
        put_area(&l, in);
    }
    *ret = (struct seed_rows){l.rows, l.n};
    return e ? e : more < 0 ? seed_fault(w, "community.csv", &c, c.why) : ERR_OK;
}

/* ---- catalogue ------------------------------------------------------------------------------------------------------ */

struct category_names { /* English names of the upper levels */
    struct str code[256], name[256];
    size_t n;
};

static enum err read_names(struct seed_work *w, struct str text, struct category_names *ret)
{
    static const char *const columns[] = {"code", "name_en"};
    struct csv c;
    enum err e = seed_csv(w, "category_en.csv", text, columns, 2, &c);
    int more;
    ret->n = 0;
    while (!e && (more = csv_next(&c)) == 1) {
        if (ret->n == 256)
            return seed_fault(w, "category_en.csv", &c, "too many rows");
        ret->code[ret->n] = c.fields[0];
        ret->name[ret->n++] = c.fields[1];
    }
    return e ? e : more < 0 ? seed_fault(w, "category_en.csv", &c, c.why) : ERR_OK;
}

static void put_category(struct list *l, const struct category_names *names, struct q_seed_category_put_in *in)
{
    for (size_t i = 0; i < names->n; i++)
        if (str_eq(names->code[i], in->code)) {
            in->name_en = names->name[i];
            in->has_name_en = true;
        }
    struct str body = arena_printf(l->a,
        "%d|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|%d|%d|" STR_FMT "|" STR_FMT, in->level,
        STR_ARG(in->parent), STR_ARG(in->name), STR_ARG(in->name_en), STR_ARG(in->seven_have), STR_ARG(in->five_quality),
        in->response_level, in->lead_kind, STR_ARG(in->lead_ref), STR_ARG(in->keywords));
    add(l, in->code, body, in);
}

/* A level above the leaves, when the row before had another one. */
static void put_upper(struct list *l, const struct category_names *names, struct str code, int level, struct str name)
{
    struct q_seed_category_put_in *in = ARENA_NEW(l->a, struct q_seed_category_put_in);
    in->code = code;
    in->level = level;
    in->parent = str_slice(code, 0, code.n - 2);
    in->name = name;
    in->response_level = 3;
    put_category(l, names, in);
}

static enum err read_leaf(struct seed_work *w, const struct csv *c, struct q_seed_category_put_in *in)
{
    int64_t level, kind;
    if (c->fields[0].n != 6 || !parse_i64(c->fields[6], 1, 4, &level) || !parse_i64(c->fields[7], 1, 5, &kind))
        return seed_fault(w, "category.csv", c, "code, response level or lead kind is wrong");
    in->code = c->fields[0];
    in->level = 3;
    in->parent = str_slice(c->fields[0], 0, 4);
    in->name = c->fields[3];
    in->seven_have = c->fields[4];
    in->has_seven_have = c->fields[4].n > 0;
    in->five_quality = c->fields[5];
    in->has_five_quality = c->fields[5].n > 0;
    in->response_level = (int32_t)level;
    in->lead_kind = (int32_t)kind;
    in->lead_ref = c->fields[8];
    in->has_lead_ref = c->fields[8].n > 0;
    in->keywords = c->fields[9];
    return ERR_OK;
}

enum err seed_read_categories(struct seed_work *w, const struct str *texts, struct seed_rows *ret)
{
    static const char *const columns[] = {"code", "level1", "level2", "level3", "seven_have", "five_quality",
                                          "response_level", "lead_kind", "lead_ref", "keywords"};
    struct category_names *names = ARENA_NEW(w->a, struct category_names);
    struct list l = {.a = w->a};
    struct csv c;
    struct str top = STR_NONE, middle = STR_NONE;
    enum err e = read_names(w, texts[TEXT_CATEGORY_EN], names);
    if (!e)
        e = seed_csv(w, "category.csv", texts[TEXT_CATEGORY], columns, 10, &c);
    int more;
    while (!e && (more = csv_next(&c)) == 1) {
        struct q_seed_category_put_in *in = ARENA_NEW(w->a, struct q_seed_category_put_in);
        e = read_leaf(w, &c, in);
        if (e)
            return e;
        if (!str_eq(top, str_slice(in->code, 0, 2)))
            put_upper(&l, names, top = str_slice(in->code, 0, 2), 1, c.fields[1]);
        if (!str_eq(middle, in->parent))
            put_upper(&l, names, middle = in->parent, 2, c.fields[2]);
        put_category(&l, names, in);
    }
    *ret = (struct seed_rows){l.rows, l.n};
    return e ? e : more < 0 ? seed_fault(w, "category.csv", &c, c.why) : ERR_OK;
}

/* ---- units ---------------------------------------------------------------------------------------------------------- */

static void put_unit(struct list *l, struct q_seed_unit_put_in in)
{
    struct q_seed_unit_put_in *p = ARENA_NEW(l->a, struct q_seed_unit_put_in);
    *p = in;
    p->has_name_en = p->name_en.n > 0;
    p->has_parent = p->parent.n > 0;
    p->has_area_code = p->area_code.n > 0;
    p->has_bureau_kind = p->bureau_kind.n > 0;
    struct str body = arena_printf(l->a, STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT "|" STR_FMT,
                                   STR_ARG(p->name), STR_ARG(p->name_en), STR_ARG(p->short_name), STR_ARG(p->kind),
                                   STR_ARG(p->parent), STR_ARG(p->area_code), STR_ARG(p->bureau_kind));
    add(l, p->code, body, p);
}

/* Streets are called 街道办事处, towns and townships 人民政府; a 地区办事处 already says what it is. */
static struct str office_name(struct arena *a, struct str area)
{
    if (str_ends(area, STR("街道")))
        return arena_concat(a, area, STR("办事处"));
    if (str_ends(area, STR("镇")) || str_ends(area, STR("乡")))
        return arena_concat(a, area, STR("人民政府"));
    return area;
}

static void put_street_offices(struct list *l, const struct seed_rows *areas)
{
    for (size_t i = 0; i < areas->n; i++) {
        const struct q_seed_area_put_in *area = areas->rows[i].in;
        if (area->level != 2 || area->is_zone)
            continue;
        put_unit(l, (struct q_seed_unit_put_in){
            .code = arena_concat(l->a, STR("ST"), area->code), .name = office_name(l->a, area->name),
            .short_name = area->name, .kind = STR("street_office"),
            .parent = arena_concat(l->a, STR("BJ"), area->parent), .area_code = area->code});
    }
}

/* {district} = 东城区, {district_short} = 东城. */
static struct str fill_pattern(struct arena *a, struct str pattern, struct str district)
{
    struct buf b;
    buf_init(&b, a, 600);
    struct str small = str_ends(district, STR("区")) ? str_slice(district, 0, district.n - 3) : district;
    while (pattern.n) {
        if (str_starts(pattern, STR("{district}"))) {
            buf_put(&b, district);
            pattern = str_slice(pattern, 10, pattern.n);
        } else if (str_starts(pattern, STR("{district_short}"))) {
            buf_put(&b, small);
            pattern = str_slice(pattern, 16, pattern.n);
        } else {
            buf_putc(&b, pattern.p[0]);
            pattern = str_slice(pattern, 1, pattern.n);
        }
    }
    return buf_str(&b);
}

/* "区教委" in 东城区 becomes "东城区教委"; "属地派出所" stays with the district's name before it. */
static struct str bureau_short(struct arena *a, struct str kind, struct str district)
{
    struct str tail = str_starts(kind, STR("区")) ? str_slice(kind, 3, kind.n)
                    : str_starts(kind, STR("属地")) ? str_slice(kind, 6, kind.n) : kind;
    return arena_concat(a, district, tail);
}

static void put_bureau(struct list *l, const struct csv *c, const struct q_seed_area_put_in *district)
{
    struct str en = district->name_en;
    if (str_ends(en, STR(" District")))
        en = str_slice(en, 0, en.n - 9);
    put_unit(l, (struct q_seed_unit_put_in){
        .code = arena_printf(l->a, "DB" STR_FMT STR_FMT, STR_ARG(district->code), STR_ARG(c->fields[0])),
        .name = fill_pattern(l->a, c->fields[2], district->name),
        .name_en = arena_printf(l->a, STR_FMT " " STR_FMT, STR_ARG(en), STR_ARG(c->fields[3])),
        .short_name = bureau_short(l->a, c->fields[1], district->name), .kind = STR("district_bureau"),
        .parent = arena_concat(l->a, STR("BJ"), district->code), .area_code = district->code,
        .bureau_kind = c->fields[1]});
}

static enum err read_bureaus(struct seed_work *w, struct str text, const struct seed_rows *areas, struct list *l)
{
    static const char *const columns[] = {"number", "short_name", "name_pattern", "name_en", "city_department"};
    struct csv c;
    enum err e = seed_csv(w, "bureau.csv", text, columns, 5, &c);
    int more;
    while (!e && (more = csv_next(&c)) == 1) {
        if (c.fields[0].n != 2)
            return seed_fault(w, "bureau.csv", &c, "the number must have two digits");
        for (size_t i = 0; i < areas->n; i++)
            if (((const struct q_seed_area_put_in *)areas->rows[i].in)->level == 1)
                put_bureau(l, &c, areas->rows[i].in);
    }
    return e ? e : more < 0 ? seed_fault(w, "bureau.csv", &c, c.why) : ERR_OK;
}

enum err seed_read_units(struct seed_work *w, const struct str *texts, struct seed_rows *ret)
{
    static const char *const columns[] = {"code", "name", "name_en", "short_name", "kind", "parent", "area"};
    struct list l = {.a = w->a};
    struct seed_rows areas;
    struct csv c;
    enum err e = seed_read_areas(w, texts, &areas);
    if (!e)
        e = seed_csv(w, "unit.csv", texts[TEXT_UNIT], columns, 7, &c);
    int more = 0;
    while (!e && (more = csv_next(&c)) == 1)
        put_unit(&l, (struct q_seed_unit_put_in){.code = c.fields[0], .name = c.fields[1], .name_en = c.fields[2],
                 .short_name = c.fields[3], .kind = c.fields[4], .parent = c.fields[5], .area_code = c.fields[6]});
    if (!e && more < 0)
        e = seed_fault(w, "unit.csv", &c, c.why);
    if (!e)
        e = read_bureaus(w, texts[TEXT_BUREAU], &areas, &l);
    if (e)
        return e;
    put_street_offices(&l, &areas);
    *ret = (struct seed_rows){l.rows, l.n};
    return ERR_OK;
}

/* ---- rules ---------------------------------------------------------------------------------------------------------- */

static enum err read_rule(struct seed_work *w, const struct csv *c, struct list *l)
{
    struct q_seed_rule_put_in *in = ARENA_NEW(w->a, struct q_seed_rule_put_in);
    int64_t id, kind, level, working, copy;
    if (!parse_i64(c->fields[0], 1, 999999, &id) || !parse_i64(c->fields[3], 1, 5, &kind) ||
        !parse_i64(c->fields[5], 1, 4, &level) || !parse_i64(c->fields[6], 0, 1, &working) ||
        !parse_i64(c->fields[7], 0, 1, &copy) || c->fields[1].n > 6 || c->fields[2].n > 12)
        return seed_fault(w, "dispatch_rule.csv", c, "number, lead kind, level or a flag is wrong");
    *in = (struct q_seed_rule_put_in){.id = id, .category_prefix = c->fields[1], .area_prefix = c->fields[2],
        .lead_kind = (int32_t)kind, .lead_ref = c->fields[4], .has_lead_ref = c->fields[4].n > 0,
        .response_level = (int32_t)level, .working_days = working != 0, .copy_district = copy != 0,
        .co_refs = c->fields[8], .note = c->fields[9]};
    struct str body = arena_printf(w->a, STR_FMT "|" STR_FMT "|%d|" STR_FMT "|%d|%d|%d|" STR_FMT "|" STR_FMT,
        STR_ARG(in->category_prefix), STR_ARG(in->area_prefix), in->lead_kind, STR_ARG(in->lead_ref), in->response_level,
        in->working_days ? 1 : 0, in->copy_district ? 1 : 0, STR_ARG(in->co_refs), STR_ARG(in->note));
    add(l, c->fields[0], body, in);
    return ERR_OK;
}

enum err seed_read_rules(struct seed_work *w, const struct str *texts, struct seed_rows *ret)
{
    static const char *const columns[] = {"id", "category_prefix", "area_prefix", "lead_kind", "lead_ref",
                                          "response_level", "working_days", "copy_district", "co_refs", "note"};
    struct list l = {.a = w->a};
    struct csv c;
    enum err e = seed_csv(w, "dispatch_rule.csv", texts[TEXT_RULE], columns, 10, &c);
    int more = 0;
    while (!e && (more = csv_next(&c)) == 1)
        e = read_rule(w, &c, &l);
    if (!e && more < 0)
        e = seed_fault(w, "dispatch_rule.csv", &c, c.why);
    *ret = (struct seed_rows){l.rows, l.n};
    return e;
}
