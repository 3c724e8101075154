/*
 * bigram.c - pairs of characters as hex tokens.
 *
 * Contract: bigram.h. It knows nothing of the database; its output holds no character that a full-text expression could
 * misread, because it is made of hex digits alone.
 */
#include "app/bigram.h"

#include "base/utf8.h"

/* Letters, digits and ideographs; ASCII symbols, general and CJK punctuation, and their full-width forms divide. */
static bool is_word(uint32_t c)
{
    if (c < 0x80)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c < 0xC0)
        return c == 0xB5;
    if (c == 0xD7 || c == 0xF7)
        return false;
    if (c >= 0x2000 && c <= 0x2BFF)
        return false;
    if ((c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) || c == 0x3030)
        return false;
    if ((c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) ||
        (c >= 0xFF5B && c <= 0xFF65) || (c >= 0xFE10 && c <= 0xFE6F) || (c >= 0xE000 && c <= 0xF8FF))
        return false;
    return true;
}

/* Cuts the next run from *s; false at the end. */
static bool next_run(struct str *s, struct str *ret)
{
    const char *begin = NULL;
    while (s->n) {
        const char *here = s->p;
        struct str after = *s;
        bool word = is_word(utf8_next(&after));
        if (word && !begin)
            begin = here;
        if (!word && begin) {
            *ret = (struct str){begin, (size_t)(here - begin)};
            return true;
        }
        *s = after;
    }
    if (!begin)
        return false;
    *ret = (struct str){begin, (size_t)(s->p - begin)};
    return true;
}

size_t bigram_runs(struct str normalised, struct str ret[BIGRAM_RUNS_MAX])
{
    size_t n = 0;
    while (n < BIGRAM_RUNS_MAX && next_run(&normalised, &ret[n]))
        n++;
    return n;
}

/* UTF-16 units of one character. */
static size_t units_of(uint32_t c, uint16_t out[2])
{
    if (c < 0x10000) {
        out[0] = (uint16_t)c;
        return 1;
    }
    out[0] = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
    out[1] = (uint16_t)(0xDC00 + ((c - 0x10000) & 0x3FF));
    return 2;
}

struct walk {
    struct str rest;
    uint16_t waiting[2];
    size_t n_waiting;
};

static bool next_unit(struct walk *w, uint16_t *ret)
{
    if (w->n_waiting) {
        *ret = w->waiting[1];
        w->n_waiting = 0;
        return true;
    }
    if (!w->rest.n)
        return false;
    uint16_t u[2];
    size_t n = units_of(utf8_next(&w->rest), u);
    *ret = u[0];
    if (n == 2) {
        w->waiting[1] = u[1];
        w->n_waiting = 1;
    }
    return true;
}

static void put_hex(struct buf *b, uint16_t u)
{
    static const char digits[] = "0123456789abcdef";
    char h[4] = {digits[u >> 12], digits[(u >> 8) & 15], digits[(u >> 4) & 15], digits[u & 15]};
    buf_put(b, (struct str){h, 4});
}

/* Pairs of one run, a blank between them; with the last single unit when `single`. Returns the units of the run. */
static size_t put_run(struct buf *b, struct str run, bool single)
{
    struct walk w = {.rest = run};
    uint16_t before = 0, now;
    size_t n = 0;
    for (; next_unit(&w, &now); n++, before = now) {
        if (!n)
            continue;
        buf_put(b, n > 1 ? STR(" u") : STR("u"));
        put_hex(b, before);
        put_hex(b, now);
    }
    if (single && n) {
        buf_put(b, n > 1 ? STR(" u") : STR("u"));
        put_hex(b, before);
    }
    return n;
}

void bigram_index(struct buf *b, struct str normalised)
{
    struct str run;
    for (bool first = true; next_run(&normalised, &run); first = false) {
        if (!first)
            buf_putc(b, ' ');
        put_run(b, run, true);
    }
}

static bool is_single(struct str run)
{
    uint32_t c = utf8_next(&run);
    return !run.n && c < 0x10000;
}

static void put_prefix(struct buf *b, struct str run)
{
    buf_putc(b, 'u');
    put_hex(b, (uint16_t)utf8_next(&run));
    buf_putc(b, '*');
}

void bigram_phrase(struct buf *b, struct str normalised)
{
    struct str runs[BIGRAM_RUNS_MAX];
    size_t n = bigram_runs(normalised, runs);
    for (size_t i = 0; i < n; i++) {
        buf_put(b, i ? STR(" +") : STR("+"));
        if (is_single(runs[i])) {
            put_prefix(b, runs[i]);
            continue;
        }
        buf_putc(b, '"');
        put_run(b, runs[i], false);
        buf_putc(b, '"');
    }
}

void bigram_likeness(struct buf *b, struct str normalised)
{
    struct str runs[BIGRAM_RUNS_MAX];
    size_t n = bigram_runs(normalised, runs), put = 0;
    for (size_t i = 0; i < n; i++) {
        if (is_single(runs[i]) && n > 1)
            continue;
        if (put++)
            buf_putc(b, ' ');
        if (is_single(runs[i]))
            put_prefix(b, runs[i]);
        else
            put_run(b, runs[i], false);
    }
}
