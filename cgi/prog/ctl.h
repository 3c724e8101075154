/*
 * ctl.h - what the commands of sudactl share: how one is described, and what it finds prepared when it runs.
 *
 * A command is one row in a table (sudactl.c joins the tables of the ctl_*.c files). It says what it needs; the frame
 * opens that before and closes it afterwards. Results go to stdout, progress and complaints to stderr. Exit codes: 0 done,
 * 1 it failed or something was found wrong, 2 wrong usage or configuration. sudactl is the operator's tool: it speaks
 * English, and only where it quotes what citizens read does it speak their language.
 */
#ifndef PROG_CTL_H
#define PROG_CTL_H

#include "app/ctx.h"
#include "db/admin.h"
#include "svc/config.h"

enum ctl_exit { CTL_OK = 0, CTL_FAILED = 1, CTL_USAGE = 2 };

enum ctl_needs {
    CTL_CONFIG = 1,      /* the configuration file */
    CTL_ADMIN = 2,       /* plain SQL as the owner */
    CTL_DB = 4,          /* statements of role ctl, as ctl */
    CTL_DB_OWNER = 8,    /* the same statements, as the owner */
    CTL_KEYS = 16,       /* the key file */
    CTL_REF = 32,        /* areas, catalogue, units, rules in memory; with CTL_DB */
    CTL_SQL = 64,        /* the folder of schema and seeds */
};

struct ctl {
    const struct ctl_command *command;
    const char *config_path, *sql_dir;
    struct config *config;
    struct app_settings set;
    struct arena *a;
    struct fault fault;
    struct db_admin *admin;
    struct db *db;
    struct keyring *keys;
    struct refdata *ref;
    struct ctx ctx;      /* filled from the above; wall_us is the start of the command */
};

struct ctl_command {
    const char *name;    /* "migrate"; "keys create" is the command keys with an argument */
    const char *usage;   /* what follows the name */
    const char *brief;   /* one line for the list */
    const char *help;    /* paragraphs and options for --help; may be NULL */
    unsigned needs;
    enum ctl_exit (*run)(struct ctl *c, int argc, char **argv); /* argv[0] is the name */
};

extern const struct ctl_command ctl_schema_commands[], ctl_data_commands[], ctl_demo_commands[], ctl_key_commands[],
    ctl_ticket_commands[], ctl_clock_commands[], ctl_run_commands[], ctl_staff_commands[]; /* each ends with a zero row */

/* ---- for the commands ------------------------------------------------------------------------------------------------ */

struct ctl_option { /* --name VALUE, or --name alone; a table ends with a zero row */
    const char *name;
    const char **text; /* one of these is set: where the value goes */
    int64_t *number;
    bool *flag;
    int64_t min, max;  /* of number */
};
/* Takes options out of argv wherever they stand; the rest lies in argv[1..*argc-1]. False: the complaint is printed. */
bool ctl_options(struct ctl *c, const struct ctl_option *options, int *argc, char **argv);
enum ctl_exit ctl_usage(const struct ctl *c, const char *complaint); /* prints both; CTL_USAGE */
/* Prints the fault of a failed call: what was refused and why. CTL_FAILED. */
enum ctl_exit ctl_failed(const struct ctl *c, enum err e, const char *what);
void ctl_say(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* a line on stderr */
/* The database connection has begun a request; after a fault the next statement needs a clean one. */
void ctl_next_act(struct ctl *c);

#endif
