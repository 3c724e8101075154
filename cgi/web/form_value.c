/*
 * form_value.c - words into values: text, numbers, codes, telephone numbers, degrees.
 *
 * Contract: see form_value.h. A refused text is still stored when it is readable, so that the page can show it again.
 * Must not know where the words came from.
 */
#include "web/form_value.h"

#include "base/arena.h"
#include "base/limits.h"
#include "base/utf8.h"

size_t form_member_size(enum field_type t)
{
    switch (t) {
    case FIELD_TEXT:
    case FIELD_AREA:
    case FIELD_CHOICE:
    case FIELD_CODE:
    case FIELD_PHONE:
    case FIELD_SECRET:
        return sizeof(struct str);
    case FIELD_INT:
    case FIELD_LNGLAT:
        return sizeof(int64_t);
    case FIELD_BOOL:
        return sizeof(bool);
    case FIELD_FILE:
        return sizeof(struct upload_part);
    case FIELD_LIST:
        return sizeof(struct str_list);
    case FIELD_FILES:
        return sizeof(struct upload_list);
    }
    bug(__FILE__, __LINE__, "field type");
}

static bool starts_blank(struct str s, size_t *ret_n)
{
    static const struct str blanks[] = {{" ", 1},  {"\t", 1},       {"\n", 1},
                                        {"\r", 1}, {"\xc2\xa0", 2}, {"\xe3\x80\x80", 3}};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (str_starts(s, blanks[i])) {
            *ret_n = blanks[i].n;
            return true;
        }
    return false;
}

struct str form_trim(struct str s)
{
    size_t n;
    while (starts_blank(s, &n))
        s = str_slice(s, n, s.n);
    for (;;) {
        s = str_trim(s);
        if (str_ends(s, STR("\xc2\xa0")))
            s.n -= 2;
        else if (str_ends(s, STR("\xe3\x80\x80")))
            s.n -= 3;
        else
            return s;
    }
}

/* CRLF and CR become LF. */
static struct str unix_lines(struct arena *a, struct str s)
{
    if (!s.n || !memchr(s.p, '\r', s.n))
        return s;
    char *out = arena_alloc(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] != '\r')
            out[n++] = s.p[i];
        else if (i + 1 >= s.n || s.p[i + 1] != '\n')
            out[n++] = '\n';
    }
    return (struct str){out, n};
}

static bool is_unseen(uint32_t c)
{
    static const uint32_t marks[] = {0x200b, 0x200e, 0x200f, 0x2060, 0xfeff, 0xfffe, 0xffff};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (c == marks[i])
            return true;
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

struct str form_readable(struct arena *a, const struct form_field *f, struct str typed)
{
    const bool area = f->type == FIELD_AREA;
    if ((!area && f->type != FIELD_TEXT && f->type != FIELD_PHONE && f->type != FIELD_CODE) || !utf8_valid(typed))
        return typed;
    char *out = arena_alloc(a, typed.n + 1);
    size_t n = 0;
    for (struct str rest = typed; rest.n;) {
        const char *here = rest.p;
        const uint32_t c = utf8_next(&rest);
        const bool breaks = c == '\v' || c == '\f' || c == 0x2028 || c == 0x2029;
        if (breaks || (!area && (c == '\t' || c == '\r' || c == '\n'))) {
            out[n++] = area ? '\n' : ' ';
        } else if ((area && (c == '\t' || c == '\r' || c == '\n')) || !is_unseen(c)) {
            memcpy(out + n, here, (size_t)(rest.p - here));
            n += (size_t)(rest.p - here);
        }
    }
    return (struct str){out, n};
}

static const char *length_reason(const struct form_field *f, struct str s)
{
    if (!s.n)
        return NULL;
    size_t chars = utf8_count(s);
    if (chars > f->max)
        return "TOO_LONG";
    return chars < f->min ? "TOO_SHORT" : NULL;
}

static const char *set_code(const struct form_field *f, struct str s, struct str *out)
{
    *out = s;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
            return "BAD_FORMAT";
    }
    return length_reason(f, s);
}

static const char *set_choice(const struct form_field *f, struct str s, struct str *out)
{
    if (!s.n)
        return NULL;
    for (const char *const *c = f->choices; *c; c++)
        if (str_eq_c(s, *c)) {
            *out = str_from_c(*c);
            return NULL;
        }
    return "NOT_A_CHOICE";
}

/* Digits in ASCII or full width; blanks, hyphens, brackets and dots are dropped; + only in front. 0 = not a phone. */
static size_t phone_digits(struct str s, char *out)
{
    size_t n = 0;
    while (s.n) {
        uint32_t c = utf8_next(&s);
        if (c >= 0xff10 && c <= 0xff19)
            c -= 0xff10 - '0';
        if ((c == '+' || c == 0xff0b) && n == 0)
            out[n++] = '+';
        else if (c >= '0' && c <= '9')
            out[n++] = (char)c;
        else if (c > 0x7f ? c != 0x3000 && c != 0xa0 && c != 0xff08 && c != 0xff09 : !strchr(" -().", (int)c))
            return 0;
    }
    return n;
}

