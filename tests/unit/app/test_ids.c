/* test_ids.c - ids, ticket numbers with their check digit, query codes, phones, parameters, words. */
#include "keys.h"

#include <sys/wait.h>
#include <unistd.h>

#include "app/ids.h"
#include "app/normalise.h"
#include "app/params.h"
#include "app/words.h"
#include "base/clock.h"

static struct arena *a;

static int open_all(void **state)
{
    (void)state;
    crypto_init();
    a = arena_new(8 << 20);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static void ids_sort_by_time(void **state)
{
    (void)state;
    int64_t now = clock_now_us();
    for (int i = 0; i < 1000; i++)
        assert_true(id_new(now) < id_new(now + 1000));
    for (uint64_t i = 0, last = 0, id; i < 1000; i++, last = id)
        assert_true((id = id_new(now + 5000)) > last);
    uint64_t id = id_new(now), back = 0;
    assert_int_equal(now / 1000 * 1000, id_time_us(id));
    assert_true(id >= id_floor(now) && id < id_floor(now + 1000) && id < INT64_MAX);
    assert_true(id_parse(id_text(a, id), &back) && back == id);
    const uint64_t some[] = {UINT64_MAX, 0, UINT64_MAX};
    assert_true(str_eq_c(id_list(a, some, 0), "[]") && str_eq_c(id_list(a, some + 1, 1), "[0]"));
    assert_true(str_eq_c(id_list(a, some, 3), "[18446744073709551615,0,18446744073709551615]"));
    assert_false(id_parse(STR("0"), &back) || id_parse(STR("-1"), &back) || id_parse(STR("1x"), &back) || id_parse(STR_NONE, &back));
}

/* As random.c promises of what it draws in advance. */
static void a_child_makes_ids_of_its_own(void **state)
{
    (void)state;
    const int64_t now = clock_now_us();
    for (int i = 0; i < 300; i++) {
        int ends[2];
        uint64_t theirs = 0;
        (void)id_new(now);
        assert_int_equal(pipe(ends), 0);
        const pid_t child = fork();
        if (child == 0) {
            const uint64_t id = id_new(now);
            _exit(write(ends[1], &id, sizeof id) == sizeof id ? 0 : 1);
        }
        assert_int_equal(read(ends[0], &theirs, sizeof theirs), sizeof theirs);
        assert_true(theirs != id_new(now));
        close(ends[0]);
        close(ends[1]);
        assert_int_equal(waitpid(child, NULL, 0), child);
    }
}

static void numbers_are_read_forgivingly(void **state)
{
    (void)state;
    struct str no = ticket_no_make(a, 20261122, 1234567), shown = ticket_no_show(a, no), got;
    assert_int_equal(TICKET_NO_CHARS, no.n);
    assert_true(str_starts(shown, STR("SD-261122-1234567-")));
    assert_true(str_starts(ticket_no_show(a, ticket_no_make(a, 20000101, 42)), STR("SD-000101-0000042-")));
    static const char *const around[] = {"", " ", "\t", "\n", "  "};
    for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
        struct str typed = arena_concat(a, arena_concat(a, str_from_c(around[i]), shown), str_from_c(around[i]));
        assert_true(ticket_no_parse(a, typed, &got) && str_eq(got, no));
    }
    assert_true(ticket_no_parse(a, no, &got) && str_eq(got, no));
    struct str lower = arena_printf(a, "sd 261122 1234567 %c", no.p[15]), wide = arena_printf(a, "ＳＤ－２６１１２２－１２３４５６７－%c", no.p[15]);
    assert_true(ticket_no_parse(a, lower, &got) && str_eq(got, no));
    assert_true(ticket_no_parse(a, wide, &got) && str_eq(got, no));
    struct str dashed = arena_printf(a, "%.2s–%.6s—%.7s−%.1s", no.p, no.p + 2, no.p + 8, no.p + 15); /* by a keyboard that knows better */
    assert_true(ticket_no_parse(a, dashed, &got) && str_eq(got, no));
    const char *const bad[] = {"", "SD", "hello", "SD-261122-1234567", "XX-261122-1234567-8", "SD2611221234567899", "SD26112212345678901234567890"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(ticket_no_parse(a, str_from_c(bad[i]), &got));
}

static void check_digit_catches_typing(void **state)
{
    size_t swaps = 0, missed = 0;
    (void)state;
    for (int i = 0; i < 300; i++) {
        struct str no = ticket_no_random(a, 20261122), got;
        for (size_t at = 2; at < TICKET_NO_CHARS; at++)
            for (char d = '0'; d <= '9'; d++) {
                char typed[TICKET_NO_CHARS];
                memcpy(typed, no.p, sizeof typed);
                if (typed[at] == d)
                    continue;
                typed[at] = d;
                assert_false(ticket_no_parse(a, (struct str){typed, sizeof typed}, &got)); /* every single wrong digit */
            }
        for (size_t at = 2; at + 1 < TICKET_NO_CHARS; at++) {
            char typed[TICKET_NO_CHARS];
            memcpy(typed, no.p, sizeof typed);
            if (typed[at] == typed[at + 1])
                continue;
            typed[at] = no.p[at + 1];
            typed[at + 1] = no.p[at];
            swaps++;
            missed += ticket_no_parse(a, (struct str){typed, sizeof typed}, &got);
        }
        arena_clear(a);
    }
    assert_true(swaps > 1000 && missed * 20 < swaps); /* nearly all swaps */
}

static void no_more(FILE *out)
{
    keys_line(out, "jwt", 1, 0, 1);
}

static void codes_are_recomputed_and_forgiving(void **state)
{
    char path[] = "/tmp/suda-ids-XXXXXX", why[200];
    (void)state;
    close(mkstemp(path));
    keys_write(path, no_more);
    struct keyring *k = keyring_load(path, why, sizeof why);
    assert_non_null(k);
    struct str code = query_code_make(k, a, 42, 1), got;
    assert_int_equal(QUERY_CODE_CHARS, code.n);
    assert_true(str_eq(code, query_code_make(k, a, 42, 1)));
    assert_false(str_eq(code, query_code_make(k, a, 43, 1)) || str_eq(code, query_code_make(k, a, 42, 2)));
    assert_true(query_code_parse(a, query_code_show(a, code), &got) && str_eq(got, code));
    assert_true(query_code_parse(a, STR("ilO0 il-o0"), &got) && str_eq_c(got, "11001100"));
    assert_true(query_code_parse(a, STR("７ｋ３ｑ９ｍ２ｄ"), &got) && str_eq_c(got, "7K3Q9M2D"));
    assert_false(query_code_parse(a, STR("7K3Q9M2U"), &got) || query_code_parse(a, STR("7K3Q9M2"), &got) || query_code_parse(a, STR("7K3Q9M2DD"), &got));
    /* Spread: every character of the alphabet is used, in every place. */
    bool seen[QUERY_CODE_CHARS][128] = {{false}};
    for (uint64_t id = 1; id < 2000; id++) {
        struct str c = query_code_make(k, a, id, 1);
        for (size_t i = 0; i < QUERY_CODE_CHARS; i++)
            seen[i][(unsigned char)c.p[i]] = true;
    }
    for (size_t i = 0; i < QUERY_CODE_CHARS; i++) {
        int n = 0;
        for (size_t c = 0; c < 128; c++)
            n += seen[i][c];
        assert_int_equal(32, n);
    }
    keyring_free(k);
    unlink(path);
}

static void phones(void **state)
{
    static const struct {
        const char *typed, *want; /* NULL = no number */
    } cases[] = {
        {"13800138000", "13800138000"}, {"138 0013 8000", "13800138000"}, {"138-0013-8000", "13800138000"},
        {"１３８００１３８０００", "13800138000"}, {"+86 138 0013 8000", "13800138000"}, {"0086-13800138000", "13800138000"},
        {"8613800138000", "13800138000"}, {"010-66668888", "01066668888"}, {"(010) 6666 8888", "01066668888"},
        {"（010）66668888", "01066668888"}, {"+44 20 7946 0958", "+442079460958"}, {"+8613800138000", "13800138000"},
        {"138—0013—8000", "13800138000"},
        {"", NULL}, {"12345", NULL}, {"66668888", NULL}, {"1380013800", NULL}, {"138001380000", NULL}, {"12800138000", NULL},
        {"hello", NULL}, {"1380013800x", NULL}, {"+1", NULL}, {"+0123456789", NULL}, {"+1234567890123456", NULL}, {"+86", NULL},
        {"13800138000;DROP", NULL}, {"++13800138000", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str got = STR_NONE;
        bool ok = normalise_phone(a, str_from_c(cases[i].typed), &got);
        if (ok != (cases[i].want != NULL) || (ok && !str_eq_c(got, cases[i].want)))
            fail_msg("%s: " STR_FMT, cases[i].typed, STR_ARG(got));
    }
    assert_true(normalise_phone_is_mobile(STR("13800138000")) && normalise_phone_is_mobile(STR("+442079460958")));
    assert_false(normalise_phone_is_mobile(STR("01066668888")));
    assert_str(normalise_phone_mask(a, STR("13800138000")), "138****8000");
    assert_str(normalise_phone_mask(a, STR("123")), "****");
}

static void keys_of_names(void **state)
{
    (void)state;
    assert_str(normalise_key(a, STR("  ＡＢＣ　 １２３ \n x ")), "abc 123 x");
    assert_str(normalise_key(a, STR("Straße ㈱")), "strasse (株)");
    assert_str(normalise_key(a, STR("Hello  World")), "hello world");
    assert_str(normalise_key(a, STR_NONE), "");
    assert_str(normalise_key(a, STR("   ")), "");
}

static void params_round_trip(void **state)
{
    struct buf b;
    struct str rest, name, value;
    char all[255];
    (void)state;
    for (int i = 0; i < 255; i++)
        all[i] = (char)(i + 1);
    buf_init(&b, a, 2000);
    params_put(&b, "text", STR("a=b&c%20 井盖"));
    params_put(&b, "empty", STR_NONE);
    params_put_i64(&b, "n", INT64_MIN);
    params_put(&b, "all", (struct str){all, sizeof all});
    struct str p = buf_str(&b);
    for (size_t i = 0; i < p.n; i++)
        assert_true((unsigned char)p.p[i] > ' ' && (unsigned char)p.p[i] < 0x7f);
    assert_str(params_get(a, p, "text"), "a=b&c%20 井盖");
    assert_str(params_get(a, p, "empty"), "");
    assert_str(params_get(a, p, "tex"), "");
    assert_true(str_eq(params_get(a, p, "all"), (struct str){all, sizeof all}));
    assert_true(params_get_i64(p, "n", 0) == INT64_MIN && params_get_i64(p, "text", 7) == 7 && params_get_i64(p, "none", 8) == 8);
    size_t n = 0;
    for (rest = p; params_next(a, &rest, &name, &value);)
        n++;
    assert_int_equal(4, n);
}

static void words_and_numbers(void **state)
{
    (void)state;
    for (int list = 0; list < WORDS_COUNT; list++)
        for (int v = 1; v < words_end((enum words)list); v++) {
            int back = 0;
            struct str w = word((enum words)list, v);
            assert_true(w.n > 0 && word_find((enum words)list, w, &back) && back == v); /* no word twice */
        }
    int x = 99;
    assert_false(word_find(WORDS_KIND, STR("nonsense"), &x) || word_find(WORDS_KIND, STR_NONE, &x));
    assert_int_equal(99, x);
    assert_true(word(WORDS_KIND, 0).n == 0 && word(WORDS_KIND, KIND_END).n == 0 && word(WORDS_KIND, -1).n == 0);
    assert_str(word(WORDS_KIND, KIND_COMPLAINT), "complaint");
    assert_str(word(WORDS_STATUS, STATE_WITHDRAWN), "withdrawn");
    assert_str(word(WORDS_EVENT, EVENT_ERASED), "erased");
    assert_str(word(WORDS_EVENT, EVENT_RECLASSIFIED), "reclassified");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ids_sort_by_time), cmocka_unit_test(a_child_makes_ids_of_its_own), cmocka_unit_test(numbers_are_read_forgivingly), cmocka_unit_test(check_digit_catches_typing),
        cmocka_unit_test(codes_are_recomputed_and_forgiving), cmocka_unit_test(phones), cmocka_unit_test(keys_of_names),
        cmocka_unit_test(params_round_trip), cmocka_unit_test(words_and_numbers),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
