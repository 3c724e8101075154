/*
 * view_track.h - following a ticket, acting on it, rating it.
 */
#ifndef PAGES_VIEW_TRACK_H
#define PAGES_VIEW_TRACK_H

#include "pages/view_part.h"

/* citizen/track_find: GET POST /track. Fields: ticket_no, query_code. Wrong and absent answer alike. */
struct view_track_find {
    struct view_errors errors;
    struct view_input ticket_no, query_code;
    bool signed_in;        /* offers "my demands" instead of signing in */
    struct view_notice notice;
};

struct view_event { /* one entry of the timeline, newest first */
    struct view_time at;
    struct str title;   /* MSG_event_<code>, filled in */
    struct str detail;  /* MSG_event_<code>_detail: why, until when; may be empty */
    struct str words;   /* free words of a unit or the citizen, quoted; may be empty */
    bool words_zh;
    struct str tag;     /* "协办 1 / 2 已报到"; may be empty */
    bool tag_late, tag_wait;
    bool bad;           /* overdue, warning: a red dot */
    const struct view_photo *photos;
    size_t n_photos;
};

struct view_look { /* who looked at the contact data [PIPL 44] */
    struct view_time at;
    struct str who, purpose;
};

/* citizen/track: GET /track/{no}. Actions are links to /track/{no}/add, urge, withdraw, object, rating. */
struct view_track {
    struct str no;
    struct str headline;          /* h1: MSG_headline_<status> with the unit */
    struct view_notice notice;
    struct view_time filed_at;
    struct str channel;           /* MSG_channel_by_<channel>: "由网页提交" */
    struct view_progress progress;
    bool running;                 /* a reply is owed: due, left, next are shown */
    struct view_time due;
    struct view_left left;
    struct view_time first_due;   /* set when it was extended: the promise as first made */
    struct str extended_why;
    struct str holder;            /* unit */
    struct str next;              /* sentence */
    struct str forecast;          /* "同类诉求有一半在 14 小时内答复"; empty = too few to say */
    struct str reply;             /* words of the unit's last public reply; empty = none yet */
    struct str reply_by;          /* unit */
    struct view_time reply_at;
    bool reply_zh;
    bool can_add, can_urge, can_withdraw, can_object, can_rate, can_follow, following;
    struct str urge_wait;         /* why urging must wait: "明天 09:20 后可以再催"; shown in place of the button */
    struct view_time object_until;
    bool merged;                  /* into the demand of somebody else, whose number stays that filer's own. Then: */
    struct str main_headline;     /* how that one fares, as a headline; `reply` is the one it got */
    bool main_running;
    struct view_time main_due;
    const struct view_event *main_events; /* what its units did, newest first; nothing of who filed it */
    size_t n_main_events;
    bool rated;
    struct view_facts rating;     /* contacted, solved, satisfaction, words */
    const struct view_event *events;
    size_t n_events;
    struct str text;              /* the demand itself */
    bool text_zh;
    struct view_facts facts;      /* kind, category, place, public, ... */
    const struct view_photo *photos;
    size_t n_photos;
    const struct view_look *looks;
    size_t n_looks;
    bool contact_kept;            /* a phone or name is on record: looks are shown, even when nobody looked */
    struct str track_url;         /* absolute, without code: printed with the QR code */
    struct safe_html qr;
};

/* citizen/track_add: GET POST (multipart) /track/{no}/add. Fields: text, file (repeated). */
struct view_track_add {
    struct str no, once;
    struct view_errors errors;
    struct view_input text;
    int64_t text_max;
    struct str file_error;
    int64_t photos_max, photo_mb, video_mb; /* photos_max: how many more may be added */
};

/* citizen/track_act: GET shows, POST does. /track/{no}/urge, /withdraw, /object. Field: reason (not for urge). */
struct view_track_act {
    struct str no, once;
    bool urge, withdraw, object; /* one is set */
    struct view_errors errors;
    struct view_input reason;
    int64_t reason_max;
    int64_t urges_left;          /* urge */
    struct view_time until;      /* object: last day */
};

/* citizen/rating: GET POST /track/{no}/rating, and /rate behind a signed link. Fields: contacted (yes no),
 * solved (yes no), satisfaction (grade code), words. Nothing is chosen beforehand. */
struct view_rating {
    struct str action;           /* path to post to */
    struct str once;             /* empty behind a signed link, which is good once anyway */
    struct str no;
    struct str back;             /* link, empty behind a signed link */
    struct view_errors errors;
    struct str title;            /* what it was about, in a few words */
    bool title_zh;
    struct str unit;
    struct view_time filed_at;
    struct str reply;            /* public reply */
    bool reply_zh;
    bool contacted_yes, contacted_no, solved_yes, solved_no;
    struct str contacted_error, solved_error, satisfaction_error;
    const struct view_option *grades; /* by configuration */
    size_t n_grades;
    struct view_input words;
    int64_t words_max;
};

/* citizen/rated: after rating. */
struct view_rated {
    struct str no;
    struct str track_href;        /* empty when the browser does not hold the ticket */
    bool unsolved;                /* solved = no: shows how to object */
    bool can_object;
    struct view_time object_until;
};

/* citizen/rating_gone: the link was used or is too old. */
struct view_rating_gone {
    bool used;
    struct view_facts rating;     /* what was said, when used */
};

#endif
