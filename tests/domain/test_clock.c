/*
 * test_clock.c - what time does, against a real database: the ladder, supervision, call-backs, urgent modes, the wall, and
 * stored due times that equal what the events give.
 */
#include "fixture.h"

#include "app/clock_state.h"
#include "app/clocks.h"
#include "app/handling.h"
#include "app/permission.h"
#include "app/routing.h"
#include "app/supervise.h"
#include "app/urgent.h"
#include "app/visit.h"
#include "app/wall.h"
#include "base/clock.h"
#include "base/random.h"

static void tick(void)
{
    size_t n = 1;
    for (int i = 0; i < 50 && n > 0; i++) {
        bench_reset(&worker);
        assert_err(ERR_OK, clocks_assignments(&worker.c, 100, &n));
    }
    assert_int_equal(0, n);
}

static void list_calls(void)
{
    size_t n = 1;
    for (int i = 0; i < 50 && n > 0; i++) {
        bench_reset(&worker);
        assert_err(ERR_OK, visit_list_due(&worker.c, 100, &n));
    }
}

static long long events(uint64_t id, enum event_code code)
{
    return admin_number("SELECT COUNT(*) FROM event WHERE ticket_id = %lld AND code = %d", (long long)id, (int)code);
}

/* ---- the ladder ------------------------------------------------------------------------------------------------------- */

static void each_step_once(void **state)
{
    static const struct { int days10; enum event_code code; int n; } steps[] = {
        {0, EVENT_WARNED, 0},    {56, EVENT_WARNED, 1},      {65, EVENT_REMINDED, 1},   {72, EVENT_OVERDUE, 1},
        {78, EVENT_SUPERVISED, 1}, {106, EVENT_SUPERVISED, 2}, {141, EVENT_SUPERVISED, 3}, {300, EVENT_SUPERVISED, 3}};
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    int at = 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        age(t.id, (steps[i].days10 - at) * US_PER_DAY / 10);
        at = steps[i].days10;
        tick();
        tick();
        assert_int_equal(steps[i].n, events(t.id, steps[i].code));
    }
    assert_int_equal(1, events(t.id, EVENT_WARNED));
    assert_int_equal(1, events(t.id, EVENT_OVERDUE));
    assert_int_equal(3, admin_number("SELECT COUNT(*) FROM supervision WHERE ticket_id = %lld", (long long)t.id));
    assert_chain(t.id);
}

static void supervised_by_hand_and_answered(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    static const struct staff_rights none = {0};
    struct actor unit = officer_of(t.holder), powerless = unit;
    struct ticket_done done;
    powerless.rights = &none;
    assert_err(ERR_NOT_FOUND, supervise_start(&ctl.c, &powerless, t.no, 0, 0, STR("请说明为什么没有进展"), &done));
    bench_reset(&ctl);
    assert_err(ERR_OK, supervise_start(&ctl.c, &hotline, t.no, 0, 0, STR("请说明为什么没有进展"), &done));
    assert_err(ERR_CONFLICT, supervise_start(&ctl.c, &hotline, t.no, 0, 0, STR("请说明为什么没有进展"), &done));
    assert_string_equal("SUPERVISED_ALREADY", ctl.conn->f.reason);
    bench_reset(&ctl);
    const struct supervise_row *rows = NULL;
    size_t n = 0;
    bool more = false;
    struct supervise_after next = {0};
    assert_err(ERR_OK, supervise_list(&ctl.c, &hotline, t.holder, SUPERVISE_OPEN, next, 10, &rows, &n, &next, &more));
    assert_true(n >= 1);
    assert_err(ERR_OK, supervise_answer(&ctl.c, &unit, t.no, 0, STR("备件已经到货，明天装好。"), &done));
    assert_err(ERR_CONFLICT, supervise_answer(&ctl.c, &unit, t.no, 0, STR("备件已经到货，明天装好。"), &done));
    bench_reset(&ctl);
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM supervision WHERE ticket_id = %lld AND state = %d", (long long)t.id, SUPERVISE_ANSWERED));
    assert_chain(t.id);
}

static bool listed(const struct actor *who, uint64_t ticket_id)
{
    const struct supervise_row *rows = NULL;
    struct supervise_after at = {0};
    size_t n = 0;
    bool more = true, found = false;
    bench_reset(&ctl);
    while (more) {
        assert_err(ERR_OK, supervise_list(&ctl.c, who, STR_NONE, SUPERVISE_OPEN, at, 50, &rows, &n, &at, &more));
        for (size_t i = 0; i < n; i++)
            found |= rows[i].ticket_id == ticket_id;
    }
    return found;
}

