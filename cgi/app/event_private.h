/* event_private.h - what writing and checking of the chain share, and filing, which writes its events with all else. */
#ifndef APP_EVENT_PRIVATE_H
#define APP_EVENT_PRIVATE_H

#include "app/act.h"
#include "gen/sql.h"

struct event_hashed { /* every field that the hash covers */
    const uint8_t *before; /* EVENT_HASH_BYTES */
    uint64_t ticket_id;
    uint32_t seq;
    int64_t at;
    int code, wording;
    bool is_public;
    int from, to, actor_kind;
    uint64_t actor_id;
    struct str unit_code, params, commitment; /* commitment empty = no words */
};
void event_hash(const struct event_hashed *e, uint8_t out[EVENT_HASH_BYTES]);
void event_commit_text(const uint8_t nonce[EVENT_NONCE_BYTES], const struct event_text *x, uint8_t out[EVENT_HASH_BYTES]);
void event_commit_words(const uint8_t nonce[EVENT_NONCE_BYTES], struct str words, uint8_t out[EVENT_HASH_BYTES]);

/* A row ready to be inserted, with its hash; moves the chain on. */
struct q_event_insert_1_in event_seal(struct ctx *c, const struct actor *who, struct act_chain *chain, int64_t at,
                                      const struct act_event *e);

/* Adds the event to what the demand's timeline keeps (app/timeline.h), if it is public. */
void event_tell(struct buf *timeline, const struct q_event_insert_1_in *row);

#endif
