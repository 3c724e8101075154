/*
 * portal.c - main of the web programs: arguments, configuration, keys, the worker's state, and svc_run.
 *
 * Contract: everything that can be wrong is found before the listener opens, and said in one sentence on stderr. A worker
 * owns one database connection, one arena and one struct join. Must not know any page: routes come from the program.
 */
#include "prog/portal.h"

#include <errno.h>
#include <getopt.h>

#include "app/crypto.h"
#include "app/front.h"
#include "app/token.h"
#include "base/clock.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/version.h"
#include "app/urgent.h"
#include "pages/join.h"
#include "prog/portal_config.h"
#include "prog/portal_gateway.h"
#include "prog/portal_health.h"
#include "web/view.h"

enum { EXIT_USAGE = 2 };

struct portal { /* of one process; the parts above the line are made before the fork */
    const struct portal_program *program;
    struct portal_config conf;
    struct keyring *keys;
    struct web_app app;
    /* ---- of one worker ---- */
    struct join join;
    struct arena *arena;
};

static int complain(const char *program, const char *what)
{
    fprintf(stderr, "%s: %s\n", program, what);
    return EXIT_USAGE;
}

static void *worker_init(void *arg)
{
    struct portal *p = arg;
    const struct portal_program *prog = p->program;
    p->arena = arena_new(LIMIT_REQUEST_MEMORY_BYTES);
    p->join = (struct join){.set = &p->conf.set, .keys = p->keys, .public_origin = p->conf.public_origin,
                            .city_zh = p->conf.city_zh, .city_en = p->conf.city_en, .hotline = p->conf.hotline, .icp = p->conf.icp,
                            .demo = p->conf.demo, .lookup_limit = p->conf.lookup_limit, .page = prog->page};
    p->join.db = db_new(&p->conf.db, prog->catalogue);
    if (prog->keys)
        p->join.tokens = token_cache_new();
    if (prog->ref_parts != 0)
        p->join.ref = refdata_new(prog->ref_parts);
    if (prog->keeps_readings) {
        p->join.usual = usual_cache_new();
        p->join.front = front_cache_new();
    }
    if (p->arena == NULL || p->join.db == NULL || (prog->keys && p->join.tokens == NULL) ||
        (prog->ref_parts != 0 && p->join.ref == NULL) ||
        (prog->keeps_readings && (p->join.usual == NULL || p->join.front == NULL)))
        return NULL;
    p->app.app = &p->join;
    return p;
}

static void worker_exit(void *state)
{
    struct portal *p = state;
    db_free(p->join.db);
    refdata_free(p->join.ref);
    usual_cache_free(p->join.usual);
    front_cache_free(p->join.front);
    token_cache_free(p->join.tokens);
    arena_free(p->arena);
    keyring_free(p->keys);
}

static void worker_handle(void *state, struct svc_request *rq)
{
    struct portal *p = state;
    struct gateway gw = portal_gateway(rq);
    web_handle(&p->app, &gw, p->arena);
    arena_clear(p->arena);
}

/* Where people come to file, and to see how the city does. */
static void fill_notices(struct request *rq, struct page *pg)
{
    const struct join *j = join_of(rq);
    const struct urgent_mode *on = NULL;
    if (j->ref == NULL || j->ref_failed || (pg->nav != NAV_HOME && pg->nav != NAV_FILE && pg->nav != NAV_STATS))
        return;
    const size_t n = urgent_active(j->ref, rq->now_us, rq->a, &on);
    struct page_notice *out = ARENA_ARRAY(rq->a, struct page_notice, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i].text = rq->lang == LANG_EN ? on[i].notice_en : on[i].notice_zh;
    pg->notices = out;
    pg->n_notices = n;
}

static void fill_page(struct request *rq, struct page *pg)
{
    const struct join *j = join_of(rq);
    pg->city = str_from_c(rq->lang == LANG_EN ? j->city_en : j->city_zh);
    pg->hotline = str_from_c(j->hotline);
    pg->icp = str_from_c(j->icp);
    pg->demo = j->demo;
    pg->signed_in = rq->signed_in;
    fill_notices(rq, pg);
    if (j->page != NULL)
        j->page(rq, pg);
}

