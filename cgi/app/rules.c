/*
 * rules.c - sets of dispatch rules: drafting, publishing, going back.
 *
 * Contract: rules.h. Whatever changes a set holds one lock from its first statement on, so that what was found true (still a
 * draft, its base still in force) is true when it is written. A published set is never changed again. Single rules stand in
 * rules_edit.c, the dry run in rules_try.c. Must not know how a demand is dispatched.
 */
#include "app/rules_private.h"

#include "app/audit.h"
#include "app/idem.h"
#include "app/permission.h"
#include "app/ticket_input.h"
#include "gen/sql.h"

enum { NOTE_MIN_CHARS = 5 };

enum err rules_may(const struct ctx *c, const struct actor *who)
{
    if (permission_may(c, who, MAY_RULES, STR_NONE, STR_NONE, STR_NONE))
        return ERR_OK;
    return fault_set(c->fault, ERR_DENIED, "NOT_YOUR_UNIT", "may not read or change dispatch rules");
}

/* ---- reading sets ------------------------------------------------------------------------------------------------------ */

#define TAKE(r)                                                                                                        \
    (struct rule_set){.set = (uint32_t)(r).id, .base = (uint32_t)(r).base, .state = (enum rule_set_state)(r).state,    \
                      .note = (r).note, .author_id = (r).author_id, .publisher_id = (r).publisher_id,                  \
                      .author = (r).author, .publisher = (r).publisher, .created_at = (r).created_at,                  \
                      .valid_from = (r).valid_from, .valid_to = (r).valid_to}

static enum err in_force(struct ctx *c, uint32_t *ret)
{
    const struct q_rule_set_in_force_row *r = NULL;
    enum err e = q_rule_set_in_force(c->db, &r);
    if (e == ERR_OK)
        *ret = (uint32_t)r->id;
    return e;
}

static struct rule_set seeded(uint32_t current)
{
    return (struct rule_set){.state = current == 0 ? RULES_IN_FORCE : RULES_PAST};
}

enum err rules_get_set(struct ctx *c, uint32_t set, struct rule_set *ret)
{
    const struct q_rule_set_one_row *r = NULL;
    struct q_rule_set_one_in in = {.id = set};
    uint32_t current = 0;
    enum err e = set == 0 ? in_force(c, &current) : q_rule_set_one(c->db, &in, &r);
    if (e == ERR_NOT_FOUND)
        return fault_set(c->fault, e, "NOT_FOUND", "no such set of rules");
    if (e == ERR_OK)
        *ret = set == 0 ? seeded(current) : TAKE(*r);
    return e;
}

enum err rules_current(struct ctx *c, struct rule_set *ret)
{
    uint32_t current = 0;
    enum err e = in_force(c, &current);
    return e == ERR_OK ? rules_get_set(c, current, ret) : e;
}

