/*
 * idem.c - keys of accepted requests: found, kept, and the frame of acts that make something else than an event.
 *
 * Contract: idem.h. Refusals are not kept: sent again, they are judged again. Must not know what is made.
 */
#include "app/idem.h"

#include "app/crypto.h"
#include "gen/sql.h"

enum { RERUNS = 3, STATUS_KEPT = 200 };

void idem_hash(const struct idem *i, uint8_t out[32])
{
    struct crypto_hasher h;
    crypto_digest_start(&h);
    crypto_digest_put_field(&h, i->scope);
    crypto_digest_put_field(&h, i->route);
    crypto_digest_put_field(&h, i->key);
    crypto_digest_end(&h, out);
}

enum err idem_find(struct ctx *c, const struct idem *i, uint64_t *ret_id, uint64_t *ret_extra)
{
    const struct q_idempotency_get_row *row = NULL;
    uint8_t hash[32];
    idem_hash(i, hash);
    struct q_idempotency_get_in in = {.key_hash = {(const char *)hash, 32}};
    enum err e = q_idempotency_get(c->db, &in, &row);
    if (e != ERR_OK)
        return e;
    if (row->request_hash.n != 32 || !crypto_equal(row->request_hash.p, i->request_hash, 32))
        return fault_set(c->fault, ERR_INVALID, "IDEMPOTENCY_MISMATCH", "same key, other request");
    *ret_id = row->ticket_id;
    *ret_extra = row->extra;
    return ERR_OK;
}

enum err idem_keep(struct ctx *c, const struct idem *i, uint64_t id, uint64_t extra, int64_t now)
{
    uint8_t hash[32];
    size_t n = 0;
    if (i == NULL)
        return ERR_OK;
    idem_hash(i, hash);
    struct q_idempotency_insert_in in = {.key_hash = {(const char *)hash, 32}, .request_hash = {(const char *)i->request_hash, 32},
                                         .status = STATUS_KEPT, .ticket_id = id, .extra = extra, .created_at = now};
    return q_idempotency_insert(c->db, &in, &n);
}

/* ---- acts that make something ------------------------------------------------------------------------------------------ */

struct making {
    struct ctx *c;
    const struct idem *idem;
    enum err (*make)(struct db *db, void *arg, uint64_t *ret_id);
    void *arg;
    uint64_t id;
    bool met; /* the same request was faster */
};

static enum err make_once(struct db *db, void *arg)
{
    struct making *x = arg;
    uint64_t extra = 0;
    int64_t now = 0;
    x->met = false;
    enum err e = x->idem ? idem_find(x->c, x->idem, &x->id, &extra) : ERR_NOT_FOUND;
    if (e != ERR_NOT_FOUND)
        return e;
    e = x->make(db, x->arg, &x->id);
    if (e == ERR_OK)
        e = db_now(db, &now);
    if (e == ERR_OK)
        e = idem_keep(x->c, x->idem, x->id, 0, now);
    x->met = e != ERR_OK && db_was_duplicate(db);
    return e;
}

enum err idem_run(struct ctx *c, enum err (*make)(struct db *db, void *arg, uint64_t *ret_id), void *arg, uint64_t *ret_id)
{
    struct making x = {.c = c, .idem = c->once != NULL && c->once->key.n > 0 ? c->once : NULL, .make = make, .arg = arg};
    enum err e = ERR_OK;
    c->once = NULL; /* what follows in the same request is another act */
    for (int i = 0; i < RERUNS; i++) {
        e = tx_run(c->db, make_once, &x);
        if (e == ERR_OK || !x.met)
            break;
        fault_clear(c->fault);
    }
    if (e == ERR_OK)
        *ret_id = x.id;
    else if (x.met)
        e = fault_set(c->fault, ERR_CONFLICT, "VERSION", "too many of the same request at once");
    return e;
}
