/* staff_desk.h - the hotline centre: calls, triage, returns; and what units of a whistle or an extension see. */
#ifndef PAGES_STAFF_DESK_H
#define PAGES_STAFF_DESK_H

#include "pages/staff_frame.h"
#include "web/form.h"

struct staff_desk_form {
    struct str go, pick, use;    /* which button: a word; a number of the history; a wording */
    struct str once;             /* one for each call: whatever is sent twice is recorded once */
    struct str phone, kind, text, category, category_code, place, area, district, street, community, address, name, org, applicant,
        reported_unit, answer, wording, class, same, unit_code;
    bool confidential, no_reply, phone_shown;
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

enum err page_staff_desk(struct request *rq, struct response *rs);
enum err page_staff_desk_post(struct request *rq, struct response *rs);
enum err page_staff_triage(struct request *rq, struct response *rs);
enum err page_staff_triage_post(struct request *rq, struct response *rs);
enum err page_staff_returns(struct request *rq, struct response *rs);
enum err page_staff_whistles(struct request *rq, struct response *rs);
enum err page_staff_extensions(struct request *rq, struct response *rs);

#endif
