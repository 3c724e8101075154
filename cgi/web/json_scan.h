/*
 * json_scan.h - what json-c would let pass, looked at before it. Between json.c and json_scan.c alone.
 */
#ifndef WEB_JSON_SCAN_H
#define WEB_JSON_SCAN_H

#include "base/str.h"

/* NULL when the text holds only tokens of RFC 8259 with nesting up to max_depth, every string closed and with whole
 * escapes, none of them NUL or half a surrogate pair, and every integer within int64_t; else a word for the log.
 * ret_names gets the number of member names: json-c keeps the last of two equal ones, so fewer afterwards means a
 * duplicate. The order of tokens is left to json-c. */
const char *json_scan(struct str text, int max_depth, size_t *ret_names);

#endif