/* Who of a reported unit sees the whole city does not meet the report here, nor is that unit's account asked from above itself. */
static void a_reported_unit_meets_no_supervision(void **state)
{
    struct ticket_filing f = a_demand();
    const struct staff_grant g = {.role = STAFF_ANALYST};
    const struct staff_rights city = {.grants = &g, .n_grants = 1};
    struct actor analyst = {.kind = ACTOR_STAFF, .staff_id = 11, .rights = &city};
    struct ticket_done done;
    (void)state;
    const struct unit *above = refdata_district_government(ctl.c.ref, district);
    assert_non_null(above);
    f.kind = KIND_REPORT;
    f.reported_unit = above->code;
    struct ticket_filed t = file_demand(&f);
    if (t.state == STATE_RECEIVED) { /* all units of the district stand below the reported one */
        const struct routing to = {.category_code = category, .unit_code = STR("BJ101")};
        assert_err(ERR_OK, routing_dispatch(&ctl.c, &hotline, t.no, 0, &to, &done));
    }
    bool taken = false;
    assert_err(ERR_OK, supervise_by_ground(&ctl.c, t.no, SUPERVISE_FOR_BOUNCES, &taken));
    assert_true(taken);
    bench_reset(&ctl);
    assert_err(ERR_OK, supervise_by_ground(&ctl.c, t.no, SUPERVISE_FOR_BOUNCES, &taken));
    assert_false(taken);
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM supervision WHERE ticket_id = %lld", (long long)t.id));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM supervision WHERE ticket_id = %lld AND by_unit = '%.*s'", (long long)t.id,
                                     (int)above->code.n, above->code.p));
    assert_true(listed(&hotline, t.id) && listed(&analyst, t.id));
    analyst.unit_code = above->code;
    assert_false(listed(&analyst, t.id));
}

static void an_account_that_is_late_is_told_above(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct ticket_done done;
    size_t n = 0;
    assert_err(ERR_OK, supervise_start(&ctl.c, &hotline, t.no, 0, 0, STR("请说明为什么没有进展"), &done));
    admin_run("UPDATE supervision SET next_at = next_at - 864000000000 WHERE ticket_id = %lld", (long long)t.id);
    bench_reset(&worker);
    assert_err(ERR_OK, supervise_overdue(&worker.c, 50, &n));
    assert_true(n >= 1);
    assert_int_equal(3, admin_number("SELECT state FROM supervision WHERE ticket_id = %lld", (long long)t.id));
    bench_reset(&worker);
    assert_err(ERR_OK, supervise_overdue(&worker.c, 50, &n));
    assert_int_equal(2, admin_number("SELECT COUNT(*) FROM outbox WHERE ticket_id = %lld AND payload LIKE '%%supervision_overdue%%'",
                                     (long long)t.id));
}

/* ---- call-backs ------------------------------------------------------------------------------------------------------- */

/* Replied to, asked at the limit, not answered by link. */
static struct ticket_filed to_be_called(struct str phone)
{
    struct ticket_filing f = a_demand();
    f.phone = phone;
    struct ticket_filed t = file_demand(&f);
    struct actor unit = officer_of(t.holder);
    struct ticket_done done;
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, t.no, 0, &done));
    assert_err(ERR_OK, do_reply(&ctl.c, &unit, t.no, 0, OUTCOME_SOLVED, STR("井盖已经换好，请查看。"), &done));
    bench_reset(&ctl);
    age(t.id, 8 * US_PER_DAY);
    tick();
    assert_int_equal(1, admin_number("SELECT state FROM visit WHERE ticket_id = %lld", (long long)t.id));
    admin_run("UPDATE visit SET call_at = call_at - 864000000000 WHERE ticket_id = %lld", (long long)t.id);
    list_calls();
    return t;
}

static bool in_queue(const struct ticket_filed *t)
{
    struct visit_after after = {0};
    bool more = true;
    while (more) {
        const struct visit_row *rows = NULL;
        size_t n = 0;
        bench_reset(&ctl);
        assert_err(ERR_OK, visit_queue(&ctl.c, &hotline, after, 3, &rows, &n, &more));
        for (size_t i = 0; i < n; i++) {
            assert_true(rows[i].lane > after.lane || rows[i].call_at > after.call_at ||
                        (rows[i].call_at == after.call_at && rows[i].ticket_id > after.ticket_id));
            after = (struct visit_after){rows[i].lane, rows[i].call_at, rows[i].ticket_id};
            if (rows[i].ticket_id == t->id)
                return true;
        }
    }
    return false;
}

