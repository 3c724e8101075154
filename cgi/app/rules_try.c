/*
 * rules_try.c - the dry run: past demands, dispatched by the rules in force and by a draft.
 *
 * Contract: rules.h. Writes nothing. What a demand's class and place give is computed once: a year has many demands and few
 * such pairs. Demands are read newest first in bounded batches, so that a long run takes nothing from those who file.
 */
#include "app/rules_private.h"

#include <stdlib.h>

#include "app/dispatch.h"
#include "app/ids.h"
#include "app/refdata_private.h"
#include "gen/sql.h"

enum { BATCH = 1000, BUCKETS = 1 << 14 };

struct pair { /* class and place, and where they lead */
    struct pair *next;
    struct str category, area, against; /* against: reported in confidence, never chosen */
    const struct unit *from, *to;
    int64_t n;
    bool is_moved, is_level, is_known;
};
struct move {
    struct move *next;
    struct rule_move m;
};
struct load {
    struct load *next;
    struct rule_load l;
};
struct trial {
    struct ctx *c;
    struct refdata old, new; /* the reference data with the rules of one set each */
    struct generation old_now, new_now;
    struct pair **pairs;
    struct move *moves;
    struct load *loads;
    size_t n_moves, n_loads;
    struct rule_trial *out;
};

static enum err with_rules(struct ctx *c, uint32_t set, struct refdata *r, struct generation *g)
{
    const struct rule_row *rows = NULL;
    size_t n = 0;
    enum err e = rules_read(c, set, &rows, &n);
    if (e != ERR_OK)
        return e;
    struct rule *rules = ARENA_ARRAY(c->a, struct rule, n + 1);
    for (size_t i = 0; i < n; i++)
        rules[i] = rows[i].rule;
    *g = *c->ref->now;
    g->rules = rules;
    g->n_rules = n;
    generation_index_rules(g, c->a);
    *r = (struct refdata){.parts = c->ref->parts, .now = g, .before = g, .loaded = true};
    return ERR_OK;
}

/* ---- counting ---------------------------------------------------------------------------------------------------------- */

static size_t bucket_of(struct str category, struct str area)
{
    uint64_t h = 1469598103934665603u; /* FNV-1a */
    for (size_t i = 0; i < category.n; i++)
        h = (h ^ (unsigned char)category.p[i]) * 1099511628211u;
    h = (h ^ '|') * 1099511628211u;
    for (size_t i = 0; i < area.n; i++)
        h = (h ^ (unsigned char)area.p[i]) * 1099511628211u;
    return (size_t)(h >> 32) % BUCKETS;
}

static struct pair *pair_of(struct trial *t, struct str category, struct str area, struct str against)
{
    struct pair **at = &t->pairs[bucket_of(category, area)];
    for (struct pair *p = *at; p; p = p->next)
        if (str_eq(p->category, category) && str_eq(p->area, area) && str_eq(p->against, against))
            return p;
    struct pair *p = ARENA_NEW(t->c->a, struct pair);
    struct dispatch old, new;
    struct fault none = {0}; /* a class or place that is no longer known: the demand is counted, and cannot be tried */
    *p = (struct pair){.next = *at, .category = category, .area = area, .against = against};
    *at = p;
    p->is_known = dispatch_choose_against(&t->old, t->c->set, &none, category, area, against, &old) == ERR_OK &&
                  dispatch_choose_against(&t->new, t->c->set, &none, category, area, against, &new) == ERR_OK;
    if (!p->is_known)
        return p;
    p->from = old.lead;
    p->to = new.lead;
    p->is_moved = old.lead != new.lead;
    p->is_level = !p->is_moved && (old.level != new.level || old.working_days != new.working_days);
    return p;
}

static void count_load(struct trial *t, struct str unit, int64_t before, int64_t after)
{
    struct load *l = t->loads;
    while (l && !str_eq(l->l.unit, unit))
        l = l->next;
    if (!l) {
        l = ARENA_NEW(t->c->a, struct load);
        *l = (struct load){.next = t->loads, .l.unit = unit};
        t->loads = l;
        t->n_loads++;
    }
    l->l.before += before;
    l->l.after += after;
}

static void count_move(struct trial *t, const struct pair *p, struct str no)
{
    struct move *m = t->moves;
    while (m && !(str_eq(m->m.from, p->from->code) && str_eq(m->m.to, p->to->code)))
        m = m->next;
    if (!m) {
        m = ARENA_NEW(t->c->a, struct move);
        *m = (struct move){.next = t->moves, .m = {.from = p->from->code, .to = p->to->code}};
        t->moves = m;
        t->n_moves++;
    }
    m->m.n++;
    if (m->m.n_samples < RULES_TRY_SAMPLES)
        m->m.samples[m->m.n_samples++] = no;
}

