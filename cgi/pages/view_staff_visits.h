/*
 * view_staff_visits.h - the visitors' phone list, and one call.
 */
#ifndef PAGES_VIEW_STAFF_VISITS_H
#define PAGES_VIEW_STAFF_VISITS_H

#include "pages/view_part.h"
#include "web/view.h"

struct view_visit_row {
    struct str href, no, title, category, district, unit, attempts;
    struct view_time call_at, lease;
    bool zh, fast;
};
/* staff/visits: GET /staff/visits?lane=&at=&id= */
struct view_staff_visits {
    struct str done; /* what became of the call before, empty = none */
    const struct view_visit_row *held, *rows;
    size_t n_held, n_rows;
    struct str lease_minutes;
    struct view_pager pager;
    bool later_page;
};

/* staff/visit: GET /staff/visits/{no}, and what its forms answer */
struct view_staff_visit {
    struct view_errors errors;
    struct str refused;  /* why the last act did nothing, empty = none */
    struct str no, base, ticket, title;
    bool zh, mine, taken, over, fast, no_reply, english;
    struct view_time lease;
    struct view_facts facts;
    struct str reply;
    struct str hello, reopen; /* what to say */
    bool shown;          /* the contact data were asked for */
    struct str name, phone, phone_href;
    struct str contacted_error, solved_error, satisfaction_error, result_error;
    bool contacted_yes, contacted_no, solved_yes, solved_no;
    const struct view_option *grades;
    size_t n_grades;
    const struct view_option *results; /* why nobody was reached */
    size_t n_results;
    struct view_input words;
    int64_t words_max;
    struct str attempts;
    struct str once;     /* of the form that says nobody was reached */
};

#endif
