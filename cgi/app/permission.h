/*
 * permission.h - who of the staff may do what: role -> permits, limited by unit, area and category. Deny by default.
 *
 * A member of the staff (or another system with a service account) holds grants: a role, and for what it is good: a unit
 * with all units below it ("" = whole city), an area prefix, a category prefix. A route names one permit and is refused to
 * whoever has none of its roles; what an act touches is asked again in the domain, with the object. An object outside is
 * answered exactly as an absent one.
 *
 * rights = NULL is the operator of sudactl, who may do everything; a service without rights may do nothing.
 */
#ifndef APP_PERMISSION_H
#define APP_PERMISSION_H

#include "app/ctx.h"

enum staff_role {
    STAFF_CLERK = 1,      /* 话务员: records calls, answers */
    STAFF_DISPATCHER,     /* 派单员: classes and sends */
    STAFF_OFFICER,        /* 承办人 of a unit */
    STAFF_UNIT_MANAGER,   /* 承办单位负责人 */
    STAFF_SUPERVISOR,     /* 督办员: arbiter of returns, urgent modes, wall */
    STAFF_VISITOR,        /* 回访员 */
    STAFF_ANALYST,        /* figures and exports, no single demand */
    STAFF_EDITOR,         /* knowledge base, dispatch rules, calendar */
    STAFF_AUDITOR,
    STAFF_ADMINISTRATOR,  /* people; sees no demand: the duties are separate [GB/T 22239 8.1.4.2] */
    STAFF_ROLE_END
};

/* One per route (struct route.permit), and the question of the domain. The numbers are printed by --routes by name. */
enum permit {
    MAY_NOTHING = 0,
    MAY_SIGNED_IN,   /* every member of the staff, also one without a role yet */
    MAY_TICKET,      /* opens a demand's page, if the demand is within the scope */
    MAY_DESK,
    MAY_TRIAGE,
    MAY_DISPATCH,
    MAY_ARBITRATE,
    MAY_RULES,
    MAY_WORK,
    MAY_WHISTLE,
    MAY_EXTEND,
    MAY_SUPERVISE,
    MAY_VISIT,
    MAY_URGENT,
    MAY_WALL,
    MAY_EXPORT,
    MAY_KB,
    MAY_AUDIT,
    MAY_PEOPLE,
    MAY_CALENDAR,
    MAY_TEMPLATES,   /* wording that replies start from */
    PERMIT_END
};

struct staff_grant {
    enum staff_role role;
    struct str unit_code;        /* with its subtree; empty, or the hotline centre = whole city */
    struct str area_prefix;      /* empty = everywhere */
    struct str category_prefix;  /* empty = everything, also what is not classed yet */
};
struct staff_rights {
    const struct staff_grant *grants;
    size_t n_grants;
    bool strong;                 /* signed in with a second factor */
};

/* ---- the table ------------------------------------------------------------------------------------------------------ */

bool permission_role(enum staff_role role, enum permit p);
const char *permission_name(enum permit p);       /* "work"; as --routes prints it */
const char *permission_role_name(enum staff_role role); /* "unit_manager" */
bool permission_role_parse(struct str name, enum staff_role *ret);
/* Administrator, auditor and whoever may export need a second factor; settings.staff_totp_all asks it of everybody. */
bool permission_needs_totp(const struct ctx *c, const struct staff_rights *r);

/* ---- the questions --------------------------------------------------------------------------------------------------- */

/* A member of the staff or a service; not a citizen, not the worker. */
bool actor_is_staff(const struct actor *who);
/* By any grant, whatever its scope. */
bool permission_has(const struct actor *who, enum permit p);
/* By a grant whose scope covers all three. An empty unit, area or category of the object is covered by grants without
 * that limit alone. Unknown units are covered by nobody but the whole city. */
bool permission_may(const struct ctx *c, const struct actor *who, enum permit p, struct str unit_code, struct str area_code,
                    struct str category_code);

/* What is asked about a demand. units: of every assignment that still counts (lead, co-units, whistles ...). */
struct permission_ticket {
    struct str area_code, category_code;
    const struct str *units;
    size_t n_units;
    struct str against_unit; /* reported by a 举报: for its people, and of units below it, there is no such demand; empty = none */
};
/* ERR_NOT_FOUND TICKET_NOT_FOUND, as if there were none; never ERR_DENIED. The citizens' and the worker's own checks stand
 * elsewhere: for them this refuses. */
enum err permission_ticket(const struct ctx *c, const struct actor *who, enum permit p, const struct permission_ticket *t) MUST_CHECK;

/* For lists: the units within the scopes of p, in order of their codes, or *ret_all for the whole city (n is 0 then). Area
 * and category limits are not part of it: rows are asked one by one with permission_may. Lives in c->a. */
void permission_units(const struct ctx *c, const struct actor *who, enum permit p, bool *ret_all, const struct str **ret,
                      size_t *ret_n);
/* True when unit is top or stands below it. */
bool permission_unit_within(const struct refdata *r, struct str unit_code, struct str top);
/* May this person be given that grant by that administrator? An administrator gives nothing beyond the own scope. */
bool permission_may_grant(const struct ctx *c, const struct actor *who, const struct staff_grant *g);
/* ERR_DENIED SECOND_FACTOR_NEEDED: for acts that need it whoever does them (export, secrets). */
enum err permission_strong(const struct ctx *c, const struct actor *who) MUST_CHECK;

#endif
