/*
 * portal_config.h - the configuration file turned into the structs that db, app, web and svc take.
 *
 * Only cgi/prog knows both svc/config and the others. All text points into the loaded configuration or into static
 * memory and lives as long as the process.
 */
#ifndef PROG_PORTAL_CONFIG_H
#define PROG_PORTAL_CONFIG_H

#include "app/settings.h"
#include "db/db.h"
#include "svc/config.h"
#include "web/dispatch.h"

/* Account of a database user: role is citizen, staff, open, worker, owner. False: why says what is missing. */
bool prog_db_config(const struct config *c, const char *role, struct db_config *ret, char *why, size_t why_size);
void prog_settings(const struct config *c, struct app_settings *ret);

struct portal_pool {
    const char *name, *socket;
    int workers, kept_connections, gatherers, deadline_ms;
};
struct portal_config {
    struct config *file;
    struct db_config db;
    struct app_settings set;
    struct portal_pool pool;
    struct limit limits[BUCKET_COUNT], lookup_limit;
    const char *public_origin, *spool_dir, *keys_file, *city_zh, *city_en, *hotline, *icp;
    int backlog, requests_per_worker, drain_ms;
    size_t limiter_slots;
    bool demo, durable, quiet;
};
/* program is "citizen", "staff", "open"; pool "fast" or "slow". False: why says what is wrong, with file and key. */
bool portal_config_load(struct portal_config *ret, const char *path, const char *program, const char *pool, char *why,
                        size_t why_size);

#endif
