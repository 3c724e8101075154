/*
 * staff_act_form.h - what the acts of the staff on one demand send: one struct for all, one spec for each, so that the page and
 * the API read the same. What an act does not have stays empty.
 */
#ifndef PAGES_STAFF_ACT_FORM_H
#define PAGES_STAFF_ACT_FORM_H

#include "web/form.h"

struct staff_act_form {
    int64_t version;          /* the one that was seen; 0 = whatever it is now */
    struct str once;          /* of a page: one for each form that was shown; what is sent twice is done once */
    struct str words;         /* to the citizen, or to colleagues, as the act says */
    struct str account;       /* internal */
    struct str title, text;   /* of a publication */
    struct str outcome, reason, ground, class, body, helper, review, result; /* words of closed lists */
    struct str approve, reached; /* yes no */
    struct str unit_code, joint, category_code, area_code;
    struct str other;         /* number of another demand */
    struct str name;          /* of a body or helper */
    struct str until, due, report_by; /* RFC 3339, or YYYY-MM-DDTHH:MM on a Beijing clock */
    int64_t seq;
    bool stage, for_hotline, internal;
    struct str_list units;
    struct upload_list files;  /* page */
    struct str_list uploads;   /* API: ids of uploads */
};

/* By the word of the act. */
extern const struct form_spec staff_act_none, staff_act_words, staff_act_answer, staff_act_divert, staff_act_reclassify,
    staff_act_other, staff_act_dispatch, staff_act_unit, staff_act_consult, staff_act_contact, staff_act_note, staff_act_note_json,
    staff_act_extend, staff_act_decide, staff_act_cowork, staff_act_stage, staff_act_reply, staff_act_reply_json, staff_act_review,
    staff_act_return, staff_act_return_decide, staff_act_whistle, staff_act_escalate, staff_act_relay, staff_act_relay_answer,
    staff_act_helper, staff_act_pause, staff_act_supervise, staff_act_close, staff_act_publish, staff_act_reveal, staff_act_unmerge;

#endif
