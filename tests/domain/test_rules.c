/*
 * test_rules.c - dispatch rules as versions: drafting, changing, trying, publishing, going back; and that filings follow.
 */
#include "fixture.h"

#include "app/dispatch.h"
#include "app/permission.h"
#include "app/rules.h"

static void expect(enum err e, const char *reason)
{
    if (e == ERR_OK || !ctl.conn->f.reason || strcmp(ctl.conn->f.reason, reason) != 0)
        fail_msg("expected %s, got %d %s", reason, (int)e, ctl.conn->f.reason ? ctl.conn->f.reason : "-");
    bench_reset(&ctl);
}

static void expect_field(enum err e, const char *field, const char *reason)
{
    assert_err(ERR_INVALID, e);
    assert_field(&ctl.conn->f, field, reason);
    bench_reset(&ctl);
}

static uint32_t in_force(void)
{
    struct rule_set s;
    assert_err(ERR_OK, rules_current(&ctl.c, &s));
    return s.set;
}

static uint32_t drafted(void)
{
    uint32_t set = 0;
    assert_err(ERR_OK, rules_draft(&ctl.c, &hotline, STR("试试新的分工"), &set));
    return set;
}

/* Everything of the class of the test goes to a department of the city, in two hours. */
static struct rule_row to_the_city(void)
{
    return (struct rule_row){.rule = {.category_prefix = category, .area_prefix = district, .lead_kind = LEAD_CITY,
                                      .lead_ref = STR("市水务局"), .response_level = 1, .copy_district = true},
                             .note = STR("试点")};
}

static struct str event_param(const struct ticket_filed *t, const char *name)
{
    struct ticket_view v = track(t);
    for (size_t i = 0; i < v.n_events; i++)
        if (v.events[i].code == EVENT_DISPATCHED)
            return keep(params_get(citizen.c.a, v.events[i].params, name));
    return STR_NONE;
}

static void a_draft_is_a_copy_and_changes_nothing(void **state)
{
    (void)state;
    const uint32_t before = in_force(), set = drafted();
    struct rules_page was, is;
    const struct rules_filter all = {.limit = 5};
    assert_err(ERR_OK, rules_list(&ctl.c, before, &all, &was));
    assert_err(ERR_OK, rules_list(&ctl.c, set, &all, &is));
    assert_true(is.n_all > 400);
    assert_int_equal(was.n_all, is.n_all);
    assert_int_equal(5, is.n_rows);
    assert_true(is.more);
    const struct rule_change *changes = NULL;
    size_t n = 0;
    assert_err(ERR_OK, rules_changes(&ctl.c, set, &changes, &n));
    assert_int_equal(0, n);
    assert_int_equal(before, in_force());
    expect_field(rules_draft(&ctl.c, &hotline, STR("短"), &(uint32_t){0}), "note", "TOO_SHORT");
    assert_err(ERR_OK, rules_drop(&ctl.c, &hotline, set));
    expect(rules_drop(&ctl.c, &hotline, set), "RULES_NOT_DRAFT");
}

static void rules_are_put_removed_and_compared(void **state)
{
    (void)state;
    const uint32_t set = drafted();
    struct rule_row row = to_the_city(), old;
    uint32_t id = 0, second_id = 0;
    assert_err(ERR_OK, rules_put(&ctl.c, &hotline, set, &row, &id));
    assert_int_equal(RULES_NUMBER_FROM + RULES_NUMBERS_PER_SET * set + 1, id);
    assert_err(ERR_OK, rules_put(&ctl.c, &hotline, set, &row, &second_id));
    assert_int_equal(id + 1, second_id);
    assert_err(ERR_OK, rules_remove(&ctl.c, &hotline, set, second_id));
    expect(rules_remove(&ctl.c, &hotline, set, second_id), "NOT_FOUND");
    assert_err(ERR_OK, rules_get(&ctl.c, set, 5, &old));
    old.rule.response_level = old.rule.response_level == 1 ? 2 : 1;
    assert_err(ERR_OK, rules_put(&ctl.c, &hotline, set, &old, &second_id));
    assert_int_equal(5, second_id);
    assert_err(ERR_OK, rules_remove(&ctl.c, &hotline, set, 6));
    const struct rule_change *x = NULL;
    size_t n = 0;
    assert_err(ERR_OK, rules_changes(&ctl.c, set, &x, &n));
    assert_int_equal(3, n);
    assert_true(x[0].id == 5 && x[0].before && x[0].after);
    assert_true(x[1].id == 6 && x[1].before && !x[1].after);
    assert_true(x[2].id == id && !x[2].before && x[2].after);
    old = *x[1].before; /* what was taken out may come back */
    assert_err(ERR_OK, rules_put(&ctl.c, &hotline, set, &old, &second_id));
    assert_int_equal(6, second_id);
    old.rule.id = 77777; /* but no number is invented */
    expect(rules_put(&ctl.c, &hotline, set, &old, &second_id), "NOT_FOUND");
    expect(rules_put(&ctl.c, &hotline, 0, &row, &id), "RULES_NOT_DRAFT");
    expect(rules_remove(&ctl.c, &hotline, 4000000, 5), "NOT_FOUND");
    assert_err(ERR_OK, rules_drop(&ctl.c, &hotline, set));
    expect(rules_put(&ctl.c, &hotline, set, &row, &id), "RULES_NOT_DRAFT");
}

