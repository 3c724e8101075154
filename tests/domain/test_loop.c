/*
 * test_loop.c - the closed loop: returns and the arbiter, whistles, waiting, merging, secret informers, second looks.
 */
#include "fixture.h"

#include "app/clock_state.h"
#include "app/desk.h"
#include "app/dispatch.h"
#include "app/handling.h"
#include "app/officer_view.h"
#include "app/permission.h"
#include "app/routing.h"
#include "app/rules.h"
#include "app/whistle.h"
#include "base/clock.h"

static struct ticket_done done;

static void expect(enum err e, const char *reason)
{
    if (e == ERR_OK || !ctl.conn->f.reason || strcmp(ctl.conn->f.reason, reason) != 0)
        fail_msg("expected %s, got %d %s", reason, (int)e, ctl.conn->f.reason ? ctl.conn->f.reason : "-");
    bench_reset(&ctl);
}

static struct ticket_filed filed(void)
{
    struct ticket_filing f = a_demand();
    return file_demand(&f);
}

static struct ticket_filed handled(struct actor *ret_unit)
{
    struct ticket_filed t = filed();
    *ret_unit = officer_of(t.holder);
    assert_err(ERR_OK, officer_sign(&ctl.c, ret_unit, t.no, 0, &done));
    return t;
}

static struct str other_unit(void)
{
    return STR("BJ101");
}

static struct officer_may may_of(const struct actor *who, struct str no)
{
    struct officer_ticket v;
    bench_reset(&ctl);
    assert_err(ERR_OK, officer_ticket(&ctl.c, who, no, &v));
    return v.may;
}

static void returned_twice_then_the_arbiter(void **state)
{
    (void)state;
    struct ticket_filed t = filed();
    struct actor unit = officer_of(t.holder);
    const struct routing_return r = {.ground = GROUND_NOT_DUTY, .words = STR("这是市发展改革委的职责。")};
    assert_true(may_of(&unit, t.no).return_ask);
    assert_err(ERR_OK, routing_return_ask(&ctl.c, &unit, t.no, 0, &r, &done));
    assert_false(may_of(&unit, t.no).return_ask); /* what will be refused is not offered, here and below */
    expect(routing_return_ask(&ctl.c, &unit, t.no, 0, &r, &done), "RETURN_OPEN");
    expect(routing_return_refuse(&ctl.c, &unit, t.no, 0, STR("不同意退回。"), &done), "NOT_YOUR_UNIT");
    struct ticket_view v = track(&t);
    assert_true(has_event(&v, EVENT_RETURN_ASKED));
    for (size_t i = 0; i < v.n_events; i++) /* what was argued is internal */
        assert_true(v.events[i].code != EVENT_RETURN_ASKED || v.events[i].words.n == 0);
    const struct routing to = {.unit_code = other_unit(), .words = STR("确属市级职责。")};
    assert_err(ERR_OK, routing_return_accept(&ctl.c, &hotline, t.no, 0, &to, &done));
    v = track(&t);
    assert_true(str_eq(v.holder, other_unit()));
    assert_int_equal(t.promise_at, v.promise_at);
    expect(do_note(&ctl.c, &unit, t.no, STR("还想看"), &done), "NOT_YOUR_UNIT");
    struct actor second_unit = officer_of(other_unit());
    assert_true(may_of(&second_unit, t.no).return_ask);
    assert_err(ERR_OK, routing_return_ask(&ctl.c, &second_unit, t.no, 0, &r, &done));
    assert_true(may_of(&hotline, t.no).return_decide);
    assert_err(ERR_OK, routing_return_refuse(&ctl.c, &hotline, t.no, 0, STR("职责清单第三条写明由你办。"), &done));
    expect(routing_return_ask(&ctl.c, &second_unit, t.no, 0, &r, &done), "RETURN_FINAL");
    assert_false(may_of(&second_unit, t.no).return_ask || may_of(&hotline, t.no).return_decide);
    expect(routing_return_refuse(&ctl.c, &hotline, t.no, 0, STR("没有退单可以审。"), &done), "RETURN_NONE");
    assert_chain(t.id);
}

static void a_bounce_limit_stands(void **state)
{
    (void)state;
    struct ticket_filed t = filed();
    const struct routing_return r = {.ground = GROUND_NOT_AREA, .words = STR("不在我们的辖区里。")};
    const char *const next[] = {"BJ101", "BJ102"};
    for (size_t i = 0; i < 2; i++) {
        struct actor unit = officer_of(track(&t).holder);
        assert_err(ERR_OK, routing_return_ask(&ctl.c, &unit, t.no, 0, &r, &done));
        const struct routing to = {.unit_code = str_from_c(next[i])};
        assert_err(ERR_OK, routing_return_accept(&ctl.c, &hotline, t.no, 0, &to, &done));
    }
    struct actor unit = officer_of(track(&t).holder);
    expect(routing_return_ask(&ctl.c, &unit, t.no, 0, &r, &done), "RETURN_SPENT");
    assert_chain(t.id);
}

