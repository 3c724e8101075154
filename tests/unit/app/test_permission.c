/*
 * test_permission.c - the table of roles and permits whole, and the questions of scope over a small tree of units.
 *
 * The table is written down a second time here, by permit instead of by role, so that a slip in one shows.
 */
#include "unit.h"

#include "app/permission.h"
#include "app/refdata.h"

enum { C = 1 << STAFF_CLERK, D = 1 << STAFF_DISPATCHER, O = 1 << STAFF_OFFICER, M = 1 << STAFF_UNIT_MANAGER, S = 1 << STAFF_SUPERVISOR,
       V = 1 << STAFF_VISITOR, N = 1 << STAFF_ANALYST, E = 1 << STAFF_EDITOR, U = 1 << STAFF_AUDITOR, A = 1 << STAFF_ADMINISTRATOR,
       EVERYBODY = C | D | O | M | S | V | N | E | U | A };

static const int wanted[PERMIT_END] = {
    [MAY_NOTHING] = 0, [MAY_SIGNED_IN] = EVERYBODY, [MAY_TICKET] = C | D | O | M | S | V | U, [MAY_DESK] = C | D, [MAY_TRIAGE] = D,
    [MAY_DISPATCH] = D, [MAY_ARBITRATE] = S, [MAY_RULES] = E, [MAY_WORK] = O | M, [MAY_WHISTLE] = O | M, [MAY_EXTEND] = M,
    [MAY_SUPERVISE] = S, [MAY_VISIT] = V, [MAY_URGENT] = S, [MAY_WALL] = M | S | N, [MAY_EXPORT] = S | N, [MAY_KB] = E,
    [MAY_AUDIT] = U, [MAY_PEOPLE] = A, [MAY_CALENDAR] = E, [MAY_TEMPLATES] = M | E};

static struct app_settings set;
static struct fault fault;
static struct ctx c;
static struct refdata *ref;

static int open_all(void **state)
{
    static const struct unit units[] = {
        {.code = {"BJ000", 5}, .name = {"city", 4}, .kind = {"city_government", 15}},
        {.code = {"BJ001", 5}, .name = {"hotline", 7}, .kind = {"hotline_center", 14}, .parent = {"BJ000", 5}},
        {.code = {"D1", 2}, .name = {"district", 8}, .kind = {"district_government", 19}, .parent = {"BJ000", 5}},
        {.code = {"D2", 2}, .name = {"district 2", 10}, .kind = {"district_government", 19}, .parent = {"BJ000", 5}},
        {.code = {"LOOP1", 5}, .name = {"x", 1}, .parent = {"LOOP2", 5}},
        {.code = {"LOOP2", 5}, .name = {"x", 1}, .parent = {"LOOP1", 5}},
        {.code = {"S1", 2}, .name = {"street", 6}, .kind = {"street_office", 13}, .parent = {"D1", 2}},
        {.code = {"S2", 2}, .name = {"street 2", 8}, .kind = {"street_office", 13}, .parent = {"D2", 2}},
    };
    (void)state;
    set = app_settings_default();
    ref = refdata_new(REF_UNITS);
    struct refdata_rows rows = {.units = units, .n_units = sizeof units / sizeof *units};
    if (!ref || !refdata_fill(ref, &rows))
        return -1;
    c = (struct ctx){.a = arena_new(1 << 20), .set = &set, .fault = &fault, .ref = ref};
    return c.a ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    refdata_free(ref);
    arena_free(c.a);
    return 0;
}

/* One grant; valid until the next call. */
static struct actor with(enum staff_role role, const char *unit, const char *area, const char *category)
{
    static struct staff_grant g;
    static struct staff_rights r;
    g = (struct staff_grant){role, str_from_c(unit), str_from_c(area), str_from_c(category)};
    r = (struct staff_rights){.grants = &g, .n_grants = 1};
    return (struct actor){.kind = ACTOR_STAFF, .staff_id = 7, .unit_code = str_from_c(unit), .rights = &r};
}

static void test_table(void **state)
{
    (void)state;
    for (enum staff_role r = 0; r <= STAFF_ROLE_END; r++)
        for (enum permit p = MAY_NOTHING; p <= PERMIT_END; p++) {
            bool want = r > 0 && r < STAFF_ROLE_END && p < PERMIT_END && (wanted[p] & (1 << r)) != 0;
            if (permission_role(r, p) != want)
                fail_msg("%s and %s", permission_role_name(r), permission_name(p));
        }
}

