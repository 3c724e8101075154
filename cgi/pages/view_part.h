/*
 * view_part.h - the small shapes that the views share, each drawn by the partial of the same name.
 *
 * A view is plain data in the request arena, filled by a handler and read by one template. Text is already in the
 * reader's language; empty text (n = 0) means "leave it out". Lists are a pointer and a count: x and n_x. Names of
 * areas, units and categories stay Chinese; `zh` asks for lang="zh-CN" around them and is set on English pages only.
 */
#ifndef PAGES_VIEW_PART_H
#define PAGES_VIEW_PART_H

#include "base/str.h"
#include "web/msg.h"

struct view_time {   /* partial/time: <time datetime="iso">text</time>; say_time() makes both */
    struct str iso;  /* RFC 3339, or YYYY-MM-DD for a day */
    struct str text; /* "今天 16:42", "11 月 23 日（周一）02:20" */
};

struct view_name { /* partial/name */
    struct str text;
    bool zh;
};

struct view_link {
    struct str href, text;
    bool zh;
};

struct view_error {   /* one line of the error summary; the same sentence stands beside the field */
    struct str field; /* id of the input */
    struct str text;
};
struct view_errors { /* partial/errors: nothing when empty */
    const struct view_error *errors;
    size_t n_errors;
};

struct view_input {   /* what was sent comes back, whatever was wrong with it */
    struct str value;
    struct str error; /* sentence, empty = none */
};

struct view_option { /* one radio or checkbox */
    struct str value;
    struct str text;
    struct str hint;
    bool chosen;
    bool zh;
};

struct view_fact { /* partial/facts: one row of a summary list */
    enum msg label;
    struct str text;   /* empty shows "未填写" */
    struct str change; /* link of "修改", empty = none */
    bool zh;
    bool lines;        /* text has line breaks to keep */
};
struct view_facts {
    const struct view_fact *facts;
    size_t n_facts;
};

struct view_notice { /* partial/notice: what the last act did; nothing when MSG_NONE */
    enum msg text;
    bool bad;        /* a warning, not a success */
};

struct view_pager {  /* partial/pager: keyset, so there are no page numbers */
    struct str prev, next; /* links, empty = none */
    bool unfinished;       /* the page is not full, because a search has its bound: next goes on searching, and says so */
};

struct view_step {     /* partial/step: "‹ 返回   第 2 步，共 5 步" */
    int64_t number, total; /* number 0: no count is shown */
    struct str back;       /* link */
    struct str draft;      /* name of the draft, for the hidden field `draft` of the page's form */
};

struct view_stage { /* one dot of partial/progress */
    enum msg label; /* MSG_stage_received ... */
    bool done, now;
};
struct view_progress {
    const struct view_stage *stages;
    size_t n_stages;
};

struct view_left {   /* time left until a promise, drawn large; say_left() makes it */
    struct str big;  /* "9" */
    struct str rest; /* "小时 20 分后" */
    bool late;       /* the promise is broken: "已超过", red */
};

struct view_photo { /* partial/photos */
    struct str href, thumb; /* empty thumb: not yet processed, a quiet box stands for it */
    struct str label;       /* "照片 1", "视频", "语音"; alternative text as well */
    bool is_image;
};

struct view_new_file { /* held by a form that is not filed yet */
    struct str id;        /* upload id */
    struct str label;     /* "照片 1" */
    struct str size;      /* "2.4 MB" */
    struct str thumb;     /* link of the small picture, empty until it is processed */
    bool is_image;
};

struct view_doc { /* an article of the knowledge base that may settle it */
    struct str href, title, excerpt;
    bool zh;
};

struct view_similar { /* a published demand near by; partial/similar */
    struct str href, public_id;
    struct str title, place, status;
    struct view_time filed_at;
    int64_t joined; /* how many joined */
    bool zh;
    bool can_join;
};

struct view_qr { /* partial/qr: dark on light in every colour scheme, with its quiet zone of four modules */
    struct str label, path;
    int64_t box;   /* modules on a side and both quiet zones */
};

#endif
