/*
 * account.h - citizens who signed in: SMS codes, browser sessions, refresh tokens, personal-data rights.
 *
 * An account is a phone number proven by code; nothing else is asked. Whether a number is known is never told. Phones
 * stand encrypted in `contact`, found by blind index. Epoch: raised, it ends all tokens and sessions at once.
 */
#ifndef APP_ACCOUNT_H
#define APP_ACCOUNT_H

#include "app/ctx.h"

/* ---- codes -------------------------------------------------------------------------------------------------------------- */

enum sms_purpose { SMS_SIGN_IN = 1, SMS_VERIFY_PHONE = 2 };
/*
 * Sends a six-digit code through the outbox; the older ones of this purpose end. ERR_INVALID field phone when it cannot
 * receive one; ERR_LIMITED with retry_after_s: SMS_TOO_SOON within settings.sms_resend_seconds (the code that was sent is
 * still good), SMS_HOUR_SPENT beyond sms_per_hour for this purpose, SMS_DAY_SPENT beyond sms_per_day for all of them.
 */
enum err account_sms_request(struct ctx *c, struct str phone, enum sms_purpose purpose) MUST_CHECK;
/* Only checks: ERR_INVALID field code, reason CODE_WRONG (also when none was sent, used, too old, or tried too often). */
enum err account_sms_check(struct ctx *c, struct str phone, struct str code, enum sms_purpose purpose) MUST_CHECK;

struct account {
    uint64_t id;
    uint32_t epoch;
    int lang;
    int64_t created_at;
    struct str phone, name;  /* decrypted; name may be empty */
    bool is_new;             /* made by this sign-in */
};
/* Code → account, made when the phone has none. All codes of the phone are used up. Demands of the last 90 days that were filed with this phone, proven by
 * code, and belong to no account become the account's. browser: a secret that one browser alone holds, empty = none; the same code
 * from there signs in again for half a minute, since a button is pressed twice. */
enum err account_sign_in(struct ctx *c, struct str phone, struct str code, struct str browser, struct account *ret) MUST_CHECK;

/* ---- browser sessions: the store behind web/session.h ----------------------------------------------------------------------- */

enum { APP_SESSION_TOKEN_BYTES = 20 };
struct app_session {
    uint64_t id, account_id;
    int64_t created_us, seen_us, expires_us;
};
/* ERR_NOT_FOUND: none, expired, or its account ended it (epoch) or was blocked. */
enum err session_find(struct ctx *c, const uint8_t token[APP_SESSION_TOKEN_BYTES], struct app_session *ret) MUST_CHECK;
enum err session_create(struct ctx *c, const uint8_t token[APP_SESSION_TOKEN_BYTES], uint64_t account_id,
                        struct app_session *ret) MUST_CHECK;
/* The row stays, so that draft and opened tickets come along. */
enum err session_rotate(struct ctx *c, uint64_t session_id, const uint8_t token[APP_SESSION_TOKEN_BYTES],
                        uint64_t account_id, struct app_session *ret) MUST_CHECK;
enum err session_touch(struct ctx *c, const struct app_session *s) MUST_CHECK;
enum err session_remove(struct ctx *c, uint64_t session_id) MUST_CHECK;
/* The browser proved number and code, or filed: it holds the ticket for settings.session_ticket_hours. */
enum err session_hold_ticket(struct ctx *c, uint64_t session_id, uint64_t ticket_id) MUST_CHECK;
/* The ticket this browser opened last, for the home page; ERR_NOT_FOUND = none. */
enum err session_last_ticket(struct ctx *c, uint64_t session_id, uint64_t *ret_ticket_id, struct str *ret_no) MUST_CHECK;

/* ---- tokens of the API ------------------------------------------------------------------------------------------------------- */

struct account_tokens {
    struct str access, refresh;
    int64_t access_expires_s, refresh_expires_s;
};
enum err account_tokens_issue(struct ctx *c, const struct account *acc, struct account_tokens *ret) MUST_CHECK;
/*
 * Rotation: the old token is spent and a new one of the same family given. A spent token within
 * settings.refresh_grace_seconds is a parallel request and gets a sibling; later it is theft: the family ends
 * (ERR_LOGIN REFRESH_REUSED). Unknown, expired, other epoch: ERR_LOGIN REFRESH_INVALID.
 */
enum err account_tokens_refresh(struct ctx *c, struct str refresh, struct account_tokens *ret) MUST_CHECK;
/* Signs out: the family of this refresh token ends, and the access tokens given with it. Without one: every token and session of the account ends. */
enum err account_sign_out(struct ctx *c, uint64_t account_id, struct str refresh) MUST_CHECK;

/* ---- me, and personal-data rights [PIPL 44 to 47] ------------------------------------------------------------------------------- */

/* Also proves that the account is alive and of this epoch (0 = not compared): ERR_LOGIN otherwise. */
enum err account_get(struct ctx *c, uint64_t account_id, uint32_t epoch, struct account *ret) MUST_CHECK;
/* The same for who shows a token: its epoch and its family must live as well. */
enum err account_of(struct ctx *c, const struct actor *who, struct account *ret) MUST_CHECK;
/* ERR_LOGIN LOGIN_REQUIRED: gone, blocked, signed out everywhere since a token of this epoch was given, or signed out on the
 * device that it was given to. */
enum err account_alive(struct ctx *c, const struct actor *who) MUST_CHECK;
/* What is absent for this actor: sign in again when the token has ended meanwhile [contracts 1: 401 means exactly that], else
 * the fault as it is given. Who is no account, or came by a session, is told the latter. */
enum err account_absent(struct ctx *c, const struct actor *who, const char *reason, const char *detail) MUST_CHECK;
enum err account_put(struct ctx *c, uint64_t account_id, struct str name, int lang) MUST_CHECK; /* field name */
/* Erases account, contact and the contact data of its tickets, ends all tokens; running tickets go on without contact.
 * ret_running counts those. */
enum err account_delete(struct ctx *c, uint64_t account_id, int64_t *ret_running) MUST_CHECK;
enum err account_running(struct ctx *c, uint64_t account_id, int64_t *ret_running) MUST_CHECK;

/* Everything kept about the account, for the caller to write as JSON. */
struct account_export_ticket {
    struct str no, title, text, address, name, phone, org;
    int64_t created_at;
    int state;
};
struct account_look {
    int64_t at;
    int actor_kind;
    struct str purpose, ticket_no;
};
struct account_export {
    struct account account;
    const struct account_export_ticket *tickets;
    size_t n_tickets;
    bool more;              /* more than the first 1,000: ask the hotline */
    const struct account_look *looks;
    size_t n_looks;
};
enum err account_export(struct ctx *c, uint64_t account_id, struct account_export *ret) MUST_CHECK;
enum err account_looks(struct ctx *c, uint64_t account_id, const struct account_look **ret, size_t *ret_n) MUST_CHECK;

#endif
