/*
 * preference.h - ?lang=en and ?elder=1 on any page: remembered for a year, and gone from the address.
 */
#ifndef WEB_PREFERENCE_H
#define WEB_PREFERENCE_H

#include "base/err.h"
#include "base/str.h"

struct request;
struct response;

/* For a GET of a page: sets the cookies named in the query and redirects to the address without them. For the API the
 * language counts for this answer alone. False when the query names no preference. */
bool preference_answer(struct request *rq, struct response *rs);
/* The raw query without lang and elder, fit for a link. */
struct str preference_strip(struct request *rq, struct str query);
/* The path of the request, encoded for a link. */
struct str preference_path(struct request *rq);
/* Path and query of this page without preferences, to come back to; the path alone for anything but GET. */
struct str preference_self(struct request *rq);

#endif
