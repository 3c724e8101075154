/*
 * staff_desk_form.c - the second table for the pages of the hotline centre.
 *
 * Contract: shapes and lengths alone; nothing is required, because the same form is sent to look something up. What a demand
 * needs is judged in app.
 */
#include "base/limits.h"
#include "pages/staff_desk.h"

enum { GO_CHARS = 10, ONCE_CHARS = 32, ORG_CHARS = 2 * LIMIT_NAME_CHARS, NAME_CHARS = 100, ID_CHARS = 12, UPLOAD_ID_CHARS = 80 };

static const char *const kinds[] = {"consult", "help", "complaint", "report", "suggestion", "praise", NULL};
static const char *const applicants[] = {"person", "enterprise", "organisation", NULL};
static const char *const classes[] = {"emergency", "legal", "repeat", "secret", "outside", "unlawful", NULL};
static const char *const goes[] = {"look", "attach", "file", "answer", "divert", NULL};

static const struct form_field desk_fields[] = {
    {FORM_FIELD(struct staff_desk_form, go, "go", FIELD_CHOICE), .choices = goes},
    {FORM_FIELD(struct staff_desk_form, pick, "pick", FIELD_TEXT), .max = LIMIT_TICKET_NO_CHARS},
    {FORM_FIELD(struct staff_desk_form, tie, "tie", FIELD_TEXT), .max = LIMIT_TICKET_NO_CHARS},
    {FORM_FIELD(struct staff_desk_form, use, "use", FIELD_CODE), .max = ID_CHARS},
    {FORM_FIELD(struct staff_desk_form, once, "once", FIELD_CODE), .max = ONCE_CHARS},
    {FORM_FIELD(struct staff_desk_form, phone, "phone", FIELD_TEXT), .max = LIMIT_PHONE_CHARS},
    {FORM_FIELD(struct staff_desk_form, kind, "kind", FIELD_CHOICE), .choices = kinds},
    {FORM_FIELD(struct staff_desk_form, text, "text", FIELD_AREA), .max = LIMIT_TEXT_CHARS},
    {FORM_FIELD(struct staff_desk_form, category, "category", FIELD_TEXT), .max = LIMIT_SEARCH_CHARS},
    {FORM_FIELD(struct staff_desk_form, category_code, "category_code", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct staff_desk_form, place, "place", FIELD_TEXT), .max = LIMIT_SEARCH_CHARS},
    {FORM_FIELD(struct staff_desk_form, area, "area", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct staff_desk_form, district, "district", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct staff_desk_form, street, "street", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct staff_desk_form, community, "community", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct staff_desk_form, address, "address", FIELD_TEXT), .max = LIMIT_ADDRESS_CHARS},
    {FORM_FIELD(struct staff_desk_form, name, "name", FIELD_TEXT), .max = LIMIT_NAME_CHARS},
    {FORM_FIELD(struct staff_desk_form, org, "org", FIELD_TEXT), .max = ORG_CHARS},
    {FORM_FIELD(struct staff_desk_form, applicant, "applicant", FIELD_CHOICE), .choices = applicants},
    {FORM_FIELD(struct staff_desk_form, reported_unit, "reported_unit", FIELD_TEXT), .max = NAME_CHARS},
    {FORM_FIELD(struct staff_desk_form, answer, "answer", FIELD_AREA), .max = LIMIT_REPLY_CHARS},
    {FORM_FIELD(struct staff_desk_form, wording, "wording", FIELD_AREA), .max = LIMIT_REPLY_CHARS},
    {FORM_FIELD(struct staff_desk_form, class, "class", FIELD_CHOICE), .choices = classes},
    {FORM_FIELD(struct staff_desk_form, same, "same", FIELD_TEXT), .max = LIMIT_TICKET_NO_CHARS},
    {FORM_FIELD(struct staff_desk_form, link, "link", FIELD_TEXT), .max = LIMIT_TICKET_NO_CHARS},
    {FORM_FIELD(struct staff_desk_form, unit_code, "unit_code", FIELD_TEXT), .max = NAME_CHARS},
    {FORM_FIELD(struct staff_desk_form, confidential, "confidential", FIELD_BOOL)},
    {FORM_FIELD(struct staff_desk_form, no_reply, "no_reply", FIELD_BOOL)},
    {FORM_FIELD(struct staff_desk_form, phone_shown, "phone_shown", FIELD_BOOL)},
    {FORM_FIELD(struct staff_desk_form, uploads, "uploads", FIELD_LIST), .max = LIMIT_UPLOADS, .max_value = UPLOAD_ID_CHARS},
    {FORM_FIELD(struct staff_desk_form, files, "file", FIELD_FILES), .max = LIMIT_UPLOADS, .max_bytes = LIMIT_RECORDING_BYTES},
    {FORM_FIELD(struct staff_desk_form, remove, "remove", FIELD_CODE), .max = UPLOAD_ID_CHARS},
};
const struct form_spec staff_desk_form = {FORM_SPEC("staff_desk", struct staff_desk_form, desk_fields)};

static const struct form_field triage_fields[] = {
    {FORM_FIELD(struct staff_triage_form, no, "no", FIELD_TEXT), .required = true, .max = LIMIT_TICKET_NO_CHARS},
    {FORM_FIELD(struct staff_triage_form, category_code, "category_code", FIELD_CODE), .required = true, .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct staff_triage_form, version, "version", FIELD_INT), .required = true, .min_value = 1, .max_value = UINT32_MAX},
};
const struct form_spec staff_triage_form = {FORM_SPEC("staff_triage", struct staff_triage_form, triage_fields)};

static const struct form_field page_fields[] = {
    {FORM_FIELD(struct staff_page_query, cursor, "cursor", FIELD_TEXT), .max = LIMIT_CURSOR_CHARS},
    {FORM_FIELD(struct staff_page_query, done, "done", FIELD_TEXT), .max = LIMIT_TICKET_NO_CHARS},
};
const struct form_spec staff_page_query = {FORM_SPEC("staff_page", struct staff_page_query, page_fields)};

static const struct form_field whistles_fields[] = {
    {FORM_FIELD(struct staff_whistles_query, all, "all", FIELD_CODE), .max = 1},
    {FORM_FIELD(struct staff_whistles_query, called, "called", FIELD_TEXT), .max = LIMIT_CURSOR_CHARS},
    {FORM_FIELD(struct staff_whistles_query, calling, "calling", FIELD_TEXT), .max = LIMIT_CURSOR_CHARS},
};
const struct form_spec staff_whistles_query = {FORM_SPEC("staff_whistles", struct staff_whistles_query, whistles_fields)};
