/*
 * rules_try.c - what a changed set of rules would have done: the demands of past days, dispatched by both.
 *
 * Contract: rules.h. Reads only; choosing is app/dispatch.h over a copy of the reference data with other rules in it.
 */
#include "app/rules_private.h"

#include "app/dispatch.h"
#include "app/ids.h"
#include "app/refdata_private.h"
#include "gen/sql.h"

enum { SLOTS = 4096, DAYS_MAX = 366 };

struct trial {
    struct ctx *c;
    struct refdata before, after;
    struct generation gens[2];
    struct rule_move *slots; /* SLOTS, open addressing by (from, to); n = 0 is free */
    size_t used;
    struct rule_trial out;
};

static void take_rules(struct trial *t, int which, const struct rule_row *rows, size_t n)
{
    struct rule *rules = ARENA_ARRAY(t->c->a, struct rule, n + 1);
    struct refdata *r = which == 0 ? &t->before : &t->after;
    for (size_t i = 0; i < n; i++)
        rules[i] = rows[i].rule;
    t->gens[which] = *t->c->ref->now;
    t->gens[which].rules = rules;
    t->gens[which].n_rules = n;
    *r = *t->c->ref;
    r->now = &t->gens[which];
}

static struct rule_move *slot_of(struct trial *t, struct str from, struct str to)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < from.n; i++)
        h = (h ^ (uint8_t)from.p[i]) * 16777619u;
    for (size_t i = 0; i < to.n; i++)
        h = (h ^ (uint8_t)to.p[i]) * 16777619u;
    for (size_t i = 0; i < SLOTS; i++) {
        struct rule_move *m = &t->slots[(h + i) % SLOTS];
        if (m->n == 0 && t->used < SLOTS / 2) {
            t->used++;
            m->from = from;
            m->to = to;
            return m;
        }
        if (m->n == 0)
            return NULL; /* counted in the sum, not listed */
        if (str_eq(m->from, from) && str_eq(m->to, to))
            return m;
    }
    return NULL;
}

static enum err weigh(struct trial *t, const struct q_rules_past_row *r)
{
    struct dispatch x, y;
    struct ctx *c = t->c;
    enum err e = dispatch_choose_against(&t->before, c->set, c->fault, r->category_code, r->area_code, r->reported_unit, &x);
    if (e == ERR_OK)
        e = dispatch_choose_against(&t->after, c->set, c->fault, r->category_code, r->area_code, r->reported_unit, &y);
    if (e == ERR_INVALID) { /* its category or place is no longer in the catalogue: no rule speaks of it */
        fault_clear(c->fault);
        return ERR_OK;
    }
    if (e != ERR_OK)
        return e;
    t->out.n_tickets++;
    if (x.lead == y.lead) {
        t->out.n_level += x.level != y.level || x.working_days != y.working_days;
        return ERR_OK;
    }
    t->out.n_moved++;
    struct rule_move *m = slot_of(t, x.lead->code, y.lead->code);
    if (!m)
        return ERR_OK;
    m->n++;
    if (m->n_samples < RULES_TRY_SAMPLES)
        m->samples[m->n_samples++] = arena_dup(c->a, r->ticket_no);
    return ERR_OK;
}

static int by_number(const void *a, const void *b)
{
    const struct rule_move *x = a, *y = b;
    return x->n == y->n ? 0 : x->n > y->n ? -1 : 1;
}

static enum err walk(struct trial *t, uint64_t since)
{
    uint64_t before = UINT64_MAX / 2;
    int64_t looked = 0;
    for (size_t got = 1; got > 0 && !t->out.cut;) {
        const struct q_rules_past_row *r = NULL;
        struct q_rules_past_in in = {.before = before, .since = since};
        enum err e = q_rules_past(t->c->db, &in, &r, &got);
        for (size_t i = 0; e == ERR_OK && i < got; i++, looked++)
            e = weigh(t, &r[i]);
        if (e != ERR_OK)
            return e;
        if (got > 0)
            before = r[got - 1].id;
        t->out.cut = looked >= RULES_TRY_TICKETS;
    }
    return ERR_OK;
}

