/*
 * session.h - the web side of browser sessions.
 *
 * One cookie, `sid`: base64url of 20 secret bytes that find the row and 16 secret bytes against forged requests.
 * A visitor who has not signed in and saved nothing holds the second part alone, and no row exists. The row is kept by
 * a store the program supplies; it must hash the 20 bytes before they go anywhere, so that a stolen table opens no
 * session. Signing in changes the whole cookie; the first saving of a draft changes the first part only, so that other
 * open pages of the same visitor stay good.
 */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "base/err.h"

struct request;
struct response;

#define SESSION_COOKIE "sid" /* unless the store names another: two programs of one site must not share theirs */
enum { SESSION_TOKEN_BYTES = 20 };

struct session {
    uint64_t id, account_id; /* account_id 0 = anonymous, holds drafts only */
    int64_t created_us, seen_us, expires_us;
};

struct session_store {
    /* ERR_NOT_FOUND when there is none or it has expired or its account is disabled. */
    enum err (*load)(struct request *rq, const uint8_t token[SESSION_TOKEN_BYTES], struct session *ret);
    enum err (*create)(struct request *rq, const uint8_t token[SESSION_TOKEN_BYTES], uint64_t account_id,
                       struct session *ret);
    /* The row of old gets a new token and account, so that its drafts come along. */
    enum err (*rotate)(struct request *rq, const struct session *old, const uint8_t token[SESSION_TOKEN_BYTES],
                       uint64_t account_id, struct session *ret);
    enum err (*touch)(struct request *rq, const struct session *s); /* called at most once in touch_every_us */
    enum err (*remove)(struct request *rq, const struct session *s);
    int64_t touch_every_us; /* 0 = never */
    const char *cookie;     /* NULL = SESSION_COOKIE */
    int anonymous_max_age_s, account_max_age_s; /* of the cookie */
};

/* Called by dispatch for pages: sets rq->session and the CSRF secret from the cookie. A cookie that fits no row is as
 * good as none. Errors are those of the store. */
enum err session_load(struct request *rq) MUST_CHECK;
const char *session_cookie(const struct request *rq); /* its name in this program */
/* For handlers. After each of them rq->session and rq->csrf are those of the new session. */
enum err session_require(struct request *rq, struct response *rs) MUST_CHECK; /* an anonymous one, if there is none */
enum err session_sign_in(struct request *rq, struct response *rs, uint64_t account_id) MUST_CHECK;
enum err session_sign_out(struct request *rq, struct response *rs) MUST_CHECK;

#endif
