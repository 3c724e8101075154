/*
 * kept.h - what was typed into a form whose session had ended: shown again, to be sent with one click.
 *
 * Only for forms that demonstrably came from a page of ours; what another site made a browser send is not reflected. The
 * fields are those of the route's form; words are shown with their label (message kept.field.<name>), the rest goes along
 * hidden, secrets and files are left out.
 */
#ifndef WEB_KEPT_H
#define WEB_KEPT_H

#include "base/str.h"
#include "gen/msg.h"

struct request;

struct view_kept_field {
    struct str name, value;
    enum msg label; /* MSG_NONE: hidden */
    bool area;      /* several lines */
};
struct view_kept {
    struct str action;      /* where it was sent; empty = cannot be sent again, only read */
    bool by_code;           /* first the demand must be opened again, in another window */
    struct str sign_in;     /* the same, at this path; empty = no need */
    struct str file_field;  /* files were sent, or may be: to be chosen anew */
    bool files_lost;
    const struct view_kept_field *fields;
    size_t n_fields;
    const struct view_kept_field *words; /* those with a label */
    size_t n_words;
};

/* True for a form of a page that needs a token and came from one of our pages: its body is worth reading even if refused. */
bool kept_may(const struct request *rq);
/* After the body was read: what to show for a fault of this reason. NULL = nothing to keep. */
const struct view_kept *kept_of(struct request *rq, const char *reason);

#endif
