/* staff_visits.h - pages of the visitors: whom to call back, and what they said. */
#ifndef PAGES_STAFF_VISITS_H
#define PAGES_STAFF_VISITS_H

#include "app/officer.h"
#include "app/visit.h"
#include "pages/say.h"
#include "web/form.h"

struct staff_visits_query {
    struct str cursor;
};
struct staff_visit_attempt_form {
    struct str result, once;
};
struct rating_form;
extern const struct form_spec staff_visits_query, staff_visit_attempt_form;

/* ---- the inner part, of pages and API alike ---- */
struct staff_visits_page {
    const struct visit_row *held, *rows; /* what this visitor holds; whom to call */
    size_t n_held, n_rows;
    struct str next_cursor;              /* empty = the end */
};
enum err staff_visits_read(struct request *rq, const struct staff_visits_query *q, size_t limit, struct staff_visits_page *ret) MUST_CHECK;
/* What the visitor says: on picking up, and to somebody whose demand is opened again. */
void staff_visit_script(const struct say *s, const struct visit_call *k, struct str *ret_hello, struct str *ret_reopen);
/* Claimed first, and so prolonged: nobody reads a number that a colleague is calling. */
enum err staff_visit_phone(struct request *rq, struct officer_contact_data *ret) MUST_CHECK;
enum err staff_visit_try(struct request *rq, const struct staff_visit_attempt_form *in, bool *ret_void, struct ticket_done *ret) MUST_CHECK;
enum err staff_visit_answer(struct request *rq, const struct rating_form *in, bool *ret_reopened, struct ticket_done *ret) MUST_CHECK;

/* ---- pages ---- */

enum err page_staff_visits(struct request *rq, struct response *rs);
enum err page_staff_visit(struct request *rq, struct response *rs);
enum err page_staff_visit_claim(struct request *rq, struct response *rs);
enum err page_staff_visit_release(struct request *rq, struct response *rs);
enum err page_staff_visit_reveal(struct request *rq, struct response *rs);
enum err page_staff_visit_attempt(struct request *rq, struct response *rs);
enum err page_staff_visit_answers(struct request *rq, struct response *rs);

#endif
