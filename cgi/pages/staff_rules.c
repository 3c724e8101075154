/*
 * staff_rules.c - the sets of dispatch rules: which is in force, what was before, what a draft changes.
 *
 * Contract: what a set is and who may see it is the domain's matter (app/rules.h); here it is put into words. Single rules stand in
 * staff_rules_edit.c, whatever switches a set in staff_rules_act.c.
 */
#include "pages/once.h"
#include "pages/staff_rules.h"

#include "base/limits.h"
#include "gen/tmpl.h"

/* clang-format off */
#define Q(member, kind) FORM_FIELD(struct staff_rules_query, member, #member, kind)
static const struct form_field query_fields[] = {
    {Q(category_prefix, FIELD_CODE), .max = LIMIT_CODE_CHARS},
    {Q(unit, FIELD_TEXT), .max = 60},
    {Q(cursor, FIELD_TEXT), .max = LIMIT_CURSOR_CHARS},
    {Q(after, FIELD_INT), .min_value = 0, .max_value = UINT32_MAX},
    {Q(days, FIELD_INT), .min_value = 1, .max_value = RULES_TRY_DAYS},
};
const struct form_spec staff_rules_query = {FORM_SPEC("staff_rules_query", struct staff_rules_query, query_fields)};
static const struct form_field note_fields[] = {
    {FORM_FIELD(struct staff_rules_note, note, "note", FIELD_TEXT), .required = true, .max = RULES_NOTE_CHARS},
    {FORM_FIELD(struct staff_rules_note, once, "once", FIELD_CODE), .max = ONCE_CHARS},
};
const struct form_spec staff_rules_note = {FORM_SPEC("staff_rules_note", struct staff_rules_note, note_fields)};
/* clang-format on */

enum err staff_rules_begin(struct request *rq, struct rule_set *ret)
{
    struct actor who = join_actor(rq);
    uint64_t set = 0;
    enum err e = join_need_ref(rq);
    if (e == ERR_OK)
        e = rules_may(join_ctx(rq), &who);
    if (e == ERR_OK && !parse_u64(rq->path_args[0], 0, UINT32_MAX, &set))
        e = fault_set(rq->fault, ERR_NOT_FOUND, "NOT_FOUND", "not a set");
    return e == ERR_OK ? rules_get_set(join_ctx(rq), (uint32_t)set, ret) : e;
}

struct view_rule_set staff_rules_say(struct request *rq, const struct rule_set *x)
{
    static const enum msg states[] = {MSG_NONE, MSG_staff_rules_draft, MSG_staff_rules_in_force, MSG_staff_rules_past,
                                      MSG_staff_rules_dropped};
    const struct say s = say_of(rq);
    return (struct view_rule_set){.href = arena_printf(rq->a, "/staff/rules/%u", x->set),
                                  .name = x->set ? SAY(&s, MSG_staff_rules_version, {"n", say_int(&s, x->set)})
                                                 : msg_text(s.lang, MSG_staff_rules_seeds),
                                  .note = x->note, .author = x->author, .state = states[x->state], .draft = x->state == RULES_DRAFT,
                                  .in_force = x->state == RULES_IN_FORCE, .past = x->state == RULES_PAST,
                                  .is_zh = s.lang != LANG_ZH, .created = say_time(&s, x->created_at),
                                  .from = say_time(&s, x->valid_from), .to = say_time(&s, x->valid_to)};
}

static enum msg done_msg(struct request *rq)
{
    static const struct {
        const char *word;
        enum msg text;
    } done[] = {{"put", MSG_staff_rules_done_put},             {"removed", MSG_staff_rules_done_removed},
                {"published", MSG_staff_rules_done_published}, {"reverted", MSG_staff_rules_done_reverted},
                {"dropped", MSG_staff_rules_done_dropped},     {"drafted", MSG_staff_rules_done_drafted}};
    struct str word = request_query(rq, "done");
    for (size_t i = 0; i < sizeof done / sizeof *done; i++)
        if (str_eq_c(word, done[i].word))
            return done[i].text;
    return MSG_NONE;
}

/* ---- all sets ---------------------------------------------------------------------------------------------------------- */

