/* routing_private.h - sending inside of another act: a return that is accepted, a second look, a wrong merge. For app alone. */
#ifndef APP_ROUTING_PRIVATE_H
#define APP_ROUTING_PRIVATE_H

#include "app/act.h"
#include "app/dispatch.h"
#include "app/routing.h"
#include "gen/sql.h"

/* Ends what ran, assigns anew, says so. Words of r are judged already. */
enum err routing_send(struct act *a, const struct routing *r) MUST_CHECK;
enum err routing_add_joint(struct act *a, const char *field, struct str unit_code) MUST_CHECK;
/* Open returns and asked extensions of the ticket have nothing to wait for any more. */
enum err routing_lapse(struct act *a) MUST_CHECK;

#endif
