/*
 * test_desk.c - a call at the desk: recorded with its answer or its diversion in one act, or not at all; the caller's history
 * within the scope of whoever asks, and the trace that it leaves; what others told of the same street, and tying the two.
 */
#include "fixture.h"

#include <unistd.h>

#include "app/clock_state.h"
#include "app/desk_call.h"
#include "app/permission.h"
#include "base/clock.h"

static struct desk_call a_call(enum desk_then then)
{
    struct desk_call x = {.filing = a_demand(), .then = then, .words = STR("井盖由区城市管理委维修，今天就派人去看。"),
                          .diversion = {.class = DIVERT_LEGAL, .words = STR("这件事正在法院审理，请按法院的通知办理。")}};
    x.filing.channel = CHANNEL_PHONE;
    x.filing.phone = STR("13900001234");
    x.filing.name = STR("王小明");
    return x;
}

static struct ticket_filed recorded(const struct desk_call *x, const struct idem *idem)
{
    struct ticket_filed t = {0};
    bench_reset(&ctl);
    enum err e = desk_file(&ctl.c, &hotline, x, idem, &t);
    if (e != ERR_OK)
        fail_msg("desk: %s %s", ctl.conn->f.reason ? ctl.conn->f.reason : "?", ctl.conn->f.detail);
    t.no = keep(t.no);
    t.holder = keep(t.holder);
    return t;
}

static void assert_sound(const struct ticket_filed *t)
{
    struct clock_verdict v;
    assert_chain(t->id);
    bench_reset(&ctl);
    assert_err(ERR_OK, clock_verify_ticket(&ctl.c, t->id, &v));
    if (!v.ok)
        fail_msg("clock: %s", v.why);
}

static void answered_in_one_act(void **state)
{
    (void)state;
    const struct desk_call x = a_call(DESK_ANSWER);
    struct ticket_filed t = recorded(&x, NULL);
    assert_int_equal(STATE_REPLIED, t.state);
    struct ticket_view v = track(&t);
    assert_int_equal(STATE_REPLIED, v.state);
    assert_int_equal(2, v.n_events);
    assert_true(has_event(&v, EVENT_REPLIED) && !has_event(&v, EVENT_TRIAGE) && !has_event(&v, EVENT_DISPATCHED));
    assert_true(str_eq(ticket_last_reply(&v)->words, x.words));
    assert_true(str_eq(v.holder, refdata_hotline_centre(ctl.c.ref)->code));
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM assignment WHERE ticket_id = %llu", (unsigned long long)t.id));
    assert_int_equal(0, admin_number("SELECT is_open FROM assignment WHERE ticket_id = %llu", (unsigned long long)t.id));
    assert_sound(&t);
}

static void diverted_in_one_act(void **state)
{
    (void)state;
    struct desk_call x = a_call(DESK_DIVERT);
    struct ticket_filed t = recorded(&x, NULL), first = t;
    struct ticket_view v = track(&t);
    assert_int_equal(STATE_DIVERTED, v.state);
    assert_int_equal(DIVERT_LEGAL, v.diversion);
    assert_true(t.promise_at == 0 && t.holder.n == 0);
    assert_sound(&t);
    x.diversion = (struct desk_diversion){.class = DIVERT_REPEAT, .words = STR("这件事已经告诉过你找法院，请看原来的编号。"), .same = first.no};
    t = recorded(&x, NULL);
    assert_int_equal(1, admin_number("SELECT same_as = %llu FROM ticket WHERE id = %llu", (unsigned long long)first.id, (unsigned long long)t.id));
    assert_sound(&t);
}

/* The words of the answer are part of the act: when they are refused, nothing of it stays. */
static void refused_as_a_whole(void **state)
{
    (void)state;
    struct ticket_filed t;
    struct desk_call x = a_call(DESK_ANSWER);
    const int64_t before = admin_number("SELECT COUNT(*) FROM ticket");
    x.words = STR("好");
    x.filing.text = STR("短");
    assert_err(ERR_INVALID, desk_file(&ctl.c, &hotline, &x, NULL, &t));
    assert_field(&ctl.conn->f, "words", "TOO_SHORT");
    assert_field(&ctl.conn->f, "text", "TOO_SHORT");
    bench_reset(&ctl);
    x = a_call(DESK_DIVERT); /* found out inside of the transaction, when the demand is there already */
    x.diversion = (struct desk_diversion){.class = DIVERT_REPEAT, .words = STR("这件事正在办理，请凭编号看进度。"), .same = STR("SD-000000-0000000-0")};
    assert_err(ERR_INVALID, desk_file(&ctl.c, &hotline, &x, NULL, &t));
    assert_field(&ctl.conn->f, "same", "NOT_A_CHOICE");
    bench_reset(&ctl);
    x = a_call(DESK_ANSWER);
    struct actor street_desk = officer_of(STR("ST110105001"));
    assert_err(ERR_DENIED, desk_file(&ctl.c, &street_desk, &x, NULL, &t));
    assert_int_equal(before, admin_number("SELECT COUNT(*) FROM ticket"));
}