enum err rules_try(struct ctx *c, uint32_t set, int days, struct rule_trial *ret)
{
    struct trial *t = ARENA_NEW(c->a, struct trial);
    struct rule_row *rows[2] = {NULL, NULL};
    struct rule_set in_force;
    size_t n[2] = {0, 0};
    int64_t now = 0;
    if (days < 1 || days > DAYS_MAX)
        return fault_field(c->fault, "days", "OUT_OF_RANGE");
    enum err e = rules_current(c, &in_force);
    if (e == ERR_OK)
        e = rules_all(c, in_force.set, &rows[0], &n[0]);
    if (e == ERR_OK)
        e = rules_all(c, set, &rows[1], &n[1]);
    if (e == ERR_OK)
        e = db_now(c->db, &now);
    if (e != ERR_OK)
        return e;
    t->c = c;
    t->slots = ARENA_ARRAY(c->a, struct rule_move, SLOTS);
    memset(t->slots, 0, SLOTS * sizeof *t->slots);
    take_rules(t, 0, rows[0], n[0]);
    take_rules(t, 1, rows[1], n[1]);
    e = walk(t, id_floor(now - days * US_PER_DAY));
    if (e != ERR_OK)
        return e;
    qsort(t->slots, SLOTS, sizeof *t->slots, by_number);
    t->out.moves = t->slots;
    t->out.n_moves = t->used < RULES_TRY_MOVES ? t->used : RULES_TRY_MOVES;
    *ret = t->out;
    return ERR_OK;
}

/* ---- what a set changes ------------------------------------------------------------------------------------------------------- */

static bool same(const struct rule_row *x, const struct rule_row *y)
{
    return str_eq(x->rule.category_prefix, y->rule.category_prefix) && str_eq(x->rule.area_prefix, y->rule.area_prefix) &&
           str_eq(x->rule.lead_ref, y->rule.lead_ref) && str_eq(x->rule.co_refs, y->rule.co_refs) && str_eq(x->note, y->note) &&
           x->rule.lead_kind == y->rule.lead_kind && x->rule.response_level == y->rule.response_level &&
           x->rule.working_days == y->rule.working_days && x->rule.copy_district == y->rule.copy_district;
}

enum err rules_changes(struct ctx *c, uint32_t set, const struct rule_change **ret, size_t *ret_n)
{
    const struct q_rules_set_get_row *s = NULL;
    struct rule_row *old = NULL, *new = NULL;
    size_t n_old = 0, n_new = 0, n = 0;
    enum err e = q_rules_set_get(c->db, &(struct q_rules_set_get_in){.id = set}, &s);
    if (e == ERR_NOT_FOUND)
        return fault_set(c->fault, ERR_NOT_FOUND, "NOT_FOUND", "no such set of rules");
    if (e == ERR_OK)
        e = rules_all(c, (uint32_t)s->base, &old, &n_old);
    if (e == ERR_OK)
        e = rules_all(c, set, &new, &n_new);
    if (e != ERR_OK)
        return e;
    struct rule_change *out = ARENA_ARRAY(c->a, struct rule_change, n_old + n_new + 1);
    for (size_t i = 0, k = 0; i < n_old || k < n_new;) { /* both by number */
        const bool gone = k == n_new || (i < n_old && old[i].rule.id < new[k].rule.id);
        const bool added = !gone && (i == n_old || new[k].rule.id < old[i].rule.id);
        if (gone)
            out[n++] = (struct rule_change){.id = old[i].rule.id, .before = &old[i]};
        else if (added)
            out[n++] = (struct rule_change){.id = new[k].rule.id, .after = &new[k]};
        else if (!same(&old[i], &new[k]))
            out[n++] = (struct rule_change){.id = old[i].rule.id, .before = &old[i], .after = &new[k]};
        i += !added;
        k += !gone;
    }
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}