static void joint_dispatch_has_two_leads(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    f.category_code = STR_NONE;
    struct ticket_filed t = file_demand(&f);
    assert_err(ERR_OK, desk_reclassify(&ctl.c, &hotline, t.no, 0, category, STR_NONE, &done));
    const struct str asked[] = {other_unit()};
    int64_t due = t.created_at + US_PER_HOUR;
    assert_err(ERR_OK, desk_consult(&ctl.c, &hotline, t.no, 0, asked, 1, due, STR("该由谁牵头？"), &done));
    struct actor adviser = officer_of(other_unit());
    assert_err(ERR_OK, desk_opinion(&ctl.c, &adviser, t.no, 0, STR("建议街道牵头，我们配合。"), &done));
    expect(desk_opinion(&ctl.c, &adviser, t.no, 0, STR("再说一遍也不行。"), &done), "NOT_YOUR_UNIT");
    const struct routing r = {.joint = other_unit()};
    assert_err(ERR_OK, routing_dispatch(&ctl.c, &hotline, t.no, 0, &r, &done));
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM assignment WHERE ticket_id = %lld AND role = 6 AND state = 1", (long long)t.id));
    struct ticket_view v = track(&t);
    assert_true(has_event(&v, EVENT_CONSULTED) && has_event(&v, EVENT_JOINT_DISPATCHED) && has_event(&v, EVENT_RECLASSIFIED));
    assert_false(has_event(&v, EVENT_NOTE));
    /* Its limit is its own: it works and reports while the lead has not signed yet. */
    assert_true(v.state == STATE_DISPATCHED && may_of(&adviser, t.no).cowork_report);
    assert_err(ERR_OK, officer_cowork_report(&ctl.c, &adviser, t.no, 0, true, STR("已经派人去现场，明天有结果。"), &done));
    assert_err(ERR_OK, officer_cowork_report(&ctl.c, &adviser, t.no, 0, false, STR("电源已经恢复，请街道接着修灯。"), &done));
    expect(officer_cowork_report(&ctl.c, &adviser, t.no, 0, false, STR("再报一次。"), &done), "NOT_YOUR_UNIT");
    v = track(&t);
    assert_true(v.state == STATE_DISPATCHED && has_event(&v, EVENT_COWORK_REPORTED));
    struct clock_verdict clocks;
    assert_err(ERR_OK, clock_verify_ticket(&ctl.c, t.id, &clocks));
    assert_true(clocks.ok);
    assert_chain(t.id);
}

/* Of what this unit called, the newest for that demand which is open, or which is not. */
static const struct whistle_row *called_row(const struct actor *caller, bool open, uint64_t ticket_id)
{
    const struct whistle_row *rows = NULL;
    size_t n = 0;
    bool more = true;
    assert_err(ERR_OK, whistle_list(&ctl.c, caller, true, open, 0, 50, &rows, &n, &more));
    for (size_t i = 0; i < n; i++)
        if (rows[i].ticket_id == ticket_id)
            return &rows[i];
    fail_msg("no such whistle");
    return NULL;
}

static void whistle_calls_two_one_is_late(void **state)
{
    (void)state;
    struct actor caller;
    struct ticket_filed t = handled(&caller);
    const struct str units[] = {STR("BJ101"), STR("BJ102")};
    const struct whistle_call w = {.units = units, .n_units = 2, .task = STR("请到现场一起勘查管线。")};
    struct whistle_call far = w; /* a slip of the pen is no clock */
    far.due = INT64_C(253402271999000000); /* the last second of 9999 */
    assert_err(ERR_INVALID, whistle_call(&ctl.c, &caller, t.no, 0, &far, &done));
    assert_field(&ctl.conn->f, "due", "OUT_OF_RANGE");
    bench_reset(&ctl);
    assert_err(ERR_OK, whistle_call(&ctl.c, &caller, t.no, 0, &w, &done));
    expect(whistle_call(&ctl.c, &caller, t.no, 0, &w, &done), "INVALID_INPUT");
    struct actor first = officer_of(units[0]), late = officer_of(units[1]);
    assert_err(ERR_OK, whistle_report(&ctl.c, &first, t.no, 0, &done));
    assert_err(ERR_OK, whistle_deliver(&ctl.c, &first, t.no, 0, true, STR("正在等图纸，先报进度。"), &done));
    assert_err(ERR_OK, whistle_deliver(&ctl.c, &first, t.no, 0, false, STR("管线已经查明，不影响施工。"), &done));
    admin_run("UPDATE whistle SET report_by = report_by - 7200000000, next_at = next_at - 7200000000 WHERE ticket_id = %lld", (long long)t.id);
    size_t n = 1;
    for (int i = 0; i < 9 && n > 0; i++) {
        bench_reset(&worker);
        assert_err(ERR_OK, whistle_overdue(&worker.c, 100, &n));
    }
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM event WHERE ticket_id = %lld AND code = %d", (long long)t.id, EVENT_WHISTLE_OVERDUE));
    const struct whistle_row *came = called_row(&caller, false, t.id), *missed = called_row(&caller, true, t.id);
    assert_true(str_eq(came->called, units[0]) && str_eq(missed->called, units[1]));
    assert_true(came->delivered_at && came->stage_at && came->step == 0);
    assert_true(missed->late_report && missed->step == 1 && !missed->reported_at);
    assert_err(ERR_OK, whistle_report(&ctl.c, &late, t.no, 0, &done));
    const struct whistle_score *s = NULL;
    assert_err(ERR_OK, whistle_scores(&worker.c, 0, INT64_MAX, &s, &n));
    assert_true(n >= 3);
    struct ticket_view v = track(&t);
    assert_true(has_event(&v, EVENT_WHISTLED) && has_event(&v, EVENT_WHISTLE_REPORTED) && !has_event(&v, EVENT_WHISTLE_OVERDUE));
    assert_chain(t.id);
}