static void told_again_nothing_happens_twice(void **state)
{
    (void)state;
    const struct desk_call x = a_call(DESK_ANSWER);
    const struct idem once = key_of("s:7", "desk-once", "call"), other = key_of("s:7", "desk-once", "another");
    struct ticket_filed a = recorded(&x, &once), b = recorded(&x, &once), c;
    assert_true(a.id == b.id && b.replayed && b.state == STATE_REPLIED && a.promise_at == b.promise_at);
    assert_int_equal(2, admin_number("SELECT COUNT(*) FROM event WHERE ticket_id = %llu", (unsigned long long)a.id));
    bench_reset(&ctl);
    assert_err(ERR_INVALID, desk_file(&ctl.c, &hotline, &x, &other, &c));
    assert_string_equal("IDEMPOTENCY_MISMATCH", ctl.conn->f.reason);
}

static void sent_as_the_rules_say(void **state)
{
    (void)state;
    const struct desk_call x = a_call(DESK_SEND);
    struct ticket_filed t = recorded(&x, NULL);
    assert_int_equal(STATE_DISPATCHED, t.state);
    struct ticket_view v = track(&t);
    assert_int_equal(CHANNEL_PHONE, v.channel);
    assert_true(has_event(&v, EVENT_DISPATCHED));
    assert_sound(&t);
}

static void the_caller_is_found_within_the_scope(void **state)
{
    (void)state;
    struct caller r;
    struct desk_call x = a_call(DESK_SEND);
    x.filing.phone = STR("139 0000 9876");
    struct ticket_filed t = recorded(&x, NULL);
    x = a_call(DESK_ANSWER);
    x.filing.phone = STR("+86 13900009876");
    x.filing.name = STR("李");
    recorded(&x, NULL);
    const int64_t before = admin_number("SELECT COUNT(*) FROM audit WHERE action = 'caller_search'");
    bench_reset(&ctl);
    assert_err(ERR_OK, desk_caller(&ctl.c, &hotline, STR("13900009876"), &r));
    assert_int_equal(2, r.n_demands);
    assert_int_equal(2, r.n_open);
    assert_true(r.demands[0].created_at >= r.demands[1].created_at && str_eq(r.demands[1].no, t.no) && !r.more);
    assert_true(str_eq_c(r.phone_masked, "139****9876") && str_eq_c(r.name_masked, "李"));
    assert_int_equal(before + 1, admin_number("SELECT COUNT(*) FROM audit WHERE action = 'caller_search'"));
    /* A desk of another district learns nothing, not even that there is something: but that it asked is on record. */
    const struct staff_grant g = {.role = STAFF_CLERK, .area_prefix = STR("119999")};
    const struct staff_rights rights = {.grants = &g, .n_grants = 1};
    struct actor elsewhere = hotline;
    elsewhere.rights = &rights;
    bench_reset(&ctl);
    assert_err(ERR_OK, desk_caller(&ctl.c, &elsewhere, STR("13900009876"), &r));
    assert_true(r.n_demands == 0 && r.n_open == 0 && r.name_masked.n == 0);
    assert_int_equal(before + 2, admin_number("SELECT COUNT(*) FROM audit WHERE action = 'caller_search'"));
    bench_reset(&ctl);
    assert_err(ERR_INVALID, desk_caller(&ctl.c, &hotline, STR("12"), &r));
    assert_field(&ctl.conn->f, "phone", "BAD_FORMAT");
    assert_int_equal(before + 2, admin_number("SELECT COUNT(*) FROM audit WHERE action = 'caller_search'"));
}

static size_t near_of(const struct actor *who, const struct desk_call *x, const struct caller_demand **ret)
{
    size_t n = 0;
    bench_reset(&ctl);
    assert_err(ERR_OK, desk_near(&ctl.c, who, x->filing.category_code, x->filing.area_code, ret, &n));
    return n;
}

