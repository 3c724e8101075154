/* portal_staff.h - sessions and the guard of the back office, joined to app/staff. */
#ifndef PROG_PORTAL_STAFF_H
#define PROG_PORTAL_STAFF_H

#include "app/settings.h"
#include "web/route.h"
#include "web/session.h"

const struct session_store *portal_staff_store(const struct app_settings *set);
/*
 * web_app.guard. GUARD_STAFF: pages by session cookie, signed in to the end; API by a service's token; then the permit of the
 * route, whatever the path names. GUARD_OPTIONAL: anyone, for the pages of signing in.
 */
enum err portal_staff_guard(struct request *rq, enum guard guard) MUST_CHECK;
const char *portal_permit_name(unsigned permit);

#endif
