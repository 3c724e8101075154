/*
 * route.h - the route table, the first of the three tables that carry the design.
 *
 * Zero means deny: a row with a field unset is refused at start-up. `--routes` prints the table; a test demands an
 * end-to-end case for every row, and every /api/v1 row must stand in the OpenAPI document.
 */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include <stdio.h>

#include "base/err.h"
#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

enum guard { GUARD_UNSET, GUARD_PUBLIC /* anyone */, GUARD_TICKET /* ticket token or its owner */,
             GUARD_CITIZEN /* signed in */, GUARD_OPTIONAL /* signed in if they are; else anonymous */,
             GUARD_PRIVATE /* private socket only */,
             GUARD_STAFF /* a member of the staff, or a service, who has the permit of the row */ };
enum csrf { CSRF_UNSET, CSRF_SAFE /* changes nothing */, CSRF_TOKEN /* page: masked token in the form */,
            CSRF_BEARER /* API: no cookie is read, so none can be abused */,
            CSRF_ORIGIN /* a form on a page from the public cache, where no visitor's token can stand: it must come from
                           our own origin, and may change nothing that belongs to anybody */ };
enum body { BODY_UNSET, BODY_NONE, BODY_FORM /* urlencoded */, BODY_MULTIPART /* or urlencoded */, BODY_JSON };
enum bucket { BUCKET_UNSET, BUCKET_NONE, BUCKET_READ, BUCKET_SEARCH, BUCKET_WRITE, BUCKET_FILE, BUCKET_LOOKUP,
              BUCKET_SMS, BUCKET_LOGIN, BUCKET_UPLOAD, BUCKET_COUNT };
enum cache { CACHE_UNSET, CACHE_NO_STORE, CACHE_PRIVATE_ETAG, CACHE_MICRO /* 1 s at nginx, public */,
             CACHE_PUBLIC_ETAG, CACHE_SHORT /* 60 s */ };
enum look { LOOK_UNSET, LOOK_PAGE /* problems as HTML */, LOOK_API /* as the JSON envelope */, LOOK_RAW };

struct route {
    const char *name;    /* unique, snake_case: test cases, metrics and links refer to it */
    const char *method;  /* GET serves HEAD as well */
    const char *pattern; /* "/track/{no}/messages"; {x} matches one segment, or "{x}.csv" the front of one */
    enum err (*handler)(struct request *rq, struct response *rs);
    enum guard guard;
    enum csrf csrf;
    enum body body;
    uint32_t body_limit_bytes;     /* required unless BODY_NONE */
    const struct form_spec *form;  /* decoded before the handler; query string of a GET, else the body. NULL = none */
    enum bucket bucket;
    enum cache cache;
    enum look look;
    bool slow;                     /* belongs to the slow pool (uploads, sign-in, filing with files) */
    uint8_t permit;                /* of GUARD_STAFF rows, required there: a right, numbered by the program; 0 = none */
    bool shows_errors;             /* the handler runs although the form is invalid (rq->form_invalid) and shows the
                                      fields of rq->fault beside the form; it must call response_status(rs, 422) */
    bool gate;                     /* a step of signing in. Its token dies with the session it was made for, so a second
                                      press after the first one was answered is led on by the GET row of the same path */
};

struct route_table {
    const struct route *rows;
    size_t n;
};

/* NULL when every row is whole and no two rows clash, else the complaint. */
const char *route_check(const struct route_table *t);
/* Finds by method and path, and fills rq->path_args. ret_allow gets the methods of a path that exists ("GET, HEAD,
 * POST"), NULL for a path that does not. A literal segment wins over {x}. */
const struct route *route_find(const struct route_table *t, struct request *rq, const char **ret_allow);
/* The path with its trailing slash added or taken away, when a GET route serves that; else empty. */
struct str route_other_slash(const struct route_table *t, struct request *rq);
/* Tab separated, one row a line. permit_name: NULL when the program has no permits. */
void route_print(const struct route_table *t, const char *program, const char *(*permit_name)(unsigned permit), FILE *to);

/* Names of the enums, as --routes prints them. */
const char *route_bucket_name(enum bucket b);

#endif
