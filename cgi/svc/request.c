/*
 * request.c - one FastCGI request; the only file that includes fcgiapp.h.
 *
 * Connections belong to conns.c. This file lends their descriptor to the library for the time of one request: it fills
 * ipcFd and keepConnection, which the header calls private, with a listener of -1, so that the library never accepts;
 * and takes the descriptor back afterwards, so that the library never closes (its close waits up to 2 s for the peer).
 * Debian 12's libfcgi 2.4.2 is what this was proven with; tests/unit/svc and tests/http hold it.
 *
 * The body is always read to its end: what was left over would be taken for the next request of a kept connection.
 * While the library writes, signals are blocked: it takes a short write for a whole one. Not while it reads, which the kernel
 * begins anew after them (SA_RESTART), nor while it only fills its own buffer: two calls less for most requests.
 */
#include <fcgiapp.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>

#include "base/clock.h"
#include "base/err.h"
#include "svc/internal.h"

struct param {
    const char *name, *value;
};

struct svc_request {
    FCGX_Request fcgi;
    int64_t deadline_us;
    struct param *params;
    size_t n_params, room;
};

struct svc_request *request_new(void)
{
    if (FCGX_Init() != 0)
        return NULL;
    struct svc_request *rq = calloc(1, sizeof *rq);
    if (rq && FCGX_InitRequest(&rq->fcgi, -1, 0) != 0) {
        free(rq);
        return NULL;
    }
    return rq;
}

void request_free(struct svc_request *rq)
{
    if (!rq)
        return;
    free(rq->params);
    free(rq);
}

static void hold_signals(bool on)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGUSR2);
    BUG_ON(sigprocmask(on ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL) != 0);
}

/* Splits NAME=value in place; the strings stay the library's. */
static bool index_params(struct svc_request *rq)
{
    size_t n = 0;
    for (char **p = rq->fcgi.envp; *p; p++) {
        char *value = strchr(*p, '=');
        if (!value)
            continue;
        if (n == rq->room) {
            size_t room = rq->room ? rq->room * 2 : 64;
            struct param *more = reallocarray(rq->params, room, sizeof *more);
            if (!more)
                return false;
            rq->params = more;
            rq->room = room;
        }
        *value = 0;
        rq->params[n++] = (struct param){*p, value + 1};
    }
    rq->n_params = n;
    return true;
}

bool request_begin(struct svc_request *rq, int fd, int64_t deadline_us)
{
    rq->n_params = 0;
    rq->deadline_us = deadline_us;
    rq->fcgi.ipcFd = fd;
    rq->fcgi.keepConnection = 1;
    rq->fcgi.listen_sock = -1;
    /* On anything but a request the library closes ipcFd and then fails to accept on -1. */
    if (FCGX_Accept_r(&rq->fcgi) != 0) {
        rq->fcgi.ipcFd = -1;
        return false;
    }
    if (!index_params(rq)) {
        rq->fcgi.keepConnection = 0;
        FCGX_Finish_r(&rq->fcgi);
        return false;
    }
    hold_signals(false);
    return true;
}

bool request_is_post(struct svc_request *rq)
{
    const char *method = svc_param(rq, "REQUEST_METHOD");
    return method && strcmp(method, "POST") == 0;
}

static bool drain(struct svc_request *rq)
{
    char waste[8192];
    while (FCGX_GetStr(waste, (int)sizeof waste, rq->fcgi.in) > 0)
        if (clock_monotonic_us() > rq->deadline_us)
            return false;
    return FCGX_GetError(rq->fcgi.in) == 0;
}

enum request_left request_end(struct svc_request *rq)
{
    hold_signals(true);
    bool keep = rq->fcgi.keepConnection != 0;
    if (!drain(rq))
        keep = false;
    /* Even a connection to be closed is kept by the library: closing is the caller's. */
    rq->fcgi.keepConnection = 1;
    FCGX_Finish_r(&rq->fcgi);
    bool open = rq->fcgi.ipcFd >= 0; /* the library closes on an error of its own */
    rq->fcgi.ipcFd = -1;
    rq->n_params = 0;
    return !open ? REQUEST_GONE : keep ? REQUEST_KEEP : REQUEST_CLOSE;
}

const char *svc_param(struct svc_request *rq, const char *name)
{
    for (size_t i = 0; i < rq->n_params; i++)
        if (strcmp(rq->params[i].name, name) == 0)
            return rq->params[i].value;
    return NULL;
}

bool svc_param_at(struct svc_request *rq, size_t i, const char **ret_name, const char **ret_value)
{
    if (i >= rq->n_params)
        return false;
    *ret_name = rq->params[i].name;
    *ret_value = rq->params[i].value;
    return true;
}

ssize_t svc_read(struct svc_request *rq, void *p, size_t n)
{
    int want = n > INT_MAX ? INT_MAX : (int)n;
    int got = FCGX_GetStr(p, want, rq->fcgi.in);
    if (got < want && FCGX_GetError(rq->fcgi.in) != 0)
        return -1;
    return got;
}

bool svc_write(struct svc_request *rq, const void *p, size_t n)
{
    const char *at = p;
    bool fine = true, fits = n <= (size_t)(rq->fcgi.out->stop - rq->fcgi.out->wrNext);
    if (!fits)
        hold_signals(true);
    while (n && fine) {
        int part = n > INT_MAX ? INT_MAX : (int)n;
        fine = FCGX_PutStr(at, part, rq->fcgi.out) == part;
        at += part;
        n -= (size_t)part;
    }
    if (!fits)
        hold_signals(false);
    return fine;
}

void request_prolong(struct svc_request *rq, int64_t deadline_us)
{
    rq->deadline_us = deadline_us;
}

int64_t svc_deadline_us(const struct svc_request *rq)
{
    return rq->deadline_us;
}
