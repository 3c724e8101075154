/*
 * view_staff_desk.h - the call desk, triage, returns, whistles, extensions.
 */
#ifndef PAGES_VIEW_STAFF_DESK_H
#define PAGES_VIEW_STAFF_DESK_H

#include "pages/view_part.h"
#include "web/view.h"

/* staff/desk: GET POST /staff/desk */
struct view_desk_demand {   /* of this caller */
    struct str href, no, title, category, place, status, left, hint; /* hint: why it may be the same matter; empty = not */
    struct view_time filed_at;
    bool open, late, zh;
};
struct view_desk_wording {
    struct str id, title, class; /* class in words; empty for answers */
};
struct view_staff_desk {
    struct view_errors errors;
    struct str once, focus;       /* focus: where the cursor stands when nothing is wrong */
    struct view_input phone, text, category, place, address, name, org, reported_unit, answer, wording, same, unit_code, link;
    struct str kind_error, class_error, category_error, area_error;
    bool asked;                   /* the caller was searched for */
    struct str caller;            /* "138****5678 · 王**" */
    const struct view_desk_demand *demands;
    size_t n_demands;
    int64_t n_open;
    bool more;
    const struct view_desk_demand *near; /* open ones of others: same street and category */
    size_t n_near;
    const struct view_similar *similar; /* published, same street and category */
    size_t n_similar;
    const struct view_option *kinds, *applicants, *categories, *areas, *districts, *streets, *communities, *classes;
    size_t n_kinds, n_applicants, n_categories, n_areas, n_districts, n_streets, n_communities, n_classes;
    bool unsure, confidential, no_reply, phone_shown, answering, diverting, looked;
    const struct view_new_file *files; /* attached, not recorded yet */
    size_t n_files;
    struct str file_error;
    int64_t photos_max, photo_mb, recording_mb;
    bool full;                    /* no more may be attached */
    struct str goes_to;           /* which unit it will go to; empty = not known yet */
    struct view_time goes_by;
    const struct view_doc *docs;
    size_t n_docs;
    const struct view_desk_wording *answers, *diversions;
    size_t n_answers, n_diversions;
};

/* staff/desk_filed: what is told to the caller before hanging up */
struct view_desk_filed {
    struct str no, code, href, holder;
    bool holder_zh, sent, waits, answered, diverted, sms;
    struct view_time due;
};

/* staff/triage: GET POST /staff/triage */
struct view_triage_row {
    struct str href, no, title, text, place, left, kind;
    bool late, zh, fast;
    int64_t version;
    struct view_time filed_at, due;
    const struct view_option *guesses; /* hint: who would get it */
    size_t n_guesses;
};
struct view_staff_triage {
    struct view_notice notice;
    struct str done;              /* number of the demand that was just sent */
    struct str done_href, done_to;
    const struct view_triage_row *rows;
    size_t n_rows;
    struct view_pager pager;
};

/* staff/returns: GET /staff/returns */
struct view_return_row {
    struct str href, decide, no, title, unit, suggested, ground, left;
    bool late, zh;
    int64_t n;
    struct view_time asked_at;
};
struct view_staff_returns {
    const struct view_return_row *rows;
    size_t n_rows;
    struct view_pager pager;
};

/* staff/whistles: GET /staff/whistles */
struct view_whistle_row {
    struct str href, no, title, caller, called, place, state;
    struct str come_left, deliver_left;   /* words of both clocks */
    bool come_late, deliver_late, zh;
    struct view_time called_at, come_by, come_at, deliver_by, deliver_at;
    int64_t step;
};
struct view_whistle_list {
    enum msg title, none;
    const struct view_whistle_row *rows;
    size_t n_rows;
    struct str more;                       /* next page; empty = none */
};
struct view_staff_whistles {
    bool all;                              /* those that are over, too */
    struct view_whistle_list called, calling;
};

/* staff/extensions: GET /staff/extensions */
struct view_extension_row {
    struct str href, decide, no, title, unit, reason;
    bool zh, late;
    struct view_time asked_at, due, until;
};
struct view_staff_extensions {
    const struct view_extension_row *rows;
    size_t n_rows;
    struct view_pager pager;
};

#endif
