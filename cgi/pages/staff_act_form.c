/*
 * staff_act_form.c - the second table for the acts of the staff: one row of fields for each.
 *
 * Contract: shape alone is judged here (lengths, closed lists); what a demand and its state allow is judged in app.
 */
#include "pages/staff_act_form.h"

#include "base/limits.h"
#include "pages/once.h"

static const char *const yes_no[] = {"yes", "no", NULL};
static const char *const outcomes[] = {"solved", "underway", "explained", NULL};
static const char *const classes[] = {"emergency", "legal", "repeat", "secret", "outside", "unlawful", NULL};
static const char *const grounds[] = {"not_duty", "not_area", "duplicate", "category", "several", NULL};
static const char *const reasons[] = {"citizen", "weather", "season", "legal", NULL};
static const char *const bodies[] = {"central", "military", "judicial", "neighbour", "other", NULL};
static const char *const helpers[] = {"community", "property", NULL};
static const char *const reviews[] = {"upheld", "redo", NULL};

enum { UPLOAD_ID_CHARS = 80, TIME_CHARS = 40, TICKET_NO_CHARS = 60, UNITS_MAX = 8, NAME_CHARS = 60 };

/* clang-format off */
#define F(member, kind) FORM_FIELD(struct staff_act_form, member, #member, kind)
#define VERSION {F(version, FIELD_INT), .min_value = 0, .max_value = UINT32_MAX}, {F(once, FIELD_CODE), .max = ONCE_CHARS}

static const struct form_field none_fields[] = {
    VERSION,
};
const struct form_spec staff_act_none = {FORM_SPEC("staff_none", struct staff_act_form, none_fields)};

