/*
 * words.h - the enumerations of the product with their public words.
 *
 * The numbers stand in the database, the words in JSON, forms and message keys: both are never changed or reused. A word
 * list is closed here, open for readers of the API (contracts, section 1: unknown values must be tolerated).
 * word(WORDS_KIND, 3) = "complaint"; empty when unknown.
 */
#ifndef APP_WORDS_H
#define APP_WORDS_H

#include "base/str.h"

enum app_lang { APP_ZH = 0, APP_EN = 1, APP_LANGS = 2 };

enum kind { KIND_CONSULT = 1, KIND_HELP, KIND_COMPLAINT, KIND_REPORT, KIND_SUGGESTION, KIND_PRAISE, KIND_END };
enum channel { CHANNEL_WEB = 1, CHANNEL_MINIPROGRAM, CHANNEL_PHONE, CHANNEL_OPEN311, CHANNEL_DOORCODE, CHANNEL_IMPORT,
               CHANNEL_END };
enum applicant { APPLICANT_PERSON = 1, APPLICANT_ENTERPRISE, APPLICANT_ORGANISATION, APPLICANT_END };

/* The public status is the state: few, and each said in one word. Finer truth stands in events and assignments. */
enum ticket_state { STATE_NONE = 0 /* before filing */, STATE_RECEIVED, STATE_DISPATCHED, STATE_HANDLING, STATE_REPLIED,
                    STATE_RATING, STATE_CLOSED, STATE_DIVERTED, STATE_WITHDRAWN, STATE_END };

/* [T 11, third paragraph, items 1 to 6] */
enum diversion { DIVERT_NONE = 0, DIVERT_EMERGENCY, DIVERT_LEGAL, DIVERT_REPEAT, DIVERT_SECRET, DIVERT_OUTSIDE,
                 DIVERT_UNLAWFUL, DIVERT_END };

enum role { ROLE_LEAD = 1, ROLE_CO, ROLE_COPY /* district, to urge [T 12] */, ROLE_WHISTLE /* [T 16] */, ROLE_RELAY /* [T 22] */,
            ROLE_JOINT /* second lead, dispatched at once with the first */, ROLE_ESCALATION /* asked to co-ordinate [T 20] */,
            ROLE_CONSULT /* asked for an opinion before dispatch [T 12] */, ROLE_END };
enum assignment_state { ASSIGN_SENT = 1, ASSIGN_SIGNED, ASSIGN_DONE, ASSIGN_RETURNED, ASSIGN_ENDED, ASSIGN_END };
enum lead_kind { LEAD_NONE = 0, LEAD_STREET, LEAD_BUREAU, LEAD_CITY, LEAD_UTILITY, LEAD_DISTRICT, LEAD_KIND_END };