static void waiting_moves_the_unit_not_the_promise(void **state)
{
    (void)state;
    struct actor unit;
    struct ticket_filed t = handled(&unit), u;
    int64_t due = admin_number("SELECT due_at FROM assignment WHERE ticket_id = %lld AND role = 1", (long long)t.id);
    expect(handling_resume(&ctl.c, &unit, t.no, 0, &done), "NOT_PAUSED");
    assert_err(ERR_OK, handling_pause(&ctl.c, &unit, t.no, 0, PAUSE_WEATHER, STR("雨天不能铺沥青，天晴就开工。"), &done));
    expect(handling_pause(&ctl.c, &unit, t.no, 0, PAUSE_WEATHER, STR("再等等天气好起来。"), &done), "ALREADY_PAUSED");
    assert_int_equal(1, admin_number("SELECT next_at IS NULL FROM assignment WHERE ticket_id = %lld AND role = 1", (long long)t.id));
    admin_run("UPDATE assignment SET paused_at = paused_at - 3600000000 WHERE ticket_id = %lld", (long long)t.id);
    assert_err(ERR_OK, handling_resume(&ctl.c, &unit, t.no, 0, &done));
    int64_t later = admin_number("SELECT due_at FROM assignment WHERE ticket_id = %lld AND role = 1", (long long)t.id);
    assert_true(later - due >= US_PER_HOUR && later - due < US_PER_HOUR + 60 * US_PER_S);
    assert_int_equal(t.promise_at, track(&t).promise_at);
    assert_chain(t.id);
    /* A message ends a wait for the citizen. */
    u = handled(&unit);
    struct actor filer = holder_of(&u);
    assert_err(ERR_OK, handling_pause(&ctl.c, &unit, u.no, 0, PAUSE_CITIZEN, STR("请补充具体楼号，我们等你。"), &done));
    assert_err(ERR_OK, ticket_message(&citizen.c, &filer, u.no, STR("是 3 号楼 2 单元。"), NULL, 0, NULL, &done));
    struct ticket_view v = track(&u);
    assert_true(has_event(&v, EVENT_RESUMED));
    assert_chain(u.id);
}

static void merged_keeps_its_receipt(void **state)
{
    (void)state;
    struct ticket_filed main = filed(), dup = filed();
    struct actor unit = officer_of(main.holder);
    assert_err(ERR_OK, desk_merge(&ctl.c, &hotline, dup.no, 0, main.no, &done));
    struct ticket_view v = track(&dup);
    assert_int_equal(STATE_CLOSED, v.state);
    assert_true(v.merged_into == main.id);
    struct ticket_view m = track(&main);
    assert_true(has_event(&m, EVENT_ABSORBED));
    expect(desk_merge(&ctl.c, &hotline, main.no, 0, filed().no, &done), "MERGE_CHAIN");
    struct actor other_filer = holder_of(&main);
    assert_err(ERR_OK, ticket_message(&citizen.c, &other_filer, main.no, STR("我住在五号楼"), NULL, 0, NULL, &done));
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, main.no, 0, &done));
    assert_err(ERR_OK, do_reply(&ctl.c, &unit, main.no, 0, OUTCOME_SOLVED, STR("井盖已经换好，请查看。"), &done));
    struct ticket_main shared;
    assert_err(ERR_OK, ticket_merged_main(&citizen.c, main.id, &shared));
    bool replied = false;
    for (size_t i = 0; i < shared.n_events; i++) {
        replied |= shared.events[i].code == EVENT_REPLIED && shared.events[i].words.n > 0;
        assert_true(shared.events[i].code != EVENT_MESSAGE && shared.events[i].code != EVENT_RECEIVED);
    }
    assert_true(replied);
    v = track(&dup); /* asked on his own, and may answer */
    assert_true(has_event(&v, EVENT_RATING_INVITED) && has_event(&v, EVENT_REPLIED) && !has_event(&v, EVENT_MESSAGE));
    struct actor dup_filer = holder_of(&dup);
    const struct rating_input in = {.has_contacted = true, .has_solved = true, .solved = true, .satisfaction = SATISFIED_YES, .channel = CHANNEL_WEB};
    assert_err(ERR_OK, rating_record(&citizen.c, &dup_filer, dup.no, &in, NULL, &done));
    assert_chain(main.id);
    assert_chain(dup.id);
}

