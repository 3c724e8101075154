/*
 * ctl_frame.c - opens what a command needs and tells what went wrong.
 *
 * Contract: ctl.h. It knows no command.
 */
#include "prog/ctl_frame.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/crypto.h"
#include "app/refdata.h"
#include "base/clock.h"
#include "prog/portal_config.h"

enum { ARENA_BYTES = 1024 * 1024 * 1024 };

void ctl_say(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputc('\n', stderr);
}

enum ctl_exit ctl_usage(const struct ctl *c, const char *complaint)
{
    ctl_say("sudactl %s: %s", c->command->name, complaint);
    ctl_say("usage: sudactl %s %s", c->command->name, c->command->usage);
    return CTL_USAGE;
}

static const char *plain(enum err e)
{
    switch (e) {
    case ERR_OK:
        return "no fault";
    case ERR_INVALID:
        return "not acceptable";
    case ERR_DENIED:
    case ERR_LOGIN:
        return "not allowed";
    case ERR_NOT_FOUND:
        return "not found";
    case ERR_CONFLICT:
        return "the present state forbids it";
    case ERR_TOO_LARGE:
        return "too large";
    case ERR_LIMITED:
        return "too often";
    case ERR_UNAVAILABLE:
        return "the database or another service does not answer";
    case ERR_INTERNAL:
        return "internal fault";
    }
    return "unknown fault";
}

enum ctl_exit ctl_failed(const struct ctl *c, enum err e, const char *what)
{
    const struct fault *f = &c->fault;
    fprintf(stderr, "sudactl %s: %s: %s", c->command->name, what, plain(e));
    if (f->reason)
        fprintf(stderr, " (%s)", f->reason);
    if (f->detail[0])
        fprintf(stderr, ": %s", f->detail);
    fputc('\n', stderr);
    for (size_t i = 0; i < f->n_fields; i++)
        fprintf(stderr, "  %s: %s\n", f->fields[i].field, f->fields[i].reason);
    return CTL_FAILED;
}

void ctl_next_act(struct ctl *c)
{
    fault_clear(&c->fault);
    if (c->db) {
        db_end_request(c->db);
        db_begin_request(c->db, c->a, &c->fault, 0);
    }
    c->ctx.wall_us = clock_now_us();
}

/* ---- options -------------------------------------------------------------------------------------------------------- */

static bool take_value(struct ctl *c, const struct ctl_option *o, const char *value)
{
    if (o->text) {
        *o->text = value;
        return true;
    }
    if (parse_i64(str_from_c(value), o->min, o->max, o->number))
        return true;
    ctl_say("sudactl %s: --%s takes a number from %lld to %lld", c->command->name, o->name, (long long)o->min,
            (long long)o->max);
    return false;
}

/* 1 = taken alone, 2 = with the argument after it, 0 = fault. */
static int take_option(struct ctl *c, const struct ctl_option *options, const char *arg, const char *next)
{
    for (const struct ctl_option *o = options; o->name; o++) {
        size_t n = strlen(o->name);
        if (strncmp(arg + 2, o->name, n) != 0 || (arg[2 + n] && arg[2 + n] != '='))
            continue;
        if (o->flag && !arg[2 + n]) {
            *o->flag = true;
            return 1;
        }
        if (o->flag || (!arg[2 + n] && !next)) {
            ctl_say("sudactl %s: --%s takes %s", c->command->name, o->name, o->flag ? "no value" : "a value");
            return 0;
        }
        const char *value = arg[2 + n] ? arg + 3 + n : next;
        return take_value(c, o, value) ? (arg[2 + n] ? 1 : 2) : 0;
    }
    ctl_usage(c, arena_printf(c->a, "there is no option %s", arg).p);
    return 0;
}

bool ctl_options(struct ctl *c, const struct ctl_option *options, int *argc, char **argv)
{
    int kept = 1;
    for (int i = 1; i < *argc;) {
        if (strncmp(argv[i], "--", 2) != 0) {
            argv[kept++] = argv[i++];
            continue;
        }
        int taken = take_option(c, options, argv[i], i + 1 < *argc ? argv[i + 1] : NULL);
        if (!taken)
            return false;
        i += taken;
    }
    *argc = kept;
    return true;
}

