/*
 * demo.c - fills, removes and introduces the demo.
 *
 * Contract: demo.h. The rows are made by demo_ticket.c and demo_life.c, written by demo_write.c.
 */
#include "app/contact.h"
#include "app/demo_private.h"
#include "gen/sql.h"

enum { BATCH = 2000, TICKET_ARENA_BYTES = 64 * 1024 * 1024, DAYS_MAX = 366 };

enum err demo_count(struct ctx *c, int64_t *ret_tickets, int32_t *ret_last_day)
{
    const struct q_demo_count_row *row;
    enum err e = q_demo_count(c->db, &row);
    if (e)
        return e;
    *ret_tickets = row->n;
    *ret_last_day = row->has_last_day ? row->last_day : 0;
    return ERR_OK;
}

/* ---- filling -------------------------------------------------------------------------------------------------------- */

/* Fewer on Saturdays and Sundays, and a little more towards today. */
static int64_t day_weight(int32_t day, int position, int days)
{
    int weekday = clock_civil(clock_day_start_us(day) + 12 * US_PER_HOUR).weekday;
    struct chance r = chance_of((uint64_t)day, 7);
    int64_t w = weekday == 0 ? 74 : weekday == 6 ? 82 : 100 + (weekday == 1 ? 8 : 0);
    return w * (900 + 200 * position / days) / 10 + chance_between(&r, -450, 450);
}

struct filling {
    const struct demo_world *w;
    const struct demo_options *o;
    struct db_admin *admin;
    struct arena *a;          /* of one batch */
    struct demo_writer *writer;
    int64_t sum[DAYS_MAX];
    int32_t first;
    uint64_t index, of_day;
    int day;                  /* position in sum */
};

static void share_days(struct filling *f)
{
    int64_t sum = 0;
    for (int i = 0; i < f->o->days; i++)
        f->sum[i] = sum += day_weight(clock_day_add(f->first, i), i, f->o->days);
}

/* How many demands have been filed by the end of day i. */
static uint64_t filed_by(const struct filling *f, int i)
{
    return (uint64_t)((__int128)f->sum[i] * (int64_t)f->o->tickets / f->sum[f->o->days - 1]);
}

static enum err put_contacts(struct filling *f, const struct demo_ticket *t)
{
    const struct demo_world *w = f->w;
    for (size_t i = 0; i < DEMO_ACCOUNTS; i++)
        if (t->account_id == w->accounts[i]) {
            struct chance r = chance_of((uint64_t)w->today, i + 1000000000);
            struct demo_slots none = {0};
            struct contact x = {.name = demo_say(f->a, &r, &w->words, PART_NAME, STR_NONE, &none), .phone = w->phones[i]};
            return contact_put(w->c, CONTACT_TICKET, t->id, &x, t->created_at);
        }
    return ERR_OK;
}

static enum err fill_one(struct filling *f, struct demo_ticket *t)
{
    while (f->index >= filed_by(f, f->day)) {
        f->day++;
        f->of_day = 0;
    }
    struct chance r = chance_of((uint64_t)f->w->today ^ 0xDE30, f->index);
    demo_ticket_make(f->w, f->a, f->index, clock_day_add(f->first, f->day), f->of_day, t);
    f->index++;
    f->of_day++;
    enum err e = demo_write(f->writer, f->a, &r, t);
    return !e && t->account_id ? put_contacts(f, t) : e;
}

static enum err fill_batch(struct filling *f)
{
    struct demo_ticket *t = ARENA_NEW(f->a, struct demo_ticket);
    enum err e = demo_write_begin(f->admin, f->a, &f->writer);
    for (size_t i = 0; i < BATCH && f->index < f->o->tickets && !e; i++)
        e = fill_one(f, t);
    if (!e)
        return demo_write_end(f->writer);
    demo_write_drop(f->writer);
    return e;
}

static enum err accounts_tx(struct db *db, void *arg)
{
    const struct demo_world *w = arg;
    enum err e = ERR_OK;
    for (size_t i = 0; i < DEMO_ACCOUNTS && !e; i++) {
        int64_t at = id_time_us(w->accounts[i]);
        struct contact x = {.phone = w->phones[i], .phone_verified_at = at};
        e = q_demo_account_add(db, &(struct q_demo_account_add_in){.id = w->accounts[i], .at = at});
        if (!e)
            e = contact_put(w->c, CONTACT_ACCOUNT, w->accounts[i], &x, at);
    }
    return e;
}

static enum err fill_all(struct demo_world *w, struct db_admin *admin, const struct demo_options *o)
{
    struct filling *f = ARENA_NEW(w->c->a, struct filling);
    *f = (struct filling){.w = w, .o = o, .admin = admin, .first = clock_day_add(w->today, -o->days),
                          .a = arena_new(TICKET_ARENA_BYTES)};
    BUG_ON(!f->a);
    share_days(f);
    struct arena *outer = w->c->a;
    enum err e = ERR_OK;
    while (f->index < o->tickets && !e) {
        w->c->a = f->a;
        e = fill_batch(f);
        w->c->a = outer;
        arena_clear(f->a);
        if (!e && o->said)
            o->said(o->arg, f->index, o->tickets);
    }
    arena_free(f->a);
    return e;
}

