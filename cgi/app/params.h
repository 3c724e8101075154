/*
 * params.h - small named values in one line of text: name=value joined by &, percent-encoded.
 *
 * Carries event parameters, outbox payloads and drafts. Order is kept; the text is canonical, so that a hash over it is.
 */
#ifndef APP_PARAMS_H
#define APP_PARAMS_H

#include "base/buf.h"

void params_put(struct buf *b, const char *name, struct str value);
void params_put_i64(struct buf *b, const char *name, int64_t value);
/* Empty when absent. The decoded value lives in a. */
struct str params_get(struct arena *a, struct str params, const char *name);
int64_t params_get_i64(struct str params, const char *name, int64_t otherwise);
/* Walks: cuts the first pair off *rest; false at the end. The name lies in the text, the value is decoded. */
bool params_next(struct arena *a, struct str *rest, struct str *ret_name, struct str *ret_value);

#endif
