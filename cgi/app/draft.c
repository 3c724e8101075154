/*
 * draft.c - keeping the draft of a browser session, encrypted whole.
 *
 * Contract: one row a session; its form_key stays the same until the draft is filed, then the next draft gets its own. A
 * draft that cannot be opened any more is removed and counts as none. Must not know pages.
 */
#include "app/draft.h"

#include "app/crypto.h"
#include "app/draft_text.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/hash.h"
#include "gen/sql.h"

#define SEAL_WHERE "draft|body"
#define NAME_WHERE "draft|name"
enum { NAME_CHARS = 300, MOVE_TRIES = 8 };
enum { LINK_BYTES = 32, LINK_INPUT_BYTES = 20 + 1 + DRAFT_FORM_KEY_BYTES };

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

/* ret_resume: the hash of the link that was asked for, empty when none was. */
static enum err load(struct ctx *c, uint64_t session_id, struct draft *ret, struct str *ret_resume)
{
    const struct q_draft_get_row *r;
    struct str text;
    *ret_resume = STR_NONE;
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
    if (r->has_resume_hash)
        *ret_resume = r->resume_hash;
    return ERR_OK;
}

enum err draft_load(struct ctx *c, uint64_t session_id, struct draft *ret)
{
    struct str unused;
    return load(c, session_id, ret, &unused);
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

/* Of a move that runs inside a transaction: two browsers must not file it twice, and what was read is no lock. Whoever takes the
 * row away first has the draft; ERR_CONFLICT when it was taken, filed, begun anew or saved with newer words since it was read:
 * the caller reads again. What lay in `to` is gone, with the link that led to it. resume_hash: of a link that goes on leading to
 * the draft, empty = none. */
static enum err move(struct ctx *c, uint64_t from, uint64_t to, struct draft *d, struct str resume_hash)
{
    size_t changed = 0;
    struct q_draft_leave_in leave = {.session_id = from, .updated_at = d->updated_at};
    if (!hex_decode(c->a, d->form_key, &leave.form_key))
        return ERR_NOT_FOUND;
    enum err err = q_draft_leave(c->db, &leave, &changed);
    if (err == ERR_OK && changed == 0)
        err = ERR_CONFLICT;
    if (err == ERR_OK)
        err = draft_remove(c, to);
    if (err != ERR_OK)
        return err;
    fix_uploads(d);
    err = put(c, to, d, leave.form_key, d->updated_at, d->expires_at);
    if (err != ERR_OK || resume_hash.n == 0)
        return err;
    return q_draft_set_resume(c->db, &(struct q_draft_set_resume_in){.session_id = to, .resume_hash = resume_hash}, &changed);
}

/* Reads and moves until nothing was saved in between; a browser saves now and then, not all the time. */
static enum err move_settled(struct ctx *c, enum err (*once)(void *arg), void *arg)
{
    enum err err = ERR_CONFLICT;
    for (int i = 0; i < MOVE_TRIES && err == ERR_CONFLICT; i++)
        err = once(arg);
    return err == ERR_CONFLICT ? fault_set(c->fault, ERR_UNAVAILABLE, "UNAVAILABLE", "a draft was saved at every try to move it") : err;
}

/* ---- a lost session --------------------------------------------------------------------------------------------- */

struct str draft_name(struct ctx *c, uint64_t session_id, const struct draft *d)
{
    const struct str text = arena_printf(c->a, "%llu|" STR_FMT, (unsigned long long)session_id, STR_ARG(d->form_key));
    const struct sealed s = crypto_seal(c->keys, c->a, text, NAME_WHERE, 0);
    const char id = (char)s.key_id;
    return base64url_encode(c->a, arena_concat(c->a, (struct str){&id, 1}, s.bytes));
}

static bool name_read(struct ctx *c, struct str name, uint64_t *ret_session, struct str *ret_form_key)
{
    struct fault unused = {0};
    struct str bytes, text, session;
    if (name.n > NAME_CHARS || !base64url_decode(c->a, name, &bytes) || bytes.n < 2)
        return false;
    if (crypto_open(c->keys, c->a, &unused, (uint8_t)bytes.p[0], str_slice(bytes, 1, bytes.n), NAME_WHERE, 0, &text) != ERR_OK)
        return false;
    return str_cut(text, '|', &session, ret_form_key) && parse_u64(session, 1, UINT64_MAX, ret_session);
}

struct taking {
    struct ctx *c;
    uint64_t from, to;
    struct str form_key;
};

static enum err take_once(void *arg)
{
    const struct taking *m = arg;
    struct draft d;
    struct str resume_hash;
    enum err err = load(m->c, m->from, &d, &resume_hash);
    if (err == ERR_OK && (d.filed_ticket_id != 0 || !str_eq(d.form_key, m->form_key)))
        err = ERR_NOT_FOUND;
    return err == ERR_OK ? move(m->c, m->from, m->to, &d, resume_hash) : err;
}

static enum err take_tx(struct db *db, void *arg)
{
    (void)db;
    return move_settled(((const struct taking *)arg)->c, take_once, arg);
}

enum err draft_take(struct ctx *c, struct str name, uint64_t session_id)
{
    struct taking m = {.c = c, .to = session_id};
    if (!name_read(c, name, &m.from, &m.form_key) || m.from == session_id)
        return ERR_NOT_FOUND;
    return tx_run(c->db, take_tx, &m);
}

/* ---- another device --------------------------------------------------------------------------------------------- */

static struct str link_token(struct ctx *c, uint64_t session_id, struct str form_key)
{
    uint8_t mac[LINK_BYTES];
    struct buf b;
    buf_init(&b, c->a, LINK_INPUT_BYTES);
    buf_put_u64(&b, session_id);
    buf_putc(&b, '|');
    buf_put(&b, form_key);
    BUG_ON(b.full);
    crypto_mac(c->keys, KEY_MISC, "draft link", buf_str(&b), mac, sizeof mac);
    return base64url_encode(c->a, (struct str){(const char *)mac, sizeof mac});
}

/* The row of a draft that is neither filed nor expired, and its token. */
static enum err linkable(struct ctx *c, uint64_t session_id, const struct q_draft_get_row **ret, struct str *ret_token)
{
    enum err err = q_draft_get(c->db, &(struct q_draft_get_in){.session_id = session_id}, ret);
    if (err == ERR_OK && ((*ret)->has_filed_ticket_id || (*ret)->expires_at <= (*ret)->now))
        err = ERR_NOT_FOUND;
    if (err == ERR_OK)
        *ret_token = link_token(c, session_id, (*ret)->form_key);
    return err;
}

enum err draft_link(struct ctx *c, uint64_t session_id, struct str *ret_token)
{
    const struct q_draft_get_row *r;
    size_t changed;
    enum err err = linkable(c, session_id, &r, ret_token);
    if (err == ERR_NOT_FOUND)
        return fault_set(c->fault, ERR_NOT_FOUND, "DRAFT_NOT_FOUND", "no draft to link to");
    if (err != ERR_OK)
        return err;
    struct q_draft_set_resume_in in = {.session_id = session_id, .resume_hash = hash_of(c, *ret_token)};
    return q_draft_set_resume(c->db, &in, &changed);
}

enum err draft_link_again(struct ctx *c, uint64_t session_id, struct str *ret_token)
{
    const struct q_draft_get_row *r;
    enum err err = linkable(c, session_id, &r, ret_token);
    if (err != ERR_OK)
        return err;
    return r->has_resume_hash && str_eq(r->resume_hash, hash_of(c, *ret_token)) ? ERR_OK : ERR_NOT_FOUND;
}

static enum err no_link(struct ctx *c)
{
    return fault_set(c->fault, ERR_NOT_FOUND, "DRAFT_NOT_FOUND", "draft link is unknown, used or expired");
}

static enum err by_link(struct ctx *c, struct str token, const struct q_draft_by_resume_row **ret, struct draft *ret_draft)
{
    struct str text;
    int64_t now;
    enum err err = db_now(c->db, &now);
    if (err == ERR_OK)
        err = q_draft_by_resume(c->db, &(struct q_draft_by_resume_in){.resume_hash = hash_of(c, token), .now = now}, ret);
    if (err == ERR_NOT_FOUND)
        return no_link(c);
    if (err != ERR_OK)
        return err;
    const struct q_draft_by_resume_row *r = *ret;
    err = crypto_open(c->keys, c->a, c->fault, (uint8_t)r->key_id, r->body_ct, SEAL_WHERE, r->session_id, &text);
    if (err != ERR_OK)
        return err;
    draft_read(c->a, text, ret_draft);
    ret_draft->form_key = hex_encode(c->a, r->form_key);
    ret_draft->updated_at = r->updated_at;
    ret_draft->expires_at = r->expires_at;
    return ERR_OK;
}

enum err draft_peek(struct ctx *c, struct str token, struct draft *ret, uint64_t *ret_session)
{
    const struct q_draft_by_resume_row *r;
    enum err err = by_link(c, token, &r, ret);
    if (err == ERR_OK) {
        fix_uploads(ret);
        *ret_session = r->session_id;
    }
    return err;
}

struct resume {
    struct ctx *c;
    struct str token;
    uint64_t session_id, from; /* from: where the link led at the first try */
};

static enum err resume_once(void *arg)
{
    struct resume *m = arg;
    struct ctx *c = m->c;
    const struct q_draft_by_resume_row *r;
    struct draft d;
    enum err err = by_link(c, m->token, &r, &d);
    if (err != ERR_OK || r->session_id == m->session_id)
        return err;
    if (m->from != 0 && m->from != r->session_id) /* another browser has it by now */
        return no_link(c);
    m->from = r->session_id;
    return move(c, r->session_id, m->session_id, &d, STR_NONE); /* a link is good once */
}

static enum err resume_tx(struct db *db, void *arg)
{
    struct resume *m = arg;
    (void)db;
    m->from = 0;
    return move_settled(m->c, resume_once, m);
}

enum err draft_resume(struct ctx *c, struct str token, uint64_t session_id)
{
    struct resume m = {.c = c, .token = token, .session_id = session_id};
    return tx_run(c->db, resume_tx, &m);
}
