/*
 * demo_world.c - what the demo chooses from: catalogue, districts and hours with their weights, the accounts.
 *
 * Contract: demo_private.h. Weights of the first level are the calls of 2020 in units of 1,000 where the annual report
 * names the class, and estimates for the others; below, some items are simply more common, and heating has its season.
 */
#include "app/demo_private.h"
#include "app/refdata.h"
#include "base/clock.h"
#include "base/hash.h"

enum { TRIED_DAYS = 4 };

static const struct {
    const char *prefix;
    int64_t weight;
} tops[] = {{"01", 980}, {"02", 648}, {"03", 612}, {"04", 598}, {"05", 548}, {"06", 472}, {"07", 465}, {"08", 357},
            {"09", 351}, {"10", 240}, {"11", 290}, {"12", 170}, {"13", 95}, {"14", 70}, {"15", 210}};

/* Times as common as their neighbours. */
static const struct {
    const char *prefix;
    int64_t times;
} commons[] = {{"0102", 3}, {"0301", 4}, {"030301", 1}, {"0306", 2}, {"0401", 3}, {"0502", 4}, {"0501", 2}, {"0504", 2},
               {"0601", 5}, {"0602", 3}, {"0606", 2}, {"0701", 2}, {"0703", 2}, {"0801", 3}, {"0902", 3}, {"1001", 3},
               {"1101", 3}, {"1103", 2}};

/* Calls by the hour of the day: peaks at 9 to 11 and 14 to 16. */
static const int64_t hours[DEMO_HOURS] = {12, 8, 6, 5, 6, 10, 20, 42, 74, 104, 106, 82, 56, 58, 94, 98, 78, 60, 50, 45, 40, 32, 25, 18};

static bool in_heating_season(int32_t day)
{
    int month = day / 100 % 100;
    return month >= 11 || month <= 3;
}

static int64_t leaf_weight(const struct category *x, int32_t today)
{
    int64_t w = 1 + (int64_t)(hash_fnv1a(x->code) % 9);
    for (size_t i = 0; i < sizeof commons / sizeof *commons; i++)
        if (str_starts(x->code, str_from_c(commons[i].prefix)))
            w *= commons[i].times;
    if (str_starts(x->code, STR("0204")))
        w = in_heating_season(today) ? w * 6 : (w + 3) / 4;
    return w * 1000;
}

static int64_t top_weight(struct str code)
{
    for (size_t i = 0; i < sizeof tops / sizeof *tops; i++)
        if (str_starts(code, str_from_c(tops[i].prefix)))
            return tops[i].weight;
    return 50;
}

/* Scaled so that the leaves of a class together weigh what the class weighs. */
static void weigh_leaves(struct demo_world *w)
{
    int64_t sum = 0;
    for (size_t i = 0; i < w->n_leaves; i++) {
        int64_t of_class = 0;
        for (size_t k = 0; k < w->n_leaves; k++)
            if (str_starts(w->leaves[k]->code, str_slice(w->leaves[i]->code, 0, 2)))
                of_class += leaf_weight(w->leaves[k], w->today);
        sum += leaf_weight(w->leaves[i], w->today) * top_weight(w->leaves[i]->code) * 100 / of_class + 1;
        w->leaf_sum[i] = sum;
    }
}

static void take_leaves(struct demo_world *w)
{
    const struct category *all;
    size_t n = refdata_categories(w->c->ref, &all);
    w->leaves = ARENA_ARRAY(w->c->a, const struct category *, n + 1);
    w->leaf_sum = ARENA_ARRAY(w->c->a, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        if (all[i].level == 3)
            w->leaves[w->n_leaves++] = &all[i];
    weigh_leaves(w);
}

static void take_districts(struct demo_world *w)
{
    const struct area *const *all;
    size_t n = refdata_area_children(w->c->ref, STR_NONE, &all);
    int64_t sum = 0;
    for (size_t i = 0; i < n && w->n_districts < DEMO_DISTRICTS_MAX; i++) {
        sum += all[i]->population > 0 ? all[i]->population : 1;
        w->districts[w->n_districts] = all[i];
        w->district_sum[w->n_districts++] = sum;
    }
}

const struct area *demo_street(const struct refdata *r, size_t n)
{
    const struct area *const *areas = NULL;
    const size_t count = refdata_area_children(r, STR(DEMO_DISTRICT), &areas);
    for (size_t i = 0; i < count; i++)
        if (refdata_street_office(r, areas[i]->code) != NULL && n-- == 0)
            return areas[i];
    return NULL;
}

enum err demo_world_make(struct ctx *c, const struct demo_options *o, int32_t today, struct demo_world *ret)
{
    *ret = (struct demo_world){.c = c, .today = today, .cutoff_us = clock_day_start_us(today)};
    enum err e = demo_words_read(c, o->texts, &ret->words);
    if (e)
        return e;
    take_leaves(ret);
    take_districts(ret);
    ret->tried_from = clock_day_add(today, -TRIED_DAYS);
    for (size_t i = 0; i < DEMO_TRIED; i++)
        ret->tried[i] = demo_street(c->ref, i);
    if (!ret->n_leaves || !ret->n_districts || !refdata_hotline_centre(c->ref))
        return fault_set(c->fault, ERR_CONFLICT, "NO_SEEDS", "areas, catalogue or units are not loaded; run sudactl seed");
    for (int64_t i = 0, sum = 0; i < DEMO_HOURS; i++)
        ret->hour_sum[i] = sum += hours[i];
    for (size_t i = 0; i < DEMO_ACCOUNTS; i++) {
        ret->accounts[i] = id_floor(ret->cutoff_us - (int64_t)o->days * US_PER_DAY) + 1 + i;
        ret->phones[i] = arena_printf(c->a, "1990000000%zu", i + 1);
    }
    return ERR_OK;
}
