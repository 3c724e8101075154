/*
 * draft.c - keeping the draft of a browser session, encrypted whole.
 *
 * Contract: one row a session; its form_key stays the same until the draft is filed, then the next draft gets its own. A
 * draft that cannot be opened any more is removed and counts as none. Must not know pages.
 */
#include "app/draft.h"

#include "app/crypto.h"
#include "app/draft_text.h"
#include "base/clock.h"
#include "base/hash.h"
#include "gen/sql.h"

#define SEAL_WHERE "draft|body"
enum { RESUME_BYTES = 32 };

static struct str hash_of(struct ctx *c, struct str token)
{
    uint8_t *out = arena_alloc(c->a, CRYPTO_HASH_BYTES);
    crypto_token_hash(c->keys, "draft", token, out);
    return (struct str){(const char *)out, CRYPTO_HASH_BYTES};
}

static void fix_uploads(struct draft *d)
{
    d->in.uploads = d->upload_ids; /* a copied struct still points into the one it came from */
}

enum err draft_load(struct ctx *c, uint64_t session_id, struct draft *ret)
{
    const struct q_draft_get_row *r;
    struct str text;
    enum err err = q_draft_get(c->db, &(struct q_draft_get_in){.session_id = session_id}, &r);
    if (err != ERR_OK)
        return err;
    if (r->expires_at <= r->now)
        return ERR_NOT_FOUND;
    if (r->has_filed_ticket_id) { /* nothing is left of it but the ticket it became */
        *ret = (struct draft){.form_key = hex_encode(c->a, r->form_key), .filed_ticket_id = r->filed_ticket_id,
                              .updated_at = r->updated_at, .expires_at = r->expires_at};
        fix_uploads(ret);
        return ERR_OK;
    }
    if (crypto_open(c->keys, c->a, c->fault, (uint8_t)r->key_id, r->body_ct, SEAL_WHERE, session_id, &text) != ERR_OK) {
        *c->fault = (struct fault){0};
        err = draft_remove(c, session_id);
        return err == ERR_OK ? ERR_NOT_FOUND : err;
    }
    draft_read(c->a, text, ret);
    ret->form_key = hex_encode(c->a, r->form_key);
    ret->updated_at = r->updated_at;
    ret->expires_at = r->expires_at;
    return ERR_OK;
}

static enum err put(struct ctx *c, uint64_t session_id, const struct draft *d, struct str form_key, int64_t now,
                    int64_t expires_at)
{
    struct str text = draft_write(c->a, d);
    size_t changed;
    if (text.n == 0)
        return fault_set(c->fault, ERR_TOO_LARGE, "TOO_LARGE", "a draft does not fit its row");
    struct sealed s = crypto_seal(c->keys, c->a, text, SEAL_WHERE, session_id);
    struct q_draft_put_in in = {.session_id = session_id, .key_id = s.key_id, .body_ct = s.bytes, .form_key = form_key,
                                .updated_at = now, .expires_at = expires_at};
    return q_draft_put(c->db, &in, &changed);
}

enum err draft_save(struct ctx *c, uint64_t session_id, struct draft *d)
{
    uint8_t fresh[DRAFT_FORM_KEY_BYTES];
    struct str key;
    int64_t now;
    enum err err = db_now(c->db, &now);
    if (err != ERR_OK)
        return err;
    fix_uploads(d);
    if (d->form_key.n == 0 || d->filed_ticket_id != 0 || !hex_decode(c->a, d->form_key, &key)) {
        crypto_random(fresh, sizeof fresh);
        key = arena_dup(c->a, (struct str){(const char *)fresh, sizeof fresh});
        d->form_key = hex_encode(c->a, key);
        d->filed_ticket_id = 0;
    }
    d->updated_at = now;
    d->expires_at = now + c->set->draft_days * US_PER_DAY;
    return put(c, session_id, d, key, now, d->expires_at);
}

enum err draft_filed(struct ctx *c, uint64_t session_id, uint64_t ticket_id)
{
    size_t changed;
    struct q_draft_filed_in in = {.session_id = session_id, .ticket_id = ticket_id};
    return q_draft_filed(c->db, &in, &changed);
}

enum err draft_remove(struct ctx *c, uint64_t session_id)
{
    size_t changed;
    return q_draft_delete(c->db, &(struct q_draft_delete_in){.session_id = session_id}, &changed);
}

/* ---- another device --------------------------------------------------------------------------------------------- */

enum err draft_link(struct ctx *c, uint64_t session_id, struct str *ret_token)
{
    size_t changed;
    *ret_token = crypto_random_text(c->a, RESUME_BYTES);
    struct q_draft_set_resume_in in = {.session_id = session_id, .resume_hash = hash_of(c, *ret_token)};
    enum err err = q_draft_set_resume(c->db, &in, &changed);
    if (err == ERR_OK && changed == 0)
        return fault_set(c->fault, ERR_NOT_FOUND, "DRAFT_NOT_FOUND", "no draft to link to");
    return err;
}

struct resume {
    struct ctx *c;
    struct str hash;
    uint64_t session_id;
};

static enum err resume_tx(struct db *db, void *arg)
{
    struct resume *m = arg;
    struct ctx *c = m->c;
    const struct q_draft_by_resume_row *r;
    struct draft d;
    struct str text;
    int64_t now;
    enum err err = db_now(db, &now);
    if (err == ERR_OK)
        err = q_draft_by_resume(db, &(struct q_draft_by_resume_in){.resume_hash = m->hash, .now = now}, &r);
    if (err == ERR_NOT_FOUND)
        return fault_set(c->fault, ERR_NOT_FOUND, "DRAFT_NOT_FOUND", "draft link is unknown, used or expired");
    if (err != ERR_OK || r->session_id == m->session_id)
        return err;
    err = crypto_open(c->keys, c->a, c->fault, (uint8_t)r->key_id, r->body_ct, SEAL_WHERE, r->session_id, &text);
    if (err != ERR_OK)
        return err;
    draft_read(c->a, text, &d);
    fix_uploads(&d);
    err = draft_remove(c, r->session_id); /* it moves: two browsers must not file it twice */
    return err == ERR_OK ? put(c, m->session_id, &d, r->form_key, now, r->expires_at) : err;
}

enum err draft_resume(struct ctx *c, struct str token, uint64_t session_id)
{
    struct resume m = {.c = c, .hash = hash_of(c, token), .session_id = session_id};
    return tx_run(c->db, resume_tx, &m);
}
