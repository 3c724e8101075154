/*
 * form.h - the second table: one description per form, one decoder for urlencoded, multipart, JSON and query strings.
 *
 * The decoder writes a typed struct in the request arena (rq->form). Text is valid UTF-8 without control characters and
 * trimmed; what a form sends is freed of characters that nobody sees, JSON with them is refused (BAD_TEXT); NFKC is left to those who build keys. A field not in the spec is ignored in forms, refused in JSON
 * (UNKNOWN_FIELD). All errors of a form are collected, not only the first. Absent = empty text, 0, false.
 *
 * The struct is filled as far as possible even when the answer is ERR_INVALID, so that a page can show the form again
 * with what was typed; form_sent() gives the words of a field that could not be converted.
 *
 *     static const struct form_field fields[] = {
 *         {FORM_FIELD(struct lookup_form, ticket_no, "ticket_no", FIELD_TEXT), .required = true, .max = 40},
 *         {FORM_FIELD_HAS(struct lookup_form, level, has_level, "level", FIELD_INT), .min_value = 1, .max_value = 4},
 *     };
 *     const struct form_spec lookup_form = {FORM_SPEC("lookup", struct lookup_form, fields)};
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "base/err.h"
#include "base/str.h"

struct arena;
struct request;
struct form_pairs;
struct spool;

enum field_type { FIELD_TEXT /* one line */, FIELD_AREA /* several lines; CRLF becomes LF */, FIELD_INT /* int64_t */,
                  FIELD_BOOL /* checkbox: present and not "0"/"false"/"" */, FIELD_CHOICE /* one of choices */,
                  FIELD_CODE /* ASCII letters, digits, - and _ */, FIELD_PHONE /* digits, + and blanks; normalised */,
                  FIELD_LNGLAT /* decimal degrees; scaled 1e7 into int64_t, min_value/max_value in that scale */,
                  FIELD_FILE /* struct upload_part, multipart; a second file is refused */,
                  FIELD_LIST /* struct str_list: repeated text or JSON array of strings; min, max count items and
                                max_value, when set, the characters of one item (else 64) */,
                  FIELD_SECRET /* text, never logged or shown back */,
                  FIELD_FILES /* struct upload_list: repeated file parts; min, max count files */ };

struct str_list {
    struct str *p;
    size_t n;
};

/*
 * A received file, complete, in the spool. It vanishes with the request unless upload_keep() gave it a name. An empty
 * file input (no filename, no bytes) counts as not sent. filename and content_type are the client's words: for display
 * alone, never for a path or a decision.
 */
struct upload_part {
    struct str filename, content_type;
    int fd;         /* at offset 0, read-write, closed with the request; -1 = not sent */
    uint64_t bytes;
    struct str path; /* of the spool file; empty where the file has no name yet (O_TMPFILE): use fd */
    struct spool *spool; /* how it is cleared away */
};
struct upload_list {
    struct upload_part *p;
    size_t n;
};
/* Gives the spooled file its final name, mode 0640 and a synced disk, same file system as the spool. ERR_CONFLICT when the
 * name exists (reason CONFLICT), ERR_UNAVAILABLE when the disk refuses. */
enum err upload_keep(struct request *rq, struct upload_part *u, const char *final_path) MUST_CHECK;

struct form_field {
    const char *name;      /* as sent; JSON nesting by dot: "contact.phone", "location.lng" */
    enum field_type type;
    size_t offset;         /* in the struct: struct str for text kinds, int64_t, bool, struct str_list ... */
    size_t has_offset;     /* optional: a bool "was sent", SIZE_MAX = none */
    bool required;         /* of FIELD_BOOL: sent, whether true or false */
    uint32_t min, max;     /* characters of text, items of a list; values of FIELD_INT in min_value,max_value */
    int64_t min_value, max_value;
    const char *const *choices; /* NULL-terminated */
    uint64_t max_bytes;    /* FIELD_FILE, FIELD_FILES: of one file */
};

struct form_spec {
    const char *name;
    size_t size;           /* of the struct */
    const struct form_field *fields;
    size_t n_fields;
};

#define FORM_NO_HAS ((size_t)-1)
#define FORM_FIELD(T, member, sent_as, kind)                                                                           \
    .name = (sent_as), .type = (kind), .offset = offsetof(T, member), .has_offset = FORM_NO_HAS
#define FORM_FIELD_HAS(T, member, has_member, sent_as, kind)                                                           \
    .name = (sent_as), .type = (kind), .offset = offsetof(T, member), .has_offset = offsetof(T, has_member)
#define FORM_SPEC(title, T, table)                                                                                     \
    .name = (title), .size = sizeof(T), .fields = (table), .n_fields = sizeof(table) / sizeof((table)[0])

/* NULL when the spec is whole (limits set, choices given, members inside the struct), else the complaint. */
const char *form_check(const struct form_spec *spec);

/*
 * The decoders. Each puts its struct in rq->form and returns ERR_INVALID with reason INVALID_INPUT and every bad field
 * in rq->fault, or another fault when the input could not be read at all. dispatch calls the one that fits the route.
 */
enum err form_decode_pairs(struct request *rq, const struct form_spec *spec, const struct form_pairs *pairs) MUST_CHECK;
enum err form_decode_json(struct request *rq, const struct form_spec *spec, struct str text) MUST_CHECK;

/* What urlencoded and multipart bodies have in common. Names and values are decoded, valid UTF-8, without NUL. */
struct form_pair {
    struct str name, value;   /* value of a file part is empty */
    struct upload_part *file; /* NULL = plain field */
    bool too_large;           /* the file passed its cap; its bytes were dropped */
    bool unknown_file;        /* a file under a name that the form has no file for; its bytes were dropped */
};
struct form_pairs {
    const struct form_pair *p;
    size_t n;
};
/* application/x-www-form-urlencoded and query strings. ERR_INVALID BAD_REQUEST on a bad escape or encoding,
 * TOO_MANY_FIELDS past LIMIT_FORM_PAIRS. */
enum err urlencoded_parse(struct arena *a, struct fault *f, struct str text, struct form_pairs *ret) MUST_CHECK;

/* First value of a field as it was sent, decoded and checked for UTF-8, else empty. Empty for FIELD_SECRET. */
struct str form_sent(const struct request *rq, const char *name);

#endif
