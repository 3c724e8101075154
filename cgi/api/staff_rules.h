/* staff_rules.h - dispatch rules over JSON: versions, one version, dry run, drafting, changing, switching. */
#ifndef API_STAFF_RULES_H
#define API_STAFF_RULES_H

#include "web/request.h"
#include "web/response.h"

enum err api_staff_rules(struct request *rq, struct response *rs);         /* GET  /api/v1/staff/rules */
enum err api_staff_rules_draft(struct request *rq, struct response *rs);   /* POST /api/v1/staff/rules */
enum err api_staff_rules_set(struct request *rq, struct response *rs);     /* GET  /api/v1/staff/rules/{set} */
enum err api_staff_rules_changes(struct request *rq, struct response *rs); /* GET  /api/v1/staff/rules/{set}/changes */
enum err api_staff_rules_try(struct request *rq, struct response *rs);     /* GET  /api/v1/staff/rules/{set}/try */
enum err api_staff_rule(struct request *rq, struct response *rs);          /* POST /api/v1/staff/rules/{set}/rule/{id} */
enum err api_staff_rules_publish(struct request *rq, struct response *rs); /* POST /api/v1/staff/rules/{set}/publish */
enum err api_staff_rules_revert(struct request *rq, struct response *rs);  /* POST /api/v1/staff/rules/{set}/revert */
enum err api_staff_rules_drop(struct request *rq, struct response *rs);    /* POST /api/v1/staff/rules/{set}/drop */

#endif
