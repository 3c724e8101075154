/*
 * portal.h - what the web programs share: configuration, keys, a database connection per worker, the FastCGI service,
 * and the request pipeline of web/dispatch. A program adds its route table and its role (cgi/prog/citizen.c).
 */
#ifndef PROG_PORTAL_H
#define PROG_PORTAL_H

#include "db/db.h"
#include "web/dispatch.h"

struct portal_program {
    const char *name;                         /* "citizen" */
    enum db_role role;
    const struct db_stmt *const *statements;  /* of the role, from gen/sql.h */
    uint16_t n_statements;
    const struct route_table *routes;
    bool sessions;                            /* browser sessions and bearer tokens; false: everybody is anonymous */
    bool reference;                           /* needs areas, units, categories and rules in memory */
    const char *sign_in_path;                 /* NULL = none */
};

/*
 * The whole main(). Arguments: --config FILE --pool fast|slow; or --routes, --check, --version instead of serving.
 * --check loads configuration and keys, checks routes and forms, asks the server for its settings and prepares every
 * statement of the role. Exit code 0 = good, 2 = wrong usage or configuration, 1 = anything else.
 */
int portal_main(const struct portal_program *p, int argc, char **argv);

#endif
