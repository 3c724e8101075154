/*
 * view_me.h - signing in by SMS code, my demands, my personal data.
 */
#ifndef PAGES_VIEW_ME_H
#define PAGES_VIEW_ME_H

#include "pages/view_part.h"

/* citizen/login: GET POST /login. Fields: phone, next. The answer is the same whether the number is known or not. */
struct view_login {
    struct view_errors errors;
    struct view_input phone;
    struct str next;       /* own path to return to */
    struct view_notice notice;
};

/* citizen/login_code: GET POST /login/code. Fields: code, next. Button go=resend asks for another. */
struct view_login_code {
    struct view_errors errors;
    struct view_input code;
    struct str phone_masked;
    int64_t minutes;
    struct str next;
    bool resent;
};

struct view_my_ticket {
    struct str no, href;
    struct str title;
    bool zh;
    struct str kind, category;
    struct str status;       /* MSG_status_<code> */
    struct str holder;
    struct view_time filed_at;
    struct str left;         /* "还剩 9 小时", "已超过 2 天", or empty when done */
    bool late, waiting;      /* waiting: the citizen is asked for something (rating) */
};
/* citizen/me: GET /me?cursor=&status= */
struct view_me {
    struct view_notice notice;
    struct str phone_masked;
    bool all, open, done;    /* filter in force */
    const struct view_my_ticket *tickets;
    size_t n_tickets;
    const struct view_my_ticket *followed; /* public demands that I follow; first page only */
    size_t n_followed;
    struct view_pager pager;
};

struct view_look_row { /* who looked at my contact data, for which ticket */
    struct view_time at;
    struct str who, purpose, no;
};

/* citizen/account: GET POST /me/account. Field: name. Buttons post /logout, /me/delete. Link /me/export. */
struct view_account {
    struct view_notice notice;
    struct view_errors errors;
    struct str phone_masked;
    struct view_input name;
    struct view_time since;
    bool wechat;             /* joined to a WeChat account */
    const struct view_look_row *looks;
    size_t n_looks;
};

/* citizen/account_delete: GET POST /me/delete. Field: sure (1). */
struct view_account_delete {
    struct view_errors errors;
    struct str sure_error;
    int64_t running;         /* demands still under way; they go on without contact data */
};

#endif
