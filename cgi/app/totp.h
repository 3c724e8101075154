/*
 * totp.h - codes of an authenticator: RFC 6238 with SHA-1, six digits, steps of 30 seconds, as every authenticator app knows
 * them. SHA-1 stands here alone, for HMAC as RFC 4226 wants it; nothing else may use it.
 */
#ifndef APP_TOTP_H
#define APP_TOTP_H

#include "base/arena.h"

enum { TOTP_SECRET_BYTES = 20, TOTP_DIGITS = 6, TOTP_STEP_S = 30, TOTP_WINDOW = 1 };

uint32_t totp_code(struct str secret, int64_t step);
/* One step early or late is forgiven; a step that is not after last_step is refused, so that a code is good once. Blanks in
 * the text are forgiven. Takes the same time for every six digits. */
bool totp_check(struct str secret, struct str typed, int64_t now_s, int64_t last_step, int64_t *ret_step);
/* What the QR code holds (otpauth://totp/...), and the secret as people type it, in groups of four. */
struct str totp_uri(struct arena *a, struct str issuer, struct str login, struct str secret);
struct str totp_base32(struct arena *a, struct str bytes, bool grouped);

#endif
