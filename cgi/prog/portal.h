/*
 * portal.h - what the web programs share: configuration, keys, a database connection per worker, the FastCGI service,
 * and the request pipeline of web/dispatch. A program adds its route table and its role (cgi/prog/citizen.c).
 */
#ifndef PROG_PORTAL_H
#define PROG_PORTAL_H

#include "app/refdata.h"
#include "app/settings.h"
#include "db/db.h"
#include "web/dispatch.h"

struct portal_program {
    const char *name;                     /* "citizen" */
    const struct db_catalogue *catalogue; /* the statements of its role; the name is the account's too */
    const struct route_table *routes;
    /* Browser sessions; NULL: everybody is anonymous. By pointer, so that a program without them links none of it. */
    const struct session_store *(*sessions)(const struct app_settings *set);
    enum err (*guard)(struct request *rq, enum guard guard);
    const char *(*permit_name)(unsigned permit); /* for --routes; NULL = it has none */
    bool keys;                            /* needs the key file */
    unsigned ref_parts;                   /* enum refdata_part it keeps in memory; 0 = none */
    bool keeps_readings;                  /* app/front.h and statistics_usual(): has the pages that ask for them */
    const char *sign_in_path;             /* NULL = none */
    /* Of struct web_app; page NULL = only what every program fills in. */
    void (*page)(struct request *rq, struct page *pg);
    void (*problem)(struct request *rq, struct response *rs, const struct page *pg, const struct view_problem *v);
};

/*
 * The whole main(). Arguments: --config FILE --pool fast|slow; or --routes, --check, --version instead of serving.
 * --check loads configuration and keys, checks routes and forms, asks the server for its settings and prepares every
 * statement of the role. Exit code 0 = good, 2 = wrong usage or configuration, 1 = anything else.
 */
int portal_main(const struct portal_program *p, int argc, char **argv);

#endif