/* Event codes; the word is the message key: event.<word>, event.<word>_detail. */
enum event_code {
    EVENT_RECEIVED = 1,     /* channel; of a call answered on the spot: unit, due, own, as EVENT_TRIAGE */
    EVENT_DISPATCHED,       /* unit; category, area, rule, level, due, co=unit;unit, copy=unit */
    EVENT_TRIAGE,           /* unit; due: not sure of the category, the hotline centre will choose */
    EVENT_DIVERTED,         /* class */
    EVENT_SIGNED,           /* unit */
    EVENT_CONTACTED,        /* unit; attempt */
    EVENT_CONTACT_FAILED,   /* unit; attempt */
    EVENT_NOTE,             /* unit; internal, never public */
    EVENT_EXTENDED,         /* unit; old, new (due times); words = reason to the citizen [T 15] */
    EVENT_COWORK_ASKED,     /* unit asks; to, due */
    EVENT_COWORK_REPORTED,  /* unit; stage=1 when it is a stage report [T 14] */
    EVENT_REPLIED,          /* unit; outcome; words = public reply */
    EVENT_RATING_INVITED,   /* due time has passed, how was it? [T 23] */
    EVENT_RATED,            /* contacted, solved, satisfaction; words */
    EVENT_CLOSED,           /* why = rated, unanswered, no_reply, staff */
    EVENT_MESSAGE,          /* citizen adds facts; words; files */
    EVENT_URGED,            /* n */
    EVENT_WITHDRAWN,        /* words */
    EVENT_OBJECTED,         /* words */
    EVENT_REOPENED,         /* unit = who reviews; round, due */
    EVENT_WARNED,           /* unit; due; internal */
    EVENT_OVERDUE,          /* unit; due */
    EVENT_REDISPATCHED,     /* unit; category, area, rule, level, due */
    EVENT_MERGED,           /* into */
    EVENT_PUBLISHED,        /* public_id */
    EVENT_ERASED,           /* personal data erased at the citizen's wish [PIPL 47] */
    EVENT_RETURN_ASKED,     /* unit; ground, n: "not ours" [T 12]; the argument stands in an internal note (about) */
    EVENT_RETURN_REFUSED,   /* unit = who must go on; words of the arbiter */
    EVENT_RETURN_ACCEPTED,  /* unit = who is free of it; words of the arbiter */
    EVENT_CONSULTED,        /* unit; with=unit;unit, due: opinions are asked before dispatch and stay internal [T 12] */
    EVENT_JOINT_DISPATCHED, /* unit; to: a second lead is sent it at the same time */
    EVENT_WHISTLED,         /* unit calls; to=unit;unit, by (to come), due (to deliver); words = task [T 16] */
    EVENT_WHISTLE_REPORTED, /* unit has come */
    EVENT_WHISTLE_DELIVERED, /* unit; stage=1 when it is a stage report with reasons [T 14]; words */
    EVENT_WHISTLE_OVERDUE,  /* unit; due, step; internal */
    EVENT_ESCALATED,        /* unit asks; to, due; words [T 20] */
    EVENT_ESCALATION_ANSWERED, /* unit; words */
    EVENT_RELAYED,          /* unit; body, name; words = what was sent [T 21, 22] */
    EVENT_RELAY_ANSWERED,   /* unit; body, name, seq of the relay; words */
    EVENT_HELPER_ASKED,     /* unit; helper, name; words = what is asked [T 17] */
    EVENT_PAUSED,           /* unit; reason; words = to the citizen: the unit's clock stands, the promise does not move */
    EVENT_RESUMED,          /* unit; old, new (due times of the unit) */
    EVENT_REMINDED,         /* unit; step of the ladder; internal */
    EVENT_SUPERVISED,       /* unit; level, due; words: 督办 */
    EVENT_SUPERVISION_ANSWERED, /* unit; words */
    EVENT_VISIT_ATTEMPTED,  /* n, result: the call-back by phone [T 23] */
    EVENT_VISITED,          /* the three answers were given by phone; EVENT_RATED follows */
    EVENT_VISIT_VOID,       /* n: nobody answered, no valid call-back */
    EVENT_REVIEWED,         /* unit; review: the second look of another unit; words */
    EVENT_LEVEL_RAISED,     /* mode, level, due: urgent mode */
    EVENT_LINKED,           /* to = number of a demand of the same matter [T 11 (3)] */
    EVENT_ABSORBED,         /* n: another demand of the same matter was merged into this one */
    EVENT_RECLASSIFIED,     /* unit; category, area, old_category, old_area: corrected before dispatch */
    EVENT_UNMERGED,         /* unit: the merge was wrong, it goes its own way again; EVENT_REDISPATCHED follows */
    EVENT_END
};

/* Why a unit says that a demand is not its own. */
enum return_ground { GROUND_NOT_DUTY = 1, GROUND_NOT_AREA, GROUND_DUPLICATE, GROUND_CATEGORY, GROUND_SEVERAL, GROUND_END };
/* What a unit may wait for: its clock stands meanwhile. */
enum pause_reason { PAUSE_CITIZEN = 1, PAUSE_WEATHER, PAUSE_SEASON, PAUSE_LEGAL, PAUSE_END };
/* Bodies that the city cannot instruct; matters are passed on to them [T 21, 22]. */
enum outside_body { BODY_CENTRAL = 1, BODY_MILITARY, BODY_JUDICIAL, BODY_NEIGHBOUR, BODY_OTHER, BODY_END };
/* Who may help, and never leads [T 17]. */
enum helper { HELPER_COMMUNITY = 1, HELPER_PROPERTY, HELPER_END };
/* What a second look finds. */
enum review { REVIEW_UPHELD = 1, REVIEW_REDO, REVIEW_END };

enum outcome { OUTCOME_SOLVED = 1, OUTCOME_UNDERWAY /* conditions are being made */, OUTCOME_EXPLAINED /* cannot be, explained */,
               OUTCOME_END };
