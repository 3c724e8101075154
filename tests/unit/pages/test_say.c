/* say: times, spans, numbers and events in words, in both languages; every stored code has words. */
#include "unit.h"

#include "app/params.h"
#include "base/clock.h"
#include "pages/say.h"

static struct arena *a;
/* 2026-11-22 17:00 in Beijing, a Sunday. */
static const int64_t now = INT64_C(1795338000) * US_PER_S;

static struct say speaker(enum lang lang)
{
    return (struct say){.a = a, .lang = lang, .now_us = now};
}

static void is(struct str got, const char *want)
{
    if (!str_eq_c(got, want))
        print_error("got \"" STR_FMT "\", want \"%s\"\n", STR_ARG(got), want);
    assert_true(str_eq_c(got, want));
}

static int setup(void **state)
{
    (void)state;
    a = arena_new(1024 * 1024);
    return a == NULL;
}
static int teardown(void **state)
{
    (void)state;
    arena_free(a);
    return 0;
}

static void test_times(void **state)
{
    (void)state;
    const struct say zh = speaker(LANG_ZH), en = speaker(LANG_EN);
    is(say_time(&zh, now).text, "今天 17:00");
    is(say_time(&zh, now - 17 * US_PER_HOUR - US_PER_S).text, "昨天 23:59");
    is(say_time(&zh, now + 7 * US_PER_HOUR).text, "明天 00:00");
    is(say_time(&zh, now + 2 * US_PER_DAY).text, "11 月 24 日（周二）17:00");
    is(say_time(&en, now + 2 * US_PER_DAY).text, "Tuesday 24 November, 17:00");
    is(say_time(&zh, now - 400 * US_PER_DAY).text, "2025 年 10 月 18 日 17:00");
    is(say_time(&zh, now).iso, "2026-11-22T17:00:00+08:00");
    is(say_time(&zh, 0).text, "");
    is(say_day(&zh, 20261121).text, "11 月 21 日");
    is(say_day(&en, 20251121).text, "21 November 2025");
    is(say_day(&zh, 20261121).iso, "2026-11-21");
    is(say_day(&zh, 20261341).text, "");
}

static void left_is(const struct say *s, int64_t due, const char *big, const char *rest, bool late)
{
    const struct view_left v = say_left(s, due);
    is(v.big, big);
    is(v.rest, rest);
    assert_int_equal(v.late, late);
}

static void test_time_left(void **state)
{
    (void)state;
    const struct say zh = speaker(LANG_ZH), en = speaker(LANG_EN);
    const int64_t minute = 60 * US_PER_S;
    left_is(&zh, now + 560 * minute, "9", "小时 20 分后", false);
    left_is(&zh, now + 540 * minute, "9", "小时后", false);
    left_is(&zh, now + 59 * minute, "59", "分钟后", false);
    left_is(&zh, now + 49 * US_PER_HOUR, "2", "天 1 小时后", false);
    left_is(&zh, now + 48 * US_PER_HOUR, "2", "天后", false);
    left_is(&zh, now + 47 * US_PER_HOUR, "47", "小时后", false);
    left_is(&en, now + 61 * minute, "1", "hour 1 min left", false);
    left_is(&en, now - 3 * US_PER_DAY, "3", "days overdue", true);
    left_is(&zh, now - minute, "1", "分钟前到期", true);
    left_is(&zh, now, "0", "分钟前到期", true);
    is(say_left_short(&zh, now + 9 * US_PER_HOUR), "还剩 9 小时");
    is(say_left_short(&en, now - US_PER_HOUR), "1 hour overdue");
}

static void test_spans_and_limits(void **state)
{
    (void)state;
    const struct say zh = speaker(LANG_ZH), en = speaker(LANG_EN);
    is(say_span(&zh, 14 * US_PER_HOUR), "14 小时");
    is(say_span(&zh, 61 * US_PER_S), "2 分钟"); /* rounded up: nobody was faster than they were */
    is(say_span(&zh, 49 * US_PER_HOUR), "3 天");
    is(say_span(&en, US_PER_HOUR), "1 hour");
    is(say_limit(&zh, 120), "2 小时");
    is(say_limit(&zh, 1440), "24 小时");
    is(say_limit(&zh, 10080), "7 天");
    is(say_limit(&en, 90), "90 minutes");
}

static void test_numbers(void **state)
{
    (void)state;
    const struct say s = speaker(LANG_EN);
    is(say_grouped(&s, 0), "0");
    is(say_grouped(&s, 999), "999");
    is(say_grouped(&s, 1000), "1,000");
    is(say_grouped(&s, -1234567), "-1,234,567");
    is(say_grouped(&s, INT64_MIN), "-9,223,372,036,854,775,808");
    is(say_share(&s, 964), "96.4%");
    is(say_share(&s, 1000), "100.0%");
    is(say_share(&s, -1), "–");
    is(say_bytes(&s, 1), "1 KB");
    is(say_bytes(&s, 2516582), "2.3 MB");
}

