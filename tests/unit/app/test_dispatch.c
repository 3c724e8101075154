/* test_dispatch.c - which unit gets a demand [T 11, 12], on a small city made for the purpose. */
#include "unit.h"

#include "app/dispatch.h"
#include "app/suggest.h"

#define S(x) STR(x)
static const struct area areas[] = {
    {.code = S("110105"), .parent = S("110000"), .name = S("朝阳区"), .name_en = S("Chaoyang District"), .level = 1},
    {.code = S("110105001"), .parent = S("110105"), .name = S("甲街道"), .level = 2},
    {.code = S("110105001001"), .parent = S("110105001"), .name = S("甲一社区"), .level = 3},
    {.code = S("110105403"), .parent = S("110105"), .name = S("开发区"), .level = 2, .is_zone = true},
    {.code = S("110106"), .parent = S("110000"), .name = S("丰台区"), .level = 1},
    {.code = S("110106001"), .parent = S("110106"), .name = S("乙街道"), .level = 2},
};
static const struct category categories[] = {
    {.code = S("01"), .name = S("环境"), .level = 1},
    {.code = S("0101"), .parent = S("01"), .name = S("市容"), .level = 2},
    {.code = S("010101"), .parent = S("0101"), .name = S("井盖缺失"), .level = 3, .response_level = 2, .lead_kind = LEAD_STREET, .keywords = S("井盖;下水道口;没盖")},
    {.code = S("010102"), .parent = S("0101"), .name = S("施工噪声"), .level = 3, .response_level = 3, .lead_kind = LEAD_BUREAU, .lead_ref = S("区生态环境局"), .keywords = S("施工;噪声;夜里")},
    {.code = S("010103"), .parent = S("0101"), .name = S("停水"), .level = 3, .response_level = 1, .lead_kind = LEAD_UTILITY, .lead_ref = S("自来水集团"), .keywords = S("停水;没水")},
    {.code = S("010104"), .parent = S("0101"), .name = S("无规则事项"), .level = 3, .response_level = 4, .lead_kind = LEAD_CITY, .lead_ref = S("市水务局"), .keywords = S("无")},
};
static const struct unit units[] = {
    {.code = S("BJ001"), .name = S("热线中心"), .short_name = S("热线中心"), .kind = S("hotline_center"), .parent = S("BJ100")},
    {.code = S("BJ100"), .name = S("市政务局"), .short_name = S("市政务局"), .kind = S("city_department")},
    {.code = S("BJ110105"), .name = S("朝阳区政府"), .short_name = S("朝阳区政府"), .kind = S("district_government"), .area_code = S("110105")},
    {.code = S("BJ110106"), .name = S("丰台区政府"), .short_name = S("丰台区政府"), .kind = S("district_government"), .area_code = S("110106")},
    {.code = S("BJ200"), .name = S("市水务局"), .short_name = S("市水务局"), .kind = S("city_department"), .parent = S("BJ100")},
    {.code = S("BJ300"), .name = S("自来水集团"), .short_name = S("自来水集团"), .kind = S("utility"), .parent = S("BJ200")},
    {.code = S("BJ400"), .name = S("管委会"), .short_name = S("管委会"), .kind = S("city_agency")},
    {.code = S("DB11010501"), .name = S("朝阳环境局"), .short_name = S("朝阳环境局"), .kind = S("district_bureau"), .area_code = S("110105"), .bureau_kind = S("区生态环境局")},
    {.code = S("DB11010502"), .name = S("朝阳城管"), .short_name = S("朝阳城管"), .kind = S("district_bureau"), .area_code = S("110105"), .bureau_kind = S("区城管执法局")},
    {.code = S("ST110105001"), .name = S("甲街道办事处"), .short_name = S("甲街道办"), .kind = S("street_office"), .area_code = S("110105001")},
    {.code = S("ST110106001"), .name = S("乙街道办事处"), .short_name = S("乙街道办"), .kind = S("street_office"), .area_code = S("110106001")},
};
static const struct rule rules[] = {
    {.id = 1, .category_prefix = S(""), .area_prefix = S(""), .lead_kind = LEAD_STREET, .response_level = 3, .copy_district = true},
    {.id = 2, .category_prefix = S(""), .area_prefix = S("110105403"), .lead_kind = LEAD_CITY, .lead_ref = S("管委会"), .response_level = 3},
    {.id = 11, .category_prefix = S("010101"), .area_prefix = S(""), .lead_kind = LEAD_STREET, .response_level = 2, .copy_district = true, .co_refs = S("2:区城管执法局;4:自来水集团;2:没有的局;x:y")},
    {.id = 12, .category_prefix = S("010101"), .area_prefix = S("110106"), .lead_kind = LEAD_STREET, .response_level = 1, .copy_district = true, .working_days = true},
    {.id = 13, .category_prefix = S("010102"), .area_prefix = S(""), .lead_kind = LEAD_BUREAU, .lead_ref = S("区生态环境局"), .response_level = 3, .copy_district = true, .working_days = true},
    {.id = 14, .category_prefix = S("010103"), .area_prefix = S(""), .lead_kind = LEAD_UTILITY, .lead_ref = S("自来水集团"), .response_level = 1, .co_refs = S("4:自来水集团")},
    {.id = 15, .category_prefix = S("0101"), .area_prefix = S(""), .lead_kind = LEAD_CITY, .lead_ref = S("没有的单位"), .response_level = 4},
};

