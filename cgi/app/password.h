/*
 * password.h - what a password of the staff must be: long, and not one that everybody tries first [ASVS 6.2]. No rules of
 * composition and no expiry: both make passwords worse.
 */
#ifndef APP_PASSWORD_H
#define APP_PASSWORD_H

#include "app/ctx.h"

enum { PASSWORD_MIN_CHARS = 12, PASSWORD_MAX_CHARS = 128 };

/* NULL when it is good, else PASSWORD_SHORT, TOO_LONG, PASSWORD_COMMON (in the list, a product word with digits, one character
 * or a run repeated), PASSWORD_LIKE_LOGIN. */
const char *password_complaint(struct str password, struct str login, struct str name);
/* ERR_INVALID with the complaint at this field. */
enum err password_check(struct ctx *c, const char *field, struct str password, struct str login, struct str name) MUST_CHECK;
/* One that people can read to each other: 4 groups of 4 letters and digits without look-alikes, about 78 bits. */
struct str password_make(struct arena *a);
/* ERR_UNAVAILABLE when the memory for it is refused. */
enum err password_hash(struct ctx *c, struct str password, struct str *ret) MUST_CHECK;
/* Computes in any case; hash.n = 0: against a hash that nobody's password fits, so that the time tells nothing. */
bool password_fits(struct ctx *c, struct str hash, struct str password);
bool password_stale(const struct ctx *c, struct str hash);

#endif