/* A word that is stored or published and has no message would be shown raw. */
static void all_words(enum words list, const char *area)
{
    for (int i = 1; i < words_end(list); i++)
        if (say_msg(area, word(list, i)) == MSG_NONE) {
            print_error("no message %s." STR_FMT "\n", area, STR_ARG(word(list, i)));
            fail();
        }
}

static void test_every_word_is_said(void **state)
{
    (void)state;
    all_words(WORDS_AUDIT_ACTION, "audit.action");
    all_words(WORDS_AUDIT_OBJECT, "audit.object");
    all_words(WORDS_KIND, "kind");
    all_words(WORDS_CHANNEL, "channel");
    all_words(WORDS_CHANNEL, "channel_by");
    all_words(WORDS_APPLICANT, "filer");
    all_words(WORDS_STATUS, "status");
    all_words(WORDS_STATUS, "headline");
    all_words(WORDS_STATUS, "next");
    all_words(WORDS_EVENT, "event");
    all_words(WORDS_OUTCOME, "outcome");
    all_words(WORDS_SATISFACTION, "grade");
    all_words(WORDS_GROUND, "ground");
    all_words(WORDS_PAUSE, "pause");
    all_words(WORDS_BODY, "body");
    all_words(WORDS_HELPER, "helper");
    all_words(WORDS_REVIEW, "review");
    for (int i = 1; i < words_end(WORDS_DIVERSION); i++) {
        const struct str w = word(WORDS_DIVERSION, i);
        assert_int_not_equal(say_msg("event", arena_printf(a, "diverted_" STR_FMT, STR_ARG(w))), MSG_NONE);
        assert_int_not_equal(say_msg("event", arena_printf(a, "diverted_" STR_FMT "_detail", STR_ARG(w))), MSG_NONE);
    }
    assert_int_equal(say_msg("kind", STR("no_such_word")), MSG_NONE); /* the check can fail */
    const struct say s = speaker(LANG_ZH);
    is(say_word(&s, "kind", STR("no_such_word")), "no_such_word");
}

static struct view_event told(const struct say *s, enum event_code code, const char *params)
{
    const struct ticket_view t = {.no = STR("SD26112212345678"), .channel = CHANNEL_WEB};
    const struct ticket_event e = {.at = now, .code = code, .params = str_from_c(params), .unit_code = STR("U1"), .words_lang = -1};
    struct view_event v;
    say_event(s, &t, &e, &v);
    return v;
}

static void test_events(void **state)
{
    (void)state;
    const struct say zh = speaker(LANG_ZH), en = speaker(LANG_EN);
    is(told(&zh, EVENT_DISPATCHED, "unit=U1&copy=D1&category=050201&area=110105&rule=12&level=2").title, "派给U1，抄送D1督促");
    is(told(&zh, EVENT_DISPATCHED, "category=050201&area=110105&rule=12&level=2").detail,
       "因为：类别“050201”，地点“110105”，按派单规则第 12 条，24 小时内答复。");
    is(told(&zh, EVENT_DISPATCHED, "category=050201&area=110105&rule=0&level=3&co=C1;C2").detail,
       "因为：类别“050201”，地点“110105”，按目录应由它办理，7 天内答复。 请C1、C2协助。");
    is(told(&en, EVENT_DIVERTED, "class=legal").title, "The law has a procedure of its own for this");
    is(told(&zh, EVENT_MESSAGE, "files=2").detail, "附 2 个文件。");
    is(told(&zh, EVENT_MESSAGE, "").detail, "");
    is(told(&zh, EVENT_RATED, "contacted=1&solved=0&satisfaction=dissatisfied").detail, "联系过；没解决；不满意");
    is(told(&zh, EVENT_RATED, "contacted=1&solved=0&satisfaction=4").detail, "联系过；没解决；不满意");
    is(told(&zh, EVENT_COWORK_REPORTED, "stage=1").title, "U1报到，先说明进度");
    is(told(&zh, EVENT_REPLIED, "outcome=solved").detail, "已经解决");
    is(told(&zh, EVENT_CLOSED, "why=rated").detail, "你已评价");
    const struct view_event late = told(&zh, EVENT_OVERDUE, "due=1795334400000000");
    assert_true(late.bad && late.tag_late);
    is(late.detail, "时限是 今天 16:00，已通知U1和上级督促。");
}

