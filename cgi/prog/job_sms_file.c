/*
 * job_sms_file.c - the SMS driver `file`: one file a message, for development and tests.
 *
 * paths.sms_dir/<message id>.txt with the lines to=, topic=, text=. Written aside and renamed, so that a reader sees a
 * whole file or none; the same message again replaces itself. Holds phones and codes in the clear, therefore mode 0600
 * and never the driver of a production.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"
#include "prog/job_sms.h"

enum { CONTENT_BYTES = 8192 };

static bool write_whole(int fd, struct str s)
{
    while (s.n > 0) {
        const ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        s = (struct str){s.p + n, s.n - (size_t)n};
    }
    return true;
}

static bool write_file(struct arena *a, const char *folder, const struct outbox_item *it, struct str content)
{
    const char *path = arena_printf(a, "%s/%llu.txt", folder, (unsigned long long)it->id).p;
    const char *aside = arena_printf(a, "%s/.%llu.%d", folder, (unsigned long long)it->id, (int)getpid()).p;
    const int fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    bool good = write_whole(fd, content);
    good = close(fd) == 0 && good && rename(aside, path) == 0;
    if (!good) {
        const int why = errno;
        unlink(aside);
        errno = why;
    }
    return good;
}

void sms_file_deliver(struct job *j, struct sms *batch, size_t n)
{
    struct arena *a = j->ctx.a;
    for (size_t i = 0; i < n; i++) {
        struct sms *s = &batch[i];
        struct buf b;
        buf_init(&b, a, CONTENT_BYTES);
        buf_printf(&b, "to=" STR_FMT "\ntopic=%s\ntext=", STR_ARG(s->item->phone), outbox_topic_word(s->item->topic));
        buf_put(&b, s->text);
        buf_putc(&b, '\n');
        s->sent = !b.full && write_file(a, j->conf->sms_dir, s->item, buf_str(&b));
        if (!s->sent)
            snprintf(s->error, sizeof s->error, "file: %s", b.full ? "too long" : strerror(errno));
    }
}
