/* view_staff_wording.h - the wording that replies start from: the list of a unit, one wording with its versions. */
#ifndef PAGES_VIEW_STAFF_WORDING_H
#define PAGES_VIEW_STAFF_WORDING_H

#include "pages/view_part.h"
#include "web/view.h"

struct view_wording {
    struct str href, title, body, use, word, category;
    bool en;                 /* written in English */
    bool zh;                 /* names of categories are Chinese on this page */
};
/* staff/wordings: GET /staff/wordings */
struct view_staff_wordings {
    struct view_notice notice;
    struct str scope, add;
    bool scope_zh, may_choose;
    struct view_input unit;
    const struct view_wording *rows;
    size_t n_rows;
};
struct view_wording_version {
    struct str href, title, body, author;
    struct view_time from, to;
    bool active;
};
struct view_wording_words { /* what a wording of one use may fit */
    struct str label;
    const struct view_option *options;
    size_t n_options;
};
/* staff/wording: /staff/wordings/new, /staff/wordings/{id} */
struct view_staff_wording {
    struct view_errors errors;
    struct view_notice notice;
    struct str action, retire, back, once;
    bool is_new, over;
    struct view_input use, word, unit, category, lang, title, body;
    const struct view_option *uses, *langs;
    size_t n_uses, n_langs;
    bool word_any;
    const struct view_wording_words *words;
    size_t n_words;
    const struct view_wording_version *versions;
    size_t n_versions;
    int64_t body_max;
};

#endif
