/*
 * wall_look.c - what is true of demands now, written down as rows and numbers of the wall.
 *
 * Contract: some demands, one transaction: their rows and the counts move together, so counts are wrong only by a mistake of
 * ours, which the night finds. Each step is one statement for all of them, because a rush of filings marks thousands: what is
 * looked up and what is written goes to the server as a list in JSON. A demand that an act holds at this moment is left
 * marked and comes next time; one that is locked here is marked anew by the act that waits for it. With a demand's own mark
 * goes what it stood for: its day is marked for the figures (rollup.h).
 */
#include "app/wall_private.h"

#include "app/ids.h"
#include "app/rollup.h"
#include "app/supervise.h"
#include "app/ticket_state.h"
#include "base/buf.h"
#include "gen/sql.h"

enum { DIM_CITY = 0, DIM_UNIT = 1, DIM_AREA = 2, AT_ONCE = 50, UNITS_READ = 1200, ITEMS_READ = 4000 /* LIMITs of wall.sql */,
       LIST_BYTES = 60000, ROW_BYTES = 160 };

struct item {
    uint64_t assignment_id, ticket_id;
    int kind;
    struct str unit_code, district_code;
    int64_t since_at;
    bool kept;
};
struct delta { /* what one number of the wall moves by */
    int dim, kind, by;
    struct str code;
};
struct looked { /* one of the demands */
    const struct q_wall_tickets_row *t;
    const struct q_wall_events_row *ev;       /* NULL = those of its filing alone */
    const struct q_wall_supervised_row *sup;  /* NULL = never supervised */
    int64_t look_at;
    enum supervise_ground ground;             /* 0 = nothing to supervise */
};
struct looking {
    struct ctx *c;
    const uint64_t *ids;
    size_t n_ids;
    int64_t now;
    struct looked of[AT_ONCE];
    size_t n;
    struct item *is; /* what is true now */
    size_t n_is;
    struct delta *deltas;
    size_t n_deltas;
    bool crowded;    /* a LIMIT was met: to be looked at one by one */
    bool supervised; /* grounds were seen to before: whoever has one is done as well */
};

/* ---- lists ------------------------------------------------------------------------------------------------------------- */

/* Rows on their way to a statement; what fills the list is sent, and the next begins. */
struct list {
    struct ctx *c;
    enum err (*send)(struct ctx *c, struct str rows);
    struct buf b;
    enum err e;
};

static void list_open(struct list *l, struct ctx *c, enum err (*send)(struct ctx *c, struct str rows))
{
    *l = (struct list){.c = c, .send = send};
    buf_init(&l->b, c->a, LIST_BYTES);
}

static void list_flush(struct list *l)
{
    if (l->e != ERR_OK || l->b.n == 0)
        return;
    buf_putc(&l->b, ']');
    BUG_ON(l->b.full);
    l->e = l->send(l->c, buf_str(&l->b));
    buf_init(&l->b, l->c->a, LIST_BYTES);
}

/* Before each row. */
static struct buf *list_next(struct list *l)
{
    if (l->b.n + ROW_BYTES > LIST_BYTES)
        list_flush(l);
    buf_putc(&l->b, l->b.n ? ',' : '[');
    return &l->b;
}

static enum err list_close(struct list *l)
{
    list_flush(l);
    return l->e;
}

/* Codes of units and areas are letters, digits and dashes: nothing that JSON would want escaped. */
static void put_code(struct buf *b, struct str code)
{
    for (size_t i = 0; i < code.n; i++)
        BUG_ON(code.p[i] < ' ' || code.p[i] == '"' || code.p[i] == '\\');
    buf_printf(b, "\"" STR_FMT "\"", STR_ARG(code));
}

/* ---- reading ----------------------------------------------------------------------------------------------------------- */

static struct looked *find_looked(struct looking *x, uint64_t ticket_id)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->of[i].t->id == ticket_id)
            return &x->of[i];
    return NULL;
}

static enum err read_tickets(struct looking *x)
{
    const struct q_wall_tickets_row *r = NULL;
    struct q_wall_tickets_in in = {.ids = id_list(x->c->a, x->ids, x->n_ids)};
    enum err e = q_wall_tickets(x->c->db, &in, &r, &x->n);
    for (size_t i = 0; e == ERR_OK && i < x->n; i++)
        x->of[i] = (struct looked){.t = &r[i]};
    return e;
}

/* No act has moved it: its events are those of its filing, and nobody supervises it. In a rush nearly all are so. */
static bool is_as_filed(const struct looked *d)
{
    return d->t->version == 1;
}

