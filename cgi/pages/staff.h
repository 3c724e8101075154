/* staff.h - handlers of the back office: signing in, home, oneself. */
#ifndef PAGES_STAFF_H
#define PAGES_STAFF_H

#include "pages/staff_frame.h"

enum err page_staff_sign_in(struct request *rq, struct response *rs);
enum err page_staff_sign_in_post(struct request *rq, struct response *rs);
enum err page_staff_code(struct request *rq, struct response *rs);
enum err page_staff_code_post(struct request *rq, struct response *rs);
enum err page_staff_first_password(struct request *rq, struct response *rs);
enum err page_staff_first_password_post(struct request *rq, struct response *rs);
enum err page_staff_first_totp(struct request *rq, struct response *rs);
enum err page_staff_first_totp_post(struct request *rq, struct response *rs);
enum err page_staff_sign_out(struct request *rq, struct response *rs);
enum err page_staff_confirm(struct request *rq, struct response *rs);
enum err page_staff_confirm_post(struct request *rq, struct response *rs);

enum err page_staff_home(struct request *rq, struct response *rs);
enum err page_staff_me(struct request *rq, struct response *rs);
enum err page_staff_password(struct request *rq, struct response *rs);
enum err page_staff_password_post(struct request *rq, struct response *rs);
enum err page_staff_totp(struct request *rq, struct response *rs);
enum err page_staff_totp_post(struct request *rq, struct response *rs);
enum err page_staff_recovery_post(struct request *rq, struct response *rs);
enum err page_staff_sessions_post(struct request *rq, struct response *rs);

/* Shared by the two ways to the same form: during a sign-in (first), and later. */
enum err staff_show_password(struct request *rq, struct response *rs, bool first);
enum err staff_take_password(struct request *rq, struct response *rs, bool first);
enum err staff_show_totp(struct request *rq, struct response *rs, bool first);
enum err staff_take_totp(struct request *rq, struct response *rs, bool first);
/* On to what the session's stage still owes, else to next. */
enum err staff_go_on(struct request *rq, struct response *rs, struct str next);
/* The session gets a new token for what join->staff now says. */
enum err staff_new_token(struct request *rq, struct response *rs);

#endif
