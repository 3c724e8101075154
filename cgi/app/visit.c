/*
 * visit.c - the visitors' phone list: reading it, taking and giving back a call, and who gets on it.
 *
 * Contract: visit.h. A call is held by a lease in the row; whoever loses it finds out at the next act. What the citizen says
 * is recorded in visit_act.c.
 */
#include "app/visit.h"

#include "app/act.h"
#include "app/contact.h"
#include "app/ids.h"
#include "app/permission.h"
#include "app/refdata.h"
#include "app/visit_private.h"
#include "base/clock.h"
#include "gen/sql.h"

enum { PAGE_ROWS = 50, LANES = 2 };

struct str visit_result_word(enum visit_result r)
{
    static const char *const words[] = {"", "no_answer", "busy", "off", "wrong_number", "later"};
    _Static_assert(sizeof words / sizeof *words == VISIT_RESULT_END, "a word for each result");
    return r > 0 && r < VISIT_RESULT_END ? str_from_c(words[r]) : STR_NONE;
}

int64_t visit_answers_open_at(const struct app_settings *s, int64_t answered_at)
{
    const struct civil at = clock_civil(answered_at);
    struct civil end = {.year = at.year, .month = at.month, .day = s->visit_period_day};
    if (at.day >= s->visit_period_day && ++end.month > 12) {
        end.month = 1;
        end.year++;
    }
    return clock_from_civil(&end);
}

/* The hotline centre calls back; a unit's own people never see whom it calls about whom. */
enum err visit_may(const struct ctx *c, const struct actor *who)
{
    if (permission_has(who, MAY_VISIT) && actor_is_hotline(who, c->ref))
        return ERR_OK;
    return fault_set(c->fault, ERR_DENIED, "NOT_YOUR_UNIT", "no visitor");
}

/* A visitor for some districts or classes alone has no other calls. */
static bool is_within(const struct ctx *c, const struct actor *who, struct str district_code, struct str category_code)
{
    return permission_may(c, who, MAY_VISIT, STR_NONE, district_code, category_code);
}

enum err visit_find(struct ctx *c, struct str ticket_no, const struct q_visit_of_row **ret, struct str *ret_no)
{
    struct q_visit_of_in in = {0};
    enum err e = ticket_no_parse(c->a, ticket_no, &in.ticket_no) ? q_visit_of(c->db, &in, ret) : ERR_NOT_FOUND;
    *ret_no = in.ticket_no;
    return e == ERR_NOT_FOUND ? fault_set(c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "no such demand, or not to be asked about") : e;
}

/* ---- lists ------------------------------------------------------------------------------------------------------------ */

#define TAKE(out, r)                                                                                                  \
    (out) = (struct visit_row){                                                                                       \
        .ticket_id = (r).ticket_id, .round = (r).round, .no = (r).ticket_no, .title = (r).title, .unit_code = (r).unit_code, \
        .category_code = (r).category_code, .district_code = (r).district_code, .state = (enum visit_state)(r).state, \
        .attempts = (r).attempts, .lane = (r).lane, .due_at = (r).due_at, .call_at = (r).call_at,                     \
        .lease_until = (r).lease_until, .visitor_id = (r).visitor_id}

struct page {
    struct visit_row *out;
    size_t n, limit;
    bool more;
};

/* Rows outside of the scope are passed over, window after window. */
static enum err read_lane(struct ctx *c, const struct actor *who, struct visit_after after, int64_t now, struct page *p)
{
    size_t n = 0;
    do {
        const struct q_visit_queue_row *r = NULL;
        struct q_visit_queue_in in = {.lane = after.lane, .call_at = after.call_at, .after_id = after.ticket_id, .now = now};
        enum err e = q_visit_queue(c->db, &in, &r, &n);
        if (e != ERR_OK)
            return e;
        for (size_t i = 0; i < n && !p->more; i++) {
            if (!is_within(c, who, r[i].district_code, r[i].category_code))
                continue;
            p->more = p->n == p->limit;
            if (!p->more)
                TAKE(p->out[p->n], r[i]);
            p->n += !p->more;
        }
        if (n > 0)
            after = (struct visit_after){after.lane, r[n - 1].call_at, r[n - 1].ticket_id};
    } while (n > PAGE_ROWS && !p->more);
    return ERR_OK;
}

enum err visit_queue(struct ctx *c, const struct actor *who, struct visit_after after, size_t limit,
                     const struct visit_row **ret, size_t *ret_n, bool *ret_more)
{
    struct page p = {.limit = limit < PAGE_ROWS ? limit : PAGE_ROWS};
    int64_t now = 0;
    enum err e = visit_may(c, who);
    if (e == ERR_OK)
        e = db_now(c->db, &now);
    p.out = ARENA_ARRAY(c->a, struct visit_row, p.limit + 1);
    for (; e == ERR_OK && !p.more && after.lane < LANES; after = (struct visit_after){.lane = after.lane + 1})
        e = read_lane(c, who, after, now, &p);
    if (e != ERR_OK)
        return e;
    *ret = p.out;
    *ret_n = p.n;
    *ret_more = p.more;
    return ERR_OK;
}

