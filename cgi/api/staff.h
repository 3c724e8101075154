/* staff.h - /api/v1/staff: a key becomes a token, and whose it is. */
#ifndef API_STAFF_H
#define API_STAFF_H

#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

extern const struct form_spec api_staff_token_form;

enum err api_staff_token(struct request *rq, struct response *rs); /* POST /staff/token */
enum err api_staff_me(struct request *rq, struct response *rs);    /* GET /staff/me */

#endif
