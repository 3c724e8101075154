/*
 * permission.c - the table of roles and permits, and the questions asked of it.
 *
 * Contract: pure functions of the actor's grants and the unit tree in memory; nothing is read from the database. What is
 * not allowed by a row here is refused. Must not know routes or pages.
 */
#include "app/permission.h"

#include "app/refdata.h"

#define P(p) (UINT32_C(1) << (p))

static const char *const permit_names[PERMIT_END] = {
    [MAY_NOTHING] = "-", [MAY_SIGNED_IN] = "signed_in", [MAY_TICKET] = "ticket", [MAY_DESK] = "desk", [MAY_TRIAGE] = "triage",
    [MAY_DISPATCH] = "dispatch", [MAY_ARBITRATE] = "arbitrate", [MAY_RULES] = "rules", [MAY_WORK] = "work",
    [MAY_WHISTLE] = "whistle", [MAY_EXTEND] = "extend", [MAY_SUPERVISE] = "supervise", [MAY_VISIT] = "visit",
    [MAY_URGENT] = "urgent", [MAY_WALL] = "wall", [MAY_EXPORT] = "export", [MAY_KB] = "kb", [MAY_AUDIT] = "audit",
    [MAY_PEOPLE] = "people", [MAY_CALENDAR] = "calendar", [MAY_TEMPLATES] = "templates"};

static const struct {
    const char *name;
    uint32_t permits;
} roles[STAFF_ROLE_END] = {
    [STAFF_CLERK] = {"clerk", P(MAY_SIGNED_IN) | P(MAY_TICKET) | P(MAY_DESK)},
    [STAFF_DISPATCHER] = {"dispatcher", P(MAY_SIGNED_IN) | P(MAY_TICKET) | P(MAY_DESK) | P(MAY_TRIAGE) | P(MAY_DISPATCH)},
    [STAFF_OFFICER] = {"officer", P(MAY_SIGNED_IN) | P(MAY_TICKET) | P(MAY_WORK) | P(MAY_WHISTLE)},
    [STAFF_UNIT_MANAGER] = {"unit_manager", P(MAY_SIGNED_IN) | P(MAY_TICKET) | P(MAY_WORK) | P(MAY_WHISTLE) | P(MAY_EXTEND) |
                                                P(MAY_WALL) | P(MAY_TEMPLATES)},
    [STAFF_SUPERVISOR] = {"supervisor", P(MAY_SIGNED_IN) | P(MAY_TICKET) | P(MAY_ARBITRATE) | P(MAY_SUPERVISE) |
                                            P(MAY_URGENT) | P(MAY_WALL) | P(MAY_EXPORT)},
    [STAFF_VISITOR] = {"visitor", P(MAY_SIGNED_IN) | P(MAY_TICKET) | P(MAY_VISIT)},
    [STAFF_ANALYST] = {"analyst", P(MAY_SIGNED_IN) | P(MAY_WALL) | P(MAY_EXPORT)},
    [STAFF_EDITOR] = {"editor", P(MAY_SIGNED_IN) | P(MAY_KB) | P(MAY_RULES) | P(MAY_CALENDAR) |
                                    P(MAY_TEMPLATES)},
    [STAFF_AUDITOR] = {"auditor", P(MAY_SIGNED_IN) | P(MAY_TICKET) | P(MAY_AUDIT)},
    [STAFF_ADMINISTRATOR] = {"administrator", P(MAY_SIGNED_IN) | P(MAY_PEOPLE)},
};

bool permission_role(enum staff_role role, enum permit p)
{
    return role > 0 && role < STAFF_ROLE_END && p > MAY_NOTHING && p < PERMIT_END && (roles[role].permits & P(p)) != 0;
}

const char *permission_name(enum permit p)
{
    return p < PERMIT_END ? permit_names[p] : "unknown";
}

const char *permission_role_name(enum staff_role role)
{
    return role > 0 && role < STAFF_ROLE_END ? roles[role].name : "unknown";
}

bool permission_role_parse(struct str name, enum staff_role *ret)
{
    for (enum staff_role r = STAFF_CLERK; r < STAFF_ROLE_END; r++)
        if (str_eq_c(name, roles[r].name))
            return *ret = r, true;
    return false;
}

bool permission_needs_totp(const struct ctx *c, const struct staff_rights *r)
{
    if (c->set->staff_totp_all)
        return true;
    for (size_t i = 0; r != NULL && i < r->n_grants; i++)
        if (r->grants[i].role == STAFF_ADMINISTRATOR || r->grants[i].role == STAFF_AUDITOR ||
            permission_role(r->grants[i].role, MAY_EXPORT))
            return true;
    return false;
}

/* ---- the questions ---------------------------------------------------------------------------------------------------- */

bool actor_is_staff(const struct actor *who)
{
    return who->kind == ACTOR_STAFF || who->kind == ACTOR_SERVICE;
}

static bool is_operator(const struct actor *who)
{
    return who->kind == ACTOR_STAFF && who->rights == NULL;
}

