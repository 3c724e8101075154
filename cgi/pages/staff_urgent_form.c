/*
 * staff_urgent_form.c - what the form of an urgent mode sends, and what it offers.
 *
 * Contract: shape alone is judged here; what a mode may be is judged in app/urgent.c. A code that stands in a mode and not in the
 * lists (a class of the third level) is offered on its own, so that changing a mode loses nothing.
 */
#include "app/refdata.h"
#include "base/limits.h"
#include "pages/once.h"
#include "pages/staff_urgent.h"

enum { NAME_CHARS = 60, REASON_CHARS = 400, NOTICE_CHARS = 800, TIME_CHARS = 40, CODES_MAX = 90, OTHERS_MAX = 100 };

/* clang-format off */
#define F(member, kind) FORM_FIELD(struct urgent_form, member, #member, kind)
static const char *const go_words[] = {"preview", "start", NULL};
static const struct form_field form_fields[] = {
    {F(name, FIELD_TEXT), .required = true, .max = NAME_CHARS},
    {F(reason, FIELD_AREA), .required = true, .max = REASON_CHARS},
    {F(categories, FIELD_LIST), .required = true, .max = CODES_MAX},
    {F(areas, FIELD_LIST), .max = CODES_MAX},
    {F(level, FIELD_INT), .required = true, .min_value = 1, .max_value = 2},
    {F(starts_at, FIELD_TEXT), .max = TIME_CHARS},
    {F(ends_at, FIELD_TEXT), .required = true, .max = TIME_CHARS},
    {F(notice_zh, FIELD_AREA), .required = true, .max = NOTICE_CHARS},
    {F(notice_en, FIELD_AREA), .required = true, .max = NOTICE_CHARS},
    {F(raise_open, FIELD_BOOL)},
    {F(version, FIELD_INT), .min_value = 0, .max_value = INT32_MAX},
    {F(go, FIELD_CHOICE), .required = true, .choices = go_words},
    {F(once, FIELD_CODE), .max = ONCE_CHARS},
};
const struct form_spec staff_urgent_form = {FORM_SPEC("staff_urgent", struct urgent_form, form_fields)};

static const struct form_field end_fields[] = {
    {FORM_FIELD(struct urgent_end_form, reason, "reason", FIELD_AREA), .required = true, .max = REASON_CHARS},
};
const struct form_spec staff_urgent_end_form = {FORM_SPEC("staff_urgent_end", struct urgent_end_form, end_fields)};
/* clang-format on */

static bool chosen(struct str list, struct str code)
{
    struct str rest = list, one;
    while (rest.n > 0) {
        str_cut(rest, ';', &one, &rest);
        if (str_eq(one, code))
            return true;
    }
    return false;
}

static struct view_option option(const struct say *s, struct str code, struct str zh, struct str en, struct str list)
{
    const struct view_name name = say_name(s, zh, en);
    return (struct view_option){.value = code, .text = name.text, .zh = name.zh, .chosen = chosen(list, code)};
}

static bool is_offered(const struct view_staff_urgent_form *v, struct str code)
{
    for (size_t i = 0; i < v->n_groups; i++) {
        if (str_eq(v->groups[i].all.value, code))
            return true;
        for (size_t k = 0; k < v->groups[i].n_parts; k++)
            if (str_eq(v->groups[i].parts[k].value, code))
                return true;
    }
    return false;
}

static void offer_others(const struct say *s, struct str categories, struct view_staff_urgent_form *v)
{
    struct view_option *o = ARENA_ARRAY(s->a, struct view_option, OTHERS_MAX);
    struct str rest = categories, one;
    while (rest.n > 0 && v->n_others < OTHERS_MAX) {
        str_cut(rest, ';', &one, &rest);
        const struct category *c = refdata_category(s->ref, one);
        if (c != NULL && !is_offered(v, one))
            o[v->n_others++] = option(s, c->code, c->name, c->name_en, categories);
    }
    v->others = o;
}

void urgent_offer(const struct say *s, struct str categories, struct str areas, struct view_staff_urgent_form *v)
{
    const struct category *const *tops = NULL;
    const struct area *const *districts = NULL;
    const size_t nt = refdata_category_children(s->ref, STR_NONE, &tops), nd = refdata_area_children(s->ref, STR_NONE, &districts);
    struct view_mode_group *g = ARENA_ARRAY(s->a, struct view_mode_group, nt + 1);
    struct view_option *d = ARENA_ARRAY(s->a, struct view_option, nd + 1);
    for (size_t i = 0; i < nt; i++) {
        const struct category *const *parts = NULL;
        const size_t n = refdata_category_children(s->ref, tops[i]->code, &parts);
        struct view_option *o = ARENA_ARRAY(s->a, struct view_option, n + 1);
        g[i] = (struct view_mode_group){.all = option(s, tops[i]->code, tops[i]->name, tops[i]->name_en, categories), .parts = o, .n_parts = n};
        g[i].open = g[i].all.chosen;
        for (size_t k = 0; k < n; k++) {
            o[k] = option(s, parts[k]->code, parts[k]->name, parts[k]->name_en, categories);
            g[i].open = g[i].open || o[k].chosen;
        }
    }
    for (size_t i = 0; i < nd; i++)
        d[i] = option(s, districts[i]->code, districts[i]->name, districts[i]->name_en, areas);
    v->groups = g;
    v->n_groups = nt;
    v->areas = d;
    v->n_areas = nd;
    offer_others(s, categories, v);
}
