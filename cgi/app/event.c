/*
 * event.c - writing events: canonical encoding, commitment, hash, insertion. Checking stands in event_verify.c.
 *
 * Contract: what is hashed here and there is one function, event_hash(). Must not know why an event happens.
 */
#include "app/event_private.h"
#include "app/timeline.h"

enum { ENCODING_VERSION = 1 };

void event_hash(const struct event_hashed *e, uint8_t out[EVENT_HASH_BYTES])
{
    struct crypto_hasher h;
    crypto_digest_start(&h);
    crypto_digest_put_u64(&h, ENCODING_VERSION);
    crypto_digest_put_field(&h, (struct str){(const char *)e->before, EVENT_HASH_BYTES});
    crypto_digest_put_u64(&h, e->ticket_id);
    crypto_digest_put_u64(&h, e->seq);
    crypto_digest_put_u64(&h, (uint64_t)e->at);
    crypto_digest_put_u64(&h, (uint64_t)e->code);
    crypto_digest_put_u64(&h, (uint64_t)e->wording);
    crypto_digest_put_u64(&h, e->is_public);
    crypto_digest_put_u64(&h, (uint64_t)e->from);
    crypto_digest_put_u64(&h, (uint64_t)e->to);
    crypto_digest_put_u64(&h, (uint64_t)e->actor_kind);
    crypto_digest_put_u64(&h, e->actor_id);
    crypto_digest_put_field(&h, e->unit_code);
    crypto_digest_put_field(&h, e->params);
    crypto_digest_put_field(&h, e->commitment);
    crypto_digest_end(&h, out);
}

void event_commit_words(const uint8_t nonce[EVENT_NONCE_BYTES], struct str words, uint8_t out[EVENT_HASH_BYTES])
{
    struct crypto_hasher h;
    crypto_digest_start(&h);
    crypto_digest_put(&h, (struct str){(const char *)nonce, EVENT_NONCE_BYTES});
    crypto_digest_put(&h, words);
    crypto_digest_end(&h, out);
}

void event_commit_text(const uint8_t nonce[EVENT_NONCE_BYTES], const struct event_text *x, uint8_t out[EVENT_HASH_BYTES])
{
    struct crypto_hasher h;
    crypto_digest_start(&h);
    crypto_digest_put(&h, (struct str){(const char *)nonce, EVENT_NONCE_BYTES});
    crypto_digest_put_field(&h, x->title);
    crypto_digest_put_field(&h, x->body);
    crypto_digest_put_field(&h, x->address);
    crypto_digest_end(&h, out);
}

static struct str bytes_of(struct arena *a, const void *p, size_t n)
{
    return arena_dup(a, (struct str){p, n});
}

static uint64_t actor_id(const struct actor *who)
{
    return who->kind == ACTOR_STAFF || who->kind == ACTOR_SERVICE ? who->staff_id : who->kind == ACTOR_CITIZEN ? who->account_id : 0;
}

static void commit(struct ctx *c, const struct act_event *e, struct q_event_insert_1_in *row)
{
    uint8_t nonce[EVENT_NONCE_BYTES], commitment[EVENT_HASH_BYTES];
    if (e->words.n == 0 && !e->text)
        return;
    BUG_ON(e->words.n > 0 && e->text); /* one commitment to an event */
    crypto_random(nonce, sizeof nonce);
    if (e->text) {
        event_commit_text(nonce, e->text, commitment);
    } else {
        event_commit_words(nonce, e->words, commitment);
        row->words = e->words;
        row->words_lang = e->words_lang;
        row->has_words = row->has_words_lang = true;
    }
    row->nonce = bytes_of(c->a, nonce, sizeof nonce);
    row->commitment = bytes_of(c->a, commitment, sizeof commitment);
    row->has_nonce = row->has_commitment = true;
}

