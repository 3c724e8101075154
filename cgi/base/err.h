/*
 * err.h - how a failure travels.
 *
 * A function that can fail returns enum err and is marked MUST_CHECK. The fault is described once, where it arises,
 * with fault_set() or fault_field(); every caller passes the code on unchanged; the top of the request maps it to HTTP
 * and logs it once. A mistake of our own (a broken invariant) is not an error: it aborts through BUG_ON and the master
 * starts a new worker.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/str.h"

#define MUST_CHECK __attribute__((warn_unused_result))

enum err {
    ERR_OK = 0,
    ERR_INVALID,     /* 422 (400 when the request could not be read at all): the caller can correct it */
    ERR_DENIED,      /* 403: known caller, not allowed */
    ERR_LOGIN,       /* 401: sign in again, nothing else */
    ERR_NOT_FOUND,   /* 404: absent, or not to be told apart from absent */
    ERR_CONFLICT,    /* 409: version or state moved; reload and look again */
    ERR_TOO_LARGE,   /* 413 */
    ERR_LIMITED,     /* 429 + Retry-After */
    ERR_UNAVAILABLE, /* 503 + Retry-After */
    ERR_INTERNAL,    /* 500: logged with its cause, shown without */
};

enum { FAULT_FIELDS_MAX = 24 };

struct fault_field {
    const char *field;  /* name as in the form or the JSON body; static or arena */
    const char *reason; /* UPPER_SNAKE, static: REQUIRED TOO_LONG TOO_SHORT BAD_FORMAT NOT_A_CHOICE ... */
    int msg;            /* enum msg of the sentence for the user, 0 = taken from the reason */
};

/* One per request, zeroed. reason is UPPER_SNAKE and static; it names the row of the public error table. */
struct fault {
    enum err err;
    const char *reason;
    int retry_after_s;
    size_t n_fields;
    struct fault_field fields[FAULT_FIELDS_MAX];
    char detail[256]; /* for the log only; never personal data */
};

/*
 * Both return the code that stands in the fault afterwards, so that `return fault_set(...)` reads well. The first fault
 * set stays; of fields the first FAULT_FIELDS_MAX. f may be NULL when nobody asks for the reason.
 */
enum err fault_set(struct fault *f, enum err err, const char *reason, const char *detail_fmt, ...)
    __attribute__((format(printf, 4, 5)));
enum err fault_field(struct fault *f, const char *field, const char *reason); /* always ERR_INVALID */
/* For the caller that looked into a failure and goes on. */
void fault_clear(struct fault *f);

/* A mistake of our own: one log line, then abort. */
void bug(const char *file, int line, const char *what) __attribute__((noreturn));
#define BUG_ON(cond) ((cond) ? bug(__FILE__, __LINE__, #cond) : (void)0)

#endif
