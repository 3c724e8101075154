/* test_timeline.c - cgi/app/timeline.c: what is put is taken, and nothing else passes for it. */
#include "app/timeline.h"
#include "unit.h"

static int setup(void **state)
{
    *state = arena_new(1 << 20);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static const struct ticket_event story[] = {
    {.seq = 1, .at = 1795000000000000, .code = EVENT_RECEIVED, .wording = 1, .params = {"channel=web", 11}, .words_lang = -1},
    {.seq = 2, .at = 1795000000000000, .code = EVENT_DISPATCHED, .wording = 1, .unit_code = {"ST110101001", 11}, .words_lang = -1},
    {.seq = 5, .at = 1795000900000000, .code = EVENT_REPLIED, .wording = 255, .unit_code = {"BJ101", 5}, .params = {"a=1&b=", 6},
     .words = {"1 2 3\n4\0x", 9}, .words_lang = 1},
};
enum { STORY = sizeof story / sizeof *story };

static struct str told(struct arena *a)
{
    struct buf b;
    buf_init(&b, a, TIMELINE_BYTES);
    for (size_t i = 0; i < STORY; i++)
        timeline_put(&b, &story[i]);
    return buf_str(&b);
}

static void round_trip(void **state)
{
    const struct ticket_event *e = NULL;
    size_t n = 99;
    assert_true(timeline_read(*state, told(*state), &e, &n));
    assert_int_equal(STORY, n);
    for (size_t i = 0; i < STORY; i++) {
        assert_true(e[i].seq == story[i].seq && e[i].at == story[i].at && e[i].code == story[i].code);
        assert_true(e[i].wording == story[i].wording && e[i].words_lang == story[i].words_lang);
        assert_true(str_eq(e[i].unit_code, story[i].unit_code) && str_eq(e[i].params, story[i].params));
        assert_true(str_eq(e[i].words, story[i].words));
    }
    assert_true(timeline_read(*state, STR_NONE, &e, &n));
    assert_int_equal(0, n);
}

/* Cut anywhere, it is whole only between two events. */
static void cut(void **state)
{
    const struct ticket_event *e = NULL;
    struct str all = told(*state);
    size_t n, whole = 0;
    for (size_t i = 0; i <= all.n; i++) {
        char *copy = malloc(i + 1); /* of its own, so that a reader past the end is found */
        memcpy(copy, all.p, i);
        whole += timeline_read(*state, (struct str){copy, i}, &e, &n);
        free(copy);
    }
    assert_int_equal(STORY + 1, whole);
}

static void other_forms(void **state)
{
    static const char *const bad[] = {
        "1 2 3 1 -1 0 0 5\nabcd",   "1 2 3 1 -1 0 0 -1\n",       "1 2 3 1 -1 0 0 99999999999999999999\n", "0 2 3 1 -1 0 0 0\n",
        "1 2 0 1 -1 0 0 0\n",       "1 2 3 256 -1 0 0 0\n",      "1 2 3 1 -2 0 0 0\n",                    "4294967296 2 3 1 -1 0 0 0\n",
        "1  2 3 1 -1 0 0 0\n",      "+1 2 3 1 -1 0 0 0\n",       "1 2 3 1 -1 0 0 0 ",                     "1 2 3 1 -1 0 0\n        ",
        "1 - 3 1 -1 0 0 0\n      ", "x1 2 3 1 -1 0 0 0\n",       "1 2 3 1 -1 0 0 0\nx",                   "1 2 65536 1 -1 0 0 0\n",
    };
    const struct ticket_event *e = NULL;
    size_t n;
    assert_true(timeline_read(*state, STR("1 2 3 1 -1 0 0 0\n"), &e, &n));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (timeline_read(*state, str_from_c(bad[i]), &e, &n))
            fail_msg("accepted: %s", bad[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(round_trip), cmocka_unit_test(cut), cmocka_unit_test(other_forms)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
