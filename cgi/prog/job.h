/*
 * job.h - what the jobs of the worker share: configuration, the loop of one job's process, and its table row.
 *
 * The worker's master forks one process for each row of job_kinds (worker.c). Such a process opens its database
 * connection, then takes turns: a turn does a small batch and says whether there is more; between turns that found
 * nothing it rests. A turn that fails is logged once, the job waits and goes on: a lost database is no reason to die.
 * Everything a job does is leased or idempotent, so several workers, and a worker killed anywhere, do no harm.
 */
#ifndef PROG_JOB_H
#define PROG_JOB_H

#include "app/ctx.h"
#include "app/refdata.h"
#include "svc/config.h"

struct worker_conf { /* made before the fork; lives as long as the process */
    struct config *file;
    struct app_settings set;
    struct db_config db;
    struct keyring *keys;
    const char *public_origin, *var_dir, *sms_dir, *checkpoint_dir, *ffmpeg;
    bool durable;
    bool sms_http;             /* the driver `http`, else `file` */
    const char *sms_url;
    const char *sms_key;       /* bearer key of the gateway */
    int sms_timeout_ms;
    int drain_ms;
};
/* NULL when the driver `http` may be used as configured, else the complaint (static). */
const char *sms_http_check(const struct worker_conf *c);

struct job {
    const struct worker_conf *conf;
    const struct job_kind *kind;
    struct ctx ctx;            /* arena, database, fault, settings, keys; ref after job_reference() */
    struct fault fault;
    struct refdata *ref;
    void *own;                 /* of the kind, made by its open() */
    bool stop;                 /* SIGTERM came, or the master is gone */
};

struct job_kind {
    const char *name;
    int rest_ms;               /* after a turn that left nothing */
    unsigned ref_parts;        /* enum refdata_part, 0 = none */
    bool (*open)(struct job *j);                          /* may be NULL; false ends the process */
    enum err (*turn)(struct job *j, bool *ret_more);      /* ret_more: begin the next turn at once */
};
extern const struct job_kind job_outbox, job_files, job_clocks, job_figures, job_checkpoint, job_metrics, job_wall;

/* The process of one job; returns its exit code. */
int job_run(const struct worker_conf *conf, const struct job_kind *kind);

/* ---- for the jobs ----------------------------------------------------------------------------------------------------- */

/* True when the process shall end: asked between the pieces of a batch. */
bool job_stopping(struct job *j);
/* Ends what the database held of this act, and forgets its memory and fault. */
void job_next_act(struct job *j);
/* True, and *at is put to now + every_us, when the monotonic *at has come; *at = 0 is due at once. */
bool job_due(int64_t *at, int64_t every_us);
/* True, and *day is put to today, once in a night from three o'clock on; a failed caller puts *day back by a day. *day = 0 is
 * the start of a process: one that comes up by night does the night's work, one that comes up by day waits for the next. */
bool job_nightly(int32_t *day);
/* The environment's SUDA_FAILPOINT names this point: the process dies as by kill -9. For tests of crash safety. */
void job_failpoint(const char *name);

#endif
