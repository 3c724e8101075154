/*
 * once.h - the hidden field `once`: what a form is sent twice for is done once.
 *
 * A double click without script, a press on "back" and once more, a reload: the second request gets the answer of the first.
 */
#ifndef PAGES_ONCE_H
#define PAGES_ONCE_H

#include "app/ctx.h"
#include "web/form.h"
#include "web/request.h"

struct crypto_hasher;

enum { ONCE_CHARS = 40 };
/* Of a form that is shown: the one that came back, or a new one. */
struct str once_show(struct request *rq, struct str sent);
/*
 * The key of the form and of what it says, files too: other words from the same form are another act. once: what that field
 * of the form holds; empty = no key (ret->key.n = 0). ERR_UNAVAILABLE when a file that came cannot be read again.
 */
enum err once_key(struct request *rq, struct str once, struct idem *ret) MUST_CHECK;
/* What these files say, for a key of one's own. */
enum err once_hash_files(struct request *rq, struct crypto_hasher *h, const struct upload_list *files) MUST_CHECK;
/* The same for what the request makes first (ctx.once). */
enum err once_take(struct request *rq, struct str once) MUST_CHECK;

#endif
