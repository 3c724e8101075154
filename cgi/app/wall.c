/*
 * wall.c - keeps the rows and numbers of the wall.
 *
 * Contract: wall.h. One ticket, one transaction: rows and counts move together, so counts are wrong only by a mistake of
 * ours, which the night finds. The ticket's row is locked meanwhile; what is marked later is looked at again.
 */
#include "app/wall_private.h"

#include "app/supervise.h"
#include "app/ticket_state.h"
#include "base/clock.h"
#include "gen/sql.h"

enum { BATCH_MAX = 100, SKIP_FROM = 100, DIM_CITY = 0, DIM_UNIT = 1, DIM_AREA = 2, ITEMS_MAX = 400 };

static const char *const kind_words[] = {"",     "to_sign", "in_hand", "unsigned", "uncontacted", "due_soon",
                                         "late", "stuck",   "bounced", "reopened", "supervised",  "paused"};
_Static_assert(sizeof kind_words / sizeof *kind_words == WALL_KIND_END, "a word for each kind");

const char *wall_kind_word(enum wall_kind k)
{
    return k > 0 && k < WALL_KIND_END ? kind_words[k] : "";
}

bool wall_kind_find(struct str word, enum wall_kind *ret)
{
    for (int k = 1; k < WALL_KIND_END; k++)
        if (str_eq_c(word, kind_words[k])) {
            *ret = (enum wall_kind)k;
            return true;
        }
    return false;
}

struct item {
    uint64_t assignment_id;
    int kind;
    struct str unit_code, district_code;
    int64_t since_at;
    bool kept;
};
struct looking {
    struct ctx *c;
    uint64_t ticket_id;
    int64_t now, look_at;
    const struct q_wall_ticket_row *t;
    const struct q_wall_events_row *ev;
    const struct q_wall_supervised_row *sup;
    struct item *is;    /* what is true now */
    size_t n_is;
    enum supervise_ground ground; /* 0 = nothing to supervise */
    struct str no;
};

/* ---- counts ----------------------------------------------------------------------------------------------------------- */

static enum err add(struct looking *x, int dim, struct str code, int kind, int by)
{
    struct q_wall_count_add_in in = {.dim = dim, .code = code, .kind = kind, .by = by};
    return q_wall_count_add(x->c->db, &in);
}

static enum err count(struct looking *x, struct str unit, struct str district, int kind, int by)
{
    enum err e = add(x, DIM_UNIT, unit, kind, by);
    if (e == ERR_OK && district.n)
        e = add(x, DIM_AREA, district, kind, by);
    return e == ERR_OK && district.n ? add(x, DIM_CITY, STR_NONE, kind, by) : e;
}

/* ---- one ticket ------------------------------------------------------------------------------------------------------- */

static void take_truth(struct looking *x, const struct q_wall_assignments_row *r, bool leads, const struct wall_truth *t)
{
    for (int kind = 1; kind < WALL_KIND_END; kind++)
        if (t->since[kind] && x->n_is < ITEMS_MAX)
            x->is[x->n_is++] = (struct item){.assignment_id = r->id, .kind = kind, .unit_code = r->unit_code,
                                             .district_code = leads ? x->t->district_code : STR_NONE,
                                             .since_at = t->since[kind]};
    if (t->look_at && (x->look_at == 0 || t->look_at < x->look_at))
        x->look_at = t->look_at;
}

static enum err read_facts(struct looking *x)
{
    struct q_wall_events_in ev = {.ticket_id = x->ticket_id};
    struct q_wall_supervised_in sup = {.ticket_id = x->ticket_id};
    enum err e = q_wall_events(x->c->db, &ev, &x->ev);
    return e == ERR_OK ? q_wall_supervised(x->c->db, &sup, &x->sup) : e;
}

static void choose_ground(struct looking *x)
{
    const struct app_settings *s = x->c->set;
    if (s->supervise_bounces > 0 && x->ev->bounced >= s->supervise_bounces && x->sup->n_bounced == 0)
        x->ground = SUPERVISE_FOR_BOUNCES;
    else if (s->supervise_reopens > 0 && x->t->round > s->supervise_reopens && x->sup->n_reopened == 0)
        x->ground = SUPERVISE_FOR_REOPENING;
}

