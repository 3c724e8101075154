/*
 * portal_config.c - reads the file once and hands its values out.
 *
 * Contract: every key is read here by its full name, so that a search for a key finds its use. Must not know routes.
 */
#include "prog/portal_config.h"

#include <errno.h>

static bool read_first_line(const char *path, char **ret)
{
    char line[300];
    FILE *f = fopen(path, "re");
    if (f == NULL)
        return false;
    bool got = fgets(line, sizeof line, f) != NULL;
    fclose(f);
    line[got ? strcspn(line, "\r\n") : 0] = 0;
    *ret = got && line[0] ? strdup(line) : NULL;
    explicit_bzero(line, sizeof line);
    return *ret != NULL;
}

/* The value of "<section>.<prefix>_<rest>". */
static const char *text_of(const struct config *c, const char *section, const char *prefix, const char *rest)
{
    char key[120];
    snprintf(key, sizeof key, "%s.%s_%s", section, prefix, rest);
    return config_text(c, key);
}

static int int_of(const struct config *c, const char *section, const char *prefix, const char *rest)
{
    char key[120];
    snprintf(key, sizeof key, "%s.%s_%s", section, prefix, rest);
    return (int)config_int(c, key);
}

bool prog_db_config(const struct config *c, const char *role, struct db_config *ret, char *why, size_t why_size)
{
    const char *file = text_of(c, "database", role, "password_file");
    bool job = strcmp(role, "worker") == 0 || strcmp(role, "owner") == 0 || strcmp(role, "ctl") == 0;
    char *password = NULL;
    if (!read_first_line(file, &password)) {
        snprintf(why, why_size, "database.%s_password_file: %s: %s", role, file, errno ? strerror(errno) : "empty");
        return false;
    }
    *ret = (struct db_config){.socket = config_text(c, "database.socket"),
                              .user = text_of(c, "database", role, "user"),
                              .password = password,
                              .database = config_text(c, "database.name"),
                              .connect_timeout_ms = (int)config_int(c, "database.connect_timeout_ms"),
                              .read_timeout_ms = job ? 600000 : (int)config_int(c, "database.read_timeout_ms"),
                              .max_statement_ms = job ? 0 : (int)config_int(c, "database.max_statement_ms")};
    return true;
}

static const char *checkpoint_file(const struct config *c)
{
    const char *dir = config_text(c, "paths.checkpoint_dir");
    char *path = NULL;
    if (dir[0] == 0 || asprintf(&path, "%s/checkpoints.log", dir) < 0)
        return "";
    return path;
}

static void levels(const struct config *c, struct app_settings *s)
{
    s->level_minutes[1] = (int)config_int(c, "clock.level1_minutes");
    s->level_minutes[2] = (int)config_int(c, "clock.level2_minutes");
    s->level_minutes[3] = (int)config_int(c, "clock.level3_minutes");
    s->level_minutes[4] = (int)config_int(c, "clock.level4_minutes");
    s->default_level = (int)config_int(c, "clock.default_level");
    s->triage_minutes = (int)config_int(c, "clock.triage_minutes");
    s->warn_percent = (int)config_int(c, "clock.warn_percent");
}

static void ladder(const struct config *c, struct app_settings *s)
{
    const int steps[SETTINGS_LADDER] = {0, s->warn_percent, (int)config_int(c, "clock.remind_percent"), 100,
                                        (int)config_int(c, "clock.supervise_unit_percent"),
                                        (int)config_int(c, "clock.supervise_district_percent"),
                                        (int)config_int(c, "clock.supervise_city_percent")};
    memcpy(s->ladder_percent, steps, sizeof steps);
    s->supervise_bounces = (int)config_int(c, "clock.supervise_bounces");
    s->supervise_reopens = (int)config_int(c, "clock.supervise_reopens");
    s->supervise_answer_hours = (int)config_int(c, "clock.supervise_answer_hours");
    s->sign_minutes = (int)config_int(c, "clock.sign_minutes");
    s->contact_minutes = (int)config_int(c, "clock.contact_minutes");
    s->stuck_days = (int)config_int(c, "clock.stuck_days");
    s->duty_unit = config_text(c, "clock.duty_unit");
    s->visit_call_hours = (int)config_int(c, "visit.call_hours");
    s->visit_attempts = (int)config_int(c, "visit.attempts");
    s->visit_retry_hours = (int)config_int(c, "visit.retry_hours");
    s->visit_lease_minutes = (int)config_int(c, "visit.lease_minutes");
    s->visit_early_hours = (int)config_int(c, "visit.early_hours");
    s->visit_period_day = (int)config_int(c, "visit.period_day");
    s->reopen_max = (int)config_int(c, "visit.reopen_max");
}

