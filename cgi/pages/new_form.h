/* new_form.h - what the pages of filing send. `to` is "check" when a page was reached by a change link; `draft` is draft_name(), read
 * when the session is lost. */
#ifndef PAGES_NEW_FORM_H
#define PAGES_NEW_FORM_H

#include "web/form.h"

struct new_words_form {
    struct str kind, text;
    struct str go; /* save: keep what there is and stop */
    struct str to;
};
struct new_category_form {
    struct str category; /* code, or "unsure" */
    struct str to;
    struct str draft;
};
struct new_place_form {
    struct str area; /* code, or "unknown" */
    struct str to;
    struct str draft;
};
struct new_address_form {
    struct str address;
    int64_t lng, lat; /* degrees, scaled 1e7 */
    bool has_lng, has_lat;
    struct str to;
    struct str draft;
};
struct new_photos_form {
    struct upload_list files;
    struct str remove; /* upload id */
    struct str go;     /* upload: stay here */
    struct str to;
    struct str draft;
};
struct new_contact_form {
    struct str filer, org, name, phone, reported_unit;
    struct str is_public; /* yes no */
    bool confidential, no_reply;
    struct str to;
    struct str draft;
};
struct new_code_form {
    struct str code;
    struct str go; /* verify resend skip */
    struct str to;
    struct str draft;
};
struct new_check_form {
    struct str once;
    struct str go; /* dispatch: not a mere record after all */
    struct str draft;
};
struct new_join_form {
    struct str public_id;
};

struct new_resume_form {
    struct str draft; /* form key of the draft that was shown */
    struct str go;    /* take keep */
};

extern const struct form_spec new_resume_form, new_words_form, new_category_form, new_place_form, new_address_form, new_photos_form,
    new_contact_form, new_code_form, new_check_form, new_join_form;

#endif
