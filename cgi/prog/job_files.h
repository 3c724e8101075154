/* job_files.h - the parts of the job `files` among themselves. */
#ifndef PROG_JOB_FILES_H
#define PROG_JOB_FILES_H

#include "prog/job.h"

/* Looks through one folder for files without a row; nothing until the next day once all have been seen. */
enum err sweep_turn(struct job *j);

#endif