static void a_wrong_merge_is_undone(void **state)
{
    (void)state;
    struct ticket_filed main = filed(), dup = filed();
    assert_err(ERR_OK, desk_merge(&ctl.c, &hotline, dup.no, 0, main.no, &done));
    assert_err(ERR_OK, desk_unmerge(&ctl.c, &hotline, dup.no, 0, STR_NONE, STR("不是同一个井盖。"), &done));
    struct ticket_view v = track(&dup);
    assert_int_equal(STATE_DISPATCHED, v.state);
    assert_true(v.merged_into == 0 && v.holder.n > 0 && v.promise_at == dup.promise_at);
    assert_chain(dup.id);
    assert_chain(main.id);
    struct clock_verdict verdict; /* its events tell the time that its rows keep */
    assert_err(ERR_OK, clock_verify_ticket(&ctl.c, dup.id, &verdict));
    if (!verdict.ok)
        fail_msg("%s at %u", verdict.why, (unsigned)verdict.seq);
}

static void assert_clock(uint64_t id)
{
    struct clock_verdict v;
    bench_reset(&ctl);
    assert_err(ERR_OK, clock_verify_ticket(&ctl.c, id, &v));
    if (!v.ok)
        fail_msg("%s at %u", v.why, (unsigned)v.seq);
}

/* Undone after the main one was answered, and that answer rated: neither was about this demand. */
static void a_late_undoing_forgets_the_answer_of_the_other(void **state)
{
    const struct rating_input good = {.has_contacted = true, .has_solved = true, .solved = true, .satisfaction = SATISFIED_YES, .channel = CHANNEL_WEB};
    struct ticket_filed main = filed(), dup = filed();
    struct actor unit = officer_of(main.holder), filer = holder_of(&dup);
    (void)state;
    assert_err(ERR_OK, desk_merge(&ctl.c, &hotline, dup.no, 0, main.no, &done));
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, main.no, 0, &done));
    assert_err(ERR_OK, do_reply(&ctl.c, &unit, main.no, 0, OUTCOME_SOLVED, STR("井盖已经换好，请查看。"), &done));
    assert_err(ERR_OK, rating_record(&citizen.c, &filer, dup.no, &good, NULL, &done));
    struct ticket_view v = track(&dup);
    assert_true(v.rated && v.replied_at > 0);
    assert_err(ERR_OK, desk_unmerge(&ctl.c, &hotline, dup.no, 0, STR_NONE, STR("不是同一个井盖。"), &done));
    v = track(&dup);
    assert_true(v.state == STATE_DISPATCHED && v.replied_at == 0 && !v.rated && !v.rating_open);
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM rating WHERE ticket_id = %lld", (long long)dup.id));
    assert_clock(dup.id);
    unit = officer_of(v.holder);
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, dup.no, 0, &done));
    assert_err(ERR_OK, do_reply(&ctl.c, &unit, dup.no, 0, OUTCOME_SOLVED, STR("这一个井盖也换好了，请查看。"), &done));
    bench_reset(&citizen);
    assert_err(ERR_OK, rating_record(&citizen.c, &filer, dup.no, &good, NULL, &done));
    assert_true(track(&dup).rated);
    assert_chain(dup.id);
    assert_clock(dup.id);
}

