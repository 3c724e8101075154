/*
 * form_value.h - one value of a form into its place in the struct. Between form.c and form_value.c alone.
 *
 * Each setter returns NULL, or the reason why the value is refused (UPPER_SNAKE, static).
 */
#ifndef WEB_FORM_VALUE_H
#define WEB_FORM_VALUE_H

#include "web/form.h"

/* Text as sent, of any type but FIELD_FILE, FIELD_FILES and FIELD_LIST. out is the struct. */
const char *form_set_text(struct arena *a, const struct form_field *f, struct str raw, void *out);
/* What a person typed or pasted, without what nobody sees: controls, marks that turn the direction of writing (they stand
 * round every number copied from an address book), blanks of no width. Breaks of lines and pages become LF in a FIELD_AREA and a
 * blank in one line. A secret and what is no UTF-8 stay as they are. */
struct str form_readable(struct arena *a, const struct form_field *f, struct str typed);
const char *form_set_list(struct arena *a, const struct form_field *f, const struct str *items, size_t n, void *out);
/* An empty value of this type counts as not sent when a field is required. */
bool form_is_blank(const struct form_field *f, const void *out);
/* Checks a decoded degree, scaled 1e7, or an integer against the range of the field. */
const char *form_set_number(const struct form_field *f, int64_t v, void *out);
size_t form_member_size(enum field_type t);
/* Blanks of ASCII, U+00A0 and U+3000 at both ends. */
struct str form_trim(struct str s);
static inline void *form_member(const struct form_field *f, void *out)
{
    return (char *)out + f->offset;
}

#endif