/* How many of those called in have reported, by the event at which it is said. */
static void test_helpers(void **state)
{
    static const struct {
        enum event_code code;
        const char *params, *tag;
    } story[] = {
        {EVENT_DISPATCHED, "co=C1;C2", ""},       {EVENT_COWORK_REPORTED, "stage=1", "协办 0 / 2 已报到"},
        {EVENT_COWORK_REPORTED, "", "协办 1 / 2 已报到"}, {EVENT_COWORK_ASKED, "to=C3", "协办 1 / 3 已报到"},
        {EVENT_REOPENED, "unit=U2", ""},          {EVENT_COWORK_REPORTED, "", ""}};
    struct ticket_event events[6] = {0};
    const struct say zh = speaker(LANG_ZH);
    (void)state;
    for (uint32_t i = 0; i < 6; i++)
        events[i] = (struct ticket_event){.seq = i + 1, .at = now, .code = story[i].code, .params = str_from_c(story[i].params),
                                          .unit_code = STR("U1"), .words_lang = -1};
    const struct ticket_view t = {.no = STR("SD26112212345678"), .channel = CHANNEL_WEB, .events = events, .n_events = 6};
    for (size_t i = 0; i < 6; i++) {
        struct view_event v;
        say_event(&zh, &t, &events[i], &v);
        is(v.tag, story[i].tag);
    }
}

/* No event leaves a placeholder open, whatever parameters are missing but times of the events that always have them. */
static void test_no_open_placeholder(void **state)
{
    (void)state;
    static const char full[] = "unit=U1&copy=D1&co=C1&to=C2&category=1&area=2&rule=3&level=1&due=1795334400000000&old=1795334400000000"
                               "&new=1795334400000000&attempt=1&n=1&files=1&outcome=solved&why=rated&contacted=1&solved=1&satisfaction=satisfied"
                               "&class=secret&into=SD26112212345678&public_id=p1"
                               "&with=C1;C2&ground=not_duty&reason=weather&body=central&review=redo&name=N1&stage=1";
    for (int lang = 0; lang < LANG_COUNT; lang++)
        for (int code = 1; code < EVENT_END; code++) {
            const struct say s = speaker((enum lang)lang);
            const struct view_event v = told(&s, (enum event_code)code, full);
            assert_true(v.title.n > 0);
            assert_null(memchr(v.title.p, '{', v.title.n));
            assert_null(v.detail.n ? memchr(v.detail.p, '{', v.detail.n) : NULL);
        }
}

/* The number of a demand is its own filer's: the events that hold that of another do not say it. */
static void test_numbers_of_others(void **state)
{
    static const enum event_code tied[] = {EVENT_LINKED, EVENT_MERGED, EVENT_DIVERTED};
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        for (size_t i = 0; i < sizeof tied / sizeof tied[0]; i++) {
            const struct say s = speaker((enum lang)lang);
            const struct view_event v = told(&s, tied[i], "to=SD26112276543210&into=SD26112276543210&class=repeat");
            const struct str all = arena_printf(a, STR_FMT " " STR_FMT, STR_ARG(v.title), STR_ARG(v.detail));
            if (all.n == 1 || strstr(arena_cstr(a, all), "7654321") != NULL)
                fail_msg("event %d: " STR_FMT, tied[i], STR_ARG(all));
        }
    const struct say s = speaker(LANG_ZH); /* the check can fail: one's own number is said */
    assert_non_null(strstr(arena_cstr(a, told(&s, EVENT_RECEIVED, "").detail), "1234567"));
}

static void test_progress(void **state)
{
    (void)state;
    const struct say s = speaker(LANG_ZH);
    struct view_progress p = say_progress(&s, STATE_HANDLING, false);
    assert_int_equal(p.n_stages, 5);
    assert_true(p.stages[0].done && p.stages[1].done && !p.stages[2].done && p.stages[2].now && !p.stages[3].done);
    p = say_progress(&s, STATE_WITHDRAWN, false);
    assert_int_equal(p.n_stages, 2);
    p = say_progress(&s, STATE_CLOSED, true);
    assert_true(p.stages[4].done && p.stages[4].now);
    assert_int_equal(p.stages[4].label, MSG_stage_rating);
    assert_int_equal(say_progress(&s, STATE_CLOSED, false).stages[4].label, MSG_stage_closed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
        TEST(test_times), TEST(test_time_left), TEST(test_spans_and_limits), TEST(test_numbers), TEST(test_every_word_is_said),
        TEST(test_events), TEST(test_helpers), TEST(test_no_open_placeholder), TEST(test_numbers_of_others),
        TEST(test_progress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
