/*
 * new_flow.h - what the pages of filing share: the draft, the order of pages, the way back. For cgi/pages/new_*.c alone.
 */
#ifndef PAGES_NEW_FLOW_H
#define PAGES_NEW_FLOW_H

#include "app/attachment.h"
#include "app/draft.h"
#include "pages/say.h"
#include "pages/view_new.h"
#include "web/request.h"
#include "web/response.h"
#include "web/view.h"

/* In order. The place has four pages and contact two; they count as one each. */
enum flow_step { FLOW_WORDS = 1, FLOW_CATEGORY, FLOW_PLACE, FLOW_PHOTOS, FLOW_CONTACT, FLOW_CHECK, FLOW_STEPS = FLOW_CHECK };

struct flow {
    struct draft d;      /* zeroed when there is none */
    bool found;          /* a draft lies on the server and was not filed */
    uint64_t filed;      /* the ticket that the draft of this browser became; 0 = none */
    struct str name;     /* of the draft, for the form: draft_name() */
    bool to_check;       /* came by a change link: goes back to the check page */
};

/* Reads the draft. What is wrong with the form stays in rq->fault. to is the field `to`, or the query's. */
enum err flow_load(struct request *rq, struct str to, struct flow *ret) MUST_CHECK;

/*
 * For every page but the first: loads, and when this page may not be shown yet (or no more) answers itself.
 *     bool shown;
 *     err = flow_enter(rq, rs, to, FLOW_PHOTOS, &f, &shown);
 *     if (err != ERR_OK || !shown) return err;
 * A POST without a draft takes along the one that its form names; when there is none any more it is DRAFT_NOT_FOUND: the page says
 * so, rather than asking everything again without a word.
 */
enum err flow_enter(struct request *rq, struct response *rs, struct str to, enum flow_step step, struct flow *ret,
                    bool *ret_shown) MUST_CHECK;

/* Path of the first page that is still open, /new/check when none is. */
struct str flow_first_open(const struct refdata *ref, const struct draft *d);
/* Step of that page. Pure, like the former. */
enum flow_step flow_reached(const struct draft *d);
/* Where choosing a place goes on from this area: street, community, address. */
struct str flow_after_area(const struct refdata *ref, struct str area_code);
/* The area of this level that holds code, or is it; NULL = none. */
const struct area *flow_area_at(const struct refdata *ref, struct str code, int level);

/* Saves, with a session made when there is none, and goes on: to the check page, if that is where we came from. */
enum err flow_go_on(struct request *rq, struct response *rs, struct flow *f, struct str next) MUST_CHECK;
/* path, with ?to=check when the page was reached by a change link. */
struct str flow_path(struct request *rq, const struct flow *f, struct str path);

struct view_step flow_view_step(const struct flow *f, enum flow_step step, struct str back);
/* Title with the step in it; 422 and the word for "error" when the form has faults. */
void flow_page(struct request *rq, struct response *rs, struct page *pg, enum msg title, enum flow_step step);

/* Link of the small picture of a loose file; empty until it was cleaned. */
struct str flow_thumb(struct arena *a, const struct attachment *u);
/* Who usually leads and by when, as far as the area is known; empty when nothing can be said. */
enum err flow_promise(struct request *rq, const struct say *s, struct str category_code, struct str area_code,
                      struct str *ret) MUST_CHECK;
/* Published demands of the same street and category, to join. */
enum err flow_similar(struct request *rq, const struct say *s, const struct draft *d, const struct view_similar **ret,
                      size_t *ret_n) MUST_CHECK;

#endif
