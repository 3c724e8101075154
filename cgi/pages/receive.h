/* receive.h - files out of a multipart form into the store: judged by content, named, recorded. For pages and API. */
#ifndef PAGES_RECEIVE_H
#define PAGES_RECEIVE_H

#include "app/attachment.h"
#include "web/form.h"
#include "web/request.h"

/* One file; field names it in faults. ret_id is what the holder keeps. */
enum err receive_file(struct request *rq, struct upload_part *u, const char *field, struct str *ret_id,
                      struct attachment_new *ret) MUST_CHECK;
/* All of a form; ids has room for list->n. The first bad file ends it; those before it stay loose and expire. */
enum err receive_files(struct request *rq, const struct upload_list *list, const char *field, struct str *ids,
                       size_t *ret_n) MUST_CHECK;

#endif
