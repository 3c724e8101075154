/*
 * test_clock_state.c - 10,000 random lives of a demand: the clocks that the events give obey the rules of time.
 *
 * CLOCK_SEED=n repeats a run; the seed of every run is printed. The lives are made from a model of its own (struct life), which
 * keeps due times the way the acts do; the fold over the events must come to the same. The controls plant a mistake into an
 * event, or into the rule, and must be found.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/clock_state.h"
#include "app/deadline.h"
#include "app/ladder.h"
#include "app/params.h"
#include "base/clock.h"

enum { LIVES = 10000, STEPS = 14, EVENTS_MAX = 40 };

static const struct calendar_day days[] = {{20261001, false}, {20261002, false}, {20261005, false}, {20261006, false},
                                           {20261007, false}, {20261010, true},  {20270101, false}};
static const struct calendar cal = {days, sizeof days / sizeof *days};
static const struct clock_rules rules = {&cal, 120};
static struct app_settings set;
static uint64_t chance_state;

static uint64_t chance(uint64_t below) /* splitmix64: the same everywhere */
{
    uint64_t z = chance_state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (z ^ (z >> 31)) % below;
}

struct life { /* what the acts would have stored */
    struct arena *a;
    struct event events[EVENTS_MAX];
    size_t n;
    int64_t now, promise, due, started, paused, work_left;
    int round, level;
    bool owed, led, working, extended;
};

static void happen(struct life *l, enum event_code code, const char *unit, struct str params)
{
    assert_true(l->n < EVENTS_MAX);
    l->events[l->n] = (struct event){.ticket_id = 1, .seq = (uint32_t)l->n + 1, .at = l->now, .code = code,
                                     .unit_code = str_from_c(unit), .params = params};
    l->n++;
}

static struct buf told(struct life *l)
{
    struct buf b;
    buf_init(&b, l->a, 1000);
    return b;
}

static void dispatch(struct life *l, enum event_code code, const char *unit)
{
    l->level = 1 + (int)chance(4);
    const struct deadline_rule r = deadline_rule_for(&set, l->level, chance(2));
    struct buf b = told(l);
    l->due = deadline_due(&cal, r, l->now);
    if (l->promise > l->now && l->round == 1 && l->promise < l->due)
        l->due = l->promise;
    l->working = r.working_days;
    l->started = l->now;
    l->paused = 0;
    l->owed = l->led = true;
    if (l->promise == 0)
        l->promise = l->due;
    params_put_i64(&b, "level", l->level);
    params_put_i64(&b, "due", l->due);
    if (l->working)
        params_put_i64(&b, "wd", 1);
    if (chance(3) == 0)
        params_put(&b, "co", STR("BJ2;BJ3"));
    if (chance(3) == 0)
        params_put(&b, "copy", STR("D1"));
    happen(l, code, unit, buf_str(&b));
}

static void extend(struct life *l)
{
    if (!l->owed || l->paused)
        return;
    struct buf b = told(l);
    int64_t later = (l->due > l->now ? l->due : l->now) + 1 + (int64_t)chance(30 * (uint64_t)US_PER_DAY);
    params_put_i64(&b, "old", l->due);
    params_put_i64(&b, "new", later);
    assert_true(later > l->due);
    l->due = later;
    l->extended = true;
    if (l->round == 1 && later > l->promise)
        l->promise = later;
    happen(l, EVENT_EXTENDED, "U1", buf_str(&b));
}

static void pause_or_go_on(struct life *l)
{
    if (!l->owed || l->due <= l->now)
        return;
    struct buf b = told(l);
    if (l->paused == 0) {
        l->paused = l->now;
        l->work_left = deadline_work(&cal, l->working, l->now, l->due);
        happen(l, EVENT_PAUSED, "U1", STR_NONE);
        return;
    }
    const int64_t due = deadline_resume(&cal, l->working, l->due, l->paused, l->now);
    params_put_i64(&b, "old", l->due);
    params_put_i64(&b, "new", due);
    assert_true(due >= l->due);                                                      /* never earlier */
    assert_int_equal(l->work_left, deadline_work(&cal, l->working, l->now, due));    /* no work is taken away or given */
    l->due = due;
    l->paused = 0;
    happen(l, EVENT_RESUMED, "U1", buf_str(&b));
}

static void raise_level(struct life *l)
{
    if (!l->owed || l->paused || l->level == 1 || l->due <= l->now)
        return;
    struct buf b = told(l);
    const int64_t due = deadline_due(&cal, deadline_rule_for(&set, 1, false), l->now);
    l->level = 1;
    if (due < l->due)
        l->due = due;
    params_put_i64(&b, "level", 1);
    params_put_i64(&b, "due", l->due);
    happen(l, EVENT_LEVEL_RAISED, "U1", buf_str(&b));
}

