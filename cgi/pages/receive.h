/*
 * receive.h - files out of a multipart form into the store: judged by content, named, recorded. For pages and API; and what a
 * form holds before it is sent for good, with the limits of one filing [T 8].
 */
#ifndef PAGES_RECEIVE_H
#define PAGES_RECEIVE_H

#include "app/attachment.h"
#include "app/ticket.h"
#include "pages/say.h"
#include "web/form.h"
#include "web/request.h"

/* One file; field names it in faults. ret_id is what the holder keeps. */
enum err receive_file(struct request *rq, struct upload_part *u, const char *field, struct str *ret_id,
                      struct attachment_new *ret) MUST_CHECK;
/* All of a form; ids has room for list->n. The first bad file ends it; those before it stay loose and expire. */
enum err receive_files(struct request *rq, const struct upload_list *list, const char *field, struct str *ids,
                       size_t *ret_n) MUST_CHECK;

/* ---- files that a form holds: loose until it is filed ---- */
struct held_files {
    struct str ids[TICKET_UPLOADS_MAX];
    const struct attachment *p; /* of those that were there when it was loaded */
    size_t n, photos, recordings;
};
/* By the ids that a form or a draft holds (at most TICKET_UPLOADS_MAX); those that expired are left out. */
enum err held_load(struct request *rq, const struct str *ids, size_t n, struct held_files *ret) MUST_CHECK;
/*
 * What is good and still fits is taken; a refusal (FILE_EMPTY, FILE_TYPE, FILE_TOO_LARGE, TOO_MANY) is added once for each reason
 * as a fault of the field `file` and ends nothing. ERR_OK also then.
 */
enum err held_add(struct request *rq, struct held_files *held, const struct upload_list *list) MUST_CHECK;
/* One that expired meanwhile is gone as wished. */
enum err held_remove(struct request *rq, struct held_files *held, struct str id) MUST_CHECK;
bool held_full(const struct held_files *held);
/* In words, without pictures; one that the worker refused says so. */
struct view_new_file *held_view(const struct say *s, const struct held_files *held);

#endif
