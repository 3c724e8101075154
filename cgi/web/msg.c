/*
 * msg.c - looks up messages and fills their placeholders.
 *
 * Contract: see msg.h. The texts were checked when they were generated, so every brace here has its partner. Must not
 * know HTML: what is made here is plain text.
 */
#include "web/msg.h"

#include "base/err.h"

static struct str text_of(enum lang lang, enum msg m)
{
    BUG_ON((unsigned)m >= MSG_COUNT);
    return msg_texts[(unsigned)lang < LANG_COUNT ? lang : LANG_ZH][m];
}

bool msg_has_args(enum msg m)
{
    struct str s = text_of(LANG_ZH, m);
    return s.n && memchr(s.p, '{', s.n);
}

struct str msg_text(enum lang lang, enum msg m)
{
    BUG_ON(msg_has_args(m));
    return text_of(lang, m);
}

struct given { /* arguments in a list */
    const struct msg_arg *args;
    size_t n;
};

static bool find_given(const void *of, struct str name, struct str *ret)
{
    const struct given *g = of;
    for (size_t i = 0; i < g->n; i++)
        if (str_eq_c(name, g->args[i].name)) {
            *ret = g->args[i].text;
            return true;
        }
    return false;
}

static void put_placeholder(struct buf *b, struct str inside, bool (*find)(const void *, struct str, struct str *), const void *of)
{
    struct str name, forms, one, many, text = STR_NONE;
    bool choice = str_cut(inside, '|', &name, &forms), found = find(of, name, &text);
    if (choice) {
        str_cut(forms, '|', &one, &many);
        buf_put(b, str_eq(text, STR("1")) ? one : many);
    } else if (found) {
        buf_put(b, text);
    } else {
        buf_putc(b, '{');
        buf_put(b, name);
        buf_putc(b, '}');
    }
}

static void put_by(struct buf *b, enum lang lang, enum msg m, bool (*find)(const void *, struct str, struct str *), const void *of)
{
    struct str rest = text_of(lang, m), text, inside;
    while (str_cut(rest, '{', &text, &rest)) {
        buf_put(b, text);
        str_cut(rest, '}', &inside, &rest);
        put_placeholder(b, inside, find, of);
    }
    buf_put(b, text);
}

struct str msg_format_by(struct arena *a, enum lang lang, enum msg m,
                         bool (*find)(const void *of, struct str name, struct str *ret), const void *of)
{
    struct buf b;
    struct str plain = text_of(lang, m);
    if (!plain.n || !memchr(plain.p, '{', plain.n))
        return plain;
    buf_init(&b, a, MSG_FORMAT_BYTES);
    put_by(&b, lang, m, find, of);
    BUG_ON(b.full);
    return buf_str(&b);
}

struct str msg_format(struct arena *a, enum lang lang, enum msg m, const struct msg_arg *args, size_t n)
{
    return msg_format_by(a, lang, m, find_given, &(struct given){args, n});
}

/* Keys chosen at run time are looked up some dozen times for one page, so they lie in a table by their hash: open
 * addressing, at most half full, filled at the first question. */
enum { KEY_PLACES = 8192 };
_Static_assert(MSG_COUNT < KEY_PLACES / 2 && MSG_COUNT <= UINT16_MAX, "KEY_PLACES must grow with the messages");
static uint16_t places[KEY_PLACES];

static size_t place_of(struct str key)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < key.n; i++)
        h = (h ^ (unsigned char)key.p[i]) * 16777619u;
    return (h ^ h >> 15) & (KEY_PLACES - 1);
}

static void fill_places(void)
{
    for (size_t m = MSG_NONE + 1; m < MSG_COUNT; m++) {
        size_t at = place_of(msg_keys[m]);
        while (places[at])
            at = (at + 1) & (KEY_PLACES - 1);
        places[at] = (uint16_t)m;
    }
}

enum msg msg_find(struct str key)
{
    static bool filled;
    if (!filled)
        fill_places();
    filled = true;
    for (size_t at = place_of(key); places[at]; at = (at + 1) & (KEY_PLACES - 1))
        if (str_eq(msg_keys[places[at]], key))
            return (enum msg)places[at];
    return MSG_NONE;
}

struct str msg_key(enum msg m)
{
    BUG_ON((unsigned)m >= MSG_COUNT);
    return msg_keys[m];
}
