/*
 * csrf.h - proof that a form came from our own page.
 *
 * Two independent checks: Sec-Fetch-Site and Origin say where the request came from, and the field `csrf` carries the
 * visitor's secret from the cookie, masked anew in every response (a fixed secret beside reflected input in a compressed
 * page could be guessed from its size).
 */
#ifndef WEB_CSRF_H
#define WEB_CSRF_H

#include "base/err.h"

struct request;
struct response;

#define CSRF_FIELD "csrf"

/* Sets rq->csrf; a visitor without a secret gets one, and the cookie with it. Called by dispatch for pages that are not
 * stored anywhere. */
void csrf_offer(struct request *rq, struct response *rs);
/* True when the masked token carries the secret of this visitor. */
bool csrf_token_fits(const struct request *rq, struct str token);
/* False when the browser says that another site made this request. */
bool csrf_origin_ours(const struct request *rq);
/* True when the browser says that a page of ours did; false also when it says nothing. */
bool csrf_origin_proven(const struct request *rq);
/* Both, for a CSRF_TOKEN route: ERR_DENIED, reason CSRF_FAILED. token is the decoded form field. */
enum err csrf_check(struct request *rq, struct str token) MUST_CHECK;

#endif
