/*
 * staff_form.c - the second table for signing in to the back office, and for oneself.
 *
 * Contract: shape alone is judged here. A password is not trimmed of its meaning: see password.h for what it must be.
 */
#include "pages/staff_form.h"

#include "app/password.h"
#include "app/staff.h"
#include "base/limits.h"

enum { CODE_CHARS = 20, ID_CHARS = 20, LOGIN_TYPED_CHARS = 100 };

static const struct form_field sign_in_fields[] = {
    {FORM_FIELD(struct staff_sign_in_form, login, "login", FIELD_TEXT), .required = true, .max = LOGIN_TYPED_CHARS},
    {FORM_FIELD(struct staff_sign_in_form, password, "password", FIELD_SECRET), .required = true, .max = PASSWORD_MAX_CHARS},
    {FORM_FIELD(struct staff_sign_in_form, next, "next", FIELD_TEXT), .max = LIMIT_NEXT_CHARS},
};
const struct form_spec staff_sign_in_form = {FORM_SPEC("staff_sign_in", struct staff_sign_in_form, sign_in_fields)};

static const struct form_field code_fields[] = {
    {FORM_FIELD(struct staff_code_form, code, "code", FIELD_SECRET), .required = true, .max = CODE_CHARS},
    {FORM_FIELD(struct staff_code_form, next, "next", FIELD_TEXT), .max = LIMIT_NEXT_CHARS},
};
const struct form_spec staff_code_form = {FORM_SPEC("staff_code", struct staff_code_form, code_fields)};

static const struct form_field password_fields[] = {
    {FORM_FIELD(struct staff_password_form, old, "old", FIELD_SECRET), .max = PASSWORD_MAX_CHARS},
    {FORM_FIELD(struct staff_password_form, new, "new", FIELD_SECRET), .required = true, .max = PASSWORD_MAX_CHARS},
    {FORM_FIELD(struct staff_password_form, again, "again", FIELD_SECRET), .required = true, .max = PASSWORD_MAX_CHARS},
    {FORM_FIELD(struct staff_password_form, next, "next", FIELD_TEXT), .max = LIMIT_NEXT_CHARS},
};
const struct form_spec staff_password_form = {FORM_SPEC("staff_password", struct staff_password_form, password_fields)};

static const struct form_field confirm_fields[] = {
    {FORM_FIELD(struct staff_confirm_form, password, "password", FIELD_SECRET), .required = true, .max = PASSWORD_MAX_CHARS},
    {FORM_FIELD(struct staff_confirm_form, next, "next", FIELD_TEXT), .max = LIMIT_NEXT_CHARS},
};
const struct form_spec staff_confirm_form = {FORM_SPEC("staff_confirm", struct staff_confirm_form, confirm_fields)};

static const struct form_field session_fields[] = {
    {FORM_FIELD(struct staff_session_form, id, "id", FIELD_CODE), .max = ID_CHARS},
};
const struct form_spec staff_session_form = {FORM_SPEC("staff_session", struct staff_session_form, session_fields)};
