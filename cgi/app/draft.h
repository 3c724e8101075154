/*
 * draft.h - what is being filed in the browser, kept on the server, encrypted whole, for settings.draft_days.
 *
 * One draft a browser session. form_key is its one-time key: it becomes the idempotency key of the filing, so that a
 * double click, a reload and the back button make one ticket.
 */
#ifndef APP_DRAFT_H
#define APP_DRAFT_H

#include "app/ticket.h"

enum { DRAFT_FORM_KEY_BYTES = 16 };

struct draft {
    struct ticket_filing in;              /* what was said so far; phone as normalised */
    struct str upload_ids[TICKET_UPLOADS_MAX]; /* in.uploads points here */
    bool has_kind, has_category, has_area, has_address, has_photos, has_contact; /* pages that were answered */
    struct str phone_pending;             /* a code was sent to it */
    struct str form_key;                  /* 32 hex digits */
    int64_t updated_at, expires_at;
    uint64_t filed_ticket_id;             /* 0 = not yet */
};

/* ERR_NOT_FOUND when there is none; a broken one (key gone) counts as none and is removed. */
enum err draft_load(struct ctx *c, uint64_t session_id, struct draft *ret) MUST_CHECK;
/* Makes the row and its form_key when it is new; a draft that was filed starts over. */
enum err draft_save(struct ctx *c, uint64_t session_id, struct draft *d) MUST_CHECK;
enum err draft_filed(struct ctx *c, uint64_t session_id, uint64_t ticket_id) MUST_CHECK;
enum err draft_remove(struct ctx *c, uint64_t session_id) MUST_CHECK;
/* ---- a lost session ------------------------------------------------------------------------------------------------
 * Each page carries the sealed name of its draft in its form. Sent from a session without a draft, the draft moves there, so that
 * nothing of the pages before is asked again. ERR_NOT_FOUND without a fault: no name of ours, filed, moved or expired meanwhile. A link that
 * was asked for goes on leading to the draft. */
struct str draft_name(struct ctx *c, uint64_t session_id, const struct draft *d);
enum err draft_take(struct ctx *c, struct str name, uint64_t session_id) MUST_CHECK;
/* ---- another device ----------------------------------------------------------------------------------------------
 * The token of a link is made of the session and the draft, so the same draft has the same link for as long as it lives;
 * what is stored is its hash, and only once the link was asked for. It goes into a URL once and is exchanged. */
enum err draft_link(struct ctx *c, uint64_t session_id, struct str *ret_token) MUST_CHECK;
/* The token of a link that was asked for before; ERR_NOT_FOUND without a fault when none was. */
enum err draft_link_again(struct ctx *c, uint64_t session_id, struct str *ret_token) MUST_CHECK;
/* What a link leads to. Changes nothing. ret_session: whose it is now. */
enum err draft_peek(struct ctx *c, struct str token, struct draft *ret, uint64_t *ret_session) MUST_CHECK;
/* The draft moves to this session; one that lay there is gone. ERR_NOT_FOUND DRAFT_NOT_FOUND: unknown, used, expired. */
enum err draft_resume(struct ctx *c, struct str token, uint64_t session_id) MUST_CHECK;

#endif