bool permission_has(const struct actor *who, enum permit p)
{
    if (!actor_is_staff(who) || p == MAY_NOTHING || p >= PERMIT_END)
        return false;
    if (is_operator(who) || (p == MAY_SIGNED_IN && who->kind == ACTOR_STAFF))
        return true; /* whoever has no role yet may still change the own password */
    for (size_t i = 0; who->rights != NULL && i < who->rights->n_grants; i++)
        if (permission_role(who->rights->grants[i].role, p))
            return true;
    return false;
}

bool permission_unit_within(const struct refdata *r, struct str unit_code, struct str top)
{
    enum { DEPTH_MAX = 12 }; /* a tree that bites its own tail ends here */
    for (int i = 0; i < DEPTH_MAX && unit_code.n > 0; i++) {
        if (str_eq(unit_code, top))
            return true;
        const struct unit *u = refdata_unit(r, unit_code);
        unit_code = u != NULL ? u->parent : STR_NONE;
    }
    return false;
}

static bool is_whole_city(const struct ctx *c, struct str unit_code)
{
    const struct unit *centre = c->ref != NULL ? refdata_hotline_centre(c->ref) : NULL;
    return unit_code.n == 0 || (centre != NULL && str_eq(centre->code, unit_code));
}

static bool covers_rest(const struct staff_grant *g, struct str area_code, struct str category_code)
{
    return str_starts(area_code, g->area_prefix) && str_starts(category_code, g->category_prefix);
}

static bool covers_unit(const struct ctx *c, const struct staff_grant *g, struct str unit_code)
{
    return is_whole_city(c, g->unit_code) || (c->ref != NULL && permission_unit_within(c->ref, unit_code, g->unit_code));
}

bool permission_may(const struct ctx *c, const struct actor *who, enum permit p, struct str unit_code, struct str area_code,
                    struct str category_code)
{
    if (!permission_has(who, p))
        return false;
    if (is_operator(who))
        return true;
    for (size_t i = 0; i < who->rights->n_grants; i++) {
        const struct staff_grant *g = &who->rights->grants[i];
        if (permission_role(g->role, p) && covers_rest(g, area_code, category_code) && covers_unit(c, g, unit_code))
            return true;
    }
    return false;
}

/* Of a unit that a secret informer reported, or of one below it: the person's own unit, or the one of a grant. */
static bool is_reported(const struct ctx *c, struct str unit_code, const struct permission_ticket *t)
{
    return t->against_unit.n > 0 && unit_code.n > 0 &&
           (str_eq(unit_code, t->against_unit) ||
            (c->ref != NULL && permission_unit_within(c->ref, unit_code, t->against_unit)));
}

static bool covers_ticket(const struct ctx *c, const struct staff_grant *g, const struct permission_ticket *t)
{
    if (!covers_rest(g, t->area_code, t->category_code) || is_reported(c, g->unit_code, t))
        return false;
    if (is_whole_city(c, g->unit_code))
        return true;
    for (size_t i = 0; i < t->n_units; i++)
        if (covers_unit(c, g, t->units[i]))
            return true;
    return false;
}

enum err permission_ticket(const struct ctx *c, const struct actor *who, enum permit p, const struct permission_ticket *t)
{
    if (permission_has(who, p)) {
        if (is_operator(who))
            return ERR_OK;
        for (size_t i = 0; i < who->rights->n_grants && !is_reported(c, who->unit_code, t); i++)
            if (permission_role(who->rights->grants[i].role, p) && covers_ticket(c, &who->rights->grants[i], t))
                return ERR_OK;
    }
    return fault_set(c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "outside of the actor's scope");
}

/* ---- for lists and administrators ---------------------------------------------------------------------------------------- */

void permission_units(const struct ctx *c, const struct actor *who, enum permit p, bool *ret_all, const struct str **ret,
                      size_t *ret_n)
{
    const struct unit *units = NULL;
    size_t n = refdata_units(c->ref, &units), kept = 0;
    struct str *codes = ARENA_ARRAY(c->a, struct str, n + 1);
    *ret_all = is_operator(who);
    for (size_t i = 0; who->rights != NULL && i < who->rights->n_grants; i++)
        if (permission_role(who->rights->grants[i].role, p) && is_whole_city(c, who->rights->grants[i].unit_code))
            *ret_all = true;
    for (size_t i = 0; !*ret_all && i < n; i++) {
        bool covered = false;
        for (size_t k = 0; who->rights != NULL && k < who->rights->n_grants && !covered; k++)
            covered = permission_role(who->rights->grants[k].role, p) && covers_unit(c, &who->rights->grants[k], units[i].code);
        if (covered)
            codes[kept++] = units[i].code;
    }
    *ret = codes;
    *ret_n = kept;
}

bool permission_may_grant(const struct ctx *c, const struct actor *who, const struct staff_grant *g)
{
    return permission_may(c, who, MAY_PEOPLE, g->unit_code, g->area_prefix, g->category_prefix);
}

enum err permission_strong(const struct ctx *c, const struct actor *who)
{
    if (is_operator(who) || (actor_is_staff(who) && who->rights != NULL && who->rights->strong))
        return ERR_OK;
    return fault_set(c->fault, ERR_DENIED, "SECOND_FACTOR_NEEDED", "signed in without a second factor");
}
