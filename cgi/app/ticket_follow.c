/*
 * ticket_follow.c - joining a published demand (附议), which is following it: one row, one count, both or neither.
 */
#include "app/ticket.h"
#include "gen/sql.h"

struct follow {
    struct ctx *c;
    uint64_t account_id, ticket_id;
    bool on;
};

static enum err follow_once(struct db *db, void *arg)
{
    struct follow *f = arg;
    size_t changed = 0, n = 0;
    int64_t now = 0;
    enum err e = db_now(db, &now);
    if (e != ERR_OK)
        return e;
    if (f->on) {
        struct q_follow_insert_in in = {.account_id = f->account_id, .ticket_id = f->ticket_id, .at = now};
        e = q_follow_insert(db, &in, &changed);
    } else {
        struct q_follow_delete_in in = {.account_id = f->account_id, .ticket_id = f->ticket_id};
        e = q_follow_delete(db, &in, &changed);
    }
    if (e != ERR_OK || changed == 0)
        return e;
    struct q_publication_joined_in in = {.ticket_id = f->ticket_id, .by = f->on ? 1 : -1};
    return q_publication_joined(db, &in, &n);
}

enum err ticket_follow(struct ctx *c, const struct actor *who, struct str public_id, bool on, int64_t *ret_joined)
{
    struct public_ticket t = {0};
    if (who->account_id == 0)
        return fault_set(c->fault, ERR_LOGIN, "LOGIN_REQUIRED", "joining needs an account");
    enum err e = ticket_public_one(c, public_id, &t);
    struct follow f = {.c = c, .account_id = who->account_id, .ticket_id = t.id, .on = on};
    if (e == ERR_OK)
        e = tx_run(c->db, follow_once, &f);
    if (e == ERR_OK)
        e = ticket_public_one(c, public_id, &t);
    if (e == ERR_OK)
        *ret_joined = t.n_joined;
    return e;
}
