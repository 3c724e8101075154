/* new_flow: which page of filing is open, for every half-filled draft. */
#include "unit.h"

#include "pages/new_flow.h"

static const struct area areas[] = {
    {.code = STR("110101"), .name = STR("A"), .level = AREA_DISTRICT},
    {.code = STR("110101001"), .parent = STR("110101"), .name = STR("A1"), .level = AREA_STREET},
    {.code = STR("110101001001"), .parent = STR("110101001"), .name = STR("A1a"), .level = AREA_COMMUNITY},
    {.code = STR("110101002"), .parent = STR("110101"), .name = STR("A2"), .level = AREA_STREET}, /* nothing below it */
};
static struct refdata *ref;

static int set_up(void **state)
{
    (void)state;
    const struct refdata_rows rows = {.areas = areas, .n_areas = sizeof areas / sizeof areas[0]};
    ref = refdata_new(REF_AREAS);
    return ref != NULL && refdata_fill(ref, &rows) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    refdata_free(ref);
    return 0;
}

static struct draft full(void)
{
    struct draft d = {.has_kind = true, .has_category = true, .has_area = true, .has_address = true, .has_photos = true,
                      .has_contact = true};
    d.in.area_code = STR("110101001001");
    return d;
}

#define OPEN(change, path)                                                                                             \
    do {                                                                                                               \
        struct draft d = full();                                                                                       \
        change;                                                                                                        \
        assert_str(flow_first_open(ref, &d), path);                                                                    \
    } while (0)

/* Each page missing alone is the open one, whatever was answered behind it. */
static void test_first_open(void **state)
{
    (void)state;
    OPEN((void)0, "/new/check");
    OPEN(d.has_kind = false, "/new");
    OPEN(d.has_category = false, "/new/category");
    OPEN((d.has_area = false, d.in.area_code = STR_NONE), "/new/place");
    OPEN((d.has_area = false, d.in.area_code = STR("110101")), "/new/place/street");
    OPEN((d.has_area = false, d.in.area_code = STR("110101001")), "/new/place/community");
    OPEN((d.has_area = false, d.in.area_code = STR("110101002")), "/new/place/address"); /* no division below */
    OPEN((d.has_area = false, d.in.area_code = STR("999999")), "/new/place");            /* an area that is no more */
    OPEN(d.has_address = false, "/new/place/address");
    OPEN(d.has_photos = false, "/new/photos");
    OPEN(d.has_contact = false, "/new/contact");
    OPEN(d.phone_pending = STR("13800138000"), "/new/code");
    OPEN(d = (struct draft){0}, "/new");
}

/* A record of what is not dispatched [T 11] asks for words and a place alone. */
static void test_record(void **state)
{
    (void)state;
    OPEN((d.has_category = d.has_address = d.has_photos = d.has_contact = false, d.in.diversion = DIVERT_LEGAL), "/new/check");
    OPEN((d.has_kind = false, d.in.diversion = DIVERT_LEGAL), "/new");
    OPEN((d.has_area = false, d.in.area_code = STR_NONE, d.in.diversion = DIVERT_SECRET), "/new/place");
}

static void test_area_at(void **state)
{
    (void)state;
    assert_str(flow_area_at(ref, STR("110101001001"), AREA_DISTRICT)->code, "110101");
    assert_str(flow_area_at(ref, STR("110101001001"), AREA_STREET)->code, "110101001");
    assert_str(flow_area_at(ref, STR("110101001001"), AREA_COMMUNITY)->code, "110101001001");
    assert_null(flow_area_at(ref, STR("110101"), AREA_STREET)); /* a district is in no street */
    assert_null(flow_area_at(ref, STR("999"), AREA_DISTRICT));
    assert_null(flow_area_at(ref, STR_NONE, AREA_DISTRICT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_open),
        cmocka_unit_test(test_record),
        cmocka_unit_test(test_area_at),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
