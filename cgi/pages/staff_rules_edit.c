/*
 * staff_rules_edit.c - the form of one rule of a draft, with what it says in plain words before it is kept.
 *
 * Contract: names are typed as people know them and become what the rule holds; whether it could work is judged in app/rules.h.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "gen/tmpl.h"
#include "pages/once.h"
#include "pages/staff_rules.h"

enum { REF_CHARS = 60, CO_CHARS = 200, NUMBER_CHARS = 10 };

/* clang-format off */
#define F(member, kind) FORM_FIELD(struct staff_rule_form, member, #member, kind)
static const char *const go_words[] = {"preview", "save", "remove", NULL};
static const struct form_field fields[] = {
    {F(category_prefix, FIELD_TEXT), .max = REF_CHARS},
    {F(area_prefix, FIELD_TEXT), .max = REF_CHARS},
    {F(lead_kind, FIELD_CODE), .required = true, .max = LIMIT_CODE_CHARS},
    {F(lead_ref, FIELD_TEXT), .max = REF_CHARS},
    {F(co_refs, FIELD_TEXT), .max = CO_CHARS},
    {F(note, FIELD_TEXT), .max = RULES_NOTE_CHARS},
    {F(response_level, FIELD_INT), .required = true, .min_value = 1, .max_value = SETTINGS_LEVELS - 1},
    {F(working_days, FIELD_BOOL)},
    {F(copy_district, FIELD_BOOL)},
    {F(go, FIELD_CHOICE), .required = true, .choices = go_words},
    {F(once, FIELD_CODE), .max = ONCE_CHARS},
};
const struct form_spec staff_rule_form = {FORM_SPEC("staff_rule", struct staff_rule_form, fields)};
/* clang-format on */

/* ---- what was typed ---------------------------------------------------------------------------------------------------- */

static struct str category_typed(const struct refdata *r, struct str typed)
{
    const struct category *all = NULL;
    const size_t n = refdata_categories(r, &all);
    for (size_t i = 0; typed.n > 0 && i < n && !refdata_category(r, typed); i++)
        if (str_eq(all[i].name, typed) || str_eq_nocase(all[i].name_en, typed))
            return all[i].code;
    return typed;
}

/* Districts come first: a street of the same name needs its code. */
static struct str area_typed(const struct refdata *r, struct str typed)
{
    const struct area *all = NULL;
    const size_t n = refdata_areas(r, &all);
    if (typed.n == 0 || refdata_area(r, typed)) /* many have no English name: nothing must not be taken for one */
        return typed;
    for (int level = AREA_DISTRICT; level <= AREA_STREET; level++)
        for (size_t i = 0; i < n; i++)
            if (all[i].level == level && (str_eq(all[i].name, typed) || str_eq_nocase(all[i].name_en, typed)))
                return all[i].code;
    return typed;
}

/* "市水务局；区城管委" → "3:市水务局;2:区城管委": whoever is known of the city is that, everybody else a bureau of the district. */
static struct str co_typed(struct request *rq, const struct say *s, struct str typed)
{
    struct buf b, plain;
    struct str rest, one;
    buf_init(&b, rq->a, CO_CHARS * 8);
    buf_init(&plain, rq->a, CO_CHARS * 4);
    for (size_t i = 0; i < typed.n; i++) {
        const bool wide = i + 3 <= typed.n && (memcmp(typed.p + i, "\xEF\xBC\x9B", 3) == 0 || memcmp(typed.p + i, "\xE3\x80\x81", 3) == 0);
        buf_putc(&plain, wide ? ';' : typed.p[i]);
        i += wide ? 2 : 0;
    }
    for (rest = buf_str(&plain); rest.n > 0;) {
        str_cut(rest, ';', &one, &rest);
        one = str_trim(one);
        if (one.n == 0)
            continue;
        const bool street = str_eq(one, msg_text(s->lang, MSG_staff_lead_street)), district = str_eq(one, msg_text(s->lang, MSG_staff_lead_district));
        const int kind = street ? LEAD_STREET : district ? LEAD_DISTRICT : refdata_unit_short(s->ref, one) ? LEAD_CITY : LEAD_BUREAU;
        if (b.n > 0)
            buf_putc(&b, ';');
        buf_put(&b, arena_printf(rq->a, "%d:", kind));
        buf_put(&b, street || district ? STR_NONE : one);
    }
    return buf_str(&b);
}