enum err rules_history(struct ctx *c, const struct rule_set **ret, size_t *ret_n)
{
    enum { LISTED = 50 };
    const struct q_rule_set_list_row *r = NULL;
    uint32_t current = 0;
    size_t n = 0;
    enum err e = q_rule_set_list(c->db, &r, &n);
    if (e == ERR_OK)
        e = in_force(c, &current);
    if (e != ERR_OK)
        return e;
    struct rule_set *out = ARENA_ARRAY(c->a, struct rule_set, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = TAKE(r[i]);
    if (n < LISTED)
        out[n++] = seeded(current);
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}

/* ---- changing sets ----------------------------------------------------------------------------------------------------- */

struct change {
    struct ctx *c;
    const struct actor *who;
    uint32_t set, from; /* from: what is copied */
    bool copies_current, publishes;
    struct str note;
};

static enum err lock(struct ctx *c)
{
    size_t n = 0;
    return q_rules_lock(c->db, &n);
}

static enum err make_copy(struct change *x, uint32_t base, int64_t now)
{
    struct ctx *c = x->c;
    const struct q_rule_set_last_row *last = NULL;
    size_t n = 0;
    enum err e = q_rule_set_last(c->db, &last);
    if (e != ERR_OK)
        return e;
    x->set = (uint32_t)last->id + 1;
    struct q_rule_set_insert_in set = {.id = x->set, .base = base, .note = x->note, .author_id = x->who->staff_id, .at = now};
    struct q_rule_set_copy_in copy = {.set_id = x->set, .from_id = x->from};
    struct q_rule_set_copy_seeds_in seeds = {.set_id = x->set};
    e = q_rule_set_insert(c->db, &set, &n);
    if (e == ERR_OK)
        e = x->from == 0 ? q_rule_set_copy_seeds(c->db, &seeds, &n) : q_rule_set_copy(c->db, &copy, &n);
    return e;
}

static enum err put_in_force(struct change *x, uint32_t current, int64_t now)
{
    struct ctx *c = x->c;
    struct q_rule_set_past_in past = {.id = current, .at = now};
    struct q_rule_set_publish_in publish = {.id = x->set, .staff_id = x->who->staff_id, .at = now};
    struct q_rules_touch_in touch = {.at = now};
    size_t n = 0;
    enum err e = current ? q_rule_set_past(c->db, &past, &n) : ERR_OK;
    if (e == ERR_OK)
        e = q_rule_set_publish(c->db, &publish);
    if (e == ERR_CONFLICT)
        return fault_set(c->fault, e, "RULES_NOT_DRAFT", "only a draft can be published");
    return e == ERR_OK ? q_rules_touch(c->db, &touch, &n) : e;
}

static enum err copy_tx(struct db *db, void *arg, uint64_t *ret_set)
{
    struct change *x = arg;
    struct ctx *c = x->c;
    uint32_t current = 0;
    int64_t now = 0;
    enum err e = lock(c);
    if (e == ERR_OK)
        e = db_now(db, &now);
    if (e == ERR_OK)
        e = in_force(c, &current);
    if (e == ERR_OK && x->copies_current)
        x->from = current;
    if (e == ERR_OK && !x->copies_current) { /* going back to what was in force once */
        struct rule_set old;
        e = rules_get_set(c, x->from, &old);
        if (e == ERR_OK && old.state != RULES_PAST)
            return fault_set(c->fault, ERR_CONFLICT, "RULES_NOT_PAST", "set %u was never in force, or is", x->from);
    }
    if (e == ERR_OK)
        e = make_copy(x, current, now);
    if (e == ERR_OK && x->publishes)
        e = put_in_force(x, current, now);
    if (e == ERR_OK)
        e = audit_write(c, x->who, x->publishes ? AUDIT_RULES_REVERT : AUDIT_RULES_DRAFT, AUDIT_OF_RULE_SET, x->set, x->note);
    *ret_set = x->set;
    return e;
}

static enum err copy(struct change *x, struct str note, uint32_t *ret_set)
{
    uint64_t made = 0;
    enum err e = rules_may(x->c, x->who);
    if (e == ERR_OK)
        e = words_judge(x->c, "note", note, NOTE_MIN_CHARS, RULES_NOTE_CHARS, &x->note);
    if (e == ERR_OK)
        e = idem_run(x->c, copy_tx, x, &made);
    if (e == ERR_OK)
        *ret_set = (uint32_t)made;
    return e;
}

enum err rules_draft(struct ctx *c, const struct actor *who, struct str note, uint32_t *ret_set)
{
    struct change x = {.c = c, .who = who, .copies_current = true};
    return copy(&x, note, ret_set);
}

enum err rules_revert(struct ctx *c, const struct actor *who, uint32_t to_set, struct str note, uint32_t *ret_set)
{
    struct change x = {.c = c, .who = who, .from = to_set, .publishes = true};
    return copy(&x, note, ret_set);
}

static enum err publish_tx(struct db *db, void *arg)
{
    struct change *x = arg;
    struct ctx *c = x->c;
    struct rule_set set;
    uint32_t current = 0;
    int64_t now = 0;
    enum err e = lock(c);
    if (e == ERR_OK)
        e = db_now(db, &now);
    if (e == ERR_OK)
        e = in_force(c, &current);
    if (e == ERR_OK)
        e = rules_get_set(c, x->set, &set);
    if (e != ERR_OK)
        return e;
    if (set.state != RULES_DRAFT)
        return fault_set(c->fault, ERR_CONFLICT, "RULES_NOT_DRAFT", "set %u is no draft", x->set);
    if (set.base != current)
        return fault_set(c->fault, ERR_CONFLICT, "RULES_MOVED", "drafted from set %u, in force is %u", set.base, current);
    e = put_in_force(x, current, now);
    return e == ERR_OK ? audit_write(c, x->who, AUDIT_RULES_PUBLISH, AUDIT_OF_RULE_SET, x->set, set.note) : e;
}

enum err rules_publish(struct ctx *c, const struct actor *who, uint32_t set)
{
    struct change x = {.c = c, .who = who, .set = set};
    enum err e = rules_may(c, who);
    return e == ERR_OK ? tx_run(c->db, publish_tx, &x) : e;
}

static enum err drop_tx(struct db *db, void *arg)
{
    struct change *x = arg;
    struct ctx *c = x->c;
    struct rule_set set;
    struct q_rule_set_drop_in in = {.id = x->set};
    (void)db;
    enum err e = lock(c);
    if (e == ERR_OK)
        e = rules_get_set(c, x->set, &set);
    if (e == ERR_OK)
        e = set.state == RULES_DRAFT ? q_rule_set_drop(c->db, &in)
                                     : fault_set(c->fault, ERR_CONFLICT, "RULES_NOT_DRAFT", "set %u is no draft", x->set);
    return e == ERR_OK ? audit_write(c, x->who, AUDIT_RULES_DROP, AUDIT_OF_RULE_SET, x->set, STR_NONE) : e;
}

enum err rules_drop(struct ctx *c, const struct actor *who, uint32_t set)
{
    struct change x = {.c = c, .who = who, .set = set};
    enum err e = rules_may(c, who);
    return e == ERR_OK ? tx_run(c->db, drop_tx, &x) : e;
}
