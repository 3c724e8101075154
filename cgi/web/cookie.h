/* cookie.h - the Cookie header [RFC 6265, section 4.2]. */
#ifndef WEB_COOKIE_H
#define WEB_COOKIE_H

#include "base/str.h"

/* First value of this name; empty when absent. Names are compared exactly; quotes around a value are dropped. */
struct str cookie_find(struct str header, struct str name);
/* May stand in Set-Cookie as it is: cookie-octet of RFC 6265. */
bool cookie_value_ok(struct str value);

#endif