enum err demo_fill(struct ctx *c, struct db_admin *admin, const struct demo_options *o)
{
    struct demo_world w;
    int64_t n, now;
    int32_t last;
    enum err e = demo_count(c, &n, &last);
    if (!e && n)
        e = fault_set(c->fault, ERR_CONFLICT, "DEMO_EXISTS", "%lld demo demands are there already", (long long)n);
    if (!e && (o->days < 1 || o->days > DAYS_MAX || !o->tickets))
        e = fault_set(c->fault, ERR_INVALID, "BAD_OPTION", "days 1 to %d, at least one ticket", DAYS_MAX);
    if (!e)
        e = db_now(c->db, &now);
    if (!e)
        e = demo_world_make(c, o, o->today ? o->today : clock_local_day(now), &w);
    if (!e)
        e = tx_run(c->db, accounts_tx, &w);
    return e ? e : fill_all(&w, admin, o);
}

/* ---- removing ------------------------------------------------------------------------------------------------------- */

struct range {
    uint64_t from, to;
    int64_t now;
    size_t n;
};

#define CLEAR(what)                                                                                                    \
    if (!e)                                                                                                            \
    e = q_demo_clear_##what(db, &(struct q_demo_clear_##what##_in){.from = r->from, .to = r->to}, &n)

static enum err remove_tx(struct db *db, void *arg)
{
    struct range *r = arg;
    size_t n;
    enum err e = q_demo_loosen_upload(db, &(struct q_demo_loosen_upload_in){.from = r->from, .to = r->to, .now = r->now}, &n);
    CLEAR(event);
    CLEAR(text);
    CLEAR(publication);
    CLEAR(contact);
    CLEAR(assignment);
    CLEAR(rating);
    CLEAR(link);
    CLEAR(follow);
    CLEAR(outbox);
    CLEAR(held);
    CLEAR(ticket);
    r->n = n;
    return e;
}

/* The next ids in which every ticket is a demo ticket; ERR_NOT_FOUND when none is left. */
static enum err next_range(struct db *db, struct range *r)
{
    const struct q_demo_ids_row *ids;
    const struct q_demo_next_real_row *real;
    size_t n;
    enum err e = q_demo_ids(db, &ids, &n);
    if (e || !n)
        return e ? e : ERR_NOT_FOUND;
    r->from = ids[0].id;
    r->to = ids[n - 1].id;
    e = q_demo_next_real(db, &(struct q_demo_next_real_in){.after = r->from}, &real);
    if (!e && real->id <= r->to)
        r->to = real->id - 1;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

static enum err remove_account(struct ctx *c, uint64_t id)
{
    size_t n;
    enum err e = q_demo_clear_session(c->db, &(struct q_demo_clear_session_in){.account = id}, &n);
    if (!e)
        e = q_demo_clear_refresh(c->db, &(struct q_demo_clear_refresh_in){.account = id}, &n);
    if (!e)
        e = q_demo_clear_followed(c->db, &(struct q_demo_clear_followed_in){.account = id}, &n);
    if (!e)
        e = q_demo_free_ticket(c->db, &(struct q_demo_free_ticket_in){.account = id}, &n);
    if (!e)
        e = contact_erase(c, CONTACT_ACCOUNT, id);
    return e ? e : q_demo_clear_account(c->db, &(struct q_demo_clear_account_in){.id = id}, &n);
}

static enum err remove_accounts(struct ctx *c)
{
    const struct q_demo_accounts_row *rows;
    size_t n;
    enum err e = q_demo_accounts(c->db, &rows, &n);
    for (size_t i = 0; i < n && !e; i++)
        e = remove_account(c, rows[i].id);
    return e;
}

enum err demo_remove(struct ctx *c, void (*said)(void *arg, size_t removed), void *arg, size_t *ret_n)
{
    struct range r;
    *ret_n = 0;
    enum err e = db_now(c->db, &r.now);
    while (!e) {
        e = next_range(c->db, &r);
        if (!e)
            e = tx_run(c->db, remove_tx, &r);
        if (!e)
            *ret_n += r.n;
        if (!e && said)
            said(arg, *ret_n);
    }
    return e == ERR_NOT_FOUND ? remove_accounts(c) : e;
}

/* ---- introducing ---------------------------------------------------------------------------------------------------- */

enum err demo_credentials(struct ctx *c, struct demo_account accounts[DEMO_ACCOUNTS], size_t *ret_accounts,
                          struct demo_key keys[DEMO_KEYS_MAX], size_t *ret_keys)
{
    const struct q_demo_accounts_row *rows;
    size_t n, n_keys = 0, n_accounts = 0;
    enum err e = q_demo_accounts(c->db, &rows, &n);
    for (size_t i = 0; i < n && n_accounts < DEMO_ACCOUNTS && !e; i++) {
        struct contact x;
        e = contact_get(c, CONTACT_ACCOUNT, rows[i].id, &x);
        if (!e)
            accounts[n_accounts++] = (struct demo_account){x.phone, rows[i].tickets};
    }
    for (int state = STATE_RECEIVED; state < STATE_END && !e && n_keys < DEMO_KEYS_MAX; state++) {
        const struct q_demo_ticket_in_state_row *t;
        e = q_demo_ticket_in_state(c->db, &(struct q_demo_ticket_in_state_in){.state = state}, &t);
        if (e == ERR_NOT_FOUND) {
            e = ERR_OK;
            continue;
        }
        if (!e)
            keys[n_keys++] = (struct demo_key){ticket_no_show(c->a, t->ticket_no),
                query_code_show(c->a, query_code_make(c->keys, c->a, t->id, (uint8_t)t->code_epoch)), t->title, state};
    }
    *ret_accounts = n_accounts;
    *ret_keys = n_keys;
    return e;
}
