/*
 * problem.h - failures on their way out: one table for the whole product, the JSON envelope, the HTML problem page.
 *
 * A fault names a reason; the table gives its HTTP status, its public five-digit code (never reused, listed in the
 * OpenAPI document), and its sentence, `error.<reason in lower case>` of templates/messages. A reason that is missing in
 * the table is a mistake of ours: the unit tests and `--check` look for it, and it answers as INTERNAL.
 */
#ifndef WEB_PROBLEM_H
#define WEB_PROBLEM_H

#include "base/err.h"
#include "web/json.h"
#include "web/kept.h"
#include "web/msg.h"

struct request;
struct response;

struct problem {
    const char *reason; /* UPPER_SNAKE */
    int status;         /* HTTP */
    int code;           /* five digits */
    enum msg msg;
};

const struct problem *problem_find(const char *reason); /* NULL = not in the table */
const struct problem *problem_table(size_t *ret_n);     /* all rows, by code */
/* Row of a fault: by reason, or the general row of its enum err. Never NULL. */
const struct problem *problem_of(const struct fault *f, enum err err);

/* Sentence for one bad field: `field.<reason in lower case>`, or the one the fault carries. */
enum msg problem_field_msg(const struct fault_field *f);
/* The sentence for a field of this name among the faults of the request; MSG_NONE when it has none. For pages that
 * show the form again. */
enum msg problem_field(const struct request *rq, const char *field);

/* What templates/error/problem.html shows. */
struct view_problem_field {
    const char *field;
    enum msg msg;
};
struct view_problem {
    int status, code;
    enum msg title, text;   /* what happened; what to do */
    struct str request_id;
    int retry_after_s;      /* 0 = nothing said */
    bool sign_in;           /* offer signing in */
    bool denied;            /* 403 that is no forged request: a right is missing */
    const struct view_kept *kept; /* what was typed, to be sent again; NULL = nothing */
    const struct view_problem_field *fields;
    size_t n_fields;
};

/* Replaces whatever stands in rs by the problem, in the look of the route, with Retry-After and WWW-Authenticate. */
void problem_respond(struct request *rq, struct response *rs, enum err err);

#endif
