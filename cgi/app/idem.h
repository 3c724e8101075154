/*
 * idem.h - keys of requests that were accepted [decisions 11]: the same request, sent twice, is done once.
 *
 * A key stands with what it led to: the id of what was made, and one number more. It is written in the transaction of the act, so
 * that neither is there without the other.
 */
#ifndef APP_IDEM_H
#define APP_IDEM_H

#include "app/ctx.h"

void idem_hash(const struct idem *i, uint8_t out[32]);
/* What this key led to. ERR_NOT_FOUND (no fault is set) = it is new; ERR_INVALID IDEMPOTENCY_MISMATCH = it belongs to another request. */
enum err idem_find(struct ctx *c, const struct idem *i, uint64_t *ret_id, uint64_t *ret_extra) MUST_CHECK;
/* Within the transaction of the act; nothing for i = NULL. db_was_duplicate() after a failure: the same request was faster. */
enum err idem_keep(struct ctx *c, const struct idem *i, uint64_t id, uint64_t extra, int64_t now) MUST_CHECK;
/*
 * tx_run() of an act that makes something, once for the key of the request (ctx.once; none: every time): `make` runs in the
 * transaction and names what it made. A repeated request gets the id of the first.
 */
enum err idem_run(struct ctx *c, enum err (*make)(struct db *db, void *arg, uint64_t *ret_id), void *arg, uint64_t *ret_id) MUST_CHECK;

#endif
