/*
 * ticket_words.c - words of several demands in one statement. Contract: ticket_words.h. Must not know who reads them.
 */
#include "app/ticket_words.h"

#include "gen/sql.h"

enum err ticket_words(struct ctx *c, const uint64_t *ids, size_t n, struct str *ret)
{
    const struct q_ticket_words_row *r = NULL;
    size_t n_rows = 0;
    BUG_ON(n > TICKET_WORDS_MAX);
    for (size_t i = 0; i < n; i++)
        ret[i] = STR_NONE;
    if (n == 0)
        return ERR_OK;
    const uint64_t last = ids[n - 1]; /* fills the places that are left over */
    struct q_ticket_words_in in = {.a = ids[0], .b = n > 1 ? ids[1] : last, .c = n > 2 ? ids[2] : last, .d = n > 3 ? ids[3] : last,
                                   .e = n > 4 ? ids[4] : last, .f = n > 5 ? ids[5] : last, .g = n > 6 ? ids[6] : last,
                                   .h = n > 7 ? ids[7] : last, .i = n > 8 ? ids[8] : last, .j = n > 9 ? ids[9] : last};
    enum err e = q_ticket_words(c->db, &in, &r, &n_rows);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        for (size_t k = 0; k < n_rows; k++)
            if (r[k].ticket_id == ids[i])
                ret[i] = r[k].words;
    return e;
}