static void two_attempts_and_no_more(void **state)
{
    (void)state;
    struct ticket_filed t = to_be_called(STR("13800138000"));
    struct visit_call call = {0};
    struct ticket_done done;
    bool gone = true;
    const struct actor other = {.kind = ACTOR_STAFF, .staff_id = 9};
    assert_true(in_queue(&t));
    assert_err(ERR_OK, visit_claim(&ctl.c, &hotline, t.no, &call));
    assert_true(str_eq(call.reply, STR("井盖已经换好，请查看。")));
    assert_err(ERR_CONFLICT, visit_claim(&ctl.c, &other, t.no, &call));
    assert_string_equal("VISIT_TAKEN", ctl.conn->f.reason);
    assert_false(in_queue(&t));
    assert_err(ERR_OK, visit_release(&ctl.c, &hotline, t.no));
    assert_err(ERR_OK, visit_claim(&ctl.c, &other, t.no, &call));
    bench_reset(&ctl);
    assert_err(ERR_CONFLICT, visit_attempt(&ctl.c, &hotline, t.no, VISIT_NO_ANSWER, &gone, &done));
    bench_reset(&ctl);
    assert_err(ERR_OK, visit_attempt(&ctl.c, &other, t.no, VISIT_NO_ANSWER, &gone, &done));
    assert_false(gone);
    assert_false(in_queue(&t)); /* not before some hours */
    bench_reset(&ctl);
    assert_err(ERR_OK, visit_attempt(&ctl.c, &other, t.no, VISIT_BUSY, &gone, &done));
    assert_true(gone);
    struct ticket_view v = track(&t);
    assert_int_equal(STATE_CLOSED, v.state);
    assert_true(has_event(&v, EVENT_VISIT_VOID));
    assert_false(v.rated);
    bench_reset(&ctl);
    assert_err(ERR_CONFLICT, visit_attempt(&ctl.c, &other, t.no, VISIT_BUSY, &gone, &done));
    assert_string_equal("VISIT_DONE", ctl.conn->f.reason);
    assert_chain(t.id);
}

static void an_unhappy_answer_opens_a_second_look(void **state)
{
    (void)state;
    struct ticket_filed t = to_be_called(STR("13800138000"));
    struct rating_input in = {.has_contacted = true, .contacted = true, .has_solved = true, .solved = false,
                              .satisfaction = SATISFIED_NO, .words = STR("没有换")};
    struct ticket_done done;
    bool again = false;
    admin_run("INSERT INTO assignment (id, ticket_id, round, role, unit_code, state, started_at, due_at, next_at) "
              "SELECT id - 1, ticket_id, round, 2, 'BJ101', 1, started_at, due_at, due_at FROM assignment WHERE ticket_id = %lld AND role = 1", (long long)t.id);
    assert_err(ERR_OK, visit_record(&ctl.c, &hotline, t.no, &in, &again, &done));
    assert_true(again);
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM assignment WHERE ticket_id = %lld AND round = 1 AND (state <= 2 OR next_at IS NOT NULL)", (long long)t.id));
    struct ticket_view v = track(&t);
    assert_int_equal(STATE_DISPATCHED, v.state);
    assert_int_equal(2, v.round);
    assert_false(str_eq(v.holder, t.holder));
    assert_true(has_event(&v, EVENT_VISITED) && has_event(&v, EVENT_RATED) && has_event(&v, EVENT_REOPENED));
    assert_int_equal(CHANNEL_PHONE, admin_number("SELECT channel FROM rating WHERE ticket_id = %lld AND round = 1", (long long)t.id));
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM assignment WHERE ticket_id = %lld AND state <= 2 AND role = 1", (long long)t.id));
    assert_chain(t.id);
}

static void a_happy_answer_ends_it(void **state)
{
    (void)state;
    struct ticket_filed t = to_be_called(STR("13800138000"));
    struct rating_input in = {.has_contacted = true, .contacted = true, .has_solved = true, .solved = true, .satisfaction = SATISFIED_YES};
    struct ticket_done done;
    bool again = true;
    assert_err(ERR_OK, visit_record(&ctl.c, &hotline, t.no, &in, &again, &done));
    assert_false(again);
    struct ticket_view v = track(&t);
    assert_int_equal(STATE_CLOSED, v.state);
    assert_true(v.rated);
    assert_false(in_queue(&t));
    bench_reset(&ctl);
    assert_err(ERR_CONFLICT, visit_record(&ctl.c, &hotline, t.no, &in, &again, &done));
}

static void who_answers_by_link_is_not_called(void **state)
{
    (void)state;
    struct ticket_filed t = to_be_called(STR("13800138000"));
    struct actor filer = holder_of(&t);
    struct ticket_done done;
    struct rating_input in = {.has_contacted = true, .contacted = true, .has_solved = true, .solved = true,
                              .satisfaction = SATISFIED_YES, .channel = CHANNEL_WEB};
    assert_true(in_queue(&t));
    assert_err(ERR_OK, rating_record(&citizen.c, &filer, t.no, &in, NULL, &done));
    assert_false(in_queue(&t));
}

