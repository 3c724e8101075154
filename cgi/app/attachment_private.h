/* attachment_private.h - attaching inside the transaction of a filing or a message. For app alone. */
#ifndef APP_ATTACHMENT_PRIVATE_H
#define APP_ATTACHMENT_PRIVATE_H

#include "app/attachment.h"

/* Field `uploads`: UPLOAD_GONE for an id that is unknown, used or expired; TOO_MANY past nine photos or one recording. */
enum err attachment_attach(struct ctx *c, const struct str *ids, size_t n, uint64_t ticket_id, uint32_t event_seq,
                           int64_t now) MUST_CHECK;

/* Of a unit, beside what it says: internal, or for the filer as well. The filer's own number of files is not used up. */
enum err attachment_evidence(struct ctx *c, const struct str *ids, size_t n, uint64_t ticket_id, uint32_t event_seq,
                             bool internal, int64_t now) MUST_CHECK;

#endif
