/*
 * portal_health.h - is it alive, is it ready, what has it done.
 *
 * GET /livez depends on nothing. GET /readyz asks the database within its budget. GET /metrics answers on the private
 * listener alone (Prometheus text).
 */
#ifndef PROG_PORTAL_HEALTH_H
#define PROG_PORTAL_HEALTH_H

#include "web/route.h"

enum err health_livez(struct request *rq, struct response *rs);
enum err health_readyz(struct request *rq, struct response *rs);
enum err health_metrics(struct request *rq, struct response *rs);
/* web_app.observe: counts by route and status class, and durations in buckets. */
void portal_observe(const struct request *rq, const struct route *route, int status, int64_t dur_us);

#define HEALTH_ROUTES(prefix)                                                                                          \
    {.name = prefix "_livez", .method = "GET", .pattern = "/livez", .handler = health_livez, .guard = GUARD_PUBLIC,      \
     .csrf = CSRF_SAFE, .body = BODY_NONE, .bucket = BUCKET_NONE, .cache = CACHE_NO_STORE, .look = LOOK_RAW},            \
        {.name = prefix "_readyz", .method = "GET", .pattern = "/readyz", .handler = health_readyz,                      \
         .guard = GUARD_PUBLIC, .csrf = CSRF_SAFE, .body = BODY_NONE, .bucket = BUCKET_NONE, .cache = CACHE_NO_STORE,    \
         .look = LOOK_RAW},                                                                                             \
    {                                                                                                                   \
        .name = prefix "_metrics", .method = "GET", .pattern = "/metrics", .handler = health_metrics,                    \
        .guard = GUARD_PRIVATE, .csrf = CSRF_SAFE, .body = BODY_NONE, .bucket = BUCKET_NONE, .cache = CACHE_NO_STORE,    \
        .look = LOOK_RAW                                                                                                \
    }

#endif
