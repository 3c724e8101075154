/*
 * staff_grants.c - roles and their limits in words.
 *
 * Contract: made from what the rights say and the reference data in memory; nothing is asked.
 */
#include "pages/staff_grants.h"

#include "pages/say.h"

enum msg staff_role_msg(enum staff_role role)
{
    static const enum msg names[STAFF_ROLE_END] = {
        [STAFF_CLERK] = MSG_staff_role_clerk, [STAFF_DISPATCHER] = MSG_staff_role_dispatcher,
        [STAFF_OFFICER] = MSG_staff_role_officer, [STAFF_UNIT_MANAGER] = MSG_staff_role_unit_manager,
        [STAFF_SUPERVISOR] = MSG_staff_role_supervisor, [STAFF_VISITOR] = MSG_staff_role_visitor,
        [STAFF_ANALYST] = MSG_staff_role_analyst, [STAFF_EDITOR] = MSG_staff_role_editor,
        [STAFF_AUDITOR] = MSG_staff_role_auditor, [STAFF_ADMINISTRATOR] = MSG_staff_role_administrator};
    return role > 0 && role < STAFF_ROLE_END ? names[role] : MSG_NONE;
}

void staff_say_grants(struct request *rq, const struct staff_grant *grants, size_t n, const struct view_staff_grant **ret, size_t *ret_n)
{
    struct say s = say_of(rq);
    struct view_staff_grant *out = ARENA_ARRAY(rq->a, struct view_staff_grant, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct staff_grant *g = &grants[i];
        out[i] = (struct view_staff_grant){.role = staff_role_msg(g->role)};
        if (g->unit_code.n > 0)
            out[i].unit = staff_unit_name(rq, g->unit_code);
        if (g->area_prefix.n > 0)
            out[i].area = say_area(&s, g->area_prefix);
        if (g->category_prefix.n > 0)
            out[i].category = say_category(&s, g->category_prefix);
    }
    *ret = out;
    *ret_n = n;
}
