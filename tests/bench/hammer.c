/*
 * hammer.c - HTTP load from one thread, counting what fails.
 *
 * usage: hammer PORT CONNECTIONS MILLISECONDS PATH [BODY_BYTES]
 * Keeps CONNECTIONS busy with GET PATH, or POST with so many bytes of body, against 127.0.0.1:PORT, each sending the
 * next request when the answer is whole. An answer other than 2xx, a broken connection and one that takes longer than
 * 10 s count as failed; the connection is then opened anew. Prints one line:
 *   ok N failed N rate N p50_us N p99_us N max_us N first_failure TEXT
 * Exit code 0 unless nothing at all was answered.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/str.h"

enum { CONNECTIONS_MAX = 512, READ_BYTES = 1 << 16, SAMPLES = 1 << 21, PATIENCE_US = 10 * 1000000 };

struct client {
    int fd;
    size_t sent, got;
    int64_t began_us;
    char in[READ_BYTES];
};

static struct client clients[CONNECTIONS_MAX];
static uint32_t samples[SAMPLES];
static size_t n_ok, n_failed, n_samples, request_n;
static char *request_p, first_failure[120] = "none";
static int epoll_fd;
static uint16_t port;

static void fail(struct client *c, const char *why)
{
    if (n_failed++ == 0)
        snprintf(first_failure, sizeof first_failure, "%s%s%.60s", why, c->got ? " " : "", c->got ? c->in : "");
    for (char *p = first_failure; *p; p++)
        if (*p == '\r' || *p == '\n')
            *p = 0;
    close(c->fd);
    c->fd = -1;
}

static void begin(struct client *c)
{
    c->sent = c->got = 0;
    c->began_us = clock_monotonic_us();
}

static bool open_client(struct client *c)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = c};
    int on = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c->fd < 0)
        return false;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    begin(c);
    if (connect(c->fd, (struct sockaddr *)&at, sizeof at) != 0 && errno != EINPROGRESS)
        return false;
    return epoll_ctl(epoll_fd, EPOLL_CTL_ADD, c->fd, &e) == 0;
}

/* 1 = whole, 0 = more to come, -1 = not an answer we understand. */
static int whole(const struct client *c)
{
    struct str all = {c->in, c->got};
    const char *end = str_find(all, STR("\r\n\r\n"));
    if (!end)
        return c->got < sizeof c->in ? 0 : -1;
    size_t head = (size_t)(end - c->in) + 4;
    const char *length = str_find((struct str){c->in, head}, STR("Content-Length: "));
    if (length) {
        struct str digits, rest;
        uint64_t n;
        str_cut((struct str){length + 16, head - (size_t)(length + 16 - c->in)}, '\r', &digits, &rest);
        if (!parse_u64(digits, 0, sizeof c->in, &n))
            return -1;
        return c->got >= head + n ? (c->got == head + n ? 1 : -1) : 0;
    }
    if (!str_find((struct str){c->in, head}, STR("Transfer-Encoding: chunked")))
        return -1;
    return str_ends(all, STR("\r\n0\r\n\r\n"));
}

static void answered(struct client *c)
{
    int64_t took = clock_monotonic_us() - c->began_us;
    if (c->got < 13 || memcmp(c->in, "HTTP/1.1 2", 10) != 0) {
        fail(c, "status");
        return;
    }
    n_ok++;
    if (n_samples < SAMPLES)
        samples[n_samples++] = (uint32_t)took;
    begin(c);
}

static void work(struct client *c)
{
    for (;;) {
        while (c->sent < request_n) {
            ssize_t n = send(c->fd, request_p + c->sent, request_n - c->sent, MSG_NOSIGNAL);
            if (n <= 0)
                break;
            c->sent += (size_t)n;
        }
        ssize_t n = recv(c->fd, c->in + c->got, sizeof c->in - c->got, 0);
        if (n < 0 && (errno == EAGAIN || errno == ENOTCONN))
            return;
        if (n <= 0) {
            fail(c, n == 0 ? "closed" : strerror(errno));
            return;
        }
        c->got += (size_t)n;
        int state = whole(c);
        if (state < 0)
            fail(c, "garbled");
        else if (state > 0)
            answered(c);
        if (c->fd < 0)
            return;
    }
}

static void look_after(size_t n_clients)
{
    int64_t now = clock_monotonic_us();
    for (size_t i = 0; i < n_clients; i++) {
        struct client *c = &clients[i];
        if (c->fd >= 0 && now - c->began_us > PATIENCE_US)
            fail(c, "no answer");
        if (c->fd < 0 && !open_client(c))
            fail(c, "connect");
    }
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static void report(int64_t us)
{
    qsort(samples, n_samples, sizeof *samples, by_value);
    uint32_t p50 = n_samples ? samples[n_samples / 2] : 0, p99 = n_samples ? samples[n_samples * 99 / 100] : 0;
    printf("ok %zu failed %zu rate %lld p50_us %u p99_us %u max_us %u first_failure %s\n", n_ok, n_failed,
           (long long)((int64_t)n_ok * US_PER_S / us), p50, p99, n_samples ? samples[n_samples - 1] : 0, first_failure);
}

static bool make_request(const char *path, uint64_t body)
{
    int head = asprintf(&request_p, body ? "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %llu\r\n\r\n"
                                         : "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path, (unsigned long long)body);
    if (head < 0)
        return false;
    request_n = (size_t)head + body;
    request_p = realloc(request_p, request_n);
    if (request_p)
        memset(request_p + head, 'b', body);
    return request_p != NULL;
}

int main(int argc, char **argv)
{
    uint64_t number, n_clients, ms, body = 0;
    struct epoll_event events[64];
    if (argc < 5 || !parse_u64(str_from_c(argv[1]), 1, 65535, &number) ||
        !parse_u64(str_from_c(argv[2]), 1, CONNECTIONS_MAX, &n_clients) ||
        !parse_u64(str_from_c(argv[3]), 1, 600000, &ms) ||
        (argc > 5 && !parse_u64(str_from_c(argv[5]), 0, 100000000, &body)) || !make_request(argv[4], body)) {
        fprintf(stderr, "usage: hammer PORT CONNECTIONS MILLISECONDS PATH [BODY_BYTES]\n");
        return 2;
    }
    port = (uint16_t)number;
    epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    for (size_t i = 0; i < n_clients; i++)
        clients[i].fd = -1;
    int64_t start = clock_monotonic_us(), end = start + (int64_t)ms * 1000, looked = 0;
    while (clock_monotonic_us() < end) {
        if (clock_monotonic_us() - looked > 10000) {
            looked = clock_monotonic_us();
            look_after(n_clients);
        }
        int n = epoll_wait(epoll_fd, events, 64, 5);
        for (int i = 0; i < n; i++) {
            struct client *c = events[i].data.ptr;
            if (c->fd >= 0)
                work(c);
        }
    }
    report(clock_monotonic_us() - start);
    return n_ok ? 0 : 1;
}
