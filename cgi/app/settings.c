/*
 * settings.c - defaults of the configuration [decisions 23; levels as in DB11/T 2021-2022], and whether values fit together.
 */
#include "app/settings.h"

#include <string.h>

/* Steps of the ladder, supervision, call-backs: no law gives these numbers. */
static void clock_defaults(struct app_settings *s)
{
    static const int ladder[SETTINGS_LADDER] = {0, 75, 90, 100, 110, 150, 200};
    memcpy(s->ladder_percent, ladder, sizeof ladder);
    s->supervise_bounces = 2;
    s->supervise_reopens = 2;
    s->supervise_answer_hours = 24;
    s->visit_call_hours = 48;
    s->visit_attempts = 2;
    s->visit_retry_hours = 4;
    s->visit_lease_minutes = 30;
    s->visit_early_hours = 0;
    s->visit_period_day = 19;
    s->reopen_max = 2;
    s->sign_minutes = 120;
    s->contact_minutes = 24 * 60;
    s->stuck_days = 5;
}

struct app_settings app_settings_default(void)
{
    struct app_settings s = {
        .issuer = "suda",
        .upload_dir = "",
        .checkpoint_file = "",
        .level_minutes = {0, 2 * 60, 24 * 60, 7 * 24 * 60, 15 * 24 * 60},
        .default_level = 3,
        .triage_minutes = 120,
        .warn_percent = 75,
        .grades = 3,
        .urge_every_hours = 24,
        .urge_max = 5,
        .object_days = 7,
        .rating_link_days = 30,
        .close_after_days = 15,
        .draft_days = 7,
        .upload_hours = 24,
        .sms_code_minutes = 5,
        .sms_code_tries = 5,
        .sms_resend_seconds = 60,
        .sms_per_hour = 5,
        .sms_per_day = 10,
        .access_token_minutes = 15,
        .refresh_days = 30,
        .refresh_grace_seconds = 10,
        .ticket_token_hours = 72,
        .session_max_days = 90,
        .session_days = 14,
        .anonymous_session_days = 7,
        .session_ticket_hours = 72,
        .idempotency_hours = 48,
        .outbox_tries = 12,
        .outbox_lease_seconds = 60,
        .suppress_below = 10,
        .return_max = 2,
        .extend_days = 5,
        .whistle_report_minutes = 30,
        .whistle_step_minutes = 60,
        .reveal_per_day = 30,
        .refdata_check_seconds = 30,
        .staff_totp_all = false,
        .staff_idle_minutes = 30,
        .staff_session_hours = 12,
        .staff_confirm_minutes = 10,
        .export_rows = 100000,
        .staff_lock_tries = 5,
        .argon2_mib = 64,
        .argon2_passes = 3,
    };
    clock_defaults(&s);
    return s;
}

const char *app_settings_check(const struct app_settings *s)
{
    if (!s->issuer || !s->issuer[0])
        return "the issuer of tokens must have a name";
    for (const char *p = s->issuer; *p; p++)
        if ((unsigned char)*p <= ' ' || *p == '"' || *p == '\\')
            return "the issuer of tokens must have no blanks, quotes or backslashes";
    for (int i = 1; i < SETTINGS_LEVELS; i++)
        if (s->level_minutes[i] < 1 || s->level_minutes[i] > 366 * 24 * 60)
            return "a level's limit must be 1 minute to 366 days";
    for (int i = 2; i < SETTINGS_LEVELS; i++)
        if (s->level_minutes[i] < s->level_minutes[i - 1])
            return "a higher level must not have a shorter limit";
    if (s->default_level < 1 || s->default_level >= SETTINGS_LEVELS)
        return "the default level must be 1 to 4";
    if (s->warn_percent < 1 || s->warn_percent > 99)
        return "the warning must come at 1 to 99 percent of a limit";
    if (s->ladder_percent[1] != s->warn_percent || s->ladder_percent[3] != 100)
        return "the first step of the ladder is the warning, the third the due time";
    for (int i = 2, before = s->ladder_percent[1]; i < SETTINGS_LADDER; i++) {
        if (s->ladder_percent[i] != 0 && s->ladder_percent[i] <= before)
            return "each step of the ladder must come after the one before";
        before = s->ladder_percent[i] ? s->ladder_percent[i] : before;
    }
    if (s->visit_attempts < 1 || s->visit_attempts > 9)
        return "a visitor tries 1 to 9 times";
    if (s->grades != 3 && s->grades != 5)
        return "satisfaction has 3 or 5 grades";
    if (s->ticket_token_hours < 48)
        return "a ticket token must stay good for 48 hours or more";
    if (s->idempotency_hours < 24)
        return "idempotency keys must be kept for 24 hours or more";
    if (s->idempotency_hours > s->ticket_token_hours)
        return "a ticket token must outlive the idempotency keys, or a repeated reply would differ";
    if (s->close_after_days > s->rating_link_days)
        return "rating links must outlive the closing";
    if (s->reveal_per_day < 1 || s->reveal_per_day > 100)
        return "an officer may look at 1 to 100 contacts in a day";
    if (s->return_max < 0 || s->return_max > 20 || s->extend_days < 0 || s->whistle_report_minutes < 1 || s->whistle_step_minutes < 1)
        return "returns, extensions and whistles need sensible bounds";
    if (s->sms_code_tries < 1 || s->sms_code_tries > 10)
        return "a code must allow 1 to 10 tries";
    if (s->argon2_mib < 8 || s->argon2_mib > 1024 || s->argon2_passes < 1 || s->argon2_passes > 20)
        return "a password must cost 8 to 1024 MiB and 1 to 20 passes";
    if (s->staff_idle_minutes > s->staff_session_hours * 60)
        return "a staff session must be allowed to last as long as it may idle";
    return 0;
}
