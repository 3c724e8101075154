/*
 * staff_desk_typed.c - words of a clerk become codes: a class by its name or number, a place by its name, a unit by its name.
 *
 * Contract: only what fits exactly, or alone, is taken; everything else is offered to choose from. Pure over the reference data in
 * memory.
 */
#include "pages/staff_desk_typed.h"

#include "pages/staff_people.h"

/* ---- class ------------------------------------------------------------------------------------------------------------------ */

static const struct category *item(const struct refdata *ref, struct str code)
{
    const struct category *c = code.n > 0 ? refdata_category(ref, code) : NULL;
    return c != NULL && c->level == 3 ? c : NULL;
}

/* By number, or by its whole name when no other item has it. */
static const struct category *named(const struct refdata *ref, struct str typed)
{
    const struct category *all = NULL, *found = item(ref, typed);
    const size_t n = refdata_categories(ref, &all);
    if (found != NULL || typed.n == 0)
        return found;
    for (size_t i = 0; i < n; i++) {
        if (all[i].level != 3 || !(str_eq(all[i].name, typed) || (all[i].name_en.n > 0 && str_eq(all[i].name_en, typed))))
            continue;
        if (found != NULL)
            return NULL;
        found = &all[i];
    }
    return found;
}

static void take_category(const struct request *rq, const struct staff_desk_form *in, struct desk_typed *t)
{
    const struct refdata *ref = join_ctx(rq)->ref;
    const struct category *c = item(ref, in->category_code);
    t->unsure = str_eq(in->category_code, DESK_UNSURE);
    if (c == NULL && !t->unsure)
        c = named(ref, in->category);
    if (c != NULL)
        t->category_code = c->code;
    if (in->category.n > 0)
        t->n_guesses = suggest_categories(ref, rq->a, in->category, DESK_GUESSES, t->guesses);
    if (t->n_guesses == 0 && in->text.n > 0)
        t->n_guesses = suggest_categories(ref, rq->a, in->text, DESK_GUESSES, t->guesses);
}

/* ---- place ------------------------------------------------------------------------------------------------------------------- */

const struct area *desk_area_at(const struct refdata *ref, const struct area *a, int level)
{
    while (a != NULL && a->level > level)
        a = refdata_area(ref, a->parent);
    return a != NULL && a->level == level ? a : NULL;
}

/* The deepest of the three lists that hangs together; one that was changed above cuts off what was chosen below. */
static const struct area *listed(const struct refdata *ref, const struct staff_desk_form *in)
{
    const struct area *d = refdata_area(ref, in->district), *s = refdata_area(ref, in->street), *c = refdata_area(ref, in->community);
    if (d == NULL || d->level != AREA_DISTRICT)
        return NULL;
    if (s == NULL || !str_eq(s->parent, d->code))
        return d;
    return c != NULL && str_eq(c->parent, s->code) ? c : s;
}

static void take_place(const struct request *rq, const struct staff_desk_form *in, struct desk_typed *t)
{
    const struct refdata *ref = join_ctx(rq)->ref;
    const struct area **found = NULL;
    const struct area *within = listed(ref, in), *picked = refdata_area(ref, in->area);
    t->place = in->place;
    t->area = picked != NULL ? picked : within;
    if (picked != NULL)
        t->place = STR_NONE;
    if (picked != NULL || in->place.n == 0)
        return;
    size_t n = refdata_area_find(ref, rq->a, in->place, DESK_AREAS, &found), kept = 0;
    for (size_t i = 0; within != NULL && i < n; i++) /* names occur in several districts: the chosen one goes first */
        if (str_starts(found[i]->code, within->code))
            kept++;
    if (kept > 0) {
        size_t k = 0;
        for (size_t i = 0; i < n; i++)
            if (str_starts(found[i]->code, within->code))
                found[k++] = found[i];
        n = kept;
    }
    if (n == 1) {
        t->area = found[0];
        t->place = STR_NONE;
        return;
    }
    t->areas = found;
    t->n_areas = n;
}

void desk_typed(const struct request *rq, const struct staff_desk_form *in, struct desk_typed *ret)
{
    *ret = (struct desk_typed){0};
    take_category(rq, in, ret);
    take_place(rq, in, ret);
    ret->reported_unit = staff_unit_typed(rq, in->reported_unit);
    ret->unit_code = staff_unit_typed(rq, in->unit_code);
}

enum err desk_typed_judge(struct request *rq, const struct staff_desk_form *in, const struct desk_typed *t, bool sent)
{
    enum err e = ERR_OK;
    if (t->category_code.n == 0 && !t->unsure && (sent || in->category.n > 0))
        e = fault_field(rq->fault, "category_code", in->category.n > 0 ? "NOT_A_CHOICE" : "REQUIRED");
    if (t->place.n > 0) /* words that fit several places, or none */
        e = fault_field(rq->fault, "area_code", "NOT_A_CHOICE");
    return e;
}
