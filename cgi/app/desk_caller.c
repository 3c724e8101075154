/*
 * desk_caller.c - who is calling: from a telephone number to the demands that carry it; and what others told of the same place.
 *
 * Contract: desk_call.h. The number is found by its blind index alone and never leaves this function unmasked but to whoever
 * typed it. The audit is written in the transaction that reads: no result without a trace.
 */
#include "app/act.h"
#include "app/audit.h"
#include "app/contact.h"
#include "app/desk_call.h"
#include "app/normalise.h"
#include "base/utf8.h"
#include "gen/sql.h"

enum { STARS_MAX = 3 };

struct calling {
    struct ctx *c;
    const struct actor *who;
    struct str phone;
    struct caller out;
};

/* The first character and a star for each further one: enough to ask "Ms Wang?". */
static struct str mask_name(struct arena *a, struct str name)
{
    struct str rest = name;
    if (name.n == 0 || utf8_next(&rest) == UINT32_MAX)
        return STR_NONE;
    const struct str first = {name.p, name.n - rest.n};
    const size_t more = utf8_count(rest);
    return arena_concat(a, first, (struct str){"***", more < STARS_MAX ? more : STARS_MAX});
}

static bool in_scope(struct ctx *c, const struct actor *who, const struct caller_demand *d, struct str reported_unit)
{
    const struct permission_ticket t = {.area_code = d->area_code, .category_code = d->category_code, .units = &d->unit_code,
                                        .n_units = d->unit_code.n > 0, .against_unit = reported_unit};
    const bool ok = permission_ticket(c, who, MAY_DESK, &t) == ERR_OK;
    fault_clear(c->fault);
    return ok;
}

/* Rows of both statements have the same columns. */
#define DEMAND_OF(r)                                                                                                   \
    (struct caller_demand)                                                                                             \
    {                                                                                                                  \
        .id = (r)->id, .no = (r)->ticket_no, .title = (r)->title, .category_code = (r)->category_code,                 \
        .area_code = (r)->area_code, .unit_code = (r)->unit_code, .kind = (enum kind)(r)->kind,                        \
        .state = (enum ticket_state)(r)->state, .created_at = (r)->created_at, .promise_at = (r)->promise_at,          \
        .open = (r)->state < STATE_CLOSED,                                                                             \
        .overdue = (r)->state < STATE_REPLIED && (r)->has_promise_at && (r)->promise_at < (r)->now                     \
    }

static enum err take_rows(struct calling *x, const struct q_caller_demands_row *r, size_t n)
{
    struct caller_demand *out = ARENA_ARRAY(x->c->a, struct caller_demand, n + 1);
    enum err e = ERR_OK;
    x->out.more = n > CALLER_DEMANDS;
    for (size_t i = 0; e == ERR_OK && i < n && i < CALLER_DEMANDS; i++) {
        struct str name = STR_NONE;
        const struct caller_demand d = DEMAND_OF(&r[i]);
        if (!in_scope(x->c, x->who, &d, r[i].reported_unit))
            continue;
        if (x->out.name_masked.n == 0)
            e = contact_open_field(x->c, (uint8_t)r[i].key_id, r[i].name_ct, r[i].has_name_ct, "contact|name", r[i].id, &name);
        x->out.name_masked = name.n ? mask_name(x->c->a, name) : x->out.name_masked;
        out[x->out.n_demands++] = d;
        x->out.n_open += d.open;
    }
    x->out.demands = out;
    return e;
}

static enum err search(struct db *db, void *arg)
{
    struct calling *x = arg;
    struct ctx *c = x->c;
    const struct q_caller_demands_row *r = NULL;
    uint8_t bidx[CRYPTO_BIDX_BYTES];
    size_t n = 0;
    x->out = (struct caller){.phone = x->phone, .phone_masked = normalise_phone_mask(c->a, x->phone)};
    crypto_blind(c->keys, x->phone, bidx);
    struct q_caller_demands_in in = {.phone_bidx = {(const char *)bidx, sizeof bidx}};
    enum err e = q_caller_demands(db, &in, &r, &n);
    if (e == ERR_OK)
        e = audit_write(c, x->who, AUDIT_CALLER_SEARCH, AUDIT_OF_TICKET, n > 0 ? r[0].id : 0, STR_NONE);
    return e == ERR_OK ? take_rows(x, r, n) : e;
}

enum err desk_caller(struct ctx *c, const struct actor *who, struct str phone, struct caller *ret)
{
    struct calling x = {.c = c, .who = who};
    if (str_trim(phone).n == 0)
        return fault_field(c->fault, "phone", "REQUIRED");
    if (!normalise_phone(c->a, str_trim(phone), &x.phone))
        return fault_field(c->fault, "phone", "BAD_FORMAT");
    enum err e = tx_run(c->db, search, &x);
    if (e == ERR_OK)
        *ret = x.out;
    return e;
}

/* ---- the same matter, told by others ------------------------------------------------------------------------------------- */

enum { STREET_CHARS = 9 };

enum err desk_near(struct ctx *c, const struct actor *who, struct str category_code, struct str area_code,
                   const struct caller_demand **ret, size_t *ret_n)
{
    const struct q_desk_near_row *r = NULL;
    struct caller_demand *out = ARENA_ARRAY(c->a, struct caller_demand, DESK_NEAR);
    int64_t now = 0;
    size_t n = 0, kept = 0;
    enum err e = ERR_OK;
    if (category_code.n > 0 && area_code.n >= STREET_CHARS)
        e = db_now(c->db, &now);
    struct q_desk_near_in in = {.category = category_code, .street = str_slice(area_code, 0, STREET_CHARS),
                                .since = now - DESK_NEAR_DAYS * US_PER_DAY};
    if (e == ERR_OK && now > 0)
        e = q_desk_near(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < n && kept < DESK_NEAR; i++) {
        const struct caller_demand d = DEMAND_OF(&r[i]);
        if (in_scope(c, who, &d, STR_NONE))
            out[kept++] = d;
    }
    *ret = out;
    *ret_n = kept;
    return ERR_OK;
}
