/*
 * staff_rules_act.c - the dry run, and what switches a set: publishing, bringing back, giving up a draft.
 *
 * Contract: nothing is switched by a link; each act has a page that says what it does, and asks for the password again. Whether the set
 * may be switched is decided in app/rules.h at that moment.
 */
#include "gen/tmpl.h"
#include "pages/once.h"
#include "pages/staff_rules.h"

/* ---- the dry run ------------------------------------------------------------------------------------------------------- */

static const struct view_rule_move *say_moves(const struct say *s, const struct rule_trial *t)
{
    struct view_rule_move *out = ARENA_ARRAY(s->a, struct view_rule_move, t->n_moves + 1);
    for (size_t i = 0; i < t->n_moves; i++) {
        const struct rule_move *m = &t->moves[i];
        struct view_link *samples = ARENA_ARRAY(s->a, struct view_link, RULES_TRY_SAMPLES);
        for (size_t k = 0; k < m->n_samples; k++)
            samples[k] = (struct view_link){.text = say_ticket_no(s, m->samples[k])};
        out[i] = (struct view_rule_move){.from = say_unit(s, m->from), .to = say_unit(s, m->to), .n = {m->n}, .samples = samples, .n_samples = m->n_samples};
    }
    return out;
}

static const struct view_rule_load *say_loads(const struct say *s, const struct rule_trial *t)
{
    struct view_rule_load *out = ARENA_ARRAY(s->a, struct view_rule_load, t->n_loads + 1);
    for (size_t i = 0; i < t->n_loads; i++) {
        const struct rule_load *l = &t->loads[i];
        out[i] = (struct view_rule_load){.unit = say_unit(s, l->unit), .before = {l->before}, .after = {l->after},
                                         .change = arena_printf(s->a, "%+lld", (long long)(l->after - l->before))};
    }
    return out;
}

enum err page_staff_rules_try(struct request *rq, struct response *rs)
{
    const struct staff_rules_query *in = rq->form;
    const int days = in != NULL && in->days > 0 ? (int)in->days : STAFF_RULES_TRY_DAYS;
    struct actor who = join_actor(rq);
    struct fault wrong = *rq->fault;
    struct rule_trial t = {0};
    struct rule_set set;
    struct page pg;
    *rq->fault = (struct fault){0};
    enum err e = staff_rules_begin(rq, &set);
    if (e == ERR_OK && !rq->form_invalid)
        e = rules_try(join_ctx(rq), &who, set.set, days, &t);
    if (e != ERR_OK)
        return e;
    *rq->fault = wrong;
    const struct say s = say_of(rq);
    struct str typed = rq->form_invalid ? form_sent(rq, "days") : say_int(&s, days);
    struct view_staff_rules_try v = {.errors = say_errors(rq), .set = staff_rules_say(rq, &set), .days = say_input(rq, "days", typed),
                                     .is_shown = !rq->form_invalid, .is_cut = t.cut, .is_zh = rq->lang != LANG_ZH,
                                     .n_moved = t.n_moved, .all = {t.n_tickets}, .moved = {t.n_moved}, .level = {t.n_level},
                                     .stay = {t.n_tickets - t.n_moved - t.n_level}, .moves = say_moves(&s, &t), .n_moves = t.n_moves,
                                     .loads = say_loads(&s, &t), .n_loads = t.n_loads, .has_more = t.n_moves == RULES_TRY_MOVES};
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, MSG_staff_rules_try);
    else
        staff_page(rq, rs, &pg, MSG_staff_rules_try);
    tmpl_staff_rules_try(&rs->body, &pg, &v);
    return ERR_OK;
}

/* ---- switching --------------------------------------------------------------------------------------------------------- */

struct switching {
    const char *word, *done;
    enum msg title, button;
    bool asks_note, asks_password;
};
static const struct switching publish = {"publish", "published", MSG_staff_rules_publish, MSG_staff_rules_publish_do, false, true};
static const struct switching revert = {"revert", "reverted", MSG_staff_rules_revert, MSG_staff_rules_revert_do, true, true};
static const struct switching drop = {"drop", "dropped", MSG_staff_rules_drop, MSG_staff_rules_drop_do, false, false};
static const struct staff_rules_note nothing;

