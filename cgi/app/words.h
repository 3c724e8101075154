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
            ROLE_JOINT /* second lead of a joint dispatch */, ROLE_ESCALATION /* [T 20] */, ROLE_END };
enum assignment_state { ASSIGN_SENT = 1, ASSIGN_SIGNED, ASSIGN_DONE, ASSIGN_RETURNED, ASSIGN_ENDED, ASSIGN_END };
enum lead_kind { LEAD_NONE = 0, LEAD_STREET, LEAD_BUREAU, LEAD_CITY, LEAD_UTILITY, LEAD_DISTRICT, LEAD_KIND_END };

/* Event codes; the word is the message key: event.<word>, event.<word>_detail. */
enum event_code {
    EVENT_RECEIVED = 1,     /* channel */
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
    EVENT_RETURN_ASKED, /* unit; ground, n; words = argument, internal */
    EVENT_RETURN_REFUSED, /* unit = arbiter; words */
    EVENT_RETURN_ACCEPTED, /* unit = arbiter; words */
    EVENT_CONSULTED, /* unit; with=unit;unit; words internal */
    EVENT_JOINT_DISPATCHED, /* to */
    EVENT_WHISTLED, /* unit calls; to=unit;unit, due; words = task */
    EVENT_WHISTLE_REPORTED, /* unit has come */
    EVENT_WHISTLE_DELIVERED, /* unit; stage=1 when a stage report; words */
    EVENT_WHISTLE_OVERDUE, /* unit, due, step */
    EVENT_ESCALATED, /* unit; to; words [T 20] */
    EVENT_ESCALATION_ANSWERED, /* unit; words */
    EVENT_RELAYED, /* unit; body; words = what was sent [T 21, 22] */
    EVENT_RELAY_ANSWERED, /* unit; body; words */
    EVENT_HELPER_ASKED, /* unit; helper; words [T 17] */
    EVENT_PAUSED, /* unit; words = reason for the citizen */
    EVENT_RESUMED, /* unit; old, new (due times of the assignment) */
    EVENT_REMINDED, /* unit; step of the ladder, due; internal */
    EVENT_SUPERVISED, /* unit; level, due; words */
    EVENT_SUPERVISION_ANSWERED, /* unit; words */
    EVENT_VISIT_ATTEMPTED, /* n, result */
    EVENT_VISITED, /* by phone; then rated */
    EVENT_VISIT_VOID, /* n: no valid visit, out of the rates */
    EVENT_REVIEWED, /* unit; outcome: second look by another unit */
    EVENT_LEVEL_RAISED, /* mode, level, due: urgent mode */
    EVENT_LINKED, /* to: the same matter */
    EVENT_ABSORBED, /* from: another demand was merged into this one */
    EVENT_RECLASSIFIED, /* category, area: corrected before dispatch */
    EVENT_END
};

enum outcome { OUTCOME_SOLVED = 1, OUTCOME_UNDERWAY /* conditions are being made */, OUTCOME_EXPLAINED /* cannot be, explained */,
               OUTCOME_END };
/* Three grades use 2, 3, 4; five use all. */
enum satisfaction { SATISFIED_VERY = 1, SATISFIED_YES, SATISFIED_BASICALLY, SATISFIED_NO, SATISFIED_NOT_AT_ALL,
                    SATISFACTION_END };
enum upload_kind { UPLOAD_PHOTO = 1, UPLOAD_VIDEO, UPLOAD_VOICE, UPLOAD_KIND_END };
enum upload_state { UPLOAD_RECEIVED = 1, UPLOAD_READY, UPLOAD_REFUSED, UPLOAD_GONE, UPLOAD_STATE_END };
enum area_level { AREA_DISTRICT = 1, AREA_STREET, AREA_COMMUNITY };

enum words { WORDS_KIND, WORDS_CHANNEL, WORDS_APPLICANT, WORDS_STATUS, WORDS_DIVERSION, WORDS_ROLE, WORDS_ASSIGNMENT,
             WORDS_LEAD_KIND, WORDS_EVENT, WORDS_OUTCOME, WORDS_SATISFACTION, WORDS_UPLOAD_KIND, WORDS_UPLOAD_STATE,
             WORDS_COUNT };

struct str word(enum words list, int value);                       /* empty = not a value of the list */
bool word_find(enum words list, struct str w, int *ret);           /* false = not a word of the list */
int words_end(enum words list);                                    /* values are 1 .. end-1 */

#endif