/* Outside of one's scope another demand is no more than one that does not exist: to be tied to, and to be read about. */
static void ties_stay_in_scope(void **state)
{
    const struct staff_grant g = {.role = STAFF_DISPATCHER, .area_prefix = district};
    const struct staff_rights rights = {.grants = &g, .n_grants = 1};
    struct actor who = {.kind = ACTOR_STAFF, .staff_id = 9, .unit_code = refdata_hotline_centre(ctl.c.ref)->code, .rights = &rights};
    struct ticket_filing f = a_demand();
    struct ticket_filed mine = filed(), near = filed(), far;
    const struct area *const *areas = NULL;
    struct officer_ticket view;
    (void)state;
    assert_true(refdata_area_children(ctl.c.ref, STR_NONE, &areas) >= 2);
    f.area_code = areas[str_eq(areas[0]->code, district)]->code;
    far = file_demand(&f);
    expect(officer_ticket(&ctl.c, &who, far.no, &view), "TICKET_NOT_FOUND");
    assert_err(ERR_INVALID, desk_link(&ctl.c, &who, mine.no, 0, far.no, &done));
    assert_field(&ctl.conn->f, "other", "NOT_A_CHOICE");
    bench_reset(&ctl);
    assert_err(ERR_INVALID, desk_merge(&ctl.c, &who, mine.no, 0, far.no, &done));
    assert_field(&ctl.conn->f, "main", "NOT_A_CHOICE");
    bench_reset(&ctl);
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM ticket_link WHERE other_id = %lld", (long long)far.id));
    assert_err(ERR_OK, desk_link(&ctl.c, &who, mine.no, 0, near.no, &done));
    assert_err(ERR_OK, desk_link(&ctl.c, &hotline, mine.no, 0, far.no, &done));
    assert_err(ERR_OK, officer_ticket(&ctl.c, &who, mine.no, &view));
    assert_int_equal(2, view.n_links);
    size_t seen = 0;
    for (size_t i = 0; i < view.n_links; i++) {
        assert_int_equal(TIE_LINKED, view.links[i].tie);
        assert_true(view.links[i].no.n == 0 ? view.links[i].title.n == 0 && view.links[i].ticket_id == 0 : str_eq(view.links[i].no, near.no));
        seen += view.links[i].no.n > 0;
    }
    assert_int_equal(1, seen);
    assert_err(ERR_OK, officer_ticket(&ctl.c, &hotline, mine.no, &view));
    assert_true(view.n_links == 2 && view.links[0].no.n > 0 && view.links[1].no.n > 0);
    bench_reset(&ctl); /* the unit that has the other one in hand as well sees both */
    struct actor unit = officer_of(mine.holder);
    const struct staff_grant lead = {.role = STAFF_OFFICER, .unit_code = mine.holder};
    const struct staff_rights leads = {.grants = &lead, .n_grants = 1};
    unit.rights = &leads;
    assert_true(str_eq(near.holder, mine.holder));
    assert_err(ERR_OK, officer_ticket(&ctl.c, &unit, mine.no, &view));
    seen = 0;
    for (size_t i = 0; i < view.n_links; i++)
        seen += str_eq(view.links[i].no, near.no);
    assert_int_equal(1, seen);
}

static void a_new_fact_opens_a_repeated_matter(void **state)
{
    (void)state;
    struct ticket_filed first = filed(), again = filed();
    const struct desk_diversion d = {.class = DIVERT_REPEAT, .words = STR("这件事已经在办，进展如下。"), .same = first.no};
    const struct desk_diversion gone = {.class = DIVERT_LEGAL, .words = STR("请向人民法院提起诉讼。")};
    assert_err(ERR_OK, desk_divert(&ctl.c, &hotline, again.no, 0, &d, &done));
    struct actor filer = holder_of(&again);
    assert_err(ERR_OK, ticket_message(&citizen.c, &filer, again.no, STR("今天又有人摔伤了，是新情况。"), NULL, 0, NULL, &done));
    struct ticket_view v = track(&again);
    assert_int_equal(STATE_RECEIVED, v.state);
    assert_true(v.promise_at == again.promise_at && v.diversion == DIVERT_NONE);
    assert_err(ERR_OK, do_dispatch(&ctl.c, &hotline, again.no, 0, category, &done));
    assert_chain(again.id);
    struct ticket_filed t = filed();
    filer = holder_of(&t);
    assert_err(ERR_OK, desk_divert(&ctl.c, &hotline, t.no, 0, &gone, &done));
    assert_err(ERR_CONFLICT, ticket_message(&citizen.c, &filer, t.no, STR("还是请你们办。"), NULL, 0, NULL, &done));
}

static void the_reported_unit_never_sees_it(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed normal = file_demand(&f);
    f.kind = KIND_REPORT;
    f.reported_unit = normal.holder;
    struct ticket_filed t = file_demand(&f);
    assert_false(str_eq(t.holder, normal.holder));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM assignment WHERE ticket_id = %lld AND unit_code = '%.*s'", (long long)t.id,
                                     (int)normal.holder.n, normal.holder.p));
    struct staff_grant g = {.role = STAFF_UNIT_MANAGER, .unit_code = normal.holder};
    struct staff_rights rights = {.grants = &g, .n_grants = 1};
    struct actor spy = officer_of(normal.holder);
    spy.rights = &rights;
    spy.staff_id = 5;
    struct officer_ticket view;
    expect(officer_ticket(&ctl.c, &spy, t.no, &view), "TICKET_NOT_FOUND");
    expect(do_note(&ctl.c, &spy, t.no, STR("谁举报的"), &done), "TICKET_NOT_FOUND");
    g.unit_code = STR_NONE; /* not even with rights for the whole city */
    expect(officer_ticket(&ctl.c, &spy, t.no, &view), "TICKET_NOT_FOUND");
    const struct routing to = {.unit_code = normal.holder};
    expect(routing_dispatch(&ctl.c, &hotline, t.no, 0, &to, &done), "INVALID_INPUT");
    struct officer_contact_data data;
    expect(officer_reveal_contact(&ctl.c, &spy, t.no, STR("看看是谁举报"), &data), "TICKET_NOT_FOUND");
    struct actor lead = officer_of(t.holder);
    expect(officer_reveal_contact(&ctl.c, &lead, t.no, STR("核实举报情况"), &data), "NOT_YOUR_UNIT");
    assert_err(ERR_OK, officer_reveal_contact(&ctl.c, &hotline, t.no, STR("核实举报情况"), &data));
}