static enum err show_all(struct request *rq, struct response *rs, const struct staff_rules_note *in)
{
    struct actor who = join_actor(rq);
    struct fault wrong = *rq->fault;
    const struct rule_set *sets = NULL;
    struct page pg;
    size_t n = 0;
    *rq->fault = (struct fault){0};
    enum err e = rules_may(join_ctx(rq), &who);
    if (e == ERR_OK)
        e = rules_history(join_ctx(rq), &sets, &n);
    if (e != ERR_OK)
        return e;
    *rq->fault = wrong;
    struct view_rule_set *rows = ARENA_ARRAY(rq->a, struct view_rule_set, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = staff_rules_say(rq, &sets[i]);
    struct view_staff_rules v = {.errors = say_errors(rq), .notice.text = done_msg(rq), .note = say_input(rq, "note", in->note), .once = once_show(rq, in->once), .sets = rows,
                                 .n_sets = n};
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_nav_rules);
    else
        staff_page(rq, rs, &pg, MSG_staff_nav_rules);
    tmpl_staff_rules(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_staff_rules(struct request *rq, struct response *rs)
{
    static const struct staff_rules_note nothing;
    return show_all(rq, rs, &nothing);
}

enum err page_staff_rules_post(struct request *rq, struct response *rs)
{
    const struct staff_rules_note *in = rq->form;
    struct actor who = join_actor(rq);
    uint32_t set = 0;
    if (rq->form_invalid)
        return show_all(rq, rs, in);
    enum err e = once_take(rq, in->once);
    if (e == ERR_OK)
        e = rules_draft(join_ctx(rq), &who, in->note, &set);
    if (e == ERR_INVALID)
        return show_all(rq, rs, in);
    return e == ERR_OK ? response_redirect(rs, arena_printf(rq->a, "/staff/rules/%u?done=drafted", set)) : e;
}

/* ---- one set ----------------------------------------------------------------------------------------------------------- */

static const struct view_rule_row *say_rows(struct request *rq, const struct rule_set *set, const struct rules_page *p)
{
    const struct say s = say_of(rq);
    struct view_rule_row *rows = ARENA_ARRAY(rq->a, struct view_rule_row, p->n_rows + 1);
    for (size_t i = 0; i < p->n_rows; i++) {
        const struct rule *x = &p->rows[i].rule;
        rows[i] = (struct view_rule_row){.number = say_int(&s, x->id), .category = staff_rule_category(&s, x->category_prefix),
                                         .area = staff_rule_area(&s, x->area_prefix), .lead = staff_rule_lead(&s, x->lead_kind, x->lead_ref),
                                         .co = staff_rule_co(&s, x->co_refs), .limit = staff_rule_limit(&s, x->response_level, x->working_days),
                                         .note = p->rows[i].note, .copy = x->copy_district && x->lead_kind == LEAD_STREET};
        if (set->state == RULES_DRAFT)
            rows[i].href = arena_printf(rq->a, "/staff/rules/%u/rule/%u", set->set, x->id);
    }
    return rows;
}

enum err page_staff_rules_set(struct request *rq, struct response *rs)
{
    static const struct staff_rules_query nothing;
    const struct staff_rules_query *in = rq->form != NULL && !rq->form_invalid ? rq->form : &nothing;
    const struct rules_filter f = {.category = in->category_prefix, .unit = in->unit, .after = (uint32_t)in->after, .limit = LIMIT_LIST_ITEMS};
    struct rule_set set;
    struct rules_page p;
    struct page pg;
    enum err e = staff_rules_begin(rq, &set);
    if (e == ERR_OK)
        e = rules_list(join_ctx(rq), set.set, &f, &p);
    if (e != ERR_OK)
        return e;
    struct view_staff_rules_set v = {.notice.text = done_msg(rq), .set = staff_rules_say(rq, &set), .category = {.value = f.category},
                                     .unit = {.value = f.unit}, .n_all = (int64_t)p.n_all, .n_found = (int64_t)p.n_found,
                                     .is_filtered = f.category.n + f.unit.n > 0, .is_zh = rq->lang != LANG_ZH,
                                     .rows = say_rows(rq, &set, &p), .n_rows = p.n_rows};
    if (p.more)
        v.next_page = arena_printf(rq->a, "/staff/rules/%u?category_prefix=" STR_FMT "&unit=" STR_FMT "&after=%u", set.set, STR_ARG(f.category),
                                   STR_ARG(percent_encode(rq->a, f.unit)), p.rows[p.n_rows - 1].rule.id);
    staff_page(rq, rs, &pg, MSG_staff_nav_rules);
    staff_page_about(rq, &pg, v.set.name);
    tmpl_staff_rules_set(&rs->body, &pg, &v);
    return ERR_OK;
}

enum err page_staff_rules_changes(struct request *rq, struct response *rs)
{
    const struct rule_change *x = NULL;
    struct rule_set set;
    struct page pg;
    size_t n = 0;
    enum err e = staff_rules_begin(rq, &set);
    if (e == ERR_OK)
        e = rules_changes(join_ctx(rq), set.set, &x, &n);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    struct view_rule_change *rows = ARENA_ARRAY(rq->a, struct view_rule_change, n + 1);
    for (size_t i = 0; i < n; i++)
        rows[i] = (struct view_rule_change){.number = say_int(&s, x[i].id), .before = x[i].before ? staff_rule_says(&s, &x[i].before->rule) : STR_NONE,
                                            .after = x[i].after ? staff_rule_says(&s, &x[i].after->rule) : STR_NONE};
    struct view_staff_rules_changes v = {.set = staff_rules_say(rq, &set), .is_zh = rq->lang != LANG_ZH, .changes = rows, .n_changes = n};
    staff_page(rq, rs, &pg, MSG_staff_rules_changes);
    tmpl_staff_rules_changes(&rs->body, &pg, &v);
    return ERR_OK;
}
