/* job_config.h - the worker's part of the configuration file, and what must exist before a job may run. */
#ifndef PROG_JOB_CONFIG_H
#define PROG_JOB_CONFIG_H

#include "prog/job.h"

/* Also loads the keys, sets the log level, and makes the folders that are ours. False: why says what is wrong. */
bool worker_config_load(struct worker_conf *ret, const char *path, char *why, size_t why_size);

#endif
