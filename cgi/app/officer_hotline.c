/*
 * officer_hotline.c - what the hotline centre does: closing, publishing, and the look at
 * contact data on a logged purpose [T 10, 11, 12; PIPL 51].
 */
#include "app/act.h"
#include "app/audit.h"
#include "app/contact.h"
#include "app/officer.h"
#include "app/outbox_write.h"
#include "app/permission.h"
#include "app/ticket_input.h"
#include "app/visit.h"
#include "base/utf8.h"
#include "gen/sql.h"

enum { PURPOSE_MIN_CHARS = 5, PURPOSE_CHARS = 200 };

static enum err run(struct ctx *c, const struct actor *who, struct str no, uint32_t version, enum event_code event,
                    enum err (*plan)(struct act *, void *), void *arg, struct ticket_done *ret)
{
    struct act_request q = {.ticket_no = no, .version = version, .event = event, .plan = plan, .arg = arg,
                            .permit = MAY_DISPATCH};
    return act_run(c, who, &q, ret);
}

/* ---- closing ------------------------------------------------------------------------------------------------------------ */

static enum err plan_close(struct act *a, void *arg)
{
    const struct str *words = arg;
    struct buf b;
    act_params(a, &b);
    params_put(&b, "why", STR("staff"));
    a->t.closed_at = a->now;
    return act_event(a, EVENT_CLOSED, STR_NONE, &b, *words);
}

enum err officer_close(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str words,
                       struct ticket_done *ret)
{
    struct str judged;
    enum err e = words_judge(c, "words", words, 0, LIMIT_REPLY_CHARS, &judged);
    return e == ERR_OK ? run(c, who, ticket_no, version, EVENT_CLOSED, plan_close, &judged, ret) : e;
}

/* ---- publishing ---------------------------------------------------------------------------------------------------------------------------- */

struct publishing {
    struct str title, body, reply, public_id;
};

static enum err plan_publish(struct act *a, void *arg)
{
    struct publishing *x = arg;
    struct buf b;
    size_t n = 0;
    if (!a->t.is_public)
        return fault_set(a->c->fault, ERR_DENIED, "NOT_PUBLIC", "the filer did not agree to publication");
    struct q_publication_put_in in = {
        .ticket_id = a->t.id, .at = a->now, .district_code = a->t.district_code,
        .street_code = a->t.area_code.n >= 9 ? str_slice(a->t.area_code, 0, 9) : STR_NONE,
        .category_top = str_slice(a->t.category_code, 0, 2), .category_code = a->t.category_code, .title = x->title,
        .body = x->body, .reply = x->reply, .has_reply = x->reply.n > 0,
        .reply_unit = x->reply.n > 0 ? a->t.lead_unit : STR_NONE,
        .reply_day = a->t.replied_at ? clock_local_day(a->t.replied_at) : 0, .has_reply_day = x->reply.n > 0 && a->t.replied_at};
    enum err e = q_publication_put(a->c->db, &in, &n);
    if (e != ERR_OK)
        return e;
    x->public_id = a->t.public_id;
    act_params(a, &b);
    params_put(&b, "public_id", a->t.public_id);
    return act_event(a, EVENT_PUBLISHED, STR_NONE, &b, STR_NONE);
}

enum err officer_publish(struct ctx *c, const struct actor *who, struct str ticket_no, struct str title, struct str body,
                         struct str reply, struct str *ret_public_id)
{
    struct publishing x = {0};
    struct ticket_done done;
    enum err t = words_judge(c, "title", title, 1, LIMIT_TITLE_CHARS, &x.title);
    enum err b = words_judge(c, "body", body, LIMIT_TEXT_MIN_CHARS, LIMIT_TEXT_CHARS, &x.body);
    enum err r = words_judge(c, "reply", reply, 0, LIMIT_REPLY_CHARS, &x.reply);
    enum err e = t != ERR_OK ? t : b != ERR_OK ? b : r;
    if (e == ERR_OK)
        e = run(c, who, ticket_no, 0, EVENT_PUBLISHED, plan_publish, &x, &done);
    if (e == ERR_OK)
        *ret_public_id = x.public_id;
    return e;
}

/* ---- contact data ---------------------------------------------------------------------------------------------------------------------------- */

struct revealing {
    struct ctx *c;
    const struct actor *who;
    struct str no, purpose;
    struct officer_contact_data out;
    bool over;              /* the limit of the day */
    struct str no_stored;
    uint64_t ticket_id;
};

/* Within the scope of a role that calls people: outside of it there is no such demand. An auditor reads who looked, and does
 * not look. */
static enum err in_scope(struct revealing *x, const struct q_ticket_for_act_row *t)
{
    static const enum permit calling[] = {MAY_DESK, MAY_WORK, MAY_VISIT, MAY_SUPERVISE};
    struct permission_ticket p = {.area_code = t->area_code, .category_code = t->category_code, .against_unit = t->reported_unit};
    struct ctx *c = x->c;
    if (!actor_is_staff(x->who) || (x->who->kind == ACTOR_STAFF && x->who->rights == NULL))
        return ERR_OK;
    const enum err e = act_scope_units(c, t->id, &p);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < sizeof calling / sizeof calling[0]; i++) {
        if (permission_ticket(c, x->who, calling[i], &p) == ERR_OK)
            return ERR_OK;
        fault_clear(c->fault);
    }
    return fault_set(c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "outside of the actor's scope");
}

