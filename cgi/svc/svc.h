/*
 * svc.h - a FastCGI service: listener, prefork, signals, deadlines, recycling, respawn.
 *
 * The only part that knows fcgiapp.h. It knows nothing of HTTP beyond FastCGI parameters and bytes; used by cgi/prog
 * alone. See architecture, section 2, for why it is prefork and how it accepts.
 */
#ifndef SVC_SVC_H
#define SVC_SVC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct svc_request; /* one FastCGI request */
const char *svc_param(struct svc_request *rq, const char *name); /* NULL = absent; valid until the request ends */
/* Name and value of the i-th parameter; false past the end. */
bool svc_param_at(struct svc_request *rq, size_t i, const char **ret_name, const char **ret_value);
ssize_t svc_read(struct svc_request *rq, void *p, size_t n); /* 0 = end, -1 = peer gone */
bool svc_write(struct svc_request *rq, const void *p, size_t n);
int64_t svc_deadline_us(const struct svc_request *rq); /* monotonic */

struct svc_options {
    const char *name;         /* for logs and the process title */
    const char *socket_path;  /* NULL or "": the listener is fd 3 (systemd) */
    int socket_mode;          /* e.g. 0660 */
    int backlog;
    int workers;
    int kept_connections;     /* per worker; 0 = close after each answer */
    int request_deadline_ms;
    int requests_per_worker;  /* then it retires and a new one starts */
    int drain_ms;
    void *(*worker_init)(void *arg);                      /* in each worker after fork; NULL = give up and be retried */
    void (*handle)(void *state, struct svc_request *rq);  /* one request, start to end; body is drained afterwards */
    void (*worker_exit)(void *state);
    void *arg;
};
/* Master loop. Returns the exit code. SIGTERM/SIGINT: stop accepting, finish, exit. SIGHUP: re-executes itself with the
 * same arguments, keeping the listener; the new generation is up before the old one drains. */
int svc_run(const struct svc_options *o);

/* Counters in shared memory, made before the fork, added to by workers, read by any: for /metrics on a private socket. */
enum { SVC_METRIC_SLOTS = 4096 };
int64_t *svc_counter(const char *name_with_labels); /* NULL when the table is full; add with __atomic_fetch_add */
size_t svc_metrics_text(char *out, size_t cap);     /* Prometheus text exposition */

#endif
