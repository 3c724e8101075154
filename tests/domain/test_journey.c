/*
 * test_journey.c - a demand from filing to rating, and every turn it may take on the way.
 */
#include "fixture.h"

#include "app/clocks.h"
#include "app/event.h"
#include "app/handling.h"
#include "base/clock.h"

/* All clocks that are due now. */
static void tick(void)
{
    size_t n = 1;
    for (int i = 0; i < 50 && n > 0; i++) {
        bench_reset(&worker);
        assert_err(ERR_OK, clocks_assignments(&worker.c, 100, &n));
    }
    assert_int_equal(0, n);
}

static struct ticket_filed filed_and_replied(void)
{
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct ticket_done done;
    struct actor unit = officer_of(t.holder);
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, t.no, 0, &done));
    assert_err(ERR_OK, do_reply(&ctl.c, &unit, t.no, 0, OUTCOME_SOLVED, STR("井盖已经换好，请查看。"), &done));
    return t;
}

/* A wording that this unit alone keeps. */
static void unit_wording(uint32_t id, struct str unit)
{
    admin_run("INSERT INTO reply_template (id, line_id, used_for, unit_code, title, body) VALUES (%u, %u, 1, '" STR_FMT "', '本所格式', "
              "'本所已经派人到现场查看〔何时〕，情况正在逐项核实办理，感谢您的支持〔结果〕。')", id, id, STR_ARG(unit));
}

static void judged_by_the_wordings_of_the_unit_answered_for(void **state)
{
    (void)state;
    enum { OF_UNIT = 900001, OF_OTHER = 900002 };
    const struct str bare = STR("本所已经派人到现场查看，情况正在逐项核实办理，感谢您的支持。");
    const struct str own = STR("本所已经派人到现场查看，井盖今天上午换成了新的，周围的路面也补平了。");
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f), u = file_demand(&f);
    struct actor unit = officer_of(t.holder), filer = holder_of(&t);
    struct ticket_done done;
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, t.no, 0, &done));
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, u.no, 0, &done));
    unit_wording(OF_OTHER, STR("BJ101")); /* no business of this unit */
    assert_err(ERR_OK, do_reply(&ctl.c, &hotline, u.no, 0, OUTCOME_SOLVED, bare, &done));
    unit_wording(OF_UNIT, t.holder);
    bench_reset(&ctl);
    assert_err(ERR_INVALID, do_reply(&ctl.c, &hotline, t.no, 0, OUTCOME_SOLVED, bare, &done));
    assert_field(&ctl.conn->f, "words", "TEMPLATE_ONLY");
    bench_reset(&ctl);
    assert_err(ERR_INVALID, do_reply(&ctl.c, &unit, t.no, 0, OUTCOME_SOLVED, bare, &done));
    bench_reset(&ctl);
    assert_err(ERR_OK, do_reply(&ctl.c, &hotline, t.no, 0, OUTCOME_SOLVED, own, &done));
    assert_err(ERR_OK, ticket_object(&citizen.c, &filer, t.no, STR("根本没有换，请再看看。"), NULL, &done));
    const struct str reviewer = track(&t).holder;
    const struct actor second_look = officer_of(reviewer);
    assert_err(ERR_OK, officer_sign(&ctl.c, &second_look, t.no, 0, &done));
    admin_run("UPDATE reply_template SET unit_code = '" STR_FMT "' WHERE id = %u", STR_ARG(reviewer), OF_UNIT);
    bench_reset(&ctl);
    assert_err(ERR_INVALID, handling_review(&ctl.c, &hotline, t.no, 0, REVIEW_UPHELD, bare, STR_NONE, &done));
    assert_field(&ctl.conn->f, "words", "TEMPLATE_ONLY");
    bench_reset(&ctl);
    assert_err(ERR_OK, handling_review(&ctl.c, &hotline, t.no, 0, REVIEW_UPHELD, own, STR_NONE, &done));
    admin_run("DELETE FROM reply_template WHERE id IN (%u, %u)", OF_UNIT, OF_OTHER);
    assert_chain(t.id);
}