static int64_t db_us(const struct request *rq)
{
    return db_time_us(join_of(rq)->db);
}

static void fill_app(struct portal *p)
{
    const struct portal_program *prog = p->program;
    p->app = (struct web_app){.program = prog->name, .routes = prog->routes, .public_origin = p->conf.public_origin,
                              .spool_dir = p->conf.spool_dir, .sign_in_path = prog->sign_in_path,
                              .sessions = prog->sessions ? prog->sessions(&p->conf.set) : NULL,
                              .begin = join_begin, .end = join_end,
                              .guard = prog->guard, .db_us = db_us,
                              .observe = portal_observe, .page = fill_page, .problem = prog->problem, .quiet = p->conf.quiet};
    for (size_t i = 0; i < BUCKET_COUNT; i++)
        p->app.limits[i] = p->conf.limits[i];
}

/* What --check does beyond loading: the server's settings, and every statement of the role. */
static int check_server(struct portal *p)
{
    struct arena *a = arena_new(LIMIT_REQUEST_MEMORY_BYTES);
    struct db *db = db_new(&p->conf.db, p->program->catalogue);
    struct fault f = {0};
    enum err err = ERR_UNAVAILABLE;
    if (a != NULL && db != NULL) {
        db_begin_request(db, a, &f, 0);
        err = db_check_server(db, p->conf.durable);
        if (err == ERR_OK)
            err = db_check_statements(db);
        db_end_request(db);
    }
    if (err != ERR_OK)
        fprintf(stderr, "%s: %s\n", p->program->name, f.detail[0] ? f.detail : "the database cannot be asked");
    db_free(db);
    arena_free(a);
    return err == ERR_OK ? 0 : 1;
}

static int serve(struct portal *p)
{
    const struct portal_pool *pool = &p->conf.pool;
    p->app.limiter = ratelimit_new(p->conf.limiter_slots);
    struct svc_options o = {.name = pool->name, .socket_path = pool->socket, .socket_mode = 0660,
                            .backlog = p->conf.backlog, .workers = pool->workers,
                            .kept_connections = pool->kept_connections, .gatherers = pool->gatherers,
                            .request_deadline_ms = p->conf.pool.deadline_ms,
                            .requests_per_worker = p->conf.requests_per_worker, .drain_ms = p->conf.drain_ms,
                            .worker_init = worker_init, .handle = worker_handle, .worker_exit = worker_exit, .arg = p};
    return svc_run(&o);
}

static const struct option options[] = {{"config", required_argument, NULL, 'c'}, {"pool", required_argument, NULL, 'p'},
                                        {"routes", no_argument, NULL, 'r'},       {"check", no_argument, NULL, 'k'},
                                        {"version", no_argument, NULL, 'v'},      {0}};

int portal_main(const struct portal_program *prog, int argc, char **argv)
{
    const char *config = NULL, *pool = "fast", *wrong = route_check(prog->routes);
    bool check = false;
    if (wrong != NULL)
        return complain(prog->name, wrong);
    for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (o == 'c')
            config = optarg;
        else if (o == 'p')
            pool = optarg;
        else if (o == 'k')
            check = true;
        else if (o == 'r')
            return route_print(prog->routes, prog->name, prog->permit_name, stdout), 0;
        else if (o == 'v')
            return printf("%s %s\n", prog->name, SUDA_VERSION), 0;
        else
            return EXIT_USAGE;
    }
    if (config == NULL)
        return complain(prog->name, "--config FILE is missing");
    static struct portal p;
    char why[400];
    p.program = prog;
    log_setup(prog->name, LOG_INFO);
    crypto_init();
    if (!portal_config_load(&p.conf, config, prog->name, pool, why, sizeof why))
        return complain(prog->name, why);
    if (prog->keys && (p.keys = keyring_load(p.conf.keys_file, why, sizeof why)) == NULL)
        return complain(prog->name, why);
    fill_app(&p);
    if ((wrong = web_check(&p.app)) != NULL)
        return complain(prog->name, wrong);
    return check ? check_server(&p) : serve(&p);
}
