/*
 * ctl_run.c - sudactl verify, outbox, stats: what keeps a running installation honest.
 */
#include "prog/ctl.h"

const struct ctl_command ctl_run_commands[] = {
    {0},
};