static const struct form_field words_fields[] = {
    VERSION,
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_words = {FORM_SPEC("staff_words", struct staff_act_form, words_fields)};

static const struct form_field answer_fields[] = {
    VERSION,
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_answer = {FORM_SPEC("staff_answer", struct staff_act_form, answer_fields)};

static const struct form_field divert_fields[] = {
    VERSION,
    {F(class, FIELD_CHOICE), .required = true, .choices = classes},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
    {F(other, FIELD_TEXT), .max = TICKET_NO_CHARS},
    {F(unit_code, FIELD_CODE), .max = LIMIT_CODE_CHARS},
};
const struct form_spec staff_act_divert = {FORM_SPEC("staff_divert", struct staff_act_form, divert_fields)};

static const struct form_field reclassify_fields[] = {
    VERSION,
    {F(category_code, FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {F(area_code, FIELD_CODE), .max = LIMIT_CODE_CHARS},
};
const struct form_spec staff_act_reclassify = {FORM_SPEC("staff_reclassify", struct staff_act_form, reclassify_fields)};

static const struct form_field other_fields[] = {
    VERSION,
    {F(other, FIELD_TEXT), .required = true, .max = TICKET_NO_CHARS},
};
const struct form_spec staff_act_other = {FORM_SPEC("staff_other", struct staff_act_form, other_fields)};

static const struct form_field dispatch_fields[] = {
    VERSION,
    {F(category_code, FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {F(unit_code, FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {F(joint, FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {F(words, FIELD_AREA), .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_dispatch = {FORM_SPEC("staff_dispatch", struct staff_act_form, dispatch_fields)};

static const struct form_field unit_fields[] = {
    VERSION,
    {F(unit_code, FIELD_CODE), .required = true, .max = LIMIT_CODE_CHARS},
};
const struct form_spec staff_act_unit = {FORM_SPEC("staff_unit", struct staff_act_form, unit_fields)};

static const struct form_field consult_fields[] = {
    VERSION,
    {F(units, FIELD_LIST), .required = true, .min = 1, .max = UNITS_MAX},
    {F(due, FIELD_TEXT), .max = TIME_CHARS},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_consult = {FORM_SPEC("staff_consult", struct staff_act_form, consult_fields)};

static const struct form_field contact_fields[] = {
    VERSION,
    {F(reached, FIELD_CHOICE), .required = true, .choices = yes_no},
};
const struct form_spec staff_act_contact = {FORM_SPEC("staff_contact", struct staff_act_form, contact_fields)};

static const struct form_field note_fields[] = {
    VERSION,
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
    {F(for_hotline, FIELD_BOOL)},
    {FORM_FIELD(struct staff_act_form, files, "file", FIELD_FILES), .max = LIMIT_UPLOADS, .max_bytes = LIMIT_RECORDING_BYTES},
};
const struct form_spec staff_act_note = {FORM_SPEC("staff_note", struct staff_act_form, note_fields)};

static const struct form_field note_json_fields[] = {
    VERSION,
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
    {F(for_hotline, FIELD_BOOL)},
    {F(uploads, FIELD_LIST), .max = LIMIT_UPLOADS, .max_value = UPLOAD_ID_CHARS},
};
const struct form_spec staff_act_note_json = {FORM_SPEC("staff_note_json", struct staff_act_form, note_json_fields)};

static const struct form_field extend_fields[] = {
    VERSION,
    {F(until, FIELD_TEXT), .required = true, .max = TIME_CHARS},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_extend = {FORM_SPEC("staff_extend", struct staff_act_form, extend_fields)};

static const struct form_field decide_fields[] = {
    VERSION,
    {F(approve, FIELD_CHOICE), .required = true, .choices = yes_no},
    {F(words, FIELD_AREA), .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_decide = {FORM_SPEC("staff_decide", struct staff_act_form, decide_fields)};

static const struct form_field cowork_fields[] = {
    VERSION,
    {F(unit_code, FIELD_CODE), .required = true, .max = LIMIT_CODE_CHARS},
    {F(due, FIELD_TEXT), .max = TIME_CHARS},
};
const struct form_spec staff_act_cowork = {FORM_SPEC("staff_cowork", struct staff_act_form, cowork_fields)};

static const struct form_field stage_fields[] = {
    VERSION,
    {F(stage, FIELD_BOOL)},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_stage = {FORM_SPEC("staff_stage", struct staff_act_form, stage_fields)};

static const struct form_field reply_fields[] = {
    VERSION,
    {F(outcome, FIELD_CHOICE), .required = true, .choices = outcomes},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
    {F(account, FIELD_AREA), .max = LIMIT_REPLY_CHARS},
    {FORM_FIELD(struct staff_act_form, files, "file", FIELD_FILES), .max = LIMIT_UPLOADS, .max_bytes = LIMIT_RECORDING_BYTES},
    {F(internal, FIELD_BOOL)},
};
const struct form_spec staff_act_reply = {FORM_SPEC("staff_reply", struct staff_act_form, reply_fields)};

static const struct form_field reply_json_fields[] = {
    VERSION,
    {F(outcome, FIELD_CHOICE), .required = true, .choices = outcomes},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
    {F(account, FIELD_AREA), .max = LIMIT_REPLY_CHARS},
    {F(uploads, FIELD_LIST), .max = LIMIT_UPLOADS, .max_value = UPLOAD_ID_CHARS},
    {F(internal, FIELD_BOOL)},
};
const struct form_spec staff_act_reply_json = {FORM_SPEC("staff_reply_json", struct staff_act_form, reply_json_fields)};

static const struct form_field review_fields[] = {
    VERSION,
    {F(review, FIELD_CHOICE), .required = true, .choices = reviews},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
    {F(unit_code, FIELD_CODE), .max = LIMIT_CODE_CHARS},
};
const struct form_spec staff_act_review = {FORM_SPEC("staff_review", struct staff_act_form, review_fields)};

static const struct form_field return_fields[] = {
    VERSION,
    {F(ground, FIELD_CHOICE), .required = true, .choices = grounds},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
    {F(other, FIELD_TEXT), .max = TICKET_NO_CHARS},
    {F(unit_code, FIELD_CODE), .max = LIMIT_CODE_CHARS},
};
const struct form_spec staff_act_return = {FORM_SPEC("staff_return", struct staff_act_form, return_fields)};

static const struct form_field return_decide_fields[] = {
    VERSION,
    {F(approve, FIELD_CHOICE), .required = true, .choices = yes_no},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
    {F(unit_code, FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {F(category_code, FIELD_CODE), .max = LIMIT_CODE_CHARS},
};
const struct form_spec staff_act_return_decide = {FORM_SPEC("staff_return_decide", struct staff_act_form, return_decide_fields)};

static const struct form_field whistle_fields[] = {
    VERSION,
    {F(units, FIELD_LIST), .required = true, .min = 1, .max = UNITS_MAX},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
    {F(report_by, FIELD_TEXT), .max = TIME_CHARS},
    {F(due, FIELD_TEXT), .max = TIME_CHARS},
};
const struct form_spec staff_act_whistle = {FORM_SPEC("staff_whistle", struct staff_act_form, whistle_fields)};

static const struct form_field escalate_fields[] = {
    VERSION,
    {F(unit_code, FIELD_CODE), .required = true, .max = LIMIT_CODE_CHARS},
    {F(due, FIELD_TEXT), .max = TIME_CHARS},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_escalate = {FORM_SPEC("staff_escalate", struct staff_act_form, escalate_fields)};

static const struct form_field relay_fields[] = {
    VERSION,
    {F(body, FIELD_CHOICE), .required = true, .choices = bodies},
    {F(name, FIELD_TEXT), .required = true, .max = NAME_CHARS},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_relay = {FORM_SPEC("staff_relay", struct staff_act_form, relay_fields)};

static const struct form_field relay_answer_fields[] = {
    VERSION,
    {F(seq, FIELD_INT), .required = true, .min_value = 1, .max_value = UINT32_MAX},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_relay_answer = {FORM_SPEC("staff_relay_answer", struct staff_act_form, relay_answer_fields)};

static const struct form_field helper_fields[] = {
    VERSION,
    {F(helper, FIELD_CHOICE), .required = true, .choices = helpers},
    {F(name, FIELD_TEXT), .required = true, .max = NAME_CHARS},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_helper = {FORM_SPEC("staff_helper", struct staff_act_form, helper_fields)};

static const struct form_field pause_fields[] = {
    VERSION,
    {F(reason, FIELD_CHOICE), .required = true, .choices = reasons},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_pause = {FORM_SPEC("staff_pause", struct staff_act_form, pause_fields)};

static const struct form_field supervise_fields[] = {
    VERSION,
    {F(due, FIELD_TEXT), .max = TIME_CHARS},
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_supervise = {FORM_SPEC("staff_supervise", struct staff_act_form, supervise_fields)};

static const struct form_field close_fields[] = {
    VERSION,
    {F(words, FIELD_AREA), .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_close = {FORM_SPEC("staff_close", struct staff_act_form, close_fields)};

static const struct form_field publish_fields[] = {
    VERSION,
    {F(title, FIELD_TEXT), .required = true, .max = LIMIT_TITLE_CHARS},
    {F(text, FIELD_AREA), .required = true, .max = LIMIT_TEXT_CHARS},
    {F(words, FIELD_AREA), .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_publish = {FORM_SPEC("staff_publish", struct staff_act_form, publish_fields)};

static const struct form_field reveal_fields[] = {
    VERSION,
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
};
const struct form_spec staff_act_reveal = {FORM_SPEC("staff_reveal", struct staff_act_form, reveal_fields)};
static const struct form_field unmerge_fields[] = {
    VERSION,
    {F(words, FIELD_AREA), .required = true, .max = LIMIT_REPLY_CHARS},
    {F(category_code, FIELD_CODE), .max = LIMIT_CODE_CHARS},
};
const struct form_spec staff_act_unmerge = {FORM_SPEC("staff_unmerge", struct staff_act_form, unmerge_fields)};
/* clang-format on */
