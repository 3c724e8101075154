/*
 * hello_svc.c - svc_run with as little of an application as the tests of svc need.
 *
 * usage: hello_svc SOCKET WORKERS KEPT [REQUESTS_PER_WORKER] [DEADLINE_MS] [GATHERERS]
 * By QUERY_STRING: nothing = "hello"; sleep=MS waits first; crash aborts; spin never returns; echo answers the body's
 * length and sum; skip leaves the body unread; pid answers the worker's pid, pid=MS after so long; big=N answers N bytes; metrics;
 * grow=N keeps N bytes for ever; flow=N answers N pieces, a quarter of a second apart, each of which prolongs the deadline.
 * While the file named by HELLO_REFUSES exists, workers refuse to start.
 */
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "svc/svc.h"

static void say(struct svc_request *rq, const char *text)
{
    static const char head[] = "Status: 200\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n";
    svc_write(rq, head, sizeof head - 1);
    svc_write(rq, text, strlen(text));
}

static void echo(struct svc_request *rq)
{
    char part[5000], text[64];
    ssize_t n;
    uint64_t bytes = 0, sum = 0;
    while ((n = svc_read(rq, part, sizeof part)) > 0) {
        bytes += (uint64_t)n;
        for (ssize_t i = 0; i < n; i++)
            sum = sum * 31 + (unsigned char)part[i];
    }
    snprintf(text, sizeof text, "%s %llu %016llx\n", n < 0 ? "broken" : "whole", (unsigned long long)bytes,
             (unsigned long long)sum);
    say(rq, text);
}

static void big(struct svc_request *rq, uint64_t n)
{
    char part[1000];
    memset(part, 'x', sizeof part);
    say(rq, "");
    for (; n; n -= n < sizeof part ? n : sizeof part)
        svc_write(rq, part, n < sizeof part ? n : sizeof part);
}

/* usleep would be cut short by the signals of svc. */
static void wait_ms(int64_t ms)
{
    for (int64_t until = clock_monotonic_us() + ms * 1000; ms && clock_monotonic_us() < until;)
        usleep(500);
}

static void flow(struct svc_request *rq, uint64_t n)
{
    int64_t deadline = svc_deadline_us(rq);
    say(rq, "");
    for (; n; n--) {
        wait_ms(250);
        svc_write(rq, "flows\n", 6);
        const int64_t later = svc_prolong(rq);
        if (later <= deadline || later != svc_deadline_us(rq))
            svc_write(rq, "NOT LATER\n", 10);
        deadline = later;
    }
}

static void handle(void *state, struct svc_request *rq)
{
    static char metrics[1 << 20];
    const char *query = svc_param(rq, "QUERY_STRING");
    struct str name, value, q = str_from_c(query);
    uint64_t n = 0;
    char text[32];
    (void)state;
    str_cut(q, '=', &name, &value);
    parse_u64(value, 0, 1000000000, &n);
    if (str_eq(name, STR("crash"))) {
        abort();
    } else if (str_eq(name, STR("spin"))) {
        for (;;)
            pause();
    } else if (str_eq(name, STR("echo"))) {
        echo(rq);
    } else if (str_eq(name, STR("big"))) {
        big(rq, n);
    } else if (str_eq(name, STR("flow"))) {
        flow(rq, n);
    } else if (str_eq(name, STR("pid"))) {
        wait_ms((int64_t)n);
        snprintf(text, sizeof text, "%d\n", (int)getpid());
        say(rq, text);
    } else if (str_eq(name, STR("grow"))) {
        static void *volatile kept;
        kept = malloc(n);
        memset(kept, 1, kept ? n : 0);
        say(rq, "grown\n");
    } else if (str_eq(name, STR("metrics"))) {
        svc_metrics_text(metrics, sizeof metrics);
        say(rq, metrics);
    } else {
        wait_ms((int64_t)n);
        say(rq, str_eq(name, STR("skip")) ? "skipped\n" : "hello\n");
    }
}

static void *start(void *arg)
{
    const char *refuses = getenv("HELLO_REFUSES");
    return refuses && access(refuses, F_OK) == 0 ? NULL : arg;
}

static int number(int argc, char **argv, int i, int otherwise)
{
    uint64_t v;
    return i < argc && parse_u64(str_from_c(argv[i]), 0, INT32_MAX, &v) ? (int)v : otherwise;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: hello_svc SOCKET WORKERS KEPT [REQUESTS_PER_WORKER] [DEADLINE_MS] [GATHERERS]\n");
        return 2;
    }
    log_setup("hello", LOG_INFO);
    struct svc_options o = {
        .name = "hello",
        .socket_path = argv[1],
        .socket_mode = 0666,
        .backlog = 1024,
        .workers = number(argc, argv, 2, 0),
        .kept_connections = number(argc, argv, 3, 0),
        .requests_per_worker = number(argc, argv, 4, 1000000000),
        .request_deadline_ms = number(argc, argv, 5, 5000),
        .gatherers = number(argc, argv, 6, 0),
        .drain_ms = 5000,
        .worker_init = start,
        .handle = handle,
        .arg = argv,
    };
    return svc_run(&o);
}