static enum err judge_all(struct looking *x)
{
    const struct q_wall_assignments_row *r = NULL;
    size_t n = 0;
    struct q_wall_assignments_in in = {.ticket_id = x->ticket_id, .round = x->t->round};
    if (!ticket_state_running((enum ticket_state)x->t->state)) /* nothing is owed any more */
        return ERR_OK;
    enum err e = q_wall_assignments(x->c->db, &in, &r, &n);
    if (e == ERR_OK)
        e = read_facts(x);
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        const bool leads = x->t->has_lead_id && x->t->lead_id == r[i].id;
        const struct wall_facts f = {
            .role = (enum role)r[i].role, .state = (enum assignment_state)r[i].state, .leads = leads,
            .started_at = r[i].started_at, .due_at = r[i].due_at, .contacted_at = r[i].contacted_at,
            .paused_at = r[i].paused_at, .last_event_at = x->ev->last_at, .bounced = (int)x->ev->bounced,
            .round = x->t->round, .supervised = x->sup->n_open > 0};
        const struct wall_truth t = wall_judge(x->c->set, &f, x->now);
        take_truth(x, &r[i], leads, &t);
    }
    if (e == ERR_OK)
        choose_ground(x);
    return e;
}

static struct item *find_item(struct looking *x, uint64_t assignment_id, int kind)
{
    for (size_t i = 0; i < x->n_is; i++)
        if (x->is[i].assignment_id == assignment_id && x->is[i].kind == kind)
            return &x->is[i];
    return NULL;
}

static enum err put(struct looking *x, const struct item *it)
{
    struct q_wall_item_put_in in = {.kind = it->kind, .assignment_id = it->assignment_id, .ticket_id = x->ticket_id,
                                    .unit_code = it->unit_code, .district_code = it->district_code, .since_at = it->since_at};
    return q_wall_item_put(x->c->db, &in);
}

static enum err drop(struct looking *x, const struct q_wall_items_of_row *r)
{
    size_t n = 0;
    struct q_wall_item_drop_in in = {.assignment_id = r->assignment_id, .kind = r->kind};
    enum err e = q_wall_item_drop(x->c->db, &in, &n);
    return e == ERR_OK && n == 1 ? count(x, r->unit_code, r->district_code, r->kind, -1) : e;
}

/* What was true and is no more goes, what is new comes; a row whose lead has changed is written anew. */
static enum err settle(struct looking *x)
{
    const struct q_wall_items_of_row *was = NULL;
    size_t n = 0;
    struct q_wall_items_of_in in = {.ticket_id = x->ticket_id};
    enum err e = q_wall_items_of(x->c->db, &in, &was, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        struct item *it = find_item(x, was[i].assignment_id, was[i].kind);
        if (!it || !str_eq(it->district_code, was[i].district_code)) {
            e = drop(x, &was[i]);
            continue;
        }
        it->kept = true;
        if (it->since_at != was[i].since_at)
            e = put(x, it);
    }
    for (size_t i = 0; e == ERR_OK && i < x->n_is; i++) {
        if (x->is[i].kept)
            continue;
        e = put(x, &x->is[i]);
        if (e == ERR_OK)
            e = count(x, x->is[i].unit_code, x->is[i].district_code, x->is[i].kind, 1);
    }
    return e;
}

