/* rules_private.h - the inside of rules.h: a set read whole. */
#ifndef APP_RULES_PRIVATE_H
#define APP_RULES_PRIVATE_H

#include "app/rules.h"

/* All rules of a set, by number. A set that does not exist has none. */
enum err rules_read(struct ctx *c, uint32_t set, const struct rule_row **ret, size_t *ret_n) MUST_CHECK;

#endif
