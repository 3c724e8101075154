/*
 * card.c - see card.h.
 *
 * Contract: one table says what a card is made of, for writing and for reading; what is read is judged as if it came from
 * outside. Must not know who asks.
 */
#include "app/card.h"

#include "base/buf.h"

enum { CARD_BYTES = 800 }; /* as sql/query/ticket.sql says */
enum what { NUMBER, LONG, ID, FLAG, CODE };
struct field {
    enum what what;
    bool may_be_null;
    size_t at, has_at; /* in struct card */
};
#define FIELD(what, name) {what, false, offsetof(struct card, row.name), 0}
#define MAYBE(what, name) {what, true, offsetof(struct card, row.name), offsetof(struct card, row.has_##name)}

/* In the order of the view. */
static const struct field fields[] = {
    FIELD(NUMBER, chain_seq), {CODE, false, offsetof(struct card, ticket_no), 0}, FIELD(CODE, public_id), FIELD(NUMBER, kind),
    FIELD(NUMBER, channel), FIELD(NUMBER, applicant), FIELD(NUMBER, state), FIELD(NUMBER, diversion), FIELD(NUMBER, version), FIELD(NUMBER, round), FIELD(CODE, category_code),
    FIELD(CODE, area_code), FIELD(NUMBER, response_level), MAYBE(LONG, promise_at), FIELD(FLAG, is_public),
    FIELD(FLAG, confidential), FIELD(FLAG, no_reply), FIELD(NUMBER, lang), FIELD(NUMBER, token_epoch), FIELD(NUMBER, urge_count),
    MAYBE(LONG, urged_at), MAYBE(LONG, objected_at), MAYBE(ID, merged_into), FIELD(LONG, created_at), MAYBE(LONG, replied_at),
    MAYBE(LONG, closed_at), FIELD(NUMBER, n_uploads), FIELD(NUMBER, n_units), FIELD(FLAG, is_demo), MAYBE(CODE, lead_unit),
    MAYBE(NUMBER, lead_state), MAYBE(LONG, lead_due_at),
    {LONG, true, offsetof(struct card, rating_until), offsetof(struct card, has_rating_until)},
};
enum { FIELDS = sizeof fields / sizeof *fields };

/* ---- writing ----------------------------------------------------------------------------------------------------------- */

static void put_field(struct buf *b, const struct field *f, const char *card)
{
    const void *p = card + f->at;
    if (f->may_be_null && !*(const bool *)(const void *)(card + f->has_at)) {
        buf_putc(b, '-');
        return;
    }
    switch (f->what) {
    case NUMBER: buf_put_i64(b, *(const int32_t *)p); break;
    case LONG:   buf_put_i64(b, *(const int64_t *)p); break;
    case ID:     buf_put_u64(b, *(const uint64_t *)p); break;
    case FLAG:   buf_putc(b, *(const bool *)p ? '1' : '0'); break;
    case CODE:   buf_put(b, *(const struct str *)p); break;
    }
}

struct str card_text(struct arena *a, const struct card *card)
{
    struct buf b;
    buf_init(&b, a, CARD_BYTES);
    for (size_t i = 0; i < FIELDS; i++) {
        if (i > 0)
            buf_putc(&b, ' ');
        put_field(&b, &fields[i], (const char *)card);
    }
    BUG_ON(b.full);
    return buf_str(&b);
}

/* ---- reading ----------------------------------------------------------------------------------------------------------- */

/* Up to the next blank, or the end, which is taken as well. *rest.p = NULL: there is nothing more. */
static struct str next(struct str *rest)
{
    const char *blank = rest->n ? memchr(rest->p, ' ', rest->n) : NULL;
    const size_t n = blank ? (size_t)(blank - rest->p) : rest->n;
    const struct str s = {rest->p, n};
    *rest = blank ? (struct str){blank + 1, rest->n - n - 1} : (struct str){NULL, 0};
    return s;
}

static bool take_number(const struct field *f, struct str s, void *p)
{
    int64_t v;
    uint64_t id;
    switch (f->what) {
    case NUMBER:
        if (!parse_i64(s, INT32_MIN, INT32_MAX, &v))
            return false;
        *(int32_t *)p = (int32_t)v;
        return true;
    case LONG:
        return parse_i64(s, INT64_MIN, INT64_MAX, (int64_t *)p);
    case ID:
        return parse_u64(s, 1, UINT64_MAX, (uint64_t *)p);
    case FLAG:
        if (!parse_u64(s, 0, 1, &id))
            return false;
        *(bool *)p = id != 0;
        return true;
    case CODE:
        break;
    }
    return false;
}

static bool take_field(const struct field *f, struct str *rest, char *card)
{
    if (!rest->p)
        return false;
    const struct str s = next(rest);
    const bool null = f->may_be_null && s.n == 1 && s.p[0] == '-';
    if (f->may_be_null)
        *(bool *)(void *)(card + f->has_at) = !null;
    if (f->what == CODE)
        *(struct str *)(void *)(card + f->at) = null ? STR_NONE : s;
    return null || f->what == CODE || take_number(f, s, card + f->at);
}

bool card_read(struct str s, struct card *card)
{
    for (size_t i = 0; i < FIELDS; i++)
        if (!take_field(&fields[i], &s, (char *)card))
            return false;
    return !s.p;
}
