/*
 * track.h - following a ticket in the browser: find, show, files, follow; add, urge, withdraw, object; rate.
 *
 * A browser holds a ticket after proving number and code, after filing, or because it is the account's. A page asked for
 * by a browser that does not hold it leads to the form for number and code, whether the ticket exists or not.
 */
#ifndef PAGES_TRACK_H
#define PAGES_TRACK_H

#include "app/ticket.h"
#include "pages/say.h"
#include "web/request.h"
#include "web/response.h"

enum err page_track_find(struct request *rq, struct response *rs);      /* GET /track */
enum err page_track_find_post(struct request *rq, struct response *rs); /* POST /track */
enum err page_track(struct request *rq, struct response *rs);           /* GET /track/{no} */
enum err page_track_file(struct request *rq, struct response *rs);      /* GET /track/{no}/file/{id} */
enum err page_track_thumb(struct request *rq, struct response *rs);     /* GET /track/{no}/thumb/{id} */
enum err page_track_follow(struct request *rq, struct response *rs);    /* POST /track/{no}/follow */

enum err page_track_add(struct request *rq, struct response *rs);       /* GET, POST /track/{no}/add */
enum err page_track_add_post(struct request *rq, struct response *rs);
enum err page_track_urge(struct request *rq, struct response *rs);      /* GET, POST /track/{no}/urge */
enum err page_track_urge_post(struct request *rq, struct response *rs);
enum err page_track_withdraw(struct request *rq, struct response *rs);
enum err page_track_withdraw_post(struct request *rq, struct response *rs);
enum err page_track_object(struct request *rq, struct response *rs);
enum err page_track_object_post(struct request *rq, struct response *rs);

enum err page_rating(struct request *rq, struct response *rs);          /* GET, POST /track/{no}/rating */
enum err page_rating_post(struct request *rq, struct response *rs);
enum err page_rate_link(struct request *rq, struct response *rs);       /* GET /r/{token}: to the clean path /rate */
enum err page_rate(struct request *rq, struct response *rs);            /* GET, POST /rate */
enum err page_rate_post(struct request *rq, struct response *rs);

/* Reads the ticket of the first path argument. ERR_NOT_FOUND leads to the form: return track_lead_to_form(). */
enum err track_open(struct request *rq, struct ticket_view *ret) MUST_CHECK;
enum err track_lead_to_form(struct request *rq, struct response *rs) MUST_CHECK;
/* 303 to the tracking page, which will say `done` ("added", "urged" ...). */
enum err track_back(struct request *rq, struct response *rs, struct str no, const char *done) MUST_CHECK;
/* Facts that the receipt shows as well: kind, category, place, address, public ... */
struct view_facts track_facts(const struct say *s, const struct ticket_view *t);
struct safe_html track_qr(struct request *rq, struct str url); /* empty when it cannot be drawn */
#endif
