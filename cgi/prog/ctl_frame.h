/* ctl_frame.h - between sudactl.c and the frame: opens what a command needs, runs it, closes everything. */
#ifndef PROG_CTL_FRAME_H
#define PROG_CTL_FRAME_H
#include "prog/ctl.h"
enum ctl_exit ctl_run(struct ctl *c, int argc, char **argv);
#endif
