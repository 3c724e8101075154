/*
 * spool.h - a file on its way in: without a name, or with a random one, and gone with the request unless it is kept.
 */
#ifndef WEB_SPOOL_H
#define WEB_SPOOL_H

#include "base/arena.h"
#include "base/err.h"

struct spool {
    int fd;
    char path[256]; /* "" = the file has no name (O_TMPFILE) or was kept */
};

/* ERR_UNAVAILABLE when the folder refuses. Closed, and removed if it still has its spool name, when the arena ends. */
enum err spool_open(struct arena *a, struct fault *f, const char *dir, struct spool **ret) MUST_CHECK;
enum err spool_write(struct spool *s, struct fault *f, const void *p, size_t n) MUST_CHECK;
/* At once: the bytes are not wanted. */
void spool_drop(struct spool *s);

#endif