enum err visit_held(struct ctx *c, const struct actor *who, const struct visit_row **ret, size_t *ret_n)
{
    const struct q_visit_held_row *r = NULL;
    size_t n = 0;
    int64_t now = 0;
    enum err e = visit_may(c, who);
    if (e == ERR_OK)
        e = db_now(c->db, &now);
    struct q_visit_held_in in = {.visitor = who->staff_id, .now = now};
    if (e == ERR_OK)
        e = q_visit_held(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct visit_row *out = ARENA_ARRAY(c->a, struct visit_row, n ? n : 1);
    for (size_t i = 0; i < n; i++)
        TAKE(out[i], r[i]);
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}

/* ---- taking a call ---------------------------------------------------------------------------------------------------- */

static enum err fill_call(struct ctx *c, const struct q_visit_of_row *r, struct str no, struct visit_call *ret)
{
    const struct q_visit_reply_row *reply = NULL;
    struct q_visit_reply_in in = {.ticket_id = r->ticket_id};
    enum err e = q_visit_reply(c->db, &in, &reply);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    *ret = (struct visit_call){
        .row = {.ticket_id = r->ticket_id, .round = r->round, .no = no, .title = r->title, .unit_code = r->unit_code,
                .category_code = r->category_code, .district_code = r->district_code, .state = (enum visit_state)r->state,
                .attempts = r->attempts, .lane = r->lane, .due_at = r->due_at, .call_at = r->call_at,
                .lease_until = r->lease_until, .visitor_id = r->visitor_id},
        .title = r->title, .created_at = r->created_at, .replied_at = r->replied_at, .lang = r->lang, .level = r->response_level, .no_reply = r->no_reply};
    if (e == ERR_OK)
        ret->reply = reply->words;
    return ERR_OK;
}

enum err visit_claim(struct ctx *c, const struct actor *who, struct str ticket_no, struct visit_call *ret)
{
    const struct q_visit_of_row *r = NULL;
    struct str no;
    size_t n = 0;
    int64_t now = 0;
    enum err e = visit_may(c, who);
    if (e == ERR_OK)
        e = db_now(c->db, &now);
    if (e == ERR_OK)
        e = visit_find(c, ticket_no, &r, &no);
    if (e == ERR_OK && !is_within(c, who, r->district_code, r->category_code))
        e = fault_set(c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "outside of the visitor's scope");
    if (e != ERR_OK)
        return e;
    struct q_visit_claim_in in = {.ticket_id = r->ticket_id, .round = r->round, .visitor = who->staff_id, .now = now,
                                  .until = now + c->set->visit_lease_minutes * 60 * US_PER_S};
    e = q_visit_claim(c->db, &in, &n);
    if (e == ERR_OK && n == 0)
        return r->state == VISIT_LISTED ? fault_set(c->fault, ERR_CONFLICT, "VISIT_TAKEN", "another visitor holds it")
                                        : fault_set(c->fault, ERR_CONFLICT, "VISIT_DONE", "not on the phone list");
    if (e == ERR_OK)
        e = fill_call(c, r, no, ret);
    if (e == ERR_OK) {
        ret->row.lease_until = in.until;
        ret->row.visitor_id = who->staff_id;
    }
    return e;
}

enum err visit_look(struct ctx *c, const struct actor *who, struct str ticket_no, struct visit_call *ret)
{
    const struct q_visit_of_row *r = NULL;
    struct str no;
    enum err e = visit_may(c, who);
    if (e == ERR_OK)
        e = visit_find(c, ticket_no, &r, &no);
    if (e == ERR_OK && !is_within(c, who, r->district_code, r->category_code))
        e = fault_set(c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "outside of the visitor's scope");
    return e == ERR_OK ? fill_call(c, r, no, ret) : e;
}

enum err visit_release(struct ctx *c, const struct actor *who, struct str ticket_no)
{
    const struct q_visit_of_row *r = NULL;
    struct str no;
    size_t n = 0;
    enum err e = visit_may(c, who);
    if (e == ERR_OK)
        e = visit_find(c, ticket_no, &r, &no);
    if (e != ERR_OK)
        return e;
    struct q_visit_release_in in = {.ticket_id = r->ticket_id, .round = r->round, .visitor = who->staff_id};
    return q_visit_release(c->db, &in, &n);
}

/* ---- the worker ------------------------------------------------------------------------------------------------------- */

static enum err list_one(struct ctx *c, const struct q_visit_due_row *r, int64_t now)
{
    struct contact who = {0};
    size_t n = 0;
    const bool asked = r->round == r->ticket_round && r->ticket_state >= STATE_REPLIED && r->ticket_state <= STATE_CLOSED;
    if (!asked) {
        struct q_visit_lapse_in lapse = {.ticket_id = r->ticket_id, .round = r->round, .at = now};
        return q_visit_lapse(c->db, &lapse, &n);
    }
    enum err e = contact_get(c, CONTACT_TICKET, r->ticket_id, &who);
    if (e != ERR_OK && e != ERR_NOT_FOUND)
        return e;
    if (who.phone.n == 0) { /* the link stays; when it lapses, so does this */
        struct q_visit_no_phone_in none = {.ticket_id = r->ticket_id, .round = r->round,
                                           .again_at = now + c->set->rating_link_days * US_PER_DAY};
        return q_visit_no_phone(c->db, &none, &n);
    }
    struct q_visit_to_list_in in = {.ticket_id = r->ticket_id, .round = r->round};
    return q_visit_to_list(c->db, &in, &n);
}

enum err visit_list_due(struct ctx *c, size_t batch, size_t *ret_n)
{
    const struct q_visit_due_row *r = NULL;
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(c->db, &now);
    struct q_visit_due_in in = {.now = now};
    if (e == ERR_OK)
        e = q_visit_due(c->db, &in, &r, &n);
    if (n > batch)
        n = batch;
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        e = list_one(c, &r[i], now);
    if (e == ERR_OK)
        *ret_n = n;
    return e;
}

enum err visit_counts(struct ctx *c, struct visit_counts *ret)
{
    const struct q_visit_counts_row *r = NULL;
    enum err e = q_visit_counts(c->db, &r);
    if (e == ERR_OK)
        *ret = (struct visit_counts){r->invited, r->listed, r->oldest};
    return e;
}
