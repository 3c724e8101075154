/* staff_desk.h - the hotline centre: calls, triage, returns; and what units of a whistle or an extension see. */
#ifndef PAGES_STAFF_DESK_H
#define PAGES_STAFF_DESK_H

#include "app/handling.h"
#include "app/officer_view.h"
#include "app/routing.h"
#include "app/whistle.h"
#include "pages/staff_frame.h"
#include "web/form.h"

struct staff_desk_form {
    struct str go, pick, tie, use; /* which button: a word; a number to be repeated by this call, or tied to it; a wording */
    struct str once;             /* one for each call: whatever is sent twice is recorded once */
    struct str phone, kind, text, category, category_code, place, area, district, street, community, address, name, org, applicant,
        reported_unit, answer, wording, class, same, unit_code, link;
    bool confidential, no_reply, phone_shown;
    struct str_list uploads;     /* ids of files that were attached before */
    struct upload_list files;    /* chosen now */
    struct str remove;           /* button: an id of uploads */
};
struct staff_triage_form {
    struct str no, category_code;
    int64_t version;
};
struct staff_page_query {
    struct str cursor, done;
};
struct staff_whistles_query {
    struct str all, called, calling;
};
extern const struct form_spec staff_desk_form, staff_triage_form, staff_page_query, staff_whistles_query;

/* ---- the inner part of lists, of pages and API alike; limit <= 50; an empty cursor is the end ---- */
struct staff_triage_page {
    const struct officer_item *items;
    size_t n_items;
    struct str next_cursor;
};
enum err staff_triage_read(struct request *rq, const struct staff_page_query *q, size_t limit, struct staff_triage_page *ret) MUST_CHECK;
struct staff_returns_page {
    const struct return_row *rows;
    size_t n_rows;
    struct str next_cursor;
};
enum err staff_returns_read(struct request *rq, const struct staff_page_query *q, size_t limit, struct staff_returns_page *ret) MUST_CHECK;
struct staff_extensions_page {
    const struct extension_row *rows;
    size_t n_rows;
    struct str next_cursor;
};
enum err staff_extensions_read(struct request *rq, const struct staff_page_query *q, size_t limit, struct staff_extensions_page *ret) MUST_CHECK;
struct staff_whistles_page {
    const struct whistle_row *rows;
    size_t n_rows;
    struct str next_cursor;
};
/* What a unit was called to, or (by_caller) what it called; open ones are few and come at once, all of them go by pages. */
enum err staff_whistles_read(struct request *rq, bool by_caller, bool all, struct str cursor, size_t limit, struct staff_whistles_page *ret) MUST_CHECK;

/* ---- pages ---- */
enum err page_staff_desk(struct request *rq, struct response *rs);
enum err page_staff_desk_post(struct request *rq, struct response *rs); /* POST /staff/desk/files too: the same form with its files */
enum err page_staff_triage(struct request *rq, struct response *rs);
enum err page_staff_triage_post(struct request *rq, struct response *rs);
enum err page_staff_returns(struct request *rq, struct response *rs);
enum err page_staff_whistles(struct request *rq, struct response *rs);
enum err page_staff_extensions(struct request *rq, struct response *rs);

#endif
