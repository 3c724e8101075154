/*
 * sudactl.c - the operator's hand: schema, seeds, demo, keys, tickets, checks.
 *
 * Contract: sudactl [--config FILE] [--sql DIR] COMMAND [ARGUMENTS]. What the commands do stands in the ctl_*.c files.
 */
#include <libgen.h>
#include <limits.h>
#include <unistd.h>

#include "prog/ctl.h"
#include "prog/ctl_frame.h"

static const struct ctl_command *const groups[] = {ctl_schema_commands, ctl_data_commands, ctl_demo_commands,
                                                   ctl_key_commands, ctl_staff_commands, ctl_ticket_commands, ctl_clock_commands, ctl_run_commands};
enum { GROUPS = sizeof groups / sizeof *groups };

static const struct ctl_command *find(const char *name)
{
    for (size_t g = 0; g < GROUPS; g++)
        for (const struct ctl_command *c = groups[g]; c->name; c++)
            if (strcmp(c->name, name) == 0)
                return c;
    return NULL;
}

static void print_list(FILE *to)
{
    fputs("usage: sudactl [--config FILE] [--sql DIR] COMMAND [ARGUMENTS]\n\n", to);
    for (size_t g = 0; g < GROUPS; g++) {
        for (const struct ctl_command *c = groups[g]; c->name; c++)
            fprintf(to, "  %-10s %s\n", c->name, c->brief);
        fputc('\n', to);
    }
    fputs("  sudactl COMMAND --help tells more. --config defaults to $SUDA_CONFIG, then /etc/suda/suda.conf;\n"
          "  --sql (folder of schema and seeds) to $SUDA_SQL, then to the folder installed with the program.\n"
          "  Exit code: 0 done, 1 failed or something is wrong, 2 wrong usage or configuration.\n", to);
}

static enum ctl_exit print_help(const struct ctl_command *c)
{
    printf("usage: sudactl %s %s\n\n%s.\n", c->name, c->usage, c->brief);
    if (c->help)
        printf("\n%s", c->help);
    return CTL_OK;
}

/* Global options stand before the command; --help anywhere. */
static int take_globals(struct ctl *c, int argc, char **argv)
{
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i += 2) {
        const char **into = strcmp(argv[i], "--config") == 0 ? &c->config_path
                          : strcmp(argv[i], "--sql") == 0 ? &c->sql_dir : NULL;
        if (!into || i + 1 == argc)
            return -1;
        *into = argv[i + 1];
    }
    return i;
}

static bool asks_help(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    return false;
}

int main(int argc, char **argv)
{
    static struct ctl c; /* paths made from the configuration live as long as the process */
    c.config_path = getenv("SUDA_CONFIG");
    c.sql_dir = getenv("SUDA_SQL");
    int at = take_globals(&c, argc, argv);
    if (at < 0 || at == argc) {
        bool help = asks_help(argc, argv);
        print_list(help ? stdout : stderr);
        return help ? CTL_OK : CTL_USAGE;
    }
    c.command = find(argv[at]);
    if (!c.command && strcmp(argv[at], "help") == 0) {
        print_list(stdout);
        return CTL_OK;
    }
    if (!c.command) {
        fprintf(stderr, "sudactl: there is no command %s; sudactl --help lists them\n", argv[at]);
        return CTL_USAGE;
    }
    if (asks_help(argc - at, argv + at))
        return (int)print_help(c.command);
    return (int)ctl_run(&c, argc - at, argv + at);
}
