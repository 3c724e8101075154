/*
 * staff_people_form.c - the second table for administrators.
 *
 * Contract: shape alone is judged here; what an administrator may give is judged in app.
 */
#include "app/staff.h"
#include "base/limits.h"
#include "pages/staff_people.h"

enum { LOGIN_TYPED_CHARS = 100, UNIT_TYPED_CHARS = 120, DAY_CHARS = 10, WORD_CHARS = 16 };

static const struct form_field people_query_fields[] = {
    {FORM_FIELD(struct staff_people_query, unit, "unit", FIELD_TEXT), .max = UNIT_TYPED_CHARS},
    {FORM_FIELD(struct staff_people_query, q, "q", FIELD_TEXT), .max = LOGIN_TYPED_CHARS},
    {FORM_FIELD(struct staff_people_query, after, "after", FIELD_TEXT), .max = LOGIN_TYPED_CHARS},
};
const struct form_spec staff_people_query = {FORM_SPEC("staff_people_query", struct staff_people_query, people_query_fields)};

#define GRANT_FIELDS(must)                                                                                             \
    {FORM_FIELD(struct staff_person_form, role, "role", FIELD_CODE), .required = must, .max = WORD_CHARS},              \
    {FORM_FIELD(struct staff_person_form, scope, "scope", FIELD_TEXT), .max = UNIT_TYPED_CHARS},                        \
    {FORM_FIELD(struct staff_person_form, area, "area", FIELD_CODE), .max = LIMIT_CODE_CHARS},                          \
    {FORM_FIELD(struct staff_person_form, category, "category", FIELD_CODE), .max = LIMIT_CODE_CHARS}

static const struct form_field person_new_fields[] = {
    {FORM_FIELD(struct staff_person_form, login, "login", FIELD_TEXT), .required = true, .max = LOGIN_TYPED_CHARS},
    {FORM_FIELD(struct staff_person_form, name, "name", FIELD_TEXT), .required = true, .max = STAFF_NAME_CHARS},
    {FORM_FIELD(struct staff_person_form, unit, "unit", FIELD_TEXT), .required = true, .max = UNIT_TYPED_CHARS},
    GRANT_FIELDS(true),
};
const struct form_spec staff_person_new_form = {FORM_SPEC("staff_person_new", struct staff_person_form, person_new_fields)};

static const struct form_field person_edit_fields[] = {
    {FORM_FIELD(struct staff_person_form, name, "name", FIELD_TEXT), .required = true, .max = STAFF_NAME_CHARS},
    {FORM_FIELD(struct staff_person_form, unit, "unit", FIELD_TEXT), .required = true, .max = UNIT_TYPED_CHARS},
    {FORM_FIELD(struct staff_person_form, version, "version", FIELD_INT), .required = true, .min_value = 1, .max_value = UINT32_MAX},
};
const struct form_spec staff_person_edit_form = {FORM_SPEC("staff_person_edit", struct staff_person_form, person_edit_fields)};

static const struct form_field grant_fields[] = {
    GRANT_FIELDS(true),
};
const struct form_spec staff_grant_form = {FORM_SPEC("staff_grant", struct staff_person_form, grant_fields)};

static const struct form_field go_fields[] = {
    {FORM_FIELD(struct staff_go_form, go, "go", FIELD_CODE), .required = true, .max = WORD_CHARS},
    {FORM_FIELD(struct staff_go_form, hint, "hint", FIELD_CODE), .max = WORD_CHARS},
};
const struct form_spec staff_go_form = {FORM_SPEC("staff_go", struct staff_go_form, go_fields)};

static const struct form_field service_fields[] = {
    {FORM_FIELD(struct staff_person_form, name, "name", FIELD_TEXT), .required = true, .max = STAFF_NAME_CHARS},
    {FORM_FIELD(struct staff_person_form, unit, "unit", FIELD_TEXT), .required = true, .max = UNIT_TYPED_CHARS},
    GRANT_FIELDS(true),
};
const struct form_spec staff_service_form = {FORM_SPEC("staff_service", struct staff_person_form, service_fields)};

static const struct form_field units_query_fields[] = {
    {FORM_FIELD(struct staff_units_query, top, "top", FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {FORM_FIELD(struct staff_units_query, on, "on", FIELD_TEXT), .max = DAY_CHARS},
};
const struct form_spec staff_units_query = {FORM_SPEC("staff_units_query", struct staff_units_query, units_query_fields)};
