/*
 * knowledge_mark.c - the searched words in a text, as pieces.
 *
 * Contract: knowledge_mark.h. Characters are compared one by one after a simple folding (case, full-width forms), so that
 * every mark falls on whole characters of the text as it is shown. It knows neither HTML nor the database.
 */
#include "app/knowledge_mark.h"

#include "app/bigram.h"
#include "base/utf8.h"

struct glyphs { /* a text by characters */
    uint32_t *c;     /* folded */
    size_t *at;      /* byte offset; one more than n */
    bool *hit;
    size_t n;
};

static uint32_t fold(uint32_t c)
{
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c == '\n' || c == '\r' || c == 0x3000 ? ' ' : c;
}

static struct glyphs split(struct arena *a, struct str text)
{
    struct glyphs g = {.n = utf8_count(text)};
    g.c = ARENA_ARRAY(a, uint32_t, g.n + 1);
    g.at = ARENA_ARRAY(a, size_t, g.n + 1);
    g.hit = ARENA_ARRAY(a, bool, g.n + 1);
    struct str rest = text;
    for (size_t i = 0; i < g.n; i++) {
        g.at[i] = text.n - rest.n;
        g.c[i] = fold(utf8_next(&rest));
    }
    g.at[g.n] = text.n;
    return g;
}

static void mark_word(struct glyphs *g, const uint32_t *word, size_t n)
{
    for (size_t i = 0; n && i + n <= g->n; i++)
        if (memcmp(g->c + i, word, n * sizeof *word) == 0)
            for (size_t k = 0; k < n; k++)
                g->hit[i + k] = true;
}

static void mark_all(struct arena *a, struct glyphs *g, struct str query, bool pairs)
{
    struct str runs[BIGRAM_RUNS_MAX];
    size_t n_runs = bigram_runs(query, runs);
    for (size_t r = 0; r < n_runs; r++) {
        struct glyphs w = split(a, runs[r]);
        if (!pairs || w.n < 2)
            mark_word(g, w.c, w.n);
        else
            for (size_t i = 0; i + 2 <= w.n; i++)
                mark_word(g, w.c + i, 2);
    }
}

static bool ends_sentence(uint32_t c)
{
    return c == 0x3002 || c == 0xFF1B || c == ';' || c == ' ';
}

/* First character of the window of max characters with the most marks, moved back to the begin of its sentence. */
static size_t window(const struct glyphs *g, size_t max)
{
    enum { BACK = 24 };
    size_t best = 0, best_n = 0, now = 0;
    for (size_t end = 0; end < g->n; end++) {
        now += g->hit[end];
        if (end >= max)
            now -= g->hit[end - max];
        if (now > best_n) {
            best_n = now;
            best = end + 1 > max ? end + 1 - max : 0;
        }
    }
    while (best < g->n && !g->hit[best] && best_n)
        best++;
    for (size_t back = 0; back < BACK && back < best; back++)
        if (ends_sentence(g->c[best - back - 1]))
            return best - back;
    return best > BACK / 2 ? best - BACK / 2 : 0;
}

static struct str one_line(struct arena *a, struct str s)
{
    struct str copy = arena_dup(a, s);
    char *p = (char *)(uintptr_t)copy.p;
    for (size_t i = 0; i < copy.n; i++)
        if (p[i] == '\n' || p[i] == '\r')
            p[i] = ' ';
    return copy;
}

void knowledge_mark(struct arena *a, struct str text, struct str query, bool pairs, size_t max_chars,
                    const struct kb_bit **ret, size_t *ret_n)
{
    struct glyphs g = split(a, text);
    mark_all(a, &g, query, pairs);
    size_t from = g.n > max_chars ? window(&g, max_chars) : 0;
    size_t to = from + max_chars < g.n ? from + max_chars : g.n, n = 0;
    struct kb_bit *bits = ARENA_ARRAY(a, struct kb_bit, to - from + 3);
    if (from)
        bits[n++] = (struct kb_bit){STR("…"), false};
    for (size_t i = from; i < to;) {
        size_t k = i;
        while (k < to && g.hit[k] == g.hit[i])
            k++;
        bits[n++] = (struct kb_bit){one_line(a, str_slice(text, g.at[i], g.at[k])), g.hit[i]};
        i = k;
    }
    if (to < g.n)
        bits[n++] = (struct kb_bit){STR("…"), false};
    *ret = bits;
    *ret_n = n;
}
