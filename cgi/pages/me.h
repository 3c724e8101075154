/*
 * me.h - signing in by SMS code, my demands, my data; and what readers tell us about articles.
 */
#ifndef PAGES_ME_H
#define PAGES_ME_H

#include "web/request.h"
#include "web/response.h"

enum err page_login(struct request *rq, struct response *rs); /* GET, POST /login */
enum err page_login_post(struct request *rq, struct response *rs);
enum err page_login_code(struct request *rq, struct response *rs); /* GET, POST /login/code */
enum err page_login_code_post(struct request *rq, struct response *rs);
enum err page_logout(struct request *rq, struct response *rs); /* POST /logout */

enum err page_me(struct request *rq, struct response *rs);      /* GET /me?status=&cursor= */
enum err page_account(struct request *rq, struct response *rs); /* GET, POST /me/account */
enum err page_account_post(struct request *rq, struct response *rs);
enum err page_account_delete(struct request *rq, struct response *rs); /* GET, POST /me/delete */
enum err page_account_delete_post(struct request *rq, struct response *rs);
enum err page_account_export(struct request *rq, struct response *rs); /* GET /me/export */

enum err page_kb_feedback(struct request *rq, struct response *rs); /* POST /kb/feedback */
enum err page_kb_unanswered(struct request *rq, struct response *rs); /* GET /kb/unanswered, by nginx alone */

#endif
