/*
 * desk_merge.c - the same matter twice: linked, or merged without losing anyone's receipt [T 11 (3)].
 *
 * Contract: desk.h. A merged demand is closed with its own number, code, filer and rating; nothing of its filer goes to the
 * main one. Both are moved in one transaction. Demands of a secret informer are merged with their like alone.
 */
#include "app/desk_private.h"

#include "app/outbox_write.h"
#include "app/routing_private.h"
#include "app/ticket_input.h"


enum err desk_other(struct act *a, const char *field, struct str no, const struct q_ticket_for_act_row **ret)
{
    struct q_ticket_for_act_in in = {0};
    const struct q_ticket_for_act_row *t = NULL;
    if (!ticket_no_parse(a->c->a, no, &in.ticket_no))
        return fault_field(a->c->fault, field, no.n ? "NOT_A_CHOICE" : "REQUIRED");
    enum err e = q_ticket_for_act(a->c->db, &in, &t);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && (t->id == a->t.id || !str_eq(t->reported_unit, a->t.reported_unit))))
        return fault_field(a->c->fault, field, "NOT_A_CHOICE");
    if (e != ERR_OK)
        return e;
    const struct act_ticket other = {.id = t->id, .area_code = t->area_code, .category_code = t->category_code, .reported_unit = t->reported_unit};
    e = act_scope(a->c, a->who, a->permit, &other);
    if (e == ERR_NOT_FOUND) { /* outside of the scope, which sounds the same */
        fault_clear(a->c->fault);
        return fault_field(a->c->fault, field, "NOT_A_CHOICE");
    }
    *ret = t;
    return e;
}

enum err desk_tie(struct act *a, uint64_t other_id)
{
    size_t n = 0;
    struct q_ticket_link_put_in in = {.ticket_id = a->t.id, .other_id = other_id, .at = a->now};
    enum err e = q_ticket_link_put(a->c->db, &in, &n);
    struct q_ticket_link_put_in back = {.ticket_id = other_id, .other_id = a->t.id, .at = a->now};
    return e == ERR_OK ? q_ticket_link_put(a->c->db, &back, &n) : e;
}

/* ---- linking ---------------------------------------------------------------------------------------------------------------- */

static enum err say_linked(struct act *a, void *arg)
{
    const struct str *to = arg;
    struct buf b;
    act_params(a, &b);
    params_put(&b, "to", *to);
    return act_event(a, EVENT_LINKED, STR_NONE, &b, STR_NONE);
}

enum err desk_plan_link(struct act *a, void *arg)
{
    const struct q_ticket_for_act_row *t = NULL;
    enum err e = desk_other(a, "other", *(const struct str *)arg, &t);
    if (e != ERR_OK)
        return e;
    struct str own = a->t.no, other = t->ticket_no;
    const uint64_t other_id = t->id;
    e = desk_tie(a, other_id);
    if (e == ERR_OK)
        e = say_linked(a, &other);
    return e == ERR_OK ? act_beside(a, other_id, say_linked, &own) : e;
}

enum err desk_link(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str other,
                   struct ticket_done *ret)
{
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_LINKED, .permit = MAY_DESK,
                            .plan = desk_plan_link, .arg = &other};
    return act_run(c, who, &q, ret);
}

/* ---- merging ---------------------------------------------------------------------------------------------------------------- */

static enum err say_absorbed(struct act *main, void *arg)
{
    const int64_t *n = arg;
    struct buf b;
    act_params(main, &b);
    params_put_i64(&b, "n", *n);
    enum err e = act_event(main, EVENT_ABSORBED, main->t.lead_unit, &b, STR_NONE);
    return e == ERR_OK && main->t.lead_unit.n
               ? outbox_to_unit(main->c, main->t.id, main->t.no, main->t.lead_unit, "absorbed", main->now)
               : e;
}

static enum err children(struct act *a, uint64_t of, const struct q_ticket_merged_row **ret, size_t *ret_n)
{
    struct q_ticket_merged_in in = {.merged_into = of};
    return q_ticket_merged(a->c->db, &in, ret, ret_n);
}

static enum err plan_merge(struct act *a, void *arg)
{
    const struct q_ticket_for_act_row *t = NULL;
    const struct q_ticket_merged_row *kids = NULL;
    struct buf b;
    size_t n = 0;
    enum err e = children(a, a->t.id, &kids, &n);
    if (e == ERR_OK && n > 0)
        return fault_set(a->c->fault, ERR_CONFLICT, "MERGE_CHAIN", "%zu demands were merged into this one", n);
    if (e == ERR_OK)
        e = desk_other(a, "main", *(const struct str *)arg, &t);
    if (e == ERR_OK && (t->has_merged_into || ticket_state_final((enum ticket_state)t->state)))
        e = fault_field(a->c->fault, "main", "NOT_A_CHOICE");
    if (e != ERR_OK)
        return e;
    const uint64_t main_id = t->id;
    struct str main_no = t->ticket_no;
    e = children(a, main_id, &kids, &n);
    int64_t nth = (int64_t)n + 1;
    act_params(a, &b);
    params_put(&b, "into", main_no);
    a->t.merged_into = main_id;
    a->t.closed_at = a->now;
    if (e == ERR_OK)
        e = routing_lapse(a);
    if (e == ERR_OK)
        e = act_event(a, EVENT_MERGED, STR_NONE, &b, STR_NONE);
    if (e == ERR_OK)
        e = act_beside(a, main_id, say_absorbed, &nth);
    struct buf p;
    act_params(a, &p);
    params_put(&p, "no", a->t.no);
    return e == ERR_OK ? act_tell_filer(a, OUTBOX_SMS_MERGED, &p) : e;
}