static enum err look_tx(struct db *db, void *arg)
{
    struct looking *x = arg;
    struct q_wall_ticket_in in = {.id = x->ticket_id};
    struct q_wall_look_drop_in gone = {.ticket_id = x->ticket_id};
    x->n_is = 0;
    x->look_at = 0;
    x->ground = 0;
    enum err e = db_now(db, &x->now);
    if (e == ERR_OK)
        e = q_wall_ticket(db, &in, &x->t);
    if (e == ERR_NOT_FOUND) /* a demo ticket that was removed */
        return q_wall_look_drop(db, &gone);
    if (e == ERR_OK)
        e = judge_all(x);
    if (e == ERR_OK)
        e = settle(x);
    struct q_wall_look_put_in later = {.ticket_id = x->ticket_id, .look_at = x->look_at};
    if (e == ERR_OK)
        e = x->look_at ? q_wall_look_put(db, &later) : q_wall_look_drop(db, &gone);
    struct q_wall_done_in done = {.id = x->ticket_id};
    if (e == ERR_OK)
        e = q_wall_done(db, &done);
    if (e == ERR_OK)
        x->no = x->t->ticket_no;
    return e;
}

static enum err look(struct ctx *c, uint64_t ticket_id)
{
    struct looking x = {.c = c, .ticket_id = ticket_id};
    x.is = ARENA_ARRAY(c->a, struct item, ITEMS_MAX);
    enum err e = tx_run(c->db, look_tx, &x);
    return e == ERR_OK && x.ground ? supervise_by_ground(c, x.no, x.ground) : e;
}

/* ---- the worker ------------------------------------------------------------------------------------------------------- */

struct skipping {
    uint64_t upto;
    size_t n;
};

static enum err skip_tx(struct db *db, void *arg)
{
    struct skipping *x = arg;
    struct q_wall_skip_in in = {.upto = x->upto};
    return q_wall_skip(db, &in, &x->n);
}

/* Of a long row of marked demands, after a load or a migration, those that have ended go at once. */
static enum err skip_ended(struct ctx *c, const struct q_wall_marked_row *r, size_t n, size_t *ret_skipped)
{
    struct skipping x = {.upto = n ? r[n - 1].id : 0};
    size_t ended = 0;
    for (size_t i = 0; i < n; i++)
        ended += !ticket_state_running((enum ticket_state)r[i].state);
    if (ended < SKIP_FROM)
        return ERR_OK;
    const enum err e = tx_run(c->db, skip_tx, &x);
    if (e == ERR_OK)
        *ret_skipped = x.n;
    return e;
}

enum err wall_take(struct ctx *c, size_t batch, size_t *ret_n)
{
    const struct q_wall_marked_row *r = NULL;
    size_t n = 0, skipped = 0;
    enum err e = q_wall_marked(c->db, &r, &n);
    if (e == ERR_OK)
        e = skip_ended(c, r, n, &skipped);
    if (n > batch)
        n = batch;
    for (size_t i = 0; e == ERR_OK && skipped == 0 && i < n; i++)
        e = look(c, r[i].id);
    if (e == ERR_OK)
        *ret_n = n;
    return e;
}

enum err wall_ripen(struct ctx *c, size_t batch, size_t *ret_n)
{
    const struct q_wall_look_due_row *r = NULL;
    size_t n = 0;
    int64_t now = 0;
    enum err e = db_now(c->db, &now);
    struct q_wall_look_due_in in = {.now = now};
    if (e == ERR_OK)
        e = q_wall_look_due(c->db, &in, &r, &n);
    if (n > batch)
        n = batch;
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        e = look(c, r[i].id);
    if (e == ERR_OK)
        *ret_n = n;
    return e;
}

static enum err recount_tx(struct db *db, void *arg)
{
    size_t n = 0;
    (void)arg;
    enum err e = q_wall_count_zero(db, &n);
    if (e == ERR_OK)
        e = q_wall_count_units(db, &n);
    if (e == ERR_OK)
        e = q_wall_count_areas(db, &n);
    return e == ERR_OK ? q_wall_count_city(db, &n) : e;
}

enum err wall_recount(struct ctx *c, size_t *ret_wrong)
{
    const struct q_wall_wrong_row *r = NULL;
    enum err e = q_wall_wrong(c->db, &r);
    const size_t wrong = e == ERR_OK ? (size_t)r->n : 0;
    if (e == ERR_OK && wrong > 0)
        e = tx_run(c->db, recount_tx, NULL);
    if (e == ERR_OK)
        *ret_wrong = wrong;
    return e;
}