static enum err show(struct request *rq, struct response *rs, const struct switching *k, const struct rule_set *set, const struct staff_rules_note *in)
{
    const struct rule_change *changes = NULL;
    struct rule_trial t = {0};
    struct actor who = join_actor(rq);
    struct fault wrong = *rq->fault;
    const struct say s = say_of(rq);
    struct page pg;
    size_t n = 0;
    *rq->fault = (struct fault){0};
    enum err e = k->asks_note ? ERR_OK : rules_changes(join_ctx(rq), set->set, &changes, &n);
    if (e == ERR_OK && k->asks_password)
        e = rules_try(join_ctx(rq), &who, set->set, STAFF_RULES_TRY_DAYS, &t);
    if (e != ERR_OK)
        return e;
    *rq->fault = wrong;
    struct view_staff_rules_confirm v = {.errors = say_errors(rq), .set = staff_rules_say(rq, set), .title = k->title, .button = k->button,
                                         .action = arena_printf(rq->a, "/staff/rules/%u/%s", set->set, k->word), .asks_note = k->asks_note,
                                         .is_zh = rq->lang != LANG_ZH, .note = say_input(rq, "note", in->note), .once = once_show(rq, in->once), .n_changes = (int64_t)n};
    v.lead = k->asks_password ? SAY(&s, MSG_staff_rules_effect, {"days", say_int(&s, STAFF_RULES_TRY_DAYS)}, {"n", say_grouped(&s, t.n_tickets)},
                                    {"moved", say_grouped(&s, t.n_moved)}, {"level", say_grouped(&s, t.n_level)})
                              : msg_text(s.lang, MSG_staff_rules_drop_lead);
    if (v.errors.n_errors > 0)
        staff_page_again(rq, rs, &pg, k->title);
    else
        staff_page(rq, rs, &pg, k->title);
    tmpl_staff_rules_confirm(&rs->body, &pg, &v);
    return ERR_OK;
}

static enum err begin(struct request *rq, struct response *rs, const struct switching *k, struct rule_set *set, bool *ret_sent)
{
    struct fault wrong = *rq->fault;
    *ret_sent = false;
    *rq->fault = (struct fault){0};
    enum err e = staff_rules_begin(rq, set);
    if (e == ERR_OK && k->asks_password)
        e = staff_confirm_first(rq, rs, arena_printf(rq->a, "/staff/rules/%u/%s", set->set, k->word), ret_sent);
    if (e == ERR_OK)
        *rq->fault = wrong;
    return e;
}

static enum err ask(struct request *rq, struct response *rs, const struct switching *k)
{
    struct rule_set set;
    bool sent;
    enum err e = begin(rq, rs, k, &set, &sent);
    return e != ERR_OK || sent ? e : show(rq, rs, k, &set, &nothing);
}

static enum err act(struct request *rq, struct response *rs, const struct switching *k)
{
    const struct staff_rules_note *in = rq->form != NULL ? rq->form : &nothing; /* bringing back alone has a form */
    struct actor who = join_actor(rq);
    struct ctx *c = join_ctx(rq);
    struct rule_set set;
    bool sent;
    enum err e = begin(rq, rs, k, &set, &sent);
    if (e != ERR_OK || sent)
        return e;
    uint32_t id = set.set;
    if (k == &revert && rq->form_invalid)
        return show(rq, rs, k, &set, in);
    e = once_take(rq, in->once);
    if (e == ERR_OK)
        e = k == &publish ? rules_publish(c, &who, id) : k == &drop ? rules_drop(c, &who, id) : rules_revert(c, &who, id, in->note, &id);
    if (e == ERR_INVALID)
        return show(rq, rs, k, &set, in);
    return e == ERR_OK ? response_redirect(rs, arena_printf(rq->a, "/staff/rules?done=%s", k->done)) : e;
}

enum err page_staff_rules_publish(struct request *rq, struct response *rs)
{
    return ask(rq, rs, &publish);
}

enum err page_staff_rules_publish_post(struct request *rq, struct response *rs)
{
    return act(rq, rs, &publish);
}

enum err page_staff_rules_revert(struct request *rq, struct response *rs)
{
    return ask(rq, rs, &revert);
}

enum err page_staff_rules_revert_post(struct request *rq, struct response *rs)
{
    return act(rq, rs, &revert);
}

enum err page_staff_rules_drop(struct request *rq, struct response *rs)
{
    return ask(rq, rs, &drop);
}

enum err page_staff_rules_drop_post(struct request *rq, struct response *rs)
{
    return act(rq, rs, &drop);
}