static void nobody_to_call_is_not_on_the_list(void **state)
{
    (void)state;
    struct ticket_filed t = to_be_called(STR_NONE);
    assert_false(in_queue(&t));
    assert_int_equal(1, admin_number("SELECT state FROM visit WHERE ticket_id = %lld", (long long)t.id));
}

static void an_officer_is_no_visitor(void **state)
{
    static const struct staff_rights none = {0};
    (void)state;
    struct ticket_filed t = to_be_called(STR("13800138000"));
    struct actor officer = officer_of(t.holder);
    struct visit_call call;
    officer.rights = &none;
    bench_reset(&ctl);
    assert_err(ERR_DENIED, visit_claim(&ctl.c, &officer, t.no, &call));
    struct staff_grant g = {.role = STAFF_VISITOR, .unit_code = t.holder}; /* a unit does not call about its own work */
    const struct staff_rights own = {.grants = &g, .n_grants = 1};
    officer.rights = &own;
    bench_reset(&ctl);
    assert_err(ERR_DENIED, visit_look(&ctl.c, &officer, t.no, &call));
    struct actor visitor = hotline; /* of the centre, but for another district alone */
    visitor.rights = &own;
    g = (struct staff_grant){.role = STAFF_VISITOR, .area_prefix = STR("999")};
    const struct visit_row *rows = NULL;
    size_t n = 0;
    bool more = true;
    bench_reset(&ctl);
    assert_err(ERR_NOT_FOUND, visit_look(&ctl.c, &visitor, t.no, &call));
    bench_reset(&ctl);
    assert_err(ERR_NOT_FOUND, visit_claim(&ctl.c, &visitor, t.no, &call));
    bench_reset(&ctl);
    assert_err(ERR_OK, visit_queue(&ctl.c, &visitor, (struct visit_after){0}, 50, &rows, &n, &more));
    assert_int_equal(0, n);
    g.area_prefix = STR_NONE;
    assert_err(ERR_OK, visit_look(&ctl.c, &visitor, t.no, &call));
}

static void answers_stay_hidden_until_the_period_ends(void **state)
{
    (void)state;
    const int64_t at = clock_day_start_us(20261120) + US_PER_HOUR, before = clock_day_start_us(20261118);
    assert_int_equal(clock_day_start_us(20261219), visit_answers_open_at(&settings, at));
    assert_int_equal(clock_day_start_us(20261119), visit_answers_open_at(&settings, before));
}

/* ---- urgent modes ------------------------------------------------------------------------------------------------------ */

static void a_mode_raises_what_runs_and_ends(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct urgent_mode m = {.name = STR("暴雪"), .reason = STR("暴雪红色预警，道路优先"), .categories = str_slice(category, 0, 2),
                            .level = 1, .raise_open = true, .ends_at = clock_now_us() + US_PER_DAY,
                            .notice_zh = STR("暴雪期间，道路和供暖诉求两小时内处理。"),
                            .notice_en = STR("During the snow, roads and heating are handled within two hours.")};
    const struct urgent_mode *list = NULL;
    uint64_t id = 0;
    size_t n = 1;
    bench_reset(&ctl);
    assert_err(ERR_OK, urgent_start(&ctl.c, &hotline, &m, &id));
    refdata_reload();
    const int64_t promise = admin_number("SELECT promise_at FROM ticket WHERE id = %lld", (long long)t.id);
    for (int i = 0; i < 500 && n > 0; i++) {
        bench_reset(&worker);
        assert_err(ERR_OK, urgent_raise_due(&worker.c, 100, &n));
    }
    assert_int_equal(1, events(t.id, EVENT_LEVEL_RAISED));
    assert_int_equal(promise, admin_number("SELECT promise_at FROM ticket WHERE id = %lld", (long long)t.id));
    assert_int_equal(0, admin_number("SELECT MIN(lane) FROM assignment WHERE ticket_id = %lld AND state <= 2", (long long)t.id));
    assert_true(admin_number("SELECT due_at FROM assignment WHERE ticket_id = %lld AND role = 1", (long long)t.id) < promise);
    struct clock_verdict verdict = {0};
    bench_reset(&ctl);
    assert_err(ERR_OK, clock_verify_ticket(&ctl.c, t.id, &verdict));
    assert_true(verdict.ok);
    /* What comes while it is on is raised at once. */
    struct ticket_filed u = file_demand(&f);
    assert_int_equal(2 * US_PER_HOUR, u.promise_at - u.created_at);
    assert_int_equal(1, events(u.id, EVENT_LEVEL_RAISED));
    assert_int_equal(0, admin_number("SELECT MIN(lane) FROM assignment WHERE ticket_id = %lld AND role = 1", (long long)u.id));
    assert_chain(u.id);
    bench_reset(&ctl);
    assert_err(ERR_OK, clock_verify_ticket(&ctl.c, u.id, &verdict));
    assert_true(verdict.ok);
    bench_reset(&ctl);
    assert_err(ERR_OK, urgent_end(&ctl.c, &hotline, id, STR("预警解除，恢复平时")));
    assert_err(ERR_OK, urgent_versions(&ctl.c, id, &list, &n));
    assert_int_equal(2, n);
    assert_err(ERR_CONFLICT, urgent_end(&ctl.c, &hotline, id, STR("预警解除，恢复平时")));
    assert_string_equal("MODE_ENDED", ctl.conn->f.reason);
    refdata_reload();
    struct ticket_filed w = file_demand(&f);
    assert_int_equal(7 * US_PER_DAY, w.promise_at - w.created_at);
    assert_int_equal(0, events(w.id, EVENT_LEVEL_RAISED));
    assert_chain(t.id);
}

