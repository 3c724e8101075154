/*
 * request.h - one HTTP request as handlers see it. Everything lives in its arena.
 *
 * The path is percent-decoded exactly once and is valid UTF-8 without control characters, empty or dot segments; a
 * request that breaks this never reaches a route. Nothing here trusts a header that a client can write: the address
 * comes from REMOTE_ADDR, TLS from HTTPS, the private listener from SUDA_PRIVATE, all set by nginx.
 */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "base/arena.h"
#include "base/err.h"
#include "web/gateway.h"
#include "web/lang.h"

struct route;
struct session;
struct web_app;
struct form_pairs;

enum { REQUEST_PATH_ARGS = 4 };
enum { CSRF_SECRET_BYTES = 16 };

/* Parameters read at every request, found in one pass. */
enum param { PARAM_METHOD, PARAM_URI, PARAM_REMOTE_ADDR, PARAM_HTTPS, PARAM_PRIVATE, PARAM_CONTENT_LENGTH,
             PARAM_CONTENT_TYPE, PARAM_HOST, PARAM_COOKIE, PARAM_ACCEPT_LANGUAGE, PARAM_AUTHORIZATION, PARAM_ORIGIN,
             PARAM_SEC_FETCH_SITE, PARAM_IF_NONE_MATCH, PARAM_TRACEPARENT, PARAM_REQUEST_ID, PARAM_LANG,
             PARAM_UNANSWERED, PARAM_COUNT };

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
    struct str request_id;         /* nginx's (32 hex digits), else 16 of our own; in logs and problems */
    struct str client_ip;          /* as nginx saw it */
    struct str client_net;         /* /24 or /56: the unit of throttling */
    int64_t now_us;                /* wall clock at arrival */
    /* Filled by the guard: */
    bool signed_in;
    uint64_t account_id, session_id;
    uint64_t ticket_id;            /* of a ticket token; 0 = none */
    struct str budget;             /* GUARD_STAFF: whose requests are counted, "s:8"; never empty once it has let somebody in */
    struct str csrf;               /* masked token for this response; set on pages that are not stored, else empty */
    /* Filled by web on the way: */
    const struct web_app *web;
    const struct session *session; /* browser session, NULL = none; never loaded for LOOK_API */
    bool form_invalid;             /* only with route->shows_errors: fault->fields says what is wrong */
    bool private_listener;
    const char *allow;             /* methods of the path, when this one is not among them */
    bool head;                     /* HEAD, served as GET without a body */
    int64_t started_us;            /* monotonic */
    const struct form_pairs *sent; /* of a form or multipart body, or the query of a GET with a form */
    uint8_t csrf_secret[CSRF_SECRET_BYTES];
    bool has_csrf_secret;
    struct str params[PARAM_COUNT]; /* empty = absent */
};

/* Reads the parameters of rq->gw and judges path, language, elder mode, address. rq->a, gw, fault are set before.
 * ERR_INVALID (reason BAD_REQUEST, URI_TOO_LONG) when the request line cannot be served at all; rq is usable then. */
enum err request_read(struct request *rq) MUST_CHECK;

/* Header as sent, e.g. request_header(rq, "Idempotency-Key"). */
struct str request_header(struct request *rq, const char *name);
struct str request_cookie(struct request *rq, const char *name); /* without the __Host- prefix */
/* One value of the query string, decoded; empty when absent. For the few routes without a form. */
struct str request_query(struct request *rq, const char *name);
const char *request_absolute(struct request *rq, const char *path); /* scheme://host/path for links that leave us */
/* Credentials of an Authorization header with this scheme ("Bearer", "Receipt"); empty for pages, which accept none. */
struct str request_authorization(struct request *rq, const char *scheme);
/* One percent-decoding pass over a query or form value ('+' is a blank). False: a bad escape, a NUL, or bad UTF-8. */
bool percent_decode(struct arena *a, struct str in, bool plus_is_blank, struct str *ret) MUST_CHECK;
/* Encodes all but unreserved characters, for links built from data. */
struct str percent_encode(struct arena *a, struct str in);
/* An address of this site as a browser may be sent to it, path and query, `under` in front ("/", "/staff/"): printable ASCII, and in
 * its path no empty or dot segment, backslash or control character, as it stands or percent-encoded, once or more often. */
bool percent_plain_path(struct str address, struct str under);

#endif
