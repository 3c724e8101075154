/* language.h - which language a client wants. */
#ifndef WEB_LANGUAGE_H
#define WEB_LANGUAGE_H

#include "base/str.h"
#include "web/lang.h"

/* "zh", "zh-CN", "zh-Hans-CN", "en", "en-GB" ...; false for a language we do not have. */
bool language_of_tag(struct str tag, enum lang *ret);
/* Accept-Language [RFC 9110, section 12.5.4]: the one with the highest weight, the earlier on a tie, else zh-CN. */
enum lang language_accepted(struct str header);
struct str language_tag(enum lang lang); /* "zh-CN", "en" */

#endif
