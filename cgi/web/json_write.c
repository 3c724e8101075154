/*
 * json_write.c - JSON straight into a buffer.
 *
 * Contract: see json.h. Nesting and commas are kept here; a value without its key, or a close too many, is a mistake of
 * ours and aborts. Must not know json-c.
 */
#include "base/clock.h"
#include "web/json.h"

void json_init(struct json *w, struct buf *b)
{
    *w = (struct json){.b = b};
}

static void before_value(struct json *w)
{
    if (w->comma)
        buf_putc(w->b, ',');
    w->comma = true;
}

static void open_level(struct json *w, bool object)
{
    before_value(w);
    BUG_ON(w->depth >= JSON_OUT_DEPTH);
    w->depth++;
    w->is_object = (w->is_object & ~(UINT32_C(1) << w->depth)) | (uint32_t)object << w->depth;
    w->comma = false;
    buf_putc(w->b, object ? '{' : '[');
}

void json_open_object(struct json *w)
{
    open_level(w, true);
}

void json_open_array(struct json *w)
{
    open_level(w, false);
}

void json_close(struct json *w)
{
    BUG_ON(w->depth == 0);
    buf_putc(w->b, w->is_object >> w->depth & 1 ? '}' : ']');
    w->depth--;
    w->comma = true;
}

void json_key_literal(struct json *w, struct str quoted_with_colon)
{
    BUG_ON(!(w->is_object >> w->depth & 1));
    if (w->comma)
        buf_putc(w->b, ',');
    w->comma = false;
    buf_put(w->b, quoted_with_colon);
}

/* 0 = as it stands, 'u' = \u00XX, else the letter after the backslash. */
static const char escapes[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't', ['\b'] = 'b', ['\f'] = 'f', ['<'] = 'u',
    [0x7f] = 'u', [0] = 'u',     [1] = 'u',    [2] = 'u',    [3] = 'u',    [4] = 'u',    [5] = 'u',    [6] = 'u',
    [7] = 'u',    [11] = 'u',    [14] = 'u',   [15] = 'u',   [16] = 'u',   [17] = 'u',   [18] = 'u',   [19] = 'u',
    [20] = 'u',   [21] = 'u',    [22] = 'u',   [23] = 'u',   [24] = 'u',   [25] = 'u',   [26] = 'u',   [27] = 'u',
    [28] = 'u',   [29] = 'u',    [30] = 'u',   [31] = 'u',
};

static void put_escape(struct buf *b, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    if (escapes[c] == 'u') {
        buf_put(b, STR("\\u00"));
        buf_putc(b, digits[c >> 4]);
        buf_putc(b, digits[c & 15]);
    } else {
        buf_putc(b, '\\');
        buf_putc(b, escapes[c]);
    }
}

#define BYTES(v) (UINT64_C(0x0101010101010101) * (v))

/* Whether one of eight bytes may need an escape: below a blank, ", \, < or DEL. The carry of a subtraction can accuse its
 * neighbour wrongly, never acquit one. */
static bool may_escape(const char *p)
{
    uint64_t w, high = BYTES(0x80), any;
    memcpy(&w, p, sizeof w);
    any = w - BYTES(0x20);
    any |= (w ^ BYTES('"')) - BYTES(1);
    any |= (w ^ BYTES('\\')) - BYTES(1);
    any |= (w ^ BYTES('<')) - BYTES(1);
    any |= (w ^ BYTES(0x7f)) - BYTES(1);
    return any & ~w & high;
}

static void put_quoted(struct buf *b, struct str s)
{
    size_t from = 0;
    buf_putc(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.n - i >= 8 && !may_escape(s.p + i)) {
            i += 7;
            continue;
        }
        if (!escapes[(unsigned char)s.p[i]])
            continue;
        buf_put(b, (struct str){s.p + from, i - from});
        put_escape(b, (unsigned char)s.p[i]);
        from = i + 1;
    }
    buf_put(b, (struct str){s.p + from, s.n - from});
    buf_putc(b, '"');
}

void json_key_str(struct json *w, struct str name)
{
    json_key_literal(w, STR_NONE);
    put_quoted(w->b, name);
    buf_putc(w->b, ':');
}

void json_str(struct json *w, struct str s)
{
    before_value(w);
    put_quoted(w->b, s);
}

void json_cstr(struct json *w, const char *s)
{
    if (s)
        json_str(w, str_from_c(s));
    else
        json_null(w);
}

void json_i64(struct json *w, int64_t v)
{
    before_value(w);
    buf_put_i64(w->b, v);
}

void json_id(struct json *w, uint64_t v)
{
    before_value(w);
    buf_putc(w->b, '"');
    buf_put_u64(w->b, v);
    buf_putc(w->b, '"');
}

void json_bool(struct json *w, bool v)
{
    before_value(w);
    buf_put(w->b, v ? STR("true") : STR("false"));
}

void json_none(struct json *w)
{
    before_value(w);
    buf_put(w->b, STR("null"));
}

void json_time(struct json *w, int64_t us)
{
    char text[CLOCK_RFC3339_CHARS + 2];
    before_value(w);
    text[0] = text[sizeof text - 1] = '"';
    clock_rfc3339_to(text + 1, us);
    buf_put(w->b, (struct str){text, sizeof text});
}

void json_fixed(struct json *w, int64_t scaled, int decimals)
{
    char text[40];
    size_t i = sizeof text;
    uint64_t v = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
    bool digits = false; /* zeros at the end of the fraction are left out */
    before_value(w);
    BUG_ON(decimals < 0 || decimals > 18);
    for (int d = 0; d < decimals; d++, v /= 10) {
        if (digits || v % 10) {
            text[--i] = (char)('0' + v % 10);
            digits = true;
        }
    }
    if (digits)
        text[--i] = '.';
    do {
        text[--i] = (char)('0' + v % 10);
        v /= 10;
    } while (v);
    if (scaled < 0)
        text[--i] = '-';
    buf_put(w->b, (struct str){text + i, sizeof text - i});
}

void json_raw(struct json *w, struct str value)
{
    before_value(w);
    buf_put(w->b, value);
}
