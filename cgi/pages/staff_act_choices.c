/*
 * staff_act_choices.c - lists to choose from, out of the reference data in memory.
 *
 * Contract: what is near the demand comes first and is unfolded; names stay Chinese where they have no English. Must not ask the
 * database.
 */
#include "pages/staff_act_choices.h"

#include "app/params.h"

enum { DISTRICT_CHARS = 6, UNIT_GROUPS = 7 };

static struct view_option option_of(const struct say *s, struct str value, struct str zh, struct str en, bool chosen)
{
    const struct view_name name = say_name(s, zh, en);
    return (struct view_option){.value = value, .text = name.text, .zh = name.zh, .chosen = chosen};
}

/* ---- words ----------------------------------------------------------------------------------------------------------- */

static bool list_of(const char *area, enum words *ret)
{
    static const struct {
        const char *area;
        enum words list;
    } all[] = {{"outcome", WORDS_OUTCOME}, {"ground", WORDS_GROUND}, {"pause", WORDS_PAUSE},   {"body", WORDS_BODY},
               {"helper", WORDS_HELPER},   {"review", WORDS_REVIEW}, {"diversion", WORDS_DIVERSION}};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (strcmp(all[i].area, area) == 0) {
            *ret = all[i].list;
            return true;
        }
    return false;
}

void act_choices(const struct say *s, const char *area, struct str chosen, struct view_act_field *v)
{
    char key[40];
    enum words list = WORDS_COUNT;
    const bool listed = list_of(area, &list);
    const int end = listed ? words_end(list) : 3;
    struct view_option *o = ARENA_ARRAY(s->a, struct view_option, (size_t)end);
    size_t n = 0;
    snprintf(key, sizeof key, "staff_%s", area);
    for (int i = 1; i < end; i++) {
        const struct str w = listed ? word(list, i) : i == 1 ? STR("yes") : STR("no");
        const enum msg hint = say_msg(key, arena_concat(s->a, w, STR("_hint")));
        o[n++] = (struct view_option){.value = w, .text = say_word(s, key, w), .hint = msg_text(s->lang, hint), .chosen = str_eq(w, chosen)};
    }
    v->options = o;
    v->n_options = n;
}

/* ---- units ------------------------------------------------------------------------------------------------------------ */

static size_t group_of(const struct unit *u, struct str district, bool all)
{
    const bool here = str_starts(u->area_code, district);
    if (str_eq_c(u->kind, "street_office"))
        return here ? 0 : all ? 5 : UNIT_GROUPS;
    if (str_eq_c(u->kind, "district_bureau"))
        return here ? 1 : all ? 6 : UNIT_GROUPS;
    if (str_eq_c(u->kind, "district_government"))
        return 2;
    if (str_eq_c(u->kind, "utility") || str_eq_c(u->kind, "municipal_soe"))
        return 4;
    return 3;
}

static bool in_list(const struct str_list *l, struct str code)
{
    for (size_t i = 0; l != NULL && i < l->n; i++)
        if (str_eq(l->p[i], code))
            return true;
    return false;
}

void act_units(const struct say *s, const struct officer_ticket *t, bool all, struct str chosen, const struct str_list *many,
               struct view_act_field *v)
{
    static const enum msg labels[UNIT_GROUPS] = {MSG_staff_units_streets,   MSG_staff_units_bureaus, MSG_staff_units_districts,
                                                 MSG_staff_units_city,      MSG_staff_units_utility, MSG_staff_units_other_streets,
                                                 MSG_staff_units_other_bureaus};
    const struct str district = str_slice(t->area_code, 0, t->area_code.n < DISTRICT_CHARS ? t->area_code.n : DISTRICT_CHARS);
    const struct unit *u = NULL;
    const size_t n = refdata_units(s->ref, &u);
    struct view_act_group *g = ARENA_ARRAY(s->a, struct view_act_group, UNIT_GROUPS);
    for (size_t k = 0; k < UNIT_GROUPS; k++) {
        struct view_option *o = ARENA_ARRAY(s->a, struct view_option, n + 1);
        struct view_act_group *to = &g[v->n_groups];
        *to = (struct view_act_group){.label = msg_text(s->lang, labels[k]), .options = o, .open = k < 2};
        for (size_t i = 0; i < n; i++) {
            if (group_of(&u[i], district, all) != k || str_eq(u[i].code, t->lead_unit))
                continue;
            const bool on = str_eq(u[i].code, chosen) || in_list(many, u[i].code);
            o[to->n_options++] = option_of(s, u[i].code, u[i].short_name.n > 0 ? u[i].short_name : u[i].name, u[i].name_en, on);
            to->open = to->open || on;
        }
        v->n_groups += to->n_options > 0;
    }
    v->groups = g;
}