static void reopen(struct life *l)
{
    if (l->owed || !l->led || l->round > 6)
        return;
    struct buf b = told(l);
    l->round++;
    l->due = deadline_due(&cal, deadline_rule_for(&set, l->level, false), l->now);
    l->working = false;
    l->started = l->now;
    l->owed = true;
    params_put_i64(&b, "round", l->round);
    params_put_i64(&b, "due", l->due);
    happen(l, EVENT_REOPENED, "U1", buf_str(&b));
}

static void step(struct life *l)
{
    l->now += 1 + (int64_t)chance(chance(2) ? (uint64_t)US_PER_HOUR : 4 * (uint64_t)US_PER_DAY);
    switch (chance(10)) {
    case 0:
    case 1:
        extend(l);
        break;
    case 2:
    case 3:
    case 4:
        pause_or_go_on(l);
        break;
    case 5:
        raise_level(l);
        break;
    case 6:
        if (l->owed)
            dispatch(l, EVENT_REDISPATCHED, "U1");
        break;
    case 7:
        if (l->owed && l->paused == 0) {
            happen(l, EVENT_REPLIED, "U1", STR_NONE);
            l->owed = false;
        }
        break;
    case 8:
        reopen(l);
        break;
    default:
        happen(l, EVENT_NOTE, "U1", STR_NONE);
        break;
    }
}

static void live(struct life *l, struct arena *a)
{
    memset(l, 0, sizeof *l);
    l->a = a;
    l->round = 1;
    l->now = clock_day_start_us(20260920) + (int64_t)chance(60 * (uint64_t)US_PER_DAY);
    happen(l, EVENT_RECEIVED, "", STR_NONE);
    dispatch(l, EVENT_DISPATCHED, "U1");
    for (int i = 0; i < STEPS; i++)
        step(l);
}

static void fold(struct clock_state *s, const struct life *l, size_t n)
{
    clock_state_begin(s);
    for (size_t i = 0; i < n; i++)
        clock_state_apply(s, &rules, l->a, &l->events[i]);
}

/* What must hold after every event. */
static void hold(const struct clock_state *s, const struct clock_state *before, enum event_code code)
{
    const struct clock_unit *u = s->lead < s->n ? &s->units[s->lead] : NULL;
    for (size_t i = 0; i < s->n; i++)
        assert_true(s->units[i].due_at == 0 || s->units[i].due_at > s->units[i].started_at); /* never negative */
    if (before->promise_at != 0) {
        assert_true(s->promise_at >= before->promise_at);
        assert_true(s->promise_at == before->promise_at || code == EVENT_EXTENDED); /* the promise moves by extension alone */
    }
    if (u && before->lead == s->lead && before->n > 0) {
        const int64_t was = before->units[before->lead].due_at;
        if (code == EVENT_EXTENDED)
            assert_true(u->due_at > was);
        else if (code == EVENT_RESUMED)
            assert_true(u->due_at >= was);
        else if (code == EVENT_LEVEL_RAISED)
            assert_true(u->due_at <= was);
        else
            assert_true(u->due_at == was);
    }
}

static void random_lives(void **state)
{
    static struct clock_state s, before;
    struct arena *a = arena_new((size_t)1 << 20);
    struct life l;
    size_t paused = 0, extended = 0, raised = 0, again = 0;
    (void)state;
    for (int i = 0; i < LIVES; i++) {
        arena_clear(a);
        live(&l, a);
        clock_state_begin(&before);
        for (size_t n = 1; n <= l.n; n++) {
            fold(&s, &l, n);
            if (s.wrong)
                fail_msg("life %d: %s at %u", i, s.wrong, s.wrong_seq);
            hold(&s, &before, l.events[n - 1].code);
            before = s;
        }
        const struct clock_unit *u = &s.units[s.lead];
        assert_int_equal(l.promise, s.promise_at);
        assert_int_equal(l.due, u->due_at);
        assert_int_equal(l.started, u->started_at);
        assert_int_equal(l.round, s.round);
        assert_int_equal(l.owed, s.owed);
        assert_int_equal(l.owed ? l.paused : u->paused_at, u->paused_at);
        for (size_t n = 0; n < l.n; n++) {
            paused += l.events[n].code == EVENT_RESUMED;
            extended += l.events[n].code == EVENT_EXTENDED;
            raised += l.events[n].code == EVENT_LEVEL_RAISED;
            again += l.events[n].code == EVENT_REOPENED;
        }
    }
    printf("%zu pauses, %zu extensions, %zu raised, %zu opened again\n", paused, extended, raised, again);
    assert_true(paused > 1000 && extended > 1000 && raised > 100 && again > 1000); /* the lives are full */
    arena_free(a);
}

/* ---- controls --------------------------------------------------------------------------------------------------------- */

/* Changes a number in the parameters of the first event of this code, if the life has one. */
static bool spoil(struct life *l, enum event_code code, const char *name, int64_t by)
{
    for (size_t i = 0; i < l->n; i++) {
        struct buf b = told(l);
        if (l->events[i].code != code)
            continue;
        params_put_i64(&b, "level", 1);
        params_put_i64(&b, "old", params_get_i64(l->events[i].params, "old", 0));
        if (strcmp(name, "new") != 0)
            params_put_i64(&b, "new", params_get_i64(l->events[i].params, "new", 0));
        params_put_i64(&b, name, params_get_i64(l->events[i].params, name, 0) + by);
        l->events[i].params = buf_str(&b);
        return true;
    }
    return false;
}

