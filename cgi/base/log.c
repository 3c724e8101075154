/*
 * log.c - one JSON object per line on stderr.
 *
 * The line is made in a buffer on the stack and written at once, so lines of several processes never mix (a pipe keeps
 * writes up to PIPE_BUF whole) and logging works when memory is gone. A field that does not fit is left out and
 * "cut":true says so. Must not know what the fields mean.
 */
#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/utf8.h"

enum { LINE_MAX_BYTES = 4096, TAIL_ROOM = 16 /* ,"cut":true}\n */ };

static char program_name[32] = "suda";
static enum log_level least_level = LOG_INFO;

struct line {
    char p[LINE_MAX_BYTES];
    size_t n;
    bool cut;
};

void log_setup(const char *program, enum log_level least)
{
    snprintf(program_name, sizeof program_name, "%s", program);
    least_level = least;
}

struct log_num log_num(int64_t v)
{
    struct log_num text;
    snprintf(text.p, sizeof text.p, "%lld", (long long)v);
    return text;
}

static void put(struct line *l, const char *p, size_t n)
{
    if (l->cut || n > sizeof l->p - TAIL_ROOM - l->n) {
        l->cut = true;
        return;
    }
    memcpy(l->p + l->n, p, n);
    l->n += n;
}

static void put_text(struct line *l, const char *text)
{
    /* A value that is not UTF-8 would make the line unreadable as JSON; its bytes are shown as escapes. */
    bool utf8 = utf8_valid(str_from_c(text));
    put(l, "\"", 1);
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        char escape[8];
        if (*c == '"' || *c == '\\') {
            escape[0] = '\\';
            escape[1] = (char)*c;
            put(l, escape, 2);
        } else if (*c < 0x20 || *c == 0x7f || (*c >= 0x80 && !utf8)) {
            put(l, escape, (size_t)snprintf(escape, sizeof escape, "\\u%04x", *c));
        } else {
            put(l, (const char *)c, 1);
        }
    }
    put(l, "\"", 1);
}

static void put_pair(struct line *l, const char *name, const char *value)
{
    size_t before = l->n;
    if (l->cut)
        return;
    put(l, ",", 1);
    put_text(l, name);
    put(l, ":", 1);
    put_text(l, value ? value : "");
    if (l->cut)
        l->n = before;
}

static void put_head(struct line *l, enum log_level level, const char *event)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    char head[96], pid[16];
    struct timespec t;
    struct tm tm;
    clock_gettime(CLOCK_REALTIME, &t);
    gmtime_r(&t.tv_sec, &tm);
    int n = snprintf(head, sizeof head, "{\"at\":\"%04d-%02d-%02dT%02d:%02d:%02d.%06ldZ\"", tm.tm_year + 1900,
                     tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, t.tv_nsec / 1000);
    put(l, head, (size_t)n < sizeof head ? (size_t)n : sizeof head - 1);
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    put_pair(l, "level", names[level]);
    put_pair(l, "program", program_name);
    put_pair(l, "pid", pid);
    put_pair(l, "event", event);
}

static void emit(struct line *l)
{
    static const char cut[] = ",\"cut\":true";
    size_t done = 0;
    if (l->cut) {
        memcpy(l->p + l->n, cut, sizeof cut - 1);
        l->n += sizeof cut - 1;
    }
    l->p[l->n++] = '}';
    l->p[l->n++] = '\n';
    while (done < l->n) {
        ssize_t n = write(STDERR_FILENO, l->p + done, l->n - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return; /* nowhere left to complain */
        done += (size_t)n;
    }
}

void log_line(enum log_level level, const char *event, ...)
{
    struct line l;
    va_list ap;
    const char *name;
    if (level < least_level)
        return;
    l.n = 0;
    l.cut = false;
    put_head(&l, level, event);
    va_start(ap, event);
    while ((name = va_arg(ap, const char *)))
        put_pair(&l, name, va_arg(ap, const char *));
    va_end(ap);
    emit(&l);
}
