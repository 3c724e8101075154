/* officer_view_private.h - which acts are open to whom on a demand that was read. For app alone. */
#ifndef APP_OFFICER_VIEW_PRIVATE_H
#define APP_OFFICER_VIEW_PRIVATE_H

#include "app/officer_view.h"

struct officer_may officer_may_of(const struct ctx *c, const struct actor *who, const struct officer_ticket *v, struct str against);

#endif