/* What acts have left of those that are running. */
static enum err read_facts(struct looking *x)
{
    uint64_t moved[AT_ONCE];
    size_t n_moved = 0;
    for (size_t i = 0; i < x->n; i++)
        if (ticket_state_running((enum ticket_state)x->of[i].t->state) && !is_as_filed(&x->of[i]))
            moved[n_moved++] = x->of[i].t->id;
    if (n_moved == 0)
        return ERR_OK;
    const struct str ids = id_list(x->c->a, moved, n_moved);
    const struct q_wall_events_row *ev = NULL;
    const struct q_wall_supervised_row *sup = NULL;
    size_t n_ev = 0, n_sup = 0;
    struct q_wall_events_in ev_in = {.ids = ids};
    struct q_wall_supervised_in sup_in = {.ids = ids};
    enum err e = q_wall_events(x->c->db, &ev_in, &ev, &n_ev);
    if (e == ERR_OK)
        e = q_wall_supervised(x->c->db, &sup_in, &sup, &n_sup);
    for (size_t i = 0; e == ERR_OK && i < n_ev; i++)
        find_looked(x, ev[i].ticket_id)->ev = &ev[i];
    for (size_t i = 0; e == ERR_OK && i < n_sup; i++)
        find_looked(x, sup[i].ticket_id)->sup = &sup[i];
    return e;
}

/* ---- judging ----------------------------------------------------------------------------------------------------------- */

static void take_truth(struct looking *x, struct looked *d, const struct q_wall_assignments_row *r, bool leads)
{
    const struct wall_facts f = {
        .role = (enum role)r->role, .state = (enum assignment_state)r->state, .leads = leads,
        .started_at = r->started_at, .due_at = r->due_at, .contacted_at = r->contacted_at, .paused_at = r->paused_at,
        .last_event_at = d->ev ? d->ev->last_at : d->t->created_at, .bounced = d->ev ? (int)d->ev->bounced : 0, .round = d->t->round,
        .supervised = d->sup && d->sup->n_open > 0};
    const struct wall_truth t = wall_judge(x->c->set, &f, x->now);
    for (int kind = 1; kind < WALL_KIND_END; kind++)
        if (t.since[kind])
            x->is[x->n_is++] = (struct item){.assignment_id = r->id, .ticket_id = r->ticket_id, .kind = kind, .unit_code = r->unit_code,
                                             .district_code = leads ? d->t->district_code : STR_NONE, .since_at = t.since[kind]};
    if (t.look_at && (d->look_at == 0 || t.look_at < d->look_at))
        d->look_at = t.look_at;
}

static void choose_ground(const struct looking *x, struct looked *d)
{
    const struct app_settings *s = x->c->set;
    if (s->supervise_bounces > 0 && d->ev && d->ev->bounced >= s->supervise_bounces && (!d->sup || d->sup->n_bounced == 0))
        d->ground = SUPERVISE_FOR_BOUNCES;
    else if (s->supervise_reopens > 0 && d->t->round > s->supervise_reopens && (!d->sup || d->sup->n_reopened == 0))
        d->ground = SUPERVISE_FOR_REOPENING;
}

/* Of a demand that has ended nothing is owed any more. */
static enum err judge(struct looking *x)
{
    const struct q_wall_assignments_row *r = NULL;
    uint64_t running[AT_ONCE];
    size_t n_running = 0, n = 0;
    for (size_t i = 0; i < x->n; i++)
        if (ticket_state_running((enum ticket_state)x->of[i].t->state))
            running[n_running++] = x->of[i].t->id;
    if (n_running == 0)
        return ERR_OK;
    const struct str ids = id_list(x->c->a, running, n_running);
    struct q_wall_assignments_in in = {.ids = ids};
    enum err e = q_wall_assignments(x->c->db, &in, &r, &n);
    if (e == ERR_OK)
        e = read_facts(x);
    if (e != ERR_OK)
        return e;
    x->crowded = x->n > 1 && n == UNITS_READ;
    x->is = ARENA_ARRAY(x->c->a, struct item, n * WALL_KIND_END + 1);
    for (size_t i = 0; i < n; i++) {
        struct looked *d = find_looked(x, r[i].ticket_id);
        take_truth(x, d, &r[i], d->t->has_lead_id && d->t->lead_id == r[i].id);
    }
    for (size_t i = 0; i < n_running; i++)
        choose_ground(x, find_looked(x, running[i]));
    return ERR_OK;
}

/* ---- counts ------------------------------------------------------------------------------------------------------------ */

