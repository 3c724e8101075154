/*
 * normalise.h - one written form for what people type in many. The only gate to utf8proc.h.
 */
#ifndef APP_NORMALISE_H
#define APP_NORMALISE_H

#include "base/arena.h"

/* NFKC, case folded, blanks collapsed to one and trimmed: the key form of names and searches. Input is valid UTF-8;
 * output is at most 4 times as long. */
struct str normalise_key(struct arena *a, struct str s);
/* Of a key: dashes that NFKC leaves alone, which keyboards put between groups by themselves, become hyphens. */
struct str normalise_dashes(struct arena *a, struct str key);

/*
 * Phone numbers: full-width digits, blanks, dashes, brackets forgiven; +86, 0086 and 86 before a mobile number dropped.
 * Result: 11-digit mobile, land line with area code (0 and 10 or 11 digits in all), or +<E.164>. False = no number.
 */
bool normalise_phone(struct arena *a, struct str typed, struct str *ret);
bool normalise_phone_is_mobile(struct str normalised);                 /* can receive a code: Chinese mobile or + */
struct str normalise_phone_mask(struct arena *a, struct str normalised); /* 138****5678 */

#endif
