/*
 * fuzz_multipart.c - multipart bodies. First line = Content-Type, then one byte for the size of chunks, then the body.
 *
 * sources: cgi/base/[a-z]*.c cgi/web/{multipart,multipart_header,spool}.c
 * covers: cgi/web/{multipart,multipart_header}.c
 */
#include <fcntl.h>
#include <unistd.h>

#include "fuzz.h"
#include "web/multipart.h"

struct source {
    struct str left;
    size_t chunk;
    bool gone;
};

static ssize_t feed(void *self, void *p, size_t n)
{
    struct source *s = self;
    if (!s->left.n)
        return s->gone ? -1 : 0;
    n = n < s->chunk ? n : s->chunk;
    n = n < s->left.n ? n : s->left.n;
    memcpy(p, s->left.p, n);
    s->left = str_slice(s->left, n, s->left.n);
    return (ssize_t)n;
}

/* "f..." is a file of up to 40 bytes, anything else is not known. */
static uint64_t cap(void *arg, struct str name)
{
    (void)arg;
    return name.n && name.p[0] == 'f' ? 40 : 0;
}

static void check_pair(const struct form_pair *p)
{
    FUZZ_CHECK(fuzz_is_clean(p->name) && p->name.n && p->name.n <= LIMIT_FILENAME_BYTES && fuzz_is_clean(p->value));
    if (!p->file)
        return;
    FUZZ_CHECK(!p->too_large && p->file->bytes <= 40);
    FUZZ_CHECK(lseek(p->file->fd, 0, SEEK_CUR) == 0 && lseek(p->file->fd, 0, SEEK_END) == (off_t)p->file->bytes);
    FUZZ_CHECK(utf8_is_text(p->file->filename, false) && p->file->filename.n <= LIMIT_FILENAME_BYTES);
    FUZZ_CHECK(!memchr(p->file->filename.p, '/', p->file->filename.n));
    FUZZ_CHECK(utf8_is_text(p->file->content_type, false));
}

static void one(struct arena *a, struct str input)
{
    struct fault f = {0};
    struct form_pairs pairs;
    struct str type, rest;
    str_cut(input, '\n', &type, &rest);
    if (!rest.n)
        return;
    unsigned char control = (unsigned char)rest.p[0];
    struct source src = {str_slice(rest, 1, rest.n), (control & 0x7f) == 0x7f ? 4096 : (size_t)(control & 0x7f) + 1,
                         control >> 7};
    struct multipart_input in = {.a = a,
                                 .fault = &f,
                                 .self = &src,
                                 .read = feed,
                                 .content_type = type,
                                 .limit_bytes = 100000,
                                 .spool_dir = "/dev/shm",
                                 .file_cap = cap};
    if (multipart_read(&in, &pairs) != ERR_OK) {
        FUZZ_CHECK(f.reason && pairs.n == 0);
        return;
    }
    FUZZ_CHECK(pairs.n <= LIMIT_PARTS);
    for (size_t i = 0; i < pairs.n; i++)
        check_pair(&pairs.p[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_with_arena(data, size, one);
    return 0;
}
