/*
 * rules.c - versions of the dispatch rules: drafting, changing, publishing, bringing back.
 *
 * Contract: rules.h. One set is in force at a time; publishing moves it in one transaction and stamps the reference data, so
 * that every process takes it over by itself. The dry run stands in rules_try.c.
 */
#include "app/rules.h"

#include "app/audit.h"
#include "app/rules_private.h"
#include "app/ticket_input.h"
#include "gen/sql.h"

enum { NOTE_MIN_CHARS = 2, NOTE_CHARS = 200, REF_CHARS = 60, CO_BYTES = 300, LIST_PAGE = 200, SEEDS = 0 };

/* ---- reading ---------------------------------------------------------------------------------------------------------------- */

static struct rule_set set_of(const struct q_rules_set_get_row *r)
{
    return (struct rule_set){.set = (uint32_t)r->id, .base = (uint32_t)r->base, .state = (enum rule_set_state)r->state,
                             .note = r->note, .author_id = r->author_id, .publisher_id = r->publisher_id,
                             .created_at = r->created_at, .valid_from = r->valid_from, .valid_to = r->valid_to,
                             .n_rules = (size_t)r->n_rules};
}

static enum err get(struct ctx *c, uint32_t set, struct rule_set *ret)
{
    const struct q_rules_set_get_row *r = NULL;
    struct q_rules_set_get_in in = {.id = set};
    enum err e = q_rules_set_get(c->db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return fault_set(c->fault, ERR_NOT_FOUND, "NOT_FOUND", "no such set of rules");
    if (e == ERR_OK)
        *ret = set_of(r);
    return e;
}

enum err rules_current(struct ctx *c, struct rule_set *ret)
{
    const struct q_ref_rule_set_row *r = NULL;
    enum err e = q_ref_rule_set(c->db, &r);
    if (e == ERR_OK)
        return get(c, (uint32_t)r->id, ret);
    const struct rule *rules = NULL;
    *ret = (struct rule_set){.state = RULES_IN_FORCE, .n_rules = refdata_rules(c->ref, &rules)};
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err rules_history(struct ctx *c, const struct rule_set **ret, size_t *ret_n)
{
    const struct q_rules_sets_row *r = NULL;
    size_t n = 0;
    enum err e = q_rules_sets(c->db, &r, &n);
    if (e != ERR_OK)
        return e;
    struct rule_set *out = ARENA_ARRAY(c->a, struct rule_set, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct rule_set){.set = (uint32_t)r[i].id, .base = (uint32_t)r[i].base, .state = (enum rule_set_state)r[i].state,
                                   .note = r[i].note, .author_id = r[i].author_id, .publisher_id = r[i].publisher_id,
                                   .created_at = r[i].created_at, .valid_from = r[i].valid_from, .valid_to = r[i].valid_to};
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}

static struct rule_row row_of(const struct q_rules_page_row *r)
{
    return (struct rule_row){.rule = {.id = (uint32_t)r->id, .category_prefix = r->category_prefix, .area_prefix = r->area_prefix,
                                      .lead_ref = r->lead_ref, .co_refs = r->co_refs, .lead_kind = r->lead_kind,
                                      .response_level = r->response_level, .working_days = r->working_days,
                                      .copy_district = r->copy_district},
                             .note = r->note};
}

static struct q_rules_page_row as_page(const struct q_rules_page_seeds_row *r)
{
    return (struct q_rules_page_row){.id = r->id, .category_prefix = r->category_prefix, .area_prefix = r->area_prefix,
                                     .lead_kind = r->lead_kind, .lead_ref = r->lead_ref, .response_level = r->response_level,
                                     .working_days = r->working_days, .copy_district = r->copy_district, .co_refs = r->co_refs,
                                     .note = r->note};
}

static enum err page(struct ctx *c, uint32_t set, struct str category, uint32_t after, size_t max, struct rule_row **ret, size_t *ret_n,
                     bool *ret_more)
{
    const struct q_rules_page_row *r = NULL;
    const struct q_rules_page_seeds_row *seeds = NULL;
    size_t n = 0;
    enum err e = set == SEEDS
                     ? q_rules_page_seeds(c->db, &(struct q_rules_page_seeds_in){.category = category, .after = after}, &seeds, &n)
                     : q_rules_page(c->db, &(struct q_rules_page_in){.set_id = set, .category = category, .after = after}, &r, &n);
    if (e != ERR_OK)
        return e;
    *ret_more = n > max;
    if (n > max)
        n = max;
    *ret = ARENA_ARRAY(c->a, struct rule_row, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct q_rules_page_row x = set == SEEDS ? as_page(&seeds[i]) : r[i];
        (*ret)[i] = row_of(&x);
    }
    *ret_n = n;
    return ERR_OK;
}

enum err rules_list(struct ctx *c, uint32_t set, struct str category, uint32_t after, const struct rule_row **ret,
                    size_t *ret_n, bool *ret_more)
{
    struct rule_row *rows = NULL;
    enum err e = page(c, set, category, after, LIST_PAGE, &rows, ret_n, ret_more);
    *ret = rows;
    return e;
}

enum err rules_all(struct ctx *c, uint32_t set, struct rule_row **ret, size_t *ret_n)
{
    bool more = false;
    enum err e = page(c, set, STR_NONE, 0, RULES_MAX, ret, ret_n, &more);
    return e == ERR_OK && more ? fault_set(c->fault, ERR_INVALID, "RULES_TOO_MANY", "more than %d rules in a set", RULES_MAX) : e;
}

/* ---- drafting --------------------------------------------------------------------------------------------------------------- */

struct drafting {
    struct ctx *c;
    const struct actor *who;
    struct str note;
    uint32_t from, set;
    bool from_current, publish;
};

static enum err publish_in(struct drafting *x);

static enum err draft_once(struct db *db, void *arg)
{
    struct drafting *x = arg;
    const struct q_rules_set_next_row *next = NULL;
    struct rule_set now_in_force;
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(db, &now);
    if (e == ERR_OK)
        e = rules_current(x->c, &now_in_force);
    if (e == ERR_OK)
        e = q_rules_set_next(db, &next);
    if (e != ERR_OK)
        return e;
    x->set = (uint32_t)next->id;
    const uint32_t from = x->from_current ? now_in_force.set : x->from;
    struct q_rules_set_put_in in = {.id = x->set, .base = now_in_force.set, .note = x->note, .author_id = x->who->staff_id,
                                    .created_at = now};
    e = q_rules_set_put(db, &in, &n);
    if (e == ERR_OK && from == SEEDS)
        e = q_rules_copy_seeds(db, &(struct q_rules_copy_seeds_in){.set_id = x->set}, &n);
    else if (e == ERR_OK)
        e = q_rules_copy(db, &(struct q_rules_copy_in){.set_id = x->set, .from_set = from}, &n);
    if (e == ERR_OK && n == 0)
        return fault_set(x->c->fault, ERR_NOT_FOUND, "NOT_FOUND", "a set without rules");
    if (e == ERR_OK)
        e = audit_write(x->c, x->who, "rules_draft", "rule_set", x->set, x->note);
    return e == ERR_OK && x->publish ? publish_in(x) : e;
}

enum err rules_draft(struct ctx *c, const struct actor *who, struct str note, uint32_t *ret_set)
{
    struct drafting x = {.c = c, .who = who, .from_current = true};
    enum err e = words_judge(c, "note", note, NOTE_MIN_CHARS, NOTE_CHARS, &x.note);
    if (e == ERR_OK)
        e = tx_run(c->db, draft_once, &x);
    *ret_set = x.set;
    return e;
}

static enum err must_be_draft(struct ctx *c, uint32_t set)
{
    struct rule_set s;
    enum err e = get(c, set, &s);
    return e == ERR_OK && s.state != RULES_DRAFT ? fault_set(c->fault, ERR_CONFLICT, "RULES_NOT_DRAFT", "set %u is no draft", set) : e;
}

/* "4:市住建委;2:城管委": every part names a kind and a unit that exists somewhere. */
static bool co_refs_fit(const struct refdata *r, struct str refs)
{
    while (refs.n > 0) {
        struct str one, kind, name;
        uint64_t k = 0;
        str_cut(refs, ';', &one, &refs);
        if (!str_cut(one, ':', &kind, &name) || !parse_u64(kind, 1, LEAD_KIND_END - 1, &k) || !rules_ref_known(r, (int)k, name))
            return false;
    }
    return true;
}

bool rules_ref_known(const struct refdata *r, int kind, struct str ref)
{
    const struct unit *units = NULL;
    if (kind == LEAD_STREET || kind == LEAD_DISTRICT)
        return ref.n == 0;
    if (kind == LEAD_CITY || kind == LEAD_UTILITY)
        return refdata_unit_short(r, ref) != NULL;
    size_t n = refdata_units(r, &units);
    for (size_t i = 0; kind == LEAD_BUREAU && i < n; i++)
        if (ref.n && str_eq(units[i].bureau_kind, ref))
            return true;
    return false;
}

static enum err judge_rule(struct ctx *c, const struct rule *x)
{
    struct fault *f = c->fault;
    enum err e = ERR_OK;
    if (x->category_prefix.n && !refdata_category(c->ref, x->category_prefix))
        e = fault_field(f, "category_prefix", "NOT_A_CHOICE");
    if (x->area_prefix.n && !refdata_area(c->ref, x->area_prefix))
        e = fault_field(f, "area_prefix", "NOT_A_CHOICE");
    if (x->lead_kind < LEAD_STREET || x->lead_kind >= LEAD_KIND_END)
        e = fault_field(f, "lead_kind", "NOT_A_CHOICE");
    else if (!rules_ref_known(c->ref, x->lead_kind, x->lead_ref))
        e = fault_field(f, "lead_ref", x->lead_ref.n ? "NOT_A_CHOICE" : "REQUIRED");
    if (x->response_level < 1 || x->response_level >= SETTINGS_LEVELS)
        e = fault_field(f, "response_level", "NOT_A_CHOICE");
    if (x->co_refs.n > CO_BYTES || !co_refs_fit(c->ref, x->co_refs))
        e = fault_field(f, "co_refs", "NOT_A_CHOICE");
    return e;
}

enum err rules_put(struct ctx *c, const struct actor *who, uint32_t set, const struct rule_row *row, uint32_t *ret_id)
{
    const struct q_rules_next_id_row *next = NULL;
    const struct rule *x = &row->rule;
    struct str note;
    size_t n = 0;
    enum err e = words_judge(c, "note", row->note, 0, NOTE_CHARS, &note);
    enum err judged = judge_rule(c, x);
    if (e == ERR_OK)
        e = judged;
    if (e == ERR_OK)
        e = must_be_draft(c, set);
    if (e == ERR_OK && x->id == 0)
        e = q_rules_next_id(c->db, &next);
    if (e != ERR_OK)
        return e;
    *ret_id = x->id ? x->id : (uint32_t)next->id;
    struct q_rules_put_in in = {.set_id = set, .id = *ret_id, .category_prefix = x->category_prefix, .area_prefix = x->area_prefix,
                                .lead_kind = x->lead_kind, .lead_ref = x->lead_ref, .response_level = x->response_level,
                                .working_days = x->working_days, .copy_district = x->copy_district, .co_refs = x->co_refs, .note = note};
    e = q_rules_put(c->db, &in, &n);
    return e == ERR_OK ? audit_write(c, who, "rules_put", "rule_set", set, note) : e;
}

enum err rules_remove(struct ctx *c, const struct actor *who, uint32_t set, uint32_t id)
{
    size_t n = 0;
    enum err e = must_be_draft(c, set);
    if (e == ERR_OK)
        e = q_rules_remove(c->db, &(struct q_rules_remove_in){.set_id = set, .id = id}, &n);
    if (e == ERR_OK && n == 0)
        return fault_set(c->fault, ERR_NOT_FOUND, "NOT_FOUND", "no such rule in the set");
    return e == ERR_OK ? audit_write(c, who, "rules_remove", "rule_set", set, STR_NONE) : e;
}

enum err rules_drop(struct ctx *c, const struct actor *who, uint32_t set)
{
    size_t n = 0;
    enum err e = q_rules_drop(c->db, &(struct q_rules_drop_in){.id = set}, &n);
    if (e == ERR_OK && n != 1)
        return fault_set(c->fault, ERR_CONFLICT, "RULES_NOT_DRAFT", "set %u is no draft", set);
    return e == ERR_OK ? audit_write(c, who, "rules_drop", "rule_set", set, STR_NONE) : e;
}

/* ---- publishing ------------------------------------------------------------------------------------------------------------- */

static enum err publish_in(struct drafting *x)
{
    const struct q_rules_lock_row *locked = NULL;
    struct rule_set draft, in_force;
    struct db *db = x->c->db;
    int64_t now = 0;
    size_t n = 0;
    enum err e = q_rules_lock(db, &locked, &n);
    if (e == ERR_OK)
        e = db_now(db, &now);
    if (e == ERR_OK)
        e = get(x->c, x->set, &draft);
    if (e == ERR_OK)
        e = rules_current(x->c, &in_force);
    if (e != ERR_OK)
        return e;
    if (draft.state != RULES_DRAFT || draft.n_rules == 0)
        return fault_set(x->c->fault, ERR_CONFLICT, "RULES_NOT_DRAFT", "set %u cannot be published", x->set);
    if (draft.base != in_force.set)
        return fault_set(x->c->fault, ERR_CONFLICT, "RULES_MOVED", "drafted from %u, in force is %u", draft.base, in_force.set);
    e = q_rules_retire(db, &(struct q_rules_retire_in){.at = now}, &n);
    if (e == ERR_OK)
        e = q_rules_publish(db, &(struct q_rules_publish_in){.id = x->set, .publisher_id = x->who->staff_id, .at = now}, &n);
    if (e == ERR_OK)
        e = q_rules_stamp(db, &(struct q_rules_stamp_in){.at = now, .n_rows = (int64_t)draft.n_rules}, &n);
    return e == ERR_OK ? audit_write(x->c, x->who, "rules_publish", "rule_set", x->set, draft.note) : e;
}

static enum err publish_once(struct db *db, void *arg)
{
    (void)db;
    return publish_in(arg);
}

enum err rules_publish(struct ctx *c, const struct actor *who, uint32_t set)
{
    struct drafting x = {.c = c, .who = who, .set = set};
    return tx_run(c->db, publish_once, &x);
}

enum err rules_revert(struct ctx *c, const struct actor *who, uint32_t to_set, struct str note, uint32_t *ret_set)
{
    struct drafting x = {.c = c, .who = who, .from = to_set, .publish = true};
    enum err e = words_judge(c, "note", note, NOTE_MIN_CHARS, NOTE_CHARS, &x.note);
    if (e == ERR_OK)
        e = tx_run(c->db, draft_once, &x);
    *ret_set = x.set;
    return e;
}