static enum err count_all(struct trial *t, uint64_t floor)
{
    struct rule_trial *out = t->out;
    uint64_t before = INT64_MAX;
    size_t got = BATCH;
    while (got == BATCH && !out->cut) {
        const struct q_rule_try_tickets_row *r = NULL;
        struct q_rule_try_tickets_in in = {.before = before, .floor = floor};
        enum err e = q_rule_try_tickets(t->c->db, &in, &r, &got);
        if (e != ERR_OK)
            return e;
        for (size_t i = 0; i < got; i++) {
            struct pair *p = pair_of(t, r[i].category_code, r[i].area_code, r[i].reported_unit);
            p->n++;
            out->n_moved += p->is_moved;
            out->n_level += p->is_level;
            if (p->is_moved)
                count_move(t, p, r[i].no);
        }
        out->n_tickets += (int64_t)got;
        before = got ? r[got - 1].id : before;
        out->cut = got == BATCH && out->n_tickets >= RULES_TRY_TICKETS;
    }
    return ERR_OK;
}

/* ---- the table --------------------------------------------------------------------------------------------------------- */

static int most_first(const void *x, const void *y)
{
    const struct rule_move *a = x, *b = y;
    if (a->n != b->n)
        return a->n > b->n ? -1 : 1;
    int c = str_cmp(a->from, b->from);
    return c ? c : str_cmp(a->to, b->to);
}

static int most_changed(const void *x, const void *y)
{
    const struct rule_load *a = x, *b = y;
    const int64_t p = a->after - a->before, q = b->after - b->before;
    const int64_t m = p < 0 ? -p : p, n = q < 0 ? -q : q;
    return m != n ? (m > n ? -1 : 1) : str_cmp(a->unit, b->unit);
}

static void put_tables(struct trial *t)
{
    struct rule_move *moves = ARENA_ARRAY(t->c->a, struct rule_move, t->n_moves + 1);
    size_t n = 0;
    for (const struct move *m = t->moves; m; m = m->next)
        moves[n++] = m->m;
    qsort(moves, n, sizeof *moves, most_first);
    for (size_t b = 0; b < BUCKETS; b++)
        for (const struct pair *p = t->pairs[b]; p; p = p->next) {
            if (!p->is_known)
                continue;
            count_load(t, p->from->code, p->n, 0);
            count_load(t, p->to->code, 0, p->n);
        }
    struct rule_load *loads = ARENA_ARRAY(t->c->a, struct rule_load, t->n_loads + 1);
    size_t k = 0;
    for (const struct load *l = t->loads; l; l = l->next)
        if (l->l.before != l->l.after)
            loads[k++] = l->l;
    qsort(loads, k, sizeof *loads, most_changed);
    t->out->moves = moves;
    t->out->n_moves = n < RULES_TRY_MOVES ? n : RULES_TRY_MOVES;
    t->out->loads = loads;
    t->out->n_loads = k < RULES_TRY_MOVES ? k : RULES_TRY_MOVES;
}

enum err rules_try(struct ctx *c, const struct actor *who, uint32_t set, int days, struct rule_trial *ret)
{
    struct trial t = {.c = c, .out = ret};
    struct rule_set current, tried;
    int64_t now = 0;
    *ret = (struct rule_trial){0};
    enum err e = rules_may(c, who);
    if (e == ERR_OK && (days < 1 || days > RULES_TRY_DAYS))
        e = fault_field(c->fault, "days", "OUT_OF_RANGE");
    if (e == ERR_OK)
        e = rules_current(c, &current);
    if (e == ERR_OK)
        e = rules_get_set(c, set, &tried);
    if (e == ERR_OK)
        e = db_now(c->db, &now);
    if (e == ERR_OK)
        e = with_rules(c, current.set, &t.old, &t.old_now);
    if (e == ERR_OK)
        e = with_rules(c, set, &t.new, &t.new_now);
    if (e != ERR_OK)
        return e;
    t.pairs = ARENA_ARRAY(c->a, struct pair *, BUCKETS);
    e = count_all(&t, id_floor(now - days * US_PER_DAY));
    if (e == ERR_OK)
        put_tables(&t);
    return e;
}
