/*
 * staff.h - signing in to the back office: password, second factor, sessions, what a request of the staff may do.
 *
 * Nobody learns whether a login exists: absent, wrong, disabled and paused give the same answer after the same work. After
 * settings.staff_lock_tries failures from one network there is a pause that grows to 15 minutes; failures from everywhere
 * together pause a login for a minute at most, and never for a network it is known from, so that nobody can lock a
 * colleague out. Sessions are opaque tokens, idle and absolute ends by configuration; a raised epoch (password, roles,
 * disabling) ends all of a person's at once.
 */
#ifndef APP_STAFF_H
#define APP_STAFF_H

#include "app/permission.h"

enum { STAFF_TOKEN_BYTES = 20, STAFF_RECOVERY_CODES = 10, STAFF_LOGIN_CHARS = 40, STAFF_NAME_CHARS = 60 };
enum staff_state { STAFF_ACTIVE = 1, STAFF_DISABLED = 2 };

/* How far a sign-in has come; the numbers stand in the database. */
enum staff_stage {
    STAGE_CODE = 1,      /* the code of the authenticator is owed */
    STAGE_PASSWORD = 2,  /* the password was made by somebody else: a new one is owed */
    STAGE_ENROL = 3,     /* must have an authenticator and has none */
    STAGE_IN = 9,
};

struct staff_session {
    uint64_t id, staff_id;
    uint32_t epoch;
    enum staff_stage stage;
    bool strong, has_totp;
    int64_t created_us, seen_us, expires_us, confirmed_us, now_us;
    struct str login, name, unit_code;
    struct staff_rights rights;
};

/* ---- signing in ------------------------------------------------------------------------------------------------------ */

/*
 * Password → a session to be stored (id 0). ERR_INVALID field password, reason SIGN_IN_FAILED, whatever was wrong. Slow by
 * intention. Writes the audit.
 */
enum err staff_sign_in(struct ctx *c, struct str login, struct str password, struct staff_session *ret) MUST_CHECK;
/* The second step: a code of the authenticator, or one of the recovery codes, which is spent. On success s->stage is the
 * next one and s->strong; the caller gives the session a new token. ERR_INVALID field code, TOTP_WRONG. */
enum err staff_sign_in_code(struct ctx *c, struct staff_session *s, struct str typed) MUST_CHECK;
/* The stage after this one: what is still owed. */
enum staff_stage staff_next_stage(const struct ctx *c, const struct staff_session *s, bool must_change);

/* ---- sessions: the store behind web/session.h --------------------------------------------------------------------------- */

/* ERR_NOT_FOUND: none, expired, idle too long, ended by epoch, or the person is disabled. */
enum err staff_session_find(struct ctx *c, const uint8_t token[STAFF_TOKEN_BYTES], struct staff_session *ret) MUST_CHECK;
enum err staff_session_start(struct ctx *c, const uint8_t token[STAFF_TOKEN_BYTES], struct staff_session *s) MUST_CHECK;
/* The row of s gets a new token and what s says. */
enum err staff_session_rotate(struct ctx *c, const uint8_t token[STAFF_TOKEN_BYTES], struct staff_session *s) MUST_CHECK;
enum err staff_session_touch(struct ctx *c, const struct staff_session *s) MUST_CHECK;
enum err staff_session_end(struct ctx *c, uint64_t session_id, uint64_t staff_id) MUST_CHECK;
enum err staff_session_end_others(struct ctx *c, uint64_t staff_id, uint64_t keep_id) MUST_CHECK;

struct staff_session_row {
    uint64_t id;
    bool strong;
    int64_t created_at, seen_at;
    struct str client_net;
};
enum err staff_session_list(struct ctx *c, uint64_t staff_id, const struct staff_session_row **ret, size_t *ret_n) MUST_CHECK;

/* The password, or the code of the authenticator, entered again for a sensitive act; good for staff_confirm_minutes.
 * ERR_INVALID field password, reason SIGN_IN_FAILED. */
enum err staff_confirm(struct ctx *c, struct staff_session *s, struct str password_or_code) MUST_CHECK;
bool staff_is_confirmed(const struct ctx *c, const struct staff_session *s);

/* ---- what one does to oneself --------------------------------------------------------------------------------------------- */

/* All sessions end; the caller starts a new one with s. Fields: old, new. old is not asked at STAGE_PASSWORD. */
enum err staff_change_password(struct ctx *c, struct staff_session *s, struct str old, struct str new) MUST_CHECK;
/* The secret shown while an authenticator is set up: the same for one session until it is confirmed; stored nowhere. */
struct str staff_totp_offer(struct ctx *c, const struct staff_session *s);
/* Confirms the offered secret with a code (field code) and gives recovery codes, which are shown once. */
enum err staff_totp_enrol(struct ctx *c, struct staff_session *s, struct str code, const struct str **ret_codes,
                          size_t *ret_n) MUST_CHECK;
enum err staff_recovery_new(struct ctx *c, const struct staff_session *s, const struct str **ret_codes, size_t *ret_n) MUST_CHECK;
enum err staff_recovery_left(struct ctx *c, uint64_t staff_id, int64_t *ret) MUST_CHECK;

/* ---- services --------------------------------------------------------------------------------------------------------------- */

/* Key → token of 15 minutes for Authorization: Bearer. ERR_LOGIN TOKEN_INVALID. */
enum err service_token(struct ctx *c, struct str key, struct str *ret_token, int64_t *ret_expires_s) MUST_CHECK;
/* Token's service, alive and of this epoch, with its rights. ERR_LOGIN LOGIN_REQUIRED. */
enum err service_actor(struct ctx *c, uint64_t id, uint32_t epoch, struct str *ret_name, struct actor *ret) MUST_CHECK;

/* For the log of acts: who this is. */
struct actor staff_actor(const struct staff_session *s);

#endif