struct q_event_insert_1_in event_seal(struct ctx *c, const struct actor *who, struct act_chain *chain, int64_t at,
                                      const struct act_event *e)
{
    struct q_event_insert_1_in row = {
        .ticket_id = chain->ticket_id, .seq = (int32_t)++chain->seq, .at = at, .code = (int32_t)e->code,
        .wording = EVENT_WORDING, .public = e->is_public, .from_state = (int32_t)e->from, .to_state = (int32_t)e->to,
        .actor_kind = (int32_t)(who->kind == ACTOR_NONE ? ACTOR_CITIZEN : who->kind), .actor_id = actor_id(who),
        .unit_code = e->unit_code, .params = e->params};
    commit(c, e, &row);
    struct event_hashed h = {.before = chain->head, .ticket_id = row.ticket_id, .seq = chain->seq, .at = at,
                             .code = row.code, .wording = row.wording, .is_public = row.public, .from = row.from_state,
                             .to = row.to_state, .actor_kind = row.actor_kind, .actor_id = row.actor_id,
                             .unit_code = row.unit_code, .params = row.params, .commitment = row.commitment};
    event_hash(&h, chain->head);
    row.hash = bytes_of(c->a, chain->head, EVENT_HASH_BYTES);
    return row;
}

static enum err insert_two(struct ctx *c, const struct q_event_insert_1_in *x, const struct q_event_insert_1_in *y)
{
    size_t n = 0;
    struct q_event_insert_2_in in = {
        .ticket_id = x->ticket_id, .at = x->at, .wording = x->wording,
        .seq = x->seq, .code = x->code, .public = x->public, .from_state = x->from_state, .to_state = x->to_state,
        .actor_kind = x->actor_kind, .actor_id = x->actor_id, .unit_code = x->unit_code, .params = x->params,
        .words = x->words, .has_words = x->has_words, .words_lang = x->words_lang, .has_words_lang = x->has_words_lang,
        .nonce = x->nonce, .has_nonce = x->has_nonce, .commitment = x->commitment, .has_commitment = x->has_commitment,
        .hash = x->hash,
        .seq2 = y->seq, .code2 = y->code, .public2 = y->public, .from_state2 = y->from_state, .to_state2 = y->to_state,
        .actor_kind2 = y->actor_kind, .actor_id2 = y->actor_id, .unit_code2 = y->unit_code, .params2 = y->params,
        .words2 = y->words, .has_words2 = y->has_words, .words_lang2 = y->words_lang, .has_words_lang2 = y->has_words_lang,
        .nonce2 = y->nonce, .has_nonce2 = y->has_nonce, .commitment2 = y->commitment, .has_commitment2 = y->has_commitment,
        .hash2 = y->hash};
    return q_event_insert_2(c->db, &in, &n);
}

void event_tell(struct buf *timeline, const struct q_event_insert_1_in *r)
{
    if (r->public)
        timeline_put(timeline, &(struct ticket_event){.seq = (uint32_t)r->seq, .at = r->at, .code = (enum event_code)r->code,
                                                      .wording = r->wording, .unit_code = r->unit_code, .params = r->params,
                                                      .words = r->words, .words_lang = r->words_lang});
}

enum err event_append(struct ctx *c, const struct actor *who, struct act_chain *chain, int64_t at,
                      const struct act_event *events, size_t n)
{
    enum err e = ERR_OK;
    struct buf piece;
    struct q_ticket_timeline_add_in add = {.ticket_id = chain->ticket_id, .before = (int32_t)chain->seq};
    buf_init(&piece, c->a, TIMELINE_BYTES);
    for (size_t i = 0; i < n && e == ERR_OK;) {
        struct q_event_insert_1_in x = event_seal(c, who, chain, at, &events[i++]);
        event_tell(&piece, &x);
        if (i < n) {
            struct q_event_insert_1_in y = event_seal(c, who, chain, at, &events[i++]);
            event_tell(&piece, &y);
            e = insert_two(c, &x, &y);
        } else {
            size_t changed = 0;
            e = q_event_insert_1(c->db, &x, &changed);
        }
    }
    if (e != ERR_OK || piece.full) /* too long to be kept: the number stays behind, and readers take the events */
        return e;
    add.seq = (int32_t)chain->seq;
    add.piece = buf_str(&piece);
    return q_ticket_timeline_add(c->db, &add);
}