static void a_rule_that_could_not_work_is_refused(void **state)
{
    (void)state;
    const uint32_t set = drafted();
    struct rule_row x = to_the_city();
    uint32_t id = 0;
    x.rule.lead_ref = STR("不存在的局");
    expect_field(rules_put(&ctl.c, &hotline, set, &x, &id), "lead_ref", "NOT_A_CHOICE");
    x = to_the_city();
    x.rule.lead_ref = STR_NONE;
    expect_field(rules_put(&ctl.c, &hotline, set, &x, &id), "lead_ref", "REQUIRED");
    x.rule.lead_kind = LEAD_STREET; /* the street is found by the place */
    assert_err(ERR_OK, rules_put(&ctl.c, &hotline, set, &x, &id));
    x.rule.lead_kind = LEAD_NONE;
    expect_field(rules_put(&ctl.c, &hotline, set, &x, &id), "lead_kind", "NOT_A_CHOICE");
    x = to_the_city();
    x.rule.category_prefix = STR("9999");
    x.rule.area_prefix = STR("330000");
    x.rule.response_level = 5;
    x.rule.co_refs = STR("3:市交通委;1:");
    enum err e = rules_put(&ctl.c, &hotline, set, &x, &id);
    assert_err(ERR_INVALID, e);
    assert_field(&ctl.conn->f, "category_prefix", "NOT_A_CHOICE");
    assert_field(&ctl.conn->f, "area_prefix", "NOT_A_CHOICE");
    assert_field(&ctl.conn->f, "response_level", "NOT_A_CHOICE");
    assert_int_equal(3, ctl.conn->f.n_fields); /* the co-units are good */
    bench_reset(&ctl);
    x = to_the_city();
    x.rule.co_refs = STR("3:市交通委;7:谁");
    expect_field(rules_put(&ctl.c, &hotline, set, &x, &id), "co_refs", "NOT_A_CHOICE");
    assert_err(ERR_OK, rules_drop(&ctl.c, &hotline, set));
}

static void the_dry_run_tells_what_moves(void **state)
{
    (void)state;
    struct ticket_filing f = a_demand();
    struct ticket_filed t = file_demand(&f);
    const uint32_t set = drafted();
    struct rule_row row = to_the_city();
    struct rule_trial r;
    uint32_t id = 0;
    assert_err(ERR_OK, rules_try(&ctl.c, &hotline, set, 30, &r));
    assert_true(r.n_tickets > 0);
    assert_int_equal(0, r.n_moved);
    assert_int_equal(0, r.n_moves);
    assert_int_equal(0, r.n_loads);
    assert_err(ERR_OK, rules_put(&ctl.c, &hotline, set, &row, &id));
    assert_err(ERR_OK, rules_try(&ctl.c, &hotline, set, 30, &r));
    assert_true(r.n_moved > 0);
    assert_false(r.cut);
    const struct unit *city = refdata_unit_short(ctl.c.ref, STR("市水务局"));
    int64_t n = 0, gained = 0, balance = 0;
    bool sampled = false;
    for (size_t i = 0; i < r.n_moves; i++) {
        assert_true(str_eq(r.moves[i].to, city->code));
        n += r.moves[i].n;
        for (size_t k = 0; k < r.moves[i].n_samples; k++)
            sampled |= str_eq(r.moves[i].samples[k], t.no);
    }
    assert_int_equal(r.n_moved, n);
    assert_true(sampled); /* the newest comes first */
    for (size_t i = 0; i < r.n_loads; i++) {
        balance += r.loads[i].after - r.loads[i].before;
        if (str_eq(r.loads[i].unit, city->code))
            gained = r.loads[i].after - r.loads[i].before;
    }
    assert_int_equal(r.n_moved, gained);
    assert_int_equal(0, balance); /* nothing is lost on the way */
    expect_field(rules_try(&ctl.c, &hotline, set, 0, &r), "days", "OUT_OF_RANGE");
    expect(rules_try(&ctl.c, &hotline, 4000000, 5, &r), "NOT_FOUND");
    assert_true(str_eq(track(&t).holder, t.holder)); /* nothing was written */
    assert_err(ERR_OK, rules_drop(&ctl.c, &hotline, set));
}

