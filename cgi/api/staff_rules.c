/*
 * staff_rules.c - dispatch rules as versions, over JSON: what editors do on their pages, for the tools of a city's own desk.
 *
 * Contract: forms and inner part are those of the pages (pages/staff_rules.h). A key of a service stands for the password that pages
 * ask for again: it was given by an administrator for this role. Must not know what a rule does.
 */
#include "api/staff_rules.h"

#include "api/idem.h"
#include "api/staff_json.h"
#include "app/cursor.h"
#include "pages/staff_rules.h"
#include "web/envelope.h"
#include "web/json.h"

enum { API_ROWS = 50 };

static void set_json(struct json *w, const struct say *s, const struct rule_set *x)
{
    static const char *const states[] = {"", "draft", "in_force", "past", "dropped"};
    const struct str state = str_from_c(states[x->state]);
    json_open_object(w);
    json_put_i64(w, "set", x->set);
    json_put_i64(w, "base", x->base);
    json_key(w, "state");
    said_json(w, state, say_word(s, "staff", arena_concat(s->a, STR("rules_"), state)));
    json_put_str(w, "note", x->note);
    json_put_str(w, "author", x->author);
    json_put_str(w, "publisher", x->publisher);
    json_put_time_or_null(w, "created_at", x->created_at);
    json_put_time_or_null(w, "valid_from", x->valid_from);
    json_put_time_or_null(w, "valid_to", x->valid_to);
    json_close(w);
}

static void rule_json(struct json *w, const struct say *s, const struct rule_row *row)
{
    const struct rule *x = &row->rule;
    json_open_object(w);
    json_put_i64(w, "id", x->id);
    json_put_str(w, "category_prefix", x->category_prefix);
    json_put_str(w, "area_prefix", x->area_prefix);
    PUT_WORD(w, s, "lead_kind", WORDS_LEAD_KIND, "staff_lead", x->lead_kind);
    json_put_str(w, "lead_ref", x->lead_ref);
    json_put_str(w, "co_refs", x->co_refs);
    json_put_i64(w, "response_level", x->response_level);
    json_put_bool(w, "working_days", x->working_days);
    json_put_bool(w, "copy_district", x->copy_district);
    json_put_str(w, "note", row->note);
    json_put_str(w, "says", staff_rule_says(s, x));
    json_close(w);
}

static void rule_or_null(struct json *w, const struct say *s, const struct rule_row *row)
{
    if (row != NULL)
        rule_json(w, s, row);
    else
        json_null(w);
}

/* ---- reading ---------------------------------------------------------------------------------------------------------- */

enum err api_staff_rules(struct request *rq, struct response *rs)
{
    const struct rule_set *sets = NULL;
    struct actor who = join_actor(rq);
    struct json w;
    size_t n = 0;
    enum err e = rules_may(join_ctx(rq), &who);
    if (e == ERR_OK)
        e = rules_history(join_ctx(rq), &sets, &n);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_list(rq, rs, &w);
    for (size_t i = 0; i < n; i++)
        set_json(&w, &s, &sets[i]);
    return envelope_list_close(rq, rs, &w, STR_NONE); /* the newest fifty, as the page has them */
}

enum err api_staff_rules_set(struct request *rq, struct response *rs)
{
    const struct staff_rules_query *q = rq->form;
    struct ctx *c = join_ctx(rq);
    struct rule_set set;
    struct rules_page p;
    struct cursor at;
    struct json w;
    bool given = false;
    enum err e = staff_rules_begin(rq, &set);
    const struct str filter = arena_printf(rq->a, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(rq->path_args[0]), STR_ARG(q->category_prefix), STR_ARG(q->unit));
    if (e == ERR_OK)
        e = cursor_open(c->keys, rq->a, CURSOR_RULES, filter, q->cursor, &at, &given, rq->fault);
    const struct rules_filter f = {.category = q->category_prefix, .unit = q->unit, .after = (uint32_t)(given ? at.a : q->after), .limit = API_ROWS};
    if (e == ERR_OK)
        e = rules_list(c, set.set, &f, &p);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_key(&w, "set");
    set_json(&w, &s, &set);
    json_put_i64(&w, "rules", (int64_t)p.n_all);
    json_put_i64(&w, "found", (int64_t)p.n_found);
    json_key(&w, "items");
    json_open_array(&w);
    for (size_t i = 0; i < p.n_rows; i++)
        rule_json(&w, &s, &p.rows[i]);
    const struct cursor next = {p.more ? p.rows[p.n_rows - 1].rule.id : 0, 0};
    return envelope_list_close(rq, rs, &w, p.more ? cursor_seal(c->keys, rq->a, CURSOR_RULES, filter, next) : STR_NONE);
}