static void a_mode_is_judged(void **state)
{
    (void)state;
    struct urgent_mode m = {.name = STR("试"), .reason = STR("理由充分的一句话"), .categories = STR("99;zz"), .level = 3,
                            .ends_at = clock_now_us() - 1, .notice_zh = STR("一句公告的话"), .notice_en = STR("A notice.")};
    uint64_t id = 0;
    bench_reset(&ctl);
    assert_err(ERR_INVALID, urgent_start(&ctl.c, &hotline, &m, &id));
    assert_field(&ctl.conn->f, "categories", "NOT_A_CHOICE");
    assert_field(&ctl.conn->f, "level", "NOT_A_CHOICE");
    assert_field(&ctl.conn->f, "ends_at", "TOO_EARLY");
}

/* ---- the wall ---------------------------------------------------------------------------------------------------------- */

static void watch(void)
{
    size_t n = 1;
    for (int i = 0; i < 500 && n > 0; i++) {
        bench_reset(&worker);
        assert_err(ERR_OK, wall_take(&worker.c, 100, &n));
    }
    n = 1;
    for (int i = 0; i < 500 && n > 0; i++) {
        bench_reset(&worker);
        assert_err(ERR_OK, wall_ripen(&worker.c, 100, &n));
    }
}

/* Rows alone, by their ids, which are of so many milliseconds from now. */
static void copies_of(const struct ticket_filed *t, int n, int later_ms)
{
    admin_run("INSERT INTO ticket (id, ticket_no, public_id, kind, channel, state, category_code, area_code, district_code, "
              "response_level, created_at, local_day, unwalled) SELECT (UNIX_TIMESTAMP(NOW(6)) * 1000 + %d) << 22 | seq, "
              "CONCAT('SDRUSH', seq), CONCAT('RUSH', seq), kind, channel, 6, category_code, area_code, district_code, 3, 1, "
              "20200101, 0 FROM ticket JOIN seq_1_to_%d WHERE id = %lld", later_ms, n, (long long)t->id);
}

static void a_rush_is_noticed(void **state)
{
    (void)state;
    bool rush = true;
    struct ticket_filing f = a_demand();
    const struct ticket_filed t = file_demand(&f);
    for (int i = 0; i < 50 && rush; i++) { /* what other tests filed is soon older than a second */
        const struct timespec while_ = {0, 100000000};
        nanosleep(&while_, NULL);
        bench_reset(&worker);
        assert_err(ERR_OK, wall_rush(&worker.c, &rush));
    }
    assert_false(rush);
    copies_of(&t, 2 * WALL_RUSH, 3600000); /* the clock was set back */
    bench_reset(&worker);
    assert_err(ERR_OK, wall_rush(&worker.c, &rush));
    assert_false(rush);
    for (int i = 0; i < 50 && !rush; i++) { /* a machine may be too busy to ask within the second */
        admin_run("DELETE FROM ticket WHERE ticket_no LIKE 'SDRUSH%%'");
        copies_of(&t, WALL_RUSH, 0);
        bench_reset(&worker);
        assert_err(ERR_OK, wall_rush(&worker.c, &rush));
    }
    assert_true(rush);
    admin_run("DELETE FROM ticket WHERE ticket_no LIKE 'SDRUSH%%'");
    copies_of(&t, WALL_RUSH / 2, 0);
    bench_reset(&worker);
    assert_err(ERR_OK, wall_rush(&worker.c, &rush));
    assert_false(rush);
    admin_run("DELETE FROM ticket WHERE ticket_no LIKE 'SDRUSH%%'");
}

