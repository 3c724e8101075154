/*
 * view_new.h - the pages of filing, one thing a page. Every form posts to its own path and goes on with 303.
 *
 * Order: /new (kind and words) - /new/category - /new/place, /new/place/street, /new/place/community,
 * /new/place/address - /new/photos - /new/contact (then /new/code when a phone was given) - /new/check - /receipt.
 * A page reached by a change link of the check page carries the hidden field `to=check` and returns there.
 */
#ifndef PAGES_VIEW_NEW_H
#define PAGES_VIEW_NEW_H

#include "pages/view_part.h"

/* citizen/new_words: GET POST /new. Fields: kind, text, to. A second button has name=go value=save: POST goes on to
 * /new/saved. */
struct view_new_words {
    struct view_step step;
    struct view_errors errors;
    const struct view_option *kinds; /* six, value = consult help complaint report suggestion praise */
    size_t n_kinds;
    struct str kind_error;
    struct view_input text;
    int64_t text_max;  /* characters */
    int64_t text_used; /* characters in text.value */
    struct str place;  /* came by a code at a door: the name of the place, else empty */
    bool draft_found;  /* a draft lies on the server: offers to go on (link draft_href) or start anew */
    struct str draft_href;
    struct view_time draft_at;
    bool to_check;
};

/* citizen/new_saved: GET /new/saved. The draft stays on the server; the link is for another device, made by POST. */
struct view_new_saved {
    struct str resume_href; /* absolute link of this draft; empty = not asked for yet */
    struct view_time until;
};

struct view_draft {
    struct str words;  /* how it begins */
    bool cut;          /* there is more */
    struct view_time saved_at;
};
/* citizen/new_resume: GET POST /new/resume. Fields: draft (hidden), go (take keep). Nothing moves before the POST. */
struct view_new_resume {
    struct str draft;
    struct view_draft linked;
    bool has_own;      /* this browser has one of its own: which one to keep? */
    struct view_draft own;
};

/* citizen/new_category: GET /new/category?q=&in=; POST fields: category (code or "unsure"), to. */
struct view_new_category {
    struct view_step step;
    struct view_errors errors;
    struct str category_error;
    struct view_input q;                   /* search box, GET */
    bool searched;                         /* q was sent: an empty list says so */
    const struct view_option *suggestions; /* value = code, text = "生态环境 › 噪声 › 施工噪声", hint = who and by when */
    size_t n_suggestions;
    const struct view_link *groups;        /* the 15 top categories; href /new/category?in=06 */
    size_t n_groups;
    struct view_name group;                /* opened group; its items are in group_items */
    const struct view_option *group_items;
    size_t n_group_items;
    bool unsure;                           /* "not sure" is the chosen one */
    const struct view_doc *docs;           /* may settle it */
    size_t n_docs;
    const struct view_similar *similar;
    size_t n_similar;
    bool to_check;
};

/* citizen/new_place: all three choosing steps. POST field: area (code, or "unknown"), to. */
struct view_new_place {
    struct view_step step;
    struct view_errors errors;
    struct str action;      /* /new/place, /new/place/street, /new/place/community */
    bool district, street, community; /* which step this is: chooses the words */
    struct str area_error;
    struct str within;      /* "朝阳区", "朝阳区 望京街道": what is chosen so far; empty at first */
    struct str within_href; /* back to change it */
    struct view_input q;    /* first step only: finds a street or community by name, GET ?q= */
    bool none;              /* q was sent and found nothing: the districts are offered */
    bool found;             /* areas is what q found, of any level */
    int64_t cut;            /* so many of those found are shown, there are more; 0 = all are shown */
    struct str by_district; /* found: link to the districts */
    const struct view_option *areas;
    size_t n_areas;
    bool unknown;           /* "not sure" is chosen; offered below the district only [T 12: then the district acts] */
    bool to_check;
};

