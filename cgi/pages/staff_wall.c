/*
 * staff_wall.c - the wall: what is late, returned, stuck, without contact, as numbers that lead to their lists.
 *
 * Contract: at most five statements, whatever the size of the city. Who is limited to units sees these alone. Must not know how
 * numbers come about.
 */
#include "pages/staff_wall.h"

#include "app/permission.h"
#include "app/refdata.h"
#include "base/limits.h"
#include "gen/tmpl.h"
#include "pages/say.h"
#include "pages/staff_frame.h"
#include "pages/view_staff_wall.h"

enum { PERCENT = 100, BEHIND_MANY = 1000 };

const char *const staff_wall_kinds[] = {"late",     "uncontacted", "unsigned", "due_soon", "stuck",   "bounced",
                                         "reopened", "supervised",  "paused",   "to_sign",  "in_hand", NULL};

/* clang-format off */
static const struct form_field wall_fields[] = {
    {FORM_FIELD(struct wall_query, kind, "kind", FIELD_CHOICE), .choices = staff_wall_kinds},
};
const struct form_spec staff_wall_query = {FORM_SPEC("staff_wall", struct wall_query, wall_fields)};

static const struct form_field list_fields[] = {
    {FORM_FIELD(struct wall_query, kind, "kind", FIELD_CHOICE), .required = true, .choices = staff_wall_kinds},
    {FORM_FIELD(struct wall_query, unit, "unit", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct wall_query, district, "district", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct wall_query, cursor, "cursor", FIELD_TEXT), .max = LIMIT_CURSOR_CHARS},
};
const struct form_spec staff_wall_list_query = {FORM_SPEC("staff_wall_list", struct wall_query, list_fields)};
const struct form_spec staff_wall_export_form = {FORM_SPEC("staff_wall_export", struct wall_query, list_fields)};
/* clang-format on */

struct str wall_query_text(struct arena *a, enum wall_kind kind, struct str unit, struct str district)
{
    return arena_printf(a, "kind=%s%s" STR_FMT "%s" STR_FMT, wall_kind_word(kind), unit.n > 0 ? "&unit=" : "", STR_ARG(unit),
                        district.n > 0 ? "&district=" : "", STR_ARG(district));
}

static struct str list_href(const struct say *s, enum wall_kind kind, struct str unit, struct str district)
{
    return arena_concat(s->a, STR("/staff/wall/list?"), wall_query_text(s->a, kind, unit, district));
}

static bool is_bad(enum wall_kind k)
{
    return k == WALL_LATE || k == WALL_UNCONTACTED || k == WALL_STUCK;
}

/* ---- figures ------------------------------------------------------------------------------------------------------------- */

static void put_tiles(const struct say *s, const struct wall_line *l, struct str unit, enum wall_kind chosen, struct view_staff_wall *v)
{
    struct view_wall_tile *t = ARENA_ARRAY(s->a, struct view_wall_tile, STAFF_WALL_KINDS);
    for (size_t i = 0; i < STAFF_WALL_KINDS; i++) {
        enum wall_kind k = 0;
        const struct str w = str_from_c(staff_wall_kinds[i]);
        (void)wall_kind_find(w, &k); /* a word of the list above: always found */
        t[i] = (struct view_wall_tile){.href = arena_concat(s->a, STR("/staff/wall?kind="), w), .label = say_word(s, "wall.kind", w),
                                       .list = list_href(s, k, unit, STR_NONE), .n = {l->n[k]}, .bad = is_bad(k) && l->n[k] > 0,
                                       .current = k == chosen};
    }
    v->tiles = t;
    v->n_tiles = STAFF_WALL_KINDS;
}

static void put_areas(const struct say *s, const struct staff_wall *w, struct view_staff_wall *v)
{
    struct view_wall_bar *out = ARENA_ARRAY(s->a, struct view_wall_bar, w->n_areas + 1);
    const enum wall_kind kind = w->kind;
    int64_t most = 1;
    for (size_t i = 0; i < w->n_areas; i++)
        most = w->areas[i].n[kind] > most ? w->areas[i].n[kind] : most;
    for (size_t i = 0; i < w->n_areas; i++) {
        const struct area *a = refdata_area(s->ref, w->areas[i].code);
        const struct view_name name = say_name(s, a->name, a->name_en);
        out[v->n_areas++] = (struct view_wall_bar){.href = list_href(s, kind, STR_NONE, a->code), .name = name.text, .zh = name.zh,
                                                   .n = {w->areas[i].n[kind]}, .share = w->areas[i].n[kind] * PERCENT / most};
    }
    v->areas = out;
}

