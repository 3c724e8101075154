/*
 * outbox.c - the outbox: writing in the act's transaction, telling, leasing, marking.
 *
 * Contract: a message carries its names and values, never a finished sentence; the worker words it. Payload on disk:
 * "lang=0&phone=...&" then the parameters, in app/params.h form, encrypted when it holds a phone, emptied once sent.
 */
#include "app/act.h"
#include "app/contact.h"
#include "app/outbox_write.h"
#include "gen/sql.h"

enum { PAYLOAD_BYTES = 1900, BACKOFF_FIRST_S = 30, BACKOFF_MAX_S = 3600, TAKE_ROWS = 100 /* LIMIT of outbox_take */, TEN = 10 /* ids of one statement */ };

static const char where[] = "outbox|payload";

const char *outbox_topic_word(enum outbox_topic t)
{
    static const char *const words[] = {"",           "sms_code",     "sms_receipt",  "sms_reply",
                                        "sms_rating", "sms_extended", "sms_reopened", "unit_notice",
                                        "sms_merged"};
    _Static_assert(sizeof words / sizeof words[0] == OUTBOX_TOPIC_END, "a word for each topic");
    return t > 0 && t < OUTBOX_TOPIC_END ? words[t] : "";
}

/* ---- writing ------------------------------------------------------------------------------------------------------------ */

static enum err put(struct ctx *c, uint64_t ticket_id, enum outbox_topic topic, const struct buf *payload, bool secret,
                    int64_t now)
{
    BUG_ON(payload->full);
    struct q_outbox_insert_in in = {.id = id_new(now), .ticket_id = ticket_id, .topic = (int32_t)topic, .next_at = now,
                                    .payload = buf_str(payload), .created_at = now};
    if (secret) {
        struct sealed s = crypto_seal(c->keys, c->a, in.payload, where, in.id);
        in.key_id = s.key_id;
        in.payload = s.bytes;
    }
    return q_outbox_insert(c->db, &in);
}

enum err outbox_to_phone(struct ctx *c, uint64_t ticket_id, enum outbox_topic topic, struct str phone, int lang,
                         const struct buf *params, int64_t now)
{
    struct buf b;
    buf_init(&b, c->a, PAYLOAD_BYTES);
    params_put_i64(&b, "lang", lang);
    params_put(&b, "phone", phone);
    if (params && params->n > 0) {
        buf_putc(&b, '&');
        buf_put(&b, buf_str(params));
    }
    return put(c, ticket_id, topic, &b, true, now);
}

enum err outbox_to_unit(struct ctx *c, uint64_t ticket_id, struct str no, struct str unit_code, const char *event, int64_t now)
{
    struct buf b;
    buf_init(&b, c->a, PAYLOAD_BYTES);
    params_put(&b, "no", no);
    params_put(&b, "unit", unit_code);
    params_put(&b, "event", str_from_c(event));
    return put(c, ticket_id, OUTBOX_UNIT_NOTICE, &b, false, now);
}

enum err act_tell_filer(struct act *a, enum outbox_topic topic, const struct buf *params)
{
    struct contact who = {0};
    enum err e = contact_get(a->c, CONTACT_TICKET, a->t.id, &who);
    if (e == ERR_NOT_FOUND)
        return ERR_OK;
    if (e != ERR_OK || who.phone_verified_at == 0 || who.phone.n == 0 || a->t.is_demo)
        return e;
    return outbox_to_phone(a->c, a->t.id, topic, who.phone, a->t.lang, params, a->now);
}

/* ---- taking --------------------------------------------------------------------------------------------------------------- */

struct taking {
    struct ctx *c;
    void (*tell)(struct ctx *c, const struct outbox_item *it);
    size_t max, n, n_told;
    struct outbox_item *out;
    uint64_t told[TAKE_ROWS];
    bool more;
};

/* False: the payload does not open. */
static bool read_payload(struct ctx *c, const struct q_outbox_take_row *r, struct outbox_item *it)
{
    struct str plain = r->payload;
    *it = (struct outbox_item){.id = r->id, .ticket_id = r->ticket_id, .topic = (enum outbox_topic)r->topic,
                               .attempts = r->attempts};
    if (r->key_id != 0 && crypto_open(c->keys, c->a, NULL, (uint8_t)r->key_id, r->payload, where, r->id, &plain) != ERR_OK)
        return false;
    it->params = plain;
    it->phone = params_get(c->a, plain, "phone");
    it->lang = (int)params_get_i64(plain, "lang", APP_ZH);
    return r->topic > 0 && r->topic < OUTBOX_TOPIC_END && (r->key_id == 0 || it->phone.n > 0);
}

/* Every lease holds, because the rows are locked since they were read. */
static enum err lease_items(struct db *db, const struct taking *t, int64_t now)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < t->n && e == ERR_OK; i += TEN) {
        uint64_t id[TEN] = {0};
        for (size_t k = 0; k < TEN && i + k < t->n; k++)
            id[k] = t->out[i + k].id;
        struct q_outbox_lease_in in = {.until = now + t->c->set->outbox_lease_seconds * US_PER_S, .now = now,
                                       .id0 = id[0], .id1 = id[1], .id2 = id[2], .id3 = id[3], .id4 = id[4],
                                       .id5 = id[5], .id6 = id[6], .id7 = id[7], .id8 = id[8], .id9 = id[9]};
        e = q_outbox_lease(db, &in);
    }
    return e;
}