/* What nobody may see is answered as what is not there; and who only audits does not look. */
static void contacts_stay_in_scope(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct staff_grant g = {.role = STAFF_OFFICER, .unit_code = t.holder};
    struct staff_rights rights = {.grants = &g, .n_grants = 1};
    struct actor who = officer_of(t.holder);
    struct officer_contact_data data;
    who.rights = &rights;
    who.staff_id = 6;
    assert_err(ERR_OK, officer_reveal_contact(&ctl.c, &who, t.no, STR("电话核实地址"), &data));
    g.unit_code = who.unit_code = STR("ST110108001");
    expect(officer_reveal_contact(&ctl.c, &who, t.no, STR("电话核实地址"), &data), "TICKET_NOT_FOUND");
    who.unit_code = g.unit_code = STR_NONE; /* of the hotline centre, for another district alone */
    g.role = STAFF_CLERK;
    assert_err(ERR_OK, officer_reveal_contact(&ctl.c, &who, t.no, STR("电话核实地址"), &data));
    g.area_prefix = STR("999");
    expect(officer_reveal_contact(&ctl.c, &who, t.no, STR("电话核实地址"), &data), "TICKET_NOT_FOUND");
    g = (struct staff_grant){.role = STAFF_AUDITOR};
    expect(officer_reveal_contact(&ctl.c, &who, t.no, STR("电话核实地址"), &data), "TICKET_NOT_FOUND");
}

static void the_second_look_finds(void **state)
{
    (void)state;
    struct actor unit;
    struct ticket_filed t = handled(&unit);
    struct actor filer = holder_of(&t);
    expect(handling_review(&ctl.c, &unit, t.no, 0, REVIEW_UPHELD, STR("原来的答复没有问题。"), STR_NONE, &done), "NOT_A_REVIEW");
    assert_err(ERR_OK, do_reply(&ctl.c, &unit, t.no, 0, OUTCOME_SOLVED, STR("井盖已经换好，请查看。"), &done));
    assert_err(ERR_OK, ticket_object(&citizen.c, &filer, t.no, STR("根本没有换，请再看看。"), NULL, &done));
    struct actor reviewer = officer_of(track(&t).holder);
    assert_err(ERR_OK, officer_sign(&ctl.c, &reviewer, t.no, 0, &done));
    assert_err(ERR_OK, handling_review(&ctl.c, &reviewer, t.no, 0, REVIEW_REDO, STR("现场没有更换，退回重办。"), unit.unit_code, &done));
    struct ticket_view v = track(&t);
    assert_true(str_eq(v.holder, unit.unit_code) && has_event(&v, EVENT_REVIEWED) && v.state == STATE_DISPATCHED);
    assert_chain(t.id);
}

static void longer_needs_the_manager(void **state)
{
    (void)state;
    struct actor unit;
    struct ticket_filed t = handled(&unit);
    struct staff_grant g = {.role = STAFF_OFFICER, .unit_code = unit.unit_code}, m = {.role = STAFF_UNIT_MANAGER, .unit_code = unit.unit_code};
    struct staff_rights officer = {.grants = &g, .n_grants = 1}, manager = {.grants = &m, .n_grants = 1};
    unit.rights = &officer;
    unit.staff_id = 7;
    int64_t until = t.promise_at + 20 * US_PER_DAY;
    expect(officer_extend(&ctl.c, &unit, t.no, 0, until, STR("要等管线单位排期施工"), &done), "NEEDS_APPROVAL");
    assert_err(ERR_OK, handling_extend_ask(&ctl.c, &unit, t.no, 0, until, STR("要等管线单位排期施工"), &done));
    expect(handling_extend_ask(&ctl.c, &unit, t.no, 0, until, STR("要等管线单位排期施工"), &done), "EXTENSION_OPEN");
    expect(handling_extend_decide(&ctl.c, &unit, t.no, 0, true, STR_NONE, &done), "TICKET_NOT_FOUND"); /* not the manager */
    unit.rights = &manager;
    assert_err(ERR_OK, handling_extend_decide(&ctl.c, &unit, t.no, 0, true, STR_NONE, &done));
    assert_int_equal(until, track(&t).promise_at);
    expect(handling_extend_decide(&ctl.c, &unit, t.no, 0, true, STR_NONE, &done), "EXTENSION_NONE");
    assert_chain(t.id);
}

