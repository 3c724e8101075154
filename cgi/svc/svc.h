/*
 * svc.h - a FastCGI service: listener, prefork, signals, deadlines, recycling, respawn.
 *
 * The only part that knows fcgiapp.h. It knows nothing of HTTP beyond FastCGI parameters and bytes; used by cgi/prog
 * alone. Prefork, one thread a worker: a crash loses one request. Kept connections wait in an epoll set beside the
 * listener, so an idle one pins nobody; when a worker ends or a request takes long they move to other workers.
 *
 * The program must do nothing before svc_run that a second process beside the first could disturb: SIGHUP checks the
 * new image by running it up to svc_run (SVC_PREFLIGHT in the environment), then executes it in the master's place.
 */
#ifndef SVC_SVC_H
#define SVC_SVC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct svc_request; /* one FastCGI request */
/* NULL = absent; valid until the request ends. Of several with one name the first. */
const char *svc_param(struct svc_request *rq, const char *name);
/* Name and value of the i-th parameter; false past the end. */
bool svc_param_at(struct svc_request *rq, size_t i, const char **ret_name, const char **ret_value);
ssize_t svc_read(struct svc_request *rq, void *p, size_t n); /* 0 = end, -1 = peer gone */
bool svc_write(struct svc_request *rq, const void *p, size_t n);
int64_t svc_deadline_us(const struct svc_request *rq); /* monotonic */
/* What came so far is out, and more follows: the deadline, and the master's patience, count from now. Returns the new one. For
 * answers that are written piece by piece, after each piece that was taken. */
int64_t svc_prolong(struct svc_request *rq);

struct svc_options {
    const char *name;         /* for logs and the process title */
    const char *socket_path;  /* NULL or "": the listener is fd 3 (systemd) */
    int socket_mode;          /* e.g. 0660 */
    int backlog;
    int workers;              /* 1-32 */
    /* Per worker, 0-256; nginx: keepalive x its workers must fit. 0 = close after each answer; then nginx may keep none for
     * POST, as it learns of the closing only when it may have sent the next one. */
    int kept_connections;
    /* So many workers hold the kept connections, the others serve new ones; 0 = all hold some. Those for POST are spread over
     * all workers in any case. */
    int gatherers;
    int request_deadline_ms;  /* told to the handler; the master kills a worker that is at it half as long again (svc_prolong) */
    int requests_per_worker;  /* then it retires and a new one starts; give or take an eighth */
    int drain_ms;             /* after SIGTERM, for what is under way */
    /* In each worker after fork; NULL = give up and be retried. Without it the state is arg. */
    void *(*worker_init)(void *arg);
    void (*handle)(void *state, struct svc_request *rq);  /* one request, start to end; body is drained afterwards */
    void (*worker_exit)(void *state);
    void *arg;
};
/* Master loop. Returns the exit code; 0 at once in a preflight. SIGTERM/SIGINT: stop accepting, finish, exit. SIGHUP: re-executes itself with the
 * same arguments, keeping the listener; the new generation is up before the old one drains. */
int svc_run(const struct svc_options *o);

/* Counters in shared memory, made before the fork, added to by workers, read by any: for /metrics on a private socket. */
enum { SVC_METRIC_SLOTS = 4096 };
int64_t *svc_counter(const char *name_with_labels); /* NULL when the table is full; add with __atomic_fetch_add */
/* Prometheus text exposition; whole lines only, ended by NUL; returns the bytes before it. Names ending in _total are
 * counters, those in _bucket, _sum, _count a histogram, others gauges. */
size_t svc_metrics_text(char *out, size_t cap);

#endif