static void dispatched_at_once(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct ticket_view v = track(&t);
    assert_int_equal(STATE_DISPATCHED, t.state);
    assert_int_equal(16, t.no.n);
    assert_int_equal(2, v.n_events);
    assert_int_equal(EVENT_RECEIVED, v.events[0].code);
    assert_int_equal(EVENT_DISPATCHED, v.events[1].code);
    assert_true(str_starts(v.holder, STR("ST")));
    assert_true(str_eq(v.holder, t.holder));
    assert_true(params_get_i64(v.events[1].params, "rule", 0) > 0);
    assert_true(params_get_i64(v.events[1].params, "due", 0) == t.promise_at);
    assert_true(str_eq(params_get(citizen.c.a, v.events[1].params, "category"), category));
    assert_int_equal(7 * US_PER_DAY, t.promise_at - t.created_at);
    assert_true(str_eq(v.text, f.text) && str_eq(v.address, f.address));
    assert_true(v.title.n > 0 && v.title.n <= f.text.n);
    /* The district urges [T 12]. */
    assert_int_equal(2, v.n_units);
    assert_int_equal(ROLE_COPY, admin_number("SELECT MAX(role) FROM assignment WHERE ticket_id = %lld AND role <> %d", (long long)t.id, ROLE_LEAD));
    assert_true(v.actions.urge && v.actions.message && v.actions.withdraw && !v.actions.object && !v.actions.rate);
    assert_chain(t.id);
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM outbox WHERE ticket_id = %lld", (long long)t.id));
    assert_int_equal(1, admin_number("SELECT unwalled FROM ticket WHERE id = %lld", (long long)t.id)); /* for wall and figures */
}

static void unsure_waits_for_triage(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_done done;
    f.category_code = STR_NONE;
    struct ticket_filed t = file_demand(&f);
    assert_int_equal(STATE_RECEIVED, t.state);
    assert_true(t.promise_at > t.created_at);
    struct ticket_view v = track(&t);
    assert_true(has_event(&v, EVENT_TRIAGE));
    assert_err(ERR_DENIED, do_dispatch(&ctl.c, &(struct actor){.kind = ACTOR_STAFF, .unit_code = STR("ST1")}, t.no, 0,
                                            category, &done));
    bench_reset(&ctl);
    assert_err(ERR_OK, do_dispatch(&ctl.c, &hotline, t.no, 0, category, &done));
    v = track(&t);
    assert_int_equal(STATE_DISPATCHED, v.state);
    assert_true(str_starts(v.holder, STR("ST")));
    assert_int_equal(t.promise_at, v.promise_at); /* the promise moves by extension alone */
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM assignment WHERE ticket_id = %lld AND unit_code = 'BJ001' AND state <> 5",
                                     (long long)t.id));
    assert_chain(t.id);
}

static void stop_class_leaves_a_record(void **state)
{
    (void)state;
    for (int class = DIVERT_EMERGENCY; class < DIVERT_END; class ++) {
        struct ticket_filing f = a_demand();
        f.diversion = (enum diversion)class;
        struct ticket_filed t = file_demand(&f);
        struct ticket_view v = track(&t);
        assert_int_equal(STATE_DIVERTED, v.state);
        assert_int_equal(class, v.diversion);
        assert_int_equal(0, v.promise_at);
        assert_false(v.actions.urge || v.actions.rate);
        assert_int_equal(class == DIVERT_REPEAT, v.actions.message); /* a new fact opens it [T 11 (3)] */
        assert_int_equal(0, admin_number("SELECT COUNT(*) FROM assignment WHERE ticket_id = %lld", (long long)t.id));
        assert_chain(t.id);
    }
}