static struct str co_shown(const struct say *s, struct str refs)
{
    struct str one, kind, name, out = STR_NONE;
    while (refs.n > 0) {
        uint64_t k = 0;
        str_cut(refs, ';', &one, &refs);
        if (!str_cut(one, ':', &kind, &name) || !parse_u64(kind, 1, LEAD_KIND_END - 1, &k))
            continue;
        name = name.n > 0 ? name : staff_rule_lead(s, (int)k, name);
        out = arena_printf(s->a, STR_FMT "%s" STR_FMT, STR_ARG(out), out.n > 0 ? "; " : "", STR_ARG(name));
    }
    return out;
}

static struct rule_row rule_typed(struct request *rq, const struct say *s, const struct staff_rule_form *in, uint32_t id)
{
    int kind = LEAD_NONE;
    if (!word_find(WORDS_LEAD_KIND, in->lead_kind, &kind))
        kind = LEAD_NONE;
    const bool by_place = kind == LEAD_STREET || kind == LEAD_DISTRICT;
    return (struct rule_row){.rule = {.id = id, .category_prefix = category_typed(s->ref, in->category_prefix),
                                      .area_prefix = area_typed(s->ref, in->area_prefix), .lead_kind = kind,
                                      .lead_ref = by_place ? STR_NONE : in->lead_ref, .co_refs = co_typed(rq, s, in->co_refs),
                                      .response_level = (int)in->response_level, .working_days = in->working_days,
                                      .copy_district = in->copy_district},
                             .note = in->note};
}

/* ---- the page ---------------------------------------------------------------------------------------------------------- */

static void offer(struct request *rq, const struct say *s, struct view_staff_rule *v, struct str kind, int level)
{
    struct view_option *kinds = ARENA_ARRAY(rq->a, struct view_option, LEAD_KIND_END), *levels = ARENA_ARRAY(rq->a, struct view_option, SETTINGS_LEVELS);
    for (int k = 1; k < LEAD_KIND_END; k++) {
        const struct str w = word(WORDS_LEAD_KIND, k);
        kinds[v->n_kinds++] = (struct view_option){.value = w, .text = say_word(s, "staff_lead", w), .chosen = str_eq(w, kind)};
    }
    for (int l = 1; l < SETTINGS_LEVELS; l++)
        levels[v->n_levels++] = (struct view_option){.value = say_int(s, l), .text = say_limit(s, s->set->level_minutes[l]), .chosen = l == level};
    v->kinds = kinds;
    v->levels = levels;
}

