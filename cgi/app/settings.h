/*
 * settings.h - what the operator may configure and the domain needs, as a plain struct.
 *
 * cgi/prog fills it from svc/config; the defaults are those of app_settings_default(). The law gives no numbers for
 * limits of handling [T 13]; the four levels are those of DB11/T 2021-2022, everything else is local rule and therefore
 * configuration.
 */
#ifndef APP_SETTINGS_H
#define APP_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SETTINGS_LEVELS = 5, SETTINGS_GRADES_MAX = 5, SETTINGS_LADDER = 7 };

struct app_settings {
    const char *issuer;                /* "iss" of tokens, e.g. "suda" */
    const char *upload_dir;            /* absolute: raw/, clean/, thumb/ below it, see app/attachment.h */
    const char *checkpoint_file;       /* absolute: chain checkpoints outside the database; empty = none */
    int level_minutes[SETTINGS_LEVELS]; /* 1..4 = 2 h, 24 h, 7 d, 15 d; [0] unused */
    int default_level;                 /* while the category is unknown, and where no rule fits */
    int triage_minutes;                /* hotline centre must have classed an unsure demand by then (network: 2 h) */
    int warn_percent;                  /* of a limit: the unit is warned */
    int ladder_percent[SETTINGS_LADDER]; /* by enum ladder_step, app/ladder.h; [1] is warn_percent, [3] is 100; 0 = no such step */
    int supervise_bounces, supervise_reopens; /* returned or opened again so often: supervised; 0 = never */
    int supervise_answer_hours;        /* to account for a case that is supervised */
    int visit_call_hours;              /* asked by link, not answered: the visitor calls */
    int visit_attempts, visit_retry_hours; /* 2: then no valid visit */
    int visit_lease_minutes;           /* a visitor holds a call so long */
    int visit_early_hours;             /* asked so long after the reply, if the limit has not expired then; 0 = at the limit */
    int visit_period_day;              /* the month of assessment begins on this day: 19 */
    int reopen_max;                    /* 重办: times that call-backs may open a demand again */
    int sign_minutes, contact_minutes; /* to sign for it; to reach the citizen */
    int stuck_days;                    /* nothing happened */
    const char *duty_unit;             /* told of possible emergencies [T 29]; NULL or empty = hotline centre */
    int grades;                        /* 3 = Beijing's three, 5 = the national five */
    int urge_every_hours, urge_max;    /* 24, 5 */
    int object_days;                   /* 7 */
    int rating_link_days;              /* 30 */
    int close_after_days;              /* asked but not answered: the ticket closes; the link stays good */
    int draft_days;                    /* 7 */
    int upload_hours;                  /* loose file: 24 */
    int sms_code_minutes, sms_code_tries, sms_resend_seconds, sms_per_hour; /* 5, 5, 60, 5 (per phone and purpose) */
    int sms_per_day;                   /* 10: in 24 hours, per phone, all purposes together */
    int access_token_minutes;          /* 15 */
    int refresh_days, refresh_grace_seconds; /* 30, 10 */
    int ticket_token_hours;            /* >= 48: how long the token of a receipt stays the same and good */
    int session_max_days;              /* of a signed-in browser session from its beginning: 90 */
    int session_days, anonymous_session_days; /* idle time of a browser session: 14, 7 */
    int session_ticket_hours;          /* how long a browser holds a ticket it opened by code: 72 */
    int idempotency_hours;             /* >= 24 */
    int outbox_tries;                  /* then dead */
    int outbox_lease_seconds;
    int suppress_below;                /* published cells: 10 */
    int return_max;                    /* returns of one demand in a round: 2 */
    int extend_days;                   /* an officer extends so far without the unit's manager: 5 */
    int whistle_report_minutes;        /* a called unit must come by then: 30 */
    int whistle_step_minutes;          /* between reports of its lateness upwards: 60 */
    int reveal_per_day;                /* contact data that one officer may look at in a day: 30 */
    int refdata_check_seconds;         /* 30 */
    bool staff_totp_all;               /* every member of the staff needs a second factor, not only those who must */
    int staff_idle_minutes, staff_session_hours; /* 30, 12: a session ends by whichever comes first */
    int staff_confirm_minutes;         /* 10: how long a re-entered password is good for sensitive acts */
    int export_rows;                   /* of one list exported by a member of the staff: 100,000 */
    int staff_lock_tries;              /* 5: wrong sign-ins before the first pause */
    int argon2_mib, argon2_passes;     /* 64, 3: the cost of a password, in memory and time */
};

struct app_settings app_settings_default(void);
/* NULL when the values fit together, else the complaint (static). */
const char *app_settings_check(const struct app_settings *s);

#endif
