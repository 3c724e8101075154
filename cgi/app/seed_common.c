/*
 * seed_common.c - counts in how many sections each pair of characters stands, and keeps the commonest.
 *
 * Contract: seed_internal.h. A token of app/bigram is "u" and eight hex digits, so a pair is a number of 32 bits; single
 * characters are left out. Done when the laws have changed, in one pass over the tokens.
 */
#include "app/seed_internal.h"
#include "gen/sql.h"

enum { SLOTS = 1 << 20, TOKEN_CHARS = 9, COMMON_PER_MILLE = 60, COMMON_MAX = 500 };

struct slot {
    uint32_t pair, n;
    int64_t section; /* counted for this one already */
};
struct counting {
    struct slot *slots;
    size_t used, n_sections;
};

static bool pair_of(struct str token, uint32_t *ret)
{
    uint32_t v = 0;
    if (token.n != TOKEN_CHARS || token.p[0] != 'u')
        return false;
    for (size_t i = 1; i < token.n; i++) {
        const char *digit = strchr("0123456789abcdef", token.p[i]);
        if (!digit)
            return false;
        v = v << 4 | (uint32_t)(digit - "0123456789abcdef");
    }
    *ret = v;
    return v != 0;
}

static void count_pair(struct counting *c, uint32_t pair, int64_t section)
{
    size_t at = (pair * UINT32_C(2654435769)) >> 12;
    while (c->slots[at].pair && c->slots[at].pair != pair)
        at = (at + 1) % SLOTS;
    struct slot *s = &c->slots[at];
    if (!s->pair) {
        BUG_ON(++c->used > SLOTS / 2);
        s->pair = pair;
    }
    if (s->section != section) {
        s->section = section;
        s->n++;
    }
}

static void count_section(struct counting *c, int64_t section, struct str tokens)
{
    struct str token;
    uint32_t pair;
    c->n_sections++;
    while (tokens.n) {
        str_cut(tokens, ' ', &token, &tokens);
        if (pair_of(token, &pair))
            count_pair(c, pair, section);
    }
}

static enum err count_all(struct seed_work *w, struct counting *c)
{
    const struct q_kb_tokens_page_row *rows;
    size_t n = 1;
    int64_t after = 0;
    enum err e = ERR_OK;
    while (n && !e) {
        e = q_kb_tokens_page(w->db, &(struct q_kb_tokens_page_in){.after = after}, &rows, &n);
        for (size_t i = 0; i < n && !e; i++)
            count_section(c, after = rows[i].section_id, rows[i].body_tokens);
    }
    return e;
}

enum err seed_common_tokens(struct seed_work *w)
{
    struct counting c = {.slots = ARENA_ARRAY(w->a, struct slot, SLOTS)};
    size_t gone, kept = 0;
    enum err e = count_all(w, &c);
    if (!e)
        e = q_kb_common_clear(w->db, &gone);
    for (size_t i = 0; i < SLOTS && !e && kept < COMMON_MAX; i++) {
        if (!c.slots[i].pair || c.slots[i].n * 1000ull < COMMON_PER_MILLE * (uint64_t)c.n_sections)
            continue;
        kept++;
        e = q_kb_common_put(w->db, &(struct q_kb_common_put_in){.token = arena_printf(w->a, "u%08x", c.slots[i].pair),
                                                                .n_sections = c.slots[i].n});
    }
    return e;
}
