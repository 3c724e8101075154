/*
 * new_form.c - the second table for filing.
 *
 * Contract: shape alone is judged here (lengths, choices). What must be answered on a page is judged by the page, because
 * a draft may be saved half written; what may be filed is judged in app.
 */
#include "pages/new_form.h"

#include "app/draft.h"
#include "base/limits.h"

static const char *const yes_no[] = {"yes", "no", NULL};
static const char *const kinds[] = {"consult", "help", "complaint", "report", "suggestion", "praise", NULL};
static const char *const filers[] = {"person", "enterprise", "organisation", NULL};

/* Codes as typed may hold blanks; buttons and the way back are words of our own. */
enum { TYPED_CODE_CHARS = 20, WORD_CHARS = 16, UPLOAD_ID_CHARS = 100, DRAFT_NAME_CHARS = 300, LNG_MAX = 1800000000, LAT_MAX = 900000000 };

#define TO(form) {FORM_FIELD(struct form, to, "to", FIELD_CODE), .max = WORD_CHARS}
#define DRAFT(form) {FORM_FIELD(struct form, draft, "draft", FIELD_TEXT), .max = DRAFT_NAME_CHARS}
#define GO(form) {FORM_FIELD(struct form, go, "go", FIELD_CODE), .max = WORD_CHARS}

static const struct form_field words_fields[] = {
    {FORM_FIELD(struct new_words_form, kind, "kind", FIELD_CHOICE), .choices = kinds},
    {FORM_FIELD(struct new_words_form, text, "text", FIELD_AREA), .max = LIMIT_TEXT_CHARS},
    GO(new_words_form),
    TO(new_words_form),
};
const struct form_spec new_words_form = {FORM_SPEC("new_words", struct new_words_form, words_fields)};

static const struct form_field category_fields[] = {
    {FORM_FIELD(struct new_category_form, category, "category", FIELD_CODE), .required = true, .max = LIMIT_CODE_CHARS},
    TO(new_category_form),
    DRAFT(new_category_form),
};
const struct form_spec new_category_form = {FORM_SPEC("new_category", struct new_category_form, category_fields)};

static const struct form_field place_fields[] = {
    {FORM_FIELD(struct new_place_form, area, "area", FIELD_CODE), .required = true, .max = LIMIT_CODE_CHARS},
    TO(new_place_form),
    DRAFT(new_place_form),
};
const struct form_spec new_place_form = {FORM_SPEC("new_place", struct new_place_form, place_fields)};

static const struct form_field address_fields[] = {
    {FORM_FIELD(struct new_address_form, address, "address", FIELD_TEXT), .max = LIMIT_ADDRESS_CHARS},
    {FORM_FIELD_HAS(struct new_address_form, lng, has_lng, "lng", FIELD_LNGLAT), .min_value = -LNG_MAX,
     .max_value = LNG_MAX},
    {FORM_FIELD_HAS(struct new_address_form, lat, has_lat, "lat", FIELD_LNGLAT), .min_value = -LAT_MAX,
     .max_value = LAT_MAX},
    TO(new_address_form),
    DRAFT(new_address_form),
};
const struct form_spec new_address_form = {FORM_SPEC("new_address", struct new_address_form, address_fields)};

static const struct form_field photos_fields[] = {
    {FORM_FIELD(struct new_photos_form, files, "file", FIELD_FILES), .max = LIMIT_UPLOADS,
     .max_bytes = LIMIT_RECORDING_BYTES},
    {FORM_FIELD(struct new_photos_form, remove, "remove", FIELD_CODE), .max = UPLOAD_ID_CHARS},
    GO(new_photos_form),
    TO(new_photos_form),
    DRAFT(new_photos_form),
};
const struct form_spec new_photos_form = {FORM_SPEC("new_photos", struct new_photos_form, photos_fields)};

static const struct form_field contact_fields[] = {
    {FORM_FIELD(struct new_contact_form, phone, "phone", FIELD_TEXT), .max = LIMIT_PHONE_CHARS},
    {FORM_FIELD(struct new_contact_form, name, "name", FIELD_TEXT), .max = LIMIT_NAME_CHARS},
    {FORM_FIELD(struct new_contact_form, filer, "filer", FIELD_CHOICE), .choices = filers},
    {FORM_FIELD(struct new_contact_form, org, "org", FIELD_TEXT), .max = LIMIT_TITLE_CHARS},
    {FORM_FIELD(struct new_contact_form, is_public, "public", FIELD_CHOICE), .required = true, .choices = yes_no},
    {FORM_FIELD(struct new_contact_form, reported_unit, "reported_unit", FIELD_TEXT), .max = LIMIT_TITLE_CHARS},
    {FORM_FIELD(struct new_contact_form, confidential, "confidential", FIELD_BOOL)},
    {FORM_FIELD(struct new_contact_form, no_reply, "no_reply", FIELD_BOOL)},
    TO(new_contact_form),
    DRAFT(new_contact_form),
};
const struct form_spec new_contact_form = {FORM_SPEC("new_contact", struct new_contact_form, contact_fields)};

static const struct form_field code_fields[] = {
    {FORM_FIELD(struct new_code_form, code, "code", FIELD_TEXT), .max = TYPED_CODE_CHARS},
    GO(new_code_form),
    TO(new_code_form),
    DRAFT(new_code_form),
};
const struct form_spec new_code_form = {FORM_SPEC("new_code", struct new_code_form, code_fields)};

static const struct form_field check_fields[] = {
    {FORM_FIELD(struct new_check_form, once, "once", FIELD_CODE), .max = LIMIT_IDEMPOTENCY_KEY_CHARS},
    GO(new_check_form),
    DRAFT(new_check_form),
};
const struct form_spec new_check_form = {FORM_SPEC("new_check", struct new_check_form, check_fields)};

static const struct form_field join_fields[] = {
    {FORM_FIELD(struct new_join_form, public_id, "public_id", FIELD_CODE), .required = true, .max = LIMIT_CODE_CHARS},
};
const struct form_spec new_join_form = {FORM_SPEC("new_join", struct new_join_form, join_fields)};

static const char *const take_keep[] = {"take", "keep", NULL};
static const struct form_field resume_fields[] = {
    {FORM_FIELD(struct new_resume_form, draft, "draft", FIELD_CODE), .max = 2 * DRAFT_FORM_KEY_BYTES},
    {FORM_FIELD(struct new_resume_form, go, "go", FIELD_CHOICE), .required = true, .choices = take_keep},
};
const struct form_spec new_resume_form = {FORM_SPEC("new_resume", struct new_resume_form, resume_fields)};
