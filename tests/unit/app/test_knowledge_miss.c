/* test_knowledge_miss.c - what of a search is kept: words, never a number or an address by which someone could be found. */
#include "app/knowledge.h"
#include "unit.h"

static void numbers_and_addresses_are_masked(void **state)
{
    static const struct {
        const char *typed, *kept;
    } cases[] = {
        {"劳动合同", "劳动合同"},
        {"第12条", "第12条"},
        {"13800138000", "#"},
        {"电话138 0013 8000张三", "电话#张三"},
        {"138-0013-8000", "#"},
        {"1 3 8 0 0 1 3 8 0 0 0", "#"},
        {"11010119900307123x", "#x"},
        {"sd-261122-1234567-8 进度", "sd-# 进度"},
        {"3号楼2单元501室", "3号楼2单元#室"},
        {"一三八零零一三八零零零", "#"},
        {"一二三", "一二三"},
        {"zhang.san@example.cn 投诉", "# 投诉"},
        {"写信给a_b@c.d吧", "写信给#吧"},
        {"@", "@"},
        {"12 34", "#"},
        {"", ""},
    };
    struct arena *a = arena_new(65536);
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str kept = knowledge_mask(a, str_from_c(cases[i].typed));
        if (!str_eq_c(kept, cases[i].kept))
            fail_msg("%s became " STR_FMT, cases[i].typed, STR_ARG(kept));
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(numbers_and_addresses_are_masked)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
