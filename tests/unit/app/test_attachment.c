/* test_attachment.c - where an upload comes to lie, and who may take it from there. */
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "unit.h"

#include "app/attachment.h"
#include "app/crypto.h"
#include "app/ctx.h"
#include "app/settings.h"

static char top[] = "/tmp/suda-attachment.XXXXXX";

static int make_top(void **state)
{
    (void)state;
    crypto_init();
    return mkdtemp(top) ? 0 : -1;
}

static int drop(const char *path, const struct stat *s, int type, struct FTW *at)
{
    (void)s, (void)type, (void)at;
    return remove(path);
}

static int drop_top(void **state)
{
    (void)state;
    return nftw(top, drop, 8, FTW_DEPTH | FTW_PHYS);
}

static mode_t mode_of(const char *path)
{
    struct stat s;
    assert_int_equal(stat(path, &s), 0);
    return s.st_mode & 07777;
}

/* Each program is a user of its own in production, and the group is what they share: the staff program adds to folders that the
 * citizens' program made, and the worker takes the file away. The umask is that of the units. */
static void test_folders_of_the_group(void **state)
{
    (void)state;
    static const char photo[] = "\xff\xd8\xff\xe0\0\x10JFIF";
    struct arena *a = arena_new(1 << 20);
    struct fault f = {0};
    struct app_settings set = {.upload_dir = top};
    struct ctx c = {.a = a, .fault = &f, .set = &set};
    struct attachment_new n;
    char name[] = "/tmp/suda-attachment-in.XXXXXX";
    const int fd = mkstemp(name);
    unlink(name);
    assert_int_equal(write(fd, photo, sizeof photo - 1), sizeof photo - 1);
    const mode_t before = umask(0007);
    assert_int_equal(attachment_judge(&c, fd, sizeof photo - 1, STR("a.jpg"), "file", &n), ERR_OK);
    umask(before);
    close(fd);
    assert_int_equal(mode_of(arena_cstr(a, arena_printf(a, "%s/raw", top))) & 0777, 0770);
    const char *folder = arena_cstr(a, str_slice(str_from_c(n.path), 0, (size_t)(strrchr(n.path, '/') - n.path)));
    assert_int_equal(mode_of(folder) & 0777, 0770);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_folders_of_the_group)};
    return cmocka_run_group_tests(tests, make_top, drop_top);
}
