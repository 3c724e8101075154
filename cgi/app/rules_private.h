/* rules_private.h - what editing and trying of rule sets share. For app alone. */
#ifndef APP_RULES_PRIVATE_H
#define APP_RULES_PRIVATE_H

#include "app/rules.h"

enum { RULES_MAX = 1000 };
/* A whole set, by number; ERR_INVALID past RULES_MAX. */
enum err rules_all(struct ctx *c, uint32_t set, struct rule_row **ret, size_t *ret_n) MUST_CHECK;
bool rules_ref_known(const struct refdata *r, int kind, struct str ref);

#endif
