/*
 * portal_health.c - livez, readyz, metrics.
 *
 * Contract: readyz tells a balancer whether to send requests here, so it fails when the database cannot answer; livez
 * never does. Route names are labels, never raw paths: the number of series is bounded by the route table.
 */
#include "prog/portal_health.h"

#include "base/limits.h"
#include "db/db.h"
#include "pages/join.h"
#include "svc/svc.h"
#include "web/dispatch.h"

static enum err answer(struct response *rs, int status, struct str text)
{
    response_type(rs, "text/plain; charset=utf-8");
    response_status(rs, status);
    buf_put(&rs->body, text);
    return ERR_OK;
}

enum err health_livez(struct request *rq, struct response *rs)
{
    (void)rq;
    return answer(rs, 200, STR("ok\n"));
}

enum err health_readyz(struct request *rq, struct response *rs)
{
    if (db_ping(join_of(rq)->db) == ERR_OK)
        return answer(rs, 200, STR("ok\n"));
    response_header(rs, "Retry-After", STR("2"));
    return answer(rs, 503, STR("database does not answer\n"));
}

enum err health_metrics(struct request *rq, struct response *rs)
{
    enum { ROOM = KIB(512) };
    char *text = arena_alloc(rq->a, ROOM);
    size_t n = svc_metrics_text(text, ROOM);
    response_type(rs, "text/plain; version=0.0.4; charset=utf-8");
    buf_put(&rs->body, (struct str){text, n < ROOM ? n : ROOM - 1});
    return ERR_OK;
}

static void add(int64_t **slot, const char *name, int64_t n)
{
    if (*slot == NULL)
        *slot = svc_counter(name); /* looked up once per worker: this runs at every request */
    if (*slot != NULL)
        __atomic_fetch_add(*slot, n, __ATOMIC_RELAXED);
}

static void count_route(const struct request *rq, const struct route *route, int status)
{
    enum { ROUTES = 256, CLASSES = 6 };
    static int64_t *slots[ROUTES][CLASSES];
    size_t i = (size_t)(route - rq->web->routes->rows), class = (size_t)(status / 100) % CLASSES;
    char name[200] = "";
    BUG_ON(i >= ROUTES);
    if (slots[i][class] == NULL)
        snprintf(name, sizeof name, "suda_http_requests_total{route=\"%s\",status=\"%zuxx\"}", route->name, class);
    add(&slots[i][class], name, 1);
}

void portal_observe(const struct request *rq, const struct route *route, int status, int64_t dur_us)
{
#define BUCKET(le) "suda_http_request_duration_seconds_bucket{le=\"" le "\"}"
    static struct {
        int64_t us;
        const char *name;
        int64_t *slot;
    } steps[] = {{1000, BUCKET("0.001"), NULL}, {5000, BUCKET("0.005"), NULL},   {10000, BUCKET("0.01"), NULL},
                 {50000, BUCKET("0.05"), NULL}, {100000, BUCKET("0.1"), NULL},   {500000, BUCKET("0.5"), NULL},
                 {1000000, BUCKET("1"), NULL},  {5000000, BUCKET("5"), NULL},    {10000000, BUCKET("10"), NULL},
                 {INT64_MAX, BUCKET("+Inf"), NULL}};
#undef BUCKET
    static int64_t *count, *sum;
    count_route(rq, route, status);
    for (size_t i = sizeof steps / sizeof steps[0]; i-- > 0 && dur_us <= steps[i].us;)
        add(&steps[i].slot, steps[i].name, 1);
    add(&count, "suda_http_request_duration_seconds_count", 1);
    add(&sum, "suda_http_request_duration_microseconds_total", dur_us);
}
