/*
 * ticket_form.c - the second table for the JSON API of tickets: what a body may hold.
 *
 * Contract: shapes and lengths; what is allowed is judged in app. Names are those of the OpenAPI document.
 */
#include "api/ticket_form.h"

#include "base/limits.h"

static const char *const kinds[] = {"consult", "help", "complaint", "report", "suggestion", "praise", NULL};
static const char *const applicants[] = {"person", "enterprise", "organisation", NULL};
static const char *const diversions[] = {"emergency", "legal", "repeat", "secret", "outside", "unlawful", NULL};
static const char *const grades[] = {"very_satisfied", "satisfied", "basically_satisfied", "dissatisfied",
                                     "very_dissatisfied", NULL};
static const char *const filters[] = {"all", "open", "done", NULL};

enum { UPLOAD_ID_CHARS = 64, LNG_MAX_E7 = 1800000000, LAT_MAX_E7 = 900000000, NO_CHARS = 60, CODE_CHARS = 40 };

static const struct form_field filing_fields[] = {
    {FORM_FIELD(struct api_filing, kind, "kind", FIELD_CHOICE), .required = true, .choices = kinds},
    {FORM_FIELD(struct api_filing, title, "title", FIELD_TEXT), .max = LIMIT_TITLE_CHARS},
    {FORM_FIELD(struct api_filing, text, "text", FIELD_AREA), .required = true, .min = LIMIT_TEXT_MIN_CHARS,
     .max = LIMIT_TEXT_CHARS},
    {FORM_FIELD(struct api_filing, category_code, "category_code", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct api_filing, area_code, "area_code", FIELD_CODE), .required = true, .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct api_filing, address, "address", FIELD_TEXT), .max = LIMIT_ADDRESS_CHARS},
    {FORM_FIELD_HAS(struct api_filing, lng, has_lng, "location.lng", FIELD_LNGLAT), .min_value = -LNG_MAX_E7,
     .max_value = LNG_MAX_E7},
    {FORM_FIELD_HAS(struct api_filing, lat, has_lat, "location.lat", FIELD_LNGLAT), .min_value = -LAT_MAX_E7,
     .max_value = LAT_MAX_E7},
    {FORM_FIELD(struct api_filing, uploads, "uploads", FIELD_LIST), .max = LIMIT_UPLOADS, .max_value = UPLOAD_ID_CHARS},
    {FORM_FIELD(struct api_filing, applicant, "applicant", FIELD_CHOICE), .choices = applicants},
    {FORM_FIELD(struct api_filing, diversion, "diversion", FIELD_CHOICE), .choices = diversions},
    {FORM_FIELD(struct api_filing, name, "contact.name", FIELD_TEXT), .max = LIMIT_NAME_CHARS},
    {FORM_FIELD(struct api_filing, phone, "contact.phone", FIELD_PHONE), .max = LIMIT_PHONE_CHARS},
    {FORM_FIELD(struct api_filing, org, "contact.org", FIELD_TEXT), .max = LIMIT_TITLE_CHARS},
    {FORM_FIELD(struct api_filing, phone_code, "contact.code", FIELD_SECRET), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct api_filing, is_public, "public", FIELD_BOOL)},
    {FORM_FIELD(struct api_filing, reported_unit, "reported_unit", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct api_filing, confidential, "confidential", FIELD_BOOL)},
    {FORM_FIELD(struct api_filing, no_reply, "no_reply", FIELD_BOOL)},
};
const struct form_spec api_filing_form = {FORM_SPEC("api_filing", struct api_filing, filing_fields)};

static const struct form_field lookup_fields[] = {
    {FORM_FIELD(struct api_lookup, ticket_no, "ticket_no", FIELD_TEXT), .required = true, .max = NO_CHARS},
    {FORM_FIELD(struct api_lookup, query_code, "query_code", FIELD_TEXT), .required = true, .max = CODE_CHARS},
};
const struct form_spec api_lookup_form = {FORM_SPEC("api_lookup", struct api_lookup, lookup_fields)};

static const struct form_field message_fields[] = {
    {FORM_FIELD(struct api_message, text, "text", FIELD_AREA), .max = LIMIT_MESSAGE_CHARS},
    {FORM_FIELD(struct api_message, uploads, "uploads", FIELD_LIST), .max = LIMIT_UPLOADS, .max_value = UPLOAD_ID_CHARS},
};
const struct form_spec api_message_form = {FORM_SPEC("api_message", struct api_message, message_fields)};

static const struct form_field reason_fields[] = {
    {FORM_FIELD(struct api_reason, reason, "reason", FIELD_AREA), .max = LIMIT_MESSAGE_CHARS},
};
const struct form_spec api_reason_form = {FORM_SPEC("api_reason", struct api_reason, reason_fields)};

static const struct form_field rating_fields[] = {
    {FORM_FIELD_HAS(struct api_rating, contacted, has_contacted, "contacted", FIELD_BOOL), .required = true},
    {FORM_FIELD_HAS(struct api_rating, solved, has_solved, "solved", FIELD_BOOL), .required = true},
    {FORM_FIELD(struct api_rating, satisfaction, "satisfaction", FIELD_CHOICE), .required = true, .choices = grades},
    {FORM_FIELD(struct api_rating, words, "words", FIELD_AREA), .max = LIMIT_RATING_WORDS_CHARS},
};
const struct form_spec api_rating_form = {FORM_SPEC("api_rating", struct api_rating, rating_fields)};

static const struct form_field follow_fields[] = {
    {FORM_FIELD_HAS(struct api_follow, follow, has_follow, "follow", FIELD_BOOL)},
};
const struct form_spec api_follow_form = {FORM_SPEC("api_follow", struct api_follow, follow_fields)};

static const struct form_field list_fields[] = {
    {FORM_FIELD(struct api_list, status, "status", FIELD_CHOICE), .choices = filters},
    {FORM_FIELD(struct api_list, cursor, "cursor", FIELD_TEXT), .max = LIMIT_CURSOR_CHARS},
};
const struct form_spec api_list_query = {FORM_SPEC("api_list", struct api_list, list_fields)};
