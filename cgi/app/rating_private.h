/* rating_private.h - recording the three answers within another act: the call-back by phone. For app alone. */
#ifndef APP_RATING_PRIVATE_H
#define APP_RATING_PRIVATE_H

#include "app/act.h"
#include "app/rating.h"

/* As rating_record judges it; ret lives in c->a. */
enum err rating_judge(struct ctx *c, const struct rating_input *in, struct rating_input *ret) MUST_CHECK;
/* Writes the answer, adds EVENT_RATED, ends what runs. RATING_DONE, RATING_CLOSED. */
enum err rating_within(struct act *a, const struct rating_input *in) MUST_CHECK;

#endif
