/* staff_visits.h - pages of the visitors: whom to call back, and what they said. */
#ifndef PAGES_STAFF_VISITS_H
#define PAGES_STAFF_VISITS_H

#include "web/form.h"
#include "web/request.h"
#include "web/response.h"

extern const struct form_spec staff_visits_query, staff_visit_attempt_form;

enum err page_staff_visits(struct request *rq, struct response *rs);
enum err page_staff_visit(struct request *rq, struct response *rs);
enum err page_staff_visit_claim(struct request *rq, struct response *rs);
enum err page_staff_visit_release(struct request *rq, struct response *rs);
enum err page_staff_visit_reveal(struct request *rq, struct response *rs);
enum err page_staff_visit_attempt(struct request *rq, struct response *rs);
enum err page_staff_visit_answers(struct request *rq, struct response *rs);

#endif