/* ---- what a command needs ------------------------------------------------------------------------------------------- */

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Beside the build (build/bin/sudactl) or installed (/usr/bin/sudactl, /usr/share/suda/sql). */
static const char *find_sql(struct ctl *c)
{
    static const char *const places[] = {"../../sql", "../share/suda/sql", "../../share/suda/sql"};
    char exe[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    if (n > 0) {
        exe[n] = 0;
        *strrchr(exe, '/') = 0;
        for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
            const char *path = arena_printf(c->a, "%s/%s", exe, places[i]).p;
            if (is_folder(path))
                return path;
        }
    }
    return is_folder("sql") ? "sql" : "/usr/share/suda/sql";
}

static enum ctl_exit open_config(struct ctl *c)
{
    char why[600];
    const char *path = c->config_path ? c->config_path : "/etc/suda/suda.conf";
    c->config = config_load(path, why, sizeof why);
    if (!c->config) {
        ctl_say("sudactl: %s", why);
        return CTL_USAGE;
    }
    prog_settings(c->config, &c->set);
    const char *wrong = app_settings_check(&c->set);
    if (wrong)
        ctl_say("sudactl: %s: %s", path, wrong);
    return wrong ? CTL_USAGE : CTL_OK;
}

static enum ctl_exit open_database(struct ctl *c)
{
    static struct db_config conf; /* db_new keeps its strings */
    char why[600];
    const char *role = c->command->needs & CTL_DB ? "ctl" : "owner";
    if (!prog_db_config(c->config, role, &conf, why, sizeof why)) {
        ctl_say("sudactl: %s", why);
        return CTL_USAGE;
    }
    if (c->command->needs & CTL_ADMIN) {
        c->admin = db_admin_open(&conf, &c->fault);
        if (!c->admin)
            return ctl_failed(c, c->fault.err, "connecting");
    }
    if (!(c->command->needs & (CTL_DB | CTL_DB_OWNER)))
        return CTL_OK;
    c->db = db_new(&conf, &sql_catalogue_ctl);
    BUG_ON(!c->db);
    db_begin_request(c->db, c->a, &c->fault, 0);
    enum err e = db_ping(c->db);
    return e ? ctl_failed(c, e, "connecting") : CTL_OK;
}

static enum ctl_exit open_keys(struct ctl *c)
{
    char why[600];
    const char *path = config_text(c->config, "paths.keys_file");
    crypto_init();
    c->keys = keyring_load(path, why, sizeof why);
    if (!c->keys)
        ctl_say("sudactl: %s (sudactl keys create makes one)", why);
    return c->keys ? CTL_OK : CTL_FAILED;
}

static enum ctl_exit open_reference(struct ctl *c)
{
    c->ref = refdata_new(REF_ALL);
    BUG_ON(!c->ref);
    enum err e = refdata_refresh(c->ref, &c->ctx);
    return e ? ctl_failed(c, e, "reading areas, catalogue and units") : CTL_OK;
}

static enum ctl_exit open_all(struct ctl *c)
{
    unsigned needs = c->command->needs;
    enum ctl_exit x = needs & CTL_CONFIG ? open_config(c) : CTL_OK;
    if (!x && needs & CTL_SQL && !c->sql_dir)
        c->sql_dir = find_sql(c);
    if (!x && needs & (CTL_ADMIN | CTL_DB | CTL_DB_OWNER))
        x = open_database(c);
    if (!x && needs & CTL_KEYS)
        x = open_keys(c);
    c->ctx = (struct ctx){.a = c->a, .db = c->db, .fault = &c->fault, .set = &c->set, .keys = c->keys,
                          .wall_us = clock_now_us()};
    return !x && needs & CTL_REF ? open_reference(c) : x;
}

enum ctl_exit ctl_run(struct ctl *c, int argc, char **argv)
{
    c->a = arena_new(ARENA_BYTES);
    BUG_ON(!c->a);
    enum ctl_exit x = open_all(c);
    if (!x)
        x = c->command->run(c, argc, argv);
    if (fflush(stdout) || ferror(stdout)) {
        ctl_say("sudactl: writing failed: %s", strerror(errno));
        x = CTL_FAILED;
    }
    if (c->ref)
        refdata_free(c->ref);
    if (c->keys)
        keyring_free(c->keys);
    if (c->db) {
        db_end_request(c->db);
        db_free(c->db);
    }
    db_admin_close(c->admin);
    if (c->config)
        config_free(c->config);
    arena_free(c->a);
    return x;
}
