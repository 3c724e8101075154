/* multipart: the same body in chunks of every size, hostile bodies, limits, and no file left behind. */
#include "fake.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "web/multipart.h"

#define B "----WebKitFormBoundaryABC"
#define TYPE "multipart/form-data; boundary=" B
#define FIELD(name, value) "--" B "\r\nContent-Disposition: form-data; name=\"" name "\"\r\n\r\n" value "\r\n"
#define FILE_PART(name, filename, bytes)                                                                               \
    "--" B "\r\nContent-Disposition: form-data; name=\"" name "\"; filename=\"" filename                               \
    "\"\r\nContent-Type: image/png\r\n\r\n" bytes "\r\n"
#define END "--" B "--\r\n"

/* A file system without nameless files, when a test wants one. Taken by the linker in place of libc's. */
static bool no_tmpfile;
int open(const char *path, int flags, ...);
int open(const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    int mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(ap, int) : 0;
    va_end(ap);
    if (no_tmpfile && (flags & O_TMPFILE) == O_TMPFILE) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return openat(AT_FDCWD, path, flags, mode);
}

static char spool[] = "/tmp/suda-test-spool-XXXXXX";

static int setup(void **state)
{
    (void)state;
    return mkdtemp(spool) ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    return rmdir(spool); /* fails when a file was left behind */
}