static int64_t of_unit(struct str unit, enum wall_kind kind)
{
    struct wall_line line = {0};
    bench_reset(&ctl);
    assert_err(ERR_OK, wall_unit(&ctl.c, unit, &line));
    return line.n[kind];
}

static bool on_list(enum wall_kind kind, struct str unit, uint64_t ticket_id)
{
    struct wall_after after = {0};
    bool more = true;
    while (more) {
        const struct wall_row *rows = NULL;
        size_t n = 0;
        bench_reset(&ctl);
        assert_err(ERR_OK, wall_list(&ctl.c, kind, unit, STR_NONE, after, 5, &rows, &n, &more));
        for (size_t i = 0; i < n; i++) {
            after = (struct wall_after){rows[i].since_at, rows[i].assignment_id};
            if (rows[i].ticket_id == ticket_id)
                return true;
        }
    }
    return false;
}

static void the_wall_follows(void **state)
{
    (void)state;
    watch();
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    struct actor unit = officer_of(t.holder);
    struct ticket_done done;
    const int64_t before = of_unit(t.holder, WALL_TO_SIGN), late = of_unit(t.holder, WALL_LATE);
    watch();
    assert_int_equal(before + 1, of_unit(t.holder, WALL_TO_SIGN));
    assert_true(on_list(WALL_TO_SIGN, t.holder, t.id));
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, t.no, 0, &done));
    watch();
    assert_int_equal(before, of_unit(t.holder, WALL_TO_SIGN));
    assert_true(on_list(WALL_IN_HAND, t.holder, t.id));
    age(t.id, 8 * US_PER_DAY);
    admin_run("UPDATE wall_look SET look_at = look_at - 691200000000 WHERE ticket_id = %lld", (long long)t.id);
    watch();
    assert_int_equal(late + 1, of_unit(t.holder, WALL_LATE));
    assert_true(on_list(WALL_LATE, t.holder, t.id) && on_list(WALL_UNCONTACTED, t.holder, t.id));
    assert_err(ERR_OK, do_reply(&ctl.c, &unit, t.no, 0, OUTCOME_SOLVED, STR("已经处理好了。"), &done));
    watch();
    assert_int_equal(late, of_unit(t.holder, WALL_LATE));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM wall_item WHERE ticket_id = %lld", (long long)t.id));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM wall_look WHERE ticket_id = %lld", (long long)t.id));
}

/* Of one that nobody has touched since it was filed the events are not read: its filing was the last of them. */
static void an_untouched_demand_gets_stuck(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed fresh = file_demand(&f), old = file_demand(&f);
    age(old.id, (settings.stuck_days + 1) * US_PER_DAY);
    watch();
    assert_true(on_list(WALL_STUCK, old.holder, old.id));
    assert_false(on_list(WALL_STUCK, fresh.holder, fresh.id));
    assert_int_equal(old.created_at + (settings.stuck_days - (settings.stuck_days + 1)) * US_PER_DAY,
                     admin_number("SELECT since_at FROM wall_item WHERE ticket_id = %lld AND kind = %d", (long long)old.id, WALL_STUCK));
}

/* Whatever takes a demand's mark away leaves one of its day, once a look; what time alone has changed leaves none. */
static void days_are_marked(void **state)
{
    (void)state;
    watch();
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f), u = file_demand(&f), old = file_demand(&f);
    struct actor unit = officer_of(t.holder);
    struct ticket_done done;
    admin_run("UPDATE ticket SET local_day = 20200102 WHERE id = %lld", (long long)old.id);
    admin_run("DELETE FROM day_mark");
    assert_int_equal(3, admin_number("SELECT SUM(unwalled) FROM ticket WHERE id IN (%lld, %lld, %lld)", (long long)t.id, (long long)u.id, (long long)old.id));
    watch();
    assert_int_equal(2, admin_number("SELECT COUNT(*) FROM day_mark"));
    assert_int_equal(2, admin_number("SELECT COUNT(*) FROM day_mark WHERE local_day IN (20200102, %d)", clock_local_day(t.created_at)));
    admin_run("DELETE FROM day_mark");
    admin_run("UPDATE wall_look SET look_at = 1 WHERE ticket_id = %lld", (long long)t.id);
    watch();
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM day_mark"));
    assert_err(ERR_OK, officer_sign(&ctl.c, &unit, t.no, 0, &done));
    watch();
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM day_mark"));
    /* One that is to be supervised stays marked itself until it is. */
    admin_run("DELETE FROM day_mark");
    admin_run("UPDATE ticket SET round = 3, unwalled = 1 WHERE id = %lld", (long long)old.id);
    admin_run("UPDATE assignment SET round = 3 WHERE ticket_id = %lld", (long long)old.id);
    watch();
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM supervision WHERE ticket_id = %lld AND ground = 3", (long long)old.id));
    assert_true(admin_number("SELECT COUNT(*) FROM day_mark WHERE local_day = 20200102") >= 1);
}

