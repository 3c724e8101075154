/*
 * timeline.c - see timeline.h.
 *
 * Contract: what is read is judged as if it came from outside; every length is checked against what is there. Must not
 * know the database.
 */
#include "app/timeline.h"

enum { NUMBERS = 8, LEAST_BYTES = 2 * NUMBERS /* of one event */ };

void timeline_put(struct buf *b, const struct ticket_event *e)
{
    const int64_t numbers[NUMBERS] = {e->seq, e->at, e->code, e->wording, e->words.n ? e->words_lang : -1,
                                      (int64_t)e->unit_code.n, (int64_t)e->params.n, (int64_t)e->words.n};
    for (size_t i = 0; i < NUMBERS; i++) {
        buf_put_i64(b, numbers[i]);
        buf_putc(b, i + 1 < NUMBERS ? ' ' : '\n');
    }
    buf_put(b, e->unit_code);
    buf_put(b, e->params);
    buf_put(b, e->words);
}

/* A decimal number up to the mark, which is taken as well. */
static bool number(const char **p, const char *end, char mark, int64_t *ret)
{
    const char *at = *p;
    bool minus = at < end && *at == '-';
    int64_t v = 0;
    at += minus;
    const char *first = at;
    for (; at < end && *at >= '0' && *at <= '9' && at - first < 18; at++)
        v = v * 10 + (*at - '0');
    if (at == first || at == end || *at != mark)
        return false;
    *p = at + 1;
    *ret = minus ? -v : v;
    return true;
}

static bool text(const char **p, const char *end, int64_t n, struct str *ret)
{
    if (n < 0 || n > end - *p)
        return false;
    *ret = (struct str){*p, (size_t)n};
    *p += n;
    return true;
}

bool timeline_take(struct str *rest, struct ticket_event *ret)
{
    const char *p = rest->p, *end = rest->p + rest->n;
    int64_t v[NUMBERS];
    if (rest->n < LEAST_BYTES)
        return false;
    for (size_t i = 0; i < NUMBERS; i++)
        if (!number(&p, end, i + 1 < NUMBERS ? ' ' : '\n', &v[i]))
            return false;
    if (v[0] < 1 || v[0] > UINT32_MAX || v[2] < 1 || v[2] > UINT16_MAX || v[3] < 0 || v[3] > UINT8_MAX || v[4] < -1 || v[4] > UINT8_MAX)
        return false;
    struct ticket_event e = {.seq = (uint32_t)v[0], .at = v[1], .code = (enum event_code)v[2], .wording = (int)v[3],
                             .words_lang = (int)v[4]};
    if (!text(&p, end, v[5], &e.unit_code) || !text(&p, end, v[6], &e.params) || !text(&p, end, v[7], &e.words))
        return false;
    *rest = (struct str){p, (size_t)(end - p)};
    *ret = e;
    return true;
}

bool timeline_read(struct arena *a, struct str all, const struct ticket_event **ret, size_t *ret_n)
{
    enum { FIRST_ROOM = 16 };
    struct str rest = all;
    size_t n = 0, room = FIRST_ROOM;
    struct ticket_event *out = ARENA_ARRAY(a, struct ticket_event, room);
    while (timeline_take(&rest, &out[n])) {
        if (++n < room)
            continue;
        struct ticket_event *wider = ARENA_ARRAY(a, struct ticket_event, 2 * room);
        memcpy(wider, out, n * sizeof *out);
        out = wider;
        room *= 2;
    }
    if (rest.n)
        return false;
    *ret = out;
    *ret_n = n;
    return true;
}