/* ---- catalogue, places --------------------------------------------------------------------------------------------------- */

void act_categories(const struct say *s, struct str chosen, struct view_act_field *v)
{
    const struct category *c = NULL;
    const size_t n = refdata_categories(s->ref, &c);
    struct view_act_group *g = ARENA_ARRAY(s->a, struct view_act_group, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct category *const *leaves = NULL;
        if (c[i].level != 2)
            continue;
        const size_t n_leaves = refdata_category_children(s->ref, c[i].code, &leaves);
        struct view_option *o = ARENA_ARRAY(s->a, struct view_option, n_leaves + 1);
        for (size_t k = 0; k < n_leaves; k++)
            o[k] = option_of(s, leaves[k]->code, leaves[k]->name, leaves[k]->name_en, str_eq(leaves[k]->code, chosen));
        g[v->n_groups++] = (struct view_act_group){.label = refdata_category_path(s->ref, s->a, c[i].code, " › "), .options = o, .n_options = n_leaves};
    }
    v->groups = g;
}

void act_places(const struct say *s, struct str chosen, struct view_act_field *v)
{
    const struct area *const *districts = NULL;
    const size_t n = refdata_area_children(s->ref, STR_NONE, &districts);
    struct view_act_group *g = ARENA_ARRAY(s->a, struct view_act_group, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct area *const *streets = NULL;
        const struct area *d = districts[i];
        const size_t n_streets = refdata_area_children(s->ref, d->code, &streets);
        struct view_option *o = ARENA_ARRAY(s->a, struct view_option, n_streets + 1);
        o[0] = option_of(s, d->code, d->name, d->name_en, str_eq(d->code, chosen));
        for (size_t k = 0; k < n_streets; k++)
            o[k + 1] = option_of(s, streets[k]->code, streets[k]->name, streets[k]->name_en, str_eq(streets[k]->code, chosen));
        g[v->n_groups++] = (struct view_act_group){.label = say_name(s, d->name, d->name_en).text, .options = o, .n_options = n_streets + 1};
    }
    v->groups = g;
}

/* ---- relays ------------------------------------------------------------------------------------------------------------------ */

static bool is_answered(const struct officer_ticket *t, uint32_t seq)
{
    for (size_t i = 0; i < t->n_events; i++)
        if (t->events[i].code == EVENT_RELAY_ANSWERED && params_get_i64(t->events[i].params, "seq", 0) == (int64_t)seq)
            return true;
    return false;
}

void act_relays(const struct say *s, const struct officer_ticket *t, int64_t chosen, struct view_act_field *v)
{
    struct view_option *o = ARENA_ARRAY(s->a, struct view_option, t->n_events + 1);
    size_t n = 0;
    for (size_t i = 0; i < t->n_events; i++) {
        const struct event *e = &t->events[i];
        if (e->code != EVENT_RELAYED || is_answered(t, e->seq))
            continue;
        o[n++] = (struct view_option){.value = say_int(s, e->seq), .text = params_get(s->a, e->params, "name"),
                                      .hint = say_time(s, e->at).text, .zh = s->lang != LANG_ZH, .chosen = chosen == (int64_t)e->seq};
    }
    v->options = o;
    v->n_options = n;
}
