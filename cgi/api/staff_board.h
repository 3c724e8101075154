/* staff_board.h - over JSON: the wall with its lists, supervisions, the calendar, and lists of what waits for a decision. */
#ifndef API_STAFF_BOARD_H
#define API_STAFF_BOARD_H

#include "web/request.h"
#include "web/response.h"

enum err api_staff_wall(struct request *rq, struct response *rs);       /* GET /api/v1/staff/wall */
enum err api_staff_wall_list(struct request *rq, struct response *rs);  /* GET /api/v1/staff/wall/list */
enum err api_staff_supervise(struct request *rq, struct response *rs);  /* GET /api/v1/staff/supervise */
enum err api_staff_calendar(struct request *rq, struct response *rs);   /* GET /api/v1/staff/calendar */
enum err api_staff_triage(struct request *rq, struct response *rs);     /* GET /api/v1/staff/triage */
enum err api_staff_returns(struct request *rq, struct response *rs);    /* GET /api/v1/staff/returns */
enum err api_staff_extensions(struct request *rq, struct response *rs); /* GET /api/v1/staff/extensions */
enum err api_staff_whistles(struct request *rq, struct response *rs);   /* GET /api/v1/staff/whistles */

#endif
