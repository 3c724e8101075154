/*
 * reload.c - SIGHUP: a new image of the program takes over without losing a request.
 *
 * First a child runs the new image up to svc_run with SVC_PREFLIGHT set: a configuration with a mistake, or a program
 * that does not start, or whose shared memory is laid out differently, is found there, and the old generation goes on. Only then does the master execute the program
 * in its own place: same pid, so the service manager and the workers notice nothing, and the workers stay its children.
 * The listener, the shared memory, the inboxes and the vault are handed on by descriptor, named in the environment.
 *
 * The program must therefore do nothing before svc_run that a second run beside the first could disturb.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "base/err.h"
#include "base/log.h"
#include "svc/internal.h"

enum { ARGS_MAX = 64, ARG_BYTES = 16384 };

static char program[4096], arg_bytes[ARG_BYTES];
static char *args[ARGS_MAX + 1];

void reload_remember(void)
{
    ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
    program[n > 0 ? n : 0] = 0;
    int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    n = fd < 0 ? -1 : read(fd, arg_bytes, sizeof arg_bytes - 1);
    if (fd >= 0)
        close(fd);
    size_t count = 0;
    for (ssize_t at = 0; at < n && count < ARGS_MAX; at += (ssize_t)strlen(arg_bytes + at) + 1)
        args[count++] = arg_bytes + at;
    args[count] = NULL;
}

bool reload_is_preflight(void)
{
    return getenv("SVC_PREFLIGHT") != NULL;
}

int reload_preflight_code(void)
{
    const char *layout = getenv("SVC_LAYOUT");
    uint64_t theirs;
    if (layout && (!parse_u64(str_from_c(layout), 0, UINT64_MAX, &theirs) || theirs != shared_layout()))
        return RELOAD_NEEDS_RESTART;
    return 0;
}

static bool take_number(struct str *rest, int *ret)
{
    struct str head;
    uint64_t v;
    str_cut(*rest, ',', &head, rest);
    if (!parse_u64(head, 0, INT32_MAX, &v))
        return false;
    *ret = (int)v;
    return true;
}

bool reload_inherited(struct svc *svc)
{
    const char *text = getenv("SVC_DESCRIPTORS");
    struct str rest = str_from_c(text);
    int listener, vault[2], inbox[SVC_SLOTS][2];
    if (!text || !take_number(&rest, &listener) || !take_number(&rest, &vault[0]) || !take_number(&rest, &vault[1]))
        return false;
    for (size_t i = 0; i < SVC_SLOTS; i++)
        if (!take_number(&rest, &inbox[i][0]) || !take_number(&rest, &inbox[i][1]))
            return false;
    unsetenv("SVC_DESCRIPTORS");
    for (size_t i = 0; i < SVC_SLOTS; i++)
        if (fcntl(inbox[i][0], F_SETFD, FD_CLOEXEC) != 0 || fcntl(inbox[i][1], F_SETFD, FD_CLOEXEC) != 0)
            return false;
    if (fcntl(vault[0], F_SETFD, FD_CLOEXEC) != 0 || fcntl(vault[1], F_SETFD, FD_CLOEXEC) != 0)
        return false;
    vault_keep_over_exec(false);
    memcpy(svc->vault, vault, sizeof vault);
    svc->listener = listener;
    memcpy(svc->inbox, inbox, sizeof inbox);
    return true;
}

static void run_program(void)
{
    if (program[0] && args[0])
        execv(program, args);
}

int reload_preflight(void)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    char layout[24];
    snprintf(layout, sizeof layout, "%llu", (unsigned long long)shared_layout());
    setenv("SVC_PREFLIGHT", "1", 1);
    setenv("SVC_LAYOUT", layout, 1);
    unsetenv("NOTIFY_SOCKET");
    run_program();
    log_line(LOG_ERROR, "reload_exec_failed", "program", program, "why", strerror(errno), NULL);
    _exit(127);
}

static void keep_over_exec(struct svc *svc, bool keep)
{
    int flags = keep ? 0 : FD_CLOEXEC;
    vault_keep_over_exec(keep);
    BUG_ON(fcntl(svc->vault[0], F_SETFD, flags) != 0 || fcntl(svc->vault[1], F_SETFD, flags) != 0);
    BUG_ON(fcntl(svc->listener, F_SETFD, flags) != 0 || fcntl(shared_fd(), F_SETFD, flags) != 0);
    for (size_t i = 0; i < SVC_SLOTS; i++)
        BUG_ON(fcntl(svc->inbox[i][0], F_SETFD, flags) != 0 || fcntl(svc->inbox[i][1], F_SETFD, flags) != 0);
}

void reload_exec(struct svc *svc)
{
    char list[64 + SVC_SLOTS * 24], shared[16];
    size_t n = (size_t)snprintf(list, sizeof list, "%d,%d,%d", svc->listener, svc->vault[0], svc->vault[1]);
    for (size_t i = 0; i < SVC_SLOTS; i++)
        n += (size_t)snprintf(list + n, sizeof list - n, ",%d,%d", svc->inbox[i][0], svc->inbox[i][1]);
    snprintf(shared, sizeof shared, "%d", shared_fd());
    if (setenv("SVC_DESCRIPTORS", list, 1) == 0 && setenv("SVC_SHARED_FD", shared, 1) == 0) {
        keep_over_exec(svc, true);
        fflush(NULL);
        run_program();
    }
    log_line(LOG_ERROR, "reload_exec_failed", "program", program, "why", strerror(errno), NULL);
    keep_over_exec(svc, false);
    unsetenv("SVC_DESCRIPTORS");
    unsetenv("SVC_SHARED_FD");
}
