/*
 * view_kb.h - reading the knowledge base (program `open`).
 */
#ifndef PAGES_VIEW_KB_H
#define PAGES_VIEW_KB_H

#include "app/knowledge.h"
#include "pages/view_part.h"

struct view_kb_group {
    struct str href, text;
    int64_t count;
    bool zh;
};
/* open/kb_home: GET /kb/ */
struct view_kb_home {
    const struct view_kb_group *groups;
    size_t n_groups;
    const struct view_link *popular;
    size_t n_popular;
    const struct view_link *recent;
    size_t n_recent;
    int64_t articles;           /* in all */
};

struct view_kb_part { /* a matching article of the law inside the document */
    struct str href;            /* /kb/{id}#a12 */
    struct str label;           /* "第十二条" */
    const struct kb_bit *bits;
    size_t n_bits;
};
struct view_kb_result {
    struct str href;
    const struct kb_bit *title;
    size_t n_title;
    struct str meta;            /* "地方性法规 · 2021 年 9 月 24 日" */
    const struct view_kb_part *parts;
    size_t n_parts;
};
/* open/kb_search: GET /kb/search?q=&category=&cursor=; also the list of one category (q empty). */
struct view_kb_search {
    struct view_input q;
    struct view_name category;      /* filter in force, else empty */
    struct str category_code;
    bool asked;                     /* q or category was given */
    struct str summary;             /* "找到 38 条" or "找到 200 条以上" */
    const struct view_kb_result *results;
    size_t n_results;
    const struct view_link *other;  /* nothing found: near categories */
    size_t n_other;
    bool zh;                        /* titles and excerpts are Chinese on an English page */
    struct view_pager pager;
};

struct view_kb_chapter {
    struct str href, text; /* "#c2", "第二章 诉求办理" */
};
/* open/kb_article: GET /kb/{id}. The feedback form posts to /kb/feedback of `citizen` with article, useful (yes no),
 * words; no token: the form is on a cached page and changes no one's data. */
struct view_kb_article {
    struct str id;
    struct str title;
    struct str kind;                /* "地方性法规" */
    struct str history;             /* adopted and amended */
    struct str owner;               /* unit that keeps it current; may be empty */
    struct view_time version_day;
    struct view_time review_day;    /* empty text = none */
    bool expired;                   /* past its review day: says so */
    struct str newer_href;          /* superseded by; empty = current */
    struct view_name category;
    struct str category_href;
    const struct view_kb_chapter *chapters;
    size_t n_chapters;
    struct safe_html body;          /* headings h2, articles as <p id="a12"> */
    const struct view_link *related;
    size_t n_related;
    struct str source;
    bool zh;
};

/* citizen/kb_thanks: after POST /kb/feedback */
struct view_kb_thanks {
    struct str back;
    bool useful;                    /* no: offers to file */
};

#endif