static void what_others_told_of_the_same_street(void **state)
{
    (void)state;
    const struct caller_demand *d = NULL;
    struct desk_call x = a_call(DESK_SEND);
    admin_run("UPDATE ticket SET created_at = created_at - %lld", (long long)(DESK_NEAR_DAYS + 1) * US_PER_DAY);
    assert_int_equal(0, near_of(&hotline, &x, &d)); /* those of other tests are too old now */
    struct ticket_filed t = recorded(&x, NULL);
    assert_int_equal(1, near_of(&hotline, &x, &d));
    assert_true(str_eq(d[0].no, t.no) && d[0].open && d[0].title.n > 0);
    struct desk_call other = a_call(DESK_DIVERT); /* over at once */
    recorded(&other, NULL);
    other = a_call(DESK_SEND);
    other.filing.kind = KIND_REPORT; /* a secret informer's, though the desk may see it by its number */
    other.filing.reported_unit = t.holder;
    recorded(&other, NULL);
    assert_int_equal(1, near_of(&hotline, &x, &d));
    const struct staff_grant g = {.role = STAFF_CLERK, .area_prefix = STR("119999")};
    const struct staff_rights rights = {.grants = &g, .n_grants = 1};
    struct actor elsewhere = hotline;
    elsewhere.rights = &rights;
    assert_int_equal(0, near_of(&elsewhere, &x, &d));
    usleep(2000); /* those that follow are of a later millisecond */
    for (int i = 0; i < DESK_NEAR; i++)
        recorded(&x, NULL);
    assert_int_equal(DESK_NEAR, near_of(&hotline, &x, &d));
    for (int i = 0; i < DESK_NEAR; i++) /* newest first, so that the first of all is not among them; within a millisecond as the ids fell */
        assert_true(!str_eq(d[i].no, t.no) && (i == 0 || d[i - 1].created_at / 1000 >= d[i].created_at / 1000));
    other.filing.area_code = str_slice(x.filing.area_code, 0, 6); /* a district alone says too little */
    assert_int_equal(0, near_of(&hotline, &other, &d));
}

static int64_t links_of(const struct ticket_filed *t)
{
    return admin_number("SELECT COUNT(*) FROM event WHERE ticket_id = %llu AND code = %d", (unsigned long long)t->id, EVENT_LINKED);
}

static void tied_to_another_in_the_same_act(void **state)
{
    (void)state;
    struct desk_call x = a_call(DESK_SEND);
    struct ticket_filed first = recorded(&x, NULL), again, unused;
    x.link = first.no;
    const struct idem once = key_of("s:7", "desk-tie", "call");
    struct ticket_filed later = recorded(&x, &once);
    again = recorded(&x, &once);
    assert_true(again.id == later.id && again.replayed && later.state == STATE_DISPATCHED && again.state == STATE_DISPATCHED);
    assert_true(links_of(&first) == 1 && links_of(&later) == 1);
    assert_int_equal(2, admin_number("SELECT COUNT(*) FROM ticket_link WHERE ticket_id IN (%llu, %llu)", (unsigned long long)first.id,
                                     (unsigned long long)later.id));
    assert_sound(&first);
    assert_sound(&later);
    x = a_call(DESK_ANSWER); /* one that is answered at once, too */
    x.link = first.no;
    struct ticket_filed third = recorded(&x, NULL);
    assert_true(third.state == STATE_REPLIED && links_of(&first) == 2 && links_of(&third) == 1);
    assert_sound(&third);
    const int64_t before = admin_number("SELECT COUNT(*) FROM ticket");
    x = a_call(DESK_SEND);
    x.link = STR("SD-261122-0000000-0");
    bench_reset(&ctl);
    assert_err(ERR_INVALID, desk_file(&ctl.c, &hotline, &x, NULL, &unused));
    assert_field(&ctl.conn->f, "link", "NOT_A_CHOICE");
    x.link = first.no;
    x.filing.kind = KIND_REPORT;
    x.filing.reported_unit = first.holder;
    bench_reset(&ctl);
    assert_err(ERR_INVALID, desk_file(&ctl.c, &hotline, &x, NULL, &unused)); /* a secret informer's is tied to its like alone */
    assert_field(&ctl.conn->f, "link", "NOT_A_CHOICE");
    assert_int_equal(before, admin_number("SELECT COUNT(*) FROM ticket"));
}

#define T(f) cmocka_unit_test_setup(f, fixture_reset)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(answered_in_one_act), T(diverted_in_one_act), T(refused_as_a_whole), T(told_again_nothing_happens_twice),
        T(sent_as_the_rules_say), T(the_caller_is_found_within_the_scope),
        T(what_others_told_of_the_same_street), T(tied_to_another_in_the_same_act),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
