/*
 * view_staff.h - the frame of the back office: signing in, oneself, home.
 */
#ifndef PAGES_VIEW_STAFF_H
#define PAGES_VIEW_STAFF_H

#include "pages/view_part.h"
#include "web/view.h"

/* staff/sign_in: GET POST /staff/sign-in. Fields: login, password, next. */
struct view_staff_sign_in {
    struct view_errors errors;
    struct view_input login, password;
    struct str next;
    struct view_notice notice;
};

/* staff/code: GET POST /staff/sign-in/code. Field: code (of the authenticator, or a recovery code). */
struct view_staff_code {
    struct view_errors errors;
    struct view_input code;
    struct str next;
};

/* staff/password: GET POST /staff/sign-in/password and /staff/me/password. Fields: old, new, again. */
struct view_staff_password {
    struct view_errors errors;
    struct view_input old, new, again;
    bool first;          /* of a sign-in: the old one was just entered */
    struct str action, next;
    int64_t min;
};

/* staff/totp: GET POST /staff/sign-in/totp and /staff/me/totp. Field: code. */
struct view_staff_totp {
    struct view_errors errors;
    struct view_input code;
    bool first;          /* of a sign-in: nothing goes on without it */
    bool replaces;       /* there is an authenticator already */
    struct str action, next, secret;
    struct view_qr qr;
};

/* staff/codes: recovery codes, shown once. */
struct view_staff_one_code {
    struct str text;
};
struct view_staff_codes {
    const struct view_staff_one_code *codes;
    size_t n_codes;
    struct str next;
};

/* staff/confirm: GET POST /staff/confirm. Fields: password, next. */
struct view_staff_confirm {
    struct view_errors errors;
    struct view_input password;
    struct str next, back;
    bool has_totp;
};

/* staff/home */
struct view_staff_tile {
    struct str href;
    enum msg label, about;
    bool has_count;
    struct num_grouped count;
    enum msg what;       /* of the number: what waits, what is late */
};
struct view_staff_grant {
    enum msg role;
    struct str unit;     /* empty = whole city */
    struct str area, category; /* empty = no limit */
};
struct view_staff_home {
    struct str name, unit;
    const struct view_staff_grant *grants;
    size_t n_grants;
    const struct view_staff_tile *tiles;
    size_t n_tiles;
};

/* staff/me */
struct view_staff_session {
    struct str id, net;
    struct view_time began, seen;
    bool strong, own;
};
struct view_staff_me {
    struct view_notice notice;
    struct str name, login, unit;
    bool unit_zh;
    const struct view_staff_grant *grants;
    size_t n_grants;
    bool has_totp, must_totp;
    int64_t recovery_left;
    const struct view_staff_session *sessions;
    size_t n_sessions;
    bool others;         /* there are sessions besides this one */
};

#endif
