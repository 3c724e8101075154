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

static const struct msg_arg *find_arg(const struct msg_arg *args, size_t n, struct str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_c(name, args[i].name))
            return &args[i];
    return NULL;
}

static void put_placeholder(struct buf *b, struct str inside, const struct msg_arg *args, size_t n)
{
    struct str name, forms, one, many;
    bool choice = str_cut(inside, '|', &name, &forms);
    const struct msg_arg *arg = find_arg(args, n, name);
    if (choice) {
        str_cut(forms, '|', &one, &many);
        buf_put(b, arg && str_eq_c(arg->text, "1") ? one : many);
    } else if (arg) {
        buf_put(b, arg->text);
    } else {
        buf_putc(b, '{');
        buf_put(b, name);
        buf_putc(b, '}');
    }
}

void msg_put(struct buf *b, enum lang lang, enum msg m, const struct msg_arg *args, size_t n)
{
    struct str rest = text_of(lang, m), text, inside;
    while (str_cut(rest, '{', &text, &rest)) {
        buf_put(b, text);
        str_cut(rest, '}', &inside, &rest);
        put_placeholder(b, inside, args, n);
    }
    buf_put(b, text);
}

struct str msg_format(struct arena *a, enum lang lang, enum msg m, const struct msg_arg *args, size_t n)
{
    struct buf b;
    buf_init(&b, a, MSG_FORMAT_BYTES);
    msg_put(&b, lang, m, args, n);
    BUG_ON(b.full);
    return buf_str(&b);
}

enum msg msg_find(struct str key)
{
    size_t lo = MSG_NONE + 1, hi = MSG_COUNT;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int d = str_cmp(msg_keys[mid], key);
        if (d == 0)
            return (enum msg)mid;
        if (d < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return MSG_NONE;
}

struct str msg_key(enum msg m)
{
    BUG_ON((unsigned)m >= MSG_COUNT);
    return msg_keys[m];
}
