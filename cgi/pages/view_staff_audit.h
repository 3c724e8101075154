/* view_staff_audit.h - what auditors read. */
#ifndef PAGES_VIEW_STAFF_AUDIT_H
#define PAGES_VIEW_STAFF_AUDIT_H

#include "pages/view_part.h"
#include "web/view.h"

struct view_audit_row {
    struct view_time at;
    struct str who, login, action, object, href, purpose, net;
};
struct view_audit_checkpoint {
    struct view_time at;
    struct num_grouped n;
};
/* staff/audit: GET /staff/audit?login=&ticket_no=&action=&day=&before=, POST /staff/audit/chain */
struct view_staff_audit {
    struct view_errors errors;
    struct view_input login, ticket_no, day;
    struct str verdict;                 /* plain words about one chain; empty = not asked */
    bool verdict_bad;
    const struct view_option *actions;
    size_t n_actions;
    const struct view_audit_row *rows;
    size_t n_rows;
    struct view_pager pager;
    const struct view_audit_checkpoint *points;
    size_t n_points;
};

#endif
