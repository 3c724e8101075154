/* staff_form.h - what the pages of signing in and of oneself send, and the key of a form that makes something. */
#ifndef PAGES_STAFF_FORM_H
#define PAGES_STAFF_FORM_H

#include "app/crypto.h"
#include "app/idem.h"
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

/* ---- the hidden field `once`: what is sent twice is done once ---- */
enum { STAFF_ONCE_CHARS = 40 };
/* Of a form that is shown: the one that came back, or a new one. */
struct str staff_form_once(struct request *rq, struct str sent);
/*
 * The key of the form and of what it says, files too: other words from the same form are another act. once: what that field
 * of the form holds; empty = no key (ret->key.n = 0). ERR_UNAVAILABLE when a file that came cannot be read again.
 */
enum err staff_form_key(struct request *rq, struct str once, struct idem *ret) MUST_CHECK;
/* What these files say, for a key of one's own. */
enum err staff_form_hash_files(struct request *rq, struct crypto_hasher *h, const struct upload_list *files) MUST_CHECK;
/* The same for what the request makes first (ctx.once). */
enum err staff_form_take(struct request *rq, struct str once) MUST_CHECK;

#endif