static void add(struct looking *x, int dim, struct str code, int kind, int by)
{
    for (size_t i = 0; i < x->n_deltas; i++) {
        struct delta *d = &x->deltas[i];
        if (d->dim == dim && d->kind == kind && str_eq(d->code, code)) {
            d->by += by;
            return;
        }
    }
    x->deltas[x->n_deltas++] = (struct delta){dim, kind, by, code};
}

static void count(struct looking *x, struct str unit, struct str district, int kind, int by)
{
    add(x, DIM_UNIT, unit, kind, by);
    if (district.n) {
        add(x, DIM_AREA, district, kind, by);
        add(x, DIM_CITY, STR_NONE, kind, by);
    }
}

static enum err send_counts(struct ctx *c, struct str rows)
{
    return q_wall_count_add(c->db, &(struct q_wall_count_add_in){.rows = rows});
}

static enum err put_counts(struct looking *x)
{
    struct list l;
    list_open(&l, x->c, send_counts);
    for (size_t i = 0; i < x->n_deltas; i++) {
        const struct delta *d = &x->deltas[i];
        if (d->by == 0)
            continue;
        struct buf *b = list_next(&l);
        buf_printf(b, "[%d,", d->dim);
        put_code(b, d->code);
        buf_printf(b, ",%d,%d]", d->kind, d->by);
    }
    return list_close(&l);
}

/* ---- rows -------------------------------------------------------------------------------------------------------------- */

static struct item *find_item(struct looking *x, uint64_t assignment_id, int kind)
{
    for (size_t i = 0; i < x->n_is; i++)
        if (x->is[i].assignment_id == assignment_id && x->is[i].kind == kind)
            return &x->is[i];
    return NULL;
}

static enum err send_items(struct ctx *c, struct str rows)
{
    return q_wall_item_put(c->db, &(struct q_wall_item_put_in){.rows = rows});
}

static enum err send_gone(struct ctx *c, struct str rows)
{
    return q_wall_item_drop(c->db, &(struct q_wall_item_drop_in){.rows = rows});
}

static void put_item(struct list *l, const struct item *it)
{
    struct buf *b = list_next(l);
    buf_printf(b, "[%d,%llu,%llu,", it->kind, (unsigned long long)it->assignment_id, (unsigned long long)it->ticket_id);
    put_code(b, it->unit_code);
    buf_putc(b, ',');
    put_code(b, it->district_code);
    buf_printf(b, ",%lld]", (long long)it->since_at);
}

/* What was true and is no more goes, what is new comes; a row whose lead or unit has changed is written anew. */
static enum err compare(struct looking *x, const struct q_wall_items_of_row *was, size_t n)
{
    struct list put, gone;
    list_open(&put, x->c, send_items);
    list_open(&gone, x->c, send_gone);
    for (size_t i = 0; i < n; i++) {
        struct item *it = find_item(x, was[i].assignment_id, was[i].kind);
        if (!it || !str_eq(it->district_code, was[i].district_code) || !str_eq(it->unit_code, was[i].unit_code)) {
            buf_printf(list_next(&gone), "[%llu,%d]", (unsigned long long)was[i].assignment_id, was[i].kind);
            count(x, was[i].unit_code, was[i].district_code, was[i].kind, -1);
            continue;
        }
        it->kept = true;
        if (it->since_at != was[i].since_at)
            put_item(&put, it);
    }
    enum err e = list_close(&gone); /* before what comes: it may be the same row */
    for (size_t i = 0; i < x->n_is; i++) {
        const struct item *it = &x->is[i];
        if (it->kept)
            continue;
        put_item(&put, it);
        count(x, it->unit_code, it->district_code, it->kind, 1);
    }
    return e == ERR_OK ? list_close(&put) : e;
}

static enum err settle(struct looking *x, struct str ids)
{
    const struct q_wall_items_of_row *was = NULL;
    size_t n = 0;
    struct q_wall_items_of_in in = {.ids = ids};
    enum err e = q_wall_items_of(x->c->db, &in, &was, &n);
    if (e != ERR_OK)
        return e;
    x->crowded = x->n > 1 && n == ITEMS_READ;
    if (x->crowded)
        return ERR_OK;
    x->deltas = ARENA_ARRAY(x->c->a, struct delta, (n + x->n_is) * 3 + 1);
    e = compare(x, was, n);
    return e == ERR_OK ? put_counts(x) : e;
}

/* ---- when time alone changes it ----------------------------------------------------------------------------------------- */

