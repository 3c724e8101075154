/* help.h - /api/v1/uploads and /api/v1/suggest: help while filing. */
#ifndef API_HELP_H
#define API_HELP_H

#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

extern const struct form_spec api_upload_form, api_suggest_form;

enum err api_upload(struct request *rq, struct response *rs);  /* POST /uploads (multipart, field `file`) */
enum err api_suggest(struct request *rq, struct response *rs); /* POST /suggest */

#endif