static enum err may_reveal(struct revealing *x, const struct q_ticket_for_act_row *t)
{
    const struct q_assignment_of_ticket_row *r = NULL;
    struct ctx *c = x->c;
    size_t n = 0;
    if (actor_is_hotline(x->who, c->ref))
        return ERR_OK;
    if (!actor_is_staff(x->who) || t->confidential || t->reported_unit.n)
        return fault_set(c->fault, ERR_DENIED, "NOT_YOUR_UNIT", "confidential, or no officer");
    struct q_assignment_of_ticket_in in = {.ticket_id = t->id, .round = t->round};
    enum err e = q_assignment_of_ticket(c->db, &in, &r, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        if (r[i].role != ROLE_COPY && r[i].state != ASSIGN_RETURNED && str_eq(r[i].unit_code, x->who->unit_code))
            return ERR_OK;
    return e == ERR_OK ? fault_set(c->fault, ERR_DENIED, "NOT_YOUR_UNIT", "no assignment of this unit") : e;
}

/* A visitor calls many people a day, but each is on the list and held by this visitor. */
static enum err calls_back(struct revealing *x, bool *ret)
{
    const struct q_visit_of_row *r = NULL;
    struct q_visit_of_in in = {.ticket_no = x->no};
    int64_t now = 0;
    *ret = false;
    if (!permission_has(x->who, MAY_VISIT))
        return ERR_OK;
    enum err e = db_now(x->c->db, &now);
    if (e == ERR_OK)
        e = q_visit_of(x->c->db, &in, &r);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_OK : e;
    *ret = r->state == VISIT_LISTED && r->visitor_id == x->who->staff_id && r->lease_until > now;
    return ERR_OK;
}

/* Who looks at very many contacts in a day is stopped, and those above are told. The operator of sudactl has no number. */
static enum err within_daily(struct revealing *x, const struct q_ticket_for_act_row *t)
{
    const struct q_audit_reveals_row *r = NULL;
    int64_t now = 0;
    bool calling = false;
    if (x->who->staff_id == 0)
        return ERR_OK;
    enum err e = calls_back(x, &calling);
    if (e != ERR_OK || calling)
        return e;
    e = db_now(x->c->db, &now);
    struct q_audit_reveals_in in = {.actor_kind = (int32_t)x->who->kind, .actor_id = x->who->staff_id,
                                    .since = id_floor(now - US_PER_DAY)};
    if (e == ERR_OK)
        e = q_audit_reveals(x->c->db, &in, &r);
    if (e != ERR_OK || r->n < x->c->set->reveal_per_day)
        return e;
    x->over = true;
    x->no_stored = t->ticket_no;
    x->ticket_id = t->id;
    return fault_set(x->c->fault, ERR_LIMITED, "REVEAL_LIMIT", "%lld looks within a day", (long long)r->n);
}

/* Outside of the refused transaction, so that it stays. */
static enum err tell_above(struct db *db, void *arg)
{
    struct revealing *x = arg;
    int64_t now = 0;
    enum err e = db_now(db, &now);
    if (e == ERR_OK)
        e = audit_write(x->c, x->who, AUDIT_REVEAL_LIMIT, AUDIT_OF_TICKET, x->ticket_id, x->purpose);
    const struct unit *centre = refdata_hotline_centre(x->c->ref);
    struct str told = x->who->unit_code.n ? x->who->unit_code : centre ? centre->code : STR_NONE;
    return e == ERR_OK && told.n ? outbox_to_unit(x->c, x->ticket_id, x->no_stored, told, "reveal_limit", now) : e;
}

/* The log is written before the data are read: no look without a trace. */
static enum err reveal_once(struct db *db, void *arg)
{
    struct revealing *x = arg;
    const struct q_ticket_for_act_row *t = NULL;
    struct contact found = {0};
    struct q_ticket_for_act_in in = {.ticket_no = x->no};
    enum err e = q_ticket_for_act(db, &in, &t);
    if (e == ERR_NOT_FOUND)
        return fault_set(x->c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "no such ticket");
    if (e == ERR_OK)
        e = in_scope(x, t);
    if (e == ERR_OK)
        e = may_reveal(x, t);
    if (e == ERR_OK)
        e = within_daily(x, t);
    if (e == ERR_OK)
        e = audit_write(x->c, x->who, AUDIT_CONTACT_REVEAL, AUDIT_OF_TICKET, t->id, x->purpose);
    if (e != ERR_OK)
        return e;
    e = contact_get(x->c, CONTACT_TICKET, t->id, &found);
    if (e == ERR_NOT_FOUND) /* none was left */
        e = ERR_OK;
    x->out = (struct officer_contact_data){found.name, found.phone, found.org};
    return e;
}

enum err officer_reveal_contact(struct ctx *c, const struct actor *who, struct str ticket_no, struct str purpose,
                                struct officer_contact_data *ret)
{
    struct revealing x = {.c = c, .who = who};
    enum err e = words_judge(c, "purpose", purpose, PURPOSE_MIN_CHARS, PURPOSE_CHARS, &x.purpose);
    if (e != ERR_OK)
        return e;
    if (!ticket_no_parse(c->a, ticket_no, &x.no))
        return fault_set(c->fault, ERR_NOT_FOUND, "TICKET_NOT_FOUND", "not a ticket number");
    e = tx_run(c->db, reveal_once, &x);
    if (e == ERR_LIMITED && x.over) {
        fault_clear(c->fault);
        e = tx_run(c->db, tell_above, &x);
        return e == ERR_OK ? fault_set(c->fault, ERR_LIMITED, "REVEAL_LIMIT", "as often as is allowed in a day") : e;
    }
    if (e == ERR_OK)
        *ret = x.out;
    return e;
}
