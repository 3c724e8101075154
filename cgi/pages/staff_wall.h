/* staff_wall.h - pages of supervision: the wall, its lists and their export, supervisions. */
#ifndef PAGES_STAFF_WALL_H
#define PAGES_STAFF_WALL_H

#include "app/supervise.h"
#include "app/wall.h"
#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

struct wall_query {
    struct str kind, unit, district, cursor;
};
struct staff_supervise_query {
    struct str state, cursor;
};
extern const struct form_spec staff_wall_query, staff_wall_list_query, staff_wall_export_form, staff_supervise_query;

/* ---- the inner part, of pages and API alike ---- */
enum { STAFF_WALL_KINDS = 11, STAFF_WALL_WATCHED = 9 };
extern const char *const staff_wall_kinds[]; /* in the order in which they are shown: first those that are watched; NULL-terminated */

/* The figures that this reader may see; in few statements, whatever the size of the city. */
struct staff_wall {
    bool city;                       /* who sees the city; everybody else the own unit */
    struct str unit;                 /* empty for the city */
    enum wall_kind kind;             /* by which units are in order; late when none was asked for */
    struct wall_line own;            /* of the city, or the unit */
    const struct wall_line *units, *areas;
    size_t n_units, n_areas;
    struct wall_behind behind;
};
enum err staff_wall_read(struct request *rq, const struct wall_query *q, struct staff_wall *ret) MUST_CHECK;

struct staff_wall_page {
    enum wall_kind kind;
    bool titles;                     /* may this reader open a demand? */
    const struct wall_row *rows;
    size_t n_rows;
    struct str filter, next_cursor;  /* empty cursor = the end */
};
enum err staff_wall_list_read(struct request *rq, const struct wall_query *q, size_t limit, struct staff_wall_page *ret) MUST_CHECK;

struct staff_supervise_page {
    bool city, titles;
    size_t tab;                      /* of staff_supervise_states */
    const struct supervise_row *rows;
    size_t n_rows;
    struct str next_cursor;
};
extern const char *const staff_supervise_states[]; /* NULL-terminated; the first when none is asked for */
enum err staff_supervise_read(struct request *rq, const struct staff_supervise_query *q, size_t limit, struct staff_supervise_page *ret) MUST_CHECK;
struct str staff_supervise_ground(enum supervise_ground g); /* words; message supervise.ground.<word> */
struct str staff_supervise_level(enum supervise_level l);   /* message supervise.level.<word> */

/* ---- pages ---- */
enum err page_staff_wall(struct request *rq, struct response *rs);
enum err page_staff_wall_list(struct request *rq, struct response *rs);
enum err page_staff_wall_export(struct request *rq, struct response *rs);
enum err page_staff_supervise(struct request *rq, struct response *rs);

/* The part of an address that chooses a list; also what its cursor is bound to. */
struct str wall_query_text(struct arena *a, enum wall_kind kind, struct str unit, struct str district);

#endif