static void limits(const struct config *c, struct app_settings *s)
{
    enum { SECONDS_PER_MINUTE = 60 };
    s->urge_every_hours = (int)config_int(c, "limits.urge_interval_hours");
    s->urge_max = (int)config_int(c, "limits.urge_max");
    s->object_days = (int)config_int(c, "limits.objection_days");
    s->rating_link_days = (int)config_int(c, "limits.rating_link_days");
    s->close_after_days = (int)config_int(c, "limits.close_after_days");
    s->draft_days = (int)config_int(c, "limits.draft_days");
    s->upload_hours = (int)config_int(c, "limits.loose_upload_hours");
    s->sms_code_minutes = (int)config_int(c, "limits.sms_code_s") / SECONDS_PER_MINUTE;
    s->sms_code_tries = (int)config_int(c, "limits.sms_tries");
    s->sms_resend_seconds = (int)config_int(c, "limits.sms_resend_s");
    s->sms_per_hour = (int)config_int(c, "limits.sms_per_hour");
    s->sms_per_day = (int)config_int(c, "limits.sms_per_day");
    s->suppress_below = (int)config_int(c, "limits.suppression");
}

static void tokens(const struct config *c, struct app_settings *s)
{
    enum { SECONDS_PER_MINUTE = 60 };
    s->issuer = config_text(c, "security.issuer");
    s->access_token_minutes = (int)config_int(c, "security.access_token_s") / SECONDS_PER_MINUTE;
    s->refresh_days = (int)config_int(c, "security.refresh_days");
    s->refresh_grace_seconds = (int)config_int(c, "security.refresh_grace_s");
    s->ticket_token_hours = (int)config_int(c, "security.ticket_token_hours");
    s->session_days = (int)config_int(c, "security.session_days");
    s->session_max_days = (int)config_int(c, "security.session_max_days");
    s->anonymous_session_days = (int)config_int(c, "security.anonymous_session_days");
    s->session_ticket_hours = (int)config_int(c, "security.session_ticket_hours");
    s->idempotency_hours = (int)config_int(c, "security.idempotency_hours");
}

static void staff(const struct config *c, struct app_settings *s)
{
    s->staff_idle_minutes = (int)config_int(c, "staff.idle_minutes");
    s->staff_session_hours = (int)config_int(c, "staff.session_hours");
    s->staff_confirm_minutes = (int)config_int(c, "staff.confirm_minutes");
    s->export_rows = (int)config_int(c, "staff.export_rows");
    s->staff_totp_all = config_bool(c, "staff.totp_all");
    s->staff_lock_tries = (int)config_int(c, "staff.lock_tries");
    s->argon2_mib = (int)config_int(c, "staff.argon2_mib");
    s->argon2_passes = (int)config_int(c, "staff.argon2_passes");
}

void prog_settings(const struct config *c, struct app_settings *ret)
{
    *ret = app_settings_default();
    levels(c, ret);
    ladder(c, ret);
    limits(c, ret);
    tokens(c, ret);
    staff(c, ret);
    ret->upload_dir = config_text(c, "paths.uploads");
    ret->checkpoint_file = checkpoint_file(c);
    ret->grades = strcmp(config_text(c, "rating.grades"), "five") == 0 ? 5 : 3;
    ret->outbox_tries = (int)config_int(c, "sms.outbox_tries");
    ret->outbox_lease_seconds = (int)config_int(c, "sms.outbox_lease_s");
    ret->refdata_check_seconds = (int)config_int(c, "site.refdata_check_s");
}

