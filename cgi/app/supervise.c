/*
 * supervise.c - 督办: a unit accounts for a demand by a time of its own.
 *
 * Contract: supervise.h. A step of the ladder is taken once, whoever tries: the table's key sees to it. Who gets the
 * account: the unit's own manager, the district, the city, by level. Must not know when the ladder calls.
 */
#include "app/supervise_private.h"

#include "app/dispatch.h"
#include "app/outbox_write.h"
#include "app/permission.h"
#include "app/ticket_input.h"
#include "gen/sql.h"

enum { WORDS_MIN_CHARS = 5, PAGE_ROWS = 50, ANSWER_MAX_DAYS = 60 };

static const struct actor worker = {.kind = ACTOR_SYSTEM};

/* The unit that gets the account; never the one that owes it, except its own manager, nor one that a secret informer reported. */
static struct str reader_of(const struct act *a, struct str unit, enum supervise_level level)
{
    const struct unit *u = NULL;
    if (level == SUPERVISE_UNIT)
        return unit;
    if (level == SUPERVISE_DISTRICT)
        u = refdata_district_government(a->c->ref, a->t.district_code);
    if (!u || str_eq(u->code, unit) || dispatch_unit_within(a->c->ref, u->code, a->t.reported_unit))
        u = refdata_hotline_centre(a->c->ref);
    return u ? u->code : STR_NONE;
}

static enum err put_row(struct act *a, const struct supervising *x, struct str by)
{
    const uint64_t id = id_new(a->now);
    size_t n = 0;
    struct q_supervision_insert_in in = {
        .id = id, .ticket_id = a->t.id, .round = a->t.round, .unit_code = x->unit, .by_unit = by,
        .district_code = a->t.district_code, .level = (int32_t)x->level, .ground = (int32_t)x->ground,
        .once_key = x->ground == SUPERVISE_BY_HAND ? id : 0, .staff_id = a->who->staff_id, .created_at = a->now,
        .due_at = x->due_at, .is_demo = a->t.is_demo};
    return q_supervision_insert(a->c->db, &in, &n);
}

enum err supervise_within(struct act *a, const struct supervising *x)
{
    static const char *const levels[] = {"", "unit", "district", "city"};
    const struct str by = reader_of(a, x->unit, x->level);
    struct buf b;
    act_params(a, &b);
    params_put(&b, "unit", x->unit);
    params_put(&b, "level_of", str_from_c(levels[x->level]));
    params_put_i64(&b, "ground", x->ground);
    params_put_i64(&b, "due", x->due_at);
    enum err e = act_event(a, EVENT_SUPERVISED, x->unit, &b, x->words);
    if (e == ERR_OK)
        e = put_row(a, x, by);
    if (e == ERR_OK)
        e = outbox_to_unit(a->c, a->t.id, a->t.no, x->unit, "supervised", a->now);
    if (e == ERR_OK && by.n && !str_eq(by, x->unit))
        e = outbox_to_unit(a->c, a->t.id, a->t.no, by, "supervising", a->now);
    return e;
}

/* ---- by hand ---------------------------------------------------------------------------------------------------------- */

static enum err plan_start(struct act *a, void *arg)
{
    struct supervising x = *(const struct supervising *)arg;
    const struct q_supervision_exists_row *r = NULL;
    struct q_supervision_exists_in in = {.ticket_id = a->t.id, .round = a->t.round, .ground = SUPERVISE_BY_HAND};
    enum err e = q_supervision_exists(a->c->db, &in, &r);
    if (e != ERR_OK)
        return e;
    if (r->n_open > 0)
        return fault_set(a->c->fault, ERR_CONFLICT, "SUPERVISED_ALREADY", "an account is still owed");
    if (x.due_at == 0)
        x.due_at = a->now + a->c->set->supervise_answer_hours * US_PER_HOUR;
    if (x.due_at <= a->now)
        return fault_field(a->c->fault, "due", "TOO_EARLY");
    if (x.due_at > a->now + ANSWER_MAX_DAYS * US_PER_DAY)
        return fault_field(a->c->fault, "due", "OUT_OF_RANGE");
    x.unit = a->t.lead_unit;
    x.level = actor_is_hotline(a->who, a->c->ref) ? SUPERVISE_CITY : SUPERVISE_DISTRICT;
    return supervise_within(a, &x);
}

