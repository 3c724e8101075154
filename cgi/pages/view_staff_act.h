/*
 * view_staff_act.h - the form of one act on a demand, whatever it asks for.
 */
#ifndef PAGES_VIEW_STAFF_ACT_H
#define PAGES_VIEW_STAFF_ACT_H

#include "pages/view_part.h"

struct view_act_group { /* of a select, or of a list of checkboxes */
    struct str label;
    bool open;           /* shown without unfolding: holds a choice, or is close by */
    const struct view_option *options;
    size_t n_options;
};
struct view_act_field {  /* one kind is set */
    bool area, line, choice, select, checks, time, tick, files;
    struct str id, name, label, hint, value, error;
    bool optional, chosen;
    int64_t max;
    const struct view_option *options; /* choice */
    size_t n_options;
    const struct view_act_group *groups; /* select, checks */
    size_t n_groups;
};
struct view_act_template { /* a wording to start from */
    struct str href, title;
};
/* staff/act: GET POST /staff/t/{no}/<word> */
struct view_staff_act {
    struct str no, action, once, back, title, lead, button, subject;
    bool strong, subject_zh, multipart;
    int64_t version;
    struct view_errors errors;
    struct view_facts facts;
    const struct view_act_field *fields;
    size_t n_fields;
    const struct view_act_template *templates;
    size_t n_templates;
};

/* staff/contact: contact data after its purpose was given; never stored, never cached. */
struct view_staff_contact {
    struct str no, back, name, phone, org, purpose;
};

#endif
