/*
 * me_form.c - the second table for signing in, one's own data, and feedback on articles.
 *
 * Contract: shape alone is judged here.
 */
#include "pages/me_form.h"

#include "base/limits.h"

static const char *const yes_no[] = {"yes", "no", NULL};

enum { TYPED_CODE_CHARS = 20, WORD_CHARS = 16 };

static const struct form_field login_fields[] = {
    {FORM_FIELD(struct login_form, phone, "phone", FIELD_TEXT), .required = true, .max = LIMIT_PHONE_CHARS},
    {FORM_FIELD(struct login_form, next, "next", FIELD_TEXT), .max = LIMIT_NEXT_CHARS},
};
const struct form_spec login_form = {FORM_SPEC("login", struct login_form, login_fields)};

static const struct form_field login_code_fields[] = {
    {FORM_FIELD(struct login_code_form, code, "code", FIELD_TEXT), .max = TYPED_CODE_CHARS},
    {FORM_FIELD(struct login_code_form, next, "next", FIELD_TEXT), .max = LIMIT_NEXT_CHARS},
    {FORM_FIELD(struct login_code_form, go, "go", FIELD_CODE), .max = WORD_CHARS},
};
const struct form_spec login_code_form = {FORM_SPEC("login_code", struct login_code_form, login_code_fields)};

static const struct form_field account_fields[] = {
    {FORM_FIELD(struct account_form, name, "name", FIELD_TEXT), .max = LIMIT_NAME_CHARS},
};
const struct form_spec account_form = {FORM_SPEC("account", struct account_form, account_fields)};

static const struct form_field account_delete_fields[] = {
    {FORM_FIELD(struct account_delete_form, sure, "sure", FIELD_BOOL)},
};
const struct form_spec account_delete_form = {FORM_SPEC("account_delete", struct account_delete_form, account_delete_fields)};

static const struct form_field kb_feedback_fields[] = {
    {FORM_FIELD(struct kb_feedback_form, article, "article", FIELD_INT), .required = true, .min_value = 1,
     .max_value = INT64_MAX},
    {FORM_FIELD(struct kb_feedback_form, useful, "useful", FIELD_CHOICE), .required = true, .choices = yes_no},
    {FORM_FIELD(struct kb_feedback_form, words, "words", FIELD_AREA), .max = LIMIT_FEEDBACK_CHARS},
};
const struct form_spec kb_feedback_form = {FORM_SPEC("kb_feedback", struct kb_feedback_form, kb_feedback_fields)};

static const struct form_field kb_miss_fields[] = {
    {FORM_FIELD(struct kb_miss_query, q, "q", FIELD_TEXT), .max = LIMIT_SEARCH_CHARS},
};
const struct form_spec kb_miss_query = {FORM_SPEC("kb_miss", struct kb_miss_query, kb_miss_fields)};
