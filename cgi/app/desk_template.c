/*
 * desk_template.c - wording to start from, and the proof that a reply says something of its own.
 *
 * Contract: desk.h. What is to be filled is written 〔…〕. A text is a bare template when little is left of it after the
 * fixed sentences of any one template are taken out. Must not know where the words go.
 */
#include "app/desk_private.h"

#include "base/utf8.h"

enum { OWN_MIN_CHARS = 8, BODY_BYTES = 4000 };

#define GAP_OPEN "\xE3\x80\x94"  /* 〔 */
#define GAP_CLOSE "\xE3\x80\x95" /* 〕 */

enum err reply_templates(struct ctx *c, enum template_use use, struct str word, struct str unit_code, struct str category_code,
                         const struct reply_template **ret, size_t *ret_n)
{
    const struct q_template_list_row *r = NULL;
    size_t n = 0, kept = 0;
    struct q_template_list_in in = {.used_for = (int32_t)use, .unit_code = unit_code};
    enum err e = q_template_list(c->db, &in, &r, &n);
    if (e != ERR_OK)
        return e;
    struct reply_template *out = ARENA_ARRAY(c->a, struct reply_template, n + 1);
    for (int closeness = 3; closeness >= 0; closeness--) /* of the unit, of the category, of the word, any */
        for (size_t i = 0; i < n && kept < 50; i++) {
            const int close = r[i].unit_code.n ? 3 : r[i].category_prefix.n ? 2 : r[i].word.n ? 1 : 0;
            if (close != closeness || (r[i].word.n && word.n && !str_eq(r[i].word, word)) ||
                (r[i].unit_code.n && !str_eq(r[i].unit_code, unit_code)) ||
                (r[i].category_prefix.n && !str_starts(category_code, r[i].category_prefix)))
                continue;
            out[kept++] = (struct reply_template){.id = (uint32_t)r[i].id, .use = use, .word = r[i].word,
                                                  .category_prefix = r[i].category_prefix, .unit_code = r[i].unit_code,
                                                  .lang = r[i].lang, .title = r[i].title, .body = r[i].body};
        }
    *ret = out;
    *ret_n = kept;
    return ERR_OK;
}

static struct str find(struct str s, struct str needle)
{
    const char *p = s.n && needle.n && needle.n <= s.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
    return p ? (struct str){p, (size_t)(s.p + s.n - p)} : STR_NONE;
}

bool reply_template_asks(struct str words)
{
    const struct str open = find(words, STR(GAP_OPEN));
    return find(open, STR(GAP_CLOSE)).n > 0;
}

/* Letters and figures that count: no blanks, no punctuation of either script. */
static size_t weight(struct str s)
{
    size_t n = 0;
    for (uint32_t c = utf8_next(&s); c != UINT32_MAX; c = utf8_next(&s))
        n += c > 0x20 && !(c >= 0x21 && c <= 0x2F) && !(c >= 0x3A && c <= 0x40) && !(c >= 0x3000 && c <= 0x303F) &&
             !(c >= 0xFF00 && c <= 0xFF0F) && c != 0xFF1A && c != 0xFF1B && c != 0xFF1F && c != 0x2026;
    return n;
}

/* What is left of words without the fixed pieces of the template. */
static size_t own_weight(struct ctx *c, struct str words, struct str template)
{
    struct buf left;
    buf_init(&left, c->a, words.n + 1);
    while (template.n > 0) {
        struct str gap = find(template, STR(GAP_OPEN));
        struct str piece = str_trim((struct str){template.p, template.n - gap.n});
        struct str end = find(gap, STR(GAP_CLOSE));
        template = end.n ? str_slice(end, sizeof GAP_CLOSE - 1, end.n) : STR_NONE;
        struct str at = find(words, piece);
        if (piece.n == 0 || at.n == 0)
            continue;
        buf_put(&left, (struct str){words.p, words.n - at.n});
        words = str_slice(at, piece.n, at.n);
    }
    buf_put(&left, words);
    return weight(buf_str(&left));
}

enum err reply_template_judge(struct ctx *c, const char *field, enum template_use use, struct str unit_code, struct str words)
{
    const struct q_template_list_row *r = NULL;
    size_t n = 0;
    struct q_template_list_in in = {.used_for = (int32_t)use, .unit_code = unit_code};
    if (reply_template_asks(words))
        return fault_field(c->fault, field, "TEMPLATE_UNFILLED");
    enum err e = q_template_list(c->db, &in, &r, &n);
    for (size_t i = 0; e == ERR_OK && i < n; i++)
        if (find(r[i].body, STR(GAP_OPEN)).n && own_weight(c, words, r[i].body) < OWN_MIN_CHARS &&
            weight(words) > OWN_MIN_CHARS)
            e = fault_field(c->fault, field, "TEMPLATE_ONLY");
    return e;
}
