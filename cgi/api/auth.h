/* auth.h - /api/v1/auth and /api/v1/me: signing in by SMS code, tokens, personal-data rights. */
#ifndef API_AUTH_H
#define API_AUTH_H

#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

extern const struct form_spec api_sms_form, api_verify_form, api_refresh_form, api_logout_form, api_me_form;

enum err api_auth_sms(struct request *rq, struct response *rs);     /* POST /auth/sms */
enum err api_auth_verify(struct request *rq, struct response *rs);  /* POST /auth/sms/verify */
enum err api_auth_refresh(struct request *rq, struct response *rs); /* POST /auth/refresh */
enum err api_auth_logout(struct request *rq, struct response *rs);  /* POST /auth/logout */
enum err api_me(struct request *rq, struct response *rs);           /* GET /me */
enum err api_me_put(struct request *rq, struct response *rs);       /* PUT /me */
enum err api_me_delete(struct request *rq, struct response *rs);    /* DELETE /me */
enum err api_me_export(struct request *rq, struct response *rs);    /* GET /me/export */

#endif