static void others_are_asked_and_answer(void **state)
{
    (void)state;
    struct actor unit;
    struct ticket_filed t = handled(&unit);
    assert_err(ERR_OK, handling_escalate(&ctl.c, &unit, t.no, 0, other_unit(), 0, STR("涉及多个部门，请市里协调。"), &done));
    struct actor above = officer_of(other_unit());
    assert_err(ERR_OK, handling_escalation_answer(&ctl.c, &above, t.no, 0, STR("由街道牵头，我们安排资金。"), &done));
    assert_err(ERR_OK, handling_relay(&ctl.c, &unit, t.no, 0, BODY_CENTRAL, STR("某中央企业"), STR("把现场情况和诉求发给了对方。"), &done));
    uint32_t seq = done.event_seq;
    expect(handling_relay_answer(&ctl.c, &unit, t.no, 0, 1, STR("对方答应本周修好。"), &done), "INVALID_INPUT");
    assert_err(ERR_OK, handling_relay_answer(&ctl.c, &unit, t.no, 0, seq, STR("对方答应本周修好。"), &done));
    assert_err(ERR_OK, handling_helper(&ctl.c, &unit, t.no, 0, HELPER_COMMUNITY, STR("南湖社区"), STR("请帮忙通知居民挪车。"), &done));
    struct ticket_view v = track(&t);
    assert_true(str_eq(v.holder, t.holder) && has_event(&v, EVENT_RELAYED) && has_event(&v, EVENT_HELPER_ASKED));
    assert_chain(t.id);
}

static void staff_sees_all_in_few_statements(void **state)
{
    (void)state;
    struct actor unit;
    struct ticket_filed t = handled(&unit);
    const struct handling_reply r = {.outcome = OUTCOME_SOLVED, .words = STR("井盖已经换好，请查看。"), .account = STR("施工队费用已结。")};
    assert_err(ERR_OK, handling_reply(&ctl.c, &unit, t.no, 0, &r, &done));
    struct officer_ticket v;
    const int before = db_statement_count(ctl.c.db);
    assert_err(ERR_OK, officer_ticket(&ctl.c, &hotline, t.no, &v));
    assert_true(db_statement_count(ctl.c.db) - before <= 5); /* the session is the sixth of the page */
    size_t notes = 0;
    for (size_t i = 0; i < v.n_events; i++)
        notes += v.events[i].code == EVENT_NOTE;
    assert_int_equal(1, notes);
    assert_err(ERR_OK, officer_ticket(&ctl.c, &unit, t.no, &v));
    for (size_t i = 0; i < v.n_events; i++) /* the account is for the hotline centre alone */
        assert_true(v.events[i].code != EVENT_NOTE);
    assert_false(v.may.sign || v.may.whistle);
    const struct officer_filter f = {0};
    const struct officer_item *items = NULL;
    struct officer_key next;
    size_t n = 0;
    bool more = false;
    struct ticket_filed u = filed();
    struct actor lead = officer_of(u.holder);
    assert_err(ERR_OK, officer_list(&ctl.c, &lead, &f, (struct officer_key){0}, 50, &items, &n, &next, &more));
    bool found = false;
    for (size_t i = 0; i < n; i++)
        found |= items[i].ticket_id == u.id;
    assert_true(found || more);
}

/* Rows of a unit whose worklist is long, due one after the other from `base` on. */
static void owed(int base, const struct ticket_filed *t, enum role role, int n)
{
    admin_run("INSERT INTO assignment (id, ticket_id, round, role, unit_code, state, started_at, due_at) "
              "SELECT %d + seq, %lld, 9, %d, 'LONG', 1, 1, %d + seq FROM seq_1_to_%d", base, (long long)t->id, (int)role, base, n);
}

static size_t lead_page(struct officer_key *at, bool *ret_more)
{
    const struct officer_filter leads = {.role = ROLE_LEAD};
    const struct officer_item *items = NULL;
    struct officer_key next;
    struct actor who = officer_of(STR("LONG"));
    size_t n = 0;
    bench_reset(&ctl);
    assert_err(ERR_OK, officer_list(&ctl.c, &who, &leads, *at, 25, &items, &n, &next, ret_more));
    for (size_t i = 0; i < n; i++)
        assert_true(items[i].role == ROLE_LEAD && (i == 0 || items[i].due_at >= items[i - 1].due_at));
    *at = next;
    assert_true(db_statement_count(ctl.c.db) <= 4); /* with session and counts six of the page */
    return n;
}