static struct refdata *r;
static struct app_settings settings;

static int open_all(void **state)
{
    const struct refdata_rows rows = {areas, 6, categories, 6, units, 11, rules, 7, NULL, 0};
    (void)state;
    settings = app_settings_default();
    r = refdata_new(REF_ALL);
    return r && refdata_fill(r, &rows) ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    refdata_free(r);
    return 0;
}

static struct dispatch choose(const char *category, const char *area)
{
    struct dispatch d = {0};
    struct fault f = {0};
    if (dispatch_choose(r, &settings, &f, str_from_c(category), str_from_c(area), &d) != ERR_OK)
        fail_msg("%s in %s: %s", category, area, f.n_fields ? f.fields[0].field : f.detail);
    return d;
}

#define assert_unit(u, want) assert_str((u) ? (u)->code : STR("none"), want)

static void the_closest_rule_wins(void **state)
{
    (void)state;
    struct dispatch d = choose("010101", "110105001001");
    assert_unit(d.lead, "ST110105001");
    assert_int_equal(11, d.rule_id);
    assert_int_equal(2, d.level);
    assert_unit(d.copy, "BJ110105"); /* [T 12 (1)] */
    assert_int_equal(2, d.n_co);     /* units that do not exist, and broken references, are left out */
    assert_unit(d.co[0], "DB11010502");
    assert_unit(d.co[1], "BJ300");
    d = choose("010101", "110106001"); /* the longer area prefix */
    assert_int_equal(12, d.rule_id);
    assert_true(d.level == 1 && d.working_days && d.n_co == 0);
    assert_unit(d.lead, "ST110106001");
}

static void bureaus_and_utilities_have_no_copy(void **state)
{
    (void)state;
    struct dispatch d = choose("010102", "110105001");
    assert_unit(d.lead, "DB11010501");
    assert_null(d.copy);
    assert_true(d.working_days);
    d = choose("010103", "110106001");
    assert_unit(d.lead, "BJ300");
    assert_int_equal(0, d.n_co); /* who leads does not help itself */
    d = choose("010103", "110105");
    assert_unit(d.lead, "BJ300"); /* the district is enough for a utility */
    assert_false(d.by_district);
}

static void missing_units_fall_back(void **state)
{
    (void)state;
    struct dispatch d = choose("010101", "110105403"); /* a zone has no street office: the rule of the zone */
    assert_unit(d.lead, "BJ400");
    assert_int_equal(2, d.rule_id);
    assert_int_equal(2, d.level); /* the category's level stays */
    d = choose("010101", "110105"); /* [T 12 (2)] */
    assert_unit(d.lead, "BJ110105");
    assert_true(d.by_district && !d.copy);
    d = choose("010102", "110106001"); /* no such bureau there: rule 15's unit does not exist, rule 1 takes it */
    assert_unit(d.lead, "ST110106001");
    d = choose("010104", "110105001");
    assert_unit(d.lead, "ST110105001");
    assert_int_equal(4, d.level);
}

static void unsure_goes_to_triage(void **state)
{
    (void)state;
    struct dispatch d = choose("", "110105001");
    assert_unit(d.lead, "BJ001");
    assert_true(d.triage && d.level == 3 && d.n_co == 0 && !d.copy);
}

static void unknown_codes_are_refused(void **state)
{
    struct dispatch d;
    struct fault f = {0};
    (void)state;
    assert_int_equal(ERR_INVALID, dispatch_choose(r, &settings, &f, STR("010101"), STR("999999"), &d));
    assert_string_equal("area_code", f.fields[0].field);
    f = (struct fault){0};
    assert_int_equal(ERR_INVALID, dispatch_choose(r, &settings, &f, STR("0199"), STR("110105001"), &d));
    assert_string_equal("category_code", f.fields[0].field);
    f = (struct fault){0};
    assert_int_equal(ERR_INVALID, dispatch_choose(r, &settings, &f, STR("010101"), STR_NONE, &d));
}

