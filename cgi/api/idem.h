/* idem.h - the Idempotency-Key of a request (contracts, section 1). */
#ifndef API_IDEM_H
#define API_IDEM_H

#include "app/ctx.h"
#include "web/request.h"

/*
 * ret->key.n = 0 when none was sent and none is needed. IDEMPOTENCY_KEY_REQUIRED, or IDEMPOTENCY_KEY_INVALID: longer than
 * 255 characters, not printable ASCII, or shorter than 16 without an account. Keys of accounts never meet; those of
 * anonymous clients share one room whatever network they come from, because a phone that changes from Wi-Fi to mobile
 * data between two tries must not file twice. A guessed key is no use: the body must be the same as well.
 */
enum err idem_read(struct request *rq, bool needed, struct idem *ret) MUST_CHECK;
/* The same, for what the request makes first (ctx.once). */
enum err idem_take(struct request *rq, bool needed) MUST_CHECK;
/* The hidden field of a page's form: a call says it in its header. ERR_INVALID, field once UNKNOWN_FIELD. */
enum err idem_not_once(struct request *rq, struct str once) MUST_CHECK;

#endif