enum err supervise_start(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, int64_t due,
                         struct str words, struct ticket_done *ret)
{
    struct supervising x = {.ground = SUPERVISE_BY_HAND, .due_at = due};
    enum err e = words_judge(c, "words", words, WORDS_MIN_CHARS, LIMIT_MESSAGE_CHARS, &x.words);
    if (e != ERR_OK)
        return e;
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_SUPERVISED, .permit = MAY_SUPERVISE,
                            .plan = plan_start, .arg = &x};
    return act_run(c, who, &q, ret);
}

static enum err plan_answer(struct act *a, void *arg)
{
    const struct str *words = arg;
    const struct str unit = a->who->unit_code.n ? a->who->unit_code : a->t.lead_unit;
    struct buf b;
    size_t n = 0;
    struct q_supervision_answer_in in = {.ticket_id = a->t.id, .unit_code = unit, .at = a->now};
    enum err e = q_supervision_answer(a->c->db, &in, &n);
    if (e == ERR_OK && n == 0)
        return fault_set(a->c->fault, ERR_CONFLICT, "NOT_SUPERVISED", "no account is owed by this unit");
    act_params(a, &b);
    params_put(&b, "unit", unit);
    if (e == ERR_OK)
        e = act_event(a, EVENT_SUPERVISION_ANSWERED, unit, &b, *words);
    const struct unit *centre = refdata_hotline_centre(a->c->ref);
    if (e == ERR_OK && centre)
        e = outbox_to_unit(a->c, a->t.id, a->t.no, centre->code, "supervision_answered", a->now);
    return e;
}

enum err supervise_answer(struct ctx *c, const struct actor *who, struct str ticket_no, uint32_t version, struct str words,
                          struct ticket_done *ret)
{
    struct str judged;
    enum err e = words_judge(c, "words", words, WORDS_MIN_CHARS, LIMIT_MESSAGE_CHARS, &judged);
    if (e != ERR_OK)
        return e;
    struct act_request q = {.ticket_no = ticket_no, .version = version, .event = EVENT_SUPERVISION_ANSWERED,
                            .plan = plan_answer, .arg = &judged};
    return act_run(c, who, &q, ret);
}

/* ---- the worker ------------------------------------------------------------------------------------------------------- */

static enum err plan_ground(struct act *a, void *arg)
{
    struct supervising x = *(const struct supervising *)arg;
    x.unit = a->t.lead_unit;
    x.level = SUPERVISE_DISTRICT;
    x.due_at = a->now + a->c->set->supervise_answer_hours * US_PER_HOUR;
    return supervise_within(a, &x);
}

enum err supervise_by_ground(struct ctx *c, struct str ticket_no, enum supervise_ground ground, bool *ret_taken)
{
    struct supervising x = {.ground = ground};
    struct ticket_done done;
    struct act_request q = {.ticket_no = ticket_no, .event = EVENT_SUPERVISED, .plan = plan_ground, .arg = &x};
    enum err e = act_run(c, &worker, &q, &done);
    *ret_taken = e == ERR_OK;
    if (e == ERR_CONFLICT) { /* taken before, or nothing is owed any more */
        fault_clear(c->fault);
        return ERR_OK;
    }
    return e;
}

struct settling {
    struct ctx *c;
    const struct q_supervision_due_row *r;
};

static enum err settle_tx(struct db *db, void *arg)
{
    const struct settling *x = arg;
    const bool owed = x->r->ticket_state <= STATE_REPLIED;
    int64_t now = 0;
    size_t n = 0;
    struct q_supervision_settle_in in = {.id = x->r->id, .state = owed ? SUPERVISE_OVERDUE : SUPERVISE_ENDED};
    enum err e = db_now(db, &now);
    if (e == ERR_OK)
        e = q_supervision_settle(db, &in, &n);
    if (e != ERR_OK || n == 0 || !owed)
        return e;
    e = outbox_to_unit(x->c, x->r->ticket_id, x->r->ticket_no, x->r->unit_code, "supervision_overdue", now);
    if (e == ERR_OK && x->r->by_unit.n && !str_eq(x->r->by_unit, x->r->unit_code))
        e = outbox_to_unit(x->c, x->r->ticket_id, x->r->ticket_no, x->r->by_unit, "supervision_overdue", now);
    return e;
}