static void mistakes_are_found(void **state)
{
    static const struct { enum event_code code; const char *name; int64_t by; } plans[] = {
        {EVENT_EXTENDED, "new", -400 * US_PER_DAY}, {EVENT_RESUMED, "new", -US_PER_DAY * 40}, {EVENT_LEVEL_RAISED, "due", 400 * US_PER_DAY}};
    static struct clock_state s;
    struct arena *a = arena_new((size_t)1 << 20);
    struct life l;
    (void)state;
    for (size_t p = 0; p < sizeof plans / sizeof *plans; p++) {
        size_t planted = 0;
        for (int i = 0; i < 2000; i++) {
            arena_clear(a);
            live(&l, a);
            if (!spoil(&l, plans[p].code, plans[p].name, plans[p].by))
                continue;
            planted++;
            fold(&s, &l, l.n);
            assert_non_null(s.wrong);
        }
        assert_true(planted > 20);
    }
    arena_free(a);
}

/* The rule that would add the pause as natural time takes work away over weekends: the property must see it. */
static void a_natural_pause_would_lose_work(void **state)
{
    size_t lost = 0;
    (void)state;
    for (int i = 0; i < 5000; i++) {
        const int64_t start = clock_day_start_us(20260920) + (int64_t)chance(60 * (uint64_t)US_PER_DAY);
        const int64_t due = deadline_due(&cal, deadline_rule_for(&set, 3, true), start);
        const int64_t stop = start + (int64_t)chance((uint64_t)(due - start)), on = stop + (int64_t)chance(6 * (uint64_t)US_PER_DAY);
        lost += deadline_work(&cal, true, on, due + (on - stop)) < deadline_work(&cal, true, stop, due);
    }
    assert_true(lost > 500);
}

/* ---- the calendar and the ladder --------------------------------------------------------------------------------------- */

static void years_are_judged(void **state)
{
    static const struct calendar_day few[] = {{20270101, false}};
    static const struct calendar_day odd[] = {
        {20280103, true},  {20280101, false}, {20280126, false}, {20280127, false}, {20280128, false}, {20280131, false}, {20280404, false},
        {20280501, false}, {20280502, false}, {20280528, false}, {20281002, false}, {20281003, false}, {20281004, false}};
    const struct calendar f = {few, 1}, o = {odd, sizeof odd / sizeof *odd}, none = {NULL, 0};
    (void)state;
    assert_int_equal(CALENDAR_MISSING, calendar_judge(&none, 2026));
    assert_int_equal(CALENDAR_THIN, calendar_judge(&f, 2027));
    assert_int_equal(CALENDAR_ODD, calendar_judge(&o, 2028));
    /* The two-hour clock knows no night and no holiday. */
    const int64_t night = clock_day_start_us(20261001) + 23 * US_PER_HOUR;
    assert_int_equal(night + 2 * US_PER_HOUR, deadline_due(&cal, deadline_rule_for(&set, 1, true), night));
}

static void the_ladder_climbs_once(void **state)
{
    const int64_t start = clock_day_start_us(20261101), due = start + 100 * US_PER_HOUR;
    static const int want[] = {75, 90, 100, 110, 150, 200};
    int64_t at = 0;
    int done = LADDER_NONE;
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        done = (int)ladder_next(&set, ROLE_LEAD, done, start, due, &at);
        assert_int_equal((int)i + 1, done);
        assert_int_equal(start + want[i] * US_PER_HOUR, at);
        assert_int_equal(done, ladder_done_by(&set, ROLE_LEAD, start, due, at));
        assert_int_equal(done - 1, ladder_done_by(&set, ROLE_LEAD, start, due, at - 1));
    }
    assert_int_equal(LADDER_END, ladder_next(&set, ROLE_LEAD, done, start, due, &at));
    assert_int_equal(0, at);
    assert_int_equal(LADDER_OVERDUE, ladder_next(&set, ROLE_CO, LADDER_WARN, start, due, &at));
    assert_int_equal(LADDER_END, ladder_next(&set, ROLE_COPY, LADDER_NONE, start, due, &at));
    assert_int_equal(LADDER_END, ladder_next(&set, ROLE_LEAD, LADDER_NONE, start, 0, &at));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_lives), cmocka_unit_test(mistakes_are_found), cmocka_unit_test(a_natural_pause_would_lose_work),
        cmocka_unit_test(years_are_judged), cmocka_unit_test(the_ladder_climbs_once)};
    const char *seed = getenv("CLOCK_SEED");
    chance_state = seed ? strtoull(seed, NULL, 10) : (uint64_t)clock_now_us();
    printf("CLOCK_SEED=%llu\n", (unsigned long long)chance_state);
    set = app_settings_default();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
