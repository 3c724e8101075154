/*
 * new.h - filing a demand in the browser, one thing a page; the receipt; the cases that are not dispatched [T 11].
 *
 * What was said so far lies in a draft on the server (app/draft.h); the browser holds a session alone. A page asked for
 * before those in front of it were answered leads to the first open one; after the filing every page leads to the receipt.
 */
#ifndef PAGES_NEW_H
#define PAGES_NEW_H

#include "web/request.h"
#include "web/response.h"

enum err page_new_words(struct request *rq, struct response *rs); /* GET, POST /new */
enum err page_new_words_post(struct request *rq, struct response *rs);
enum err page_new_drop(struct request *rq, struct response *rs); /* POST /new/drop: away with the draft */
enum err page_new_category(struct request *rq, struct response *rs);
enum err page_new_category_post(struct request *rq, struct response *rs);
enum err page_new_district(struct request *rq, struct response *rs); /* /new/place */
enum err page_new_district_post(struct request *rq, struct response *rs);
enum err page_new_street(struct request *rq, struct response *rs); /* /new/place/street */
enum err page_new_street_post(struct request *rq, struct response *rs);
enum err page_new_community(struct request *rq, struct response *rs); /* /new/place/community */
enum err page_new_community_post(struct request *rq, struct response *rs);
enum err page_new_address(struct request *rq, struct response *rs); /* /new/place/address */
enum err page_new_address_post(struct request *rq, struct response *rs);
enum err page_new_photos(struct request *rq, struct response *rs);
enum err page_new_photos_post(struct request *rq, struct response *rs);
enum err page_new_thumb(struct request *rq, struct response *rs); /* GET /new/photos/{id}/thumb */
enum err page_new_contact(struct request *rq, struct response *rs);
enum err page_new_contact_post(struct request *rq, struct response *rs);
enum err page_new_code(struct request *rq, struct response *rs);
enum err page_new_code_post(struct request *rq, struct response *rs);
enum err page_new_check(struct request *rq, struct response *rs);
enum err page_new_check_post(struct request *rq, struct response *rs);
enum err page_new_join(struct request *rq, struct response *rs); /* GET, POST /new/join */
enum err page_new_join_post(struct request *rq, struct response *rs);
enum err page_receipt(struct request *rq, struct response *rs);

enum err page_new_saved(struct request *rq, struct response *rs);
enum err page_new_saved_post(struct request *rq, struct response *rs); /* makes the link for another device */
enum err page_draft_link(struct request *rq, struct response *rs);  /* GET /d/{token}: to the clean path */
enum err page_new_resume(struct request *rq, struct response *rs);  /* GET /new/resume: shows what the link leads to */
enum err page_new_resume_post(struct request *rq, struct response *rs); /* moves it here, or leaves it */

enum err page_stop_list(struct request *rq, struct response *rs);   /* GET /new/stop */
enum err page_stop(struct request *rq, struct response *rs);        /* GET, POST /new/stop/{class} */
enum err page_stop_post(struct request *rq, struct response *rs);

#endif
