/*
 * open.c - what anyone may read: knowledge base, statistics, published demands, reference data. It writes nothing: its
 * statements are SELECTs on public views, and its database account can do no more.
 */
#include "prog/portal.h"
#include "prog/portal_health.h"

/* clang-format off */
static const struct route rows[] = {
    /* ---- knowledge base ---- */

    /* ---- statistics ---- */

    /* ---- published demands ---- */

    /* ---- API: reference data, knowledge base, published demands ---- */

    /* ---- health ---- */
    HEALTH_ROUTES("open"),
};
/* clang-format on */
static const struct route_table routes = {rows, sizeof rows / sizeof rows[0]};

int main(int argc, char **argv)
{
    static const struct portal_program program = {.name = "open", .catalogue = &sql_catalogue_open, .routes = &routes,
                                                  .sessions = false, .keys = false,
                                                  .ref_parts = REF_AREAS | REF_CATEGORIES, .sign_in_path = NULL};
    return portal_main(&program, argc, argv);
}