enum err api_staff_rules_changes(struct request *rq, struct response *rs)
{
    const struct rule_change *x = NULL;
    struct rule_set set;
    struct json w;
    size_t n = 0;
    enum err e = staff_rules_begin(rq, &set);
    if (e == ERR_OK)
        e = rules_changes(join_ctx(rq), set.set, &x, &n);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_key(&w, "set");
    set_json(&w, &s, &set);
    json_key(&w, "items");
    json_open_array(&w);
    for (size_t i = 0; i < n; i++) {
        json_open_object(&w);
        json_put_i64(&w, "id", x[i].id);
        json_key(&w, "before");
        rule_or_null(&w, &s, x[i].before);
        json_key(&w, "after");
        rule_or_null(&w, &s, x[i].after);
        json_close(&w);
    }
    json_close(&w);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

/* ---- the dry run ------------------------------------------------------------------------------------------------------- */

static void moves_json(struct json *w, const struct say *s, const struct rule_trial *t)
{
    json_key(w, "moves");
    json_open_array(w);
    for (size_t i = 0; i < t->n_moves; i++) {
        const struct rule_move *m = &t->moves[i];
        json_open_object(w);
        PUT_UNIT(w, s, "from", m->from);
        PUT_UNIT(w, s, "to", m->to);
        json_put_i64(w, "n", m->n);
        json_key(w, "samples");
        json_open_array(w);
        for (size_t k = 0; k < m->n_samples; k++)
            json_str(w, say_ticket_no(s, m->samples[k]));
        json_close(w);
        json_close(w);
    }
    json_close(w);
}

static void loads_json(struct json *w, const struct say *s, const struct rule_trial *t)
{
    json_key(w, "loads");
    json_open_array(w);
    for (size_t i = 0; i < t->n_loads; i++) {
        json_open_object(w);
        PUT_UNIT(w, s, "unit", t->loads[i].unit);
        json_put_i64(w, "before", t->loads[i].before);
        json_put_i64(w, "after", t->loads[i].after);
        json_close(w);
    }
    json_close(w);
}

enum err api_staff_rules_try(struct request *rq, struct response *rs)
{
    const struct staff_rules_query *q = rq->form;
    const int days = q->days > 0 ? (int)q->days : STAFF_RULES_TRY_DAYS;
    struct actor who = join_actor(rq);
    struct rule_trial t = {0};
    struct rule_set set;
    struct json w;
    enum err e = staff_rules_begin(rq, &set);
    if (e == ERR_OK)
        e = rules_try(join_ctx(rq), &who, set.set, days, &t);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_key(&w, "set");
    set_json(&w, &s, &set);
    json_put_i64(&w, "days", days);
    json_put_i64(&w, "tickets", t.n_tickets);
    json_put_i64(&w, "moved", t.n_moved);
    json_put_i64(&w, "other_limit", t.n_level);
    json_put_bool(&w, "cut", t.cut);
    moves_json(&w, &s, &t);
    loads_json(&w, &s, &t);
    json_close(&w);
    return envelope_close(rq, rs, &w, 200);
}

/* ---- changing and switching ---------------------------------------------------------------------------------------------- */

static enum err tell_set(struct request *rq, struct response *rs, uint32_t id, int status)
{
    struct rule_set set;
    struct json w;
    const enum err e = rules_get_set(join_ctx(rq), id, &set);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    envelope_open(rq, rs, &w);
    set_json(&w, &s, &set);
    return envelope_close(rq, rs, &w, status);
}

enum err api_staff_rules_draft(struct request *rq, struct response *rs)
{
    const struct staff_rules_note *in = rq->form;
    struct actor who = join_actor(rq);
    uint32_t set = 0;
    enum err e = idem_not_once(rq, in->once);
    if (e == ERR_OK)
        e = idem_take(rq, true);
    if (e == ERR_OK)
        e = rules_draft(join_ctx(rq), &who, in->note, &set);
    return e == ERR_OK ? tell_set(rq, rs, set, 201) : e;
}

enum err api_staff_rule(struct request *rq, struct response *rs)
{
    const struct staff_rule_form *in = rq->form;
    const bool keeps = str_eq_c(in->go, "save"), removes = str_eq_c(in->go, "remove");
    struct rule_set set;
    struct rule_row row = {0};
    struct json w;
    uint32_t id = 0;
    enum err e = staff_rule_begin(rq, &set, &id);
    const bool makes = keeps && id == 0;
    if (e == ERR_OK)
        e = idem_not_once(rq, in->once);
    if (e == ERR_OK)
        e = idem_take(rq, makes);
    if (e == ERR_OK)
        e = staff_rule_do(rq, set.set, in, &id, &row);
    if (e != ERR_OK)
        return e;
    const struct say s = say_of(rq);
    row.rule.id = id;
    envelope_open(rq, rs, &w);
    json_open_object(&w);
    json_put_i64(&w, "set", set.set);
    json_put_bool(&w, "kept", keeps);
    json_key(&w, "rule");
    rule_or_null(&w, &s, removes ? NULL : &row);
    json_close(&w);
    return envelope_close(rq, rs, &w, makes ? 201 : 200);
}

enum err api_staff_rules_publish(struct request *rq, struct response *rs)
{
    struct actor who = join_actor(rq);
    struct rule_set set;
    enum err e = staff_rules_begin(rq, &set);
    if (e == ERR_OK)
        e = rules_publish(join_ctx(rq), &who, set.set);
    return e == ERR_OK ? tell_set(rq, rs, set.set, 200) : e;
}

enum err api_staff_rules_drop(struct request *rq, struct response *rs)
{
    struct actor who = join_actor(rq);
    struct rule_set set;
    enum err e = staff_rules_begin(rq, &set);
    if (e == ERR_OK)
        e = rules_drop(join_ctx(rq), &who, set.set);
    return e == ERR_OK ? tell_set(rq, rs, set.set, 200) : e;
}

enum err api_staff_rules_revert(struct request *rq, struct response *rs)
{
    const struct staff_rules_note *in = rq->form;
    struct actor who = join_actor(rq);
    struct rule_set set;
    uint32_t id = 0;
    enum err e = staff_rules_begin(rq, &set);
    if (e == ERR_OK)
        e = idem_not_once(rq, in->once);
    if (e == ERR_OK)
        e = idem_take(rq, true);
    if (e == ERR_OK)
        e = rules_revert(join_ctx(rq), &who, set.set, in->note, &id);
    return e == ERR_OK ? tell_set(rq, rs, id, 201) : e;
}
