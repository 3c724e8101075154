/* ticket_form.h - JSON bodies about tickets. */
#ifndef API_TICKET_FORM_H
#define API_TICKET_FORM_H

#include "web/form.h"

struct api_filing {
    struct str kind, title, text, category_code, area_code, address, applicant, diversion;
    int64_t lng, lat; /* degrees * 1e7 */
    bool has_lng, has_lat;
    struct str_list uploads;
    struct str name, phone, org, phone_code, reported_unit;
    bool is_public, confidential, no_reply;
};
struct api_lookup {
    struct str ticket_no, query_code;
};
struct api_message {
    struct str text;
    struct str_list uploads;
};
struct api_reason {
    struct str reason;
};
struct api_rating {
    bool contacted, solved, has_contacted, has_solved;
    struct str satisfaction, words;
};
struct api_follow {
    bool follow, has_follow;
};
struct api_list {
    struct str status, cursor;
};

extern const struct form_spec api_filing_form, api_lookup_form, api_message_form, api_reason_form, api_rating_form,
    api_follow_form, api_list_query;

#endif
