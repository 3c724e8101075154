/*
 * ctl_data.c - sudactl seed, kb, calendar.
 */
#include "app/seed.h"
#include "prog/ctl.h"

static void said(void *arg, const char *what, size_t n_rows, size_t n_changed)
{
    (void)arg;
    if (n_changed)
        ctl_say("%s: %zu rows, %zu changed", what, n_rows, n_changed);
    else
        ctl_say("%s: as before", what);
}

static enum ctl_exit run_seed(struct ctl *c, int argc, char **argv)
{
    bool force = false;
    const char *dir = NULL;
    const struct ctl_option options[] = {{.name = "force", .flag = &force}, {.name = "dir", .text = &dir}, {0}};
    if (!ctl_options(c, options, &argc, argv) || argc != 1)
        return ctl_usage(c, "it takes options only");
    struct seed_options o = {.dir = dir ? dir : arena_printf(c->a, "%s/seed", c->sql_dir).p, .force = force, .said = said};
    enum err e = seed_load(c->db, c->a, &o, &c->fault);
    if (e)
        return ctl_failed(c, e, "seeding");
    printf("seeds are loaded\n");
    return CTL_OK;
}

static enum ctl_exit run_kb(struct ctl *c, int argc, char **argv)
{
    bool force = false;
    const char *dir = NULL;
    const struct ctl_option options[] = {{.name = "force", .flag = &force}, {.name = "dir", .text = &dir}, {0}};
    if (!ctl_options(c, options, &argc, argv))
        return CTL_USAGE;
    if (argc != 2 || strcmp(argv[1], "import") != 0)
        return ctl_usage(c, "say import");
    struct seed_options o = {.dir = dir ? dir : arena_printf(c->a, "%s/seed", c->sql_dir).p, .force = force, .said = said};
    enum err e = seed_load_kb(c->db, c->a, &o, &c->fault);
    if (e)
        return ctl_failed(c, e, "importing");
    printf("the knowledge base is loaded\n");
    return CTL_OK;
}

const struct ctl_command ctl_data_commands[] = {
    {"seed", "[--dir DIR] [--force]", "Loads areas, catalogue, units, rules, holidays and laws",
     "Files that have not changed are skipped; changed rows open a new version. Safe to repeat.\n"
     "  --dir     folder of the seeds; default: seed in the --sql folder\n  --force   compare every row, whatever the checksums say\n",
     CTL_CONFIG | CTL_DB_OWNER | CTL_SQL, run_seed},
    {"kb", "import [--dir DIR] [--force]", "Loads the knowledge base alone", NULL, CTL_CONFIG | CTL_DB_OWNER | CTL_SQL, run_kb},
    {0},
};
