/*
 * track_form.c - the second table for following, acting and rating.
 *
 * Contract: shape alone is judged here (lengths, choices); what a ticket allows is judged in app. A wrong number and a
 * missing one must read alike, so the number is free text here.
 */
#include "pages/track_form.h"

#include "base/limits.h"
#include "pages/once.h"

static const char *const yes_no[] = {"yes", "no", NULL};
static const char *const grades[] = {"very_satisfied", "satisfied", "basically_satisfied", "dissatisfied",
                                     "very_dissatisfied", NULL};

enum { TYPED_NO_CHARS = 60, TYPED_CODE_CHARS = 40 }; /* blanks, dashes and full-width forms are forgiven later */

static const struct form_field find_fields[] = {
    {FORM_FIELD(struct track_find_form, ticket_no, "ticket_no", FIELD_TEXT), .required = true, .max = TYPED_NO_CHARS},
    {FORM_FIELD(struct track_find_form, query_code, "query_code", FIELD_TEXT), .required = true,
     .max = TYPED_CODE_CHARS},
};
const struct form_spec track_find_form = {FORM_SPEC("track_find", struct track_find_form, find_fields)};

static const struct form_field find_query_fields[] = {
    {FORM_FIELD(struct track_find_form, ticket_no, "ticket_no", FIELD_TEXT), .max = TYPED_NO_CHARS},
};
const struct form_spec track_find_query = {FORM_SPEC("track_find_query", struct track_find_form, find_query_fields)};

static const struct form_field add_fields[] = {
    {FORM_FIELD(struct track_add_form, text, "text", FIELD_AREA), .max = LIMIT_MESSAGE_CHARS},
    {FORM_FIELD(struct track_add_form, once, "once", FIELD_CODE), .max = ONCE_CHARS},
    {FORM_FIELD(struct track_add_form, files, "file", FIELD_FILES), .max = LIMIT_UPLOADS,
     .max_bytes = LIMIT_RECORDING_BYTES},
};
const struct form_spec track_add_form = {FORM_SPEC("track_add", struct track_add_form, add_fields)};

static const struct form_field reason_fields[] = {
    {FORM_FIELD(struct track_reason_form, reason, "reason", FIELD_AREA), .max = LIMIT_MESSAGE_CHARS},
    {FORM_FIELD(struct track_reason_form, once, "once", FIELD_CODE), .max = ONCE_CHARS},
};
const struct form_spec track_reason_form = {FORM_SPEC("track_reason", struct track_reason_form, reason_fields)};

static const struct form_field follow_fields[] = {
    {FORM_FIELD(struct track_follow_form, follow, "follow", FIELD_CHOICE), .required = true, .choices = yes_no},
};
const struct form_spec track_follow_form = {FORM_SPEC("track_follow", struct track_follow_form, follow_fields)};

static const struct form_field rating_fields[] = {
    {FORM_FIELD(struct rating_form, contacted, "contacted", FIELD_CHOICE), .required = true, .choices = yes_no},
    {FORM_FIELD(struct rating_form, solved, "solved", FIELD_CHOICE), .required = true, .choices = yes_no},
    {FORM_FIELD(struct rating_form, satisfaction, "satisfaction", FIELD_CHOICE), .required = true, .choices = grades},
    {FORM_FIELD(struct rating_form, words, "words", FIELD_AREA), .max = LIMIT_RATING_WORDS_CHARS},
    {FORM_FIELD(struct rating_form, once, "once", FIELD_CODE), .max = ONCE_CHARS},
};
const struct form_spec rating_form = {FORM_SPEC("rating", struct rating_form, rating_fields)};
