/*
 * audit.h - who looked at or changed what is personal. INSERT only; read by auditors and, of the looks at their own data,
 * by citizens [PIPL 44, MLPS 8.1.4.3]. Never personal data itself.
 */
#ifndef APP_AUDIT_H
#define APP_AUDIT_H

#include "app/ctx.h"
#include "app/words.h"

/* object_id 0 = none, or not known. */
enum err audit_write(struct ctx *c, const struct actor *who, enum audit_action action, enum audit_object object, uint64_t object_id,
                     struct str purpose) MUST_CHECK;

#endif
