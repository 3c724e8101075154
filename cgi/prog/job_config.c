/*
 * job_config.c - reads what the worker needs and judges it before the first job runs.
 *
 * Contract: job_config.h. A gateway over plain http, a lease shorter than a delivery, a missing ffmpeg stop the start.
 */
#include "prog/job_config.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/crypto.h"
#include "base/log.h"
#include "prog/portal_config.h"

enum { KEY_BYTES_MAX = 1000, MS_PER_S = 1000 };

static enum log_level log_level_of(const char *name)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return (enum log_level)i;
    return LOG_INFO;
}

static bool make_folder(const char *path, char *why, size_t why_size)
{
    if (mkdir(path, 0750) == 0 || errno == EEXIST)
        return true;
    snprintf(why, why_size, "%s: %s", path, strerror(errno));
    return false;
}

/* The key goes into a header: printable ASCII, else it could carry a second one. */
static bool read_key(const char *path, const char **ret, char *why, size_t why_size)
{
    char line[KEY_BYTES_MAX];
    FILE *f = fopen(path, "re");
    bool good = f != NULL && fgets(line, sizeof line, f) != NULL;
    if (f != NULL)
        fclose(f);
    if (good) {
        line[strcspn(line, "\r\n")] = 0;
        good = line[0] != 0;
        for (const char *p = line; *p; p++)
            good = good && *p > ' ' && *p < 0x7f;
    }
    *ret = good ? strdup(line) : NULL;
    explicit_bzero(line, sizeof line);
    if (*ret == NULL)
        snprintf(why, why_size, "sms.http_key_file: %s holds no key in its first line", path);
    return *ret != NULL;
}

static bool sms_config(struct worker_conf *c, char *why, size_t why_size)
{
    const char *wrong;
    c->sms_http = strcmp(config_text(c->file, "sms.driver"), "http") == 0;
    c->sms_timeout_ms = (int)config_int(c->file, "sms.http_timeout_ms");
    if (!c->sms_http)
        return make_folder(c->sms_dir, why, why_size);
    c->sms_url = config_text(c->file, "sms.http_url");
    if ((wrong = sms_http_check(c)) != NULL) {
        snprintf(why, why_size, "sms.http_url: %s", wrong);
        return false;
    }
    if (c->set.outbox_lease_seconds * MS_PER_S < 2 * c->sms_timeout_ms) {
        snprintf(why, why_size, "sms.outbox_lease_s must be at least twice sms.http_timeout_ms, or messages go out twice");
        return false;
    }
    return read_key(config_text(c->file, "sms.http_key_file"), &c->sms_key, why, why_size);
}

static bool folders(const struct worker_conf *c, char *why, size_t why_size)
{
    char metrics[1100];
    snprintf(metrics, sizeof metrics, "%s/metrics", c->var_dir);
    if (c->checkpoint_dir[0] && !make_folder(c->checkpoint_dir, why, why_size))
        return false;
    if (access(c->ffmpeg, X_OK) != 0) {
        snprintf(why, why_size, "paths.ffmpeg: %s: %s", c->ffmpeg, strerror(errno));
        return false;
    }
    return make_folder(metrics, why, why_size) && make_folder(c->set.upload_dir, why, why_size);
}

bool worker_config_load(struct worker_conf *ret, const char *path, char *why, size_t why_size)
{
    struct config *f = config_load(path, why, why_size);
    if (f == NULL)
        return false;
    *ret = (struct worker_conf){.file = f, .public_origin = config_text(f, "server.public_origin"),
                                .var_dir = config_text(f, "paths.var"), .sms_dir = config_text(f, "paths.sms_dir"),
                                .checkpoint_dir = config_text(f, "paths.checkpoint_dir"),
                                .ffmpeg = config_text(f, "paths.ffmpeg"), .durable = config_bool(f, "database.durable"),
                                .drain_ms = (int)config_int(f, "server.drain_ms")};
    log_setup("worker", log_level_of(config_text(f, "log.level")));
    prog_settings(f, &ret->set);
    const char *wrong = app_settings_check(&ret->set);
    if (wrong != NULL) {
        snprintf(why, why_size, "%s: %s", path, wrong);
        return false;
    }
    if (!sms_config(ret, why, why_size) || !folders(ret, why, why_size) ||
        !prog_db_config(f, "worker", &ret->db, why, why_size))
        return false;
    ret->keys = keyring_load(config_text(f, "paths.keys_file"), why, why_size);
    return ret->keys != NULL;
}
