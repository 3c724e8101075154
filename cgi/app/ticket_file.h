/* ticket_file.h - filing with a first act in the same transaction. For app alone. */
#ifndef APP_TICKET_FILE_H
#define APP_TICKET_FILE_H

#include "app/act.h"

/*
 * What is done within the transaction that files it. With a plan the demand stays with the hotline centre, and at once `plan` acts on
 * it; without one it goes its way. `tie` acts last, and may touch other demands.
 */
struct filing_then {
    enum ticket_state state; /* what plan makes of it: kept beside the key for a repeated request */
    enum err (*plan)(struct act *a, void *arg);
    void *arg;
    enum err (*tie)(struct act *a, void *arg);
    void *tie_arg;
};
/* ticket_file() with then = NULL. */
enum err ticket_file_then(struct ctx *c, const struct actor *who, const struct ticket_filing *f, const struct filing_then *then,
                          const struct idem *idem, struct ticket_filed *ret) MUST_CHECK;

#endif
