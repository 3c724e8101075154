/* test_log.c - cgi/base/log.c: one JSON object per line, whatever the values hold. */
#include "base/log.h"
#include "unit.h"

static char captured[20000];

/* Runs fn with stderr going to a file, and keeps what was written. */
static void capture(void (*fn)(void))
{
    char path[] = "/tmp/suda-unit-log-XXXXXX";
    int file = mkstemp(path), saved = dup(2);
    assert_true(file >= 0 && saved >= 0);
    unlink(path);
    dup2(file, 2);
    fn();
    dup2(saved, 2);
    close(saved);
    ssize_t n = pread(file, captured, sizeof captured - 1, 0);
    assert_true(n >= 0);
    captured[n] = 0;
    close(file);
}

static void log_plain(void)
{
    log_setup("unit", LOG_INFO);
    log_line(LOG_WARN, "something", "id", "7", "number", LOG_NUM(-12), "none", NULL, NULL);
}

static void test_plain(void **state)
{
    (void)state;
    capture(log_plain);
    assert_int_equal(strncmp(captured, "{\"at\":\"20", 9), 0);
    assert_non_null(strstr(captured, ",\"level\":\"warn\",\"program\":\"unit\",\"pid\":\""));
    assert_non_null(strstr(captured, "\",\"event\":\"something\",\"id\":\"7\",\"number\":\"-12\",\"none\":\"\"}\n"));
    assert_int_equal(captured[strlen(captured) - 1], '\n');
    assert_ptr_equal(strchr(captured, '\n'), captured + strlen(captured) - 1);
}

static void log_levels(void)
{
    log_setup("unit", LOG_WARN);
    log_line(LOG_INFO, "quiet", NULL);
    log_line(LOG_DEBUG, "quiet", NULL);
    log_line(LOG_ERROR, "loud", NULL);
}

static void test_levels(void **state)
{
    (void)state;
    capture(log_levels);
    assert_null(strstr(captured, "quiet"));
    assert_non_null(strstr(captured, "loud"));
}

static void log_nasty(void)
{
    log_setup("unit", LOG_INFO);
    log_line(LOG_INFO, "nasty", "a", "x\"\\\n\r\x1b\x7f", "b", "诉", "c", "\xff\xe8", NULL);
}

static void test_escapes(void **state)
{
    (void)state;
    capture(log_nasty);
    assert_non_null(strstr(captured, "\"a\":\"x\\\"\\\\\\u000a\\u000d\\u001b\\u007f\",\"b\":\"诉\",\"c\":\"\\u00ff\\u00e8\"}\n"));
}

static char long_value[9000];
static void log_long(void)
{
    memset(long_value, 'x', sizeof long_value - 1);
    log_line(LOG_INFO, "long", "before", "kept", "value", long_value, "after", "gone", NULL);
}

static void test_too_long_is_said(void **state)
{
    (void)state;
    capture(log_long);
    assert_non_null(strstr(captured, "\"before\":\"kept\",\"cut\":true}\n"));
    assert_null(strstr(captured, "xxx"));
    assert_null(strstr(captured, "gone"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_too_long_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
