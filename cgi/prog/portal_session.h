/* portal_session.h - browser sessions and the guards of routes, joined to app/account and app/token. */
#ifndef PROG_PORTAL_SESSION_H
#define PROG_PORTAL_SESSION_H

#include "app/settings.h"
#include "web/route.h"
#include "web/session.h"

const struct session_store *portal_session_store(const struct app_settings *set);

/*
 * web_app.guard of programs that know people. Pages: the session cookie. API: `Authorization: Bearer` (access token) or
 * `Authorization: Receipt` (ticket token); never both, never a cookie. Whether the account is alive and the epoch current
 * is compared by the statement that reads the object (decision 19).
 */
enum err portal_guard(struct request *rq, enum guard guard) MUST_CHECK;
#endif