/* citizen/new_address: GET POST /new/place/address. Fields: address, lng, lat, to. */
struct view_new_address {
    struct view_step step;
    struct view_errors errors;
    struct str within, within_href;
    struct view_input address;
    int64_t address_max;
    struct str lng, lat;   /* decimal degrees as sent, or empty */
    bool has_point;
    bool to_check;
};

/* citizen/new_photos: GET POST (multipart) /new/photos. Field: file (repeated). Buttons: go=upload stays here,
 * go=next goes on (chosen files are taken first), remove=<upload id> removes one. */
struct view_new_photos {
    struct view_step step;
    struct view_errors errors;
    struct str file_error;
    const struct view_new_file *files;
    size_t n_files;
    int64_t photos_max, photo_mb, video_mb;
    bool full;            /* nothing more may be added */
    bool to_check;
    struct view_notice notice;
};

/* citizen/new_contact: GET POST /new/contact. Fields: filer (person enterprise organisation), org, name, phone,
 * public (yes no), confidential (1), no_reply (1), to. */
struct view_new_contact {
    struct view_step step;
    struct view_errors errors;
    bool person, enterprise, organisation; /* one is set */
    struct view_input org, name, phone, reported_unit;
    bool is_report;                        /* asks whom it is about, so that it never gets there */
    const struct view_option *units;       /* names to choose from while typing */
    size_t n_units;
    struct str phone_masked;               /* signed in: the account's verified phone, used when phone is left empty */
    bool is_public, confidential, no_reply;
    struct str public_error;
    bool to_check;
};

/* citizen/new_code: GET POST /new/code. Field: code. Buttons: go=verify, go=resend, go=skip. */
struct view_new_code {
    struct view_step step;
    struct view_errors errors;
    struct str phone_masked;
    struct view_input code;
    int64_t minutes;      /* how long a code holds */
    bool resent;
    bool to_check;
};

/* citizen/new_check: GET POST /new/check. Hidden field: once (idempotency key of this draft). */
struct view_new_check {
    struct view_step step;
    struct view_errors errors;
    struct view_facts what;   /* kind, words, category, place, address, files */
    struct view_facts who;    /* filer, name, phone, public, confidential, no reply */
    struct str promise;       /* "通常由街道办事处牵头，24 小时内答复" */
    const struct view_photo *photos;
    size_t n_photos;
    const struct view_similar *similar; /* never blocking; joining posts /new/join, field public_id */
    size_t n_similar;
    struct str once;
    bool record;              /* kept as a record only [T 11]; button go=dispatch files it after all */
};

/* citizen/join: GET POST /new/join. Field: public_id. A published demand that the visitor wants to join. */
struct view_join {
    struct str public_id, title, place;
    int64_t joined;
    bool zh;
};

/* citizen/receipt: GET /receipt, after filing and whenever the browser still holds the ticket. Prints on one A4. */
struct view_receipt {
    struct str no;            /* SD-261122-1234567-8 */
    struct str code;          /* query code in two groups: "7K3Q 9M2D"; empty when reopened without it */
    struct safe_html qr;      /* SVG of the track link, made by app/qr */
    struct str track_href;    /* /track/SD-... */
    struct str track_url;     /* absolute, without code: printed */
    struct view_time filed_at, due;
    struct str holder;        /* unit that has it now; empty while it is being chosen */
    struct str why;           /* one sentence: why this unit */
    bool has_phone;           /* a verified phone: progress comes by SMS */
    bool no_reply;
    bool diverted;            /* kept as a record only [T 11]; due and holder are empty */
    struct view_facts facts;  /* what was filed */
};

/* citizen/stop: GET POST /new/stop/{class}; class = emergency legal repeat secret outside unlawful [T 11]. POST keeps
 * a record and shows /receipt; "not my case" goes on with filing (link go_on). */
struct view_stop {
    struct str slug;          /* as in the path */
    bool emergency, legal, repeat, secret, outside, unlawful; /* one is set */
    struct str back, go_on;
    struct str ticket_no, ticket_status; /* of a running ticket on the same matter (repeat), when known */
};

#endif