static enum err show(struct request *rq, struct response *rs, const struct rule_set *set, uint32_t id, const struct staff_rule_form *in, struct str says)
{
    const struct say s = say_of(rq);
    struct page pg;
    const struct str base = arena_printf(rq->a, "/staff/rules/%u", set->set);
    struct view_staff_rule v = {.errors = say_errors(rq), .action = arena_printf(rq->a, STR_FMT "/rule/%u", STR_ARG(base), id), .back = base,
                                .once = once_show(rq, in->once), .set_name = staff_rules_say(rq, set).name, .number = id ? say_int(&s, id) : STR_NONE, .says = says,
                                .is_zh = s.lang != LANG_ZH, .working_days = in->working_days, .copy_district = in->copy_district,
                                .category = say_input(rq, "category_prefix", in->category_prefix), .area = say_input(rq, "area_prefix", in->area_prefix),
                                .ref = say_input(rq, "lead_ref", in->lead_ref), .co = say_input(rq, "co_refs", in->co_refs),
                                .note = say_input(rq, "note", in->note), .kind = say_input(rq, "lead_kind", in->lead_kind),
                                .level = say_input(rq, "response_level", STR_NONE)};
    offer(rq, &s, &v, in->lead_kind, (int)in->response_level);
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_rule_new);
    else
        staff_page(rq, rs, &pg, MSG_staff_rule_new);
    if (id > 0)
        pg.title = SAY(&s, MSG_staff_rule_title_n, {"n", v.number});
    tmpl_staff_rule(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err staff_rule_begin(struct request *rq, struct rule_set *set, uint32_t *ret_id)
{
    struct fault wrong = *rq->fault; /* of the form: told later, beside its fields */
    uint64_t id = 0;
    *rq->fault = (struct fault){0};
    enum err e = staff_rules_begin(rq, set);
    if (e == ERR_OK && !parse_u64(rq->path_args[1], 0, UINT32_MAX, &id))
        e = fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", "not a rule");
    if (e == ERR_OK && set->state != RULES_DRAFT)
        e = fault_set(rq->fault, ERR_CONFLICT, "RULES_NOT_DRAFT", "not a draft");
    *ret_id = (uint32_t)id;
    if (e == ERR_OK)
        *rq->fault = wrong;
    return e;
}

enum err page_staff_rule(struct request *rq, struct response *rs)
{
    const struct say s = say_of(rq);
    struct staff_rule_form in = {.response_level = s.set->default_level, .copy_district = true};
    struct rule_set set;
    struct rule_row row;
    uint32_t id = 0;
    enum err e = staff_rule_begin(rq, &set, &id);
    if (e == ERR_OK && id != 0)
        e = rules_get(join_ctx(rq), set.set, id, &row);
    if (e != ERR_OK)
        return e;
    if (id != 0)
        in = (struct staff_rule_form){.category_prefix = row.rule.category_prefix, .area_prefix = row.rule.area_prefix,
                                      .lead_kind = word(WORDS_LEAD_KIND, row.rule.lead_kind), .lead_ref = row.rule.lead_ref,
                                      .co_refs = co_shown(&s, row.rule.co_refs), .note = row.note, .response_level = row.rule.response_level,
                                      .working_days = row.rule.working_days, .copy_district = row.rule.copy_district};
    return show(rq, rs, &set, id, &in, id ? staff_rule_says(&s, &row.rule) : STR_NONE);
}

enum err staff_rule_do(struct request *rq, uint32_t set, const struct staff_rule_form *in, uint32_t *ret_id, struct rule_row *ret)
{
    const struct say s = say_of(rq);
    struct actor who = join_actor(rq);
    if (str_eq_c(in->go, "remove"))
        return rules_remove(join_ctx(rq), &who, set, *ret_id);
    *ret = rule_typed(rq, &s, in, *ret_id);
    return str_eq_c(in->go, "save") ? rules_put(join_ctx(rq), &who, set, ret, ret_id) : rules_judge(join_ctx(rq), ret);
}

enum err page_staff_rule_post(struct request *rq, struct response *rs)
{
    const struct staff_rule_form *in = rq->form;
    const struct say s = say_of(rq);
    struct rule_set set;
    struct rule_row row;
    uint32_t id = 0;
    enum err e = staff_rule_begin(rq, &set, &id);
    if (e != ERR_OK)
        return e;
    const bool removes = str_eq_c(in->go, "remove");
    if (rq->form_invalid && !removes)
        return show(rq, rs, &set, id, in, STR_NONE);
    if (removes) /* what is wrong with the rest matters no more */
        *rq->fault = (struct fault){0};
    e = once_take(rq, in->once);
    if (e == ERR_OK)
        e = staff_rule_do(rq, set.set, in, &id, &row);
    if (e == ERR_INVALID && rq->fault->n_fields > 0)
        return show(rq, rs, &set, id, in, STR_NONE);
    if (e != ERR_OK)
        return e;
    if (removes)
        return response_redirect(rs, arena_printf(rq->a, "/staff/rules/%u?done=removed", set.set));
    return str_eq_c(in->go, "save") ? response_redirect(rs, arena_printf(rq->a, "/staff/rules/%u?done=put&after=%u", set.set, id - 1))
                                    : show(rq, rs, &set, id, in, staff_rule_says(&s, &row.rule));
}