static void rates(const struct config *c, struct limit limits[BUCKET_COUNT])
{
    static const struct {
        enum bucket bucket;
        const char *name;
        bool closed; /* fails closed: what guards a secret */
    } rows[] = {{BUCKET_READ, "read", false},   {BUCKET_SEARCH, "search", false}, {BUCKET_WRITE, "write", false},
                {BUCKET_FILE, "file", false},   {BUCKET_LOOKUP, "lookup", true},  {BUCKET_SMS, "sms", true},
                {BUCKET_LOGIN, "login", true}, {BUCKET_UPLOAD, "upload", false}};
    enum { MS_PER_MINUTE = 60000 };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        int rate = int_of(c, "rates", rows[i].name, "per_minute");
        uint32_t every = (uint32_t)(MS_PER_MINUTE / rate);
        limits[rows[i].bucket] = (struct limit){.every_ms = every > 0 ? every : 1,
                                                .burst = (uint32_t)int_of(c, "rates", rows[i].name, "burst"),
                                                .closed = rows[i].closed};
    }
}

/* Wrong query codes: so many in a window, then one more each time a share of the window has passed. */
static struct limit lookup_limit(const struct config *c)
{
    int64_t tries = config_int(c, "limits.lookup_tries"), window_s = config_int(c, "limits.lookup_window_s");
    return (struct limit){.every_ms = (uint32_t)(window_s * 1000 / tries), .burst = (uint32_t)tries, .closed = true};
}

static bool pool_config(const struct config *c, const char *program, const char *pool, struct portal_pool *ret)
{
    static char name[40];
    bool slow = strcmp(pool, "slow") == 0;
    if ((!slow && strcmp(pool, "fast") != 0) || (slow && strcmp(program, "citizen") != 0 && strcmp(program, "staff") != 0))
        return false;
    snprintf(name, sizeof name, "%s_%s", program, pool);
    *ret = (struct portal_pool){.name = name, .socket = text_of(c, "server", name, "socket"),
                                .workers = int_of(c, "server", name, "workers"),
                                .kept_connections = int_of(c, "server", name, "kept"),
                                .gatherers = strcmp(name, "citizen_fast") == 0 ? int_of(c, "server", name, "gatherers") : 0,
                                .deadline_ms = (int)config_int(c, slow ? "server.slow_deadline_ms"
                                                                       : "server.request_deadline_ms")};
    return true;
}

bool portal_config_load(struct portal_config *ret, const char *path, const char *program, const char *pool, char *why,
                        size_t why_size)
{
    struct config *c = config_load(path, why, why_size);
    if (c == NULL)
        return false;
    *ret = (struct portal_config){.file = c, .public_origin = config_text(c, "server.public_origin"),
                                  .spool_dir = config_text(c, "paths.spool"),
                                  .keys_file = config_text(c, "paths.keys_file"),
                                  .city_zh = config_text(c, "site.city_zh"), .city_en = config_text(c, "site.city_en"),
                                  .hotline = config_text(c, "site.hotline"), .icp = config_text(c, "site.icp"), .demo = config_bool(c, "site.demo"),
                                  .durable = config_bool(c, "database.durable"),
                                  .quiet = strcmp(config_text(c, "log.level"), "warn") == 0 ||
                                           strcmp(config_text(c, "log.level"), "error") == 0,
                                  .backlog = (int)config_int(c, "server.backlog"),
                                  .requests_per_worker = (int)config_int(c, "server.requests_per_worker"),
                                  .drain_ms = (int)config_int(c, "server.drain_ms"),
                                  .limiter_slots = (size_t)config_int(c, "rates.slots")};
    prog_settings(c, &ret->set);
    rates(c, ret->limits);
    ret->lookup_limit = lookup_limit(c);
    if (!pool_config(c, program, pool, &ret->pool)) {
        snprintf(why, why_size, "--pool %s: %s has no such pool", pool, program);
        return false;
    }
    const char *wrong = app_settings_check(&ret->set);
    if (wrong != NULL) {
        snprintf(why, why_size, "%s: %s", path, wrong);
        return false;
    }
    return prog_db_config(c, program, &ret->db, why, why_size);
}