/* A count that is under way holds its marks; the look only adds to them and need not wait. */
static void a_look_waits_for_no_count(void **state)
{
    (void)state;
    watch();
    struct ticket_filing f = a_demand();
    const int32_t day = clock_local_day(file_demand(&f).created_at);
    watch();
    assert_true(admin_number("SELECT COUNT(*) FROM day_mark WHERE local_day = %d", day) >= 1);
    admin_run("START TRANSACTION");
    admin_run("DELETE FROM day_mark WHERE local_day = %d", day);
    const struct ticket_filed t = file_demand(&f);
    watch(); /* one that waited would give up after two seconds, and fail */
    assert_int_equal(0, admin_number("SELECT unwalled FROM ticket WHERE id = %lld", (long long)t.id));
    admin_run("COMMIT");
    assert_int_equal(1, admin_number("SELECT COUNT(*) FROM day_mark WHERE local_day = %d", day));
}

/* After a load of past demands, those that ended go at once; what stood on the wall, or is open, is looked at. */
static void ended_demands_are_skipped(void **state)
{
    (void)state;
    watch();
    struct ticket_filing f = a_demand();
    struct ticket_filed open = file_demand(&f), stood = file_demand(&f);
    size_t n = 0;
    admin_run("INSERT INTO ticket (id, ticket_no, public_id, kind, channel, state, category_code, area_code, district_code, response_level, "
              "created_at, local_day, unsealed) SELECT 7000 + seq, CONCAT('SDSKIP', LPAD(seq, 10, '0')), CONCAT('PSKIP', LPAD(seq, 11, '0')), 1, 1, 6, "
              "category_code, area_code, district_code, 3, 1, 20200101 + seq %% 3, 0 FROM ticket JOIN seq_1_to_150 WHERE id = %lld", (long long)open.id);
    admin_run("UPDATE ticket SET state = 6 WHERE id = %lld", (long long)stood.id);
    admin_run("INSERT INTO wall_item (kind, assignment_id, ticket_id, unit_code, district_code, since_at) "
              "SELECT 1, lead_id, id, 'SKIP', '', 1 FROM ticket WHERE id = %lld", (long long)stood.id);
    bench_reset(&worker);
    admin_run("DELETE FROM day_mark");
    assert_err(ERR_OK, wall_take(&worker.c, 1, &n));
    assert_int_equal(1, n);
    assert_int_equal(3, admin_number("SELECT COUNT(*) FROM day_mark WHERE local_day BETWEEN 20200101 AND 20200103"));
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM ticket WHERE ticket_no LIKE 'SDSKIP%%' AND unwalled = 1"));
    assert_int_equal(2, admin_number("SELECT COUNT(*) FROM ticket WHERE id IN (%lld, %lld) AND unwalled = 1", (long long)open.id,
                                     (long long)stood.id));
    watch();
    assert_int_equal(0, admin_number("SELECT COUNT(*) FROM wall_item WHERE unit_code = 'SKIP'"));
    assert_true(on_list(WALL_TO_SIGN, open.holder, open.id));
    admin_run("DELETE FROM ticket WHERE ticket_no LIKE 'SDSKIP%%'");
    admin_run("DELETE FROM wall_count WHERE code = 'SKIP'");
    admin_run("UPDATE ticket SET state = 2, unwalled = 1 WHERE id = %lld", (long long)stood.id);
}

static void wrong_counts_are_found(void **state)
{
    size_t wrong = 0;
    (void)state;
    watch();
    bench_reset(&worker);
    assert_err(ERR_OK, wall_recount(&worker.c, &wrong));
    assert_int_equal(0, wrong);
    admin_run("UPDATE wall_count SET n = n + 3 WHERE dim = 1 LIMIT 1");
    assert_err(ERR_OK, wall_recount(&worker.c, &wrong));
    assert_int_equal(1, wrong);
    assert_err(ERR_OK, wall_recount(&worker.c, &wrong));
    assert_int_equal(0, wrong);
    const struct wall_line *lines = NULL;
    size_t n = 0;
    bench_reset(&ctl);
    assert_err(ERR_OK, wall_areas(&ctl.c, &lines, &n));
    assert_true(n >= 1);
    assert_err(ERR_OK, wall_units(&ctl.c, WALL_TO_SIGN, &lines, &n));
    assert_true(n >= 1 && lines[0].n[WALL_TO_SIGN] >= lines[n - 1].n[WALL_TO_SIGN]);
}

