/*
 * rules_edit.c - the rules of one set: reading, judging, changing, comparing.
 *
 * Contract: rules.h. A city has some hundred rules, so a set is read whole and searched in memory; a rule that names a unit
 * nobody knows is refused, because it would be passed over in silence when demands are dispatched.
 */
#include "app/rules_private.h"

#include "app/audit.h"
#include "app/idem.h"
#include "app/ticket_input.h"
#include "gen/sql.h"

enum { READ_ROWS = 1000, CO_REFS_BYTES = 300, CO_UNITS = 4, LEVELS = 4 };

/* ---- reading ----------------------------------------------------------------------------------------------------------- */

#define TAKE(r)                                                                                                        \
    (struct rule_row){.rule = {.id = (uint32_t)(r).id, .category_prefix = (r).category_prefix,                         \
                               .area_prefix = (r).area_prefix, .lead_ref = (r).lead_ref, .co_refs = (r).co_refs,       \
                               .lead_kind = (r).lead_kind, .response_level = (r).response_level,                       \
                               .working_days = (r).working_days, .copy_district = (r).copy_district},                  \
                      .note = (r).note}

static enum err read_page(struct ctx *c, uint32_t set, int64_t after, struct rule_row *out, size_t *ret_n)
{
    const struct q_rules_of_seeds_row *seed = NULL;
    const struct q_rules_of_set_row *row = NULL;
    struct q_rules_of_seeds_in seed_in = {.after = after};
    struct q_rules_of_set_in in = {.set_id = set, .after = after};
    size_t n = 0;
    enum err e = set == 0 ? q_rules_of_seeds(c->db, &seed_in, &seed, &n) : q_rules_of_set(c->db, &in, &row, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        out[i] = set == 0 ? TAKE(seed[i]) : TAKE(row[i]);
    *ret_n = n;
    return e;
}

enum err rules_read(struct ctx *c, uint32_t set, const struct rule_row **ret, size_t *ret_n)
{
    struct rule_row *all = ARENA_ARRAY(c->a, struct rule_row, READ_ROWS);
    size_t n = 0, got = READ_ROWS, cap = READ_ROWS;
    while (got == READ_ROWS) {
        if (n + READ_ROWS > cap) {
            struct rule_row *more = ARENA_ARRAY(c->a, struct rule_row, cap * 2);
            memcpy(more, all, n * sizeof *all);
            all = more;
            cap *= 2;
        }
        enum err e = read_page(c, set, n ? all[n - 1].rule.id : 0, all + n, &got);
        if (e != ERR_OK)
            return e;
        n += got;
    }
    *ret = all;
    *ret_n = n;
    return ERR_OK;
}

static bool is_found(const struct rule_row *x, const struct rules_filter *f)
{
    return str_starts(x->rule.category_prefix, f->category) &&
           (f->unit.n == 0 || str_find(x->rule.lead_ref, f->unit) || str_find(x->rule.co_refs, f->unit));
}

enum err rules_list(struct ctx *c, uint32_t set, const struct rules_filter *f, struct rules_page *ret)
{
    const struct rule_row *all = NULL;
    const size_t limit = f->limit == 0 || f->limit > RULES_PAGE_MAX ? RULES_PAGE_MAX : f->limit;
    *ret = (struct rules_page){0};
    enum err e = rules_read(c, set, &all, &ret->n_all);
    if (e != ERR_OK)
        return e;
    struct rule_row *out = ARENA_ARRAY(c->a, struct rule_row, limit);
    for (size_t i = 0; i < ret->n_all; i++) {
        if (!is_found(&all[i], f))
            continue;
        ret->n_found++;
        if (all[i].rule.id <= f->after)
            continue;
        if (ret->n_rows < limit)
            out[ret->n_rows++] = all[i];
        else
            ret->more = true;
    }
    ret->rows = out;
    return ERR_OK;
}

static const struct rule_row *find(const struct rule_row *rows, size_t n, uint32_t id)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (rows[mid].rule.id < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && rows[lo].rule.id == id ? &rows[lo] : NULL;
}

enum err rules_get(struct ctx *c, uint32_t set, uint32_t id, struct rule_row *ret)
{
    const struct rule_row *all = NULL;
    size_t n = 0;
    enum err e = rules_read(c, set, &all, &n);
    if (e != ERR_OK)
        return e;
    const struct rule_row *x = find(all, n, id);
    if (!x)
        return fault_set(c->fault, ERR_NOT_FOUND, "NOT_FOUND", "no such rule in the set");
    *ret = *x;
    return ERR_OK;
}

/* ---- judging ----------------------------------------------------------------------------------------------------------- */

static bool is_bureau_kind(const struct refdata *r, struct str name)
{
    const struct unit *all = NULL;
    const size_t n = refdata_units(r, &all);
    for (size_t i = 0; i < n && name.n > 0; i++)
        if (str_eq(all[i].bureau_kind, name))
            return true;
    return false;
}

static bool is_lead(const struct refdata *r, int kind, struct str ref)
{
    switch (kind) {
    case LEAD_STREET:
    case LEAD_DISTRICT:
        return ref.n == 0;
    case LEAD_BUREAU:
        return is_bureau_kind(r, ref);
    case LEAD_CITY:
    case LEAD_UTILITY:
        return ref.n > 0 && refdata_unit_short(r, ref) != NULL;
    default:
        return false;
    }
}

static bool are_co_units(const struct refdata *r, struct str refs)
{
    struct str one, kind, name;
    size_t n = 0;
    while (refs.n > 0) {
        uint64_t k = 0;
        str_cut(refs, ';', &one, &refs);
        if (++n > CO_UNITS || !str_cut(one, ':', &kind, &name) || !parse_u64(kind, 1, LEAD_KIND_END - 1, &k) ||
            !is_lead(r, (int)k, name))
            return false;
    }
    return true;
}

enum err rules_judge(struct ctx *c, const struct rule_row *row)
{
    const struct rule *x = &row->rule;
    struct str note;
    enum err e = words_judge(c, "note", row->note, 0, RULES_NOTE_CHARS, &note);
    if (x->category_prefix.n > 0 && !refdata_category(c->ref, x->category_prefix))
        e = fault_field(c->fault, "category_prefix", "NOT_A_CHOICE");
    if (x->area_prefix.n > 0 && !refdata_area(c->ref, x->area_prefix))
        e = fault_field(c->fault, "area_prefix", "NOT_A_CHOICE");
    if (x->lead_kind <= LEAD_NONE || x->lead_kind >= LEAD_KIND_END)
        e = fault_field(c->fault, "lead_kind", "NOT_A_CHOICE");
    else if (!is_lead(c->ref, x->lead_kind, x->lead_ref))
        e = fault_field(c->fault, "lead_ref", x->lead_ref.n > 0 ? "NOT_A_CHOICE" : "REQUIRED");
    if (x->response_level < 1 || x->response_level > LEVELS)
        e = fault_field(c->fault, "response_level", "NOT_A_CHOICE");
    if (x->co_refs.n > CO_REFS_BYTES)
        e = fault_field(c->fault, "co_refs", "TOO_LONG");
    else if (!are_co_units(c->ref, x->co_refs))
        e = fault_field(c->fault, "co_refs", "NOT_A_CHOICE");
    return e;
}

/* ---- changing ---------------------------------------------------------------------------------------------------------- */

struct edit {
    struct ctx *c;
    const struct actor *who;
    uint32_t set, id;
    const struct rule_row *row; /* NULL = the rule goes */
};

static enum err open_draft(struct edit *x, struct rule_set *ret)
{
    size_t n = 0;
    enum err e = q_rules_lock(x->c->db, &n);
    if (e == ERR_OK)
        e = rules_get_set(x->c, x->set, ret);
    if (e == ERR_OK && ret->state != RULES_DRAFT)
        e = fault_set(x->c->fault, ERR_CONFLICT, "RULES_NOT_DRAFT", "set %u is no draft", x->set);
    return e;
}

static enum err next_number(struct edit *x)
{
    const struct q_rule_last_in_row *last = NULL;
    const struct rule_row *all = NULL;
    size_t n = 0;
    const int64_t low = RULES_NUMBER_FROM + (int64_t)RULES_NUMBERS_PER_SET * x->set + 1;
    struct q_rule_last_in_in in = {.set_id = x->set, .low = low, .high = low + RULES_NUMBERS_PER_SET - 2};
    enum err e = rules_read(x->c, x->set, &all, &n);
    if (e == ERR_OK)
        e = q_rule_last_in(x->c->db, &in, &last);
    if (e != ERR_OK)
        return e;
    if (n >= RULES_MAX || last->id >= in.high)
        return fault_set(x->c->fault, ERR_INVALID, "RULES_TOO_MANY", "no room or no number is left in set %u", x->set);
    x->id = (uint32_t)(last->id ? last->id + 1 : low);
    return ERR_OK;
}

static enum err is_known(struct edit *x, uint32_t base)
{
    struct rule_row old;
    enum err e = rules_get(x->c, x->set, x->id, &old);
    if (e != ERR_NOT_FOUND)
        return e;
    fault_clear(x->c->fault); /* taken out of the draft: what the base has may come back */
    return rules_get(x->c, base, x->id, &old);
}

static enum err edit_tx(struct db *db, void *arg, uint64_t *ret_id)
{
    struct edit *x = arg;
    struct ctx *c = x->c;
    struct rule_set set;
    size_t n = 0;
    const uint32_t given = x->row ? x->row->rule.id : x->id;
    x->id = given;
    enum err e = open_draft(x, &set);
    if (e == ERR_OK && x->row)
        e = given ? is_known(x, set.base) : next_number(x);
    if (e != ERR_OK)
        return e;
    if (x->row) {
        const struct rule *r = &x->row->rule;
        struct q_rule_put_in in = {.set_id = x->set, .id = x->id, .category_prefix = r->category_prefix,
                                   .area_prefix = r->area_prefix, .lead_kind = r->lead_kind, .lead_ref = r->lead_ref,
                                   .response_level = r->response_level, .working_days = r->working_days,
                                   .copy_district = r->copy_district, .co_refs = r->co_refs, .note = str_trim(x->row->note)};
        e = q_rule_put(db, &in, &n);
    } else {
        struct q_rule_remove_in in = {.set_id = x->set, .id = x->id};
        e = q_rule_remove(db, &in);
        if (e == ERR_CONFLICT)
            return fault_set(c->fault, ERR_NOT_FOUND, "NOT_FOUND", "no such rule in the set");
    }
    if (e != ERR_OK)
        return e;
    struct str about = arena_printf(c->a, "%u", x->id);
    *ret_id = x->id;
    return audit_write(c, x->who, x->row ? AUDIT_RULE_PUT : AUDIT_RULE_REMOVE, AUDIT_OF_RULE_SET, x->set, about);
}

enum err rules_put(struct ctx *c, const struct actor *who, uint32_t set, const struct rule_row *row, uint32_t *ret_id)
{
    struct edit x = {.c = c, .who = who, .set = set, .row = row};
    uint64_t made = 0;
    enum err e = rules_may(c, who);
    if (e == ERR_OK)
        e = rules_judge(c, row);
    if (e == ERR_OK)
        e = idem_run(c, edit_tx, &x, &made);
    if (e == ERR_OK)
        *ret_id = (uint32_t)made;
    return e;
}

enum err rules_remove(struct ctx *c, const struct actor *who, uint32_t set, uint32_t id)
{
    struct edit x = {.c = c, .who = who, .set = set, .id = id};
    uint64_t gone = 0;
    enum err e = rules_may(c, who);
    return e == ERR_OK ? idem_run(c, edit_tx, &x, &gone) : e;
}

/* ---- comparing --------------------------------------------------------------------------------------------------------- */

static bool is_same(const struct rule_row *a, const struct rule_row *b)
{
    const struct rule *x = &a->rule, *y = &b->rule;
    return str_eq(x->category_prefix, y->category_prefix) && str_eq(x->area_prefix, y->area_prefix) &&
           x->lead_kind == y->lead_kind && str_eq(x->lead_ref, y->lead_ref) && str_eq(x->co_refs, y->co_refs) &&
           x->response_level == y->response_level && x->working_days == y->working_days &&
           x->copy_district == y->copy_district && str_eq(a->note, b->note);
}

enum err rules_changes(struct ctx *c, uint32_t set, const struct rule_change **ret, size_t *ret_n)
{
    const struct rule_row *old = NULL, *new = NULL;
    size_t n_old = 0, n_new = 0, n = 0;
    struct rule_set s;
    enum err e = rules_get_set(c, set, &s);
    if (e == ERR_OK && set != 0)
        e = rules_read(c, s.base, &old, &n_old);
    if (e == ERR_OK && set != 0)
        e = rules_read(c, set, &new, &n_new);
    if (e != ERR_OK)
        return e;
    struct rule_change *out = ARENA_ARRAY(c->a, struct rule_change, n_old + n_new + 1);
    for (size_t i = 0, k = 0; i < n_old || k < n_new;) {
        const uint32_t id_old = i < n_old ? old[i].rule.id : UINT32_MAX, id_new = k < n_new ? new[k].rule.id : UINT32_MAX;
        const struct rule_row *before = id_old <= id_new ? &old[i++] : NULL, *after = id_new <= id_old ? &new[k++] : NULL;
        if (!before || !after || !is_same(before, after))
            out[n++] = (struct rule_change){before ? before->rule.id : after->rule.id, before, after};
    }
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}
