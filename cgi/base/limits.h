/*
 * limits.h - every fixed bound of the product in one place.
 *
 * What an operator may want to change stands in the configuration (svc/config.h) instead. Characters are Unicode
 * characters, not bytes; one needs at most 4 bytes in UTF-8 (LIMIT_UTF8_BYTES).
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#define KIB(n) ((n)*1024)
#define MIB(n) ((n)*1024 * 1024)

enum {
    LIMIT_UTF8_BYTES = 4,

    /* Words of a demand, in characters. */
    LIMIT_TITLE_CHARS = 100,
    LIMIT_TEXT_MIN_CHARS = 5,
    LIMIT_TEXT_CHARS = 2000,
    LIMIT_ADDRESS_CHARS = 200,
    LIMIT_NAME_CHARS = 50,
    LIMIT_MESSAGE_CHARS = 1000, /* a fact added later, an urge, a withdrawal, an objection */
    LIMIT_REPLY_CHARS = 2000,   /* the unit's public answer */
    LIMIT_RATING_WORDS_CHARS = 500,
    LIMIT_FEEDBACK_CHARS = 500, /* "was this useful" */
    LIMIT_SEARCH_CHARS = 100,
    LIMIT_KB_MISSES = 16384, /* searches without an answer that are remembered; a power of two */
    LIMIT_SUGGEST_CHARS = 500,
    LIMIT_PHONE_CHARS = 24,     /* as typed, with blanks and + */
    LIMIT_PHONE_DIGITS = 15,    /* E.164 */
    LIMIT_PHONE_MIN_DIGITS = 5, /* 12345 itself */

    /* Keys and codes. */
    LIMIT_TICKET_NO_CHARS = 24,   /* SD-261122-1234567-8, blanks and case forgiven */
    LIMIT_QUERY_CODE_CHARS = 8,   /* Crockford base32 */
    LIMIT_SMS_CODE_DIGITS = 6,
    LIMIT_CODE_CHARS = 32,        /* area, category, unit codes */
    LIMIT_IDEMPOTENCY_KEY_CHARS = 255,
    LIMIT_IDEMPOTENCY_KEY_ANONYMOUS_MIN = 16,
    LIMIT_TOKEN_BYTES = 2048,     /* a JWT; longer is not looked at */
    LIMIT_KEY_MIN_BYTES = 32,     /* of the token key ring and the encryption keys */
    LIMIT_CURSOR_CHARS = 256,
    LIMIT_NEXT_CHARS = 500,       /* where to go after signing in; an address is ASCII */

    /* Files. */
    LIMIT_UPLOADS = 10,           /* of one ticket: 9 photos and one video or voice note */
    LIMIT_PHOTOS = 9,
    LIMIT_EVIDENCE = 60,          /* of one ticket, the filer's and the units' together */
    LIMIT_RECORDINGS = 1,         /* video or voice */
    LIMIT_PHOTO_BYTES = MIB(10),
    LIMIT_RECORDING_BYTES = MIB(50),
    LIMIT_PHOTO_PIXELS = 40 * 1000 * 1000,
    LIMIT_FILENAME_BYTES = 255,   /* shown, never used as a path */

    /* Bodies and parsers. */
    LIMIT_BODY_FORM_BYTES = KIB(64),
    LIMIT_BODY_JSON_BYTES = KIB(64),
    LIMIT_BODY_MULTIPART_BYTES = MIB(150), /* nine photos and a recording, and their frame */
    LIMIT_JSON_DEPTH = 16,
    LIMIT_BOUNDARY_BYTES = 70,    /* RFC 2046, section 5.1.1 */
    LIMIT_PARTS = 64,
    LIMIT_PART_HEADER_BYTES = KIB(8),
    LIMIT_FORM_PAIRS = 256,
    LIMIT_URI_BYTES = KIB(4),
    LIMIT_PATH_BYTES = KIB(1),
    LIMIT_COOKIE_BYTES = KIB(4),
    LIMIT_HEADER_BYTES = KIB(8),

    /* Answers. */
    LIMIT_RESPONSE_BYTES = MIB(4),
    LIMIT_RESPONSE_HEADER_BYTES = KIB(16),
    LIMIT_LIST_ITEMS = 50,        /* rows of one page of a list */
    LIMIT_SEARCH_RESULTS = 200,   /* all pages of one search together */
    LIMIT_TIMELINE_EVENTS = 500,  /* of one ticket; the act that would pass it is refused */

    LIMIT_STAFF_OF_NETWORK = 100, /* people of the back office behind one address: their network has so many times the budget of one */

    /* Memory of one request: arena cap. Uploads stream past it. */
    LIMIT_REQUEST_MEMORY_BYTES = MIB(16),

    /* sun_path without its NUL (unix(7)). */
    LIMIT_SOCKET_PATH_BYTES = 107,
};

#endif
