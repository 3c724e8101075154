/*
 * dispatch.c - choosing the unit, pure over refdata. Must not know tickets, people or the database.
 *
 * A rule whose unit does not exist in that place (a functional zone has no street office) is passed over for the next
 * most specific one; when none is left, the district government co-ordinates [T 12 (2)].
 */
#include "app/dispatch.h"

#include "app/refdata_private.h"

enum { DISTRICT_CHARS = 6, STREET_CHARS = 9, CANDIDATES = 16, UNIT_DEPTH = 12 };

struct place {
    struct str code, district, street; /* street empty when only the district is known */
    struct str against;                /* reported in confidence: not to be chosen */
};

bool dispatch_unit_within(const struct refdata *r, struct str unit_code, struct str top)
{
    for (int i = 0; i < UNIT_DEPTH && top.n > 0 && unit_code.n > 0; i++) {
        if (str_eq(unit_code, top))
            return true;
        const struct unit *u = refdata_unit(r, unit_code);
        unit_code = u ? u->parent : STR_NONE;
    }
    return false;
}

static const struct unit *allowed(const struct refdata *r, const struct unit *u, struct str against)
{
    return u && !dispatch_unit_within(r, u->code, against) ? u : NULL;
}

struct str dispatch_district(const struct refdata *r, struct str area)
{
    const struct area *x = refdata_area(r, area);
    return x ? str_slice(x->code, 0, DISTRICT_CHARS) : STR_NONE;
}

static struct place place_of(struct str area, struct str against)
{
    return (struct place){area, str_slice(area, 0, DISTRICT_CHARS),
                          area.n >= STREET_CHARS ? str_slice(area, 0, STREET_CHARS) : STR_NONE, against};
}

static const struct unit *named(const struct refdata *r, int kind, struct str ref, const struct place *p)
{
    switch (kind) {
    case LEAD_STREET:
        return p->street.n ? refdata_street_office(r, p->street) : NULL;
    case LEAD_BUREAU:
        return refdata_bureau(r, p->district, ref);
    case LEAD_CITY:
    case LEAD_UTILITY:
        return refdata_unit_short(r, ref);
    case LEAD_DISTRICT:
        return refdata_district_government(r, p->district);
    default:
        return NULL;
    }
}

static const struct unit *resolve(const struct refdata *r, int kind, struct str ref, const struct place *p)
{
    return allowed(r, named(r, kind, ref, p), p->against);
}

/* ---- rules in order of how closely they fit ------------------------------------------------------------------------------- */

static bool is_closer(const struct rule *x, const struct rule *y)
{
    if (x->category_prefix.n != y->category_prefix.n)
        return x->category_prefix.n > y->category_prefix.n;
    if (x->area_prefix.n != y->area_prefix.n)
        return x->area_prefix.n > y->area_prefix.n;
    return x->id > y->id;
}

static size_t add_candidate(const struct rule *x, const struct rule *out[CANDIDATES], size_t n)
{
    size_t at = n;
    while (at > 0 && is_closer(x, out[at - 1]))
        at--;
    if (at == CANDIDATES)
        return n;
    if (n < CANDIDATES)
        n++;
    memmove(&out[at + 1], &out[at], (n - at - 1) * sizeof *out);
    out[at] = x;
    return n;
}

/* For each beginning of the category, the rules that are made for it: few of all. */
static size_t candidates(const struct refdata *r, struct str category, const struct place *p,
                         const struct rule *out[CANDIDATES])
{
    const struct rule *const *rules = NULL;
    size_t n = 0;
    for (size_t length = 0; length <= category.n; length++)
        for (size_t left = refdata_rules_for(r, str_slice(category, 0, length), &rules); left > 0; left--, rules++)
            if (str_starts(p->code, (*rules)->area_prefix))
                n = add_candidate(*rules, out, n);
    return n;
}

/* ---- filling the answer --------------------------------------------------------------------------------------------------- */

/* co_refs: "lead_kind:short name" joined by ';'. Units that do not exist here, or lead already, are left out. */
static void add_co_units(const struct refdata *r, struct str refs, const struct place *p, struct dispatch *d)
{
    while (refs.n > 0 && d->n_co < DISPATCH_CO_MAX) {
        struct str one, kind, name;
        uint64_t k = 0;
        str_cut(refs, ';', &one, &refs);
        if (!str_cut(one, ':', &kind, &name) || !parse_u64(kind, 1, LEAD_KIND_END - 1, &k))
            continue;
        const struct unit *u = resolve(r, (int)k, name, p);
        if (u && u != d->lead)
            d->co[d->n_co++] = u;
    }
}

