/*
 * citizen.c - the portal of those who have a demand: pages, mini-program API, uploads.
 *
 * The first table of the design: every route of this program. What a row means stands in web/route.h.
 */
#include "prog/portal.h"
#include "prog/portal_health.h"
#include "prog/portal_session.h"

/* clang-format off */
static const struct route rows[] = {
    /* ---- home, words ---- */

    /* ---- filing ---- */

    /* ---- following, acting, rating ---- */

    /* ---- signing in, my demands, my data ---- */

    /* ---- knowledge base: what readers tell us ---- */

    /* ---- API: sign-in and me ---- */

    /* ---- API: uploads and suggestions ---- */

    /* ---- API: tickets ---- */

    /* ---- health ---- */
    HEALTH_ROUTES("citizen"),
};
/* clang-format on */
static const struct route_table routes = {rows, sizeof rows / sizeof rows[0]};

int main(int argc, char **argv)
{
    static const struct portal_program program = {.name = "citizen", .catalogue = &sql_catalogue_citizen,
                                                  .routes = &routes, .sessions = portal_session_store,
                                                  .guard = portal_guard, .keys = true,
                                                  .ref_parts = REF_ALL, .sign_in_path = "/login"};
    return portal_main(&program, argc, argv);
}
