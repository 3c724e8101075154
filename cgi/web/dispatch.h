/*
 * dispatch.h - one request from the first parameter to the last byte.
 *
 * Order: parameters and path → route → rate bucket → session (pages) → guard → body → form → CSRF → handler → response →
 * log line. Any failure on the way becomes a problem in the look of the route. A request that outgrows its arena answers
 * 503. Nothing here knows what a ticket is: the program supplies the callbacks.
 */
#ifndef WEB_DISPATCH_H
#define WEB_DISPATCH_H

#include "web/ratelimit.h"
#include "web/route.h"
#include "web/session.h"

struct page;
struct view_problem;

struct web_app {
    const char *program;                 /* "citizen" */
    const struct route_table *routes;    /* passed route_check() */
    const void *app;                     /* becomes rq->app */
    const char *public_origin;           /* "https://suda.example", for links that leave us; "" = as the client asked */
    const char *spool_dir;               /* for uploads */
    const char *sign_in_path;            /* pages that need an account lead here with ?next=; NULL = 401 page */
    const struct session_store *sessions; /* NULL = this program has none; pages then never set a cookie of ours */
    struct ratelimit *limiter;
    struct limit limits[BUCKET_COUNT];   /* BUCKET_NONE is ignored */
    /* Both may be NULL. begin runs before the route is looked up, end always, also after a jump out of the handler. */
    void (*begin)(struct request *rq);
    void (*end)(struct request *rq);
    /* Decides and fills signed_in, account_id, ticket_id, budget. Called for all but GUARD_PUBLIC and GUARD_PRIVATE, which web
     * decides itself. Must deny what it does not know. */
    enum err (*guard)(struct request *rq, enum guard guard);
    int64_t (*db_us)(const struct request *rq); /* time in the database, for the log; NULL = not known */
    /* Called once for every request with a known route, for metrics; NULL = none. */
    void (*observe)(const struct request *rq, const struct route *route, int status, int64_t dur_us);
    /* City, hotline, demo mark of struct page; NULL = none. Runs for problem pages too, so it must not ask the database. */
    void (*page)(struct request *rq, struct page *pg);
    /* Writes a problem in the look of this program; NULL = the citizens'. The same holds for it. */
    void (*problem)(struct request *rq, struct response *rs, const struct page *pg, const struct view_problem *v);
    bool quiet;                          /* no line for answers below 400 (benchmarks) */
};

/* NULL when the program may start: routes, forms, limits and callbacks are whole. */
const char *web_check(const struct web_app *w);
/* One request. The arena is empty at the start; the caller clears it afterwards. */
void web_handle(const struct web_app *w, struct gateway *gw, struct arena *a);

#endif
