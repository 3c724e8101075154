/*
 * words.c - the tables behind words.h. A number or word is never changed: both are stored or published.
 */
#include "app/words.h"


struct list {
    const char *const *w;
    int end;
};

static const char *const kinds[] = {NULL, "consult", "help", "complaint", "report", "suggestion", "praise"};
static const char *const channels[] = {NULL, "web", "miniprogram", "phone", "open311", "doorcode", "import"};
static const char *const applicants[] = {NULL, "person", "enterprise", "organisation"};
static const char *const statuses[] = {NULL,     "received", "dispatched", "handling", "replied",
                                       "rating", "closed",   "diverted",   "withdrawn"};
static const char *const diversions[] = {NULL, "emergency", "legal", "repeat", "secret", "outside", "unlawful"};
static const char *const roles[] = {NULL, "lead", "co", "copy", "whistle", "relay", "joint", "escalation", "consult"};
static const char *const assignments[] = {NULL, "sent", "signed", "done", "returned", "ended"};
static const char *const lead_kinds[] = {NULL, "street", "bureau", "city", "utility", "district"};
static const char *const events[] = {
    NULL,        "received",        "dispatched", "triage",         "diverted", "signed",  "contacted",
    "contact_failed", "note",       "extended",   "cowork_asked",   "cowork_reported",     "replied",
    "rating_invited", "rated",      "closed",     "message",        "urged",    "withdrawn",
    "objected",  "reopened",        "warned",     "overdue",        "redispatched",        "merged",
    "published", "erased",          "return_asked",          "return_refused",      "return_accepted",
    "consulted", "joint_dispatched", "whistled", "whistle_reported",    "whistle_delivered",   "whistle_overdue",
    "escalated", "escalation_answered",          "relayed",  "relay_answered",      "helper_asked", "paused",
    "resumed",   "reminded",        "supervised", "supervision_answered",           "visit_attempted", "visited",
    "visit_void", "reviewed",       "level_raised", "linked", "absorbed", "reclassified", "unmerged"};
static const char *const grounds[] = {NULL, "not_duty", "not_area", "duplicate", "category", "several"};
static const char *const pauses[] = {NULL, "citizen", "weather", "season", "legal"};
static const char *const bodies[] = {NULL, "central", "military", "judicial", "neighbour", "other"};
static const char *const helpers[] = {NULL, "community", "property"};
static const char *const reviews[] = {NULL, "upheld", "redo"};
static const char *const outcomes[] = {NULL, "solved", "underway", "explained"};
static const char *const satisfactions[] = {NULL, "very_satisfied", "satisfied", "basically_satisfied", "dissatisfied",
                                            "very_dissatisfied"};
static const char *const upload_kinds[] = {NULL, "photo", "video", "voice"};
static const char *const upload_states[] = {NULL, "received", "ready", "refused", "gone"};

const char *const audit_action_words[AUDIT_ACTION_END + 1] = {
    NULL,
    "sign_in", "sign_in_failed", "confirm_failed", "recovery_used", "recovery_new", "password_change", "password_reset",
    "totp_enrol", "totp_reset", "sessions_end", "staff_add", "staff_edit", "staff_disable", "staff_enable", "role_grant",
    "role_revoke", "service_add", "service_disable", "service_enable", "service_key_new", "service_key_end",
    "service_key_refused", "caller_search", "contact_reveal", "reveal_limit", "wall_export", "account_export",
    "account_delete", "template_put", "template_retire", "rules_draft", "rule_put", "rule_remove", "rules_publish",
    "rules_revert", "rules_drop", "urgent_start", "urgent_end", "audit_read", "chain_check",
};
static const char *const audit_objects[] = {
    NULL,
    "ticket", "account", "staff", "service", "reply_template", "rule_set", "urgent_mode", "wall", "audit"};

#define ROW(table, stop) {table, stop}
#define FITS(table, stop) _Static_assert(sizeof(table) / sizeof(table[0]) == (stop), "words of " #table)

FITS(kinds, KIND_END);
FITS(channels, CHANNEL_END);
FITS(applicants, APPLICANT_END);
FITS(audit_objects, AUDIT_OF_END);
FITS(statuses, STATE_END);
FITS(diversions, DIVERT_END);
FITS(roles, ROLE_END);
FITS(assignments, ASSIGN_END);
FITS(lead_kinds, LEAD_KIND_END);
FITS(events, EVENT_END);
FITS(grounds, GROUND_END);
FITS(pauses, PAUSE_END);
FITS(bodies, BODY_END);
FITS(helpers, HELPER_END);
FITS(reviews, REVIEW_END);
FITS(outcomes, OUTCOME_END);
FITS(satisfactions, SATISFACTION_END);
FITS(upload_kinds, UPLOAD_KIND_END);
FITS(upload_states, UPLOAD_STATE_END);

static const struct list lists[WORDS_COUNT] = {
    [WORDS_KIND] = ROW(kinds, KIND_END),
    [WORDS_CHANNEL] = ROW(channels, CHANNEL_END),
    [WORDS_APPLICANT] = ROW(applicants, APPLICANT_END),
    [WORDS_STATUS] = ROW(statuses, STATE_END),
    [WORDS_DIVERSION] = ROW(diversions, DIVERT_END),
    [WORDS_ROLE] = ROW(roles, ROLE_END),
    [WORDS_ASSIGNMENT] = ROW(assignments, ASSIGN_END),
    [WORDS_LEAD_KIND] = ROW(lead_kinds, LEAD_KIND_END),
    [WORDS_EVENT] = ROW(events, EVENT_END),
    [WORDS_OUTCOME] = ROW(outcomes, OUTCOME_END),
    [WORDS_SATISFACTION] = ROW(satisfactions, SATISFACTION_END),
    [WORDS_UPLOAD_KIND] = ROW(upload_kinds, UPLOAD_KIND_END),
    [WORDS_UPLOAD_STATE] = ROW(upload_states, UPLOAD_STATE_END),
    [WORDS_AUDIT_ACTION] = ROW(audit_action_words, AUDIT_ACTION_END),
    [WORDS_AUDIT_OBJECT] = ROW(audit_objects, AUDIT_OF_END),
    [WORDS_GROUND] = ROW(grounds, GROUND_END),
    [WORDS_PAUSE] = ROW(pauses, PAUSE_END),
    [WORDS_BODY] = ROW(bodies, BODY_END),
    [WORDS_HELPER] = ROW(helpers, HELPER_END),
    [WORDS_REVIEW] = ROW(reviews, REVIEW_END),
};

struct str word(enum words list, int value)
{
    return value > 0 && value < lists[list].end ? str_from_c(lists[list].w[value]) : STR_NONE;
}

bool word_find(enum words list, struct str w, int *ret)
{
    for (int i = 1; i < lists[list].end; i++)
        if (str_eq_c(w, lists[list].w[i])) {
            *ret = i;
            return true;
        }
    return false;
}

int words_end(enum words list)
{
    return lists[list].end;
}
