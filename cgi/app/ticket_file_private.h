/* ticket_file_private.h - a filing under way: for ticket_file.c, which leads the transaction, and ticket_file_rows.c, which writes. */
#ifndef APP_TICKET_FILE_PRIVATE_H
#define APP_TICKET_FILE_PRIVATE_H

#include "app/dispatch.h"
#include "app/ticket_file.h"
#include "app/ticket_input.h"
#include "app/urgent.h"

struct filing {
    struct ctx *c;
    const struct actor *who;
    struct filing_input in;
    struct dispatch d;
    const struct urgent_mode *mode; /* that raised the level; NULL = none */
    const struct filing_then *then; /* NULL = none */
    bool diverted, overtaken;
    uint64_t id, lead_id;
    struct str no, public_id, timeline;
    int64_t now, promise_at;
    enum ticket_state state;
    size_t n_units;
    int runs;
    uint8_t key_hash[32], request_hash[32];
    struct ticket_filed out;
};

/* Acted on by the hotline centre, which keeps it. */
static inline bool filing_is_kept(const struct filing *x)
{
    return x->then && x->then->plan;
}

/* All rows but the key's: names, state, promise and class are settled. */
enum err filing_put_rows(struct filing *x) MUST_CHECK;

#endif
