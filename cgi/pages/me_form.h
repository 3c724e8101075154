/* me_form.h - what the pages of signing in and of one's own data send; and what readers of the knowledge base tell us. */
#ifndef PAGES_ME_FORM_H
#define PAGES_ME_FORM_H

#include "web/form.h"

struct login_form {
    struct str phone, next;
};
struct login_code_form {
    struct str code, next;
    struct str go; /* verify resend */
};
struct account_form {
    struct str name;
};
struct account_delete_form {
    bool sure;
};
struct kb_feedback_form {
    int64_t article;
    struct str useful; /* yes no */
    struct str words;
};
struct kb_miss_query {
    struct str q;
};

extern const struct form_spec login_form, login_code_form, account_form, account_delete_form, kb_feedback_form, kb_miss_query;

#endif
