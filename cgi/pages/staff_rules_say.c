/*
 * staff_rules_say.c - dispatch rules in plain words.
 *
 * Contract: a rule is read aloud as it works: an empty prefix is everything, a kind of unit is found by the place. Must not ask the
 * database.
 */
#include "pages/staff_rules.h"

struct str staff_rule_category(const struct say *s, struct str code)
{
    struct str path = refdata_category_path(s->ref, s->a, code, " › ");
    return code.n == 0 ? msg_text(s->lang, MSG_staff_rule_all_categories) : path.n > 0 ? path : code;
}

struct str staff_rule_area(const struct say *s, struct str code)
{
    struct str path = say_area(s, code);
    return code.n == 0 ? msg_text(s->lang, MSG_staff_rule_all_areas) : path.n > 0 ? path : code;
}

struct str staff_rule_lead(const struct say *s, int kind, struct str ref)
{
    if (kind == LEAD_STREET)
        return msg_text(s->lang, MSG_staff_lead_street);
    if (kind == LEAD_DISTRICT)
        return msg_text(s->lang, MSG_staff_lead_district);
    const struct unit *u = kind == LEAD_BUREAU ? NULL : refdata_unit_short(s->ref, ref);
    return u != NULL ? say_name(s, u->name, u->name_en).text : ref;
}

struct str staff_rule_co(const struct say *s, struct str refs)
{
    struct str one, kind, name, out = STR_NONE;
    while (refs.n > 0) {
        uint64_t k = 0;
        str_cut(refs, ';', &one, &refs);
        if (!str_cut(one, ':', &kind, &name) || !parse_u64(kind, 1, LEAD_KIND_END - 1, &k))
            continue;
        struct str said = staff_rule_lead(s, (int)k, name);
        out = out.n > 0 ? SAY(s, MSG_staff_list_and, {"first", out}, {"next", said}) : said;
    }
    return out;
}

struct str staff_rule_limit(const struct say *s, int level, bool working_days)
{
    if (level < 1 || level >= SETTINGS_LEVELS)
        return STR_NONE;
    struct str limit = say_limit(s, s->set->level_minutes[level]);
    return working_days ? SAY(s, MSG_staff_rule_working, {"limit", limit}) : limit;
}

static struct str and_then(const struct say *s, struct str said, struct str next)
{
    return arena_printf(s->a, STR_FMT "%s" STR_FMT, STR_ARG(said), s->lang == LANG_ZH ? "" : " ", STR_ARG(next));
}

struct str staff_rule_says(const struct say *s, const struct rule *x)
{
    struct str out = SAY(s, MSG_staff_rule_says, {"category", staff_rule_category(s, x->category_prefix)},
                         {"area", staff_rule_area(s, x->area_prefix)}, {"lead", staff_rule_lead(s, x->lead_kind, x->lead_ref)},
                         {"limit", staff_rule_limit(s, x->response_level, x->working_days)});
    if (x->co_refs.n > 0)
        out = and_then(s, out, SAY(s, MSG_staff_rule_says_co, {"units", staff_rule_co(s, x->co_refs)}));
    if (x->copy_district && x->lead_kind == LEAD_STREET)
        out = and_then(s, out, msg_text(s->lang, MSG_staff_rule_says_copy));
    return out;
}
