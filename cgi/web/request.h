/*
 * request.h - one HTTP request as handlers see it. Everything lives in its arena.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "base/arena.h"
#include "base/err.h"
#include "web/gateway.h"
#include "web/lang.h"

struct route;
struct multipart;

enum { REQUEST_PATH_ARGS = 4 };

struct request {
    struct arena *a;
    struct gateway *gw;
    struct fault *fault;
    const struct route *route;
    const void *app;               /* struct portal of cgi/prog: config, keys, db. Pages cast it in one place. */
    struct str method, path, query; /* path percent-decoded once, validated; query raw */
    struct str path_args[REQUEST_PATH_ARGS];
    const void *form;              /* the struct of route->form, or NULL */
    struct str body;               /* whole body of BODY_FORM and BODY_JSON */
    enum lang lang;
    bool elder;
    bool secure;                   /* TLS at nginx */
    struct str request_id;         /* 16 hex digits, in the log and the problem page */
    struct str client_ip;          /* as nginx saw it */
    struct str client_net;         /* /24 or /56: the unit of throttling */
    int64_t now_us;                /* wall clock at arrival */
    /* Filled by the guard: */
    bool signed_in;
    uint64_t account_id, session_id;
    uint64_t ticket_id;            /* of a ticket token; 0 = none */
    struct str csrf;               /* masked token for this response; empty without session */
};

/* Header as sent, e.g. request_header(rq, "Idempotency-Key"). */
struct str request_header(struct request *rq, const char *name);
struct str request_cookie(struct request *rq, const char *name); /* without the __Host- prefix */
/* One value of the query string, decoded; empty when absent. For the few routes without a form. */
struct str request_query(struct request *rq, const char *name);
const char *request_absolute(struct request *rq, const char *path); /* scheme://host/path for links that leave us */

#endif