static void test_names(void **state)
{
    enum staff_role r;
    (void)state;
    for (enum staff_role want = STAFF_CLERK; want < STAFF_ROLE_END; want++) {
        assert_true(permission_role_parse(str_from_c(permission_role_name(want)), &r));
        assert_int_equal(r, want);
    }
    assert_false(permission_role_parse(STR("root"), &r));
    assert_false(permission_role_parse(STR(""), &r));
    for (enum permit p = MAY_SIGNED_IN; p < PERMIT_END; p++)
        assert_non_null(permission_name(p));
}

static void test_deny_by_default(void **state)
{
    struct actor nobody = {0}, citizen = {.kind = ACTOR_CITIZEN, .account_id = 1}, worker = {.kind = ACTOR_SYSTEM},
                 service = {.kind = ACTOR_SERVICE}, operator_ = {.kind = ACTOR_STAFF};
    struct staff_rights none = {0};
    struct actor bare = {.kind = ACTOR_STAFF, .staff_id = 7, .rights = &none};
    (void)state;
    for (enum permit p = MAY_NOTHING; p <= PERMIT_END; p++) {
        assert_false(permission_has(&nobody, p));
        assert_false(permission_has(&citizen, p));
        assert_false(permission_has(&worker, p));
        assert_false(permission_has(&service, p));
        assert_int_equal(permission_has(&bare, p), p == MAY_SIGNED_IN);
        assert_int_equal(permission_has(&operator_, p), p > MAY_NOTHING && p < PERMIT_END);
    }
}

static bool may(struct actor who, enum permit p, const char *unit, const char *area, const char *category)
{
    return permission_may(&c, &who, p, str_from_c(unit), str_from_c(area), str_from_c(category));
}

static void test_scope(void **state)
{
    (void)state;
    assert_true(may(with(STAFF_OFFICER, "S1", "", ""), MAY_WORK, "S1", "110105", "01"));
    assert_false(may(with(STAFF_OFFICER, "S1", "", ""), MAY_WORK, "S2", "110105", "01"));
    assert_false(may(with(STAFF_OFFICER, "S1", "", ""), MAY_WORK, "D1", "110105", "01")); /* not upwards */
    assert_false(may(with(STAFF_OFFICER, "S1", "", ""), MAY_WORK, "", "110105", "01"));
    assert_false(may(with(STAFF_OFFICER, "S1", "", ""), MAY_DISPATCH, "S1", "110105", "01"));
    assert_true(may(with(STAFF_UNIT_MANAGER, "D1", "", ""), MAY_WORK, "S1", "", ""));
    assert_false(may(with(STAFF_UNIT_MANAGER, "D1", "", ""), MAY_WORK, "S2", "", ""));
    assert_false(may(with(STAFF_UNIT_MANAGER, "D1", "", ""), MAY_WORK, "NO-SUCH", "", ""));
    assert_true(may(with(STAFF_SUPERVISOR, "", "", ""), MAY_WALL, "NO-SUCH", "", ""));
    assert_true(may(with(STAFF_SUPERVISOR, "BJ001", "", ""), MAY_WALL, "S2", "", "")); /* the hotline centre is the city */
    assert_true(may(with(STAFF_DISPATCHER, "", "110105", ""), MAY_DISPATCH, "S1", "110105003", "01"));
    assert_false(may(with(STAFF_DISPATCHER, "", "110105", ""), MAY_DISPATCH, "S1", "110106003", "01"));
    assert_false(may(with(STAFF_DISPATCHER, "", "110105", ""), MAY_DISPATCH, "S1", "1101", "01"));
    assert_true(may(with(STAFF_DISPATCHER, "", "", "03"), MAY_DISPATCH, "", "", "0301"));
    assert_false(may(with(STAFF_DISPATCHER, "", "", "03"), MAY_DISPATCH, "", "", "")); /* not classed yet */
    assert_false(permission_unit_within(ref, STR("LOOP1"), STR("D1"))); /* and it ends */
}

static enum err ticket(struct actor who, const char *unit, const char *against)
{
    struct str units[] = {STR("S2"), str_from_c(unit)};
    struct permission_ticket t = {.area_code = STR("110105003"), .category_code = STR("0301"), .units = units, .n_units = 2,
                                  .against_unit = str_from_c(against)};
    fault = (struct fault){0};
    enum err e = permission_ticket(&c, &who, MAY_TICKET, &t);
    if (e != ERR_OK)
        assert_string_equal(fault.reason, "TICKET_NOT_FOUND");
    return e;
}

