/*
 * notify.c - telling the service manager how we are: READY=1, WATCHDOG=1, STOPPING=1, RELOADING=1.
 *
 * The protocol is one datagram to the socket named by NOTIFY_SOCKET (sd_notify(3)); a leading @ stands for an abstract
 * address. Must not fail the service: a manager that does not listen is logged, nothing more.
 */
#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "svc/internal.h"

void notify_send(const char *lines)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    size_t n = path ? strlen(path) : 0;
    if (n == 0 || n >= sizeof to.sun_path || (path[0] != '/' && path[0] != '@'))
        return;
    memcpy(to.sun_path, path, n);
    if (path[0] == '@')
        to.sun_path[0] = 0;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n);
    if (sendto(fd, lines, strlen(lines), MSG_NOSIGNAL | MSG_DONTWAIT, (struct sockaddr *)&to, size) < 0)
        log_line(LOG_WARN, "notify_failed", "why", strerror(errno), NULL);
    close(fd);
}

int64_t notify_watchdog_us(void)
{
    const char *every = getenv("WATCHDOG_USEC"), *pid = getenv("WATCHDOG_PID");
    uint64_t us, who;
    if (!every || !parse_u64(str_from_c(every), 1, 3600 * (uint64_t)US_PER_S, &us))
        return 0;
    if (pid && (!parse_u64(str_from_c(pid), 1, INT32_MAX, &who) || (int)who != getpid()))
        return 0;
    return (int64_t)us / 2;
}
