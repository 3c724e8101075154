/* problem: the table is whole, its words exist in both languages, and every reason the code names stands in it. */
#include "fake.h"

#include <dirent.h>

#include "web/problem.h"

static void test_table(void **state)
{
    size_t n;
    const struct problem *p = problem_table(&n);
    (void)state;
    assert_true(n > 20);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(p[i].code / 100, p[i].status);
        assert_true(i == 0 || p[i].code > p[i - 1].code);   /* sorted, so no code stands twice */
        assert_ptr_equal(problem_find(p[i].reason), &p[i]); /* no reason stands twice */
        for (int lang = 0; lang < LANG_COUNT; lang++)
            assert_true(msg_text((enum lang)lang, p[i].msg).n > 0);
        char key[64] = "error.";
        for (size_t k = 0; p[i].reason[k]; k++)
            key[6 + k] = (char)(p[i].reason[k] >= 'A' && p[i].reason[k] <= 'Z' ? p[i].reason[k] + 32 : p[i].reason[k]);
        assert_int_equal(msg_find(str_from_c(key)), p[i].msg);
    }
    assert_null(problem_find("NO_SUCH_REASON"));
    assert_null(problem_find(NULL));
}

/* Each status of the table can be sent: response.c has words for it. */
static void test_statuses(void **state)
{
    size_t n, bytes;
    const struct problem *p = problem_table(&n);
    (void)state;
    for (size_t i = 0; i < n; i++) {
        struct fake *f = fake_new("GET", "/");
        char want[32];
        assert_int_equal(request_read(&f->rq), ERR_OK);
        response_status(&f->rs, p[i].status);
        assert_true(response_send(&f->rq, &f->rs, &bytes));
        snprintf(want, sizeof want, "Status: %d ", p[i].status);
        assert_non_null(strstr(f->out, want));
        fake_free(f);
    }
}

static void test_of(void **state)
{
    struct fault f = {0};
    (void)state;
    assert_string_equal(problem_of(&f, ERR_NOT_FOUND)->reason, "NOT_FOUND");
    fault_set(&f, ERR_CONFLICT, "VERSION", NULL);
    assert_int_equal(problem_of(&f, ERR_CONFLICT)->code, 40901);
    assert_string_equal(problem_of(&f, ERR_INTERNAL)->reason, "INTERNAL"); /* the fault is of another kind */
    fault_clear(&f);
    fault_set(&f, ERR_CONFLICT, "NO_SUCH_REASON", NULL);
    assert_string_equal(problem_of(&f, ERR_CONFLICT)->reason, "INTERNAL");
}

static void test_field_words(void **state)
{
    struct fault_field f = {.field = "x", .reason = "TOO_LONG"};
    (void)state;
    assert_int_equal(problem_field_msg(&f), MSG_field_too_long);
    f.msg = MSG_field_required;
    assert_int_equal(problem_field_msg(&f), MSG_field_required);
    f = (struct fault_field){.field = "x", .reason = "NO_SUCH_REASON"};
    assert_int_equal(problem_field_msg(&f), MSG_field_bad_format);
}

/* ---- reasons in the code --------------------------------------------------------------------------------------- */

static size_t seen;

/* The n-th argument of a call, when it is one string literal of capitals. */
static bool literal_argument(const char *call, int nth, char out[64])
{
    const char *at = strchr(call, '(');
    int depth = 0;
    for (; at && *at; at++) {
        if (*at == '(')
            depth++;
        else if (*at == ')' && --depth == 0)
            return false;
        else if (*at == ',' && depth == 1 && --nth == 0)
            break;
    }
    if (!at || !*at)
        return false;
    at += 1 + strspn(at + 1, " \n\t");
    size_t n = *at == '"' ? strspn(at + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789") : 0;
    if (!n || n > 63 || at[n + 1] != '"')
        return false;
    memcpy(out, at + 1, n);
    out[n] = 0;
    return true;
}

static void check_calls(const char *text, const char *name, const char *file, bool field)
{
    char reason[64], key[80];
    for (const char *at = text; (at = strstr(at, name)); at++) {
        if (!literal_argument(at, 2, reason))
            continue;
        seen++;
        if (!field && !problem_find(reason))
            fail_msg("%s names the reason %s, which is not in the table of cgi/web/problem.c", file, reason);
        snprintf(key, sizeof key, "field.%s", reason);
        for (char *c = key + 6; *c; c++)
            *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
        if (field && !msg_find(str_from_c(key)))
            fail_msg("%s names the field reason %s, which has no words in templates/messages", file, reason);
    }
}

static void check_folder(const char *folder)
{
    static char text[1 << 20];
    char path[300];
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d));) {
        size_t n = strlen(e->d_name);
        if (n < 3 || strcmp(e->d_name + n - 2, ".c") != 0 || strncmp(e->d_name, "seed", 4) == 0 ||
            strncmp(e->d_name, "demo", 4) == 0)
            continue; /* seeds and demo rows are made by a tool that answers in its own words */
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        FILE *f = fopen(path, "re");
        assert_non_null(f);
        text[fread(text, 1, sizeof text - 1, f)] = 0;
        fclose(f);
        check_calls(text, "fault_set(", path, false);
        check_calls(text, "fault_field(", path, true);
    }
    if (d)
        closedir(d);
}

static void test_reasons_in_code(void **state)
{
    static const char *const folders[] = {"cgi/web", "cgi/app", "cgi/db", "cgi/pages", "cgi/api", "cgi/prog"};
    char reason[64];
    (void)state;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        check_folder(folders[i]);
    assert_true(seen > 10); /* run from the top of the tree */
    assert_true(literal_argument("fault_set(f(a, b), ERR_X,\n  \"SOME_REASON\", 1)", 2, reason)); /* the reader reads */
    assert_string_equal(reason, "SOME_REASON");
    assert_false(literal_argument("fault_set(f, e, reason, 1)", 2, reason));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_statuses),
        cmocka_unit_test(test_of),
        cmocka_unit_test(test_field_words),
        cmocka_unit_test(test_reasons_in_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