static enum err send_looks(struct ctx *c, struct str rows)
{
    return q_wall_look_put(c->db, &(struct q_wall_look_put_in){.rows = rows});
}

static enum err look_later(struct looking *x)
{
    uint64_t never[AT_ONCE];
    size_t n_never = 0;
    struct list l;
    list_open(&l, x->c, send_looks);
    for (size_t i = 0; i < x->n; i++) {
        const struct looked *d = &x->of[i];
        if (d->look_at)
            buf_printf(list_next(&l), "[%llu,%lld]", (unsigned long long)d->t->id, (long long)d->look_at);
        else
            never[n_never++] = d->t->id;
    }
    enum err e = list_close(&l);
    struct q_wall_look_drop_in gone = {.ids = id_list(x->c->a, never, n_never)};
    return e == ERR_OK && n_never > 0 ? q_wall_look_drop(x->c->db, &gone) : e;
}

/* Figures are of the day a demand was filed on; what time alone has changed is counted anew every hour. */
static enum err mark_days(const struct looking *x)
{
    int32_t days[AT_ONCE];
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++)
        if (x->of[i].t->unwalled)
            days[n++] = x->of[i].t->local_day;
    return rollup_mark(x->c, days, n);
}

/* ---- the transaction ------------------------------------------------------------------------------------------------------ */

static enum err look_tx(struct db *db, void *arg)
{
    struct looking *x = arg;
    x->n = x->n_is = x->n_deltas = 0;
    x->is = NULL;
    x->crowded = false;
    enum err e = db_now_first(db, &x->now);
    if (e == ERR_OK)
        e = read_tickets(x);
    if (e != ERR_OK || x->n == 0)
        return e;
    uint64_t ids[AT_ONCE];
    for (size_t i = 0; i < x->n; i++)
        ids[i] = x->of[i].t->id;
    e = judge(x);
    if (e == ERR_OK && !x->crowded)
        e = settle(x, id_list(x->c->a, ids, x->n));
    if (e != ERR_OK || x->crowded)
        return e;
    size_t n_done = 0;
    for (size_t i = 0; i < x->n; i++)
        if (!x->of[i].ground || x->supervised)
            ids[n_done++] = x->of[i].t->id; /* the others stay marked until they are supervised: a crash forgets none */
    struct q_wall_done_in done = {.ids = id_list(x->c->a, ids, n_done)};
    e = look_later(x);
    if (e == ERR_OK && n_done > 0)
        e = q_wall_done(db, &done);
    return e == ERR_OK ? mark_days(x) : e;
}

/* A demo ticket that was removed leaves a row that nobody would look at again. */
static enum err forget_missing(struct looking *x)
{
    struct q_wall_look_lost_in in = {.ids = id_list(x->c->a, x->ids, x->n_ids)};
    size_t n = 0;
    return x->n < x->n_ids ? q_wall_look_lost(x->c->db, &in, &n) : ERR_OK;
}

/* The act of supervising marks the demand anew; one that needs none, because it was taken before, is looked at once more. */
static enum err supervise_all(const struct looking *x)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < x->n; i++) {
        bool taken = true;
        if (x->of[i].ground && !x->supervised)
            e = supervise_by_ground(x->c, x->of[i].t->ticket_no, x->of[i].ground, &taken);
        struct looking alone = {.c = x->c, .ids = &x->of[i].t->id, .n_ids = 1, .supervised = true};
        if (e == ERR_OK && !taken)
            e = tx_run(x->c->db, look_tx, &alone);
    }
    return e;
}

static enum err look_at(struct ctx *c, const uint64_t *ids, size_t n, bool *ret_crowded)
{
    struct looking x = {.c = c, .ids = ids, .n_ids = n};
    enum err e = tx_run(c->db, look_tx, &x);
    if (e == ERR_OK)
        e = forget_missing(&x);
    if (e == ERR_OK && !x.crowded)
        e = supervise_all(&x);
    if (e == ERR_OK)
        *ret_crowded = x.crowded;
    return e;
}

enum err wall_look(struct ctx *c, const uint64_t *ids, size_t n)
{
    enum err e = ERR_OK;
    bool crowded = false, alone;
    for (size_t i = 0; e == ERR_OK && i < n; i += AT_ONCE) {
        const size_t some = n - i < AT_ONCE ? n - i : AT_ONCE;
        e = look_at(c, ids + i, some, &crowded);
        for (size_t k = 0; e == ERR_OK && crowded && k < some; k++)
            e = look_at(c, &ids[i + k], 1, &alone);
    }
    return e;
}
