/*
 * view_home.h - the home page and the plain pages that only words fill.
 */
#ifndef PAGES_VIEW_HOME_H
#define PAGES_VIEW_HOME_H

#include "pages/view_part.h"

/* citizen/home: GET / */
struct view_home {
    struct view_notice notice;
    bool has_figures;          /* else the row is left out */
    struct str day;            /* "11 月 21 日" */
    struct str received;       /* "3,016" */
    struct str received_note;  /* "比上周同日少 4%" */
    struct str on_time;        /* "96.4%" */
    struct str on_time_note;   /* "2,906 / 3,015，未办结而到期的也计入" */
    struct str median;         /* "18" */
    struct str median_unit;    /* "小时" */
    const struct view_link *questions; /* popular articles or searches */
    size_t n_questions;
    struct str resume_href;    /* a draft waits, else empty */
    struct view_time resume_at;
    struct str last_no, last_href; /* the browser still holds a ticket, else empty */
};

/* static pages: citizen/rights, citizen/privacy, citizen/accessibility, citizen/api take no view. */

#endif
