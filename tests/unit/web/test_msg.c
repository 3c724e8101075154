/* test_msg.c - messages looked up and filled at run time, with the sample messages of tests/gen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka wants the three above */
#include <cmocka.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gen/msg.c"
#include "web/msg.c"

static struct str format(struct arena *a, enum lang lang, enum msg m, const char *n)
{
    const struct msg_arg args[] = {{"n", str_from_c(n)}, {"unit", STR("<U>")}, {"day", STR("{n}")}};
    return msg_format(a, lang, m, args, 3);
}

static void finds_every_key(void **state)
{
    (void)state;
    for (int m = MSG_NONE + 1; m < MSG_COUNT; m++) {
        assert_int_equal(msg_find(msg_key((enum msg)m)), m);
        assert_true(msg_key((enum msg)m).n > 0);
        for (int l = 0; l < LANG_COUNT; l++)
            assert_true(msg_texts[l][m].n > 0);
    }
    assert_int_equal(msg_find(STR("sample.nothing")), MSG_NONE);
    assert_int_equal(msg_find(STR("")), MSG_NONE);
    assert_int_equal(msg_key(MSG_NONE).n, 0);
}

static void texts(void **state)
{
    (void)state;
    assert_true(str_eq_c(msg_text(LANG_EN, MSG_site_name), "Suda"));
    assert_true(str_eq_c(msg_text(LANG_ZH, MSG_site_name), "诉达"));
    assert_true(str_eq_c(msg_text((enum lang)9, MSG_site_name), "诉达"));
    assert_true(str_eq_c(msg_text(LANG_EN, MSG_sample_lines), "First line\nSecond line \\ end"));
    assert_true(str_eq_c(msg_text(LANG_EN, MSG_sample_long), "This sentence is long and takes two lines."));
    assert_true(str_eq_c(msg_text(LANG_ZH, MSG_sample_long), "这一句很长，写在两行。"));
    assert_int_equal(msg_text(LANG_EN, MSG_NONE).n, 0);
}

static void placeholders(void **state)
{
    (void)state;
    struct arena *a = arena_new(1024 * 1024);
    assert_true(str_eq_c(format(a, LANG_EN, MSG_sample_days, "1"), "1 day left"));
    assert_true(str_eq_c(format(a, LANG_EN, MSG_sample_days, "11"), "11 days left"));
    assert_true(str_eq_c(format(a, LANG_EN, MSG_sample_days, ""), " days left"));
    assert_true(str_eq_c(format(a, LANG_ZH, MSG_sample_days, "1"), "还有 1 天"));
    /* An argument is text: braces in it mean nothing, and nothing is escaped here. */
    assert_true(str_eq_c(format(a, LANG_EN, MSG_sample_who, "1"), "Handled on {n} by <U>"));
    assert_true(str_eq_c(msg_format(a, LANG_EN, MSG_sample_days, NULL, 0), "{n} days left"));
    assert_true(msg_has_args(MSG_sample_days));
    assert_false(msg_has_args(MSG_site_name));
    arena_free(a);
}

/* A mistake of ours ends the process, whatever the caller would have done with the text. */
static void unfilled_message_aborts(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            close(STDERR_FILENO);
            signal(SIGABRT, SIG_DFL);
            struct str s = msg_text(LANG_EN, i ? MSG_sample_days : MSG_site_name);
            _exit(s.n > 0 ? 0 : 1);
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        if (i)
            assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
        else
            assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0); /* control: the other message does not */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_every_key),
        cmocka_unit_test(texts),
        cmocka_unit_test(placeholders),
        cmocka_unit_test(unfilled_message_aborts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