static void test_ticket(void **state)
{
    struct actor operator_ = {.kind = ACTOR_STAFF}, citizen = {.kind = ACTOR_CITIZEN};
    (void)state;
    assert_int_equal(ticket(with(STAFF_OFFICER, "S1", "", ""), "S1", ""), ERR_OK);
    assert_int_equal(ticket(with(STAFF_OFFICER, "S1", "", ""), "D2", ""), ERR_NOT_FOUND);
    assert_int_equal(ticket(with(STAFF_UNIT_MANAGER, "D1", "", ""), "S1", ""), ERR_OK);
    assert_int_equal(ticket(with(STAFF_ANALYST, "", "", ""), "S1", ""), ERR_NOT_FOUND); /* figures, no single demand */
    assert_int_equal(ticket(with(STAFF_ADMINISTRATOR, "", "", ""), "S1", ""), ERR_NOT_FOUND);
    assert_int_equal(ticket(with(STAFF_CLERK, "", "", ""), "S1", ""), ERR_OK);
    assert_int_equal(ticket(with(STAFF_CLERK, "", "110106", ""), "S1", ""), ERR_NOT_FOUND);
    /* A 举报 against the unit: for its people, and of those below it, there is no such demand. */
    assert_int_equal(ticket(with(STAFF_OFFICER, "S1", "", ""), "S1", "S1"), ERR_NOT_FOUND);
    assert_int_equal(ticket(with(STAFF_OFFICER, "S1", "", ""), "S1", "D1"), ERR_NOT_FOUND);
    assert_int_equal(ticket(with(STAFF_UNIT_MANAGER, "D1", "", ""), "S1", "S1"), ERR_OK); /* the one above looks into it */
    assert_int_equal(ticket(operator_, "S1", "S1"), ERR_OK);
    assert_int_equal(ticket(citizen, "S1", ""), ERR_NOT_FOUND);
}

/* A grant of the whole city does not show people of the reported unit what is said against it. */
static void test_reported_by_home(void **state)
{
    struct actor who = with(STAFF_CLERK, "", "", "");
    (void)state;
    who.unit_code = STR("S1");
    assert_int_equal(ticket(who, "S1", "S1"), ERR_NOT_FOUND);
    assert_int_equal(ticket(who, "S1", "S2"), ERR_OK);
}

static void test_units(void **state)
{
    const struct str *codes;
    size_t n;
    bool all;
    struct actor district = with(STAFF_UNIT_MANAGER, "D1", "", "");
    (void)state;
    permission_units(&c, &district, MAY_WORK, &all, &codes, &n);
    assert_false(all);
    assert_int_equal(n, 2);
    assert_true(str_eq(codes[0], STR("D1")) && str_eq(codes[1], STR("S1")));
    permission_units(&c, &district, MAY_DESK, &all, &codes, &n);
    assert_true(!all && n == 0);
    struct actor city = with(STAFF_SUPERVISOR, "", "", "");
    permission_units(&c, &city, MAY_WALL, &all, &codes, &n);
    assert_true(all && n == 0);
}

static void test_second_factor(void **state)
{
    (void)state;
    for (enum staff_role r = STAFF_CLERK; r < STAFF_ROLE_END; r++) {
        struct actor who = with(r, "", "", "");
        bool must = r == STAFF_ADMINISTRATOR || r == STAFF_AUDITOR || r == STAFF_SUPERVISOR || r == STAFF_ANALYST;
        assert_int_equal(permission_needs_totp(&c, who.rights), must);
        set.staff_totp_all = true;
        assert_true(permission_needs_totp(&c, who.rights));
        set.staff_totp_all = false;
        fault = (struct fault){0};
        assert_int_equal(permission_strong(&c, &who), ERR_DENIED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),  cmocka_unit_test(test_names),  cmocka_unit_test(test_deny_by_default),
        cmocka_unit_test(test_scope),  cmocka_unit_test(test_ticket), cmocka_unit_test(test_reported_by_home),
        cmocka_unit_test(test_units),  cmocka_unit_test(test_second_factor)};
    return cmocka_run_group_tests(tests, open_all, close_all);
}
