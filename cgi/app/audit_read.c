/*
 * audit_read.c - reading the audit by person, demand, action and day.
 *
 * Contract: audit_read.h. The narrowest index leads, the rest is left out row by row within bounds. Must not show what a demand says.
 */
#include "app/audit_read.h"

#include "app/audit.h"
#include "app/event.h"
#include "app/ids.h"
#include "app/permission.h"
#include "base/clock.h"
#include "gen/sql.h"

enum { PAGE_ROWS = 50, WINDOW_ROWS = 200, WINDOWS = 5 };

struct reading {
    struct ctx *c;
    const struct audit_filter *f;
    uint64_t staff_id, ticket_id, before, since;
    struct audit_row *out;
    size_t n;
    bool more;
};

static enum err may_read(struct ctx *c, const struct actor *who)
{
    if (permission_may(c, who, MAY_AUDIT, STR_NONE, STR_NONE, STR_NONE))
        return ERR_OK;
    return fault_set(c->fault, ERR_DENIED, "NOT_YOUR_UNIT", "no auditor of the whole city");
}

static enum err ticket_of(struct ctx *c, struct str typed, struct str *ret_no, uint64_t *ret)
{
    const struct q_audit_ticket_id_row *r = NULL;
    struct q_audit_ticket_id_in in = {0};
    enum err e = ticket_no_parse(c->a, typed, &in.no) ? q_audit_ticket_id(c->db, &in, &r) : ERR_NOT_FOUND;
    if (e == ERR_NOT_FOUND)
        return fault_field(c->fault, "ticket_no", "UNKNOWN");
    if (e == ERR_OK) {
        *ret = r->id;
        *ret_no = in.no;
    }
    return e;
}

static enum err resolve(struct reading *x)
{
    const struct q_staff_by_login_row *p = NULL;
    struct q_staff_by_login_in in = {.login = x->f->login};
    struct str no;
    enum err e = ERR_OK;
    if (x->f->login.n > 0) {
        e = q_staff_by_login(x->c->db, &in, &p);
        if (e == ERR_NOT_FOUND)
            return fault_field(x->c->fault, "login", "UNKNOWN");
        if (e == ERR_OK)
            x->staff_id = p->id;
    }
    if (e == ERR_OK && x->f->ticket_no.n > 0)
        e = ticket_of(x->c, x->f->ticket_no, &no, &x->ticket_id);
    if (e == ERR_OK && x->f->day > 0) {
        const uint64_t end = id_floor(clock_day_start_us(clock_day_add(x->f->day, 1)));
        x->since = id_floor(clock_day_start_us(x->f->day));
        x->before = x->before == 0 || x->before > end ? end : x->before;
    }
    if (x->before == 0)
        x->before = INT64_MAX;
    return e;
}

static void take(struct reading *x, const struct audit_row *r)
{
    x->before = r->id;
    if ((x->staff_id != 0 && (r->actor_kind != ACTOR_STAFF || r->actor_id != x->staff_id)) ||
        (x->f->action.n > 0 && !str_eq(r->action, x->f->action)))
        return;
    x->out[x->n++] = *r;
}

/* The three statements give the same columns. */
#define TAKE_ALL(rows, count)                                                                                                       \
    for (size_t i = 0; i < (count); i++) {                                                                                          \
        if (x->n == PAGE_ROWS) {                                                                                                    \
            x->more = true;                                                                                                         \
            break;                                                                                                                  \
        }                                                                                                                           \
        take(x, &(struct audit_row){.id = (rows)[i].id, .at = (rows)[i].at, .actor_kind = (enum actor_kind)(rows)[i].actor_kind,    \
                                    .actor_id = (rows)[i].actor_id, .login = (rows)[i].actor_login, .name = (rows)[i].actor_name,   \
                                    .action = (rows)[i].action, .object_kind = (rows)[i].object_kind,                               \
                                    .object_id = (rows)[i].object_id, .ticket_no = (rows)[i].ticket_no, .purpose = (rows)[i].purpose, \
                                    .client_net = (rows)[i].client_net});                                                           \
    }