static enum err mark_sent(struct db *db, const uint64_t *ids, size_t n, int64_t now)
{
    enum err e = ERR_OK;
    for (size_t i = 0; i < n && e == ERR_OK; i += TEN) {
        uint64_t id[TEN] = {0};
        for (size_t k = 0; k < TEN && i + k < n; k++)
            id[k] = ids[i + k];
        struct q_outbox_sent_in in = {.at = now, .id0 = id[0], .id1 = id[1], .id2 = id[2], .id3 = id[3], .id4 = id[4],
                                      .id5 = id[5], .id6 = id[6], .id7 = id[7], .id8 = id[8], .id9 = id[9]};
        e = q_outbox_sent(db, &in);
    }
    return e;
}

/* The last failed try makes a row dead; one that has used up its tries unmarked took its sender down each time. A notice counts no
 * tries: telling it is a line of the log. */
static enum err take_row(struct db *db, struct taking *t, const struct q_outbox_take_row *r)
{
    struct outbox_item it;
    size_t changed = 0;
    const bool opens = read_payload(t->c, r, &it);
    if (!opens || r->attempts >= t->c->set->outbox_tries) {
        struct q_outbox_dead_in dead = {.id = r->id, .error = opens ? STR("every try ended without an answer")
                                                                  : STR("payload does not open")};
        return q_outbox_dead(db, &dead, &changed);
    }
    if (it.topic == OUTBOX_UNIT_NOTICE) {
        t->tell(t->c, &it);
        t->told[t->n_told++] = it.id;
    } else if (t->n < t->max) {
        t->out[t->n++] = it;
    }
    return ERR_OK;
}

static enum err take_rows(struct db *db, void *arg)
{
    struct taking *t = arg;
    const struct q_outbox_take_row *r = NULL;
    size_t n = 0;
    int64_t now = 0;
    t->n = t->n_told = 0;
    enum err e = db_now(db, &now);
    struct q_outbox_take_in in = {.now = now};
    if (e == ERR_OK)
        e = q_outbox_take(db, &in, &r, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        e = take_row(db, t, &r[i]);
    t->more = n == TAKE_ROWS || t->n == t->max;
    if (e == ERR_OK)
        e = mark_sent(db, t->told, t->n_told, now);
    return e == ERR_OK ? lease_items(db, t, now) : e;
}

enum err outbox_take(struct ctx *c, size_t max, void (*tell)(struct ctx *c, const struct outbox_item *it), struct outbox_batch *ret)
{
    struct taking t = {.c = c, .tell = tell, .max = max < TAKE_ROWS ? max : TAKE_ROWS};
    t.out = ARENA_ARRAY(c->a, struct outbox_item, TAKE_ROWS);
    enum err e = tx_run(c->db, take_rows, &t);
    if (e == ERR_OK)
        *ret = (struct outbox_batch){.items = t.out, .n = t.n, .more = t.more};
    return e;
}

struct sending {
    const uint64_t *ids;
    size_t n;
};

static enum err mark_rows(struct db *db, void *arg)
{
    const struct sending *x = arg;
    int64_t now = 0;
    enum err e = db_now(db, &now);
    return e == ERR_OK ? mark_sent(db, x->ids, x->n, now) : e;
}

enum err outbox_sent_all(struct ctx *c, const uint64_t *ids, size_t n)
{
    struct sending x = {ids, n};
    return n ? tx_run(c->db, mark_rows, &x) : ERR_OK;
}

enum err outbox_failed(struct ctx *c, const struct outbox_item *it, const char *error, bool permanent)
{
    int64_t now = 0, wait_s = BACKOFF_FIRST_S;
    size_t n = 0;
    enum err e = db_now(c->db, &now);
    if (e != ERR_OK)
        return e;
    struct str text = str_slice(str_from_c(error), 0, 190);
    if (permanent || it->attempts + 1 >= c->set->outbox_tries) {
        struct q_outbox_dead_in in = {.id = it->id, .error = text};
        return q_outbox_dead(c->db, &in, &n);
    }
    for (int i = 0; i < it->attempts && wait_s < BACKOFF_MAX_S; i++)
        wait_s *= 2;
    if (wait_s > BACKOFF_MAX_S)
        wait_s = BACKOFF_MAX_S;
    struct q_outbox_retry_in in = {.id = it->id, .next_at = now + wait_s * US_PER_S, .error = text};
    return q_outbox_retry(c->db, &in, &n);
}

enum err outbox_state(struct ctx *c, struct outbox_state *ret)
{
    const struct q_outbox_state_row *r = NULL;
    enum err e = q_outbox_state(c->db, &r);
    if (e == ERR_OK)
        *ret = (struct outbox_state){r->waiting, r->dead, r->oldest_at ? r->now - r->oldest_at : 0};
    return e;
}

enum err outbox_revive(struct ctx *c, size_t *ret_n)
{
    int64_t now = 0;
    enum err e = db_now(c->db, &now);
    struct q_outbox_revive_in in = {.now = now};
    return e == ERR_OK ? q_outbox_revive(c->db, &in, ret_n) : e;
}