static const char *set_phone(struct arena *a, const struct form_field *f, struct str s, struct str *out)
{
    *out = s;
    if (!s.n)
        return NULL;
    if (utf8_count(s) > f->max)
        return "TOO_LONG";
    char *digits = arena_alloc(a, s.n + 1);
    struct str d = {digits, phone_digits(s, digits)};
    /* A mobile number of the mainland is kept without its country code, so that one number has one form. */
    static const char *const prefixes[] = {"+86", "0086", "86"};
    for (size_t i = 0; i < 3; i++) {
        struct str p = str_from_c(prefixes[i]);
        if (str_starts(d, p) && d.n == p.n + 11 && d.p[p.n] == '1') {
            d = str_slice(d, p.n, d.n);
            break;
        }
    }
    size_t n = d.n && d.p[0] == '+' ? d.n - 1 : d.n;
    if (n < LIMIT_PHONE_MIN_DIGITS || n > LIMIT_PHONE_DIGITS)
        return "NOT_A_PHONE";
    *out = d;
    return NULL;
}

const char *form_set_number(const struct form_field *f, int64_t v, void *out)
{
    *(int64_t *)form_member(f, out) = v;
    return v < f->min_value || v > f->max_value ? "OUT_OF_RANGE" : NULL;
}

static const char *set_int(const struct form_field *f, struct str s, void *out)
{
    int64_t v;
    if (!s.n)
        return NULL;
    if (!parse_i64(s, INT64_MIN, INT64_MAX, &v))
        return "NOT_A_NUMBER";
    return form_set_number(f, v, out);
}

/* Decimal degrees with up to 15 places, of which seven count: about a centimetre. */
static const char *set_lnglat(const struct form_field *f, struct str s, void *out)
{
    int64_t v = 0, scale = 10000000;
    size_t i = 0, digits = 0;
    bool minus = s.n && s.p[0] == '-', point = false;
    if (!s.n)
        return NULL;
    for (i = minus; i < s.n; i++) {
        if (s.p[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9' || ++digits > 18 || (!point && digits > 3))
            return "BAD_FORMAT";
        if (!point) {
            v = v * 10 + (s.p[i] - '0') * scale;
        } else if (scale > 1) {
            scale /= 10;
            v += (s.p[i] - '0') * scale;
        }
    }
    if (!digits)
        return "BAD_FORMAT";
    return form_set_number(f, minus ? -v : v, out);
}

static bool bool_of(struct str s)
{
    return s.n && !str_eq(s, STR("0")) && !str_eq_nocase(s, STR("false"));
}

const char *form_set_text(struct arena *a, const struct form_field *f, struct str raw, void *out)
{
    if (!utf8_is_text(raw, f->type == FIELD_AREA))
        return "BAD_TEXT";
    struct str s = form_trim(raw), *text = form_member(f, out);
    switch (f->type) {
    case FIELD_AREA:
        s = unix_lines(a, s);
        *text = s;
        return length_reason(f, s);
    case FIELD_TEXT:
    case FIELD_SECRET:
        *text = s;
        return length_reason(f, s);
    case FIELD_CHOICE:
        return set_choice(f, s, text);
    case FIELD_CODE:
        return set_code(f, s, text);
    case FIELD_PHONE:
        return set_phone(a, f, s, text);
    case FIELD_INT:
        return set_int(f, s, out);
    case FIELD_LNGLAT:
        return set_lnglat(f, s, out);
    case FIELD_BOOL:
        *(bool *)form_member(f, out) = bool_of(s);
        return NULL;
    case FIELD_FILE:
    case FIELD_FILES:
        return s.n ? "WRONG_TYPE" : NULL;
    case FIELD_LIST:
        break;
    }
    bug(__FILE__, __LINE__, "field type");
}

const char *form_set_list(struct arena *a, const struct form_field *f, const struct str *items, size_t n, void *out)
{
    struct str_list *list = form_member(f, out);
    size_t max_chars = f->max_value > 0 ? (size_t)f->max_value : 64;
    const char *why = NULL;
    list->p = ARENA_ARRAY(a, struct str, n ? n : 1);
    for (size_t i = 0; i < n; i++) {
        if (!utf8_is_text(items[i], false)) {
            why = "BAD_TEXT";
            continue;
        }
        struct str s = form_trim(items[i]);
        if (!s.n)
            continue;
        if (utf8_count(s) > max_chars)
            why = "TOO_LONG";
        list->p[list->n++] = s;
    }
    if (list->n > f->max)
        return "TOO_MANY";
    return why ? why : list->n && list->n < f->min ? "TOO_FEW" : NULL;
}

bool form_is_blank(const struct form_field *f, const void *out)
{
    const char *member = (const char *)out + f->offset;
    switch (f->type) {
    case FIELD_TEXT:
    case FIELD_AREA:
    case FIELD_CHOICE:
    case FIELD_CODE:
    case FIELD_PHONE:
    case FIELD_SECRET:
        return ((const struct str *)(const void *)member)->n == 0;
    case FIELD_FILE:
        return ((const struct upload_part *)(const void *)member)->fd < 0;
    case FIELD_LIST:
        return ((const struct str_list *)(const void *)member)->n == 0;
    case FIELD_FILES:
        return ((const struct upload_list *)(const void *)member)->n == 0;
    case FIELD_BOOL:
    case FIELD_INT:
    case FIELD_LNGLAT:
        return false; /* false and 0 are answers; the decoder knows whether one was sent */
    }
    bug(__FILE__, __LINE__, "field type");
}
