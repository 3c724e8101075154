/* test_card.c - cgi/app/card.c: what is put is read, and nothing else passes for it. */
#include "app/card.h"
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

static const struct card full = {
    .ticket_no = {"SD26112200000017", 16}, .has_rating_until = true, .rating_until = 1795600000000000,
    .row = {.chain_seq = 7, .public_id = {"KDCQC2RVSZ4ZFWWX", 16}, .kind = 2, .channel = 3, .applicant = 1, .state = 5, .diversion = 6,
            .version = 9, .round = 2, .category_code = {"070303", 6}, .area_code = {"110105001029", 12}, .response_level = 4,
            .promise_at = 1795000000000001, .has_promise_at = true, .is_public = true, .no_reply = true, .lang = 1, .token_epoch = 8,
            .urge_count = 5, .urged_at = 1795000000000002, .has_urged_at = true, .objected_at = 1795000000000003,
            .has_objected_at = true, .merged_into = UINT64_MAX, .has_merged_into = true, .created_at = 1795000000000004,
            .replied_at = 1795000000000005, .has_replied_at = true, .closed_at = -6, .has_closed_at = true, .n_uploads = 10,
            .n_units = 11, .is_demo = true, .lead_unit = {"ST110105001", 11}, .has_lead_unit = true, .lead_state = 3,
            .has_lead_state = true, .lead_due_at = 1795000000000007, .has_lead_due_at = true}};
static const struct card bare = {.ticket_no = {"SD26112200000017", 16}, .row = {.chain_seq = 1, .public_id = {"KDCQC2RVSZ4ZFWWX", 16}}};

static void the_form_is_that_of_the_view(void **state)
{
    assert_true(str_eq_c(card_text(*state, &full), "7 SD26112200000017 KDCQC2RVSZ4ZFWWX 2 3 1 5 6 9 2 070303 110105001029 4 1795000000000001 1 0 1 1 "
                                              "8 5 1795000000000002 1795000000000003 18446744073709551615 1795000000000004 "
                                              "1795000000000005 -6 10 11 1 ST110105001 3 1795000000000007 1795600000000000"));
    assert_true(str_eq_c(card_text(*state, &bare), "1 SD26112200000017 KDCQC2RVSZ4ZFWWX 0 0 0 0 0 0 0   0 - 0 0 0 0 0 0 - - - 0 - - 0 0 0 - - - -"));
}

/* What was read is put again: the same bytes. A column that stays behind is found by the form above. */
static void round_trip(void **state)
{
    const struct card *const cards[] = {&full, &bare};
    for (size_t i = 0; i < 2; i++) {
        struct card got = {.rating_until = 1, .row = {.has_promise_at = true, .promise_at = 1, .title = {"left alone", 10}}};
        assert_true(card_read(card_text(*state, cards[i]), &got));
        assert_true(str_eq(card_text(*state, cards[i]), card_text(*state, &got)));
        assert_true(str_eq_c(got.row.title, "left alone"));
    }
}

static void cut(void **state)
{
    const struct str all = card_text(*state, &full);
    for (size_t i = 0; i < all.n; i++) {
        char *copy = malloc(i + 1); /* of its own, so that a reader past the end is found */
        struct card got = {0};
        memcpy(copy, all.p, i);
        /* the last number may lose digits and still be one */
        assert_int_equal(i > all.n - 16, card_read((struct str){copy, i}, &got));
        free(copy);
    }
}

static void other_things(void **state)
{
    (void)state;
    static const char *const bad[] = {"", " ", "-", "x",
        "7 SD26112200000017 K 2 3 1 5 6 9 2 070303 110105001029 4 1 1 0 1 1 8 5 2 3 1 4 5 6 10 11 1 U 3 7 8 9",   /* one more */
        "7 SD26112200000017 K 2 3 1 5 6 9 2 070303 110105001029 4 1 1 0 1 1 8 5 2 3 1 4 5 6 10 11 1 U 3 7 8 ",    /* one more, empty */
        "- SD26112200000017 K 2 3 1 5 6 9 2 070303 110105001029 4 1 1 0 1 1 8 5 2 3 1 4 5 6 10 11 1 U 3 7 8",     /* never NULL */
        "7 SD26112200000017 K 2 3 1 5 6 9 2 070303 110105001029 4 1 2 0 1 1 8 5 2 3 1 4 5 6 10 11 1 U 3 7 8",     /* neither 0 nor 1 */
        "7 SD26112200000017 K 2 3 1 5 6 9 2 070303 110105001029 4 1 1 0 1 1 8 5 2 3 0 4 5 6 10 11 1 U 3 7 8",     /* no such id */
        "2147483648 SD26112200000017 K 2 3 1 5 6 9 2 070303 110105001029 4 1 1 0 1 1 8 5 2 3 1 4 5 6 10 11 1 U 3 7 8"};
    struct card got = {0};
    assert_true(card_read(STR("7 SD26112200000017 K 2 3 1 5 6 9 2 070303 110105001029 4 1 1 0 1 1 8 5 2 3 1 4 5 6 10 11 1 U 3 7 8"), &got));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(card_read(str_from_c(bad[i]), &got));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_form_is_that_of_the_view, setup, teardown), cmocka_unit_test_setup_teardown(round_trip, setup, teardown),
        cmocka_unit_test_setup_teardown(cut, setup, teardown), cmocka_unit_test(other_things),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