static void whole_life(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct actor unit = officer_of(t.holder), filer = holder_of(&t);
    struct ticket_done done;
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, t.no, 0, &done));
    assert_err(ERR_OK, officer_contact(&ctl.c, &unit, t.no, 0, false, &done));
    assert_err(ERR_OK, officer_contact(&ctl.c, &unit, t.no, 0, true, &done));
    assert_err(ERR_OK, ticket_message(&citizen.c, &filer, t.no, STR("又来一辆车压过去了"), NULL, 0, NULL, &done));
    assert_err(ERR_OK, do_note(&ctl.c, &unit, t.no, STR("已联系排水集团"), &done));
    assert_err(ERR_OK, do_reply(&ctl.c, &unit, t.no, 0, OUTCOME_SOLVED, STR("井盖已经换好，请查看。"), &done));
    struct ticket_view v = track(&t);
    assert_int_equal(STATE_REPLIED, v.state);
    assert_true(v.actions.rate && v.actions.object && !v.actions.urge);
    assert_false(has_event(&v, EVENT_NOTE)); /* internal */
    assert_true(str_eq(ticket_last_reply(&v)->words, STR("井盖已经换好，请查看。")));
    assert_int_equal(2, params_get_i64(v.events[4].params, "attempt", 0));
    struct rating_input in = {.has_contacted = true, .contacted = true, .has_solved = true, .solved = true,
                              .satisfaction = SATISFIED_YES, .words = STR("很快"), .channel = CHANNEL_WEB};
    assert_err(ERR_OK, rating_record(&citizen.c, &filer, t.no, &in, NULL, &done));
    v = track(&t);
    assert_int_equal(STATE_CLOSED, v.state);
    assert_true(v.rated && v.contacted && v.solved && v.satisfaction == SATISFIED_YES);
    assert_true(str_eq(v.rating_words, STR("很快")));
    assert_err(ERR_CONFLICT, rating_record(&citizen.c, &filer, t.no, &in, NULL, &done));
    assert_string_equal("RATING_DONE", citizen.conn->f.reason);
    assert_chain(t.id);
}

static void urging_is_bounded(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct actor filer = holder_of(&t);
    struct ticket_done done;
    for (int i = 0; i < settings.urge_max; i++) {
        bench_reset(&citizen);
        assert_err(ERR_OK, ticket_urge(&citizen.c, &filer, t.no, NULL, &done));
        if (i + 1 < settings.urge_max) {
            assert_err(ERR_LIMITED, ticket_urge(&citizen.c, &filer, t.no, NULL, &done));
            assert_string_equal("URGE_TOO_SOON", citizen.conn->f.reason);
            assert_true(citizen.conn->f.retry_after_s > 23 * 3600);
        }
        age(t.id, 25 * US_PER_HOUR);
    }
    bench_reset(&citizen);
    assert_err(ERR_CONFLICT, ticket_urge(&citizen.c, &filer, t.no, NULL, &done));
    assert_string_equal("URGE_SPENT", citizen.conn->f.reason);
    struct ticket_view v = track(&t);
    assert_int_equal(0, v.actions.urges_left);
    assert_chain(t.id);
}

static void withdrawing_ends_it(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct actor filer = holder_of(&t), unit = officer_of(t.holder);
    struct ticket_done done;
    assert_err(ERR_OK, ticket_withdraw(&citizen.c, &filer, t.no, STR("已经自己解决"), NULL, &done));
    struct ticket_view v = track(&t);
    assert_int_equal(STATE_WITHDRAWN, v.state);
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM assignment WHERE ticket_id = %lld AND state <> 5", (long long)t.id));
    assert_err(ERR_CONFLICT, do_reply(&ctl.c, &unit, t.no, 0, OUTCOME_SOLVED, STR("已经处理好了。"), &done));
    assert_string_equal("STATE_FORBIDS", ctl.conn->f.reason);
    assert_chain(t.id);
}

static void objection_brings_another_unit(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    f.phone = STR("13900139000");
    f.phone_verified = true;
    struct ticket_filed t = file_demand(&f);
    struct actor filer = holder_of(&t), unit = officer_of(t.holder);
    struct ticket_done done;
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, t.no, 0, &done));
    assert_err(ERR_OK, do_reply(&ctl.c, &unit, t.no, 0, OUTCOME_SOLVED, STR("井盖已经换好，请查看。"), &done));
    assert_err(ERR_OK, ticket_object(&citizen.c, &filer, t.no, STR("没有换，还是坏的"), NULL, &done));
    struct ticket_view v = track(&t);
    assert_int_equal(STATE_DISPATCHED, v.state);
    assert_int_equal(2, v.round);
    assert_false(str_eq(v.holder, t.holder));
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM outbox WHERE ticket_id = %lld AND topic = 6", (long long)t.id)); /* the filer is told */
    assert_true(v.promise_at > v.first_promise_at); /* a new round has a clock of its own */
    assert_int_equal(t.promise_at, v.first_promise_at);
    assert_false(v.actions.object);
    assert_chain(t.id);
    /* Once only. */
    struct actor reviewer = officer_of(keep(v.holder));
    assert_err(ERR_OK, officer_sign(&ctl.c, &reviewer, t.no, 0, &done));
    assert_err(ERR_OK, do_reply(&ctl.c, &reviewer, t.no, 0, OUTCOME_SOLVED, STR("复核过了，已经更换。"), &done));
    bench_reset(&citizen);
    assert_err(ERR_CONFLICT, ticket_object(&citizen.c, &filer, t.no, STR("我还是不同意"), NULL, &done));
    assert_string_equal("OBJECTION_SPENT", citizen.conn->f.reason);
}

