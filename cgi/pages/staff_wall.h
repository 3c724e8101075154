/* staff_wall.h - pages of supervision: the wall, its lists and their export, supervisions. */
#ifndef PAGES_STAFF_WALL_H
#define PAGES_STAFF_WALL_H

#include "app/wall.h"
#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

struct wall_query {
    struct str kind, unit, district, cursor;
};
extern const struct form_spec staff_wall_query, staff_wall_list_query, staff_wall_export_form, staff_supervise_query;

enum err page_staff_wall(struct request *rq, struct response *rs);
enum err page_staff_wall_list(struct request *rq, struct response *rs);
enum err page_staff_wall_export(struct request *rq, struct response *rs);
enum err page_staff_supervise(struct request *rq, struct response *rs);

/* The part of an address that chooses a list; also what its cursor is bound to. */
struct str wall_query_text(struct arena *a, enum wall_kind kind, struct str unit, struct str district);

#endif
