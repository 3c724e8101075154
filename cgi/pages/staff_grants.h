/* staff_grants.h - roles and their limits in words. */
#ifndef PAGES_STAFF_GRANTS_H
#define PAGES_STAFF_GRANTS_H

#include "pages/staff_frame.h"
#include "pages/view_staff.h"

enum msg staff_role_msg(enum staff_role role);
void staff_say_grants(struct request *rq, const struct staff_grant *grants, size_t n, const struct view_staff_grant **ret, size_t *ret_n);

#endif