/* What a filter passes over makes no page short, until a bound is met: then the search says that there is more and goes on there. */
static void filtered_pages_are_full(void **state)
{
    (void)state;
    struct ticket_filed t = filed();
    bool more = false;
    struct officer_key at = {0};
    owed(1000, &t, ROLE_COPY, 800);
    owed(3000, &t, ROLE_LEAD, 40);
    assert_int_equal(25, lead_page(&at, &more));
    assert_true(more);
    assert_int_equal(15, lead_page(&at, &more));
    assert_false(more);
    owed(2000, &t, ROLE_COPY, 800);
    at = (struct officer_key){0};
    assert_int_equal(0, lead_page(&at, &more)); /* 1,200 were looked at */
    assert_true(more);
    assert_int_equal(25, lead_page(&at, &more));
    assert_true(more);
    assert_int_equal(15, lead_page(&at, &more));
    assert_false(more);
    admin_run("DELETE FROM assignment WHERE unit_code = 'LONG'");
}

/* A changed rule is tried on what was filed, published, in force from then on, and brought back. */
static void rules_are_tried_and_published(void **state)
{
    (void)state;
    uint32_t set = 0, stale = 0, id = 0, back = 0;
    struct ticket_filed t = filed();
    assert_err(ERR_OK, rules_draft(&ctl.c, &hotline, STR("井盖改由市里直接办"), &set));
    assert_err(ERR_OK, rules_draft(&ctl.c, &hotline, STR("另一份草稿"), &stale));
    const struct unit *city = refdata_unit(ctl.c.ref, other_unit());
    struct rule_row row = {.rule = {.category_prefix = category, .area_prefix = community, .lead_kind = LEAD_CITY,
                                    .lead_ref = city->short_name, .response_level = 2, .copy_district = false}};
    row.rule.lead_kind = 99;
    expect(rules_put(&ctl.c, &hotline, set, &row, &id), "INVALID_INPUT");
    row.rule.lead_kind = LEAD_CITY;
    row.rule.lead_ref = keep(refdata_unit(ctl.c.ref, other_unit())->short_name);
    assert_err(ERR_OK, rules_put(&ctl.c, &hotline, set, &row, &id));
    assert_true(id > 400);
    const struct rule_change *changes = NULL;
    size_t n = 0;
    assert_err(ERR_OK, rules_changes(&ctl.c, set, &changes, &n));
    assert_int_equal(1, n);
    assert_true(!changes[0].before && changes[0].after && changes[0].id == id);
    struct rule_trial trial;
    assert_err(ERR_OK, rules_try(&ctl.c, &hotline, set, 30, &trial));
    assert_true(trial.n_tickets > 0 && trial.n_moved > 0 && trial.n_moves > 0);
    assert_true(str_eq(trial.moves[0].to, other_unit()) && trial.moves[0].n_samples > 0);
    assert_err(ERR_OK, rules_publish(&ctl.c, &hotline, set));
    expect(rules_publish(&ctl.c, &hotline, stale), "RULES_MOVED");
    expect(rules_put(&ctl.c, &hotline, set, &row, &id), "RULES_NOT_DRAFT");
    /* A process that loads now dispatches by it. */
    struct refdata *fresh = refdata_new(REF_ALL);
    const struct refdata *before = ctl.c.ref;
    assert_err(ERR_OK, refdata_refresh(fresh, &ctl.c));
    struct dispatch d;
    assert_err(ERR_OK, dispatch_choose(ctl.c.ref, &settings, ctl.c.fault, category, community, &d));
    assert_true(str_eq(d.lead->code, other_unit()) && d.rule_id == id);
    assert_err(ERR_OK, rules_revert(&ctl.c, &hotline, 0, STR("恢复原来的规则"), &back));
    refdata_free(fresh);
    fresh = refdata_new(REF_ALL);
    assert_err(ERR_OK, refdata_refresh(fresh, &ctl.c));
    assert_err(ERR_OK, dispatch_choose(ctl.c.ref, &settings, ctl.c.fault, category, community, &d));
    assert_true(str_eq(d.lead->code, t.holder));
    ctl.c.ref = before;
    refdata_free(fresh);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup(f, fixture_reset)
    const struct CMUnitTest tests[] = {
        T(returned_twice_then_the_arbiter), T(a_bounce_limit_stands), T(joint_dispatch_has_two_leads), T(whistle_calls_two_one_is_late),
        T(waiting_moves_the_unit_not_the_promise), T(merged_keeps_its_receipt), T(a_wrong_merge_is_undone),
        T(a_late_undoing_forgets_the_answer_of_the_other), T(ties_stay_in_scope),
        T(a_new_fact_opens_a_repeated_matter), T(the_reported_unit_never_sees_it), T(contacts_stay_in_scope), T(the_second_look_finds), T(longer_needs_the_manager),
        T(others_are_asked_and_answer), T(staff_sees_all_in_few_statements), T(filtered_pages_are_full),
        T(rules_are_tried_and_published),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
