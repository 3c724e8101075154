/*
 * ctl_schema.c - sudactl migrate, grants, config, check.
 */
#include <unistd.h>

#include "base/clock.h"
#include "db/migrate.h"
#include "prog/ctl.h"
#include "prog/portal_config.h"

static void said_migration(void *arg, const struct db_migration_progress *p)
{
    (void)arg;
    ctl_say("%d of %d: %s", p->at, p->of, p->name);
}

static enum ctl_exit run_migrate(struct ctl *c, int argc, char **argv)
{
    static const struct ctl_option none[] = {{0}};
    if (!ctl_options(c, none, &argc, argv) || argc != 1)
        return ctl_usage(c, "it takes no argument");
    int applied;
    enum err e = db_migrate(c->admin, arena_printf(c->a, "%s/schema", c->sql_dir).p, said_migration, NULL, &applied);
    if (e)
        return ctl_failed(c, e, "migrating");
    printf("%d applied\n", applied);
    return CTL_OK;
}

/* ---- grants --------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *role, *grants;
} roles[] = {{"citizen", sql_grants_citizen}, {"staff", sql_grants_staff}, {"open", sql_grants_open},
             {"worker", sql_grants_worker}, {"ctl", sql_grants_ctl}};
enum { ROLES = sizeof roles / sizeof *roles };

/* An account whose password file is missing is not used by this installation. */
static const char *account_of(struct ctl *c, const char *role)
{
    const char *file = config_text(c->config, arena_printf(c->a, "database.%s_password_file", role).p);
    if (access(file, R_OK))
        return NULL;
    return config_text(c->config, arena_printf(c->a, "database.%s_user", role).p);
}

static enum ctl_exit grant_all(struct ctl *c, bool add)
{
    for (size_t i = 0; i < ROLES; i++) {
        const char *user = account_of(c, roles[i].role);
        if (!user) {
            ctl_say("%s: no password file, so no account here; left out", roles[i].role);
            continue;
        }
        struct db_account account = {.user = user, .grants = roles[i].grants, .add = add};
        enum err e = db_apply_grants(c->admin, &account);
        if (e)
            return ctl_failed(c, e, user);
        printf("%s granted\n", user);
    }
    return CTL_OK;
}

static enum ctl_exit run_grants(struct ctl *c, int argc, char **argv)
{
    bool print = false, add = false;
    const struct ctl_option options[] = {{.name = "print", .flag = &print}, {.name = "add", .flag = &add}, {0}};
    if (!ctl_options(c, options, &argc, argv) || argc != 1)
        return ctl_usage(c, "it takes no argument");
    if (!print)
        return grant_all(c, add);
    for (size_t i = 0; i < ROLES; i++)
        fputs(roles[i].grants, stdout);
    return CTL_OK;
}

/* ---- config --------------------------------------------------------------------------------------------------------- */

static enum ctl_exit check_config(struct ctl *c)
{
    char why[600];
    const char *path = c->config_path ? c->config_path : "/etc/suda/suda.conf";
    c->config = config_load(path, why, sizeof why);
    if (!c->config) {
        ctl_say("sudactl config: %s", why);
        return CTL_USAGE;
    }
    prog_settings(c->config, &c->set);
    const char *wrong = app_settings_check(&c->set);
    if (wrong)
        ctl_say("sudactl config: %s: %s", path, wrong);
    else
        printf("%s is good\n", path);
    return wrong ? CTL_USAGE : CTL_OK;
}

static enum ctl_exit run_config(struct ctl *c, int argc, char **argv)
{
    bool print = false, check = false;
    const struct ctl_option options[] = {{.name = "print", .flag = &print}, {.name = "check", .flag = &check}, {0}};
    if (!ctl_options(c, options, &argc, argv))
        return CTL_USAGE;
    if (argc != 1 || print == check)
        return ctl_usage(c, "say --print or --check");
    if (check)
        return check_config(c);
    config_print(stdout);
    return CTL_OK;
}

/* ---- check ---------------------------------------------------------------------------------------------------------- */

static enum ctl_exit run_check(struct ctl *c, int argc, char **argv)
{
    static const struct ctl_option none[] = {{0}};
    if (!ctl_options(c, none, &argc, argv) || argc != 1)
        return ctl_usage(c, "it takes no argument");
    enum err e = db_check_server(c->db, config_bool(c->config, "database.durable"));
    if (!e)
        e = db_check_statements(c->db);
    if (e)
        return ctl_failed(c, e, "checking the server");
    printf("server settings and every statement of sudactl are good\n");
    return CTL_OK;
}

const struct ctl_command ctl_schema_commands[] = {
    {"migrate", "", "Brings the schema forward",
     "Applies what is missing of sql/schema, in order, as the owner of the database. Safe to repeat.\n",
     CTL_CONFIG | CTL_ADMIN | CTL_SQL, run_migrate},
    {"grants", "[--add] [--print]", "Gives each program's account exactly what its statements need",
     "Accounts without a password file in the configuration are left out.\n"
     "  --add     take nothing away: for an upgrade, until the programs are reloaded\n  --print   show the grants, change nothing\n",
     CTL_CONFIG | CTL_ADMIN, run_grants},
    {"config", "--print | --check", "Prints the documented configuration, or checks a file",
     "  --print   every key with its meaning, range and default\n  --check   read the file given by --config and say what is wrong\n",
     0, run_config},
    {"check", "", "Checks the database server and prepares every statement of sudactl", NULL, CTL_CONFIG | CTL_DB, run_check},
    {0},
};
