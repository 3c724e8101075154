/*
 * multipart.h - multipart/form-data [RFC 7578], parsed while it arrives.
 *
 * A rolling buffer of fixed size; fields land in the arena, files in the spool. Limits: boundary 70 bytes, header of a
 * part 8 KiB, 64 parts, each field and each file capped, the whole body capped by the route. An upload that breaks off
 * leaves no file.
 */
#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H

#include "base/arena.h"
#include "base/err.h"
#include "web/form.h"

struct multipart_input {
    struct arena *a;
    struct fault *fault;
    void *self;
    ssize_t (*read)(void *self, void *p, size_t n); /* 0 = end, -1 = peer gone */
    struct str content_type;  /* header value, with the boundary */
    uint64_t limit_bytes;     /* of the whole body */
    const char *spool_dir;
    /* Cap for a file part of this name; 0 = the form knows no such file: it is read over, and its pair says so. */
    uint64_t (*file_cap)(void *arg, struct str name);
    void *arg;
};

/* ERR_INVALID (MULTIPART_BROKEN), ERR_TOO_LARGE, ERR_UNAVAILABLE (spool full), all with the fault set. */
enum err multipart_read(const struct multipart_input *in, struct form_pairs *ret) MUST_CHECK;
/* The boundary of a Content-Type value; false when it is no multipart/form-data or the boundary is not allowed. */
bool multipart_boundary(struct str content_type, struct str *ret);

#endif
