/* staff_form.h - what the pages of signing in and of oneself send. */
#ifndef PAGES_STAFF_FORM_H
#define PAGES_STAFF_FORM_H

#include "web/form.h"

struct staff_sign_in_form {
    struct str login, password, next;
};
struct staff_code_form {
    struct str code, next;
};
struct staff_password_form {
    struct str old, new, again, next;
};
struct staff_confirm_form {
    struct str password, next;
};
struct staff_session_form {
    struct str id; /* empty = all but this one */
};

extern const struct form_spec staff_sign_in_form, staff_code_form, staff_password_form, staff_confirm_form, staff_session_form;

#endif
