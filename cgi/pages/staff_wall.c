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

static const char *const kind_words[] = {"late",     "uncontacted", "unsigned", "due_soon", "stuck",   "bounced",
                                         "reopened", "supervised",  "paused",   "to_sign",  "in_hand", NULL};
enum { KINDS_WATCHED = 9, KINDS_SHOWN = 11 };

/* clang-format off */
static const struct form_field wall_fields[] = {
    {FORM_FIELD(struct wall_query, kind, "kind", FIELD_CHOICE), .choices = kind_words},
};
const struct form_spec staff_wall_query = {FORM_SPEC("staff_wall", struct wall_query, wall_fields)};

static const struct form_field list_fields[] = {
    {FORM_FIELD(struct wall_query, kind, "kind", FIELD_CHOICE), .required = true, .choices = kind_words},
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
    struct view_wall_tile *t = ARENA_ARRAY(s->a, struct view_wall_tile, KINDS_SHOWN);
    for (size_t i = 0; i < KINDS_SHOWN; i++) {
        enum wall_kind k = 0;
        const struct str w = str_from_c(kind_words[i]);
        (void)wall_kind_find(w, &k); /* a word of the list above: always found */
        t[i] = (struct view_wall_tile){.href = arena_concat(s->a, STR("/staff/wall?kind="), w), .label = say_word(s, "wall.kind", w),
                                       .list = list_href(s, k, unit, STR_NONE), .n = {l->n[k]}, .bad = is_bad(k) && l->n[k] > 0,
                                       .current = k == chosen};
    }
    v->tiles = t;
    v->n_tiles = KINDS_SHOWN;
}

static enum err put_areas(struct request *rq, const struct say *s, enum wall_kind kind, struct view_staff_wall *v)
{
    const struct wall_line *l = NULL;
    struct actor who = join_actor(rq);
    int64_t most = 1;
    size_t n = 0;
    const enum err e = wall_areas(join_ctx(rq), &l, &n);
    if (e != ERR_OK)
        return e;
    struct view_wall_bar *out = ARENA_ARRAY(s->a, struct view_wall_bar, n + 1);
    for (size_t i = 0; i < n; i++)
        most = l[i].n[kind] > most ? l[i].n[kind] : most;
    for (size_t i = 0; i < n; i++) {
        const struct area *a = refdata_area(s->ref, l[i].code);
        if (a == NULL || !permission_may(join_ctx(rq), &who, MAY_WALL, STR_NONE, l[i].code, STR_NONE))
            continue;
        const struct view_name name = say_name(s, a->name, a->name_en);
        out[v->n_areas++] = (struct view_wall_bar){.href = list_href(s, kind, STR_NONE, l[i].code), .name = name.text, .zh = name.zh,
                                                   .n = {l[i].n[kind]}, .share = l[i].n[kind] * PERCENT / most};
    }
    v->areas = out;
    return ERR_OK;
}

/* All numbers of a unit for who sees the city, else the chosen one. */
static void put_units(const struct request *rq, const struct say *s, const struct wall_line *l, size_t n, enum wall_kind only, struct view_staff_wall *v)
{
    struct view_wall_unit *u = ARENA_ARRAY(s->a, struct view_wall_unit, n + 1);
    struct view_wall_head *h = ARENA_ARRAY(s->a, struct view_wall_head, KINDS_WATCHED);
    enum wall_kind kinds[KINDS_WATCHED];
    for (size_t i = 0; i < KINDS_WATCHED; i++) {
        enum wall_kind k = 0;
        (void)wall_kind_find(str_from_c(kind_words[i]), &k);
        if (only != 0 && k != only)
            continue;
        kinds[v->n_heads] = k;
        h[v->n_heads++].label = say_word(s, "wall.kind", str_from_c(kind_words[i]));
    }
    for (size_t i = 0; i < n; i++) {
        struct view_wall_cell *c = ARENA_ARRAY(s->a, struct view_wall_cell, KINDS_WATCHED);
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

static enum err put_behind(struct request *rq, const struct say *s, struct view_staff_wall *v)
{
    struct wall_behind b;
    const enum err e = wall_behind(join_ctx(rq), &b);
    if (e != ERR_OK)
        return e;
    const enum msg waiting = b.waiting >= BEHIND_MANY ? MSG_staff_wall_waiting_many : MSG_staff_wall_waiting;
    if (b.waiting > 0)
        v->behind = SAY(s, waiting, {"n", say_grouped(s, b.waiting)});
    else if (b.since > 0)
        v->behind = SAY(s, MSG_staff_wall_behind, {"span", say_span(s, s->now_us - b.since)});
    else
        v->behind = msg_text(s->lang, MSG_staff_wall_now);
    return ERR_OK;
}

enum err page_staff_wall(struct request *rq, struct response *rs)
{
    static const struct wall_query nothing;
    const struct wall_query *q = rq->form != NULL && !rq->form_invalid ? rq->form : &nothing;
    const struct wall_line *units = NULL;
    struct actor who = join_actor(rq);
    struct ctx *c = join_ctx(rq);
    struct view_staff_wall v = {0};
    struct wall_line own;
    struct page pg;
    enum wall_kind kind = WALL_LATE;
    size_t n = 0;
    *rq->fault = (struct fault){0}; /* a kind typed by hand: the first one */
    enum err e = join_need_ref(rq);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    const bool city = permission_may(c, &who, MAY_WALL, STR_NONE, STR_NONE, STR_NONE);
    const struct str unit = city ? STR_NONE : who.unit_code;
    (void)wall_kind_find(q->kind, &kind);
    e = city ? wall_city(c, &own) : wall_unit(c, unit, &own);
    if (e == ERR_OK)
        e = city ? wall_units(c, kind, &units, &n) : wall_units_for(c, &who, kind, &units, &n);
    if (e == ERR_OK)
        e = put_areas(rq, &s, kind, &v);
    if (e == ERR_OK)
        e = put_behind(rq, &s, &v);
    if (e != ERR_OK)
        return e;
    v.scope = city ? msg_text(rq->lang, MSG_staff_scope_city) : staff_unit_name(rq, unit);
    v.scope_zh = !city && rq->lang == LANG_EN && staff_unit_is_zh(rq, unit);
    v.kind = say_word(&s, "wall.kind", str_from_c(wall_kind_word(kind)));
    v.all_list = list_href(&s, kind, unit, STR_NONE);
    put_tiles(&s, &own, unit, kind, &v);
    put_units(rq, &s, units, n, city ? 0 : kind, &v);
    staff_page(rq, rs, &pg, MSG_staff_nav_wall);
    tmpl_staff_wall(&rs->body, &pg, &v);
    return ERR_OK;
}
