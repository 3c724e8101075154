/* multipart_header.h - the header of one part. Between multipart.c and multipart_header.c alone. */
#ifndef WEB_MULTIPART_HEADER_H
#define WEB_MULTIPART_HEADER_H

#include "base/arena.h"

struct part_header {
    struct str name, filename, content_type;
    bool is_file; /* a filename parameter stands there, empty or not */
};

/* text: the header lines without the empty line. False: not the header of a form-data part. Results live in the arena. */
bool part_header_parse(struct arena *a, struct str text, struct part_header *ret);
/* Next `key=value` of a header value after its first word; value unquoted. False at the end or when it is broken;
 * ret_rest tells the two apart (empty = the end). */
bool header_param(struct arena *a, struct str text, struct str *ret_key, struct str *ret_value, struct str *ret_rest);

#endif
