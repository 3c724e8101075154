/*
 * listener.c - the socket nginx connects to.
 *
 * Either handed down on descriptor 3 by systemd, or a Unix socket bound here with its access mode. FCGX_OpenSocket is
 * not used: it exits on failure and takes the mode from the umask. Must not know FastCGI.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/str.h"
#include "svc/internal.h"

enum { SYSTEMD_FIRST_FD = 3, STALE_TRIES = 20, STALE_WAIT_US = 100000 };

static bool make_private(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0 && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0;
}

static bool is_listening(int fd)
{
    int yes = 0;
    socklen_t n = sizeof yes;
    return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &yes, &n) == 0 && yes;
}

static int from_systemd(char *why, size_t why_size)
{
    if (!is_listening(SYSTEMD_FIRST_FD) || !make_private(SYSTEMD_FIRST_FD)) {
        snprintf(why, why_size, "no socket path is set and descriptor %d is no listening socket", SYSTEMD_FIRST_FD);
        return -1;
    }
    return SYSTEMD_FIRST_FD;
}

/* EAGAIN is a full backlog: somebody listens. */
static bool answers(const struct sockaddr_un *at)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool alive = fd >= 0 && (connect(fd, (const struct sockaddr *)at, sizeof *at) == 0 || errno == EAGAIN);
    if (fd >= 0)
        close(fd);
    return alive;
}

/*
 * A socket file left by a process that is gone may be removed; one that answers may not. The workers of a master that
 * was killed need a moment to notice, so it is asked more than once.
 */
static bool clear_stale(const struct sockaddr_un *at, char *why, size_t why_size)
{
    struct stat st;
    if (lstat(at->sun_path, &st) != 0)
        return true;
    if (!S_ISSOCK(st.st_mode)) {
        snprintf(why, why_size, "%s exists and is no socket", at->sun_path);
        return false;
    }
    for (int tries = 0; answers(at); tries++) {
        if (tries == STALE_TRIES) {
            snprintf(why, why_size, "another process listens on %s", at->sun_path);
            return false;
        }
        usleep(STALE_WAIT_US);
    }
    if (unlink(at->sun_path) != 0 && errno != ENOENT) {
        snprintf(why, why_size, "removing the old %s: %s", at->sun_path, strerror(errno));
        return false;
    }
    return true;
}

static int bind_and_listen(const struct sockaddr_un *at, int mode, int backlog, char *why, size_t why_size)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        snprintf(why, why_size, "socket: %s", strerror(errno));
        return -1;
    }
    /* The umask gives the file its mode at birth: there is no moment at which strangers could connect. */
    mode_t old = umask((mode_t)(0777 & ~mode));
    int bad = bind(fd, (const struct sockaddr *)at, sizeof *at);
    int saved = errno;
    umask(old);
    if (bad || listen(fd, backlog) != 0) {
        snprintf(why, why_size, "listening on %s: %s", at->sun_path, strerror(bad ? saved : errno));
        close(fd);
        return -1;
    }
    return fd;
}

int listener_open(const char *path, int mode, int backlog, char *why, size_t why_size)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    size_t n = path ? strlen(path) : 0;
    if (n == 0)
        return from_systemd(why, why_size);
    if (n > LIMIT_SOCKET_PATH_BYTES) {
        snprintf(why, why_size, "the socket path has %zu bytes, at most %d are possible: %.40s...", n,
                 LIMIT_SOCKET_PATH_BYTES, path);
        return -1;
    }
    memcpy(at.sun_path, path, n);
    if (!clear_stale(&at, why, why_size))
        return -1;
    return bind_and_listen(&at, mode, backlog, why, why_size);
}

int listener_inherit(int fd, const char *path)
{
    struct sockaddr_un at = {0};
    socklen_t n = sizeof at;
    if (!is_listening(fd) || getsockname(fd, (struct sockaddr *)&at, &n) != 0)
        return -1;
    bool same = !path || !*path || (at.sun_family == AF_UNIX && strcmp(at.sun_path, path) == 0);
    return same && make_private(fd) ? fd : -1;
}