/* Three grades use 2, 3, 4; five use all. */
enum satisfaction { SATISFIED_VERY = 1, SATISFIED_YES, SATISFIED_BASICALLY, SATISFIED_NO, SATISFIED_NOT_AT_ALL,
                    SATISFACTION_END };
enum upload_kind { UPLOAD_PHOTO = 1, UPLOAD_VIDEO, UPLOAD_VOICE, UPLOAD_KIND_END };
enum upload_state { UPLOAD_RECEIVED = 1, UPLOAD_READY, UPLOAD_REFUSED, UPLOAD_GONE, UPLOAD_STATE_END };
enum area_level { AREA_DISTRICT = 1, AREA_STREET, AREA_COMMUNITY };

/* What is written to the audit (app/audit.h): the act, and what it was about. Each has its words in audit.action.* and audit.object.*. */
enum audit_action {
    AUDIT_NONE = 0,
    AUDIT_SIGN_IN, AUDIT_SIGN_IN_FAILED, AUDIT_CONFIRM_FAILED, AUDIT_RECOVERY_USED, AUDIT_RECOVERY_NEW,
    AUDIT_PASSWORD_CHANGE, AUDIT_PASSWORD_RESET, AUDIT_TOTP_ENROL, AUDIT_TOTP_RESET, AUDIT_SESSIONS_END, AUDIT_STAFF_ADD,
    AUDIT_STAFF_EDIT, AUDIT_STAFF_DISABLE, AUDIT_STAFF_ENABLE, AUDIT_ROLE_GRANT, AUDIT_ROLE_REVOKE, AUDIT_SERVICE_ADD,
    AUDIT_SERVICE_DISABLE, AUDIT_SERVICE_ENABLE, AUDIT_SERVICE_KEY_NEW, AUDIT_SERVICE_KEY_END, AUDIT_SERVICE_KEY_REFUSED,
    AUDIT_CALLER_SEARCH, AUDIT_CONTACT_REVEAL, AUDIT_REVEAL_LIMIT, AUDIT_WALL_EXPORT, AUDIT_ACCOUNT_EXPORT,
    AUDIT_ACCOUNT_DELETE, AUDIT_TEMPLATE_PUT, AUDIT_TEMPLATE_RETIRE, AUDIT_RULES_DRAFT, AUDIT_RULE_PUT, AUDIT_RULE_REMOVE,
    AUDIT_RULES_PUBLISH, AUDIT_RULES_REVERT, AUDIT_RULES_DROP, AUDIT_URGENT_START, AUDIT_URGENT_END, AUDIT_AUDIT_READ,
    AUDIT_CHAIN_CHECK,
    AUDIT_ACTION_END
};
enum audit_object {
    AUDIT_OF_NONE = 0,
    AUDIT_OF_TICKET, AUDIT_OF_ACCOUNT, AUDIT_OF_STAFF, AUDIT_OF_SERVICE, AUDIT_OF_REPLY_TEMPLATE, AUDIT_OF_RULE_SET,
    AUDIT_OF_URGENT_MODE, AUDIT_OF_WALL, AUDIT_OF_AUDIT,
    AUDIT_OF_END
};
extern const char *const audit_action_words[AUDIT_ACTION_END + 1]; /* [0] is NULL, and so is the last: choices of a form from [1] on */

enum words { WORDS_KIND, WORDS_CHANNEL, WORDS_APPLICANT, WORDS_STATUS, WORDS_DIVERSION, WORDS_ROLE, WORDS_ASSIGNMENT,
             WORDS_LEAD_KIND, WORDS_EVENT, WORDS_OUTCOME, WORDS_SATISFACTION, WORDS_UPLOAD_KIND, WORDS_UPLOAD_STATE,
             WORDS_GROUND, WORDS_PAUSE, WORDS_BODY, WORDS_HELPER, WORDS_REVIEW, WORDS_AUDIT_ACTION,
             WORDS_AUDIT_OBJECT, WORDS_COUNT };

struct str word(enum words list, int value);                       /* empty = not a value of the list */
bool word_find(enum words list, struct str w, int *ret);           /* false = not a word of the list */
int words_end(enum words list);                                    /* values are 1 .. end-1 */

#endif