/* All numbers of a unit for who sees the city, else the chosen one. */
static void put_units(const struct request *rq, const struct say *s, const struct wall_line *l, size_t n, enum wall_kind only, struct view_staff_wall *v)
{
    struct view_wall_unit *u = ARENA_ARRAY(s->a, struct view_wall_unit, n + 1);
    struct view_wall_head *h = ARENA_ARRAY(s->a, struct view_wall_head, STAFF_WALL_WATCHED);
    enum wall_kind kinds[STAFF_WALL_WATCHED];
    for (size_t i = 0; i < STAFF_WALL_WATCHED; i++) {
        enum wall_kind k = 0;
        (void)wall_kind_find(str_from_c(staff_wall_kinds[i]), &k);
        if (only != 0 && k != only)
            continue;
        kinds[v->n_heads] = k;
        h[v->n_heads++].label = say_word(s, "wall.kind", str_from_c(staff_wall_kinds[i]));
    }
    for (size_t i = 0; i < n; i++) {
        struct view_wall_cell *c = ARENA_ARRAY(s->a, struct view_wall_cell, STAFF_WALL_WATCHED);
        u[i] = (struct view_wall_unit){.name = staff_unit_name(rq, l[i].code), .zh = rq->lang == LANG_EN && staff_unit_is_zh(rq, l[i].code),
                                       .cells = c, .n_cells = v->n_heads};
        for (size_t k = 0; k < v->n_heads; k++)
            c[k] = (struct view_wall_cell){.href = list_href(s, kinds[k], l[i].code, STR_NONE), .n = {l[i].n[kinds[k]]},
                                           .any = l[i].n[kinds[k]] > 0, .bad = is_bad(kinds[k])};
    }
    v->heads = h;
    v->units = u;
    v->n_units = n;
}

static struct str behind_of(const struct say *s, const struct wall_behind *b)
{
    const enum msg waiting = b->waiting >= BEHIND_MANY ? MSG_staff_wall_waiting_many : MSG_staff_wall_waiting;
    if (b->waiting > 0)
        return SAY(s, waiting, {"n", say_grouped(s, b->waiting)});
    return b->since > 0 ? SAY(s, MSG_staff_wall_behind, {"span", say_span(s, s->now_us - b->since)}) : msg_text(s->lang, MSG_staff_wall_now);
}

/* ---- reading them --------------------------------------------------------------------------------------------------------- */

/* Districts that this reader may see, and that are known. */
static enum err read_areas(struct ctx *c, const struct actor *who, struct staff_wall *ret)
{
    const struct wall_line *l = NULL;
    size_t n = 0;
    const enum err e = wall_areas(c, &l, &n);
    struct wall_line *out = ARENA_ARRAY(c->a, struct wall_line, n + 1);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        if (refdata_area(c->ref, l[i].code) != NULL && permission_may(c, who, MAY_WALL, STR_NONE, l[i].code, STR_NONE))
            out[ret->n_areas++] = l[i];
    ret->areas = out;
    return e;
}

enum err staff_wall_read(struct request *rq, const struct wall_query *q, struct staff_wall *ret)
{
    struct actor who = join_actor(rq);
    struct ctx *c = join_ctx(rq);
    enum err e = join_need_ref(rq);
    if (e != ERR_OK)
        return e;
    *ret = (struct staff_wall){.city = permission_may(c, &who, MAY_WALL, STR_NONE, STR_NONE, STR_NONE), .kind = WALL_LATE};
    ret->unit = ret->city ? STR_NONE : who.unit_code;
    (void)wall_kind_find(q->kind, &ret->kind);
    e = ret->city ? wall_city(c, &ret->own) : wall_unit(c, ret->unit, &ret->own);
    if (e == ERR_OK)
        e = ret->city ? wall_units(c, ret->kind, &ret->units, &ret->n_units) : wall_units_for(c, &who, ret->kind, &ret->units, &ret->n_units);
    if (e == ERR_OK)
        e = read_areas(c, &who, ret);
    return e == ERR_OK ? wall_behind(c, &ret->behind) : e;
}

enum err page_staff_wall(struct request *rq, struct response *rs)
{
    static const struct wall_query nothing;
    const struct wall_query *q = rq->form != NULL && !rq->form_invalid ? rq->form : &nothing;
    struct view_staff_wall v = {0};
    struct staff_wall w;
    struct page pg;
    *rq->fault = (struct fault){0}; /* a kind typed by hand: the first one */
    const enum err e = staff_wall_read(rq, q, &w);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    v.behind = behind_of(&s, &w.behind);
    v.scope = w.city ? msg_text(rq->lang, MSG_staff_scope_city) : staff_unit_name(rq, w.unit);
    v.scope_zh = !w.city && rq->lang == LANG_EN && staff_unit_is_zh(rq, w.unit);
    v.kind = say_word(&s, "wall.kind", str_from_c(wall_kind_word(w.kind)));
    v.all_list = list_href(&s, w.kind, w.unit, STR_NONE);
    put_areas(&s, &w, &v);
    put_tiles(&s, &w.own, w.unit, w.kind, &v);
    put_units(rq, &s, w.units, w.n_units, w.city ? 0 : w.kind, &v);
    staff_page(rq, rs, &pg, MSG_staff_nav_wall);
    tmpl_staff_wall(&rs->body, &pg, &v);
    return ERR_OK;
}
