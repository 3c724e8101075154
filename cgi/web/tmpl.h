/*
 * tmpl.h - run time of the generated templates: values into HTML, escaped for the place where they stand.
 *
 * Only generated code calls these. The generator picks the macro from the place, _Generic picks the function from the
 * type; a type without a row (double, a struct, safe_html outside text) does not compile. A NULL char pointer is empty.
 *
 *   tmpl_text      between tags            & < >
 *   tmpl_rcdata    title, textarea         & < >, never safe_html
 *   tmpl_attr      quoted attribute        & < > " '
 *   tmpl_url       a whole address         http https tel mailto sms or relative, else "#blocked"; as attribute
 *   tmpl_url_part  the rest of an address  percent-encoded, all but letters, digits and - . _ ~
 *   tmpl_url_tel   after tel: mailto: sms: the same, keeping + and @
 *   tmpl_plain     .txt templates          as it is
 */
#ifndef WEB_TMPL_H
#define WEB_TMPL_H

#include "base/buf.h"
#include "web/msg.h"
#include "web/view.h"

void tmpl_put_bool(struct buf *o, bool v); /* true, false */
void tmpl_put_i64(struct buf *o, int64_t v);
void tmpl_put_u64(struct buf *o, uint64_t v);
void tmpl_put_grouped(struct buf *o, struct num_grouped v);
void tmpl_put_fixed(struct buf *o, struct num_fixed v);
void tmpl_text_str(struct buf *o, struct str v);
void tmpl_text_html(struct buf *o, struct safe_html v);
void tmpl_attr_str(struct buf *o, struct str v);
void tmpl_url_str(struct buf *o, struct str v);
void tmpl_url_part_str(struct buf *o, struct str v);
void tmpl_url_tel_str(struct buf *o, struct str v);
static inline void tmpl_text_c(struct buf *o, const char *v)
{
    tmpl_text_str(o, str_from_c(v));
}
static inline void tmpl_attr_c(struct buf *o, const char *v)
{
    tmpl_attr_str(o, str_from_c(v));
}
static inline void tmpl_url_c(struct buf *o, const char *v)
{
    tmpl_url_str(o, str_from_c(v));
}
static inline void tmpl_url_part_c(struct buf *o, const char *v)
{
    tmpl_url_part_str(o, str_from_c(v));
}
static inline void tmpl_url_tel_c(struct buf *o, const char *v)
{
    tmpl_url_tel_str(o, str_from_c(v));
}
static inline void tmpl_plain_c(struct buf *o, const char *v)
{
    buf_put(o, str_from_c(v));
}

/* clang-format off */
/* Types whose text is the same everywhere: digits, sign, comma, point. */
#define TMPL_NUMBERS                                                                             \
    bool: tmpl_put_bool,                                                                         \
    signed char: tmpl_put_i64, short: tmpl_put_i64, int: tmpl_put_i64, long: tmpl_put_i64,       \
    long long: tmpl_put_i64,                                                                     \
    unsigned char: tmpl_put_u64, unsigned short: tmpl_put_u64, unsigned: tmpl_put_u64,           \
    unsigned long: tmpl_put_u64, unsigned long long: tmpl_put_u64,                               \
    struct num_grouped: tmpl_put_grouped, struct num_fixed: tmpl_put_fixed
#define TMPL_PUT(o, x, kind)                                                                     \
    _Generic((x), TMPL_NUMBERS,                                                                  \
        struct str: tmpl_##kind##_str, const char *: tmpl_##kind##_c, char *: tmpl_##kind##_c)((o), (x))

#define tmpl_text(o, x)                                                                          \
    _Generic((x), TMPL_NUMBERS, struct safe_html: tmpl_text_html,                                \
        struct str: tmpl_text_str, const char *: tmpl_text_c, char *: tmpl_text_c)((o), (x))
#define tmpl_rcdata(o, x) TMPL_PUT(o, x, text)
#define tmpl_attr(o, x) TMPL_PUT(o, x, attr)
#define tmpl_url(o, x) TMPL_PUT(o, x, url)
#define tmpl_url_part(o, x) TMPL_PUT(o, x, url_part)
#define tmpl_url_tel(o, x) TMPL_PUT(o, x, url_tel)
#define tmpl_plain(o, x)                                                                         \
    _Generic((x), TMPL_NUMBERS,                                                                  \
        struct str: buf_put, const char *: tmpl_plain_c, char *: tmpl_plain_c)((o), (x))
/* clang-format on */

static inline bool tmpl_true_str(struct str v)
{
    return v.n > 0;
}
static inline bool tmpl_true_html(struct safe_html v)
{
    return v.s.n > 0;
}
static inline bool tmpl_true_c(const char *v)
{
    return v && *v;
}
static inline bool tmpl_true_i64(int64_t v)
{
    return v != 0;
}
static inline bool tmpl_true_u64(uint64_t v)
{
    return v != 0;
}
static inline bool tmpl_true_grouped(struct num_grouped v)
{
    return v.v != 0;
}
static inline bool tmpl_true_fixed(struct num_fixed v)
{
    return v.v != 0;
}
/* clang-format off */
/* Non-zero, non-empty. The generator asks n_ of a list, and {{#with}} asks for a struct; so no other pointer. */
#define tmpl_true(x)                                                                             \
    _Generic((x), struct str: tmpl_true_str, struct safe_html: tmpl_true_html,                   \
        const char *: tmpl_true_c, char *: tmpl_true_c, bool: tmpl_true_u64,                     \
        signed char: tmpl_true_i64, short: tmpl_true_i64, int: tmpl_true_i64,                    \
        long: tmpl_true_i64, long long: tmpl_true_i64,                                           \
        unsigned char: tmpl_true_u64, unsigned short: tmpl_true_u64, unsigned: tmpl_true_u64,    \
        unsigned long: tmpl_true_u64, unsigned long long: tmpl_true_u64,                         \
        struct num_grouped: tmpl_true_grouped, struct num_fixed: tmpl_true_fixed)(x)
/* clang-format on */

static inline bool tmpl_is_str(struct str v, const char *word)
{
    return str_eq_c(v, word);
}
static inline bool tmpl_is_c(const char *v, const char *word)
{
    return str_eq_c(str_from_c(v), word);
}
/* clang-format off */
#define tmpl_is(x, word)                                                                         \
    _Generic((x), struct str: tmpl_is_str, const char *: tmpl_is_c, char *: tmpl_is_c)((x), (word))
/* clang-format on */

static inline bool tmpl_one_str(struct str v)
{
    return v.n == 1 && v.p[0] == '1';
}
static inline bool tmpl_one_i64(int64_t v)
{
    return v == 1;
}
static inline bool tmpl_one_u64(uint64_t v)
{
    return v == 1;
}
static inline bool tmpl_one_grouped(struct num_grouped v)
{
    return v.v == 1;
}
/* clang-format off */
/* Chooses the first form of {n|demand|demands}. */
#define tmpl_one(x)                                                                              \
    _Generic((x), struct str: tmpl_one_str, struct num_grouped: tmpl_one_grouped,                \
        short: tmpl_one_i64, int: tmpl_one_i64, long: tmpl_one_i64, long long: tmpl_one_i64,     \
        unsigned char: tmpl_one_u64, unsigned short: tmpl_one_u64, unsigned: tmpl_one_u64,       \
        unsigned long: tmpl_one_u64, unsigned long long: tmpl_one_u64)(x)
/* clang-format on */

static inline enum lang tmpl_lang(const struct page *pg)
{
    return (unsigned)pg->lang < LANG_COUNT ? pg->lang : LANG_ZH;
}

#endif
