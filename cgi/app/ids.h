/*
 * ids.h - numbers and codes that name things.
 *
 * Ids are made here, not by the server [decisions 1]: milliseconds << 22 | 22 random bits, so they exist before the row
 * and sort by time; those that one thread makes in one millisecond (up to a thousand) sort as they were made. Ticket number
 * [decisions 2]: SD + YYMMDD + 7 random digits + check digit, written SD-261122-1234567-8; the check digit (ISO 7064
 * mod 11,10 over the 13 digits) catches every single wrong digit and nearly all swaps. A malformed number must answer
 * exactly as an absent one. Query code [decisions 3]: 8 characters of Crockford base32 from a keyed hash of ticket id and
 * epoch; nothing is stored.
 */
#ifndef APP_IDS_H
#define APP_IDS_H

#include "base/arena.h"

struct keyring;

enum { TICKET_NO_CHARS = 16, PUBLIC_ID_CHARS = 16, QUERY_CODE_CHARS = 8 };

uint64_t id_new(int64_t wall_us);
uint64_t id_floor(int64_t us);    /* smallest id of that millisecond: bounds of a time range */
int64_t id_time_us(uint64_t id);
struct str id_text(struct arena *a, uint64_t id); /* decimal: ids are strings outside */
struct str id_list(struct arena *a, const uint64_t *ids, size_t n); /* a list in JSON, for a statement that takes many */
bool id_parse(struct str s, uint64_t *ret);

/* "SD2611221234567C" for the day and a number below 10,000,000. */
struct str ticket_no_make(struct arena *a, int32_t local_day, uint32_t number);
struct str ticket_no_random(struct arena *a, int32_t local_day);
struct str ticket_no_show(struct arena *a, struct str no);   /* with dashes */
/* Blanks, dashes, case and full-width forms are forgiven. False: not a ticket number, check digit included. */
bool ticket_no_parse(struct arena *a, struct str typed, struct str *ret);

struct str public_id_random(struct arena *a);                /* 16 of Crockford base32, 80 bits */

struct str query_code_make(const struct keyring *k, struct arena *a, uint64_t ticket_id, uint8_t epoch);
struct str query_code_show(struct arena *a, struct str code); /* "7K3Q 9M2D" */
/* I and L read as 1, O as 0; case, blanks and dashes forgiven. False = not eight characters of the alphabet. */
bool query_code_parse(struct arena *a, struct str typed, struct str *ret);

#endif
