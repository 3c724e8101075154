/* outbox_write.h - putting into the outbox, inside the transaction of an act. For app alone. */
#ifndef APP_OUTBOX_WRITE_H
#define APP_OUTBOX_WRITE_H

#include "app/outbox.h"
#include "base/buf.h"

/* A message to a person: encrypted. params as listed in outbox.h; NULL = none. */
enum err outbox_to_phone(struct ctx *c, uint64_t ticket_id, enum outbox_topic topic, struct str phone, int lang,
                         const struct buf *params, int64_t now) MUST_CHECK;
/* A notice to a unit: plain, because it holds nothing personal. */
enum err outbox_to_unit(struct ctx *c, uint64_t ticket_id, struct str no, struct str unit_code, const char *event,
                        int64_t now) MUST_CHECK;

#endif