static void objection_comes_in_time_or_not(void **state)
{
    (void)state;
    struct ticket_filed t = filed_and_replied();
    struct actor filer = holder_of(&t);
    struct ticket_done done;
    age(t.id, settings.object_days * US_PER_DAY + US_PER_HOUR);
    assert_err(ERR_CONFLICT, ticket_object(&citizen.c, &filer, t.no, STR("没有换，还是坏的"), NULL, &done));
    assert_string_equal("OBJECTION_LATE", citizen.conn->f.reason);
}

static void extension_moves_the_promise(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct actor unit = officer_of(t.holder);
    struct ticket_done done;
    int64_t until = t.promise_at + 3 * US_PER_DAY;
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, t.no, 0, &done));
    assert_err(ERR_INVALID, officer_extend(&ctl.c, &unit, t.no, 0, t.promise_at, STR("等待备件到货"), &done));
    assert_field(&ctl.conn->f, "until", "TOO_EARLY");
    bench_reset(&ctl);
    assert_err(ERR_OK, officer_extend(&ctl.c, &unit, t.no, 0, until, STR("等待备件到货"), &done));
    struct ticket_view v = track(&t);
    assert_int_equal(until, v.promise_at);
    assert_int_equal(t.promise_at, v.first_promise_at);
    assert_true(v.extended);
    assert_chain(t.id);
}

static void co_work_reports_to_the_lead(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct actor unit = officer_of(t.holder), other = officer_of(STR("BJ302"));
    struct ticket_done done;
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, t.no, 0, &done));
    assert_err(ERR_DENIED, officer_cowork_report(&ctl.c, &other, t.no, 0, false, STR("阀门正常"), &done));
    bench_reset(&ctl);
    assert_err(ERR_OK, officer_cowork_ask(&ctl.c, &unit, t.no, 0, STR("BJ302"), 0, &done));
    assert_err(ERR_OK, officer_cowork_report(&ctl.c, &other, t.no, 0, true, STR("正在检查"), &done));
    assert_err(ERR_OK, officer_cowork_report(&ctl.c, &other, t.no, 0, false, STR("阀门正常"), &done));
    assert_err(ERR_DENIED, officer_cowork_report(&ctl.c, &other, t.no, 0, false, STR("再说一次"), &done));
    struct ticket_view v = track(&t);
    assert_int_equal(3, v.n_units);
    assert_chain(t.id);
}

static void other_units_are_refused(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct actor other = officer_of(STR("BJ302")), filer = holder_of(&t);
    struct ticket_done done;
    assert_err(ERR_DENIED, officer_sign(&ctl.c, &other, t.no, 0, &done));
    assert_string_equal("NOT_YOUR_UNIT", ctl.conn->f.reason);
    bench_reset(&ctl);
    assert_err(ERR_DENIED, do_divert(&ctl.c, &other, t.no, 0, DIVERT_LEGAL, STR("应当走诉讼渠道"), &done));
    bench_reset(&ctl);
    assert_err(ERR_DENIED, officer_sign(&ctl.c, &filer, t.no, 0, &done)); /* a citizen is no officer */
}

static void others_find_nothing(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f), u = file_demand(&f);
    struct ticket_done done;
    struct ticket_view v;
    const struct actor strangers[] = {
        {.kind = ACTOR_NONE},
        {.kind = ACTOR_CITIZEN},
        holder_of(&u),
        {.kind = ACTOR_CITIZEN, .account_id = 99},
        {.kind = ACTOR_CITIZEN, .session_id = 99},
        {.kind = ACTOR_CITIZEN, .ticket_id = t.id, .ticket_epoch = 2}, /* a token that was ended */
        {.kind = ACTOR_SERVICE},
    };
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        bench_reset(&citizen);
        assert_err(ERR_NOT_FOUND, ticket_track(&citizen.c, &strangers[i], t.no, &v));
        assert_string_equal("TICKET_NOT_FOUND", citizen.conn->f.reason);
        bench_reset(&citizen);
        assert_true(ticket_urge(&citizen.c, &strangers[i], t.no, NULL, &done) != ERR_OK);
    }
}