static enum err window(struct reading *x, size_t *ret_n)
{
    enum err e;
    *ret_n = 0;
    if (x->ticket_id != 0) {
        const struct q_audit_ticket_row *r = NULL;
        struct q_audit_ticket_in in = {.ticket_id = x->ticket_id, .before = x->before, .since = x->since};
        e = q_audit_ticket(x->c->db, &in, &r, ret_n);
        if (e == ERR_OK)
            TAKE_ALL(r, *ret_n)
    } else if (x->staff_id != 0) {
        const struct q_audit_person_row *r = NULL;
        struct q_audit_person_in in = {.actor_id = x->staff_id, .before = x->before, .since = x->since};
        e = q_audit_person(x->c->db, &in, &r, ret_n);
        if (e == ERR_OK)
            TAKE_ALL(r, *ret_n)
    } else {
        const struct q_audit_time_row *r = NULL;
        struct q_audit_time_in in = {.before = x->before, .since = x->since};
        e = q_audit_time(x->c->db, &in, &r, ret_n);
        if (e == ERR_OK)
            TAKE_ALL(r, *ret_n)
    }
    return e;
}

/* What was asked for, by its kinds alone: logins and numbers stand in the rows that were read. */
static struct str asked(const struct reading *x)
{
    return arena_printf(x->c->a, "login=" STR_FMT " ticket=" STR_FMT " action=" STR_FMT " day=%d", STR_ARG(x->f->login), STR_ARG(x->f->ticket_no),
                        STR_ARG(x->f->action), (int)x->f->day);
}

enum err audit_read(struct ctx *c, const struct actor *who, const struct audit_filter *f, uint64_t before, const struct audit_row **ret,
                    size_t *ret_n, uint64_t *ret_next, bool *ret_more)
{
    struct reading x = {.c = c, .f = f, .before = before};
    size_t got = WINDOW_ROWS;
    enum err e = may_read(c, who);
    if (e == ERR_OK)
        e = resolve(&x);
    x.out = ARENA_ARRAY(c->a, struct audit_row, PAGE_ROWS);
    for (int i = 0; e == ERR_OK && i < WINDOWS && got == WINDOW_ROWS && !x.more; i++)
        e = window(&x, &got);
    if (e == ERR_OK)
        e = audit_write(c, who, AUDIT_AUDIT_READ, AUDIT_OF_AUDIT, 0, asked(&x));
    if (e != ERR_OK)
        return e;
    *ret = x.out;
    *ret_n = x.n;
    *ret_next = x.before;
    *ret_more = x.more || got == WINDOW_ROWS;
    return ERR_OK;
}

enum err audit_check_chain(struct ctx *c, const struct actor *who, struct str ticket_no, struct str *ret_no, struct event_verdict *ret)
{
    uint64_t id = 0;
    enum err e = may_read(c, who);
    if (e == ERR_OK)
        e = ticket_of(c, ticket_no, ret_no, &id);
    if (e == ERR_OK)
        e = event_verify_ticket(c, id, ret);
    return e == ERR_OK ? audit_write(c, who, AUDIT_CHAIN_CHECK, AUDIT_OF_TICKET, id, ret->ok ? STR("good") : str_from_c(ret->why)) : e;
}

enum err audit_checkpoints(struct ctx *c, const struct audit_checkpoint **ret, size_t *ret_n)
{
    const struct q_checkpoint_newest_row *r = NULL;
    size_t n = 0;
    const enum err e = q_checkpoint_newest(c->db, &r, &n);
    if (e != ERR_OK)
        return e;
    struct audit_checkpoint *out = ARENA_ARRAY(c->a, struct audit_checkpoint, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = (struct audit_checkpoint){r[i].id, r[i].at, r[i].n_heads};
    *ret = out;
    *ret_n = n;
    return ERR_OK;
}
