/*
 * job_sandbox.c - starts a program in a process apart, listens to what it says, waits for its end, kills it when late.
 *
 * Contract: job_sandbox.h. Called by a job, which has one thread; between fork and exec nothing allocates.
 */
#include "prog/job_sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"

enum { EXIT_NOT_STARTED = 126, SAFE_FD = 64, NICE = 10, FILES = 64, POLL_MS = 50, US_PER_MS = 1000};

/* AddressSanitizer's shadow alone reserves terabytes of addresses. */
#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN true
#elif defined(__has_feature)
#define UNDER_ASAN __has_feature(address_sanitizer)
#else
#define UNDER_ASAN false
#endif

static bool set_limit(__rlimit_resource_t what, size_t value)
{
    const struct rlimit l = {value, value};
    return setrlimit(what, &l) == 0;
}

static bool set_limits(const struct sandbox_task *t)
{
    if (!UNDER_ASAN && !set_limit(RLIMIT_AS, t->memory_bytes))
        return false;
    return set_limit(RLIMIT_CPU, (size_t)t->cpu_s) && set_limit(RLIMIT_FSIZE, t->file_bytes) &&
           set_limit(RLIMIT_CORE, 0) && set_limit(RLIMIT_NOFILE, FILES) && set_limit(RLIMIT_MEMLOCK, 0);
}

/* Standard input and error lead nowhere, standard output to us, then the task's own; nothing else is left. */
static bool set_descriptors(const struct sandbox_task *t, int out)
{
    int safe[SANDBOX_FDS], nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    const int out_safe = fcntl(out, F_DUPFD_CLOEXEC, SAFE_FD);
    bool good = nowhere >= 0 && out_safe >= 0;
    for (int i = 0; i < t->n_fds; i++)
        good = good && (safe[i] = fcntl(t->fds[i], F_DUPFD_CLOEXEC, SAFE_FD)) >= 0;
    good = good && dup2(nowhere, STDIN_FILENO) >= 0 && dup2(out_safe, STDOUT_FILENO) >= 0 &&
           dup2(nowhere, STDERR_FILENO) >= 0;
    for (int i = 0; good && i < t->n_fds; i++)
        good = dup2(safe[i], SANDBOX_FIRST_FD + i) >= 0;
    return good && close_range((unsigned)(SANDBOX_FIRST_FD + t->n_fds), ~0u, 0) == 0;
}

static void child_main(const struct sandbox_task *t, int out, pid_t parent)
{
    sigset_t none;
    sigemptyset(&none);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || setsid() < 0 || chdir("/") != 0)
        _exit(EXIT_NOT_STARTED);
    setpriority(PRIO_PROCESS, 0, NICE);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (!set_descriptors(t, out) || !set_limits(t) || (t->reads && !sandbox_confine_files(t->reads, t->writes)) ||
        !sandbox_forbid_network())
        _exit(EXIT_NOT_STARTED);
    execve(t->program, (char *const *)t->argv, (char *const *)t->env);
    _exit(EXIT_NOT_STARTED);
}

/* Until the end of its output or the deadline. What it says beyond the room is read and dropped. */
static void listen_to(int in, int64_t deadline_us, char said[SANDBOX_SAID_BYTES])
{
    size_t n = 0;
    for (;;) {
        char chunk[256];
        const int64_t left_ms = (deadline_us - clock_monotonic_us()) / US_PER_MS;
        struct pollfd p = {.fd = in, .events = POLLIN};
        if (left_ms <= 0)
            break;
        if (poll(&p, 1, left_ms < POLL_MS ? (int)left_ms : POLL_MS) <= 0)
            continue;
        const ssize_t got = read(in, chunk, sizeof chunk);
        if (got == 0 || (got < 0 && errno != EINTR))
            break;
        for (ssize_t i = 0; i < got && n < SANDBOX_SAID_BYTES - 1; i++)
            said[n++] = chunk[i];
    }
    said[n] = 0;
}

/* False: it had to be killed. */
static bool wait_for(pid_t pid, int64_t deadline_us, int *ret_status)
{
    const struct timespec nap = {0, 2 * 1000 * 1000};
    while (waitpid(pid, ret_status, WNOHANG) == 0) {
        if (clock_monotonic_us() > deadline_us) {
            kill(-pid, SIGKILL);
            kill(pid, SIGKILL);
            while (waitpid(pid, ret_status, 0) < 0 && errno == EINTR)
                ;
            return false;
        }
        nanosleep(&nap, NULL);
    }
    return true;
}

/* Once in the life of a job: the other limits still hold. */
static void tell_if_open(const struct sandbox_task *t)
{
    static bool told;
    if (told || !t->reads || sandbox_can_confine_files())
        return;
    told = true;
    log_line(LOG_WARN, "sandbox_files_open", "program", t->argv[0], "why", "the kernel has no Landlock", NULL);
}

enum sandbox_end sandbox_run(const struct sandbox_task *t, char said[SANDBOX_SAID_BYTES])
{
    int ends[2], status = 0;
    const pid_t parent = getpid();
    const int64_t deadline_us = clock_monotonic_us() + t->wall_s * US_PER_S;
    said[0] = 0;
    tell_if_open(t);
    if (pipe2(ends, O_CLOEXEC) != 0)
        return SANDBOX_TROUBLE;
    const pid_t pid = fork();
    if (pid == 0)
        child_main(t, ends[1], parent);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return SANDBOX_TROUBLE;
    }
    listen_to(ends[0], deadline_us, said);
    close(ends[0]);
    const bool in_time = wait_for(pid, deadline_us, &status);
    if (in_time && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NOT_STARTED) {
        log_line(LOG_ERROR, "sandbox_not_started", "program", t->program, NULL);
        return SANDBOX_TROUBLE;
    }
    if (WIFEXITED(status))
        return WEXITSTATUS(status) == 0 ? SANDBOX_DONE : SANDBOX_FAILED;
    log_line(LOG_WARN, "sandbox_killed", "program", t->argv[0], in_time ? "signal" : "out_of_time_s",
             LOG_NUM(in_time ? WTERMSIG(status) : t->wall_s), NULL);
    return SANDBOX_KILLED;
}
