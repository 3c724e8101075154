/* draft_text.h - a draft as one line of text (app/params.h) and back. Inside of app. */
#ifndef APP_DRAFT_TEXT_H
#define APP_DRAFT_TEXT_H

#include "app/draft.h"

enum { DRAFT_TEXT_BYTES = 60000 };

/* Empty when it does not fit. */
struct str draft_write(struct arena *a, const struct draft *d);
/* Unknown names are skipped, so that an older program reads a newer draft. in.uploads points into ret. */
void draft_read(struct arena *a, struct str text, struct draft *ret);

#endif