enum err supervise_overdue(struct ctx *c, size_t batch, size_t *ret_n)
{
    const struct q_supervision_due_row *r = NULL;
    int64_t now = 0;
    size_t n = 0;
    enum err e = db_now(c->db, &now);
    struct q_supervision_due_in in = {.now = now};
    if (e == ERR_OK)
        e = q_supervision_due(c->db, &in, &r, &n);
    if (n > batch)
        n = batch;
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        struct settling x = {.c = c, .r = &r[i]};
        e = tx_run(c->db, settle_tx, &x);
    }
    if (e == ERR_OK)
        *ret_n = n;
    return e;
}

/* ---- lists ------------------------------------------------------------------------------------------------------------ */

/* The two statements give the same columns. */
#define TAKE(out, r)                                                                                                   \
    (out) = (struct supervise_row){                                                                                    \
        .id = (r).id, .ticket_id = (r).ticket_id, .no = (r).ticket_no, .title = (r).title, .unit_code = (r).unit_code, \
        .by_unit = (r).by_unit, .district_code = (r).district_code, .level = (enum supervise_level)(r).level,          \
        .ground = (enum supervise_ground)(r).ground, .state = (enum supervise_state)(r).state,                         \
        .created_at = (r).created_at, .due_at = (r).due_at, .answered_at = (r).answered_at, .staff_id = (r).staff_id,       \
        .area_code = (r).area_code, .category_code = (r).category_code, .reported_unit = (r).reported_unit}

static enum err read_rows(struct ctx *c, struct str unit_code, enum supervise_state state, struct supervise_after after,
                          struct supervise_row *out, size_t *ret_n)
{
    const struct q_supervision_of_unit_row *u = NULL;
    const struct q_supervision_all_row *r = NULL;
    struct q_supervision_of_unit_in one = {.unit_code = unit_code, .state = (int32_t)state, .after_due = after.due_at, .after_id = after.id};
    struct q_supervision_all_in all = {.state = (int32_t)state, .after_due = after.due_at, .after_id = after.id};
    enum err e = unit_code.n ? q_supervision_of_unit(c->db, &one, &u, ret_n) : q_supervision_all(c->db, &all, &r, ret_n);
    for (size_t i = 0; e == ERR_OK && i < *ret_n; i++) {
        if (unit_code.n)
            TAKE(out[i], u[i]);
        else
            TAKE(out[i], r[i]);
    }
    return e;
}

static bool may_see(struct ctx *c, const struct actor *who, const struct supervise_row *r)
{
    const struct permission_ticket t = {.area_code = r->area_code, .category_code = r->category_code, .units = &r->unit_code, .n_units = 1,
                                        .against_unit = r->reported_unit};
    const bool ok = permission_ticket(c, who, MAY_WALL, &t) == ERR_OK;
    if (!ok)
        fault_clear(c->fault);
    return ok;
}

enum err supervise_list(struct ctx *c, const struct actor *who, struct str unit_code, enum supervise_state state,
                        struct supervise_after after, size_t limit, const struct supervise_row **ret, size_t *ret_n,
                        struct supervise_after *ret_next, bool *ret_more)
{
    struct supervise_row *out = ARENA_ARRAY(c->a, struct supervise_row, PAGE_ROWS + 1);
    size_t n = 0, kept = 0;
    enum err e = read_rows(c, unit_code, state, after, out, &n);
    if (e != ERR_OK)
        return e;
    const size_t most = limit < PAGE_ROWS ? limit : PAGE_ROWS, read = n < most ? n : most;
    *ret_more = n > most;
    if (read > 0)
        *ret_next = (struct supervise_after){out[read - 1].due_at, out[read - 1].id};
    for (size_t i = 0; i < read; i++)
        if (may_see(c, who, &out[i]))
            out[kept++] = out[i];
    *ret = out;
    *ret_n = kept;
    return ERR_OK;
}