static size_t files_in_spool(void)
{
    size_t n = 0;
    DIR *d = opendir(spool);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static uint64_t cap_of(void *arg, struct str name)
{
    (void)arg;
    return str_eq(name, STR("photo")) ? 1000 : 0;
}

static enum err parse(struct fake *f, struct form_pairs *pairs, const char *type, const char *body, size_t n,
                      size_t chunk)
{
    f->body = body;
    f->body_n = n;
    f->body_at = 0;
    f->chunk = chunk;
    struct multipart_input in = {.a = f->a,
                                 .fault = &f->fault,
                                 .self = f,
                                 .read = fake_read,
                                 .content_type = str_from_c(type),
                                 .limit_bytes = 1 << 20,
                                 .spool_dir = spool,
                                 .file_cap = cap_of};
    return multipart_read(&in, pairs);
}

static void test_every_chunk_size(void **state)
{
    /* A delimiter without its line end in front, or with one dash less, is content. */
    static const char good[] =
        FIELD("text", "a\r\nb--" B) FILE_PART("photo", "C:\\dir\\猫.png", "\x89PNG\r\n\r\n-" B "x\r\n-")
            FIELD("empty", "") FIELD("na%22me", "水") END "epilogue";
    static const char content[] = "\x89PNG\r\n\r\n-" B "x\r\n-";
    (void)state;
    for (size_t chunk = 1; chunk < sizeof good; chunk++) {
        struct fake *f = fake_new("POST", "/");
        struct form_pairs p;
        char got[200];
        assert_int_equal(parse(f, &p, TYPE, good, sizeof good - 1, chunk), ERR_OK);
        assert_int_equal(p.n, 4);
        assert_str(p.p[0].value, "a\r\nb--" B);
        assert_str(p.p[1].file->filename, "猫.png");
        assert_str(p.p[1].file->content_type, "image/png");
        assert_int_equal(p.p[1].file->bytes, sizeof content - 1);
        assert_int_equal(read(p.p[1].file->fd, got, sizeof got), sizeof content - 1);
        assert_memory_equal(got, content, sizeof content - 1);
        assert_str(p.p[2].value, "");
        assert_str(p.p[3].name, "na\"me");
        assert_str(p.p[3].value, "水");
        fake_free(f);
    }
    assert_int_equal(files_in_spool(), 0);
}

static void test_refused(void **state)
{
    static const struct {
        const char *type, *body, *reason;
    } cases[] = {
        {TYPE, "", "MULTIPART_BROKEN"},
        {TYPE, "--" B, "MULTIPART_BROKEN"},
        {TYPE, "--" B "\r\n", "MULTIPART_BROKEN"},
        {TYPE, "--" B "x\r\n", "MULTIPART_BROKEN"},
        {TYPE, FIELD("a", "1"), "MULTIPART_BROKEN"}, /* no end */
        {TYPE, FILE_PART("photo", "x", "bytes"), "MULTIPART_BROKEN"},
        {TYPE, "--" B "\r\nContent-Disposition: form-data\r\n\r\nx\r\n" END, "MULTIPART_BROKEN"},
        {TYPE, "--" B "\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n" END, "MULTIPART_BROKEN"},
        {TYPE, "--" B "\r\nContent-Type: text/plain\r\n\r\nx\r\n" END, "MULTIPART_BROKEN"},
        {TYPE, "--" B "\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n" END, "MULTIPART_BROKEN"},
        {TYPE, "--" B "\r\nContent-Disposition: form-data; name=\"a\"\r\n folded\r\n\r\nx\r\n" END, "MULTIPART_BROKEN"},
        {TYPE,
         "--" B "\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; "
         "name=\"b\"\r\n\r\nx\r\n" END,
         "MULTIPART_BROKEN"},
        {TYPE,
         "--" B "\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64\r\n\r\nx\r\n" END,
         "MULTIPART_BROKEN"},
        {TYPE, FIELD("a", "\xff") END, "BAD_REQUEST"},
        {TYPE, FIELD("a%0D%0A", "1") END, "MULTIPART_BROKEN"}, /* a name with a line end */
        {"multipart/form-data", FIELD("a", "1") END, "MULTIPART_BROKEN"},
        {"multipart/form-data; boundary=", FIELD("a", "1") END, "MULTIPART_BROKEN"},
        {"multipart/mixed; boundary=" B, FIELD("a", "1") END, "MULTIPART_BROKEN"},
        {"multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789x", END,
         "MULTIPART_BROKEN"},
        {"multipart/form-data; boundary=a<b", END, "MULTIPART_BROKEN"},
        {"multipart/form-data; boundary=\"a \"", END, "MULTIPART_BROKEN"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fake *f = fake_new("POST", "/");
        struct form_pairs p;
        if (parse(f, &p, cases[i].type, cases[i].body, strlen(cases[i].body), 0) != ERR_INVALID ||
            strcmp(f->fault.reason, cases[i].reason) != 0)
            fail_msg("case %zu: %s", i, f->fault.reason ? f->fault.reason : "accepted");
        assert_int_equal(p.n, 0);
        fake_free(f);
    }
    assert_int_equal(files_in_spool(), 0);
}

static void test_accepted_oddities(void **state)
{
    static const struct {
        const char *type, *body;
        size_t n;
    } cases[] = {
        {TYPE, END, 0},
        {TYPE, "preamble\r\n" FIELD("a", "1") END, 1},
        {"Multipart/Form-Data; charset=utf-8; Boundary=\"" B "\"", FIELD("a", "1") END, 1},
        {TYPE, "--" B " \t\r\nContent-Disposition: form-data; name=a;\r\n\r\n1\r\n" END, 1},
        {TYPE, "--" B "\r\ncontent-disposition: FORM-DATA; name=\"a\"\r\n\r\n--" B "--", 1}, /* no bytes, no line end */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fake *f = fake_new("POST", "/");
        struct form_pairs p;
        if (parse(f, &p, cases[i].type, cases[i].body, strlen(cases[i].body), 0) != ERR_OK || p.n != cases[i].n)
            fail_msg("case %zu: %s", i, f->fault.detail);
        fake_free(f);
    }
}

static void test_limits(void **state)
{
    (void)state;
    struct fake *f = fake_new("POST", "/");
    struct form_pairs p;
    struct buf b;
    buf_init(&b, f->a, MIB(2));
    for (int i = 0; i < LIMIT_PARTS; i++)
        buf_put(&b, STR(FIELD("a", "1")));
    size_t before = b.n;
    buf_put(&b, STR(END));
    assert_int_equal(parse(f, &p, TYPE, b.p, b.n, 0), ERR_OK);
    assert_int_equal(p.n, LIMIT_PARTS);
    b.n = before;
    buf_put(&b, STR(FIELD("a", "1") END));
    assert_int_equal(parse(f, &p, TYPE, b.p, b.n, 0), ERR_INVALID);
    assert_string_equal(f->fault.reason, "TOO_MANY_FIELDS");
    fault_clear(&f->fault);

    buf_clear(&b); /* a header of 8 KiB */
    buf_put(&b, STR("--" B "\r\nX: "));
    memset(buf_reserve(&b, KIB(9)), 'x', KIB(9));
    b.n += KIB(9);
    buf_put(&b, STR("\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n" END));
    assert_int_equal(parse(f, &p, TYPE, b.p, b.n, 0), ERR_INVALID);
    assert_string_equal(f->fault.reason, "MULTIPART_BROKEN");
    fault_clear(&f->fault);

    buf_clear(&b); /* a field past its cap */
    buf_put(&b, STR("--" B "\r\nContent-Disposition: form-data; name=a\r\n\r\n"));
    memset(buf_reserve(&b, LIMIT_BODY_FORM_BYTES + 1), 'x', LIMIT_BODY_FORM_BYTES + 1);
    b.n += LIMIT_BODY_FORM_BYTES + 1;
    buf_put(&b, STR("\r\n" END));
    assert_int_equal(parse(f, &p, TYPE, b.p, b.n, 0), ERR_TOO_LARGE);
    fault_clear(&f->fault);

    buf_clear(&b); /* the body past its cap */
    memset(buf_reserve(&b, (1 << 20) + 1), 'x', (1 << 20) + 1);
    b.n += (1 << 20) + 1;
    assert_int_equal(parse(f, &p, TYPE, b.p, b.n, 0), ERR_TOO_LARGE);
    fake_free(f);
}

static void test_file_caps(void **state)
{
    static char big[1200];
    (void)state;
    memset(big, 'x', sizeof big - 1);
    struct fake *f = fake_new("POST", "/");
    struct form_pairs p;
    struct str body = arena_printf(f->a,
                                   FILE_PART("photo", "a.png", "%s") FILE_PART("other", "b.png", "%s")
                                       FILE_PART("photo", "", "") FILE_PART("photo", "c.png", "ok") END,
                                   big, big);
    assert_int_equal(parse(f, &p, TYPE, body.p, body.n, 100), ERR_OK);
    assert_int_equal(p.n, 4);
    assert_true(p.p[0].too_large && !p.p[0].file);  /* past its cap: dropped, and said */
    assert_true(p.p[1].unknown_file && !p.p[1].too_large && !p.p[1].file); /* the form knows no such file: read over, and said */
    assert_false(p.p[0].unknown_file || p.p[2].unknown_file || p.p[3].unknown_file);
    assert_null(p.p[2].file);                       /* nothing chosen */
    assert_int_equal(p.p[3].file->bytes, 2);
    fake_free(f);
    assert_int_equal(files_in_spool(), 0);
}

static void test_words_of_the_client(void **state)
{
    static const struct {
        const char *filename, *type, *shown_name, *shown_type;
    } cases[] = {
        {"a.png", "image/png", "a.png", "image/png"},
        {"/etc/passwd", "image/png; charset=x", "passwd", "image/png; charset=x"},
        {"a\x01b", "image/\xe6\xb0\xb4", "?", ""},
        {"\xff",
         "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789x", "?",
         ""},
        {"..", "", "..", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fake *f = fake_new("POST", "/");
        struct form_pairs p;
        struct str body = arena_printf(f->a,
                                       "--" B "\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"%s\"\r\n"
                                       "Content-Type: %s\r\n\r\nx\r\n" END,
                                       cases[i].filename, cases[i].type);
        assert_int_equal(parse(f, &p, TYPE, body.p, body.n, 0), ERR_OK);
        assert_str(p.p[0].file->filename, cases[i].shown_name);
        assert_str(p.p[0].file->content_type, cases[i].shown_type);
        fake_free(f);
    }
}

static void test_broken_off(void **state)
{
    static const char body[] = FILE_PART("photo", "a.png", "half of the");
    (void)state;
    struct fake *f = fake_new("POST", "/");
    struct form_pairs p;
    f->gone = true;
    assert_int_equal(parse(f, &p, TYPE, body, sizeof body - 3, 7), ERR_INVALID);
    assert_string_equal(f->fault.reason, "CLIENT_GONE");
    fake_free(f);
    assert_int_equal(files_in_spool(), 0);
}

static void test_keep(void **state)
{
    static const char body[] = FILE_PART("photo", "a.png", "bytes") FILE_PART("photo", "b.png", "other") END;
    char path[64], got[8];
    struct stat st;
    (void)state;
    snprintf(path, sizeof path, "%s/kept", spool);
    struct fake *f = fake_new("POST", "/");
    struct form_pairs p;
    assert_int_equal(parse(f, &p, TYPE, body, sizeof body - 1, 0), ERR_OK);
    assert_int_equal(upload_keep(&f->rq, p.p[0].file, path), ERR_OK);
    assert_int_equal(upload_keep(&f->rq, p.p[1].file, path), ERR_CONFLICT); /* an existing name is refused */
    fake_free(f);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_int_equal(read(fd, got, sizeof got), 5);
    assert_memory_equal(got, "bytes", 5);
    close(fd);
    assert_int_equal(files_in_spool(), 1);
    assert_int_equal(unlink(path), 0);
}

/* The same promises where a file in the spool must have a name. */
static void test_named_spool(void **state)
{
    static const char body[] = FILE_PART("photo", "a.png", "bytes") FILE_PART("photo", "b.png", "other") END;
    char path[64];
    (void)state;
    snprintf(path, sizeof path, "%s/kept", spool);
    no_tmpfile = true;
    struct fake *f = fake_new("POST", "/");
    struct form_pairs p;
    assert_int_equal(parse(f, &p, TYPE, body, sizeof body - 1, 0), ERR_OK);
    assert_int_equal(files_in_spool(), 2);
    assert_true(p.p[0].file->path.n > 0);
    assert_int_equal(upload_keep(&f->rq, p.p[0].file, path), ERR_OK);
    assert_int_equal(upload_keep(&f->rq, p.p[1].file, path), ERR_CONFLICT);
    fake_free(f);
    no_tmpfile = false;
    assert_int_equal(files_in_spool(), 1);
    assert_int_equal(unlink(path), 0);
}

static void test_no_spool(void **state)
{
    static const char body[] = FILE_PART("photo", "a.png", "bytes") END;
    (void)state;
    struct fake *f = fake_new("POST", "/");
    struct form_pairs p;
    struct multipart_input in = {.a = f->a,
                                 .fault = &f->fault,
                                 .self = f,
                                 .read = fake_read,
                                 .content_type = STR(TYPE),
                                 .limit_bytes = 1000,
                                 .spool_dir = "/nonexistent",
                                 .file_cap = cap_of};
    f->body = body;
    f->body_n = sizeof body - 1;
    assert_int_equal(multipart_read(&in, &p), ERR_UNAVAILABLE);
    fake_free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_chunk_size),  cmocka_unit_test(test_refused),
        cmocka_unit_test(test_accepted_oddities), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_file_caps),         cmocka_unit_test(test_words_of_the_client),
        cmocka_unit_test(test_broken_off),        cmocka_unit_test(test_keep),
        cmocka_unit_test(test_named_spool),       cmocka_unit_test(test_no_spool),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
