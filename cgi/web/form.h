/*
 * form.h - the second table: one description per form, one decoder for urlencoded, multipart, JSON and query strings.
 *
 * The decoder writes a typed struct in the request arena (rq->form). Text is valid UTF-8 without control characters and
 * trimmed; NFKC is left to those who build keys. A field not in the spec is ignored in forms, refused in JSON
 * (UNKNOWN_FIELD). All errors of a form are collected, not only the first. Absent = empty text, 0, false.
 */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "base/err.h"
#include "base/str.h"

enum field_type { FIELD_TEXT /* one line */, FIELD_AREA /* several lines; CRLF becomes LF */, FIELD_INT /* int64_t */,
                  FIELD_BOOL /* checkbox: present and not "0"/"false" */, FIELD_CHOICE /* one of choices */,
                  FIELD_CODE /* ASCII letters, digits, - and _ */, FIELD_PHONE /* digits, + and blanks; normalised */,
                  FIELD_LNGLAT /* double; scaled 1e7 into int64_t */, FIELD_FILE /* struct upload_part, multipart */,
                  FIELD_LIST /* struct str_list: repeated text or JSON array of strings */,
                  FIELD_SECRET /* text, never logged or shown back */ };

struct str_list {
    struct str *p;
    size_t n;
};

struct form_field {
    const char *name;      /* as sent; JSON nesting by dot: "contact.phone", "location.lng" */
    enum field_type type;
    size_t offset;         /* in the struct: struct str for text kinds, int64_t, bool, struct str_list ... */
    size_t has_offset;     /* optional: a bool "was sent", SIZE_MAX = none */
    bool required;
    uint32_t min, max;     /* characters of text, items of a list; values of FIELD_INT in min_value,max_value */
    int64_t min_value, max_value;
    const char *const *choices; /* NULL-terminated */
};

struct form_spec {
    const char *name;
    size_t size;           /* of the struct */
    const struct form_field *fields;
    size_t n_fields;
};

#define FORM_NO_HAS ((size_t)-1)

#endif
