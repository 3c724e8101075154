/*
 * audit.h - who looked at or changed what is personal. INSERT only; read by auditors and, of the looks at their own data,
 * by citizens [PIPL 44, MLPS 8.1.4.3]. Never personal data itself.
 */
#ifndef APP_AUDIT_H
#define APP_AUDIT_H

#include "app/ctx.h"

/* action and object_kind are static words: contact_reveal, account_export, account_delete, contact_erase, sign_in ... */
enum err audit_write(struct ctx *c, const struct actor *who, const char *action, const char *object_kind,
                     uint64_t object_id, struct str purpose) MUST_CHECK;

#endif