enum err desk_merge(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str main,
                    struct ticket_done *ret)
{
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_MERGED, .permit = MAY_DISPATCH,
                            .plan = plan_merge, .arg = &main};
    return act_run(c, who, &q, ret);
}

/* ---- undoing ---------------------------------------------------------------------------------------------------------------- */

static enum err note_unmerged(struct act *main, void *arg)
{
    const struct str *words = arg;
    return act_note(main, EVENT_UNMERGED, main->t.lead_unit, *words, false);
}

struct unmerging {
    struct str words, category_code;
};

/* The main one may have been answered, and that answer rated here: it was not about this demand, whose own events say when it was
 * answered, and whose own answer is rated. */
static enum err forget_main(struct act *a, int64_t merged_at)
{
    const struct q_event_first_reply_row *own = NULL;
    size_t n = 0;
    struct q_event_first_reply_in in = {.ticket_id = a->t.id};
    struct q_rating_withdraw_in rating = {.ticket_id = a->t.id, .round = a->t.round, .since = merged_at};
    enum err e = q_event_first_reply(a->c->db, &in, &own);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    a->t.replied_at = e == ERR_OK ? own->at : 0;
    return q_rating_withdraw(a->c->db, &rating, &n);
}

static enum err plan_unmerge(struct act *a, void *arg)
{
    struct unmerging *x = arg;
    const uint64_t main_id = a->t.merged_into;
    const struct routing as_the_rules_say = {.category_code = x->category_code};
    struct buf b;
    if (main_id == 0)
        return fault_set(a->c->fault, ERR_CONFLICT, "STATE_FORBIDS", "it was not merged");
    act_params(a, &b);
    enum err e = forget_main(a, a->t.closed_at);
    a->t.merged_into = 0;
    a->t.closed_at = 0;
    if (e == ERR_OK)
        e = act_event(a, EVENT_UNMERGED, STR_NONE, &b, x->words);
    if (e == ERR_OK)
        e = routing_send(a, &as_the_rules_say);
    if (e == ERR_OK) { /* who goes on is known now */
        params_put(&b, "unit", a->t.lead_unit);
        a->events[0].unit_code = a->t.lead_unit;
        a->events[0].params = buf_str(&b);
    }
    return e == ERR_OK ? act_beside(a, main_id, note_unmerged, &x->words) : e;
}

enum err desk_unmerge(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str category_code,
                      struct str words, struct ticket_done *ret)
{
    struct unmerging x = {.category_code = category_code};
    enum err e = words_judge(c, "words", words, 0, LIMIT_MESSAGE_CHARS, &x.words);
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_UNMERGED, .permit = MAY_ARBITRATE,
                            .plan = plan_unmerge, .arg = &x};
    return e == ERR_OK ? act_run(c, who, &q, ret) : e;
}

/* ---- the main one is answered --------------------------------------------------------------------------------------------------- */

static enum err invite(struct act *a)
{
    size_t n = 0;
    struct q_rating_invite_in in = {.ticket_id = a->t.id, .round = a->t.round, .at = a->now,
                                    .expires_at = a->now + a->c->set->rating_link_days * US_PER_DAY, .is_demo = a->t.is_demo};
    enum err e = q_rating_invite(a->c->db, &in, &n);
    if (e != ERR_OK || n == 0)
        return e;
    e = act_event(a, EVENT_RATING_INVITED, STR_NONE, NULL, STR_NONE);
    return e == ERR_OK ? act_send_rating_link(a) : e;
}

static enum err plan_answered(struct act *child, void *arg)
{
    (void)arg;
    if (child->t.state != STATE_CLOSED)
        return ERR_OK;
    if (child->t.replied_at == 0)
        child->t.replied_at = child->now;
    return child->t.no_reply ? ERR_OK : invite(child);
}

enum err desk_tell_merged(struct act *main)
{
    const struct q_ticket_merged_row *kids = NULL;
    size_t n = 0;
    enum err e = children(main, main->t.id, &kids, &n);
    uint64_t ids[64];
    BUG_ON(n > sizeof ids / sizeof ids[0]);
    for (size_t i = 0; i < n; i++)
        ids[i] = kids[i].id;
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        e = act_beside(main, ids[i], plan_answered, NULL);
    return e;
}