static void take_rule(const struct refdata *r, const struct rule *x, const struct place *p, const struct unit *lead,
                      struct dispatch *d)
{
    d->lead = lead;
    d->rule_id = x->id;
    add_co_units(r, x->co_refs, p, d);
    if (x->lead_kind == LEAD_STREET && x->copy_district)
        d->copy = allowed(r, refdata_district_government(r, p->district), p->against);
}

static void take_by_rules(const struct refdata *r, struct str category, const struct place *p, struct dispatch *d)
{
    const struct rule *rules[CANDIDATES];
    size_t n = candidates(r, category, p, rules);
    for (size_t i = 0; i < n; i++) {
        const struct unit *lead = resolve(r, rules[i]->lead_kind, rules[i]->lead_ref, p);
        if (i == 0) { /* level and days are those of the closest rule, whoever can act on it */
            d->level = rules[0]->response_level;
            d->working_days = rules[0]->working_days;
        }
        if (lead) {
            take_rule(r, rules[i], p, lead, d);
            return;
        }
        /* Street wanted, only the district known: not another rule's business [T 12 (2)]. */
        if (rules[i]->lead_kind == LEAD_STREET && p->street.n == 0)
            return;
    }
}

/* Where nobody was found: the district, above a reported unit what it belongs to, the hotline centre. */
static const struct unit *somebody(const struct refdata *r, const struct place *p, bool *ret_by_district)
{
    const struct unit *u = allowed(r, refdata_district_government(r, p->district), p->against);
    const struct unit *reported = refdata_unit(r, p->against);
    *ret_by_district = u != NULL;
    if (!u && reported)
        u = refdata_unit(r, reported->parent);
    return u ? u : allowed(r, refdata_hotline_centre(r), p->against);
}

enum err dispatch_choose(const struct refdata *r, const struct app_settings *s, struct fault *f, struct str category,
                         struct str area, struct dispatch *ret)
{
    return dispatch_choose_against(r, s, f, category, area, STR_NONE, ret);
}

enum err dispatch_choose_against(const struct refdata *r, const struct app_settings *s, struct fault *f, struct str category,
                                 struct str area, struct str against, struct dispatch *ret)
{
    struct dispatch d = {.level = s->default_level};
    struct place p = place_of(area, against);
    const struct category *cat = category.n ? refdata_category(r, category) : NULL;
    if (!refdata_area(r, area) || !refdata_area(r, p.district))
        return fault_field(f, "area_code", "NOT_A_CHOICE");
    if (category.n && !cat)
        return fault_field(f, "category_code", "NOT_A_CHOICE");
    if (!cat) {
        const struct rule *rules[CANDIDATES];
        if (candidates(r, STR_NONE, &p, rules) > 0)
            d.level = rules[0]->response_level;
        d.triage = true;
        d.lead = allowed(r, refdata_hotline_centre(r), against);
    } else {
        d.level = cat->response_level;
        take_by_rules(r, category, &p, &d);
        if (!d.lead && !(p.street.n == 0 && cat->lead_kind == LEAD_STREET))
            d.lead = resolve(r, cat->lead_kind, cat->lead_ref, &p);
    }
    if (!d.lead)
        d.lead = somebody(r, &p, &d.by_district);
    if (!d.lead)
        return fault_set(f, ERR_UNAVAILABLE, "UNAVAILABLE", "no unit is loaded that could take a demand");
    *ret = d;
    return ERR_OK;
}

const struct unit *dispatch_reviewer(const struct refdata *r, struct str replied_by, struct str area)
{
    return dispatch_reviewer_against(r, replied_by, area, STR_NONE);
}

const struct unit *dispatch_reviewer_against(const struct refdata *r, struct str replied_by, struct str area, struct str against)
{
    const struct unit *choice[4] = {refdata_district_government(r, str_slice(area, 0, DISTRICT_CHARS))};
    const struct unit *u = refdata_unit(r, replied_by);
    /* A city department or utility is not looked at by a district, but by what stands above it. */
    if (u && u->area_code.n == 0) {
        choice[1] = choice[0];
        choice[0] = refdata_unit(r, u->parent);
    }
    choice[2] = refdata_hotline_centre(r);
    for (size_t i = 0; i < 3; i++)
        if (allowed(r, choice[i], against) && !str_eq(choice[i]->code, replied_by))
            return choice[i];
    const struct unit *reported = refdata_unit(r, against);
    return reported ? refdata_unit(r, reported->parent) : choice[2];
}