/* ---- stored and told --------------------------------------------------------------------------------------------------- */

enum { SEQUENCES = 120, STEPS = 9 };

/* One random act of whoever may; refused ones are part of life. */
static void act_at_random(const struct ticket_filed *t)
{
    struct ticket_done done;
    struct actor filer = holder_of(t);
    struct ticket_view v = track(t);
    struct actor unit = officer_of(keep(v.holder));
    enum err e = ERR_OK;
    bench_reset(&ctl);
    switch (random_below(12)) {
    case 0:
        e = officer_sign(&ctl.c, &unit, t->no, 0, &done);
        break;
    case 1:
        e = officer_extend(&ctl.c, &unit, t->no, 0, v.promise_at + (int64_t)random_below(9 * (uint64_t)US_PER_DAY), STR("等待备件到货"), &done);
        break;
    case 2:
        e = officer_cowork_ask(&ctl.c, &unit, t->no, 0, STR("BJ302"), 0, &done);
        break;
    case 3:
        e = do_dispatch(&ctl.c, &hotline, t->no, 0, category, &done);
        break;
    case 4:
        e = do_reply(&ctl.c, &unit, t->no, 0, OUTCOME_SOLVED, STR("已经处理好了。"), &done);
        break;
    case 5:
        e = ticket_object(&citizen.c, &filer, t->no, STR("没有换，还是坏的"), NULL, &done);
        break;
    case 6:
        e = ticket_message(&citizen.c, &filer, t->no, STR("又坏了一处"), NULL, 0, NULL, &done);
        break;
    case 7:
        e = supervise_start(&ctl.c, &hotline, t->no, 0, 0, STR("请说明为什么没有进展"), &done);
        break;
    case 8:
    case 9:
        e = handling_pause(&ctl.c, &unit, t->no, 0, PAUSE_WEATHER, STR("等天气转好再施工"), &done);
        break;
    case 10:
        e = handling_resume(&ctl.c, &unit, t->no, 0, &done);
        break;
    default:
        e = officer_contact(&ctl.c, &unit, t->no, 0, true, &done);
        break;
    }
    assert_true(e == ERR_OK || e == ERR_CONFLICT || e == ERR_INVALID || e == ERR_LIMITED || e == ERR_DENIED);
}

static void stored_due_times_are_what_was_told(void **state)
{
    const struct ticket_filed *last = NULL;
    struct ticket_filed t = {0};
    struct clock_verdict v = {0};
    (void)state;
    for (int i = 0; i < SEQUENCES; i++) {
        struct ticket_filing f = a_demand();
        if (random_below(5) == 0)
            f.category_code = STR_NONE;
        t = file_demand(&f);
        for (int j = 0; j < STEPS; j++)
            act_at_random(&t);
        bench_reset(&ctl);
        assert_err(ERR_OK, clock_verify_ticket(&ctl.c, t.id, &v));
        if (!v.ok)
            fail_msg("sequence %d, ticket %llu: %s at event %u", i, (unsigned long long)t.id, v.why, v.seq);
        last = &t;
    }
    /* The control: a due time moved by hand is found. */
    struct ticket_filing f = a_demand();
    t = file_demand(&f);
    admin_run("UPDATE assignment SET due_at = due_at + 1 WHERE ticket_id = %lld AND role = 1", (long long)last->id);
    assert_err(ERR_OK, clock_verify_ticket(&ctl.c, t.id, &v));
    assert_false(v.ok);
    assert_string_equal("DUE", v.why);
    admin_run("UPDATE ticket SET promise_at = promise_at + 1 WHERE id = %lld", (long long)t.id);
    assert_err(ERR_OK, clock_verify_ticket(&ctl.c, t.id, &v));
    assert_string_equal("PROMISE", v.why);
}

#define T(f) cmocka_unit_test_setup(f, fixture_reset)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(each_step_once), T(supervised_by_hand_and_answered), T(a_reported_unit_meets_no_supervision), T(an_account_that_is_late_is_told_above), T(two_attempts_and_no_more),
        T(an_unhappy_answer_opens_a_second_look), T(a_happy_answer_ends_it), T(who_answers_by_link_is_not_called),
        T(nobody_to_call_is_not_on_the_list), T(an_officer_is_no_visitor), T(answers_stay_hidden_until_the_period_ends),
        T(a_mode_is_judged), T(the_wall_follows), T(a_rush_is_noticed), T(an_untouched_demand_gets_stuck), T(days_are_marked), T(a_look_waits_for_no_count), T(ended_demands_are_skipped), T(wrong_counts_are_found), T(stored_due_times_are_what_was_told),
        T(a_mode_raises_what_runs_and_ends),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
