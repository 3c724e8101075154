/*
 * act_rating.c - the signed link by which a filer rates, sent to the phone that is kept [T 23].
 *
 * Contract: part of the act that invites, and rolled back with it. Must not know why it invites.
 */
#include "app/act.h"

#include "app/rating.h"
#include "gen/sql.h"

enum { LINK_TOKEN_BYTES = 32 };

enum err act_send_rating_link(struct act *a)
{
    uint8_t hash[32];
    size_t n = 0;
    struct buf params;
    const struct str token = crypto_random_text(a->c->a, LINK_TOKEN_BYTES);
    crypto_token_hash(a->c->keys, "link", token, hash);
    struct q_signed_link_insert_in in = {.token_hash = {(const char *)hash, 32}, .purpose = LINK_RATING, .ticket_id = a->t.id,
                                         .round = a->t.round, .created_at = a->now,
                                         .expires_at = a->now + a->c->set->rating_link_days * US_PER_DAY};
    enum err e = q_signed_link_insert(a->c->db, &in, &n);
    if (e != ERR_OK)
        return e;
    act_params(a, &params);
    params_put(&params, "no", a->t.no);
    params_put(&params, "link", token);
    return act_tell_filer(a, OUTBOX_SMS_RATING, &params);
}
