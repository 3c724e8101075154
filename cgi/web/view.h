/*
 * view.h - what every template gets beside its own view: struct page, and the number types of views.
 *
 * A view struct is plain data for one template, made in the request arena by a handler: struct str, const char *, bool,
 * integers, enum msg, struct safe_html, the numbers below, structs of these by value, and lists as a pointer with a
 * count beside it (`items`, `n_items`, unsigned). A pointer to a struct is optional and reached with {{#with}}.
 */
#ifndef WEB_VIEW_H
#define WEB_VIEW_H

#include "base/str.h"
#include "web/lang.h"
#include "web/msg.h"

struct num_grouped { /* 1234567 is written 1,234,567 */
    int64_t v;
};
struct num_fixed { /* {1234, 2} is written 12.34; 0..9 decimals. Shares, coordinates of charts */
    int64_t v;
    int decimals;
};

enum nav { NAV_NONE, NAV_HOME, NAV_FILE, NAV_TRACK, NAV_MINE, NAV_KB, NAV_STATS, NAV_CASES };

/* The frame of a back office: who is signed in, and where they may go. */
struct page_link {
    struct str path;
    enum msg label;
    bool current;
};
struct page_desk {
    struct str name, unit;       /* of the person, of their unit */
    bool unit_zh;                /* the unit has a Chinese name alone */
    const struct page_link *links;
    size_t n_links;
};

struct page_notice { /* what the city tells everybody now */
    struct str text;
};

struct page {
    enum lang lang;
    bool elder;                  /* large type; colours follow the browser's preference, nothing is stored */
    bool title_error;            /* the form came back: the title begins with the word for "error" */
    bool noindex;                /* robots: personal, draft and problem pages */
    bool signed_in;
    bool demo;                   /* synthetic rows exist: pages carry a watermark */
    enum nav nav;                /* current item of the main navigation */
    struct str title;            /* without the site's name */
    struct str description;      /* meta description; may be empty */
    struct str csrf;             /* value of the hidden input; empty without a session */
    struct str path;             /* of this page with its query, to come back to */
    struct str lang_switch_url;  /* this page in the other language */
    struct str elder_switch_url; /* this page with the other type size */
    struct str css_url, js_url, icon_url; /* with content hashes */
    struct str city;             /* name of the city whose portal this is, in the page's language */
    struct str hotline;          /* 12345 */
    struct str icp;              /* licence number shown at the foot; empty = none */
    struct str request_id;
    const struct page_notice *notices; /* of urgent modes, on the pages that people come to first */
    size_t n_notices;
    struct str desk_css_url;      /* of the back office, in addition */
    const struct page_desk *desk; /* NULL = nobody of the staff is signed in */
};

#endif