static void another_unit_reviews(void **state)
{
    (void)state;
    assert_unit(dispatch_reviewer(r, STR("ST110105001"), STR("110105001")), "BJ110105");
    assert_unit(dispatch_reviewer(r, STR("BJ110105"), STR("110105001")), "BJ001");
    assert_unit(dispatch_reviewer(r, STR("BJ300"), STR("110105001")), "BJ200"); /* above it, not beside it */
    assert_unit(dispatch_reviewer(r, STR("unknown"), STR("110105001")), "BJ110105");
    for (size_t i = 0; i < 11; i++)
        if (!str_eq(units[i].code, STR("BJ001")))
            assert_false(str_eq(dispatch_reviewer(r, units[i].code, STR("110105001"))->code, units[i].code));
}

static void names_and_children(void **state)
{
    const struct area *const *kids = NULL, **found = NULL;
    const struct category *const *items = NULL;
    struct arena *a = arena_new(1 << 16);
    (void)state;
    assert_int_equal(2, refdata_area_children(r, STR_NONE, &kids));
    assert_int_equal(2, refdata_area_children(r, STR("110105"), &kids));
    assert_str(kids[0]->code, "110105001");
    assert_int_equal(0, refdata_area_children(r, STR("110105001001"), &kids));
    assert_int_equal(1, refdata_category_children(r, STR_NONE, &items));
    assert_int_equal(4, refdata_category_children(r, STR("0101"), &items));
    assert_str(refdata_area_path(r, a, STR("110105001001"), " "), "朝阳区 甲街道 甲一社区");
    assert_str(refdata_category_path(r, a, STR("010102"), " › "), "环境 › 市容 › 施工噪声");
    assert_str(refdata_area_path(r, a, STR("x"), " "), "");
    assert_int_equal(2, refdata_area_find(r, a, STR("甲"), 10, &found));
    assert_int_equal(1, refdata_area_find(r, a, STR("chaoyang"), 10, &found));
    assert_int_equal(0, refdata_area_find(r, a, STR("  "), 10, &found));
    assert_str(dispatch_district(r, STR("110105001001")), "110105");
    assert_null(refdata_bureau(r, STR("110105"), STR_NONE));
    arena_free(a);
}

static void words_suggest_items(void **state)
{
    struct suggestion s[3];
    struct arena *a = arena_new(1 << 16);
    (void)state;
    size_t n = suggest_categories(r, a, STR("夜里施工，噪声很大"), 3, s);
    assert_true(n >= 1);
    assert_str(s[0].category->code, "010102");
    n = suggest_categories(r, a, STR("门口的井盖没盖好"), 3, s);
    assert_true(n >= 1);
    assert_str(s[0].category->code, "010101");
    assert_int_equal(0, suggest_categories(r, a, STR("zzz"), 3, s));
    assert_int_equal(0, suggest_categories(r, a, STR_NONE, 3, s));
    arena_free(a);
}

/* As many as a city has: every code is found, and nothing else. */
static void every_code_is_found(void **state)
{
    enum { MANY = 9000 };
    static struct area many[MANY];
    static char text[MANY][12];
    (void)state;
    for (int i = 0; i < MANY; i++) {
        snprintf(text[i], sizeof text[i], "%09d", i * 7);
        many[i] = (struct area){.code = str_from_c(text[i])};
    }
    struct refdata *big = refdata_new(REF_ALL);
    assert_null(refdata_area(big, STR("000000007"))); /* before anything is read */
    assert_null(refdata_unit(big, STR("")));
    assert_true(refdata_fill(big, &(struct refdata_rows){.areas = many, .n_areas = MANY}));
    for (int i = 0; i < MANY; i++) {
        char other[12];
        snprintf(other, sizeof other, "%09d", i * 7 + 1);
        assert_ptr_equal(refdata_area(big, str_from_c(text[i])), &many[i]);
        assert_null(refdata_area(big, str_from_c(other)));
    }
    assert_null(refdata_area(big, STR("")));
    assert_null(refdata_area(big, STR("00000000")));
    refdata_free(big);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_closest_rule_wins), cmocka_unit_test(bureaus_and_utilities_have_no_copy), cmocka_unit_test(missing_units_fall_back),
        cmocka_unit_test(unsure_goes_to_triage), cmocka_unit_test(unknown_codes_are_refused), cmocka_unit_test(another_unit_reviews),
        cmocka_unit_test(names_and_children), cmocka_unit_test(words_suggest_items), cmocka_unit_test(every_code_is_found),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