static void clocks_warn_and_say_overdue(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    tick();
    struct ticket_view v = track(&t);
    assert_false(v.overdue);
    age(t.id, 6 * US_PER_DAY);
    tick();
    v = track(&t);
    assert_false(has_event(&v, EVENT_WARNED)); /* to the unit, not to the citizen */
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM event WHERE ticket_id = %lld AND code = %d", (long long)t.id, EVENT_WARNED));
    age(t.id, 2 * US_PER_DAY);
    tick();
    tick();
    v = track(&t);
    assert_true(v.overdue);
    assert_true(has_event(&v, EVENT_OVERDUE));
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM event WHERE ticket_id = %lld AND code = %d", (long long)t.id, EVENT_OVERDUE));
    assert_chain(t.id);
}

static struct str link_token;

static void take_link(void)
{
    size_t moved = 1;
    link_token = STR_NONE;
    for (int i = 0; i < 50 && moved > 0; i++) {
        const size_t before = told.n;
        const struct outbox_batch b = take_outbox();
        moved = b.n + told.n - before;
        for (size_t j = 0; j < b.n; j++) {
            if (b.items[j].topic == OUTBOX_SMS_RATING)
                link_token = keep(params_get(worker.c.a, b.items[j].params, "link"));
            assert_err(ERR_OK, outbox_sent_all(&worker.c, &b.items[j].id, 1));
        }
    }
}

static void asked_when_the_limit_expires(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    f.phone = STR("13800138000");
    f.phone_verified = true;
    struct ticket_filed t = file_demand(&f);
    struct actor unit = officer_of(t.holder);
    struct ticket_done done;
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, t.no, 0, &done));
    assert_err(ERR_OK, do_reply(&ctl.c, &unit, t.no, 0, OUTCOME_SOLVED, STR("井盖已经换好，请查看。"), &done));
    tick();
    struct ticket_view v = track(&t);
    assert_int_equal(STATE_REPLIED, v.state); /* not before the limit expires [T 23] */
    age(t.id, 8 * US_PER_DAY);
    tick();
    v = track(&t);
    assert_int_equal(STATE_RATING, v.state);
    assert_false(v.overdue);
    take_link();
    assert_true(link_token.n > 40);
    struct rating_link link = {0};
    bench_reset(&citizen);
    assert_err(ERR_OK, rating_link_open(&citizen.c, link_token, &link));
    assert_true(str_eq(link.no, t.no) && !link.used);
    assert_true(str_eq(link.reply, STR("井盖已经换好，请查看。")));
    struct rating_input in = {.has_contacted = true, .contacted = false, .has_solved = true, .solved = false,
                              .satisfaction = SATISFIED_NO, .channel = CHANNEL_WEB};
    assert_err(ERR_OK, rating_link_record(&citizen.c, link_token, &in, &done));
    assert_err(ERR_OK, rating_link_open(&citizen.c, link_token, &link));
    assert_true(link.used && link.satisfaction == SATISFIED_NO);
    assert_err(ERR_CONFLICT, rating_link_record(&citizen.c, link_token, &in, &done));
    bench_reset(&citizen);
    assert_err(ERR_NOT_FOUND, rating_link_open(&citizen.c, STR("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq"), &link));
    assert_chain(t.id);
}

static void unanswered_closes_and_link_outlives(void **state)
{
    (void)state;
    struct ticket_filed t = filed_and_replied();
    size_t n = 0;
    age(t.id, 8 * US_PER_DAY);
    tick();
    assert_err(ERR_OK, clocks_close_unrated(&worker.c, 100, &n));
    struct ticket_view v = track(&t);
    assert_int_equal(STATE_RATING, v.state);
    age(t.id, (settings.close_after_days + 1) * US_PER_DAY);
    bench_reset(&worker);
    assert_err(ERR_OK, clocks_close_unrated(&worker.c, 100, &n));
    v = track(&t);
    assert_int_equal(STATE_CLOSED, v.state);
    struct actor filer = holder_of(&t);
    struct ticket_done done;
    struct rating_input in = {.has_contacted = true, .contacted = true, .has_solved = true, .solved = true,
                              .satisfaction = SATISFIED_BASICALLY, .channel = CHANNEL_WEB};
    assert_err(ERR_OK, rating_record(&citizen.c, &filer, t.no, &in, NULL, &done));
    assert_chain(t.id);
}

