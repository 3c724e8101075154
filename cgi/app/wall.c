/*
 * wall.c - what the worker does for the wall in a turn: marked demands, those that time has changed, and at night all counts.
 *
 * Contract: wall.h. What is true of a demand is wall_look.c's.
 */
#include "app/wall_private.h"

#include "app/ids.h"
#include "app/rollup.h"
#include "app/ticket_state.h"
#include "base/buf.h"
#include "base/clock.h"
#include "gen/sql.h"

enum { SKIP_FROM = 100, DAY_BYTES = 12 };

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

/* ---- the worker ------------------------------------------------------------------------------------------------------- */

struct skipping {
    struct ctx *c;
    uint64_t upto;
    struct buf list; /* of the days, with commas */
    int32_t *days;
    size_t n_days, n;
};

static enum err skip_tx(struct db *db, void *arg)
{
    struct skipping *x = arg;
    struct q_wall_skip_in in = {.upto = x->upto, .days = buf_str(&x->list)};
    enum err e = q_wall_skip(db, &in, &x->n);
    return e == ERR_OK && x->n > 0 ? rollup_mark(x->c, x->days, x->n_days) : e;
}

/* Of a long row of marked demands, after a load or a migration, those that have ended go at once. One that ends meanwhile goes with
 * them when it is of their days, which are marked for the figures, and else stays for the next time. */
static enum err skip_ended(struct ctx *c, const struct q_wall_marked_row *r, size_t n, size_t *ret_skipped)
{
    struct skipping x = {.c = c, .upto = n ? r[n - 1].id : 0, .days = ARENA_ARRAY(c->a, int32_t, n + 1)};
    size_t ended = 0;
    buf_init(&x.list, c->a, (n + 1) * DAY_BYTES);
    for (size_t i = 0; i < n; i++) {
        if (ticket_state_running((enum ticket_state)r[i].state))
            continue;
        ended++;
        if (x.n_days > 0 && x.days[x.n_days - 1] == r[i].local_day) /* in order of ids, which is that of time */
            continue;
        buf_printf(&x.list, "%s%d", x.n_days ? "," : "", r[i].local_day);
        x.days[x.n_days++] = r[i].local_day;
    }
    BUG_ON(x.list.full);
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
    uint64_t *ids = ARENA_ARRAY(c->a, uint64_t, n + 1);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        ids[i] = r[i].id;
    if (e == ERR_OK && skipped == 0)
        e = wall_look(c, ids, n);
    if (e == ERR_OK)
        *ret_n = n;
    return e;
}

enum err wall_rush(struct ctx *c, bool *ret)
{
    const struct q_wall_filed_row *r = NULL;
    int64_t now = 0;
    enum err e = db_now(c->db, &now);
    const struct q_wall_filed_in in = {.from = id_floor(now - US_PER_S), .upto = id_floor(now + 1000), .limit = WALL_RUSH};
    if (e == ERR_OK)
        e = q_wall_filed(c->db, &in, &r);
    *ret = e == ERR_OK && r->n >= WALL_RUSH;
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
    uint64_t *ids = ARENA_ARRAY(c->a, uint64_t, n + 1);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        ids[i] = r[i].id;
    if (e == ERR_OK)
        e = wall_look(c, ids, n);
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
