/*
 * job_sandbox.h - a program that reads what strangers sent runs here: apart, poor, and not for long.
 *
 * A process of its own with limits on memory, time, file size; without network, without our secrets (they are not in a
 * program that was executed anew), with no descriptor but those given, no file but those named (where a rule is given and the
 * kernel has Landlock), and killed with its parent.
 */
#ifndef PROG_JOB_SANDBOX_H
#define PROG_JOB_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

enum { SANDBOX_FDS = 3, SANDBOX_FIRST_FD = 3, SANDBOX_SAID_BYTES = 200 };

struct sandbox_task {
    const char *const *argv;        /* ends with NULL; argv[0] is what `program` believes to be called */
    const char *program;            /* absolute */
    const char *const *env;         /* ends with NULL; nothing of ours is inherited */
    int fds[SANDBOX_FDS];           /* become 3, 4, ... */
    int n_fds;
    const char *const *reads;       /* files and folders it may read and execute; ends with NULL. NULL = no such rule */
    const char *const *writes;      /* files, already there, that it may write as well; ends with NULL */
    int wall_s, cpu_s;
    size_t memory_bytes, file_bytes; /* address space; size of any file written */
};
enum sandbox_end {
    SANDBOX_DONE,    /* exit code 0 */
    SANDBOX_FAILED,  /* another exit code: it judged its input unfit */
    SANDBOX_KILLED,  /* a signal: crash, limit, out of time */
    SANDBOX_TROUBLE, /* it could not be started: ours, not the input's */
};
/* said: what it wrote on its standard output, cut, NUL-terminated. */
enum sandbox_end sandbox_run(const struct sandbox_task *t, char said[SANDBOX_SAID_BYTES]);

/* What every program of the system needs to start. */
#define SANDBOX_LIBRARIES "/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/alternatives"
/* From here on and for all children nothing but these files can be opened. False: the kernel refuses. A kernel without
 * Landlock (before 5.13) changes nothing and is told by the second. */
bool sandbox_confine_files(const char *const *reads, const char *const *writes);
bool sandbox_can_confine_files(void);
/* Filters of system calls, from here on and for all children. False: the kernel refuses. */
bool sandbox_forbid_network(void); /* also ptrace, mounts, keys, io_uring, and reading other processes */
bool sandbox_forbid_all_but_work(void); /* besides: executing, starting processes, opening for writing, renaming, removing */

#endif
