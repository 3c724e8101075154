/*
 * spool.c - where uploaded files lie while they arrive.
 *
 * Contract: see spool.h and upload_keep() in form.h. A file without a name (O_TMPFILE) vanishes even when the process
 * is killed; where the file system has no such files, a random name does, and a sweep of the folder by age is the
 * operator's or worker's part. Must not know what is in the files.
 */
#include "web/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/random.h"
#include "web/form.h"
#include "web/request.h"

void spool_drop(struct spool *s)
{
    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
    if (s->path[0])
        unlink(s->path);
    s->path[0] = 0;
}

static void drop_hook(void *s)
{
    spool_drop(s);
}

static int open_named(struct spool *s, const char *dir)
{
    int n = snprintf(s->path, sizeof s->path, "%s/in-%016llx%016llx", dir, (unsigned long long)random_u64(),
                     (unsigned long long)random_u64());
    if (n < 0 || (size_t)n >= sizeof s->path) {
        s->path[0] = 0;
        errno = ENAMETOOLONG;
        return -1;
    }
    int fd = open(s->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        s->path[0] = 0;
    return fd;
}

enum err spool_open(struct arena *a, struct fault *f, const char *dir, struct spool **ret)
{
    struct spool *s = ARENA_NEW(a, struct spool);
    s->fd = -1;
    arena_defer(a, drop_hook, s);
    s->fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (s->fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL))
        s->fd = open_named(s, dir);
    if (s->fd < 0)
        return fault_set(f, ERR_UNAVAILABLE, "UNAVAILABLE", "spool: %s", strerror(errno));
    *ret = s;
    return ERR_OK;
}

enum err spool_write(struct spool *s, struct fault *f, const void *p, size_t n)
{
    const char *at = p;
    while (n) {
        ssize_t done = write(s->fd, at, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return fault_set(f, ERR_UNAVAILABLE, "UNAVAILABLE", "spool: %s", strerror(errno));
        at += done;
        n -= (size_t)done;
    }
    return ERR_OK;
}

static int give_name(struct spool *s, const char *final_path)
{
    char fd_path[40];
    if (s->path[0])
        return renameat2(AT_FDCWD, s->path, AT_FDCWD, final_path, RENAME_NOREPLACE);
    snprintf(fd_path, sizeof fd_path, "/proc/self/fd/%d", s->fd);
    return linkat(AT_FDCWD, fd_path, AT_FDCWD, final_path, AT_SYMLINK_FOLLOW);
}

enum err upload_keep(struct request *rq, struct upload_part *u, const char *final_path)
{
    struct spool *s = u->spool;
    BUG_ON(!s || s->fd < 0);
    if (fchmod(s->fd, 0640) != 0 || fsync(s->fd) != 0 || give_name(s, final_path) != 0) {
        enum err err = errno == EEXIST ? ERR_CONFLICT : ERR_UNAVAILABLE;
        return fault_set(rq->fault, err, err == ERR_CONFLICT ? "CONFLICT" : "UNAVAILABLE", "keep: %s", strerror(errno));
    }
    s->path[0] = 0;
    u->path = STR_NONE;
    return ERR_OK;
}
