/* me_export.h - one's own data as one JSON object, for taking along [PIPL 45]: the same by page and by API (MeExport). */
#ifndef PAGES_ME_EXPORT_H
#define PAGES_ME_EXPORT_H

#include "app/account.h"
#include "web/json.h"

/* Phones stand unmasked in it: they are the reader's own. */
void me_export_json(struct json *w, struct arena *a, const struct account_export *x);

#endif
