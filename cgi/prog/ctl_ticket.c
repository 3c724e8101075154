/*
 * ctl_ticket.c - sudactl ticket: what an officer does with a demand, from the command line.
 */
#include "prog/ctl.h"

const struct ctl_command ctl_ticket_commands[] = {
    {0},
};