static void no_reply_wish_is_kept(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    f.no_reply = true;
    struct ticket_filed t = file_demand(&f);
    struct actor unit = officer_of(t.holder);
    struct ticket_done done;
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, t.no, 0, &done));
    assert_err(ERR_OK, do_reply(&ctl.c, &unit, t.no, 0, OUTCOME_SOLVED, STR("已经处理好了。"), &done));
    age(t.id, 8 * US_PER_DAY);
    tick();
    struct ticket_view v = track(&t);
    assert_int_equal(STATE_CLOSED, v.state);
    assert_false(has_event(&v, EVENT_RATING_INVITED));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM assignment WHERE ticket_id = %lld AND state <= 2", (long long)t.id));
}

static void version_guards_officers(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct actor unit = officer_of(t.holder);
    struct ticket_view v = track(&t);
    struct ticket_done done;
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, t.no, v.version, &done));
    assert_err(ERR_CONFLICT, officer_contact(&ctl.c, &unit, t.no, v.version, true, &done));
    assert_string_equal("VERSION", ctl.conn->f.reason);
}

static void ratings_say_all_three(void **state)
{
    (void)state;
    struct ticket_filed t = filed_and_replied();
    struct actor filer = holder_of(&t);
    struct ticket_done done;
    struct rating_input in = {0};
    assert_err(ERR_INVALID, rating_record(&citizen.c, &filer, t.no, &in, NULL, &done));
    assert_field(&citizen.conn->f, "contacted", "REQUIRED");
    assert_field(&citizen.conn->f, "solved", "REQUIRED");
    assert_field(&citizen.conn->f, "satisfaction", "REQUIRED");
    bench_reset(&citizen);
    in = (struct rating_input){.has_contacted = true, .has_solved = true, .satisfaction = SATISFIED_VERY};
    assert_err(ERR_INVALID, rating_record(&citizen.c, &filer, t.no, &in, NULL, &done)); /* one of five, three are offered */
    assert_field(&citizen.conn->f, "satisfaction", "NOT_A_CHOICE");
}

static void contact_is_revealed_with_a_trace(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    f.name = STR("张三");
    f.phone = STR("138 0013 8000");
    struct ticket_filed t = file_demand(&f);
    f.confidential = true;
    struct ticket_filed secret = file_demand(&f);
    struct actor unit = officer_of(t.holder);
    struct officer_contact_data d = {0};
    const struct ticket_look *looks = NULL;
    size_t n = 0;
    assert_err(ERR_INVALID, officer_reveal_contact(&ctl.c, &unit, t.no, STR("x"), &d));
    bench_reset(&ctl);
    assert_err(ERR_OK, officer_reveal_contact(&ctl.c, &unit, t.no, STR("电话核实地址"), &d));
    assert_true(str_eq(d.name, STR("张三")) && str_eq(d.phone, STR("13800138000")));
    assert_err(ERR_OK, ticket_looks(&citizen.c, t.id, &looks, &n));
    assert_int_equal(1, n);
    assert_true(str_eq(looks[0].purpose, STR("电话核实地址")));
    assert_err(ERR_DENIED, officer_reveal_contact(&ctl.c, &unit, secret.no, STR("电话核实地址"), &d));
    bench_reset(&ctl);
    assert_err(ERR_OK, officer_reveal_contact(&ctl.c, &hotline, secret.no, STR("电话核实地址"), &d));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM contact WHERE phone_ct LIKE '%%13800138000%%'"));
}

#define T(f) cmocka_unit_test_setup(f, fixture_reset)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(dispatched_at_once), T(judged_by_the_wordings_of_the_unit_answered_for), T(unsure_waits_for_triage),
        T(stop_class_leaves_a_record), T(whole_life), T(urging_is_bounded),
        T(withdrawing_ends_it), T(objection_brings_another_unit), T(objection_comes_in_time_or_not),
        T(extension_moves_the_promise), T(co_work_reports_to_the_lead), T(other_units_are_refused), T(others_find_nothing),
        T(clocks_warn_and_say_overdue), T(asked_when_the_limit_expires), T(unanswered_closes_and_link_outlives),
        T(no_reply_wish_is_kept), T(version_guards_officers), T(ratings_say_all_three), T(contact_is_revealed_with_a_trace),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
