/*
 * open.c - what anyone may read: knowledge base, statistics, published demands, reference data. It writes nothing: its
 * statements are SELECTs on public views, and its database account can do no more.
 */
#include "api/kb.h"
#include "api/public.h"
#include "api/reference.h"
#include "pages/kb.h"
#include "pages/public.h"
#include "pages/published.h"
#include "pages/stats.h"
#include "prog/portal.h"
#include "prog/portal_health.h"
#include "prog/portal_routes.h"

/* clang-format off */
static const struct route rows[] = {
    /* ---- knowledge base ---- */
    OPEN_PAGE("kb_home", "/kb/", page_kb_home, NULL, BUCKET_READ),
    OPEN_PAGE("kb_search", "/kb/search", page_kb_search, &kb_search_query, BUCKET_SEARCH),
    OPEN_PAGE("kb_article", "/kb/{id}", page_kb_article, NULL, BUCKET_READ),

    /* ---- statistics ---- */
    OPEN_PAGE("stats", "/stats/", page_stats, NULL, BUCKET_READ),
    OPEN_PAGE("stats_method", "/stats/method", page_stats_method, NULL, BUCKET_READ),
    OPEN_FILE("stats_csv", "/stats/{figure}.csv", file_stats_csv, &stats_query),
    OPEN_FILE("stats_json", "/stats/{figure}.json", file_stats_json, &stats_query),
    OPEN_FILE("stats_svg", "/stats/{figure}.svg", file_stats_svg, &stats_query),
    OPEN_FILE("stats_figure", "/stats/{figure}", page_stats_figure, &stats_query),
    OPEN_FILE("stats_embed", "/stats/{figure}/embed", page_stats_embed, &stats_query),

    /* ---- published demands ---- */
    OPEN_PAGE("public_list", "/public", page_public_list, &published_query, BUCKET_READ),
    OPEN_PAGE("public_ticket", "/public/{id}", page_public_ticket, NULL, BUCKET_READ),

    /* ---- API: reference data, knowledge base, published demands ---- */
    API_GET("api_config", "/api/v1/config", api_config, GUARD_PUBLIC, NULL, BUCKET_READ, CACHE_PUBLIC_ETAG),
    API_GET("api_areas", "/api/v1/areas", api_areas, GUARD_PUBLIC, &api_areas_query, BUCKET_READ, CACHE_PUBLIC_ETAG),
    API_GET("api_kb_categories", "/api/v1/kb/categories", api_kb_categories, GUARD_PUBLIC, NULL, BUCKET_READ, CACHE_PUBLIC_ETAG),
    API_GET("api_kb_search", "/api/v1/kb/search", api_kb_search, GUARD_PUBLIC, &api_kb_query, BUCKET_SEARCH, CACHE_SHORT),
    API_GET("api_kb_article", "/api/v1/kb/articles/{id}", api_kb_article, GUARD_PUBLIC, NULL, BUCKET_READ, CACHE_PUBLIC_ETAG),
    API_GET("api_public_list", "/api/v1/tickets/public", api_public_list, GUARD_PUBLIC, &published_query, BUCKET_READ, CACHE_SHORT),
    API_GET("api_public_one", "/api/v1/tickets/public/{id}", api_public_one, GUARD_PUBLIC, NULL, BUCKET_READ, CACHE_PUBLIC_ETAG),
    API_GET("api_categories", "/api/v1/categories", api_categories, GUARD_PUBLIC, &api_categories_query, BUCKET_READ, CACHE_PUBLIC_ETAG),

    /* ---- health ---- */
    HEALTH_ROUTES("open"),
};
/* clang-format on */
static const struct route_table routes = {rows, sizeof rows / sizeof rows[0]};

/* Nobody is known here: only routes for everybody, and those that would greet a known visitor. */
static enum err guard_anonymous(struct request *rq, enum guard guard)
{
    if (guard == GUARD_OPTIONAL)
        return ERR_OK;
    return fault_set(rq->fault, ERR_LOGIN, "LOGIN_REQUIRED", "this program knows nobody");
}

int main(int argc, char **argv)
{
    static const struct portal_program program = {.name = "open", .catalogue = &sql_catalogue_open, .routes = &routes,
                                                  .sessions = NULL, .guard = guard_anonymous, .keys = false,
                                                  .ref_parts = REF_AREAS | REF_CATEGORIES | REF_UNITS, .sign_in_path = NULL};
    return portal_main(&program, argc, argv);
}
