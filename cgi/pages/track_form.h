/* track_form.h - what the pages of following, acting and rating send. */
#ifndef PAGES_TRACK_FORM_H
#define PAGES_TRACK_FORM_H

#include "web/form.h"

struct track_find_form {
    struct str ticket_no, query_code;
};
struct track_add_form {
    struct str text, once;
    struct upload_list files;
};
struct track_reason_form {
    struct str reason, once;
};
struct track_follow_form {
    struct str follow; /* yes no */
};
struct rating_form {
    struct str contacted, solved; /* yes no, or not answered */
    struct str satisfaction;      /* word of the grade */
    struct str words, once;
};

extern const struct form_spec track_find_form, track_find_query, track_add_form, track_reason_form, track_follow_form,
    rating_form;

#endif