static void published_rules_are_followed_and_can_be_brought_back(void **state)
{
    (void)state;
    const uint32_t before = in_force(), set = drafted(), other = drafted();
    struct rule_row row = to_the_city();
    struct ticket_filing f = a_demand();
    uint32_t id = 0, back = 0;
    assert_err(ERR_OK, rules_put(&ctl.c, &hotline, set, &row, &id));
    assert_err(ERR_OK, rules_publish(&ctl.c, &hotline, set));
    assert_int_equal(set, in_force());
    expect(rules_publish(&ctl.c, &hotline, set), "RULES_NOT_DRAFT");
    expect(rules_publish(&ctl.c, &hotline, other), "RULES_MOVED"); /* its base is not in force any more */
    expect(rules_revert(&ctl.c, &hotline, other, STR("恢复这份草稿"), &back), "RULES_NOT_PAST");
    refdata_reload();
    struct ticket_filed t = file_demand(&f);
    assert_string_equal("市水务局", arena_cstr(ctl.c.a, refdata_unit(ctl.c.ref, t.holder)->short_name));
    uint64_t rule = 0, named = 0;
    assert_true(parse_u64(event_param(&t, "rule"), 1, UINT32_MAX, &rule));
    assert_true(parse_u64(event_param(&t, "set"), 1, UINT32_MAX, &named));
    assert_int_equal(id, rule);
    assert_int_equal(set, named);
    assert_chain(t.id);
    bench_reset(&ctl);
    expect(rules_revert(&ctl.c, &hotline, set, STR("恢复现行的规则"), &back), "RULES_NOT_PAST");
    assert_err(ERR_OK, rules_revert(&ctl.c, &hotline, before, STR("试点结束了"), &back));
    assert_int_equal(back, in_force());
    refdata_reload();
    t = file_demand(&f);
    assert_string_not_equal("市水务局", arena_cstr(ctl.c.a, refdata_unit(ctl.c.ref, t.holder)->short_name));
    const struct rule_set *history = NULL;
    struct rule_set old;
    size_t n = 0;
    assert_err(ERR_OK, rules_history(&ctl.c, &history, &n));
    assert_int_equal(back, history[0].set);
    assert_int_equal(RULES_IN_FORCE, history[0].state);
    assert_int_equal(0, history[n - 1].set);
    assert_err(ERR_OK, rules_get_set(&ctl.c, set, &old));
    assert_int_equal(RULES_PAST, old.state);
    assert_true(old.valid_from > 0 && old.valid_to >= old.valid_from);
    assert_err(ERR_OK, rules_drop(&ctl.c, &hotline, other));
}

static void only_editors_of_the_whole_city_may(void **state)
{
    (void)state;
    const struct staff_grant part = {.role = STAFF_EDITOR, .area_prefix = district}, officer = {.role = STAFF_OFFICER},
                             whole = {.role = STAFF_EDITOR};
    const struct staff_rights r1 = {&part, 1, false}, r2 = {&officer, 1, false}, r3 = {&whole, 1, false};
    struct actor who = {.kind = ACTOR_STAFF, .staff_id = 9, .rights = &r1};
    struct rule_row row = to_the_city();
    struct rule_trial trial;
    uint32_t set = 0;
    expect(rules_draft(&ctl.c, &who, STR("我也想改规则"), &set), "NOT_YOUR_UNIT");
    who.rights = &r2;
    expect(rules_draft(&ctl.c, &who, STR("我也想改规则"), &set), "NOT_YOUR_UNIT");
    who.rights = &r3;
    assert_err(ERR_OK, rules_draft(&ctl.c, &who, STR("我可以改规则"), &set));
    who.rights = &r2;
    expect(rules_put(&ctl.c, &who, set, &row, &set), "NOT_YOUR_UNIT");
    expect(rules_remove(&ctl.c, &who, set, 5), "NOT_YOUR_UNIT");
    expect(rules_publish(&ctl.c, &who, set), "NOT_YOUR_UNIT");
    expect(rules_revert(&ctl.c, &who, 0, STR("恢复最初的规则"), &set), "NOT_YOUR_UNIT");
    expect(rules_try(&ctl.c, &who, set, 5, &trial), "NOT_YOUR_UNIT");
    expect(rules_drop(&ctl.c, &who, set), "NOT_YOUR_UNIT");
    assert_err(ERR_OK, rules_drop(&ctl.c, &hotline, set));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_draft_is_a_copy_and_changes_nothing, fixture_reset),
        cmocka_unit_test_setup(rules_are_put_removed_and_compared, fixture_reset),
        cmocka_unit_test_setup(a_rule_that_could_not_work_is_refused, fixture_reset),
        cmocka_unit_test_setup(the_dry_run_tells_what_moves, fixture_reset),
        cmocka_unit_test_setup(published_rules_are_followed_and_can_be_brought_back, fixture_reset),
        cmocka_unit_test_setup(only_editors_of_the_whole_city_may, fixture_reset),
    };
    return cmocka_run_group_tests_name("rules", tests, fixture_open, fixture_close);
}
