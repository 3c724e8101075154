/* test_listener.c - cgi/svc/listener.c and notify.c: sockets with their mode, stale files, and clear refusals. */
#include <errno.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "svc/internal.h"
#include "unit.h"

static char dir[] = "/tmp/suda-unit-sock-XXXXXX", path[100], why[300];

static int setup(void **state)
{
    (void)state;
    if (!mkdtemp(dir))
        return -1;
    snprintf(path, sizeof path, "%s/s", dir);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(dir);
}

static int connect_to_path(void)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, (struct sockaddr *)&at, sizeof at) == 0)
        return fd;
    close(fd);
    return -1;
}

static void test_open(void **state)
{
    struct stat st;
    (void)state;
    mode_t before = umask(0077);
    int fd = listener_open(path, 0660, 5, why, sizeof why);
    assert_int_equal(umask(before), 0077); /* put back */
    assert_true(fd >= 0);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0660); /* whatever the umask */
    assert_true(fcntl(fd, F_GETFL) & O_NONBLOCK);
    assert_true(fcntl(fd, F_GETFD) & FD_CLOEXEC);
    assert_int_equal(accept(fd, NULL, NULL), -1);
    assert_int_equal(errno, EAGAIN);
    int client = connect_to_path();
    assert_true(client >= 0);
    close(client);
    assert_int_equal(listener_inherit(fd, path), fd);
    assert_int_equal(listener_inherit(fd, ""), fd);
    assert_int_equal(listener_inherit(fd, "/elsewhere"), -1);
    close(fd);
}

static void test_stale_file_is_replaced(void **state)
{
    (void)state;
    assert_int_equal(connect_to_path(), -1); /* left by the test before, nobody listens */
    int fd = listener_open(path, 0600, 50, why, sizeof why);
    assert_true(fd >= 0);
    close(fd);
}

static void test_living_one_is_respected(void **state)
{
    (void)state;
    int fd = listener_open(path, 0600, 50, why, sizeof why);
    assert_true(fd >= 0);
    assert_int_equal(listener_open(path, 0600, 50, why, sizeof why), -1);
    assert_non_null(strstr(why, "another process listens on"));
    int client = connect_to_path();
    assert_true(client >= 0);
    close(client);
    close(fd);
    unlink(path);
}

static void test_refusals(void **state)
{
    char long_path[200];
    (void)state;
    memset(long_path, 'x', sizeof long_path);
    long_path[0] = '/';
    long_path[108] = 0;
    assert_int_equal(listener_open(long_path, 0600, 50, why, sizeof why), -1);
    assert_non_null(strstr(why, "the socket path has 108 bytes, at most 107 are possible"));
    assert_int_equal(listener_open("/nonexistent/s", 0600, 50, why, sizeof why), -1);
    assert_string_equal(why, "listening on /nonexistent/s: No such file or directory");
    assert_int_equal(listener_open(dir, 0600, 50, why, sizeof why), -1);
    assert_non_null(strstr(why, "exists and is no socket"));
}

static void test_systemd(void **state)
{
    (void)state;
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) { /* descriptor 3 is somebody else's in this process */
        int fd = listener_open(path, 0600, 50, why, sizeof why);
        if (fd < 0 || dup2(fd, 3) != 3 || listener_open("", 0, 5, why, sizeof why) != 3)
            _exit(1);
        if (!(fcntl(3, F_GETFL) & O_NONBLOCK) || listener_open(NULL, 0, 5, why, sizeof why) != 3)
            _exit(2);
        close(3);
        if (listener_open("", 0, 5, why, sizeof why) != -1 || !strstr(why, "descriptor 3 is no listening socket"))
            _exit(3);
        unlink(path);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static void test_notify(void **state)
{
    char got[100];
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    (void)state;
    unsetenv("NOTIFY_SOCKET");
    notify_send("READY=1"); /* nobody to tell */
    snprintf(at.sun_path, sizeof at.sun_path, "%s", path);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    setenv("NOTIFY_SOCKET", path, 1);
    notify_send("READY=1");
    ssize_t n = recv(fd, got, sizeof got, 0);
    assert_int_equal(n, 7);
    assert_memory_equal(got, "READY=1", 7);
    close(fd);
    unlink(path);
    setenv("NOTIFY_SOCKET", "relative", 1);
    notify_send("READY=1");
    /* An abstract address. */
    snprintf(at.sun_path, sizeof at.sun_path, "@suda-unit-%d", (int)getpid());
    setenv("NOTIFY_SOCKET", at.sun_path, 1);
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(at.sun_path));
    at.sun_path[0] = 0;
    fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, size), 0);
    notify_send("STOPPING=1");
    assert_int_equal(recv(fd, got, sizeof got, 0), 10);
    close(fd);
    unsetenv("NOTIFY_SOCKET");
}

static void test_watchdog(void **state)
{
    char pid[16];
    (void)state;
    assert_true(notify_watchdog_us() == 0);
    setenv("WATCHDOG_USEC", "3000000", 1);
    assert_true(notify_watchdog_us() == 1500000);
    setenv("WATCHDOG_PID", "1", 1);
    assert_true(notify_watchdog_us() == 0); /* meant for another process */
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    setenv("WATCHDOG_PID", pid, 1);
    assert_true(notify_watchdog_us() == 1500000);
    setenv("WATCHDOG_USEC", "soon", 1);
    assert_true(notify_watchdog_us() == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_open),     cmocka_unit_test(test_stale_file_is_replaced),
        cmocka_unit_test(test_living_one_is_respected), cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_systemd),  cmocka_unit_test(test_notify),
        cmocka_unit_test(test_watchdog),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
